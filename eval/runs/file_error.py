"""What is wrong with a file of questions, for the command line in English and for the page in either language."""

import re

from ingest.errors import YinjuError

_LINE = re.compile(r"^(.+), line (\d+)$")


class QuestionFileError(YinjuError):
    """A file of questions that cannot be asked, or a place in one: `q.csv` or `q.csv, line 3`.

    The message is English; `chinese` says the same in Chinese.
    """

    def __init__(self, place: str, english: str, chinese: str) -> None:
        super().__init__(f"{place}: {english}")
        self.chinese = _LINE.sub(r"\1 第 \2 行", place) + f"：{chinese}"

"""What is wrong with a file of questions, for the command line in English and for the page in either language."""

import re
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import YinjuError

_LINE = re.compile(r"^(.+), line (\d+)$")


class QuestionFileError(YinjuError):
    """A file of questions that cannot be asked, or a place in one: `q.csv` or `q.csv, line 3`.

    The message is English; `chinese` says the same in Chinese.
    """

    def __init__(self, place: str, english: str, chinese: str) -> None:
        super().__init__(f"{place}: {english}")
        self.chinese = _LINE.sub(r"\1 第 \2 行", place) + f"：{chinese}"


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that holds nothing to be used, and why: an error only where the cell belongs to a question."""

    english: str
    chinese: str


def bytes_of(path: Path) -> bytes:
    """What the file holds; raises QuestionFileError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> QuestionFileError:
    """The error for a file that the system does not hand out."""
    return QuestionFileError(
        path.name, f"cannot be read ({error.strerror}); mend its rights or copy it", "读不了，请检查权限，或另存一份"
    )

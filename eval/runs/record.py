"""A question of a run, and what is known of its answer."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import regex

from eval.gold_matching import holds
from eval.runs.file_error import BadCell, QuestionFileError
from ingest.document import Document

_TEXTS = ("question", "id", "language", "type", "expert", "section")
# What people separate several answers in one cell with.
_SEPARATOR = regex.compile(r"\s*(?:\||｜|\n)\s*")
_UNANSWERABLE = {
    *("unanswerable", "not answerable", "impossible", "none", "n/a", "na", "no answer", "no_answer"),
    *("无答案", "没有答案", "不可回答", "不能回答", "无法回答", "無答案", "沒有答案", "無法回答"),
}
_YES = {"true", "1", "yes", "y", "是", "对", "對"}
_NO = {"", "false", "0", "no", "n", "否", "不", "不是"}
# A cell that is longer is no question and no answer, but a file pasted into a cell.
_LONGEST_CELL = 100_000


@dataclass(frozen=True, slots=True)
class RunQuestion:
    """One question; `line` is where it stands in its file, from 1.

    Any of `answers` is right, all of `items` in order are wanted, all of `evidence` is to be cited. Without answers or
    items nothing is known of the answer, unless `unanswerable` says that there is none, by its type or because it is
    `impossible`. Fields that the file does not give are empty.
    """

    id: str
    question: str
    line: int
    answers: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    language: str = ""
    type: str = ""
    expert: str = ""
    section: str = ""
    evidence: tuple[str, ...] = ()
    impossible: bool = False

    @property
    def unanswerable(self) -> bool:
        """True if the article is said not to answer it."""
        return self.impossible or self.type in _UNANSWERABLE

    @property
    def judged(self) -> bool:
        """True if it is known what is right."""
        return self.unanswerable or bool(self.golds)

    @property
    def golds(self) -> tuple[str, ...]:
        """What a right answer may hold, any of it."""
        return self.answers or self.items


def record_of(values: Mapping[str, object], line: int, where: str) -> RunQuestion:
    """The question of a row or an object; raises QuestionFileError, naming `where`, for a value that cannot be one."""
    texts = {name: _text(values.get(name), name, where) for name in _TEXTS}
    if not texts["question"]:
        raise QuestionFileError(
            where, "the question is empty; fill it in or delete the line", "问题是空的，请填上或删去这一行"
        )
    return RunQuestion(
        id=texts["id"] or str(line),
        question=texts["question"],
        line=line,
        answers=_texts(values.get("answers"), "answers", where),
        items=_texts(values.get("items"), "items", where),
        language=texts["language"],
        type=texts["type"].lower(),
        expert=texts["expert"],
        section=texts["section"],
        evidence=_texts(values.get("evidence"), "evidence", where),
        impossible=_is_so(values.get("impossible"), where),
    )


def check_golds(question: RunQuestion, documents: Mapping[str, Document], file: str) -> None:
    """Raises QuestionFileError for what no answer can ever match.

    That is answers none of which stands in an article, an item or evidence that stands in none, and an expert or a
    section that none has.
    """
    where = f"{file}, line {question.line}"
    for english, chinese, wanted in (
        ("gold answer", "标准答案", question.answers),
        *(("item", "要点", (item,)) for item in question.items),
        *(("evidence", "证据", (passage,)) for passage in question.evidence),
    ):
        if wanted and not any(holds(document.text, wanted) for document in documents.values()):
            raise _in_no_article(where, english, chinese, wanted[0])
    sections = [section for document in documents.values() for section in document.sections]
    if question.expert and not any(section.expert == question.expert for section in sections):
        raise _in_no_article(where, "expert", "专家", question.expert)
    # What stands before the first heading stands under the title.
    headings = {section.heading for section in sections} | {document.title for document in documents.values()}
    if question.section and question.section not in headings:
        raise _in_no_article(where, "section", "小标题", question.section)


def plain_number(value: Decimal) -> str:
    """The number as a person writes it, without exponent and without zeros at its end."""
    return f"{value.normalize():f}"


def decimal_of(value: float) -> Decimal:
    """The number with the fifteen digits that a spreadsheet shows, so 0.1 + 0.2 is 0.3."""
    return Decimal(f"{value:.15g}")


def _in_no_article(where: str, english: str, chinese: str, text: str) -> QuestionFileError:
    return QuestionFileError(
        where,
        f'the {english} "{text[:40]}" stands in no article; copy it from the article, or leave it out',
        f"{chinese}“{text[:40]}”在哪篇文章里都没有，请从文章里照抄，或不填",
    )


def _text(value: object, name: str, where: str) -> str:
    if value is None:
        return ""
    if isinstance(value, BadCell):
        raise QuestionFileError(where, value.english, value.chinese)
    if isinstance(value, bool) or not isinstance(value, str | int | float) or not _is_finite(value):
        raise QuestionFileError(
            where,
            f'"{name}" must be a text; write it in quotes, or format its column as text in the spreadsheet',
            f"“{name}”须是文字，请加上引号，或在表格软件里把这一列设为文本格式",
        )
    text = plain_number(decimal_of(value)) if isinstance(value, float) else str(value)
    if len(text) > _LONGEST_CELL:
        raise QuestionFileError(
            where,
            f'"{name}" has {len(text)} characters; {_LONGEST_CELL} are the most',
            f"“{name}”有 {len(text)} 个字符，最多 {_LONGEST_CELL} 个",
        )
    return text.strip()


def _is_finite(value: str | int | float) -> bool:
    return not isinstance(value, float) or math.isfinite(value)


def _is_so(value: object, where: str) -> bool:
    text = str(value).lower() if isinstance(value, bool) else _text(value, "impossible", where).lower()
    if text not in _YES | _NO:
        raise QuestionFileError(
            where,
            f'"impossible" is "{text[:40]}"; write yes or no, or leave it empty',
            f"“不可回答”一列写着“{text[:40]}”，请写“是”或“否”，或不填",
        )
    return text in _YES


def _texts(value: object, name: str, where: str) -> tuple[str, ...]:
    """A list of texts, or one cell with several, separated by `|` or by lines."""
    if isinstance(value, list):
        return tuple(text for one in value if (text := _text(one, name, where)))
    return tuple(text for text in _SEPARATOR.split(_text(value, name, where)) if text)

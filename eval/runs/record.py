"""A question of a run, and what is known of its answer."""

from collections.abc import Mapping
from dataclasses import dataclass

import regex

from eval.gold_matching import holds
from eval.runs.file_error import QuestionFileError
from ingest.document import Document

FIELDS = ("question", "id", "answers", "items", "language", "type", "expert", "section")
# What people separate several answers in one cell with.
_SEPARATOR = regex.compile(r"\s*(?:\||｜|\n)\s*")
_UNANSWERABLE = {"unanswerable", "none", "no answer", "无答案", "無答案", "不可回答"}
# A cell that is longer is no question and no answer, but a file pasted into a cell.
_LONGEST_CELL = 100_000


@dataclass(frozen=True, slots=True)
class RunQuestion:
    """One question; `line` is where it stands in its file, from 1.

    Any of `answers` is right, all of `items` in order are wanted. Without either nothing is known of the answer, unless
    `unanswerable` says that there is none. Fields that the file does not give are empty.
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

    @property
    def unanswerable(self) -> bool:
        """True if the article is said not to answer it."""
        return self.type in _UNANSWERABLE

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
    texts = {name: _text(values.get(name), name, where) for name in FIELDS if name not in ("answers", "items")}
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
    )


def check_golds(question: RunQuestion, documents: Mapping[str, Document], file: str) -> None:
    """Raises QuestionFileError if no gold answer of the question stands in any article: nothing could ever be right."""
    golds = question.golds
    if golds and not any(holds(document.text, golds) for document in documents.values()):
        raise QuestionFileError(
            f"{file}, line {question.line}",
            f'the gold answer "{golds[0][:40]}" stands in no article; copy it from the article, or leave it out',
            f"标准答案“{golds[0][:40]}”在哪篇文章里都没有，请从文章里照抄，或不填",
        )


def _text(value: object, name: str, where: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise QuestionFileError(where, f'"{name}" must be a text', f"“{name}”须是文字")
    text = f"{value:g}" if isinstance(value, float) else str(value)
    if len(text) > _LONGEST_CELL:
        raise QuestionFileError(
            where,
            f'"{name}" has {len(text)} characters; {_LONGEST_CELL} are the most',
            f"“{name}”有 {len(text)} 个字符，最多 {_LONGEST_CELL} 个",
        )
    return text.strip()


def _texts(value: object, name: str, where: str) -> tuple[str, ...]:
    """A list of texts, or one cell with several, separated by `|` or by lines."""
    if isinstance(value, list):
        return tuple(text for one in value if (text := _text(one, name, where)))
    return tuple(text for text in _SEPARATOR.split(_text(value, name, where)) if text)

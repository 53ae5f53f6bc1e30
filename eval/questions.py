"""The evaluation questions: what is asked of an article, and which of its words answer it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from ingest.errors import YinjuError

QuestionType = Literal["fact", "figure", "list", "speaker", "comparison", "overview", "unanswerable"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question and its gold answers, both compared with a quote without regard to white space.

    `language` is a BCP 47 tag. Any one of `answers` inside the quote is right; an unanswerable question has none.
    `items` are what a list must hold, all of it, in the article's order. `expert` and `section` (its heading) are where
    the answer stands, empty for the lead, a byline or the whole article; `experts` are all of them if several.
    `near_miss` marks an unanswerable question that stays on the article's topic.
    """

    id: str
    question: str
    language: str
    type: QuestionType
    answers: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    expert: str = ""
    section: str = ""
    experts: tuple[str, ...] = ()
    near_miss: bool = False
    note: str = ""

    @property
    def answerable(self) -> bool:
        """True if the article answers the question."""
        return self.type != "unanswerable"


def load_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a JSON Lines file, in its order; empty lines are skipped.

    Raises YinjuError, with the file's name and the line, if the file cannot be read or a line is not a question.
    """
    questions: dict[str, Question] = {}
    for number, line in enumerate(_read(path).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path.name}, line {number}"
        question = _parse(line, where)
        if question.id in questions:
            raise YinjuError(f'{where}: the id "{question.id}" was used before; give each question its own id')
        questions[question.id] = question
    if not questions:
        raise YinjuError(f"{path.name}, line 1: the file holds no question; write one JSON object a line")
    return tuple(questions.values())


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise YinjuError(
            f"{path.name}: cannot be read ({error.strerror}); give a JSON Lines file of questions"
        ) from error
    except UnicodeDecodeError as error:
        raise YinjuError(f"{path.name}: not UTF-8 at byte {error.start}; save the file as UTF-8") from error


def _parse(line: str, where: str) -> Question:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise YinjuError(f"{where}: not JSON ({error.msg}); write one JSON object a line") from error
    if not isinstance(record, dict):
        raise YinjuError(f"{where}: not a JSON object; write one question a line as an object")
    near_miss = record.get("near_miss", False)
    if not isinstance(near_miss, bool):
        raise YinjuError(f'{where}: "near_miss" must be true or false')
    return Question(
        id=_filled(record, "id", where),
        question=_filled(record, "question", where),
        language=_filled(record, "language", where),
        type=_type(record, where),
        answers=_strings(record, "answers", where),
        items=_strings(record, "items", where),
        expert=_string(record, "expert", where),
        section=_string(record, "section", where),
        experts=_strings(record, "experts", where),
        near_miss=near_miss,
        note=_string(record, "note", where),
    )


def _string(record: Mapping[str, object], name: str, where: str) -> str:
    value = record.get(name, "")
    if not isinstance(value, str):
        raise YinjuError(f'{where}: "{name}" must be a string')
    return value


def _filled(record: Mapping[str, object], name: str, where: str) -> str:
    value = _string(record, name, where)
    if not value.strip():
        raise YinjuError(f'{where}: "{name}" is missing or empty; every question needs one')
    return value


def _strings(record: Mapping[str, object], name: str, where: str) -> tuple[str, ...]:
    value = record.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise YinjuError(f'{where}: "{name}" must be a list of strings that are not empty')
    return tuple(value)


def _type(record: Mapping[str, object], where: str) -> QuestionType:
    value = _filled(record, "type", where)
    if value not in get_args(QuestionType):
        raise YinjuError(f'{where}: unknown type "{value}"; use one of {", ".join(get_args(QuestionType))}')
    return cast(QuestionType, value)

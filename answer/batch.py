"""Whole files of questions: one JSON object a line in, one answer a line out, ids carried through."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answer.answerer import QuestionAnswerer
from answer.question import QuestionError
from ingest.errors import YinjuError


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """A question of a file; `id` is whatever JSON value the file gave it, None if it gave none."""

    id: Any
    question: str


def read_questions(path: Path) -> tuple[BatchQuestion, ...]:
    """The questions of a JSON-lines file, objects with "question" and optionally "id", or plain JSON strings.

    Raises YinjuError naming file and line of the first that is neither, and for a file without questions.
    """
    try:
        # Not splitlines(): a JSON string may hold U+2028 and the like as they are.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError as error:
        raise YinjuError(f"there is no file {path}: name a file of questions, one JSON object a line") from error
    except (OSError, UnicodeDecodeError) as error:
        raise YinjuError(f"{path} cannot be read as UTF-8 text: {error}") from error
    questions = [_parse(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not questions:
        raise YinjuError(f'{path} holds no questions: write one JSON object a line, {{"id": …, "question": …}}')
    return tuple(questions)


def _parse(path: Path, number: int, line: str) -> BatchQuestion:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise YinjuError(f"{path}, line {number}: not JSON; write one JSON object a line") from error
    if isinstance(data, str):
        return BatchQuestion(None, data)
    if not isinstance(data, dict) or not isinstance(data.get("question"), str):
        raise YinjuError(f'{path}, line {number}: there is no "question" text in it')
    return BatchQuestion(data.get("id"), data["question"])


def answer_all(answerer: QuestionAnswerer, questions: Iterable[BatchQuestion]) -> Iterator[dict[str, Any]]:
    """For each question its answer as JSON, its id first; a question that cannot be asked gets an `error` instead."""
    for question in questions:
        head = {} if question.id is None else {"id": question.id}
        try:
            yield head | answerer.answer(question.question).to_json()
        except QuestionError as error:
            yield head | {"question": question.question, "error": {"code": error.code, "message": str(error)}}

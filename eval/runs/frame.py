"""An evaluation from Python, as a pandas frame."""

from collections.abc import Iterable
from pathlib import Path

import pandas

from answer.answerer import QuestionAnswerer
from eval.runs.outcome import outcome_of
from eval.runs.question_files import read_run_questions
from eval.runs.record import RunQuestion, check_golds
from eval.runs.runner import ask_all


def evaluate(
    answerer: QuestionAnswerer, questions: Path | str | Iterable[RunQuestion], workers: int = 2
) -> pandas.DataFrame:
    """A row a question: what was said, how sure, and every measure that applies; raises YinjuError for a bad file.

    `questions` is a file as `python -m eval run` takes it, or the questions themselves.
    """
    if isinstance(questions, str | Path):
        file, asked = str(questions), list(read_run_questions(Path(questions), print))
    else:
        file, asked = "questions", list(questions)
    for question in asked:
        check_golds(question, answerer.documents, file)
    rows = []
    for question, answer in zip(asked, ask_all(answerer, asked, workers), strict=True):
        milliseconds = answer.get("timings_ms", {}).get("total", 0.0)
        outcome = outcome_of(question, answer, answerer.documents, milliseconds)
        rows.append({**outcome.to_json(), **outcome.measures, **outcome.groups, "milliseconds": milliseconds})
    return pandas.DataFrame(rows).drop(columns=["measures", "groups"])

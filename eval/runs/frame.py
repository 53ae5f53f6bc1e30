"""An evaluation from Python, as a pandas frame."""

from collections.abc import Iterable
from pathlib import Path

import pandas

from answer.answerer import QuestionAnswerer
from eval.runs.outcome import outcome_of
from eval.runs.question_files import read_run_questions
from eval.runs.record import RunQuestion, check_golds
from eval.runs.runner import ask_all

COLUMNS = (
    *("id", "question", "text", "golds", "kind", "confidence", "abstained", "unanswerable", "correct", "failure"),
    *("language", "citations", "milliseconds"),
)
_TAKEN_APART = ("measures", "groups")


def evaluate(
    answerer: QuestionAnswerer, questions: Path | str | Iterable[RunQuestion], workers: int = 2
) -> pandas.DataFrame:
    """A row a question: what was said, how sure, and every measure that applies; raises YinjuError for a bad file.

    `questions` is a file as `python -m eval run` takes it, or the questions themselves. COLUMNS are always there, those
    of measures and groups where they apply to any question. `citations` are JSON objects, as an answer has them.
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
        found = {"citations": answer.get("citations", []), "milliseconds": milliseconds}
        rows.append({**outcome.to_json(), **outcome.measures, **outcome.groups, **found})
    names = dict.fromkeys([*COLUMNS, *(name for row in rows for name in row if name not in _TAKEN_APART)])
    return pandas.DataFrame(rows, columns=list(names))

"""The end of a run: what its answers are worth, as figures, tables and a report."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from eval.runs.file_error import bytes_of
from eval.runs.html_report import report_html
from eval.runs.metrics import run_metrics
from eval.runs.outcome import Outcome, outcome_of
from eval.runs.question_files import read_run_questions, silent
from eval.runs.record import check_golds
from eval.runs.report_texts import Language
from eval.runs.run_folder import METRICS, REPORT, RunFolder, named_errors
from ingest.document import Document
from ingest.errors import YinjuError

Documents = Mapping[str, Document]


def count_questions(path: Path, notice: Callable[[str], None]) -> int:
    """How many questions the file holds; raises YinjuError for what is bad in it, before anything is asked."""
    return sum(1 for _ in read_run_questions(path, notice))


def check_answers(path: Path, documents: Documents) -> None:
    """Raises YinjuError where a gold answer of the file stands in no article."""
    for question in read_run_questions(path, silent):
        check_golds(question, documents, path.name)


def finish_run(folder: RunFolder, documents: Documents, path: Path, language: Language) -> dict[str, Any] | None:
    """Writes metrics, tables and report of all that is answered of the file; None where nothing is.

    Raises YinjuError where the file is no longer the one that was asked.
    """
    if hashlib.sha256(bytes_of(path)).hexdigest() != folder.manifest.questions_sha256:
        raise _changed(path)
    texts = {id_: document.text for id_, document in documents.items()}
    with named_errors(folder.path):
        outcomes = folder.write_outcomes(_outcomes(folder, documents, path))
        if not outcomes:
            return None
        metrics = run_metrics(outcomes)
        folder.write_tables()
        html = report_html(folder.manifest, metrics, outcomes, folder.judged(), texts, language)
        (folder.path / REPORT).write_text(html, encoding="utf-8", errors="replace")
        # Last, so that a run with metrics has all the rest.
        folder.write_json(METRICS, metrics)
    return metrics


def _outcomes(folder: RunFolder, documents: Documents, path: Path) -> Iterator[Outcome]:
    done = folder.answered()
    questions = islice(read_run_questions(path, silent), done)
    for question, answer, times in zip(questions, folder.answers(), folder.timings(), strict=True):
        if answer.get("id") != question.id:
            raise _changed(path)
        yield outcome_of(question, answer, documents, float(times.get("total", 0.0)))


def _changed(path: Path) -> YinjuError:
    return YinjuError(f"{path} changed since this run began; put it back as it was and go on with --resume")

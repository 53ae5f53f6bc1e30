"""`python -m eval run QUESTIONS --output RUN`: a file of questions asked, measured and reported in a folder."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from answer.answerer import QuestionAnswerer
from eval.machine import machine_name
from eval.runs.html_report import report_html
from eval.runs.metrics import run_metrics
from eval.runs.outcome import Outcome, outcome_of
from eval.runs.question_files import read_run_questions
from eval.runs.record import check_golds
from eval.runs.report_texts import Language
from eval.runs.run_folder import METRICS, RunFolder, RunManifest, named_errors
from eval.runs.runner import ask_into
from index.model_cache import sha256_of

_LIBRARIES = ("torch", "openvino", "faiss-cpu", "sentence-transformers", "tokenizers", "bm25s", "numpy")
_STOPPED = 130


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command and its options."""
    parser = commands.add_parser("run", help="ask a file of questions, and report")
    parser.add_argument("questions", type=Path, help="the questions: .jsonl, .csv, .tsv or .xlsx")
    parser.add_argument("--output", type=Path, required=True, help="the run's folder")
    parser.add_argument("--resume", action="store_true", help="go on with the run in the folder")
    parser.add_argument("--workers", type=_workers, default=2, help="questions asked at once (default: %(default)s)")
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="of the report (default: %(default)s)")
    parser.add_argument("--index", type=Path, help="folder of the index (default: data/index)")
    parser.add_argument("--articles", type=Path, help="an article or a folder of them (default: data/articles)")
    parser.set_defaults(run=_run)


def _workers(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 64):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 64")
    return int(text)


def _run(arguments: argparse.Namespace) -> int:
    # What is bad in the file is named before the model takes its seconds to load.
    total = sum(1 for _ in read_run_questions(arguments.questions, _say))
    answerer = QuestionAnswerer.open(
        arguments.index, arguments.articles, arguments.model, arguments.reader, notice=_say
    )
    for question in read_run_questions(arguments.questions, _silent):
        check_golds(question, answerer.documents, arguments.questions.name)
    folder = RunFolder.begin(arguments.output, _manifest(arguments, answerer), resume=arguments.resume)
    status = 0
    try:
        questions = read_run_questions(arguments.questions, _silent)
        ask_into(folder, answerer, questions, total, arguments.workers)
    except KeyboardInterrupt:
        status = _STOPPED
        _say("eval: stopped; the same command with --resume goes on")
    _finish(folder, answerer, arguments.questions, arguments.language)
    return status


def _manifest(arguments: argparse.Namespace, answerer: QuestionAnswerer) -> RunManifest:
    return RunManifest(
        questions=arguments.questions.name,
        questions_sha256=sha256_of(arguments.questions),
        index_id=answerer.index_id,
        settings={"reader": arguments.reader, "model": arguments.model or "bundled"},
        versions={name: version(name) for name in _LIBRARIES},
        machine=machine_name(),
        started=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _finish(folder: RunFolder, answerer: QuestionAnswerer, path: Path, language: Language) -> None:
    """Metrics, tables and report of all that is answered."""
    outcomes = _outcomes(folder, answerer, path)
    if not outcomes:
        return
    metrics = run_metrics(outcomes)
    texts = {id_: document.text for id_, document in answerer.documents.items()}
    with named_errors(folder.path):
        folder.write_json(METRICS, metrics)
        folder.write_outcomes(outcomes)
        html = report_html(folder.manifest, metrics, outcomes, folder.answers(), texts, language)
        (folder.path / "report.html").write_text(html, encoding="utf-8", errors="replace")
    _print(metrics, folder.path)


def _outcomes(folder: RunFolder, answerer: QuestionAnswerer, path: Path) -> Sequence[Outcome]:
    done = folder.answered()
    questions = islice(read_run_questions(path, _silent), done)
    return [
        outcome_of(question, answer, answerer.documents, float(times.get("total", 0.0)))
        for question, answer, times in zip(questions, folder.answers(), folder.timings(), strict=True)
    ]


def _print(metrics: dict[str, object], path: Path) -> None:
    measures = metrics["measures"]
    assert isinstance(measures, dict)
    for name, values in measures.items():
        print(f"  {name:<22}{values['mean']:8.4f}   95 % {values['low']:.4f} to {values['high']:.4f}   n {values['n']}")
    print(f"wrote {path / 'report.html'}")


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _silent(_: str) -> None:
    """What was guessed is said once."""

"""`python -m eval run QUESTIONS --output RUN`: a file of questions asked, measured and reported in a folder."""

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import Any

from tqdm import tqdm

from answer.answerer import QuestionAnswerer
from eval.runs.finishing import check_answers, count_questions, finish_run
from eval.runs.run_folder import REPORT, RunFolder
from eval.runs.run_manifest import manifest_of
from eval.runs.runner import ask_into

_STOPPED = 130
_NOT_EXACT = 1


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
    notices: list[str] = []
    total = count_questions(arguments.questions, partial(_note, notices))
    answerer = QuestionAnswerer.open(
        arguments.index, arguments.articles, arguments.model, arguments.reader, notice=_say
    )
    check_answers(arguments.questions, answerer.documents)
    manifest = manifest_of(arguments.questions, total, answerer.index_id, answerer.provenance, notices)
    folder = RunFolder.begin(arguments.output, manifest, resume=arguments.resume)
    status = 0
    try:
        with tqdm(total=total, initial=folder.answered(), unit="question", file=sys.stderr) as progress:
            for _ in ask_into(folder, answerer, arguments.questions, arguments.workers):
                progress.update()
    except KeyboardInterrupt:
        status = _STOPPED
        _say("eval: stopped; the same command with --resume goes on")
    if metrics := finish_run(folder, answerer.documents, arguments.questions, arguments.language):
        _print(metrics, folder.path)
        if metrics["failures"]["quote not exact"]:
            _say("eval: a quote is not its article's text; the report names the questions")
            status = status or _NOT_EXACT
    return status


def _print(metrics: dict[str, Any], path: Path) -> None:
    for name, values in {**metrics["measures"], **metrics["aggregates"]}.items():
        print(f"  {name:<22}{values['mean']:8.4f}   95 % {values['low']:.4f} to {values['high']:.4f}   n {values['n']}")
    print(f"wrote {path / REPORT}")


def _note(notices: list[str], sentence: str) -> None:
    notices.append(sentence)
    _say(sentence)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)

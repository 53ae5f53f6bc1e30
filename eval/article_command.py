"""`python -m eval article`: the questions about the article, by language and by type."""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from answer.answerer import QuestionAnswerer
from eval.article_run import Graded, grade_all, overall, table
from eval.floors import Measurement
from eval.latency import latency_percentiles
from eval.machine import machine_name
from eval.questions import Question, load_questions
from eval.report import group_table, joined, latency_rows, value_rows
from index.model_cache import sha256_of
from ingest.errors import YinjuError

QUESTIONS = Path(__file__).with_name("questions.jsonl")
_GROUPINGS: dict[str, Callable[[Question], str]] = {
    "language": lambda question: question.language,
    "type": lambda question: question.type,
    "answerable": lambda question: side_of(question),
}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command and its options."""
    parser = commands.add_parser("article", help="ask the questions about the article")
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="a question file (default: eval's own)")
    parser.add_argument("--index", type=Path, help="folder of the index (default: data/index)")
    parser.add_argument("--articles", type=Path, help="an article or a folder of them (default: data/articles)")
    parser.add_argument("--output", type=Path, help="write the figures as JSON to this file as well")
    parser.add_argument("--failures", action="store_true", help="list the questions that were answered wrongly")
    parser.set_defaults(run=_run)


def report_article(graded: Sequence[Graded]) -> str:
    """The tables by language and by type, abstention and latency, as text."""
    parts = [f"machine: {machine_name()}"]
    for name, group_of in _GROUPINGS.items():
        counts = Counter(group_of(item.question) for item in graded)
        parts.append(group_table(name, table(graded, group_of), counts))
    parts.append(value_rows("all questions", overall(graded)))
    parts.append(latency_rows("latency", _latencies(graded)))
    return joined(parts)


def write_article(graded: Sequence[Graded], path: Path) -> None:
    """Write the figures of `report_article` as JSON to `path`; raises YinjuError where that cannot be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(_as_json(graded), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise YinjuError(f"cannot write {path}: {error.strerror}; name another file with --output") from error


def measure_article(graded: Sequence[Graded], questions: Path) -> Measurement:
    """The figures that floors are set for, and the digest of the question file."""
    return Measurement(sha256_of(questions), None, figures_with_floors(graded))


def figures_with_floors(graded: Sequence[Graded]) -> dict[str, float]:
    """The figures that floors are set for, by name."""
    sides = table(graded, side_of)
    metrics = {
        f"{side}: {name}": sides[side][name].mean
        for side in ("zh", "other languages")
        for name in ("passage@1", "gold in answer", "right section")
        if name in sides.get(side, {})
    }
    metrics["quotes exact"] = sum(item.measures["quotes exact"] for item in graded) / len(graded)
    values = overall(graded)
    return metrics | {name: values[name] for name in ("abstention F1", "AUROC answerable")}


def side_of(question: Question) -> str:
    """Where the question counts: Chinese, another language, or unanswerable."""
    if not question.answerable:
        return "unanswerable"
    return "zh" if question.language.startswith("zh") else "other languages"


def failures(graded: Sequence[Graded]) -> str:
    """The questions that were answered wrongly, with gold and answer."""
    lines = [
        f"{item.question.id}  {item.question.question}\n    gold {list(item.question.answers)}\n"
        f"    {item.answer.kind} {item.answer.confidence:.2f}  {item.answer.text}"
        for item in graded
        if not item.correct
    ]
    return "\n".join(["", f"{len(lines)} answered wrongly", *lines])


def _run(arguments: argparse.Namespace) -> int:
    questions = load_questions(arguments.questions)
    answerer = QuestionAnswerer.open(arguments.index, arguments.articles, arguments.model, arguments.reader)
    graded = grade_all(answerer, questions)
    print(report_article(graded))
    if arguments.failures:
        print(failures(graded))
    if arguments.output:
        write_article(graded, arguments.output)
    return 0


def _latencies(graded: Sequence[Graded]) -> dict[str, Any]:
    stages = graded[0].answer.timings_ms
    return {stage: latency_percentiles([item.answer.timings_ms[stage] for item in graded]) for stage in stages}


def _as_json(graded: Sequence[Graded]) -> dict[str, Any]:
    groups = {
        name: {
            group: {measure: asdict(interval) for measure, interval in measures.items()}
            for group, measures in table(graded, group_of).items()
        }
        for name, group_of in _GROUPINGS.items()
    }
    latencies = {stage: asdict(latency) for stage, latency in _latencies(graded).items()}
    return {"machine": machine_name(), **groups, "all": overall(graded), "latency": latencies}

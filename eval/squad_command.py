"""`python -m eval squad FILE.json`: any SQuAD-format set, one index over all its paragraphs."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from answer.answerer import QuestionAnswerer
from eval.floors import Measurement
from eval.held_out import held_out_questions
from eval.machine import machine_name
from eval.report import interval_rows, joined, latency_rows
from eval.squad import SquadQuestion, SquadSet, join_contexts, load_squad, sample_questions
from eval.squad_index import build_squad_index
from eval.squad_run import Asked, ask_all, latencies, measure
from index.encoder import Encoder, SentenceEncoder
from index.passage_index import PassageIndex
from ingest.errors import YinjuError


@dataclass(frozen=True, slots=True)
class BuiltSet:
    """An index over a set's paragraphs and how long it took to build, in seconds."""

    index: PassageIndex
    seconds: float


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command and its options."""
    parser = commands.add_parser("squad", help="index and ask a SQuAD-format set")
    parser.add_argument("file", type=Path, help="the questions, and the paragraphs unless --contexts names them")
    parser.add_argument("--contexts", type=Path, help="take the paragraphs from this file, joined by question id")
    parser.add_argument("--predictions", type=Path, help="write one JSON line a question to this file")
    parser.add_argument("--limit", type=int, help="ask a random sample of this many questions, always the same ones")
    parser.add_argument("--held-out", action="store_true", help="only the questions that the reader never learned from")
    parser.add_argument("--always-answer", action="store_true", help="never abstain")
    parser.set_defaults(run=_run)


def build_set(squad: SquadSet, encoder: Encoder) -> BuiltSet:
    """The index over the paragraphs of `squad`, with a progress bar."""
    started = time.perf_counter()
    with tqdm(desc=f"indexing {squad.name}", unit="text", file=sys.stderr, leave=False) as bar:

        def move(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        index = build_squad_index(squad, encoder, progress=move)
    return BuiltSet(index, time.perf_counter() - started)


def ask_set(
    built: BuiltSet, squad: SquadSet, questions: Sequence[SquadQuestion], reader: str, *, abstain: bool
) -> tuple[Asked, ...]:
    """The `questions`, which are all or some of those of `squad`, asked of `built`, with a progress bar."""
    broken = any(paragraph.sentences for paragraph in squad.paragraphs)
    answerer = QuestionAnswerer.from_index(built.index, reader)
    asked = ask_all(answerer, questions, abstain=abstain, rank_sentences=broken)
    return tuple(tqdm(asked, desc=f"asking {squad.name}", total=len(questions), file=sys.stderr, leave=False))


def report_set(squad: SquadSet, built: BuiltSet, asked: Sequence[Asked]) -> str:
    """The measures with intervals, latency and indexing speed, as text."""
    count = len(squad.paragraphs)
    head = f"{squad.name}: {len(asked)} questions over {count} paragraphs"
    speed = f"indexing  {built.seconds:.1f} s, {count / built.seconds:.1f} paragraphs a second"
    return joined([interval_rows(head, measure(squad, asked)), latency_rows("latency", latencies(asked)), speed])


def measure_set(squad: SquadSet, asked: Sequence[Asked], sample: int | None) -> Measurement:
    """The figures that floors are set for."""
    names = ("recall@1", "recall@5", "MRR@10", "sentence mAP", "F1", "gold in answer")
    measures = measure(squad, asked)
    return Measurement(squad.sha256, sample, {name: measures[name].mean for name in names if name in measures})


def _run(arguments: argparse.Namespace) -> int:
    if arguments.limit is not None and arguments.limit < 1:
        raise YinjuError(f"--limit {arguments.limit} asks nothing: give a number of questions of at least 1")
    if arguments.predictions and not arguments.predictions.absolute().parent.is_dir():
        raise YinjuError(f"there is no folder for {arguments.predictions}: make it, or name another file")
    squad = load_squad(arguments.file)
    if arguments.contexts:
        squad = join_contexts(squad, load_squad(arguments.contexts))
    built = build_set(squad, SentenceEncoder.load(arguments.model))
    questions = held_out_questions(squad) if arguments.held_out else squad.questions
    chosen = sample_questions(questions, arguments.limit)
    asked = ask_set(built, squad, chosen, arguments.reader, abstain=not arguments.always_answer)
    if arguments.predictions:
        _write_predictions(arguments.predictions, asked)
    print(f"machine: {machine_name()}\n")
    print(report_set(squad, built, asked))
    return 0


def _write_predictions(path: Path, asked: Sequence[Asked]) -> None:
    lines = [json.dumps(item.prediction(), ensure_ascii=False) + "\n" for item in asked]
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text("".join(lines), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise YinjuError(f"cannot write {path}: {error.strerror}; name another file with --predictions") from error

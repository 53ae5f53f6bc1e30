"""`python -m eval read FILE.json`: the trained reader on the questions of a set, each given its own paragraph."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from answer.span_model import SpanModel
from answer.span_weights import WEIGHTS
from eval.gold_paragraph import measure_reading, read_all
from eval.held_out import held_out_questions
from eval.machine import machine_name
from eval.report import interval_rows
from eval.squad import join_contexts, load_squad, sample_questions


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command and its options."""
    parser = commands.add_parser("read", help="ask the trained reader alone, the right paragraph given")
    parser.add_argument("file", type=Path, help="a SQuAD-format set")
    parser.add_argument("--contexts", type=Path, help="take the paragraphs from this file, joined by question id")
    parser.add_argument("--held-out", action="store_true", help="only the questions that training leaves out")
    parser.add_argument("--limit", type=int, help="a random sample of this many questions, always the same ones")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of the reader's weights")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    squad = load_squad(arguments.file)
    if arguments.contexts:
        squad = join_contexts(squad, load_squad(arguments.contexts))
    questions = held_out_questions(squad) if arguments.held_out else squad.questions
    chosen = sample_questions(questions, arguments.limit)
    model = SpanModel.load(arguments.weights)
    reads = list(tqdm(read_all(model, squad, chosen), total=len(chosen), desc="reading", file=sys.stderr, leave=False))
    print(f"machine: {machine_name()}\n")
    print(interval_rows(f"{squad.name}: {len(reads)} questions, paragraph given", measure_reading(reads)))
    return 0

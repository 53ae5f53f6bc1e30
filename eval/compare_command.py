"""`python -m eval compare RUN_A RUN_B [...]`: what changed from the first run to each of the others."""

import argparse
import operator
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import regex

from eval.runs.comparison import Comparison, Difference, compare_outcomes, timed_outcomes
from eval.runs.outcome import Outcome
from eval.runs.run_folder import RunFolder
from ingest.errors import YinjuError

_CONDITION = regex.compile(r"\s*(?P<measure>[^<>=]+?)\s*(?P<sign><=|>=|<|>)\s*(?P<bound>[-+]?\d*\.?\d+)\s*")
_SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_SHOWN = 20
_MISSING = 2


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command and its options."""
    parser = commands.add_parser("compare", help="compare runs of the same questions")
    parser.add_argument("runs", type=Path, nargs="+", help="run folders, the one to compare with first")
    parser.add_argument(
        "--fail-on",
        action="append",
        default=[],
        metavar="CONDITION",
        help="exit with 1 if a measure or figure changed so: 'f1<-0.01', 'p95 ms>50'; may be given several times",
    )
    parser.add_argument(
        "--allow-missing", action="store_true", help="compare runs though one lacks questions of the other"
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    if len(arguments.runs) < 2:
        raise YinjuError("two runs at least are compared: name another folder")
    conditions = [_condition(text) for text in arguments.fail_on]
    first, *others = [RunFolder.load(path) for path in arguments.runs]
    failed = missing = False
    for other in others:
        comparison = compare_outcomes(timed_outcomes(first), timed_outcomes(other))
        print(_report(first, other, comparison))
        missing = missing or comparison.only_before + comparison.only_after > 0
        for text, measure, holds, bound in conditions:
            change = _change_of(comparison.differences, measure)
            if holds(change, bound):
                print(f"{text}: {measure} changed by {change:+.4f}")
                failed = True
    if missing and not arguments.allow_missing:
        print("eval: runs of other questions; go on with the shorter run, or give --allow-missing", file=sys.stderr)
        return _MISSING
    return int(failed)


def _condition(text: str) -> tuple[str, str, Any, float]:
    found = _CONDITION.fullmatch(text)
    if not found:
        raise YinjuError(f"--fail-on {text!r} is no condition: write a measure, a sign and a change, as in 'f1<-0.01'")
    return text, found["measure"], _SIGNS[found["sign"]], float(found["bound"])


def _change_of(differences: Sequence[Difference], measure: str) -> float:
    for difference in differences:
        if difference.measure.lower() == measure.lower():
            return difference.change
    there = ", ".join(difference.measure for difference in differences)
    raise YinjuError(f"the runs have no measure {measure!r} in common: there are {there}")


def _report(first: RunFolder, other: RunFolder, comparison: Comparison) -> str:
    settings = first.manifest.changed_in(other.manifest)
    changed = [f"  {name}: {before} → {after}" for name, (before, after) in settings.items()]
    lines = [f"{first.path} → {other.path}", *changed]
    lines += [
        f"  {one.measure:<22}{one.before:8.4f} → {one.after:7.4f}  {one.change:+.4f}  "
        f"95 % {one.low:+.4f} to {one.high:+.4f}  p {one.p_value:.3f}  n {one.questions}"
        for one in comparison.differences
    ]
    if comparison.only_before or comparison.only_after:
        lines.append(
            f"  left out: {comparison.only_before} only in the first, {comparison.only_after} only in the second"
        )
    for name, pairs in (("won", comparison.won), ("lost", comparison.lost)):
        lines.append(f"  {name}: {len(pairs)}")
        lines += [_pair(before, after) for before, after in pairs[:_SHOWN]]
    return "\n".join(lines)


def _pair(before: Outcome, after: Outcome) -> str:
    return f"    {before.id}  {before.question}\n      {_said(before)}\n      {_said(after)}"


def _said(outcome: Outcome) -> str:
    text = (outcome.text or "—").replace("\n", " / ")
    return f"{outcome.confidence:.2f}  {text[:120]}"

"""The figures of a run, from its outcomes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eval.bootstrap import bootstrap_interval
from eval.confidence_metrics import (
    abstention_scores,
    auroc,
    calibration_bins,
    expected_calibration_error,
    risk_at_coverage,
    risk_coverage_area,
)
from eval.latency import latency_percentiles
from eval.runs.aggregates import aggregate_intervals, is_answered
from eval.runs.outcome import FAILURES, Outcome

_GROUPS = ("language", "type", "expert", "section")
_COVERAGES = tuple(step / 20 for step in range(1, 21))
_BINS = 10


def run_metrics(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """All figures with 95 % intervals, by group too: means, and abstention, risk, calibration and latency together.

    Beside them the curves of risk and calibration, and how many questions failed how.
    """
    judged = [outcome for outcome in outcomes if outcome.correct is not None]
    return {
        "questions": len(outcomes),
        "judged": len(judged),
        "measures": _intervals(outcomes),
        "aggregates": aggregate_intervals(outcomes),
        "abstention": _abstention(judged),
        "risk": risk_curve(judged),
        "calibration": calibration(judged),
        "failures": {name: sum(outcome.failure == name for outcome in outcomes) for name in FAILURES},
        "groups": {name: _by_group(outcomes, name) for name in _GROUPS},
        "latency": _latency(outcomes),
    }


def risk_curve(judged: Sequence[Outcome]) -> dict[str, Any]:
    """The share of wrong answers among the surest, for coverages from 5 to 100 %, of questions that have an answer."""
    answerable = [outcome for outcome in judged if not outcome.unanswerable]
    if not answerable:
        return {}
    confidences, correct = _columns(answerable)
    points = [[coverage, risk_at_coverage(confidences, correct, coverage)] for coverage in _COVERAGES]
    return {"curve": points, "area": risk_coverage_area(confidences, correct)}


def calibration(judged: Sequence[Outcome]) -> dict[str, Any]:
    """The expected calibration error, and for each tenth of confidence [mean confidence, share right, questions].

    Of what was answered: a confidence is the chance that the quoted answer is right, and says nothing of a refusal. The
    tenths are the ones that the error is computed of.
    """
    answered = [outcome for outcome in judged if is_answered(outcome)]
    if not answered:
        return {}
    confidences, correct = _columns(answered)
    bins = []
    bin_of = calibration_bins(confidences, _BINS)
    for number in range(_BINS):
        held = [outcome for outcome, place in zip(answered, bin_of, strict=True) if place == number]
        if held:
            count = len(held)
            mean = sum(outcome.confidence for outcome in held) / count
            bins.append([mean, sum(bool(outcome.correct) for outcome in held) / count, count])
    return {"error": expected_calibration_error(confidences, correct, _BINS), "bins": bins}


def _columns(outcomes: Iterable[Outcome]) -> tuple[list[float], list[bool]]:
    pairs = [(outcome.confidence, bool(outcome.correct)) for outcome in outcomes]
    return [confidence for confidence, _ in pairs], [correct for _, correct in pairs]


def _intervals(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    columns: dict[str, list[float]] = {}
    for outcome in outcomes:
        measures = dict(outcome.measures)
        if outcome.correct is not None:
            measures["correct"] = float(outcome.correct)
        for name, value in measures.items():
            columns.setdefault(name, []).append(value)
    result = {}
    for name, values in columns.items():
        interval = bootstrap_interval(values)
        result[name] = {"mean": interval.mean, "low": interval.low, "high": interval.high, "n": len(values)}
    return result


def _abstention(judged: Sequence[Outcome]) -> dict[str, float]:
    """Nothing where every question has an answer: there is nothing to detect."""
    unanswerable = [outcome.unanswerable for outcome in judged]
    if not any(unanswerable):
        return {}
    scores = abstention_scores([outcome.abstained for outcome in judged], unanswerable)
    values = {"precision": scores.precision, "recall": scores.recall, "f1": scores.f1}
    if not all(unanswerable):
        confidences = [outcome.confidence for outcome in judged]
        values["auroc"] = auroc(confidences, [not value for value in unanswerable])
    return values


def _by_group(outcomes: Sequence[Outcome], name: str) -> dict[str, Mapping[str, Any]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if name in outcome.groups:
            groups.setdefault(outcome.groups[name], []).append(outcome)
    return {
        group: {"questions": len(held), "measures": _intervals(held), "aggregates": aggregate_intervals(held)}
        for group, held in groups.items()
    }


def _latency(outcomes: Sequence[Outcome]) -> dict[str, float]:
    times = [outcome.milliseconds for outcome in outcomes if outcome.milliseconds]
    if not times:
        return {}
    percentiles = latency_percentiles(times)
    return {"p50": percentiles.p50, "p90": percentiles.p90, "p95": percentiles.p95, "p99": percentiles.p99}

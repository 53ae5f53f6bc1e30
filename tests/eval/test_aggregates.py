"""Figures of all outcomes together: the same as their definitions give, however often a question is drawn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.confidence_metrics import (
    abstention_scores,
    auroc,
    calibration_bins,
    expected_calibration_error,
    risk_coverage_area,
)
from eval.latency import latency_percentiles
from eval.runs.aggregates import AGGREGATES, aggregate_intervals, resampled_weights
from eval.runs.metrics import calibration, run_metrics
from eval.runs.outcome import Outcome


def outcome(id_: str, confidence: float, abstained: bool, unanswerable: bool, correct: bool, ms: float) -> Outcome:
    return Outcome(
        id_, "问", None, (), "span", confidence, abstained, unanswerable, correct, "", milliseconds=ms,
        groups={"type": "有" if unanswerable else "无"},
    )  # fmt: skip


def defined(outcomes: list[Outcome]) -> dict[str, float]:
    """The figures by the functions that define them."""
    unanswerable = [one.unanswerable for one in outcomes]
    scores = abstention_scores([one.abstained for one in outcomes], unanswerable)
    asked = [one for one in outcomes if not one.unanswerable]
    answered = [one for one in outcomes if not one.abstained]
    times = latency_percentiles([one.milliseconds for one in outcomes])
    return {
        "abstention precision": scores.precision,
        "abstention recall": scores.recall,
        "abstention F1": scores.f1,
        "AUROC answerable": auroc([one.confidence for one in outcomes], [not value for value in unanswerable]),
        "risk-coverage area": risk_coverage_area(
            [one.confidence for one in asked], [bool(one.correct) for one in asked]
        ),
        "calibration error": expected_calibration_error(
            [one.confidence for one in answered], [bool(one.correct) for one in answered]
        ),
        "p50 ms": times.p50,
        "p90 ms": times.p90,
        "p95 ms": times.p95,
        "p99 ms": times.p99,
    }


# One of each kind, so that every figure is defined.
KINDS = [outcome("a", 0.5, False, False, True, 1), outcome("b", 0.5, False, True, False, 2)]
OUTCOMES = st.builds(
    outcome,
    st.just("x"),
    st.sampled_from([0.0, 0.1, 0.3, 0.55, 0.7, 1.0]),
    *(st.booleans() for _ in range(3)),
    st.integers(1, 9).map(float),
)


@settings(deadline=None)
@given(st.lists(st.tuples(OUTCOMES, st.integers(1, 3)), max_size=12))
def test_a_question_drawn_several_times_counts_as_so_many_questions(drawn: list[tuple[Outcome, int]]) -> None:
    drawn = [*((one, 1) for one in KINDS), *drawn]
    repeated = [one for one, times in drawn for _ in range(times)]
    weights = np.array([[float(times) for _, times in drawn]])
    outcomes = [one for one, _ in drawn]
    found = {aggregate.name: float(aggregate.of(outcomes)(weights)[0]) for aggregate in AGGREGATES}
    assert found == pytest.approx(defined(repeated))


def test_every_resample_draws_as_many_questions_as_there_are() -> None:
    weights = np.concatenate(list(resampled_weights(7)))
    assert weights.shape == (1000, 7)
    assert (weights.sum(axis=1) == 7).all()
    assert weights.mean() == pytest.approx(1)


def test_figures_have_intervals_and_those_that_are_undefined_are_missing() -> None:
    many = [outcome(str(n), n / 100, n % 4 == 0, n % 5 == 0, n % 3 == 0, n + 1) for n in range(100)]
    intervals = aggregate_intervals(many)
    assert set(intervals) == {aggregate.name for aggregate in AGGREGATES}
    assert all(one["low"] < one["mean"] < one["high"] for name, one in intervals.items() if name != "p99 ms")
    assert (intervals["risk-coverage area"]["n"], intervals["calibration error"]["n"]) == (80, 75)
    answerable = [one for one in many if not one.unanswerable]
    assert set(aggregate_intervals(answerable)) == {
        *("risk-coverage area", "calibration error"),
        *("p50 ms", "p90 ms", "p95 ms", "p99 ms"),
    }
    assert aggregate_intervals([]) == {}


def test_groups_have_them_too() -> None:
    many = [outcome(str(n), n / 10, n % 4 == 0, n % 5 == 0, n % 3 == 0, n + 1) for n in range(10)]
    groups = run_metrics(many)["groups"]["type"]
    assert groups["有"]["aggregates"]["abstention recall"]["mean"] == 0.5
    assert "calibration error" in groups["无"]["aggregates"]


def test_where_everything_has_an_answer_abstention_is_not_measured() -> None:
    assert run_metrics([outcome("a", 0.5, True, False, False, 1)])["abstention"] == {}


def test_the_curve_s_bins_are_those_of_the_calibration_error() -> None:
    """Closed above: 0.1 and 0 fall into the first, and the error is what the bins' gaps give."""
    confidences = [0.0, 0.1, 0.3, 0.7, 0.70001, 1.0]
    assert list(calibration_bins(confidences)) == [0, 0, 2, 6, 7, 9]
    found = calibration([outcome("x", one, False, False, True, 1) for one in confidences])
    assert [count for _, _, count in found["bins"]] == [2, 1, 1, 1, 1]
    gaps = sum(count * abs(share - mean) for mean, share, count in found["bins"])
    assert found["error"] == pytest.approx(gaps / len(confidences))

"""Figures of all outcomes together that no mean gives, and how far they would move with another sample of questions.

Every figure is a function of how often each question counts: once as asked, as often as drawn in a resample of the
bootstrap (Efron, 1979). Weights have the shape (resamples, questions), figures (resamples,), NaN where undefined.
Names are those of `python -m eval article`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from eval.confidence_metrics import calibration_bins
from eval.runs.outcome import Outcome

_MOST_RESAMPLES, _LEAST_RESAMPLES = 1000, 200
# A thousand resamples of a thousand questions take half a second, two hundred of a hundred thousand ten seconds.
_DRAWS = 20_000_000
# Two million drawn weights and what is made of them take some hundred megabytes.
_DRAWS_AT_ONCE = 2_000_000
_BINS = 10

Figure = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, slots=True)
class Columns:
    """The outcomes as columns, one entry a question; `counts` is whether it counts for a figure, 0 or 1."""

    confidences: np.ndarray
    correct: np.ndarray
    abstained: np.ndarray
    unanswerable: np.ndarray
    milliseconds: np.ndarray
    counts: np.ndarray

    @classmethod
    def of(cls, outcomes: Sequence[Outcome], counts: Callable[[Outcome], bool]) -> "Columns":
        """The columns, in the outcomes' order."""
        return cls(
            confidences=np.array([outcome.confidence for outcome in outcomes]),
            correct=np.array([bool(outcome.correct) for outcome in outcomes]),
            abstained=np.array([outcome.abstained for outcome in outcomes]),
            unanswerable=np.array([outcome.unanswerable for outcome in outcomes]),
            milliseconds=np.array([outcome.milliseconds for outcome in outcomes]),
            counts=np.array([counts(outcome) for outcome in outcomes]),
        )


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A figure: its name, which outcomes count for it, and how it comes of them with their weights."""

    name: str
    counts: Callable[[Outcome], bool]
    formula: Callable[[Columns, np.ndarray], np.ndarray]

    def of(self, outcomes: Sequence[Outcome]) -> Figure:
        """The figure of these outcomes as a function of their weights."""
        columns = Columns.of(outcomes, self.counts)
        return lambda weights: self.formula(columns, weights * columns.counts)


def resampled_weights(questions: int) -> Iterator[np.ndarray]:
    """How often each question is drawn in each resample, some resamples at a time; the same for the same number."""
    random = np.random.default_rng(0)
    resamples = min(_MOST_RESAMPLES, max(_LEAST_RESAMPLES, _DRAWS // questions))
    most = max(1, _DRAWS_AT_ONCE // questions)
    for done in range(0, resamples, most):
        rows = min(most, resamples - done)
        drawn = random.integers(questions, size=(rows, questions)) + np.arange(rows)[:, None] * questions
        yield np.bincount(drawn.ravel(), minlength=rows * questions).reshape(rows, questions).astype(float)


def aggregate_intervals(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    """Every figure that is defined: its value as `mean`, `low` and `high` of its 95 % interval, `n` that count."""
    figures = {one: figure for one in AGGREGATES if not np.isnan(value_of(figure := one.of(outcomes), len(outcomes)))}
    drawn: dict[Aggregate, list[np.ndarray]] = {one: [] for one in figures}
    for weights in resampled_weights(len(outcomes)) if figures else ():
        for one, figure in figures.items():
            drawn[one].append(figure(weights))
    intervals = {}
    for one, figure in figures.items():
        low, high = np.nanquantile(np.concatenate(drawn[one]), [0.025, 0.975])
        value, count = value_of(figure, len(outcomes)), sum(map(one.counts, outcomes))
        intervals[one.name] = {"mean": value, "low": float(low), "high": float(high), "n": count}
    return intervals


def value_of(figure: Figure, questions: int) -> float:
    """The figure of the questions as they were asked, each once; NaN where it is undefined."""
    return float(figure(np.ones((1, questions)))[0]) if questions else float("nan")


def _abstention_precision(columns: Columns, weights: np.ndarray) -> np.ndarray:
    """The share of abstentions that were right; 0 where there was none, undefined if every question has an answer."""
    right, said, true = _abstentions(columns, weights)
    return np.where(true > 0, _ratio(right, said, otherwise=0.0), np.nan)


def _abstention_recall(columns: Columns, weights: np.ndarray) -> np.ndarray:
    """The share of unanswerable questions that met an abstention; undefined where there is none."""
    right, _, true = _abstentions(columns, weights)
    return _ratio(right, true)


def _abstention_f1(columns: Columns, weights: np.ndarray) -> np.ndarray:
    """The harmonic mean of the two."""
    right, said, true = _abstentions(columns, weights)
    return np.where(true > 0, _ratio(2 * right, said + true), np.nan)


def _abstentions(columns: Columns, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How many abstained rightly, abstained, and were unanswerable."""
    right = _total(weights, columns.abstained & columns.unanswerable)
    return right, _total(weights, columns.abstained), _total(weights, columns.unanswerable)


def _answerable_auroc(columns: Columns, weights: np.ndarray) -> np.ndarray:
    """The chance that an answerable question has more confidence than an unanswerable one, a tie counting one half."""
    order = np.argsort(columns.confidences, kind="stable")
    starts = np.flatnonzero(np.diff(columns.confidences[order], prepend=-1.0))
    unanswerable = columns.unanswerable[order]
    drawn = weights[:, order]
    positives = np.add.reduceat(drawn * ~unanswerable, starts, axis=1)
    negatives = np.add.reduceat(drawn * unanswerable, starts, axis=1)
    below = np.cumsum(negatives, axis=1) - negatives / 2
    return _ratio((positives * below).sum(axis=1), positives.sum(axis=1) * negatives.sum(axis=1))


def _risk_area(columns: Columns, weights: np.ndarray) -> np.ndarray:
    """The mean risk over all coverages, as `risk_coverage_area`.

    The n-th to m-th answers kept are the same question drawn anew. If it is right, c wrong ones before it, they add
    c / n + … + c / m; if it is wrong, (c + 1) / n + (c + 2) / (n + 1) + …, which harmonic numbers give at once.
    """
    order = np.lexsort((columns.correct, -columns.confidences))
    drawn, wrong = weights[:, order].astype(int), ~columns.correct[order]
    kept, failed = np.cumsum(drawn, axis=1), np.cumsum(drawn * wrong, axis=1)
    harmonic = np.concatenate([[0.0], np.cumsum(1 / np.arange(1, drawn.sum(axis=1).max(initial=0) + 1))])
    inverses = harmonic[kept] - harmonic[kept - drawn]
    before, failed_before = kept - drawn, failed - drawn * wrong
    risks = np.where(wrong, drawn + (failed_before - before) * inverses, failed_before * inverses)
    return _ratio(risks.sum(axis=1), drawn.sum(axis=1))


def _calibration_error(columns: Columns, weights: np.ndarray) -> np.ndarray:
    """The expected calibration error, as `expected_calibration_error`."""
    bin_of = calibration_bins(columns.confidences, _BINS)
    gaps = np.zeros((len(bin_of), _BINS))
    gaps[np.arange(len(bin_of)), bin_of] = columns.correct - columns.confidences
    return _ratio(np.abs(weights @ gaps).sum(axis=1), weights.sum(axis=1))


def _percentile(share: float) -> Callable[[Columns, np.ndarray], np.ndarray]:
    """A percentile of the times, linear between neighbours, as `latency_percentiles`."""

    def figure(columns: Columns, weights: np.ndarray) -> np.ndarray:
        order = np.argsort(columns.milliseconds)
        times, kept = columns.milliseconds[order], np.cumsum(weights[:, order], axis=1)
        last = len(times) - 1
        place = share * (kept[:, -1] - 1)
        lower, upper = (
            times[np.minimum((kept <= bound[:, None]).sum(axis=1), last)] for bound in (np.floor(place), np.ceil(place))
        )
        return np.where(kept[:, -1] > 0, lower + (upper - lower) * (place % 1), np.nan)

    return figure


def _total(weights: np.ndarray, values: np.ndarray) -> np.ndarray:
    return np.asarray(weights @ values.astype(float))


def _ratio(above: np.ndarray, below: np.ndarray, otherwise: float = np.nan) -> np.ndarray:
    return np.where(below > 0, above / np.maximum(below, 1), otherwise)


def _is_judged(outcome: Outcome) -> bool:
    return outcome.correct is not None


def _is_answerable(outcome: Outcome) -> bool:
    return outcome.correct is not None and not outcome.unanswerable


def is_answered(outcome: Outcome) -> bool:
    """True if it was answered and is judged: a confidence says how likely a quote is right, nothing of a refusal."""
    return outcome.correct is not None and not outcome.abstained and outcome.kind != "error"


def _is_timed(outcome: Outcome) -> bool:
    return outcome.milliseconds > 0


AGGREGATES = (
    Aggregate("abstention precision", _is_judged, _abstention_precision),
    Aggregate("abstention recall", _is_judged, _abstention_recall),
    Aggregate("abstention F1", _is_judged, _abstention_f1),
    Aggregate("AUROC answerable", _is_judged, _answerable_auroc),
    Aggregate("risk-coverage area", _is_answerable, _risk_area),
    Aggregate("calibration error", is_answered, _calibration_error),
    Aggregate("p50 ms", _is_timed, _percentile(0.5)),
    Aggregate("p90 ms", _is_timed, _percentile(0.9)),
    Aggregate("p95 ms", _is_timed, _percentile(0.95)),
    Aggregate("p99 ms", _is_timed, _percentile(0.99)),
)

"""Two runs of the same questions, question by question."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from eval.bootstrap import bootstrap_interval
from eval.runs.aggregates import AGGREGATES, Aggregate, Figure, resampled_weights, value_of
from eval.runs.json_lines import damaged
from eval.runs.outcome import Outcome
from eval.runs.run_folder import TIMINGS, RunFolder
from ingest.errors import YinjuError

_RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Difference:
    """How much a measure's mean changed, over the questions that have it in both runs; or a figure of all together.

    `p_value` is the two-sided chance of a difference as large if there were none (paired bootstrap).
    """

    measure: str
    before: float
    after: float
    low: float
    high: float
    p_value: float
    questions: int

    @property
    def change(self) -> float:
        """After minus before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one run to another; `won` and `lost` are (before, after) outcomes.

    `only_before` and `only_after` count the questions that the other run lacks: no difference speaks of them.
    """

    differences: tuple[Difference, ...]
    won: tuple[tuple[Outcome, Outcome], ...]
    lost: tuple[tuple[Outcome, Outcome], ...]
    only_before: int = 0
    only_after: int = 0


def compare_outcomes(before: Iterable[Outcome], after: Iterable[Outcome]) -> Comparison:
    """Paired by id; raises YinjuError if the runs share no question, or one asks something else under an id."""
    old = {outcome.id: outcome for outcome in before}
    new = list(after)
    pairs = [(old[outcome.id], outcome) for outcome in new if outcome.id in old]
    if not pairs:
        raise YinjuError("the runs share no question id: compare runs of the same questions")
    for first, second in pairs:
        if first.question != second.question:
            raise YinjuError(f'the question "{first.id}" is another one in each run: compare runs of the same file')
    return Comparison(
        differences=(*_differences(pairs), *_aggregate_differences(pairs)),
        won=tuple(pair for pair in pairs if pair[0].correct is False and pair[1].correct),
        lost=tuple(pair for pair in pairs if pair[0].correct and pair[1].correct is False),
        only_before=len(old) - len(pairs),
        only_after=len(new) - len(pairs),
    )


def timed_outcomes(folder: RunFolder) -> Iterator[Outcome]:
    """The run's outcomes with their times, for comparing those too; raises YinjuError where one is missing."""
    # A run that is being gone on with has more times than outcomes.
    times = folder.timings()
    for number, outcome in enumerate(folder.outcomes(), start=1):
        # A question that could not be asked took no time.
        total = next(times, {"total": None}).get("total", 0.0)
        if not isinstance(total, int | float):
            raise damaged(folder.path / TIMINGS, number)
        yield replace(outcome, milliseconds=float(total))


def _differences(pairs: Sequence[tuple[Outcome, Outcome]]) -> list[Difference]:
    columns: dict[str, list[tuple[float, float]]] = {}
    for first, second in pairs:
        for name in _measures(first).keys() & _measures(second).keys():
            columns.setdefault(name, []).append((_measures(first)[name], _measures(second)[name]))
    return [_difference(name, np.array(columns[name])) for name in sorted(columns)]


def _measures(outcome: Outcome) -> dict[str, float]:
    measures = dict(outcome.measures)
    if outcome.correct is not None:
        measures["correct"] = float(outcome.correct)
    return measures


def _difference(name: str, values: np.ndarray) -> Difference:
    changes = values[:, 1] - values[:, 0]
    interval = bootstrap_interval(changes.tolist(), resamples=_RESAMPLES)
    means = values.mean(axis=0)
    p_value = _p_value(changes)
    return Difference(name, float(means[0]), float(means[1]), interval.low, interval.high, p_value, len(values))


def _aggregate_differences(pairs: Sequence[tuple[Outcome, Outcome]]) -> list[Difference]:
    """Of the figures that are defined in both runs, each resample drawing a question's both outcomes."""
    before, after = zip(*pairs, strict=True)
    figures: dict[Aggregate, tuple[Figure, Figure]] = {}
    for one in AGGREGATES:
        both = one.of(before), one.of(after)
        if not any(np.isnan(value_of(figure, len(pairs))) for figure in both):
            figures[one] = both
    drawn: dict[Aggregate, list[np.ndarray]] = {one: [] for one in figures}
    for weights in resampled_weights(len(pairs)):
        for one, (old, new) in figures.items():
            drawn[one].append(new(weights) - old(weights))
    return [_aggregate_difference(one, pairs, *figures[one], np.concatenate(drawn[one])) for one in figures]


def _aggregate_difference(
    aggregate: Aggregate, pairs: Sequence[tuple[Outcome, Outcome]], old: Figure, new: Figure, drawn: np.ndarray
) -> Difference:
    before, after = value_of(old, len(pairs)), value_of(new, len(pairs))
    changes = drawn[~np.isnan(drawn)]
    low, high = np.quantile(changes, [0.025, 0.975])
    # As in `_p_value`: the resamples' changes around the observed one are those around 0 if there were none.
    as_far = np.sum(np.abs(changes - (after - before)) >= abs(after - before) - 1e-12)
    p_value = float(as_far + 1) / (len(changes) + 1)
    count = sum(aggregate.counts(first) or aggregate.counts(second) for first, second in pairs)
    return Difference(aggregate.name, before, after, float(low), float(high), p_value, count)


def _p_value(changes: np.ndarray) -> float:
    """How often a resample of the centred changes lies as far from 0 (Efron and Tibshirani, 1993, chapter 16)."""
    observed = abs(changes.mean())
    random = np.random.default_rng(0)
    centred = changes - changes.mean()
    means = (centred[random.integers(len(centred), size=len(centred))].mean() for _ in range(_RESAMPLES))
    # Equal up to rounding counts as equal.
    as_far = sum(abs(mean) >= observed - 1e-12 for mean in means)
    return (as_far + 1) / (_RESAMPLES + 1)

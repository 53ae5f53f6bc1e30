"""How far a mean over questions would move with another sample of questions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# 4 million drawn indices take 32 MB, however many questions and resamples are asked for.
_DRAWS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and the bounds of its confidence interval, in the unit of the values."""

    mean: float
    low: float
    high: float


def bootstrap_interval(
    values: Sequence[float], *, resamples: int = 1000, seed: int = 0, level: float = 0.95
) -> Interval:
    """The mean of `values` with its percentile-bootstrap interval (Efron, 1979); the same bytes for the same seed.

    Values count as independent: questions on one paragraph are not quite, so the interval is a little too narrow.
    Raises ValueError where there are no values or one is not finite, resamples is below 1 or level outside 0..1.
    """
    sample = np.asarray(values, dtype=float)
    if not len(sample) or not np.isfinite(sample).all():
        raise ValueError(f"an interval needs finite values, at least one; {len(sample)} given")
    if resamples < 1 or not 0 < level < 1:
        raise ValueError(f"wanted resamples >= 1 and 0 < level < 1, not {resamples} and {level}")
    means = _resampled_means(sample, resamples, np.random.default_rng(seed))
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(sample.mean()), float(low), float(high))


def _resampled_means(sample: np.ndarray, resamples: int, random: np.random.Generator) -> np.ndarray:
    """The means of `resamples` draws of the sample's own size, with replacement: shape (resamples,)."""
    rows = max(1, _DRAWS_AT_ONCE // len(sample))
    blocks = [
        sample[random.integers(len(sample), size=(min(rows, resamples - done), len(sample)))].mean(axis=1)
        for done in range(0, resamples, rows)
    ]
    return np.concatenate(blocks)

"""Bootstrap intervals: deterministic, inside the values' range, and as wide as theory says."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bootstrap import bootstrap_interval

VALUES = st.lists(st.floats(-100, 100), min_size=1, max_size=30)


@given(VALUES, st.integers(0, 1000))
def test_bounds_are_ordered_and_stay_within_the_values(values: list[float], seed: int) -> None:
    interval = bootstrap_interval(values, resamples=50, seed=seed)
    assert min(values) - 1e-9 <= interval.low <= interval.high <= max(values) + 1e-9


@given(VALUES, st.integers(0, 1000))
def test_the_same_seed_gives_the_same_interval(values: list[float], seed: int) -> None:
    assert bootstrap_interval(values, resamples=20, seed=seed) == bootstrap_interval(values, resamples=20, seed=seed)


def test_another_seed_draws_other_samples() -> None:
    values = [float(value) for value in range(50)]
    assert bootstrap_interval(values, seed=0) != bootstrap_interval(values, seed=1)


def test_the_mean_is_that_of_the_values_and_not_of_the_resamples() -> None:
    assert bootstrap_interval([1, 0, 0, 1, 1], resamples=10).mean == pytest.approx(0.6)


def test_equal_values_leave_no_doubt() -> None:
    interval = bootstrap_interval([0.25] * 9)
    assert (interval.mean, interval.low, interval.high) == (0.25, 0.25, 0.25)


def test_the_interval_of_a_share_is_about_as_wide_as_the_normal_one() -> None:
    """Half of 400 right: 0.5 ± 1.96 · sqrt(0.25 / 400) = 0.5 ± 0.049; for a level of 0.5, ± 0.6745 · 0.025."""
    values = [1.0, 0.0] * 200
    wide, narrow = bootstrap_interval(values, resamples=4000), bootstrap_interval(values, resamples=4000, level=0.5)
    assert (wide.low, wide.high) == pytest.approx((0.451, 0.549), abs=0.006)
    assert (narrow.low, narrow.high) == pytest.approx((0.483, 0.517), abs=0.006)


def test_many_values_are_resampled_in_blocks_of_bounded_memory() -> None:
    """3 million values leave room for one resample a block; 1 ± 0 of them stays so."""
    interval = bootstrap_interval([1.0] * 3_000_000, resamples=2)
    assert (interval.low, interval.high) == (1.0, 1.0)


@pytest.mark.parametrize("values", [[], [math.nan], [1.0, math.inf]])
def test_values_that_have_no_mean_are_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="finite values"):
        bootstrap_interval(values)


@pytest.mark.parametrize(("resamples", "level"), [(0, 0.95), (10, 0.0), (10, 1.0), (10, math.nan)])
def test_settings_that_mean_nothing_are_refused(resamples: int, level: float) -> None:
    with pytest.raises(ValueError, match="resamples"):
        bootstrap_interval([1.0], resamples=resamples, level=level)

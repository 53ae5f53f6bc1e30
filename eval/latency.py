"""How long answers took, as the percentiles that people feel."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Latency:
    """Percentiles of one measurement's times, in its unit (milliseconds throughout this project)."""

    p50: float
    p90: float
    p95: float
    p99: float


def latency_percentiles(times: Sequence[float]) -> Latency:
    """The 50th to 99th percentiles of `times`, linear between neighbours (NumPy's default); ValueError if empty."""
    if not len(times):
        raise ValueError("no times were measured: there are no percentiles")
    p50, p90, p95, p99 = np.percentile(np.asarray(times, dtype=float), [50, 90, 95, 99])
    return Latency(float(p50), float(p90), float(p95), float(p99))

"""Figures as aligned tables for people."""

from collections.abc import Mapping, Sequence

from eval.bootstrap import Interval
from eval.latency import Latency


def interval_rows(title: str, measures: Mapping[str, Interval]) -> str:
    """A line for each measure: its mean and its 95 % interval."""
    lines = [title]
    for name, interval in measures.items():
        lines.append(f"  {name:<22}{interval.mean:8.4f}   95 % {interval.low:.4f} to {interval.high:.4f}")
    return "\n".join(lines)


def group_table(title: str, groups: Mapping[str, Mapping[str, Interval]], counts: Mapping[str, int]) -> str:
    """A row for each group and a column for each measure that any group has."""
    columns = list(dict.fromkeys(name for measures in groups.values() for name in measures))
    width = max(len(name) for name in [title, *groups]) + 2
    head = title.ljust(width) + "  n".rjust(5) + "".join(name.rjust(len(name) + 2) for name in columns)
    rows = [head]
    for group, measures in groups.items():
        cells = (_cell(measures.get(name)).rjust(len(name) + 2) for name in columns)
        rows.append(group.ljust(width) + str(counts[group]).rjust(5) + "".join(cells))
    return "\n".join(rows)


def value_rows(title: str, values: Mapping[str, float]) -> str:
    """A line for each value."""
    return "\n".join([title, *(f"  {name:<22}{value:8.3f}" for name, value in values.items())])


def latency_rows(title: str, latencies: Mapping[str, Latency]) -> str:
    """A line for each stage: percentiles in milliseconds."""
    lines = [title]
    for stage, latency in latencies.items():
        lines.append(
            f"  {stage:<12} median {latency.p50:.1f} ms, 90 % {latency.p90:.1f}, 95 % {latency.p95:.1f}, "
            f"99 % {latency.p99:.1f}"
        )
    return "\n".join(lines)


def joined(parts: Sequence[str]) -> str:
    """The parts with a blank line between."""
    return "\n\n".join(part for part in parts if part)


def _cell(interval: Interval | None) -> str:
    return f"{interval.mean:.3f}" if interval else "-"

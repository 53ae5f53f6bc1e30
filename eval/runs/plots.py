"""Small curves as inline SVG: axes from 0 to 1, readable on paper, with their figures for screen readers."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from eval.runs.report_texts import Language, word

_SIZE, _LEFT, _TOP = 260, 44, 12
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def run_plots(metrics: Mapping[str, Any], language: Language) -> list[str]:
    """The curves that a run's figures allow: risk against coverage, and calibration."""
    plots = []
    if metrics["risk"]:
        curve = metrics["risk"]["curve"]
        plots.append(risk_plot(curve, word("risk", language), word("coverage", language), word("risk axis", language)))
    if metrics["calibration"]:
        bins, title = metrics["calibration"]["bins"], word("reliability", language)
        title = f"{title} (ECE {metrics['calibration']['error']:.3f})"
        plots.append(reliability_plot(bins, title, word("confidence", language), word("share right", language)))
    return plots


def risk_plot(curve: Sequence[Sequence[float]], title: str, x: str, y: str) -> str:
    """Risk against coverage: a line through [coverage, risk] points."""
    points = " ".join(f"{_x(coverage):.1f},{_y(risk):.1f}" for coverage, risk in curve)
    return _framed(f'<polyline points="{points}" fill="none" stroke="#0f766e" stroke-width="2"/>', title, x, y)


def reliability_plot(bins: Sequence[Sequence[float]], title: str, x: str, y: str) -> str:
    """The share right against the mean confidence of each bin, larger where there are more; best on the diagonal."""
    most = max((count for _, _, count in bins), default=1)
    diagonal = f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#94a3b8" stroke-dasharray="4 4"/>'
    dots = "".join(
        f'<circle cx="{_x(mean):.1f}" cy="{_y(share):.1f}" r="{3 + 6 * (count / most) ** 0.5:.1f}" '
        f'fill="#0f766e" fill-opacity="0.75"><title>{mean:.2f}: {share:.2f} ({count:g})</title></circle>'
        for mean, share, count in bins
    )
    return _framed(diagonal + dots, title, x, y)


def _framed(inner: str, title: str, x: str, y: str) -> str:
    grid = "".join(
        f'<line x1="{_x(0)}" y1="{_y(tick)}" x2="{_x(1)}" y2="{_y(tick)}" stroke="#e2e8f0"/>'
        f'<text x="{_LEFT - 6}" y="{_y(tick) + 4}" text-anchor="end">{tick:g}</text>'
        f'<text x="{_x(tick)}" y="{_y(0) + 16}" text-anchor="middle">{tick:g}</text>'
        for tick in _TICKS
    )
    middle = _TOP + _SIZE / 2
    labels = (
        f'<text x="{_x(0.5)}" y="{_y(0) + 34}" text-anchor="middle">{escape(x)}</text>'
        f'<text x="12" y="{middle}" text-anchor="middle" transform="rotate(-90 12 {middle})">{escape(y)}</text>'
    )
    width, height = _LEFT + _SIZE + 12, _TOP + _SIZE + 42
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><svg role="img" aria-label="{escape(title)}" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-size="11">{grid}{labels}{inner}</svg>'
        "</figure>"
    )


def _x(value: float) -> float:
    return _LEFT + value * _SIZE


def _y(value: float) -> float:
    return _TOP + (1 - value) * _SIZE

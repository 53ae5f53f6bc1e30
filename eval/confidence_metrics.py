"""What a system's confidence is worth: when it abstains, how it orders right and wrong, how well it is calibrated.

All sequences of one call are in the same order, one entry a question; ValueError where their lengths differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class AbstentionScores:
    """Abstention as detection of the questions that have no answer; each in 0..1."""

    precision: float
    recall: float
    f1: float


def abstention_scores(abstained: Sequence[bool], unanswerable: Sequence[bool]) -> AbstentionScores:
    """How often an abstention was right (precision) and an unanswerable question met one (recall); 0 for 0 / 0."""
    _check_lengths(abstained, unanswerable)
    right = sum(said and true for said, true in zip(abstained, unanswerable, strict=True))
    said, true = sum(map(bool, abstained)), sum(map(bool, unanswerable))
    return AbstentionScores(
        precision=right / said if said else 0.0,
        recall=right / true if true else 0.0,
        f1=2 * right / (said + true) if right else 0.0,
    )


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """The chance that a random positive scores above a random negative, a tie counting one half; 0.5 is no better.

    It is the Mann-Whitney U of the positives over its maximum, the area under the ROC curve (Hanley and McNeil, 1982).
    Raises ValueError where a score is not a number, or where there are no positives or no negatives.
    """
    _check_lengths(scores, positive)
    values, is_positive = np.asarray(scores, dtype=float), np.asarray(positive, dtype=bool)
    positives, negatives = values[is_positive], np.sort(values[~is_positive])
    if np.isnan(values).any() or not len(positives) or not len(negatives):
        raise ValueError(f"AUROC needs numbers of both kinds: {len(positives)} positive, {len(negatives)} negative")
    below = np.searchsorted(negatives, positives, side="left")
    not_above = np.searchsorted(negatives, positives, side="right")
    return float((below + not_above).sum() / 2 / (len(positives) * len(negatives)))


def expected_calibration_error(confidences: Sequence[float], correct: Sequence[bool], bins: int = 10) -> float:
    """The mean gap, in 0..1, between confidence and accuracy: Σ n_b / n · |accuracy_b - confidence_b|; 0 is best.

    The bins are equally wide and closed above, 0 belonging to the first (Guo et al., 2017). Raises ValueError where a
    confidence lies outside 0..1, nothing was measured or there is no bin.
    """
    _check_lengths(confidences, correct)
    values, truths = np.asarray(confidences, dtype=float), np.asarray(correct, dtype=float)
    if not len(values) or bins < 1 or not ((values >= 0) & (values <= 1)).all():
        raise ValueError(f"calibration needs confidences in 0..1 and a bin: {len(values)} given, {bins} bins")
    gaps = np.bincount(calibration_bins(values, bins), weights=truths - values, minlength=bins)
    return float(np.abs(gaps).sum() / len(values))


def calibration_bins(confidences: Sequence[float] | np.ndarray, bins: int = 10) -> np.ndarray:
    """The bin, from 0, of each confidence in 0..1: equally wide and closed above, 0 belonging to the first."""
    # Each edge is divided alone: linspace would put 0.3 and 0.7 beside, not on, their edges.
    return np.searchsorted(np.arange(1, bins + 1) / bins, np.asarray(confidences, dtype=float), side="left")


def risk_at_coverage(confidences: Sequence[float], correct: Sequence[bool], coverage: float) -> float:
    """The share of wrong answers, in 0..1, among the surest `coverage` of all, which is more than 0 and at most 1.

    At least one answer is kept; of answers equally sure the wrong ones come first, so that ties are no luck. Selective
    risk as in Geifman and El-Yaniv (2017). Raises ValueError where there is no answer or no such coverage.
    """
    risks = _risks(confidences, correct)
    if not 0 < coverage <= 1:
        raise ValueError(f"coverage lies above 0 and is at most 1, not {coverage}")
    return float(risks[max(1, round(coverage * len(risks))) - 1])


def risk_coverage_area(confidences: Sequence[float], correct: Sequence[bool]) -> float:
    """The mean of the risk over all coverages 1/n, 2/n … 1, in 0..1; less is better (the AURC)."""
    return float(_risks(confidences, correct).mean())


def _risks(confidences: Sequence[float], correct: Sequence[bool]) -> np.ndarray:
    """The share of wrong answers among the surest 1, 2, … n."""
    _check_lengths(confidences, correct)
    if not len(confidences):
        raise ValueError("there is no answer to measure the risk of")
    wrong = ~np.asarray(correct, dtype=bool)
    order = np.lexsort((~wrong, -np.asarray(confidences, dtype=float)))
    return np.cumsum(wrong[order]) / np.arange(1, len(wrong) + 1)


def _check_lengths(left: Sequence[object], right: Sequence[object]) -> None:
    if len(left) != len(right):
        raise ValueError(f"one entry a question on both sides, not {len(left)} and {len(right)}")

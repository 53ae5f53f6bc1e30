"""The scale of the confidence: what it says of answers about articles comes true."""

import random
from math import exp, log

import pytest

from answer.confidence import Calibration
from eval.calibration_fit import Asked, scaled_to
from eval.confidence_metrics import expected_calibration_error

WEIGHTS = {"margin": 2.0, "overlap": -0.5}


@pytest.fixture
def asked() -> list[Asked]:
    """Answers that are right far more often than their confidence says, as often as not to an unanswerable question."""
    rng = random.Random(0)
    confidences = [rng.uniform(0.02, 0.6) for _ in range(3000)]
    return [Asked(value, right, right) for value in confidences for right in [rng.random() < min(1, 1.6 * value)]]


def rescaled(scaled: Calibration, fitted: Calibration, confidence: float) -> float:
    """What `scaled` says where `fitted` says `confidence`, found by a margin that gives `fitted` that confidence."""
    margin = (log(confidence / (1 - confidence)) - fitted.intercept) / fitted.weights["margin"]
    total = scaled.intercept + scaled.weights["margin"] * margin
    return 1 / (1 + exp(-total))


def test_scaled_confidence_comes_true_more_nearly_and_keeps_its_order(asked: list[Asked]) -> None:
    fitted = Calibration(-1.0, WEIGHTS, 0.0)
    scaled = scaled_to(fitted, asked)
    before = [item.confidence for item in asked]
    after = [rescaled(scaled, fitted, confidence) for confidence in before]
    right = [item.right for item in asked]
    assert expected_calibration_error(after, right) < expected_calibration_error(before, right)
    assert sorted(range(len(after)), key=after.__getitem__) == sorted(range(len(before)), key=before.__getitem__)


def test_every_weight_is_stretched_alike(asked: list[Asked]) -> None:
    scaled = scaled_to(Calibration(-1.0, WEIGHTS, 0.0), asked)
    slope = scaled.weights["margin"] / WEIGHTS["margin"]
    assert slope > 0
    assert scaled.weights["overlap"] == pytest.approx(slope * WEIGHTS["overlap"])

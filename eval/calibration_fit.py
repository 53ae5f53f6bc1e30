"""Fits the confidence: a logistic model of what was found, on a scale that holds for articles."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from answer.answerer import Examined
from answer.confidence import Calibration, features_of

# The sentence reader cannot tell a near miss: the share of its right answers that may be lost to abstaining, where
# question and article share a language and where they do not.
_LOST_ANSWERS = 0.05
# Of the questions that people ask, the share that is answered: that of SQuAD 2.0's training set (Rajpurkar et al.,
# 2018). Every question of the public sets is asked more often without its answer than with it.
_ANSWERABLE = 2 / 3


@dataclass(frozen=True, slots=True)
class Example:
    """What was found for a question and whether it was right; `answerable` if anything found could have been.

    `crossing`: the question is in another language than the text.
    """

    examined: Examined
    answerable: bool
    right: bool
    crossing: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """The confidence, between 0 and 1, of an answer about an article, and whether it is right."""

    confidence: float
    answerable: bool
    right: bool


def fitted_to(examples: Sequence[Example]) -> Calibration:
    """A logistic model of whether what was found is right, with a threshold of 0."""
    names = list(features_of(examples[0].examined.evidence))
    inputs = np.array([list(features_of(example.examined.evidence).values()) for example in examples])
    right = np.array([example.right for example in examples])
    scaler = StandardScaler().fit(inputs)
    answerable = np.array([example.answerable for example in examples])
    model = LogisticRegression(C=1.0, max_iter=1000).fit(scaler.transform(inputs), right, _weights_by_share(answerable))
    weights = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - weights @ scaler.mean_)
    return Calibration(intercept, {name: float(weight) for name, weight in zip(names, weights, strict=True)}, 0.0)


def scaled_to(fitted: Calibration, asked: Iterable[Asked]) -> Calibration:
    """`fitted`, its log-odds stretched and shifted to what comes true of questions about articles (Platt, 1999).

    Questions of public sets are asked of a hundred paragraphs with much in common and count as right in one of them
    alone, so that what is fitted to them is too modest about an article. The order of answers stays as it is.
    """
    items = list(asked)
    confidences = np.array([item.confidence for item in items])
    right, answerable = np.array([item.right for item in items]), np.array([item.answerable for item in items])
    log_odds = np.log(confidences / (1 - confidences))[:, None]
    model = LogisticRegression(C=1e6).fit(log_odds, right, _weights_by_share(answerable))
    slope = float(model.coef_[0, 0])
    return Calibration(
        float(model.intercept_[0]) + slope * fitted.intercept,
        {name: slope * weight for name, weight in fitted.weights.items()},
        fitted.threshold,
    )


def _weights_by_share(answerable: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The weight of each example with which `_ANSWERABLE` of all are answerable."""
    return np.where(answerable, _ANSWERABLE / answerable.mean(), (1 - _ANSWERABLE) / (1 - answerable.mean()))


def quantile_threshold(fitted: Calibration, examples: Sequence[Example]) -> float:
    """The confidence that all but a few right candidates reach, in the article's language and in others."""
    confidences: dict[bool, list[float]] = defaultdict(list)
    for example in examples:
        if example.right:
            confidences[example.crossing].append(fitted.confidence(example.examined.evidence))
    return round(min(float(np.quantile(group, _LOST_ANSWERS)) for group in confidences.values()), 4)

"""How a passage's several scores become one.

The weights were chosen on public question sets; eval/README.md has the curves.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """How much each side counts, in standard deviations: of cosines over a question's candidates, of BM25 over all.

    `question_shift` is how much of its language's mean a question loses that shares no term with the articles; one that
    shares all of its terms loses none.
    """

    passage: float = 1.0
    sentence: float = 1.5
    lexical: float = 1.0
    question_shift: float = 0.6


def fuse(
    passage: Scores, best_sentence: Scores, lexical: Scores, overlap: float, weights: FusionWeights | None = None
) -> Scores:
    """One score a candidate, shape (candidates,), from three score arrays of that shape.

    `lexical` is standardized already, over all passages: it is known for all of them. `overlap`, 0 to 1, is the share
    of the question's terms that the index knows: it weighs the lexical side, which for a question in another script is
    noise.
    """
    weights = weights or FusionWeights()
    dense = weights.passage * standardized(passage) + weights.sentence * standardized(best_sentence)
    return dense + weights.lexical * overlap * lexical


def standardized(scores: Scores) -> Scores:
    """z-scores; zeros where all scores are equal."""
    deviation = float(scores.std())
    if deviation < 1e-9:
        return np.zeros_like(scores)
    return (scores - scores.mean()) / deviation

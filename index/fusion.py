"""How a passage's several scores become one.

The weights were chosen on public question sets; eval/README.md has the curves.
"""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

_SENTENCE_WEIGHT = 1.0
_LEXICAL_WEIGHT = 0.7


def fuse(passage: Scores, best_sentence: Scores, lexical: Scores, overlap: float) -> Scores:
    """One score a candidate, shape (candidates,), from three score arrays of that shape.

    `overlap`, 0 to 1, is the share of the question's terms that the index knows: it weighs the lexical side, which for
    a question in another script is noise.
    """
    dense = _standardized(passage) + _SENTENCE_WEIGHT * _standardized(best_sentence)
    return dense + _LEXICAL_WEIGHT * overlap * _standardized(lexical)


def _standardized(scores: Scores) -> Scores:
    """z-scores; zeros where all scores are equal."""
    deviation = float(scores.std())
    if deviation < 1e-9:
        return np.zeros_like(scores)
    return (scores - scores.mean()) / deviation

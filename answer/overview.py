"""Summaries in the article's own words: the sentences that stand nearest to the middle of what a section says."""

from collections.abc import Sequence

import numpy as np

from index.encoder import Vectors
from ingest.document import Span

# Maximal marginal relevance (Carbonell and Goldstein, 1998): how much being unlike the sentences already chosen counts.
_DIVERSITY = 0.35
_OPENING_BONUS = 0.15
# Shorter sentences lead on to the next (`近年来取得诸多务实成果。`), longer ones are whole lists.
_SHORTEST, _LONGEST = 18, 180


def central_sentences(
    spans: Sequence[Span], vectors: Vectors, count: int, paragraphs: Sequence[Span] = ()
) -> tuple[Span, ...]:
    """The `count` sentences nearest to the mean of all, unlike one another, in reading order.

    `vectors` has shape (sentences, dimension), unit length, in the order of `spans`. The first sentences of
    `paragraphs`, where newspapers put what matters, are preferred.
    """
    opening = {paragraph.start for paragraph in paragraphs}
    usable = [place for place, span in enumerate(spans) if _SHORTEST <= len(span) <= _LONGEST] or range(len(spans))
    places = list(usable)
    kept = vectors[places]
    middle = vectors.mean(axis=0)
    centrality = kept @ (middle / max(float(np.linalg.norm(middle)), 1e-9))
    centrality += _OPENING_BONUS * np.array([spans[place].start in opening for place in places], dtype=np.float32)
    chosen: list[int] = []
    redundancy = np.zeros(len(places), dtype=np.float32)
    while len(chosen) < min(count, len(places)):
        scores = (1 - _DIVERSITY) * centrality - _DIVERSITY * redundancy
        scores[chosen] = -np.inf
        chosen.append(int(np.argmax(scores)))
        redundancy = np.maximum(redundancy, kept @ kept[chosen[-1]])
    return tuple(sorted(spans[places[place]] for place in chosen))

"""Summaries in the article's own words: the sentences that stand nearest to the middle of what a section says."""

from collections.abc import Sequence

import numpy as np
import regex

from answer.selection import points_back
from index.encoder import Vectors
from ingest.characters import ends_sentence, width
from ingest.document import Span

# Maximal marginal relevance (Carbonell and Goldstein, 1998): how much being unlike the sentences already chosen counts.
_DIVERSITY = 0.35
_OPENING_BONUS = 0.15
# In cells of which a Chinese character takes two. Shorter sentences lead on to the next (`近年来取得诸多务实成果。`),
# longer ones are whole lists.
_SHORTEST, _LONGEST = 36, 360
# Sentences that go on with what stands before them.
_GOES_ON = regex.compile(
    r"(?:其[次二三四五]|再次|最后|第[二三四五六]|[二三四五六]是|另一方面|但|不过|然而|当然|而且|因此|所以|同样|此外|也)|"
    r"(?i:second|third|fourth|finally|but|however|also|of course|so|then|and|besides|moreover|therefore)\b"
)


def central_sentences(
    text: str, spans: Sequence[Span], vectors: Vectors, count: int, paragraphs: Sequence[Span] = ()
) -> tuple[Span, ...]:
    """The `count` sentences nearest to the mean of all, unlike one another, in reading order.

    `spans` are sentences of `text`, `vectors` has shape (sentences, dimension), unit length, in the same order. The
    first sentences of `paragraphs`, where newspapers put what matters, are preferred; those that need another one to be
    understood are left out where there are others.
    """
    opening = {paragraph.start for paragraph in paragraphs}
    fitting = [place for place, span in enumerate(spans) if _SHORTEST <= width(span.of(text)) <= _LONGEST]
    alone = [place for place in fitting if _stands_alone(spans[place].of(text))]
    places = alone or fitting or list(range(len(spans)))
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


def _stands_alone(sentence: str) -> bool:
    """True for a sentence, and no line such as `发布时间：…`, that needs none before it."""
    return ends_sentence(sentence) and not points_back(sentence) and _GOES_ON.match(sentence) is None

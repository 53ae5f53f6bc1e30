"""Passages made by hand, to test what is done with them without a model."""

from collections.abc import Sequence

from answer.reader import Candidate
from index.passage import Passage, SentenceMatch
from ingest.document import Chunk, Span


def passage(
    *sentences: str,
    cosines: Sequence[float] = (),
    start: int = 0,
    score: float = 0.0,
    document: str = "d",
    between: str = "",
) -> Passage:
    """The sentences from offset `start` of the document, parted by `between`; cosines are 0.5 where none are given."""
    text = between.join(sentences)
    matches = []
    place = start
    for sentence, cosine in zip(sentences, cosines or [0.5] * len(sentences), strict=True):
        matches.append(SentenceMatch(Span(place, place + len(sentence)), cosine))
        place += len(sentence) + len(between)
    chunk = Chunk(f"{document}:{start}-{start + len(text)}", document, "s1", Span(start, start + len(text)), text)
    return Passage(chunk, score, 1, 0.5, 0.0, tuple(matches))


def candidates(of: Passage, *scores: float) -> tuple[Candidate, ...]:
    """One for each sentence of the passage, best first."""
    pairs = zip(of.sentences, scores, strict=True)
    found = [Candidate(of, match.span, score) for match, score in pairs]
    return tuple(sorted(found, key=lambda candidate: -candidate.score))

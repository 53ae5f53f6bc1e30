"""What retrieval returns: a chunk with its scores, and how well each of its sentences matches the question."""

from dataclasses import dataclass

from ingest.document import Chunk, Span


@dataclass(frozen=True, slots=True)
class SentenceMatch:
    """One sentence of a passage; `span` in characters of the document's text, `score` its cosine with the question."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Passage:
    """One retrieved chunk.

    `score` is the fused score by which passages are ordered and `rank` counts from 1. `dense_score` is a cosine,
    `lexical_score` a BM25 score (0 where nothing matches). `sentences` are in document order. `speaker` is the expert
    whose words they are, empty where the article names none; `asked` the question that all of a short section answers
    (`可以续借吗？` `可以。`), empty for a longer one, which is understood without.
    """

    chunk: Chunk
    score: float
    rank: int
    dense_score: float
    lexical_score: float
    sentences: tuple[SentenceMatch, ...] = ()
    speaker: str = ""
    asked: str = ""

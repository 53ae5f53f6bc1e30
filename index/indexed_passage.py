"""What the index knows of a passage before any question is asked."""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.chunking import ChunkSettings, split_document
from ingest.document import Chunk, Document, Span
from ingest.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A chunk and the spans of its sentences, in characters of the document's text."""

    chunk: Chunk
    sentences: tuple[Span, ...]


def passages_of(documents: Iterable[Document], settings: ChunkSettings) -> tuple[IndexedPassage, ...]:
    """Every passage of `documents`, in document order."""
    return tuple(
        IndexedPassage(chunk, tuple(span.shift(chunk.span.start) for span in sentence_spans(chunk.text)))
        for document in documents
        for chunk in split_document(document, settings)
    )

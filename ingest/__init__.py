"""Article files read as documents, sections and chunks."""

from ingest.chunking import ChunkSettings, split_document
from ingest.document import Chunk, Document, Section, SourceMap, Span
from ingest.errors import YinjuError
from ingest.loaders import load_document, load_documents
from ingest.sections import document_from_text
from ingest.sentences import sentence_spans

__all__ = [
    "Chunk",
    "ChunkSettings",
    "Document",
    "Section",
    "SourceMap",
    "Span",
    "YinjuError",
    "document_from_text",
    "load_document",
    "load_documents",
    "sentence_spans",
    "split_document",
]

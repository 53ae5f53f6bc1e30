"""Documents and passages as JSON lines, exactly as they were."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from index.indexed_passage import IndexedPassage
from ingest.document import Chunk, Document, Section, SourceMap, Span


def write_documents(path: Path, documents: Iterable[Document]) -> None:
    """One document a line."""
    _write_lines(path, (_document_to_json(document) for document in documents))


def read_documents(path: Path) -> tuple[Document, ...]:
    """What `write_documents` wrote; raises KeyError, TypeError or ValueError on anything else."""
    return tuple(_document_from_json(data) for data in _read_lines(path))


def write_passages(path: Path, passages: Iterable[IndexedPassage]) -> None:
    """One passage a line: its chunk's place and the spans of its sentences, without the text."""
    _write_lines(path, (_passage_to_json(passage) for passage in passages))


def read_passages(path: Path, texts: dict[str, str]) -> tuple[IndexedPassage, ...]:
    """What `write_passages` wrote, cut from `texts` (document id to text); raises like `read_documents`."""
    return tuple(_passage_from_json(data, texts) for data in _read_lines(path))


def _document_to_json(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "lead": document.lead,
        "lead_span": None if document.lead_span is None else _pair(document.lead_span),
        "text": document.text,
        "sections": [_section_to_json(section) for section in document.sections],
        "source": document.source,
        "sha256": document.sha256,
        "source_map": {
            "offsets": document.source_map.offsets,
            "lines": document.source_map.lines,
            "pages": document.source_map.pages,
        },
    }


def _document_from_json(data: dict[str, Any]) -> Document:
    lead_span = data["lead_span"]
    parts = {
        "lead_span": None if lead_span is None else Span(*lead_span),
        "sections": tuple(_section_from_json(section) for section in data["sections"]),
        "source_map": SourceMap(**{name: tuple(data["source_map"][name]) for name in ("offsets", "lines", "pages")}),
    }
    return Document(**{**data, **parts})


def _section_to_json(section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "heading": section.heading,
        "question": section.question,
        "expert": section.expert,
        "affiliation": section.affiliation,
        "span": _pair(section.span),
        "paragraphs": [_pair(paragraph) for paragraph in section.paragraphs],
    }


def _section_from_json(data: dict[str, Any]) -> Section:
    paragraphs = tuple(Span(*pair) for pair in data["paragraphs"])
    return Section(**{**data, "span": Span(*data["span"]), "paragraphs": paragraphs})


def _passage_to_json(passage: IndexedPassage) -> dict[str, Any]:
    return {
        "id": passage.chunk.id,
        "document_id": passage.chunk.document_id,
        "section_id": passage.chunk.section_id,
        "span": _pair(passage.chunk.span),
        "sentences": [_pair(sentence) for sentence in passage.sentences],
    }


def _passage_from_json(data: dict[str, Any], texts: dict[str, str]) -> IndexedPassage:
    span = Span(*data["span"])
    text = span.of(texts[data["document_id"]])
    chunk = Chunk(data["id"], data["document_id"], data["section_id"], span, text)
    return IndexedPassage(chunk, tuple(Span(*pair) for pair in data["sentences"]))


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _write_lines(path: Path, objects: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for item in objects:
            file.write(json.dumps(item, ensure_ascii=False, separators=(",", ":")) + "\n")


def _read_lines(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)

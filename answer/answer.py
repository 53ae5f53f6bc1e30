"""The contract of the product: an answer and its citations, and their JSON form for page, API and batch alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from answer.byline import section_named_at
from index.passage import Passage
from ingest.document import Document, Span

AnswerKind = Literal["span", "sentences", "list", "overview", "none"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and where it stands; `quote == document.text[span.start:span.end]`, checked by `cite`.

    `number` counts from 1 within the answer. `source_line` counts from 1 in the article's file. `focus` is the part of
    `span` that answers most exactly, None where that is the whole. Fields that the article does not give are empty
    strings.
    """

    number: int
    document_id: str
    document_sha256: str
    title: str
    expert: str
    affiliation: str
    heading: str
    section_question: str
    span: Span
    quote: str
    passage_span: Span
    source_line: int
    focus: Span | None = None

    @property
    def exact(self) -> str:
        """The words at `focus`, the whole quote where there is none."""
        return self.focus.shift(-self.span.start).of(self.quote) if self.focus else self.quote

    def to_json(self) -> dict[str, Any]:
        """A JSON object with the fields' names; spans become `{"start", "end"}`."""
        return {
            "number": self.number,
            "document_id": self.document_id,
            "document_sha256": self.document_sha256,
            "title": self.title,
            "expert": self.expert,
            "affiliation": self.affiliation,
            "heading": self.heading,
            "section_question": self.section_question,
            "span": span_to_json(self.span),
            "quote": self.quote,
            "passage_span": span_to_json(self.passage_span),
            "source_line": self.source_line,
            "focus": span_to_json(self.focus) if self.focus else None,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What the product says to one question.

    `text` joins the citations' quotes and is None when the answerer abstains; then `kind` is "none" and `citations` is
    empty. `passages` are what was retrieved, best first. `confidence` lies in 0..1. `timings_ms` are the only fields
    that differ between two runs of the same question on the same index.
    """

    question: str
    language: str
    kind: AnswerKind
    text: str | None
    confidence: float
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    index_id: str = ""

    @property
    def abstained(self) -> bool:
        """True if the article does not answer the question."""
        return self.text is None

    @property
    def exact(self) -> str | None:
        """The words that answer most exactly: where a quote's focus is known, those alone; else `text`."""
        pointed = [citation.exact for citation in self.citations if citation.focus]
        return pointed[0] if pointed else self.text

    def to_json(self) -> dict[str, Any]:
        """A JSON object with the fields' names, scores rounded to six digits."""
        return {
            "question": self.question,
            "language": self.language,
            "kind": self.kind,
            "text": self.text,
            "confidence": round(self.confidence, 4),
            "citations": [citation.to_json() for citation in self.citations],
            "passages": [passage_to_json(passage) for passage in self.passages],
            "timings_ms": {name: round(value, 2) for name, value in self.timings_ms.items()},
            "index_id": self.index_id,
        }


def cite(number: int, document: Document, span: Span, passage_span: Span, focus: Span | None = None) -> Citation:
    """A citation of `span` in `document`, with the expert and section that it stands in or, as a byline, names.

    Raises ValueError if the span reaches outside the text or is empty, or `focus` is no part of it: such an answer is
    never shown.
    """
    if not span or span.end > len(document.text):
        raise ValueError(
            f"{document.id}: nothing to quote at {span.start}-{span.end} of {len(document.text)} characters"
        )
    if focus is not None and not (focus and span.contains(focus)):
        raise ValueError(f"{document.id}: {focus.start}-{focus.end} is no part of the quote {span.start}-{span.end}")
    section = document.section_at(span.start) or section_named_at(document, span)
    return Citation(
        number=number,
        document_id=document.id,
        document_sha256=document.sha256,
        title=document.title,
        expert=section.expert if section else "",
        affiliation=section.affiliation if section else "",
        heading=section.heading if section else "",
        section_question=section.question if section else "",
        span=span,
        quote=span.of(document.text),
        passage_span=passage_span,
        source_line=document.source_map.line_at(span.start),
        focus=focus,
    )


def span_to_json(span: Span) -> dict[str, int]:
    """`{"start": ..., "end": ...}`."""
    return {"start": span.start, "end": span.end}


def passage_to_json(passage: Passage) -> dict[str, Any]:
    """The passage's chunk, rank and scores, flat."""
    return {
        "rank": passage.rank,
        "chunk_id": passage.chunk.id,
        "document_id": passage.chunk.document_id,
        "section_id": passage.chunk.section_id,
        "span": span_to_json(passage.chunk.span),
        "text": passage.chunk.text,
        "score": round(passage.score, 6),
        "dense_score": round(passage.dense_score, 6),
        "lexical_score": round(passage.lexical_score, 6),
    }

"""The nouns of ingestion: a document, its sections, and the chunks cut from them.

All offsets are half-open and count characters (code points) of `Document.text`.
"""

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters, `0 <= start <= end`; raises ValueError otherwise."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: start {self.start}, end {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]

    def shift(self, by: int) -> "Span":
        """The same span, `by` characters further on (negative: back)."""
        return Span(self.start + by, self.end + by)

    def contains(self, other: "Span") -> bool:
        """True if `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """True if the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Where each part of a document's text stands in its source file.

    The text from `offsets[i]` up to `offsets[i + 1]` comes from source line `lines[i]` (counted from 1). `offsets`
    ascends and begins with 0. `pages` is empty for formats without pages, else as long as `lines`.
    """

    offsets: tuple[int, ...]
    lines: tuple[int, ...]
    pages: tuple[int, ...] = ()

    def line_at(self, offset: int) -> int:
        """The source line, counted from 1, of the character at `offset`."""
        return self.lines[self._run(offset)]

    def page_at(self, offset: int) -> int | None:
        """The source page, counted from 1, of the character at `offset`; None for formats without pages."""
        return self.pages[self._run(offset)] if self.pages else None

    def _run(self, offset: int) -> int:
        return max(0, bisect_right(self.offsets, offset) - 1)


@dataclass(frozen=True, slots=True)
class Section:
    """One expert's turn, or the text under one heading.

    `span` covers the paragraphs alone: neither the heading and the question nor the expert's byline. A field that the
    article does not give is the empty string.
    """

    id: str
    heading: str
    question: str
    expert: str
    affiliation: str
    span: Span
    paragraphs: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """An article as it is read: `text` is canonical, in reading order, with paragraphs separated by a blank line.

    Only white space and order differ from the source. `sha256` is the hex digest of the source file's bytes; `source`
    is its file name. `lead_span` is where the lead stands in `text`; None if the article has none.
    """

    id: str
    title: str
    lead: str
    lead_span: Span | None
    text: str
    sections: tuple[Section, ...]
    source: str
    sha256: str
    source_map: SourceMap

    def section_at(self, offset: int) -> Section | None:
        """The section whose paragraphs cover `offset`; None in the title, the lead and between sections."""
        for section in self.sections:
            if section.span.start <= offset < section.span.end:
                return section
        return None


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of a document: `text == document.text[span.start:span.end]`. `section_id` is empty for the lead."""

    id: str
    document_id: str
    section_id: str
    span: Span
    text: str

"""What an article consists of in reading order, before each part has its place in the document's text."""

from dataclasses import dataclass

from ingest.lines import TracedText


@dataclass(frozen=True, slots=True)
class Draft:
    """A section before its place in the text is known; `above` is what stands over its byline in the text."""

    heading: str
    question: str
    expert: str
    affiliation: str
    above: tuple[TracedText, ...]
    byline: TracedText | None
    paragraphs: tuple[TracedText, ...]

    @property
    def text(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Outline:
    """An article in reading order: lead, headings that belong to no section, sections."""

    lead: tuple[TracedText, ...]
    loose: tuple[TracedText, ...]
    drafts: tuple[Draft, ...]

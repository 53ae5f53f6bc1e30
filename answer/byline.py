"""The line in which an article names an expert, just before that expert's section."""

from ingest.document import Document, Section, Span


def byline_span(document: Document, section: Section) -> Span | None:
    """Where the article names the section's expert just before the section; None if it does not."""
    end = len(document.text[: section.span.start].rstrip())
    gap = document.text.rfind("\n\n", 0, end)
    start = gap + 2 if gap >= 0 else 0
    return Span(start, end) if section.expert and section.expert in document.text[start:end] else None


def section_named_at(document: Document, span: Span) -> Section | None:
    """The section whose byline stands at `span`; None if there stands none."""
    return next((section for section in document.sections if byline_span(document, section) == span), None)

"""Articles as the interface gives them out."""

from answer.answer import cite
from ingest.document import Document, Section, Span
from web.api.models import ArticleBody, ArticleSummary, PassageTextBody, SectionBody, SpanBody
from web.problems import Problem


def summary_of(document: Document) -> ArticleSummary:
    """What a list of articles tells of one."""
    return ArticleSummary.model_validate(_summary(document))


def article_of(document: Document) -> ArticleBody:
    """All that an article says and how it is divided."""
    sections = [_section(section) for section in document.sections]
    more = {"lead": document.lead, "text": document.text, "sections": sections}
    return ArticleBody.model_validate(_summary(document) | more)


def passage_of(document: Document, start: int, end: int) -> PassageTextBody:
    """The article's text from `start` to `end`; raises Problem 404 if that is no range of it."""
    if not 0 <= start < end <= len(document.text):
        message = f"there are no characters {start}-{end} in this article of {len(document.text)} characters"
        raise Problem(404, "no_such_passage", message)
    place = cite(1, document, Span(start, end), Span(start, end))
    return PassageTextBody(
        document_id=document.id,
        title=document.title,
        span=_span(place.span),
        text=place.quote,
        expert=place.expert,
        affiliation=place.affiliation,
        heading=place.heading,
        section_question=place.section_question,
        source_line=place.source_line,
    )


def _summary(document: Document) -> dict[str, object]:
    experts = dict.fromkeys(section.expert for section in document.sections if section.expert)
    return {
        "id": document.id,
        "title": document.title,
        "source": document.source,
        "sha256": document.sha256,
        "characters": len(document.text),
        "experts": list(experts),
    }


def _section(section: Section) -> SectionBody:
    return SectionBody(
        id=section.id,
        heading=section.heading,
        question=section.question,
        expert=section.expert,
        affiliation=section.affiliation,
        span=_span(section.span),
        paragraphs=[_span(paragraph) for paragraph in section.paragraphs],
    )


def _span(span: Span) -> SpanBody:
    return SpanBody(start=span.start, end=span.end)

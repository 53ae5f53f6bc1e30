"""An article as HTML: an outline, then its text, every paragraph with the offset at which it begins."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.document import Document, Section, Span
from web import texts
from web.markup import isolated, verbatim

_BREAK = "\n\n"


def article_html(document: Document) -> str:
    """The whole article; a paragraph's `data-start` counts characters (code points) of `Document.text`."""
    blocks = "".join(_block_html(document, span, section) for span, section in _blocks(document))
    return (
        f'<article class="article" data-document="{verbatim(document.id)}">{_outline_html(document)}{blocks}</article>'
    )


def _outline_html(document: Document) -> str:
    entries = [_entry_html(section) for section in document.sections if section.heading or section.expert]
    if len(entries) < 2:
        return ""
    return (
        f'<details class="outline" open><summary>{texts.OUTLINE.html()}</summary><ol>{"".join(entries)}</ol></details>'
    )


def _entry_html(section: Section) -> str:
    expert = f'<span class="expert">{isolated(section.expert)}</span>' if section.expert else ""
    heading = f"<span>{isolated(section.heading or section.question)}</span>"
    return f'<li><a href="#section-{verbatim(section.id)}">{heading} {expert}</a></li>'


def _blocks(document: Document) -> Iterator[tuple[Span, Section | None]]:
    """The text's paragraphs, each with the section that it belongs to or, standing before it, announces."""
    ends = [0, *(section.span.end for section in document.sections)]
    for span in _paragraphs(document.text):
        following = [
            section
            for (before, _), section in zip(pairwise(ends), document.sections, strict=True)
            if before <= span.start < section.span.end
        ]
        yield span, following[0] if following else None


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for part in text.split(_BREAK):
        if part:
            yield Span(start, start + len(part))
        start += len(part) + len(_BREAK)


def _block_html(document: Document, span: Span, section: Section | None) -> str:
    text = span.of(document.text)
    tag, name, id_ = _role(document, text, span, section)
    attributes = f' class="{name}"' if name else ""
    attributes += f' id="{verbatim(id_)}"' if id_ else ""
    return f'<{tag}{attributes} data-start="{span.start}">{verbatim(text)}</{tag}>'


def _role(document: Document, text: str, span: Span, section: Section | None) -> tuple[str, str, str]:
    """Tag, class and id of a paragraph: what it is, told by what the document says of itself."""
    if span.start == 0 and text == document.title:
        return "h2", "title", ""
    if document.lead_span and document.lead_span.contains(span):
        return "p", "lead", ""
    if section is None or span.start >= section.span.start:
        return "p", "", ""
    if text == section.heading:
        return "h3", "", f"section-{section.id}"
    id_ = "" if section.heading else f"section-{section.id}"
    return ("p", "section-question", id_) if text == section.question else ("p", "byline", "")


def article_choice_html(documents: Sequence[Document]) -> str:
    """What the articles are chosen by; with one alone nothing to see, but its id."""
    options = "".join(
        f'<option value="{verbatim(document.id)}">{verbatim(document.title or document.source)}</option>'
        for document in documents
    )
    hidden = " hidden" if len(documents) < 2 else ""
    return (
        f'<label class="choice"{hidden}><span class="unseen">{texts.CHOOSE_ARTICLE.html()}</span>'
        f'<select id="article-choice">{options}</select></label>'
    )

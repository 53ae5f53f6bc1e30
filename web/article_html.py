"""An article as HTML: an outline, then its text, every paragraph with the offset at which it begins."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.document import Document, Section, Span
from web import texts
from web.markup import isolated, verbatim

Block = tuple[Span, Section | None]

_BREAK = "\n\n"
# How a section is called that has no name: by its first characters.
_FIRST_CHARACTERS = 24
_MARKS = " \u3000#*_■"


def article_html(document: Document) -> str:
    """The whole article; a paragraph's `data-start` counts characters (code points) of `Document.text`."""
    blocks = tuple(_blocks(document))
    starts = _section_starts(document, blocks)
    shown = "".join(_block_html(document, span, section, linked=span.start in starts) for span, section in blocks)
    outline = _outline_html(document, starts)
    return f'<article class="article" data-document="{verbatim(document.id)}">{outline}{shown}</article>'


def _section_starts(document: Document, blocks: Sequence[Block]) -> list[int]:
    """For each section the start of the first paragraph that announces it, or of the one in which it begins.

    Sections that begin in one paragraph share it.
    """
    starts = []
    for section in document.sections:
        own = [span.start for span, of in blocks if of is section and not _opens_article(document, span)]
        before = [span.start for span, _ in blocks if span.start <= section.span.start]
        starts.append(own[0] if own else before[-1])
    return starts


def _opens_article(document: Document, span: Span) -> bool:
    """True for the title and for what belongs to the lead."""
    return _is_title(document, span) or bool(document.lead_span and document.lead_span.contains(span))


def _is_title(document: Document, span: Span) -> bool:
    title = _unmarked(document.title)
    return span.start == 0 and title != "" and _unmarked(span.of(document.text)) == title


def _unmarked(text: str) -> str:
    """`text` without what marks it as a heading or a name (`## `, `**`)."""
    return text.strip(_MARKS)


def _outline_html(document: Document, starts: Sequence[int]) -> str:
    if len(starts) < 2:
        return ""
    befores = (None, *document.sections[:-1])
    entries = "".join(
        _entry_html(start, _labels(document, section, before))
        for start, section, before in zip(starts, document.sections, befores, strict=True)
    )
    return f'<details class="outline" open><summary>{texts.OUTLINE.html()}</summary><ol>{entries}</ol></details>'


def _labels(document: Document, section: Section, before: Section | None) -> dict[str, str]:
    """What a section is called, by kind: heading and question where they are new, expert; else its first words."""
    named = {
        "heading": section.heading if before is None or section.heading != before.heading else "",
        "expert": section.expert,
        "question": section.question if before is None or section.question != before.question else "",
    }
    labels = {kind: label for kind, label in named.items() if label}
    text = " ".join(section.span.of(document.text).split())
    first = text if len(text) <= _FIRST_CHARACTERS else f"{text[:_FIRST_CHARACTERS]}…"
    return labels or {"heading": first or section.heading or section.question}


def _entry_html(start: int, labels: dict[str, str]) -> str:
    parts = " ".join(f'<span class="{kind}">{isolated(label)}</span>' for kind, label in labels.items())
    return f'<li><a href="#at-{start}">{parts}</a></li>'


def _blocks(document: Document) -> Iterator[Block]:
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


def _block_html(document: Document, span: Span, section: Section | None, *, linked: bool) -> str:
    text = span.of(document.text)
    tag, name = _role(document, text, span, section)
    attributes = f' class="{name}"' if name else ""
    attributes += f' id="at-{span.start}"' if linked else ""
    return f'<{tag}{attributes} data-start="{span.start}">{verbatim(text)}</{tag}>'


def _role(document: Document, text: str, span: Span, section: Section | None) -> tuple[str, str]:
    """Tag and class of a paragraph: what it is, told by what the document says of itself."""
    if _is_title(document, span):
        return "h2", "title"
    if _opens_article(document, span):
        return "p", "lead"
    if section is None or span.end > section.span.start:
        return "p", ""
    if section.heading and _unmarked(text) == _unmarked(section.heading):
        return "h3", ""
    if section.question and section.question in text:
        return "p", "section-question"
    # A heading that names who speaks stands there with the name.
    return ("h3", "") if section.heading and section.heading in text else ("p", "byline")


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

"""Answers as HTML. Every word that is not ours is escaped here.

The chat box reads messages as markdown, where a line that begins with `<div` is left alone until the next newline. So
each message is a single line, newlines are `&#10;`, and a quote's textContent on the page is the quote, character for
character.
"""

from collections.abc import Mapping, Sequence

from answer.answer import Answer, Citation, cite
from ingest.document import Document, Span
from web import texts
from web.markup import verbatim
from web.texts import Text

MAX_ECHO = 500
MAX_NEAREST = 3


def question_html(question: str) -> str:
    """The question as it was typed, cut after MAX_ECHO characters."""
    shown = question if len(question) <= MAX_ECHO else question[:MAX_ECHO] + "…"
    return f'<div class="asked">{verbatim(shown)}</div>'


def note_html(note: Text, css_class: str) -> str:
    """A sentence of our own, in both languages."""
    return f'<div class="{css_class}" role="status">{note.html()}</div>'


def answer_html(turn: int, answer: Answer) -> str:
    """The chat message of an answer: its quotes, each numbered and attributed, or a kind abstention."""
    if answer.abstained:
        note = texts.NEAREST_NOTE.html() if answer.passages else ""
        return f'<div class="answer">{texts.ABSTENTION.html()} {note}</div>'
    return f'<div class="answer">{"".join(_quote_html(turn, citation) for citation in answer.citations)}</div>'


def evidence_html(turn: int, answer: Answer, documents: Mapping[str, Document]) -> str:
    """The passages behind an answer, quotes highlighted; for an abstention the nearest ones, named as such."""
    if answer.abstained:
        return _nearest_html(answer, documents)
    return "".join(_passage_html(turn, card, documents[card[0].document_id]) for card in cards(answer.citations))


def cards(citations: Sequence[Citation]) -> list[list[Citation]]:
    """Citations by the passage that they stand in; overlapping quotes go apart, so that each is highlighted whole."""
    result: list[list[Citation]] = []
    for citation in citations:
        for card in result:
            if _fits(citation, card):
                card.append(citation)
                break
        else:
            result.append([citation])
    return result


def highlight(turn: int, text: str, passage: Span, citations: Sequence[Citation]) -> str:
    """The passage with each quote in a `<mark>`; its textContent is the passage, widened to hold its quotes whole.

    `text` is the document's; the quotes must not overlap.
    """
    quotes = sorted(citations, key=lambda citation: citation.span)
    cursor = min([passage.start, *(quote.span.start for quote in quotes)])
    end = max([passage.end, *(quote.span.end for quote in quotes)])
    parts = []
    for quote in quotes:
        parts += [verbatim(text[cursor : quote.span.start]), _mark_html(turn, quote)]
        cursor = quote.span.end
    return "".join(parts) + verbatim(text[cursor:end])


def evidence_panel(turns: Sequence[tuple[str, str]]) -> str:
    """The evidence of (question, evidence HTML) turns, newest first and open, older ones folded away."""
    if not turns:
        return f'<p class="hint">{texts.EVIDENCE_HINT.html()}</p>'
    return "".join(
        f'<details class="turn"{" open" if age == 0 else ""}>'
        f"<summary>{verbatim(question[:MAX_ECHO])}</summary>{evidence}</details>"
        for age, (question, evidence) in enumerate(reversed(turns))
    )


def samples_html(samples: Sequence[Text], unfolded: bool) -> str:
    """Sample questions as buttons; the script of the page sends what `data-zh` or `data-en` says."""
    if not samples:
        return ""
    items = "".join(
        f'<li><button type="button" data-zh="{verbatim(sample.zh)}" data-en="{verbatim(sample.en)}">'
        f"{sample.html()}</button></li>"
        for sample in samples
    )
    return f"<details{' open' if unfolded else ''}><summary>{texts.SAMPLES.html()}</summary><ul>{items}</ul></details>"


def _fits(citation: Citation, card: Sequence[Citation]) -> bool:
    passage = (citation.document_id, citation.passage_span)
    return all(
        (other.document_id, other.passage_span) == passage and not other.span.overlaps(citation.span) for other in card
    )


def _quote_html(turn: int, citation: Citation) -> str:
    number = texts.QUOTE_NUMBER.fill(number=citation.number).html()
    return (
        f'<div class="cited"><a class="badge" href="#{_mark_id(turn, citation)}">'
        f'<span aria-hidden="true">{citation.number}</span><span class="unseen">{number}</span></a>'
        f'<blockquote class="q">{_emphasised_html(citation)}</blockquote>'
        f'<p class="by">{_attribution_html(citation)}</p></div>'
    )


def _attribution_html(citation: Citation) -> str:
    speaker = "，".join(verbatim(part) for part in (citation.expert, citation.affiliation) if part)
    line = texts.LINE.fill(line=citation.source_line).html()
    return " · ".join(part for part in (speaker, verbatim(citation.heading), line) if part)


def _passage_html(turn: int, card: Sequence[Citation], document: Document) -> str:
    first = card[0]
    text = highlight(turn, document.text, first.passage_span, card)
    places = "".join(_place_html(turn, citation) for citation in card)
    return (
        f'<article class="passage">{_origin_html(first)}<div class="text">{text}</div>'
        f'<ul class="places">{places}</ul>{_source_html(document)}</article>'
    )


def _origin_html(citation: Citation) -> str:
    speaker = f"<strong>{verbatim(citation.expert)}</strong>" if citation.expert else ""
    affiliation = f'<span class="affiliation">{verbatim(citation.affiliation)}</span>' if citation.affiliation else ""
    lines = (
        ("speaker", f"{speaker} {affiliation}".strip()),
        ("heading", verbatim(citation.heading)),
        ("section-question", verbatim(citation.section_question)),
    )
    return "".join(f'<p class="{name}">{line}</p>' for name, line in lines if line)


def _place_html(turn: int, citation: Citation) -> str:
    return (
        f'<li><span class="badge">{citation.number}</span> {texts.LINE.fill(line=citation.source_line).html()}'
        f'<button type="button" class="copy" aria-live="polite" data-copy="{_mark_id(turn, citation)}">'
        f'<span class="before">{texts.COPY.html()}</span><span class="after">{texts.COPIED.html()}</span></button></li>'
    )


def _source_html(document: Document) -> str:
    source = texts.SOURCE.fill(source=document.source).html()
    return f'<p class="source"><cite>{verbatim(document.title)}</cite> {source}</p>'


def _mark_html(turn: int, citation: Citation) -> str:
    mark = f'<mark id="{_mark_id(turn, citation)}" data-number="{citation.number}" tabindex="-1">'
    return f"{mark}{_emphasised_html(citation)}</mark>"


def _emphasised_html(citation: Citation) -> str:
    """The quote, the words that answer emphasised; its textContent is the quote."""
    if citation.focus is None:
        return verbatim(citation.quote)
    focus = citation.focus.shift(-citation.span.start)
    before, after = citation.quote[: focus.start], citation.quote[focus.end :]
    return f"{verbatim(before)}<strong>{verbatim(citation.exact)}</strong>{verbatim(after)}"


def _mark_id(turn: int, citation: Citation) -> str:
    return f"cite-{turn}-{citation.number}"


def _nearest_html(answer: Answer, documents: Mapping[str, Document]) -> str:
    if not answer.passages:
        return ""
    nearest = "".join(
        _nearest_passage_html(documents[passage.chunk.document_id], passage.chunk.span)
        for passage in answer.passages[:MAX_NEAREST]
    )
    return f'<h3 class="nearest">{texts.NEAREST.html()}</h3>{nearest}'


def _nearest_passage_html(document: Document, span: Span) -> str:
    place = cite(1, document, span, span)
    line = texts.LINE.fill(line=place.source_line).html()
    return (
        f'<article class="passage">{_origin_html(place)}<div class="text">{verbatim(place.quote)}</div>'
        f'<ul class="places"><li>{line}</li></ul>{_source_html(document)}</article>'
    )

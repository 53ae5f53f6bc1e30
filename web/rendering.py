"""Answers as HTML. Every word that is not ours is escaped here.

The chat box reads messages as markdown, where a line that begins with `<div` is left alone until the next newline. So
each message is a single line, newlines are `&#10;`, and a quote's textContent on the page is the quote, character for
character.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import quote as percent_encoded

from answer.answer import Answer, Citation, cite
from ingest.document import Document, Span
from web import texts
from web.language import language_tag
from web.markup import in_language, isolated, verbatim
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


def answer_html(turn: int, answer: Answer, documents: Mapping[str, Document], asked: str = "") -> str:
    """The chat message of an answer: its quotes, each numbered and attributed, or a kind abstention.

    `asked` is what was typed where the answer's question is a rewrite of it.
    """
    understood = _understood_html(turn, answer.question) if asked else ""
    if answer.abstained:
        note = texts.NEAREST_NOTE.html() if answer.passages else ""
        said = f"<p>{texts.ABSTENTION.html()} {note}</p>"
    else:
        said = f"{_quotes_html(turn, answer, documents)}{_confidence_html(answer)}"
    return f'<div class="answer">{understood}{said}{_tools_html(turn, answer.question)}</div>'


def evidence_html(turn: int, answer: Answer, documents: Mapping[str, Document]) -> str:
    """The passages behind an answer, quotes highlighted; for an abstention the nearest ones, named as such."""
    if answer.abstained:
        return _nearest_html(turn, answer, documents)
    sure = _confidence_html(answer)
    return "".join(_passage_html(turn, card, documents[card[0].document_id], sure) for card in cards(answer.citations))


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


def evidence_hint() -> str:
    """What the evidence panel says before the first answer."""
    return f'<p class="hint">{texts.EVIDENCE_HINT.html()}</p>'


def turn_evidence_html(turn: int, question: str, asked: str, evidence: str, unfolded: bool) -> str:
    """A turn's part of the evidence panel; its attributes tell the script of the page what was asked."""
    attributes = f"{_asked_html(question, asked)}{' open' if unfolded else ''}"
    summary = f"<summary>{verbatim(question[:MAX_ECHO])}</summary>"
    return f'<details class="turn" id="turn-{turn}" {attributes}>{summary}{evidence}</details>'


def earlier_html(questions: Sequence[tuple[str, str]], exported: int) -> str:
    """What was asked and typed in turns that are not shown, for the script of the page; a sentence says so."""
    if not questions:
        return ""
    note = texts.EARLIER.fill(count=exported).html()
    items = "".join(f"<li {_asked_html(question, asked)}></li>" for question, asked in questions)
    return f'<p class="hint">{note}</p><ul hidden>{items}</ul>'


def _asked_html(question: str, asked: str) -> str:
    return f'data-question="{verbatim(question)}" data-asked="{verbatim(asked)}"'


def samples_html(samples: Sequence[Text], unfolded: bool) -> str:
    """Sample questions as buttons; the script of the page sends what `data-zh` or `data-en` says."""
    if not samples:
        return ""
    shown = f"<summary>{texts.SAMPLES.html()}</summary>{questions_html(samples)}"
    return f"<details{' open' if unfolded else ''}>{shown}</details>"


def follow_ups_html(questions: Sequence[Text]) -> str:
    """Questions to go on with, as buttons like those of the samples."""
    if not questions:
        return ""
    return f'<div class="follow-ups"><p>{texts.FOLLOW_UPS.html()}</p>{questions_html(questions)}</div>'


def questions_html(questions: Sequence[Text]) -> str:
    """A list of buttons, each of which asks its question in the language of the page."""
    items = "".join(
        f'<li><button type="button" data-zh="{verbatim(question.zh)}" data-en="{verbatim(question.en)}">'
        f"{question.html()}</button></li>"
        for question in questions
    )
    return f"<ul>{items}</ul>"


def _fits(citation: Citation, card: Sequence[Citation]) -> bool:
    passage = (citation.document_id, citation.passage_span)
    return all(
        (other.document_id, other.passage_span) == passage and not other.span.overlaps(citation.span) for other in card
    )


def _understood_html(turn: int, question: str) -> str:
    sentence = texts.UNDERSTOOD.fill(question=question).html()
    undo = _tool_html("literally", turn, texts.ASK_LITERALLY)
    return f'<p class="understood">{sentence} {undo}</p>'


def _quotes_html(turn: int, answer: Answer, documents: Mapping[str, Document]) -> str:
    quotes = [_quote_html(turn, citation, documents[citation.document_id]) for citation in answer.citations]
    if answer.kind != "list" or len(quotes) < 2:
        return "".join(f'<div class="cited">{quote}</div>' for quote in quotes)
    count = texts.ITEMS.fill(count=len(quotes)).html()
    items = "".join(f'<li class="cited">{quote}</li>' for quote in quotes)
    return f'<p class="count">{count}</p><ol class="items">{items}</ol>'


def _quote_html(turn: int, citation: Citation, document: Document) -> str:
    tag = language_tag(document.text)
    number = texts.QUOTE_NUMBER.fill(number=citation.number).html()
    return (
        f'<a class="badge" href="#{_mark_id(turn, citation)}">'
        f'<span aria-hidden="true">{citation.number}</span><span class="unseen">{number}</span></a>'
        f'<blockquote class="q"{in_language(tag)}>{_emphasised_html(citation)}</blockquote>'
        f'<p class="by">{_attribution_html(citation, tag)}</p>'
    )


def _confidence_html(answer: Answer) -> str:
    step = next(step for least, step in texts.CONFIDENCE_STEPS if answer.confidence >= least)
    number = texts.CONFIDENCE_NUMBER.fill(percent=round(100 * answer.confidence))
    words = texts.Text(
        *(texts.CONFIDENCE.in_language(name).format(step=step.in_language(name)) for name in ("zh", "en"))
    )
    return f'<p class="confidence">{words.html(number)}<span class="unseen"> {number.html()}</span></p>'


def _tools_html(turn: int, question: str) -> str:
    """Links that the script of the page acts on: the chat box lets neither buttons nor data attributes through."""
    link = f'<a class="tool" href="?q={percent_encoded(question)}">{texts.COPY_LINK.html()}</a>'
    tools = (
        _tool_html("copy-text", turn, texts.COPY_ANSWER),
        _tool_html("copy-markdown", turn, texts.COPY_MARKDOWN),
        link,
        _tool_html("like", turn, texts.LIKE),
        _tool_html("dislike", turn, texts.DISLIKE),
    )
    return f'<p class="tools">{"".join(tools)}</p>'


def _tool_html(action: str, turn: int, label: Text) -> str:
    return f'<a class="tool {action}" href="#{action}-{turn}">{label.html()}</a>'


def _attribution_html(citation: Citation, tag: str) -> str:
    speaker = texts.COMMA.html().join(isolated(part, tag) for part in (citation.expert, citation.affiliation) if part)
    line = texts.LINE.fill(line=citation.source_line).html()
    heading = isolated(citation.heading, tag) if citation.heading else ""
    return " · ".join(part for part in (speaker, heading, line) if part)


def _passage_html(turn: int, card: Sequence[Citation], document: Document, sure: str) -> str:
    first = card[0]
    text = highlight(turn, document.text, first.passage_span, card)
    tag = language_tag(document.text)
    places = "".join(_place_html(turn, citation) for citation in card)
    return (
        f'<article class="passage">{_origin_html(first, tag)}<div class="text"{in_language(tag)}>{text}</div>'
        f'<ul class="places">{places}</ul>{sure}{_source_html(document)}</article>'
    )


def _origin_html(citation: Citation, tag: str) -> str:
    speaker = f"<strong>{isolated(citation.expert)}</strong>" if citation.expert else ""
    affiliation = f'<span class="affiliation">{isolated(citation.affiliation)}</span>' if citation.affiliation else ""
    lines = (
        ("speaker", f"{speaker} {affiliation}".strip()),
        ("heading", verbatim(citation.heading)),
        ("section-question", verbatim(citation.section_question)),
    )
    return "".join(f'<p class="{name}"{in_language(tag)}>{line}</p>' for name, line in lines if line)


def _place_html(turn: int, citation: Citation) -> str:
    return (
        f'<li><span class="badge">{citation.number}</span> {texts.LINE.fill(line=citation.source_line).html()}'
        f"{_show_html(_mark_id(turn, citation))}"
        f'<button type="button" class="copy" aria-live="polite" data-copy="{_mark_id(turn, citation)}">'
        f'<span class="before">{texts.COPY.html()}</span><span class="after">{texts.COPIED.html()}</span></button></li>'
    )


def _show_html(id: str) -> str:
    """The button that opens the article at what the element of that id says of its place."""
    return f'<button type="button" class="copy show" data-show="{id}">{texts.IN_ARTICLE.html()}</button>'


def _source_html(document: Document) -> str:
    source = texts.SOURCE.fill(source=document.source).html()
    return f'<p class="source"><cite>{isolated(document.title, language_tag(document.text))}</cite> {source}</p>'


def _mark_html(turn: int, citation: Citation) -> str:
    name = f'id="{_mark_id(turn, citation)}" data-number="{citation.number}"'
    mark = f'<mark {name} {_data_html(citation)} tabindex="-1">'
    return f"{mark}{_emphasised_html(citation)}</mark>"


def _data_html(citation: Citation) -> str:
    """Where the quote stands, for the script of the page."""
    document_id = verbatim(citation.document_id)
    return f'data-document="{document_id}" data-start="{citation.span.start}" data-end="{citation.span.end}"'


def _emphasised_html(citation: Citation) -> str:
    """The quote, the words that answer emphasised; its textContent is the quote."""
    if citation.focus is None:
        return verbatim(citation.quote)
    focus = citation.focus.shift(-citation.span.start)
    before, after = citation.quote[: focus.start], citation.quote[focus.end :]
    return f"{verbatim(before)}<strong>{verbatim(citation.exact)}</strong>{verbatim(after)}"


def _mark_id(turn: int, citation: Citation) -> str:
    return f"cite-{turn}-{citation.number}"


def _nearest_html(turn: int, answer: Answer, documents: Mapping[str, Document]) -> str:
    if not answer.passages:
        return ""
    nearest = "".join(
        _nearest_passage_html(f"near-{turn}-{number}", documents[passage.chunk.document_id], passage.chunk.span)
        for number, passage in enumerate(answer.passages[:MAX_NEAREST], start=1)
    )
    return f'<h3 class="nearest">{texts.NEAREST.html()}</h3>{nearest}'


def _nearest_passage_html(id: str, document: Document, span: Span) -> str:
    place = cite(1, document, span, span)
    line = texts.LINE.fill(line=place.source_line).html()
    tag = language_tag(document.text)
    return (
        f'<article class="passage">{_origin_html(place, tag)}'
        f'<div class="text" id="{id}" {_data_html(place)}{in_language(tag)}>{verbatim(place.quote)}</div>'
        f'<ul class="places"><li>{line}{_show_html(id)}</li></ul>{_source_html(document)}</article>'
    )

"""Composes an answer of the kind that the question asks for, as quotes in the order in which they are shown."""

from collections.abc import Iterable, Sequence

from answer.answer import AnswerKind
from answer.byline import byline_span
from answer.enumeration import Enumeration, enumerations
from answer.inline_list import inline_items
from answer.intent import Intent, asks_who_that_is, compares_on_everything, compares_people, count_asked
from answer.overview import central_sentences
from answer.reader import Candidate, Reader
from answer.selection import (
    Quote,
    announces,
    attributed,
    best_sentences,
    enumerated,
    enumeration_around,
    enumeration_for,
    led_in,
)
from answer.speakers import Speaker
from index.folding import fold
from index.passage_index import PassageIndex, SectionPlace
from ingest.document import Document, Section, Span
from ingest.names import is_name, is_sure_name
from ingest.sentences import sentence_spans

Composed = tuple[AnswerKind, tuple[Quote, ...]]

_REASON_SENTENCES, _REASON_CLOSE = 3, 0.1
# Two sentences of which either may be the one asked for are quoted both, wherever they stand if a reader has weighed
# them, else only neighbours; see eval/README.md for what that gives.
_FACT_SENTENCES, _FACT_CLOSE, _UNREAD_CLOSE = 2, 0.1, 0.015
# Of its quote, so much at most is a span that answers; more is the sentence itself.
_LARGEST_FOCUS = 0.6
_SENTENCES_OF_SPEAKER = 3
_SENTENCES_OF_ARTICLE = 8
_SENTENCES_OF_COMPARED = 2
_COMPARED_SECTIONS = 3
_COMPARED_PASSAGES = 3


class Composer:
    """Turns ranked candidates into the quotes of an answer."""

    def __init__(self, index: PassageIndex, reader: Reader) -> None:
        self._index = index
        self._reader = reader

    def about_article(
        self, question: str, intent: Intent, speakers: Sequence[Speaker], document: Document
    ) -> Composed | None:
        """An answer that no sentence has to match: title, who speaks, the gist; None where none is asked for."""
        named_alone = intent == "identity" and asks_who_that_is(question, [speaker.name for speaker in speakers])
        if (intent in ("title", "participants") or named_alone) and (named := self._named(intent, speakers, document)):
            return "sentences", named
        if intent == "overview" and (overview := self._overview(speakers, document)):
            return "overview", overview
        if len(speakers) != 1 and compares_on_everything(question, [speaker.name for speaker in speakers]):
            groups = [speaker.places for speaker in speakers] or _places_by_expert(document)
            quotes = [quote for places in groups for quote in self._central(places, _SENTENCES_OF_COMPARED)]
            return ("overview", tuple(quotes)) if len(groups) > 1 else None
        return None

    def compose(
        self, question: str, intent: Intent, speakers: Sequence[Speaker], candidates: Sequence[Candidate]
    ) -> Composed:
        """The answer's kind and its quotes, at least one; `candidates` are best first, at least one."""
        if intent == "comparison" and (len(speakers) > 1 or compares_people(question)):
            return "overview", self._comparison(question, speakers, candidates)
        count = count_asked(question)
        if intent == "list" and (listed := self._listed(candidates, count)):
            return "list", listed
        if intent == "speaker" and not any(fold(speaker.name) in fold(question) for speaker in speakers):
            quotes = best_sentences(candidates, 1, 0.0)
            if self._names_another(quotes[0]):
                return "span", quotes
            return "sentences", self._with_byline(quotes) or attributed(quotes, candidates)
        if intent in ("reason", "list", "comparison"):
            quotes = led_in(best_sentences(candidates, _REASON_SENTENCES, _REASON_CLOSE), candidates)
            return "sentences", self._completed(quotes)
        read = candidates[0].log_odds is not None
        quotes = best_sentences(candidates, _FACT_SENTENCES, _FACT_CLOSE if read else _UNREAD_CLOSE, anywhere=read)
        if _is_pointed_at(quotes):
            return "span", quotes
        return "sentences", self._completed(led_in(quotes, candidates))

    def _named(self, intent: Intent, speakers: Sequence[Speaker], document: Document) -> tuple[Quote, ...]:
        """The article's title, or the lines that name its experts or the ones asked for; empty where it has none."""
        if intent == "title":
            start = document.text.find(document.title)
            return (Quote(document.id, Span(start, start + len(document.title))),) if start == 0 else ()
        groups = _places_by_expert(document)
        if intent == "identity":
            groups = [speaker.places for speaker in speakers]
        bylines = tuple(quote for places in groups for quote in self._bylines(places, office=intent == "identity")[:1])
        return bylines or tuple(quote for speaker in speakers for quote in _introduction(document, speaker))

    def _bylines(self, places: Iterable[SectionPlace], *, office: bool) -> list[Quote]:
        """The bylines of the sections at `places`, with `office` those alone that say what the expert is."""
        quotes = []
        for place in places:
            document, section = self._index.documents[place[0]], self._section(place)
            span = byline_span(document, section)
            told = section.affiliation and span and len(span) >= len(section.expert) + len(section.affiliation)
            if span and (told or not office):
                quotes.append(Quote(document.id, span))
        return quotes

    def _section(self, place: SectionPlace) -> Section:
        return next(section for section in self._index.documents[place[0]].sections if section.id == place[1])

    def _overview(self, speakers: Sequence[Speaker], document: Document) -> tuple[Quote, ...]:
        """The central sentences of each expert named, else of the article's lead and of each section."""
        if speakers:
            places = [place for speaker in speakers for place in speaker.places]
            return self._central(places, _SENTENCES_OF_SPEAKER)
        several = any(section.expert for section in document.sections)
        # Among experts, what is no one's and has no heading is a note.
        told = [section for section in document.sections if section.expert or section.heading or not several]
        places = [(document.id, section.id) for section in told if section.span]
        each = max(1, min(_SENTENCES_OF_SPEAKER, _SENTENCES_OF_ARTICLE // max(1, len(places))))
        lead = self._central([(document.id, "")], 1) if document.lead_span else ()
        return lead + self._central(places, each)

    def _central(self, places: Iterable[SectionPlace], count: int) -> tuple[Quote, ...]:
        quotes = []
        for place in places:
            spans, vectors = self._index.section_sentences(place)
            paragraphs = self._section(place).paragraphs if place[1] else ()
            text = self._index.documents[place[0]].text
            quotes += [Quote(place[0], span) for span in central_sentences(text, spans, vectors, count, paragraphs)]
        return tuple(quotes)

    def _comparison(
        self, question: str, speakers: Sequence[Speaker], candidates: Sequence[Candidate]
    ) -> tuple[Quote, ...]:
        """The best sentences of each of the experts, or of the sections that speak of the matter."""
        groups = [speaker.places for speaker in speakers]
        if len(groups) < 2:
            seen = dict.fromkeys(place_of(candidate) for candidate in candidates)
            groups = [(place,) for place in list(seen)[:_COMPARED_SECTIONS]]
        quotes: list[Quote] = []
        for group in groups:
            found = self._reader.read(question, self._index.search(question, _COMPARED_PASSAGES, group))
            if found:
                quotes += self._list(found) or best_sentences(found, 1, 0.0)
        return tuple(quotes)

    def _listed(self, candidates: Sequence[Candidate], count: int | None) -> tuple[Quote, ...]:
        """The items of the enumeration pointed at, else of the list in the best sentence, else of what that is in."""
        return (
            self._list(candidates, count)
            or self._inline_list(candidates[0], count)
            or self._list(candidates, count, around=True)
        )

    def _list(
        self, candidates: Sequence[Candidate], count: int | None = None, *, around: bool = False
    ) -> tuple[Quote, ...]:
        """The items of the enumeration that the best candidates point at, or that has as many items as are asked for.

        Empty if there is none. `count` is that number, None where the question names none. With `around`, those of the
        one that the best candidate stands in.
        """
        document_id, section_id = place_of(candidates[0])
        document = self._index.documents[document_id]
        section = next((section for section in document.sections if section.id == section_id), None)
        span = section.span if section else document.lead_span
        if span is None:
            return ()
        found = _enumerations_of(document, span, section.paragraphs if section else (span,))
        series = (
            enumeration_around(candidates[0], found)
            if around
            else enumeration_for(candidates, found, document_id, count)
        )
        if series is None:
            return ()
        sentences = [span.shift(series.span.start) for span in sentence_spans(series.span.of(document.text))]
        return enumerated(series, sentences, document_id)

    def _inline_list(self, best: Candidate, count: int | None) -> tuple[Quote, ...]:
        """The items of the list that stands in the best sentence; empty if it has none, `count` as for `_list`."""
        document_id = best.passage.chunk.document_id
        start = best.span.start
        focus = best.focus.shift(-start) if best.focus else None
        items = inline_items(best.span.of(self._index.documents[document_id].text), focus, count)
        return tuple(Quote(document_id, item.shift(start)) for item in items)

    def _completed(self, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """The quotes and, where the last only announces something, the sentences of its section that follow."""
        last = quotes[-1]
        document = self._index.documents[last.document_id]
        announced = announces(last.span.of(document.text))
        section = document.section_at(last.span.start)
        whole = section.span if section else document.lead_span
        if not announced or whole is None:
            return tuple(quotes)
        rest = Span(last.span.end, whole.end)
        following = [span.shift(rest.start) for span in sentence_spans(rest.of(document.text))]
        return (*quotes, *(Quote(document.id, span) for span in following[:announced]))

    def _names_another(self, quote: Quote) -> bool:
        """True if what answers is itself a name, and not that of whoever speaks there."""
        document = self._index.documents[quote.document_id]
        section = document.section_at(quote.span.start)
        name = quote.focus.of(document.text) if quote.focus else ""
        own = fold(section.expert) if section else ""
        return is_name(name) and is_sure_name(name) and fold(name) not in own and own not in fold(name)

    def _with_byline(self, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """The line that names who speaks, and then the quotes; empty where the article has no such line."""
        document = self._index.documents[quotes[0].document_id]
        section = document.section_at(quotes[0].span.start)
        byline = byline_span(document, section) if section else None
        return (Quote(document.id, byline), *quotes) if byline else ()


def _is_pointed_at(quotes: Sequence[Quote]) -> bool:
    """True if a part of a quote, much shorter than it, is known to answer."""
    return any(quote.focus and len(quote.focus) <= _LARGEST_FOCUS * len(quote.span) for quote in quotes)


def place_of(candidate: Candidate) -> SectionPlace:
    """Document and section in which the candidate stands."""
    return candidate.passage.chunk.document_id, candidate.passage.chunk.section_id


def _enumerations_of(document: Document, whole: Span, paragraphs: Sequence[Span]) -> tuple[Enumeration, ...]:
    """The enumerations at `whole`, a section or the lead, in characters of the document's text."""
    start = whole.start
    text = whole.of(document.text)
    paragraphs = [span.shift(-start) for span in paragraphs]
    return tuple(series.shift(start) for series in enumerations(text, sentence_spans(text), paragraphs))


def _places_by_expert(document: Document) -> list[tuple[SectionPlace, ...]]:
    """The article's sections in which an expert speaks, those of one expert together, in order of appearance."""
    places: dict[str, tuple[SectionPlace, ...]] = {}
    for section in document.sections:
        if section.expert and section.span:
            places[section.expert] = (*places.get(section.expert, ()), (document.id, section.id))
    return list(places.values())


def _introduction(document: Document, speaker: Speaker) -> list[Quote]:
    """What the article's lead says of who the speaker is, a line of a list of guests or a sentence; empty if nothing.

    The sentence opens with the name.
    """
    if document.lead_span is None:
        return []
    name, office = fold(speaker.name), "".join(fold(speaker.affiliation).split())
    sentences = [span.shift(document.lead_span.start) for span in sentence_spans(document.lead)]
    texts = ["".join(fold(span.of(document.text)).split()) for span in sentences]
    listed = [span for span, text in zip(sentences, texts, strict=True) if office and name in text and office in text]
    told = [span for span in sentences if fold(span.of(document.text)).startswith(_introduced(name))]
    return [Quote(document.id, span) for span in (*listed, *told)][:1]


def _introduced(name: str) -> tuple[str, ...]:
    return tuple(name + link for link in (",", "是", " is "))

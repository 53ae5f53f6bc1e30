"""Which spans make up the answer, once the candidates are known: by the kind of answer that the question asks for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from answer.enumeration import Enumeration
from answer.reader import Candidate, sentence_text
from ingest.document import Span

# An enumeration answers a list question if one of its sentences, or the one that leads in, is this near to the best;
# set by hand on the article's list questions, where 0.06 loses items and 0.2 finds enumerations of something else.
_ENUMERATION_REACH = 0.12
# Two that lie closer than this are as good as each other.
_AS_GOOD = 0.03
_LONGEST_ITEM = 160
_POINTS_BACK = re.compile(
    r"这|其(?!中|他|它|余|次|实)|该|[对为据]?此|它|[他她](?!人|国|乡|日)|(?:This|That|These|Those|It|They|He|She)\b"
    r"|[^，。；]{0,12}(?:上述|前述|相关)(?:问题|情况|内容)|[^,.;]{0,40}\b(?:the above|these (?:questions|issues))\b"
)
_CONCLUDES = re.compile(
    r"所以|因此|因而|于是|於是|为此|為此|正因|故而|由此|"
    r"(?:So|Therefore|Hence|Thus|Consequently|As a result|That is why)\b"
)
_SAID_BY_PRONOUN = re.compile(
    r"[他她](?:们|們)?(?:说|說|表示|认为|認為|指出|强调|強調|补充|補充)|"
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey) (?:said|says|added|argued|warned|told|noted|explained)\b"
)
# Only where nothing else is said: `提出三点建议。`, `There are two reasons.`
_ANNOUNCES = re.compile(
    r"[：:]$|^[^，。；]{0,24}(?P<number>[两二三四五])[大]?[个点项条种件][^，。；]{0,8}[。]$"
    r"|^(?:\w+ ){1,8}(?P<english>two|three|four|five) (?:\w+ ){0,2}\w+s\.$"
)
_ANNOUNCED = {2: "两 二 two", 3: "三 three", 4: "四 four", 5: "五 five"}
_AFTER_COLON = 3
# How many characters part two paragraphs of a document.
_BLANK_LINE = 2


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a document that the answer quotes; `focus` is the part of it that answers, as far as that is known."""

    document_id: str
    span: Span
    focus: Span | None = None


def best_sentences(
    candidates: Sequence[Candidate], most: int, close: float, *, anywhere: bool = False
) -> tuple[Quote, ...]:
    """The best candidate and up to `most - 1` of the next ones whose scores are within `close` of it.

    Of the best one's passage only, unless `anywhere`. Its passage first, in each passage in reading order.
    """
    best = candidates[0]
    near: dict[str, list[Candidate]] = {}
    for candidate in _distinct(candidates)[:most]:
        here = candidate.passage.chunk.id == best.passage.chunk.id
        if best.score - candidate.score <= close and (anywhere or here):
            near.setdefault(candidate.passage.chunk.id, []).append(candidate)
    quotes = []
    for found in near.values():
        document_id = found[0].passage.chunk.document_id
        for span in _joined(sorted(candidate.span for candidate in found)):
            pointed_at = found[0] is best and span.contains(best.span)
            quotes.append(Quote(document_id, span, best.focus if pointed_at else None))
    return tuple(quotes)


def led_in(quotes: Sequence[Quote], candidates: Sequence[Candidate]) -> tuple[Quote, ...]:
    """The quotes, the first begun a sentence earlier if its opening points back (`这`, `其`, `上述问题`) or concludes.

    What a paragraph concludes (`所以`) from the last one's end is quoted after that.
    """
    opening = _text_of(quotes[0], candidates[0])
    concludes = _CONCLUDES.match(opening) is not None
    if not concludes and not points_back(opening):
        return tuple(quotes)
    return _begun_earlier(quotes, candidates[0], over_blank_line=concludes)


def attributed(quotes: Sequence[Quote], candidates: Sequence[Candidate]) -> tuple[Quote, ...]:
    """The quotes, the first begun a sentence earlier if a pronoun is all that says who spoke (`she said`)."""
    if not _SAID_BY_PRONOUN.search(_text_of(quotes[0], candidates[0])):
        return tuple(quotes)
    return _begun_earlier(quotes, candidates[0], over_blank_line=False)


def _text_of(quote: Quote, best: Candidate) -> str:
    return sentence_text(best.passage, quote.span)


def _begun_earlier(quotes: Sequence[Quote], best: Candidate, *, over_blank_line: bool) -> tuple[Quote, ...]:
    """The quotes with the sentence of the best one's passage that stands before the first."""
    first, *rest = quotes
    before = [match.span for match in best.passage.sentences if match.span.end <= first.span.start]
    gap = first.span.start - before[-1].end if before else _BLANK_LINE + 1
    if gap < _BLANK_LINE:
        return (replace(first, span=Span(before[-1].start, first.span.end)), *rest)
    return (Quote(first.document_id, before[-1]), *quotes) if over_blank_line and gap == _BLANK_LINE else tuple(quotes)


def announces(sentence: str) -> int:
    """How many sentences `sentence` announces (`有三点建议。`, or a colon at its end); 0 where it announces none."""
    found = _ANNOUNCES.search(sentence.strip())
    if not found:
        return 0
    word = found["number"] or found["english"]
    return next((count for count, words in _ANNOUNCED.items() if word in words.split()), _AFTER_COLON)


def points_back(sentence: str) -> bool:
    """True if `sentence` opens with a word for what stands before it: `这`, `其`, `They`."""
    return _POINTS_BACK.match(sentence) is not None


def enumeration_around(best: Candidate, found: Sequence[Enumeration]) -> Enumeration | None:
    """The enumeration that `best` stands in, as a later sentence of an item; None if it stands in none."""
    return next((series for series in found if any(item.contains(best.span) for item in series.items)), None)


def enumeration_for(
    candidates: Sequence[Candidate], found: Sequence[Enumeration], document_id: str, count: int | None = None
) -> Enumeration | None:
    """The enumeration that the best candidates of the document point at; None if they point at none.

    The best candidate, and another as good, points at one whose item it opens; the best at one of its passage that has
    `count` items, the number that the question asks for; it and others close to it at the one that they lead in.
    """
    for series in found:
        if len(series.items) == count and candidates[0].passage.chunk.span.contains(series.span):
            return series
    for candidate in candidates:
        behind = candidates[0].score - candidate.score
        if behind > _ENUMERATION_REACH:
            return None
        if candidate.passage.chunk.document_id != document_id:
            continue
        for series in found:
            opens = any(candidate.span.start <= item.start < candidate.span.end for item in series.items)
            if (series.intro and series.intro.overlaps(candidate.span)) or (opens and behind <= _AS_GOOD):
                return series
    return None


def enumerated(series: Enumeration, sentences: Sequence[Span], document_id: str) -> tuple[Quote, ...]:
    """One quote an item: the whole item if it is short, else its first sentence."""
    return tuple(Quote(document_id, _item_quote(item, sentences)) for item in series.items)


def _distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, each sentence once: passages may overlap."""
    found: dict[tuple[str, Span], Candidate] = {}
    for candidate in candidates:
        found.setdefault((candidate.passage.chunk.document_id, candidate.span), candidate)
    return list(found.values())


def _item_quote(item: Span, sentences: Sequence[Span]) -> Span:
    if len(item) <= _LONGEST_ITEM:
        return item
    first = next((sentence for sentence in sentences if sentence.end > item.start), item)
    return Span(item.start, min(item.end, first.end))


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Neighbouring sentences as one span."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start - joined[-1].end <= 1:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined

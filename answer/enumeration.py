"""Enumerations as texts write them: `一是…二是…`, `首先…其次…`, `第一`, `（一）`, `1.`, `先…再…最后…`, `First …`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import regex

from ingest.document import Span

_NUMERALS = "一二三四五六七八九十"
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
# A point within a number opens nothing (`rose to 3.1. In`), and a bracket belongs to the marker that has one.
_SERIES_OPENERS = r"(?:^|(?<=[。！？；;：:，,\n.!?])(?!(?<=\d[.,])\d))\s*[“\"（(]??"
# `第一步，`, `第二类是`: what is counted, perhaps with a word or two.
_COUNTED = r"[步类層层条條级級道件代个個项項种種阶階]\p{Han}{0,6}?(?:[，：:,]|是|为|為|在于)"
# Each family of markers; the group captures what tells the item's number.
_FAMILIES = (
    (rf"([{_NUMERALS}])(?:是|要|则|为)", _NUMERALS),
    (rf"其([{_NUMERALS}])[，,、：]?", _NUMERALS),
    (rf"第([{_NUMERALS}])(?:，|、|：|,|点|是|方面|个方面|{_COUNTED})", _NUMERALS),
    (rf"[（(]([{_NUMERALS}])[）)]", _NUMERALS),
    (rf"([{_NUMERALS}])、(?![{_NUMERALS}])", _NUMERALS),
    (r"(首先|其次|然后|再次|再者|最后(?!一))[，,]?", ("首先", "其次|然后", "再次|再者", "最后")),
    (r"(一方面|另一方面)[，,]?", ("一方面", "另一方面")),
    (r"[（(]?([1-9]\d?)(?:[）)]|[.．、](?!\d))", tuple(map(str, range(1, 31)))),
    (r"([①②③④⑤⑥⑦⑧⑨])", "①②③④⑤⑥⑦⑧⑨"),
    (r"(?i:(first|second|third|fourth|fifth|sixth)(?:ly)?)\b(?!\s\p{Lu})[,:]?", _ORDINALS),
    (r"(?i:the (first|second|third|fourth|fifth|sixth))\b(?=(?: \w+)? (?:is|was|will|would)\b)", _ORDINALS),
)
# Traditional spellings of the markers' characters, one for one, so that offsets stay.
_SIMPLIFIED = str.maketrans("則為點個後", "则为点个后")
_COMPILED = tuple((regex.compile(_SERIES_OPENERS + f"(?P<marker>{pattern})"), order) for pattern, order in _FAMILIES)
# The steps of one sentence; two (`先开会，再决定`) are no list yet.
_STEP = regex.compile(r"(?:^|(?<=[，,：:；;]))\s*(?P<marker>先(?![进生前后天锋行])|再(?!次)|然后|接着|随后|最后)")
_LEAST_STEPS = 3
_BULLET = regex.compile(r"\s*[-*•·●▪■◆–]\s+\S")


@dataclass(frozen=True, slots=True)
class Enumeration:
    """The items of one enumeration in order, each from its marker to where the next begins, and the text before them.

    `intro` is the sentence that leads in; None if the enumeration opens the text.
    """

    intro: Span | None
    items: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """From the first item's start to the last one's end."""
        return Span(self.items[0].start, self.items[-1].end)

    def shift(self, by: int) -> "Enumeration":
        """The same enumeration, `by` characters further on."""
        return Enumeration(self.intro.shift(by) if self.intro else None, tuple(item.shift(by) for item in self.items))


def enumerations(text: str, sentences: Sequence[Span], paragraphs: Sequence[Span]) -> tuple[Enumeration, ...]:
    """Every enumeration of two items or more in `text`, in reading order.

    `sentences` and `paragraphs` are spans of `text`; each item ends before the next one's marker, the last with its
    paragraph, or with its sentence if all stand in one paragraph and none of the others is longer than a sentence.
    """
    found: list[Enumeration] = []
    for pattern, order in _COMPILED:
        for starts in _series(text.translate(_SIMPLIFIED), pattern, order):
            items = _items(text, starts, sentences, paragraphs)
            found.append(Enumeration(_sentence_before(sentences, starts[0]), items))
    found.extend(_steps(text, sentences))
    found.extend(_bulleted(text, sentences, paragraphs))
    return tuple(sorted(found, key=lambda series: series.span))


def _series(text: str, pattern: regex.Pattern[str], order: Sequence[str]) -> Iterator[list[int]]:
    """The start offsets of the markers of each run 1, 2, 3… of at least two; `最后` closes a run of any length."""
    run: list[int] = []
    for match in pattern.finditer(text):
        number = next((place for place, words in enumerate(order) if match.group(2).lower() in words.split("|")), -1)
        if number == 0:
            if len(run) > 1:
                yield run
            run = [match.start("marker")]
        elif run and match.group(2) == "最后":
            yield [*run, match.start("marker")]
            run = []
        elif run and number == len(run):
            run.append(match.start("marker"))
    if len(run) > 1:
        yield run


def _steps(text: str, sentences: Sequence[Span]) -> Iterator[Enumeration]:
    """The steps of each sentence that has several: `先…，再…，最后…`."""
    for sentence in sentences:
        markers = list(_STEP.finditer(sentence.of(text).translate(_SIMPLIFIED)))
        if len(markers) < _LEAST_STEPS or not markers[0]["marker"].startswith("先"):
            continue
        starts = [sentence.start + marker.start("marker") for marker in markers]
        items = tuple(_stripped(text, Span(start, end)) for start, end in pairwise([*starts, sentence.end]))
        yield Enumeration(_sentence_before(sentences, starts[0]), items)


def _bulleted(text: str, sentences: Sequence[Span], paragraphs: Sequence[Span]) -> Iterator[Enumeration]:
    """Each run of two paragraphs or more, or of lines of one, that begin with a bullet."""
    lines = [line for span in paragraphs for line in _lines(text, span)]
    for bulleted, group in groupby(lines, key=lambda line: _BULLET.match(text, line.start) is not None):
        items = tuple(_stripped(text, line) for line in group)
        if bulleted and len(items) > 1:
            yield Enumeration(_sentence_before(sentences, items[0].start), items)


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for line in span.of(text).splitlines(keepends=True):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line)


def _items(text: str, starts: Sequence[int], sentences: Sequence[Span], paragraphs: Sequence[Span]) -> tuple[Span, ...]:
    first, last = starts[0], starts[-1]
    ends = [sentence.end for sentence in sentences]
    paragraph = next((span for span in paragraphs if span.start <= last < span.end), Span(0, len(text)))
    close = paragraph.end
    # But for a space after it.
    longer = any(start < end < following - 1 for start, following in pairwise(starts) for end in ends)
    if first >= paragraph.start and not longer:
        close = min([close, *(end for end in ends if end > last)])
    bounds = pairwise([*starts, close])
    return tuple(_stripped(text, Span(start, end)) for start, end in bounds)


def _stripped(text: str, span: Span) -> Span:
    return Span(span.start, span.start + len(span.of(text).rstrip()))


def _sentence_before(sentences: Sequence[Span], offset: int) -> Span | None:
    before = [sentence for sentence in sentences if sentence.start < offset]
    return before[-1] if before else None

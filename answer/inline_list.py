"""Lists inside one sentence: things parted by `、`, by commas and `and`, or clauses parted by semicolons."""

from collections.abc import Sequence

import regex

from ingest.document import Span

# Brackets, quotes and titles stay whole: `《甲、乙》` is one thing.
_ENCLOSED = r"《[^《》]*》|“[^“”]*”|「[^「」]*」|（[^（）]*）|\([^()]*\)"
_CLAUSE = regex.compile(rf"(?:{_ENCLOSED}|[^，。；：！？,;:!?\n])+")
_CLAUSES = regex.compile(rf"(?:{_ENCLOSED}|[^。；！？;!?\n])+")
_ITEM = regex.compile(rf"(?:{_ENCLOSED}|[^、])+")
_LEAST_ITEMS = 2
# Characters by which what answers may reach beyond a list that is all of it.
_BEFORE, _BEHIND = 5, 3
# `Rome, Paris and Berlin`: in alphabetic scripts commas part much else, so that the last item must have its word.
_AND = r"and|or|und|oder|et|ou|y|o|e|и|или|και|ve|và|en|og|och|i|oraz"
_SERIES = regex.compile(rf"[^,;:]+(?:, [^,;:]+)*,? (?:{_AND}) [^,;:]+")
_BETWEEN = regex.compile(rf",? (?:{_AND}) |, ")
_LINK = regex.compile(rf"(?:{_AND}) (?=\S)")
_QUOTATION = regex.compile("“(?P<said>[^“”]+)”|「(?P<said>[^「」]+)」")
_SEMICOLON = regex.compile("[；;]")
_FULL_STOP = regex.compile("[。！？!?]")
# `其中交通、气象、医保三类` has three things.
_FIRST_LINK = regex.compile(r"(?:其中|包括|例如|比如|分别(?:是|为|在)?|分別(?:是|為|在)?)(?=.{2})")
_COUNTED = regex.compile(
    r"(?<=.{2})(?<![一二三四五六七八九十第])(?:等)?[两兩三四五六七八九十](?:大)?(?:类|類|种|種|项|項|个方面|個方面|方面|大领域|大領域)$"
)
_LAST_LINK = regex.compile(r"(?:以及|还有|還有)(?=.{2})")
_OPENER_OF = {"》": "《", "”": "“", "」": "「", "』": "『", "）": "（", ")": "("}
_END = regex.compile(r"[。！？；，,;!?]")
_LEAD_IN = regex.compile(r"[^：:]*[：:]\s*")


def inline_items(sentence: str, focus: Span | None, count: int | None = None) -> tuple[Span, ...]:
    """The items of the list in `sentence` that `focus` lies in, in order; empty if there is none.

    Without a focus, the longest list. Nothing of a list is lost: its first item begins and its last one ends with the
    clause, or with the focus where that begins or ends inside the item. `count` is how many items the question asks
    for: clauses of that number are the list wherever in them the focus lies.
    """
    if focus and (quoted := _quotation_around(sentence, focus)):
        inside = Span(max(focus.start, quoted.start), min(focus.end, quoted.end))
        found = inline_items(quoted.of(sentence), inside.shift(-quoted.start), count)
        return tuple(item.shift(quoted.start) for item in found)
    lists = [_things(sentence, match.span()) for match in _CLAUSE.finditer(sentence)]
    lists = [_unlinked(sentence, items) for items in lists if len(items) >= _LEAST_ITEMS]
    clauses = [_stripped(sentence, *match.span()) for match in _CLAUSES.finditer(sentence)]
    clauses = [clause for clause in clauses if clause]
    pointed_at = sum(clause.overlaps(focus) for clause in clauses) if focus else 0
    if pointed_at >= _LEAST_ITEMS or (pointed_at and len(clauses) == count):
        return _trimmed_ends(sentence, clauses)
    if focus and (series := _series(sentence, focus)):
        return series
    if focus is None:
        return max(lists, key=len, default=())
    if touched := [items for items in lists if Span(items[0].start, items[-1].end).overlaps(focus)]:
        first, *_, last = touched[0]
        # What answers goes on beyond the list: to cut it there would lose items.
        if focus.start < first.start - _BEFORE or focus.end > last.end + _BEHIND:
            return ()
        return _trimmed(sentence, touched[0], focus)
    return next((items for items in lists if _announces(sentence, focus, items[0].start)), ())


def _quotation_around(sentence: str, focus: Span) -> Span | None:
    """The inside of the quotation that `focus` lies in, where that is one sentence of several clauses."""
    for match in _QUOTATION.finditer(sentence):
        inside = Span(*match.span("said"))
        if match.start() <= focus.start and focus.end <= match.end() and focus.overlaps(inside):
            said = inside.of(sentence)
            return inside if _SEMICOLON.search(said) and not _FULL_STOP.search(said[:-1]) else None
    return None


def _announces(sentence: str, focus: Span, start: int) -> bool:
    """True if the clause that `focus` lies in ends in the colon before `start`: `三种财源：菸捐、…`."""
    colon = max(sentence.rfind(mark, 0, start) for mark in "：:")
    return (
        colon >= focus.end and not sentence[colon + 1 : start].strip() and not _END.search(sentence, focus.end, colon)
    )


def _unlinked(sentence: str, items: tuple[Span, ...]) -> tuple[Span, ...]:
    """The items without the words that link them: `其中甲`, `以及乙`, `丙三类`."""
    first, *between, last = items
    opening, link = _FIRST_LINK.match(first.of(sentence)), _LAST_LINK.match(last.of(sentence))
    first = Span(first.start + (opening.end() if opening else 0), first.end)
    last = Span(last.start + (link.end() if link else 0), last.end)
    return (first, *between, last)


def _series(sentence: str, focus: Span) -> tuple[Span, ...]:
    """The items of a series in words, if the focus is one."""
    text = focus.of(sentence).rstrip(".!?")
    if not _SERIES.fullmatch(text):
        return ()
    bounds = [0, *(place for match in _BETWEEN.finditer(text) for place in match.span()), len(text)]
    items = [Span(start, end).shift(focus.start) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    return tuple(items) if all(items) else ()


def _trimmed_ends(sentence: str, clauses: Sequence[Span]) -> tuple[Span, ...]:
    """The clauses without what leads in before a colon, the `and` of the last one and the full stop after it."""
    first, *between, last = clauses
    lead = _LEAD_IN.match(first.of(sentence))
    if lead and lead.end() < len(first):
        first = Span(first.start + lead.end(), first.end)
    link = _LINK.match(last.of(sentence))
    start = last.start + (link.end() if link else 0)
    return (first, *between, Span(start, start + len(Span(start, last.end).of(sentence).rstrip("."))))


def _things(sentence: str, clause: tuple[int, int]) -> tuple[Span, ...]:
    found = _ITEM.finditer(sentence, *clause)
    return tuple(span for match in found if (span := _stripped(sentence, *match.span())))


def _trimmed(sentence: str, items: tuple[Span, ...], focus: Span) -> tuple[Span, ...]:
    """The items, what leads up to the first and follows the last cut off where the focus says that it does."""
    first, last = items[0], items[-1]
    if first.start <= focus.start < first.end:
        first = Span(focus.start, first.end)
    if last.start < focus.end <= last.end:
        last = Span(last.start, focus.end)
    counted = _COUNTED.search(last.of(sentence))
    last = Span(last.start, last.start + counted.start()) if counted else _closed(sentence, last)
    return _unlinked(sentence, (first, *items[1:-1], last))


def _closed(sentence: str, item: Span) -> Span:
    """The item with the marks that close what it opens, where the focus ended before them."""
    end = item.end
    while end < len(sentence) and (opener := _OPENER_OF.get(sentence[end])):
        if sentence.count(opener, item.start, end) <= sentence.count(sentence[end], item.start, end):
            break
        end += 1
    return Span(item.start, end)


def _stripped(sentence: str, start: int, end: int) -> Span:
    text = sentence[start:end]
    begin = start + len(text) - len(text.lstrip())
    return Span(begin, max(begin, start + len(text.rstrip())))

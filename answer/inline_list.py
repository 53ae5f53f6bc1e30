"""Lists inside one sentence: things parted by `、`, or clauses parted by semicolons."""

import regex

from ingest.document import Span

# Brackets, quotes and titles stay whole: `《甲、乙》` is one thing.
_ENCLOSED = r"《[^《》]*》|“[^“”]*”|「[^「」]*」|（[^（）]*）|\([^()]*\)"
_CLAUSE = regex.compile(rf"(?:{_ENCLOSED}|[^，。；：！？,;:!?\n])+")
_CLAUSES = regex.compile(rf"(?:{_ENCLOSED}|[^。；！？;!?\n])+")
_ITEM = regex.compile(rf"(?:{_ENCLOSED}|[^、])+")
_LEAST_ITEMS = 2


def inline_items(sentence: str, focus: Span | None) -> tuple[Span, ...]:
    """The items of the list in `sentence` that `focus` lies in, in order; empty if there is none.

    Without a focus, the longest list. Nothing of a list is lost: its first item begins and its last one ends with the
    clause, or with the focus where that begins or ends inside the item.
    """
    lists = [_things(sentence, match.span()) for match in _CLAUSE.finditer(sentence)]
    lists = [items for items in lists if len(items) >= _LEAST_ITEMS]
    clauses = [_stripped(sentence, *match.span()) for match in _CLAUSES.finditer(sentence)]
    if focus and sum(clause.overlaps(focus) for clause in clauses) >= _LEAST_ITEMS:
        return tuple(clause for clause in clauses if clause)
    if focus is None:
        return max(lists, key=len, default=())
    touched = [items for items in lists if Span(items[0].start, items[-1].end).overlaps(focus)]
    return _trimmed(touched[0], focus) if touched else ()


def _things(sentence: str, clause: tuple[int, int]) -> tuple[Span, ...]:
    found = _ITEM.finditer(sentence, *clause)
    return tuple(span for match in found if (span := _stripped(sentence, *match.span())))


def _trimmed(items: tuple[Span, ...], focus: Span) -> tuple[Span, ...]:
    """The items, what leads up to the first and follows the last cut off where the focus says that it does."""
    first, last = items[0], items[-1]
    if first.start <= focus.start < first.end:
        first = Span(focus.start, first.end)
    if last.start < focus.end <= last.end:
        last = Span(last.start, focus.end)
    return (first, *items[1:-1], last)


def _stripped(sentence: str, start: int, end: int) -> Span:
    text = sentence[start:end]
    begin = start + len(text) - len(text.lstrip())
    return Span(begin, max(begin, start + len(text.rstrip())))

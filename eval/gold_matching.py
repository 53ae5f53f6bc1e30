"""Whether a text holds a gold answer: character for character, white space aside, whole numbers and whole words."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import regex

from answer.answer import Answer
from ingest.document import Document

_LATIN, _SIGN = regex.compile(r"\p{Latin}"), regex.compile(r"(\s*)(\S)")
# A comma belongs to a number only before a group of three figures: "2020,33" names two numbers.
_BEFORE_NUMBER, _AFTER_NUMBER = r"(?<![\d.])(?<!\d,(?=\d{3}(?!\d)))", r"(?!\d|\.\d|,\d{3}(?!\d))"
_BEFORE_WORD, _AFTER_WORD = r"(?<!\p{Latin})", r"(?!\p{Latin})"


def holds(text: str, golds: Sequence[str]) -> bool:
    """True if one of `golds` stands in `text`, and not inside a longer number or a longer word in Latin letters."""
    return any(_found(text, gold) for gold in golds)


def in_order(text: str, items: Sequence[str]) -> bool:
    """True if all `items` stand in `text` as in `holds`, one after the other."""
    at = 0
    for item in items:
        found = _found(text, item, at)
        if not found:
            return False
        at = found.end()
    return True


def quotes_exact(answer: Answer, documents: Mapping[str, Document]) -> float:
    """1.0 if every quote of the answer is its document's text at its span, else 0.0."""
    exact = [item.quote == item.span.of(documents[item.document_id].text) for item in answer.citations]
    return float(all(exact))


def _found(text: str, gold: str, at: int = 0) -> regex.Match[str] | None:
    # A pattern takes a millisecond to build, too long for one that cannot fit.
    if len("".join(gold.split())) > len(text):
        return None
    return _pattern(gold).search(text, at)


@lru_cache(maxsize=4096)
def _pattern(gold: str) -> regex.Pattern[str]:
    """The gold answer's characters with any white space between them, but none within a word in Latin letters."""
    signs = _SIGN.findall(gold)
    parts = [regex.escape(sign) for _, sign in signs[:1]]
    for (_, before), (space, sign) in pairwise(signs):
        in_latin = _LATIN.match(before) and _LATIN.match(sign)
        parts.append((r"\s+" if space else "") if in_latin else r"\s*")
        parts.append(regex.escape(sign))
    first, last = (signs[0][1], signs[-1][1]) if signs else ("", "")
    return regex.compile(
        _guard(first, _BEFORE_NUMBER, _BEFORE_WORD) + "".join(parts) + _guard(last, _AFTER_NUMBER, _AFTER_WORD)
    )


def _guard(sign: str, of_number: str, of_word: str) -> str:
    if sign.isdigit():
        return of_number
    return of_word if _LATIN.match(sign) else ""

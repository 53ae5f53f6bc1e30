"""Questions that a text nearly answers: the same question with another year, quantity or name in it."""

import random
from collections.abc import Sequence

import regex

_FIGURE = regex.compile(r"\d+(?:[.,]\d+)*")
_WORD = regex.compile(r"\p{Han}|\p{Thai}\p{M}*|\p{Hiragana}+|\p{Katakana}+|(?:(?!\p{Han}|\p{Thai})[\p{L}\p{M}\p{N}])+")
_UNSPACED = regex.compile(r"[\p{Han}\p{Thai}\p{Hiragana}\p{Katakana}]")
# A name has at least so many characters where words are not spaced, and so many letters elsewhere.
_LEAST_CHARACTERS, _LEAST_LETTERS = 3, 5
_LONGEST = 36
_CENTURIES = ("17", "18", "19", "20")
_YEARS_AWAY = (-30, -12, -5, -3, -2, -1, 1, 2, 3, 4, 8, 15)
_UNITS_AWAY = (-7, -3, -2, -1, 1, 2, 3, 5, 20)


def with_another_figure(question: str, text: str, rng: random.Random) -> str | None:
    """The question about another year or quantity than one that it shares with `text`; None if it shares none."""
    shared = [found for found in _FIGURE.finditer(question) if found.group() in text]
    if not shared:
        return None
    found = rng.choice(shared)
    other = _another_figure(found.group(), rng)
    return None if other in text else question[: found.start()] + other + question[found.end() :]


def with_another_name(question: str, name: str, others: Sequence[str], text: str, rng: random.Random) -> str | None:
    """The question about one of `others`, which `text` does not have, in place of `name`; None where that fails."""
    other = rng.choice(others) if others else ""
    if not name or not other or other in text or other in question:
        return None
    return question.replace(name, other, 1)


def shared_name(question: str, text: str) -> str:
    """The longest run of whole words in both, most often the name of what is asked about; empty if none is so long."""
    words = list(_WORD.finditer(question))
    best = ""
    for first in range(len(words)):
        for last in range(first, len(words)):
            run = question[words[first].start() : words[last].end()]
            if run not in text:
                break
            if len(run) > len(best):
                best = run
    least = _LEAST_CHARACTERS if _UNSPACED.search(best) else _LEAST_LETTERS
    return best if least <= len(best) <= _LONGEST else ""


def _another_figure(figure: str, rng: random.Random) -> str:
    if not figure.isdecimal():
        return f"{rng.randint(1, 99)}.{rng.randint(1, 9)}"
    away = _YEARS_AWAY if len(figure) == 4 and figure[:2] in _CENTURIES else _UNITS_AWAY
    return str(max(1, int(figure) + rng.choice(away)))

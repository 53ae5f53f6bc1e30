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
# What a question shares with its text may be half a sentence; these words and marks do not stand in names.
_NO_NAME = regex.compile(
    r"[的是了在於于和與与及或被為为以從从由將将有其這这該该曾會会也後后前時时，、。：；,;:《》「」]"
)
_LONGEST_NAME = 20
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


def with_neighbouring_name(
    question: str, name: str, others: Sequence[str], text: str, evidence: str, rng: random.Random
) -> str | None:
    """The question about another one of `others` that `text` speaks of, in place of `name`; None where that fails.

    `evidence` is the part of the text that answers the question: what it names may be asked about just as well.
    """
    if not _is_name(name) or name not in question:
        return None
    # A part of the name, or a name that it is a part of, may be the same thing.
    found = [
        other
        for other in others
        if _is_name(other) and other in text and other not in evidence + question and name not in other
    ]
    return question.replace(name, rng.choice(found), 1) if found else None


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


def _is_name(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_NAME and not _NO_NAME.search(text)


def _another_figure(figure: str, rng: random.Random) -> str:
    if not figure.isdecimal():
        return f"{rng.randint(1, 99)}.{rng.randint(1, 9)}"
    away = _YEARS_AWAY if len(figure) == 4 and figure[:2] in _CENTURIES else _UNITS_AWAY
    return str(max(1, int(figure) + rng.choice(away)))

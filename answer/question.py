"""A question as it comes in: cleaned, limited, and refused with a reason where there is nothing to answer."""

import unicodedata
from typing import Literal

from ingest.errors import YinjuError

# Far above any real question (the longest of 14,751 in public question sets has 307 characters), far below what would
# keep the machine busy: the model reads 512 tokens at most.
MAX_CHARACTERS = 1000

QuestionErrorCode = Literal["empty", "too_long", "no_words"]


class QuestionError(YinjuError):
    """A question that cannot be asked; `code` says why."""

    def __init__(self, code: QuestionErrorCode, message: str) -> None:
        super().__init__(message)
        self.code: QuestionErrorCode = code


def clean_question(text: str) -> str:
    """`text` without control and invisible characters, its white space single; raises QuestionError."""
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(
            "too_long", f"the question has {len(text)} characters: ask in {MAX_CHARACTERS} characters or fewer"
        )
    cleaned = " ".join("".join(_visible(character) for character in text).split())
    if not cleaned:
        raise QuestionError("empty", "the question is empty: write what you want to know")
    if not any(unicodedata.category(character)[0] in "LN" for character in cleaned):
        raise QuestionError("no_words", "the question has no words: write what you want to know in words")
    return cleaned


def _visible(character: str) -> str:
    """The character itself, a space for a line break or tab, nothing for other control and format characters."""
    if character.isspace():
        return " "
    # The joiners shape letters in Persian and the Indian scripts; without them words change.
    keep = unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn") or character in "\u200c\u200d"
    return character if keep else ""

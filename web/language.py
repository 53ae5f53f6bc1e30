"""The language of what others wrote, as HTML marks it: voices and fonts go by it, not by the page's language."""

from functools import lru_cache

import regex

from answer.language import language_of
from index.folding import simplified

# An article's beginning tells.
_ENOUGH = 2000
_REMEMBERED = 512
_HAN = regex.compile(r"\p{Han}")
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
_HANGUL = regex.compile(r"\p{Hangul}")
_OTHER_LETTERS = regex.compile(r"[\p{L}--\p{Han}--\p{Hiragana}--\p{Katakana}--\p{Hangul}]", regex.V1)
_EAST_ASIAN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
# A Chinese word has two characters where one in letters has six or so.
_LETTERS_A_CHARACTER = 3
# About a third of the characters of a traditional text have another form in simplified writing.
_TRADITIONAL = 0.1
# About half of a Japanese text is kana; a Chinese one may quote a name in them.
_JAPANESE = 0.2


def language_tag(text: str) -> str:
    """The BCP 47 tag of the language that most of the text is in (`zh-CN`, `zh-Hant`, `ja`, `en`); empty without words.

    Names and words of another language in it do not count as long as they are few.
    """
    return _tag(text[:_ENOUGH])


@lru_cache(_REMEMBERED)
def _tag(text: str) -> str:
    east_asian, others = len(_EAST_ASIAN.findall(text)), len(_OTHER_LETTERS.findall(text))
    if not east_asian + others:
        return ""
    if _LETTERS_A_CHARACTER * east_asian < others:
        return language_of(_EAST_ASIAN.sub("", text))
    if 2 * len(_HANGUL.findall(text)) > east_asian:
        return "ko"
    if len(_KANA.findall(text)) > _JAPANESE * east_asian:
        return "ja"
    return "zh-Hant" if _is_traditional("".join(_HAN.findall(text))) else "zh-CN"


def _is_traditional(han: str) -> bool:
    changed = sum(one != other for one, other in zip(han, simplified(han), strict=True))
    return changed > _TRADITIONAL * len(han)

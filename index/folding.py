"""One spelling for what readers take as the same: scripts, widths and compatibility forms, with a way back.

The folded text is only ever matched, never shown: quotes and highlights use the offsets of the original.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

import regex
from opencc import OpenCC

from ingest.document import Span

# A Korean letter may join the one before it into a syllable even where Unicode puts no cluster around both.
_CLUSTER = regex.compile(r"\X(?:(?<=\p{Hangul})[\u1160-\u11FF\u3131-\u318E\uFFA0-\uFFDC])*", regex.DOTALL)
_YEAR_IN_WORDS = regex.compile(r"(?<![〇○零一二三四五六七八九十百千万])[一二][〇○零一二三四五六七八九]{3}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_LONE_SURROGATE = regex.compile(r"\p{Cs}")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text and, for each of its characters, the span of the original that it came from.

    `starts` and `ends` are as long as `text`.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, span: Span) -> Span:
        """The span of the original text that the folded `span` came from; raises ValueError if `span` is empty."""
        if not span:
            raise ValueError("an empty span has no original")
        return Span(self.starts[span.start], self.ends[span.end - 1])


def fold(text: str) -> str:
    """`text` in compatibility form (NFKC), lower case and simplified characters, years in figures (`二〇三〇年`)."""
    return _simplify(unicodedata.normalize("NFKC", text).casefold())


def fold_with_offsets(text: str) -> FoldedText:
    """The same as `fold`, character cluster by character cluster, with the way back to the original."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _CLUSTER.finditer(text):
        piece = unicodedata.normalize("NFKC", match.group()).casefold()
        pieces.append(piece)
        starts += [match.start()] * len(piece)
        ends += [match.end()] * len(piece)
    return FoldedText(_simplify("".join(pieces)), tuple(starts), tuple(ends))


def _simplify(text: str) -> str:
    """As `simplified`, with the characters that Japan simplified in a way of its own, and with years in figures."""
    chinese = simplified(text).translate(_japanese_forms())
    return _YEAR_IN_WORDS.sub(lambda year: year.group().translate(_DIGITS), chinese)


def simplified(text: str) -> str:
    """`text` in simplified characters and of the same length: by phrase where that keeps it, else one by one."""
    text = _LONE_SURROGATE.sub("\ufffd", text)
    converted: str = _converter().convert(text)
    return converted if len(converted) == len(text) else "".join(map(_simplify_character, text))


@cache
def _simplify_character(character: str) -> str:
    converted: str = _converter().convert(character)
    return converted if len(converted) == 1 else character


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _japanese_forms() -> dict[int, str]:
    """The characters that Japan simplified in a way of its own (`鉄`), with the form used in China (`铁`).

    Characters of GB 2312, the ordinary Chinese ones, are left alone, even where a Japanese one looks the same.
    """
    to_traditional, to_simplified = OpenCC("jp2t"), _converter()
    forms = {}
    for code in range(0x4E00, 0xA000):
        character = chr(code)
        chinese: str = to_simplified.convert(to_traditional.convert(character))
        unchanged = to_simplified.convert(character) == character
        if unchanged and chinese != character and len(chinese) == 1 and not _is_ordinary_chinese(character):
            forms[code] = chinese
    return forms


def _is_ordinary_chinese(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True

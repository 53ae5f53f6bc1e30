"""Source lines: tidied, joined into one text, and the map back to where each part stood."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.characters import CJK, SHARED, has_cjk, is_cjk, width

_NEWLINE = re.compile(r"\r\n|\r|\n")
_SPACES = re.compile(r"\s+")
_SPACED = rf"[{CJK}{SHARED}]"
_CJK_GAP = re.compile(rf"(?<={_SPACED}) (?={_SPACED})")
_MARK = "，。、；：？！“”‘’（）《》〈〉「」『』【】"
_MARK_GAP = re.compile(rf"(?<=[{_MARK}]) (?={_SPACED})|(?<={_SPACED}) (?=[{_MARK}])")
# Three or more single characters in a row with a space after each: `国 家 在 开 展`.
_SPREAD_RUN = re.compile(rf"(?<![^ ]){_SPACED}(?: {_SPACED}(?![^ ])){{3,}}")
_OWN_LINE = re.compile(r"(?:[-*+•●◆■]\s|\d{1,3}[.)、]\s?\D|>|\||```|~~~|#{1,6}\s|[-*_=]{3,}$)")
_FENCE = re.compile(r"```|~~~")


@dataclass(frozen=True, slots=True)
class Line:
    """A source line that is not blank: its number from 1, its tidied text, its indent in cells, blank lines before."""

    number: int
    text: str
    indent: int
    gap: int


@dataclass(frozen=True, slots=True)
class TracedText:
    """A text and where it comes from: `text[offsets[i]:offsets[i + 1]]` stands in source line `lines[i]`."""

    text: str
    offsets: tuple[int, ...]
    lines: tuple[int, ...]

    def cut(self, start: int, end: int) -> "TracedText":
        """The part from `start` to `end`, without white space at its ends, still traced."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        piece = piece.strip()
        bounds = (*self.offsets[1:], len(self.text))
        runs = [
            (max(0, offset - start), line)
            for offset, bound, line in zip(self.offsets, bounds, self.lines, strict=True)
            if bound > start and offset < start + len(piece)
        ]
        return TracedText(piece, tuple(offset for offset, _ in runs), tuple(line for _, line in runs))


def read_lines(text: str) -> tuple[Line, ...]:
    """The lines of `text` that are not blank, tidied; lines end at LF, CR or CRLF."""
    lines: list[Line] = []
    gap = 0
    for number, raw in enumerate(_NEWLINE.split(text), start=1):
        if raw == "" or raw.isspace():
            gap += 1
            continue
        bare = raw.lstrip()
        indent = width(raw[: len(raw) - len(bare)].replace("\t", "    "))
        lines.append(Line(number, tidy(raw), indent, gap if lines else 0))
        gap = 0
    return tuple(lines)


def tidy(text: str) -> str:
    """`text` with one space for each white space, and without spaces that only spread a line to the column's width."""
    text = _SPACES.sub(" ", text).strip()
    if " " not in text or not has_cjk(text):
        return text
    gaps = len(_CJK_GAP.findall(text))
    characters = sum(is_cjk(character) for character in text)
    if gaps >= 3 and gaps * 1.5 >= characters - gaps * 0.5 - 1:
        return _CJK_GAP.sub("", text)
    text = _SPREAD_RUN.sub(lambda match: match.group().replace(" ", ""), text)
    return _MARK_GAP.sub("", text)


def join_lines(lines: Sequence[Line], *, verbatim: bool = False) -> TracedText:
    """The lines as one text; `verbatim` keeps their breaks. Only white space is put between them."""
    parts: list[str] = []
    offsets: list[int] = []
    position = 0
    for line in lines:
        if parts:
            joint = "\n" if verbatim else _joint(parts[-1], line.text)
            parts.append(joint)
            position += len(joint)
        offsets.append(position)
        parts.append(line.text)
        position += len(line.text)
    return TracedText("".join(parts), tuple(offsets), tuple(line.number for line in lines))


def join_texts(texts: Sequence[TracedText]) -> TracedText:
    """Texts that follow one another as one, joined as lines are."""
    joined = texts[0]
    for following in texts[1:]:
        left = joined.text + _joint(joined.text, following.text)
        offsets = (*joined.offsets, *(len(left) + offset for offset in following.offsets))
        joined = TracedText(left + following.text, offsets, (*joined.lines, *following.lines))
    return joined


def in_code(lines: Sequence[Line]) -> set[int]:
    """The lines of fenced code after each opening fence, the closing fence included."""
    inside = False
    coded: set[int] = set()
    for index, line in enumerate(lines):
        if inside:
            coded.add(index)
        inside ^= is_fence(line.text)
    return coded


def is_fence(text: str) -> bool:
    """True for a line that opens or closes fenced code."""
    return _FENCE.match(text) is not None


def stands_alone(text: str) -> bool:
    """True for a line that goes on with none: an item of a list, a quotation, a row, a rule."""
    return _OWN_LINE.match(text) is not None


def _joint(left: str, right: str) -> str:
    if is_cjk(left[-1]) or is_cjk(right[0]):
        return ""
    if left[-1] == "-" and len(left) > 1 and left[-2].isalpha() and right[0].isalpha():
        return ""
    return " "

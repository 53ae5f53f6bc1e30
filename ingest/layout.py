"""Source lines and how they become paragraphs: tidying, joining, and the map back to the lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ingest.characters import CJK, SHARED, ends_question, ends_sentence, has_cjk, is_cjk, width
from ingest.wrapping import Hints, Label, WrapLine, label_wrapped

_NEWLINE = re.compile(r"\r\n|\r|\n")
_SPACES = re.compile(r"\s+")
_SPACED = rf"[{CJK}{SHARED}]"
_CJK_GAP = re.compile(rf"(?<={_SPACED}) (?={_SPACED})")
_MARK = "，。、；：？！“”‘’（）《》〈〉「」『』【】"
_MARK_GAP = re.compile(rf"(?<=[{_MARK}]) (?={_SPACED})|(?<={_SPACED}) (?=[{_MARK}])")
# Three or more single characters in a row with a space after each: `国 家 在 开 展`.
_SPREAD_RUN = re.compile(rf"(?<![^ ]){_SPACED}(?: {_SPACED}(?![^ ])){{3,}}")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")
_OWN_LINE = re.compile(r"(?:[-*+•●◆■]\s|\d{1,3}[.)、]\s?\D|>|\||```|~~~|#{1,6}\s|[-*_=]{3,}$)")
_MARKED_LINE = re.compile(r"(?:[-*+•●◆■]\s|>|\||```|~~~|[-*_=]{3,}$)")
_FENCE = re.compile(r"```|~~~")

# A wrapped file has at least so many lines; fewer say nothing about its column.
_MIN_WRAPPED_LINES = 6
# Narrower lines are verse or a list.
_MIN_WRAPPED_WIDTH = 14
# Wider lines than this are paragraphs, not wrapped lines (a newspaper's lead over the whole page is about 115 cells).
_MAX_WRAPPED_WIDTH = 130
_HEADING_CELLS = 64
_TITLE_NARROWER = 14
# Before the first turn a paragraph is a lead or a question, and a question has a heading: nats against another.
_UNHEADED = 5.0


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


@dataclass(frozen=True, slots=True)
class Block:
    """A heading line or a paragraph, and the index of its first line among the lines it was made from."""

    content: TracedText
    heading: bool
    first: int

    @property
    def text(self) -> str:
        """The block's text, in one line but for code."""
        return self.content.text

    @property
    def lines(self) -> tuple[str, ...]:
        """The text of each source line that the block was made from."""
        offsets = self.content.offsets
        bounds = (*offsets[1:], len(self.text))
        return tuple(self.text[start:end].strip() for start, end in zip(offsets, bounds, strict=True))

    def part(self, start: int, end: int, *, heading: bool) -> "Block":
        """The block's lines from `start` to `end` as a block of their own."""
        bounds = (*self.content.offsets, len(self.text))
        return Block(self.content.cut(bounds[start], bounds[end]), heading, self.first + start)


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
        inside ^= _FENCE.match(line.text) is not None
    return coded


def is_wrapped(lines: Sequence[Line]) -> bool:
    """True if the lines' widths say that paragraphs were broken to fit a column."""
    coded = in_code(lines)
    lines = [line for at, line in enumerate(lines) if at not in coded and not _OWN_LINE.match(line.text)]
    if len(lines) < _MIN_WRAPPED_LINES:
        return False
    widths = [width(line.text) for line in lines]
    open_ended = [index for index, line in enumerate(lines) if not ends_sentence(line.text)]
    if median(widths) < _MIN_WRAPPED_WIDTH or len(open_ended) < 0.4 * len(lines) or median(widths) > _MAX_WRAPPED_WIDTH:
        return False
    full = sum(_is_full(index, widths) for index in open_ended)
    return full >= 0.6 * len(open_ended)


def blocks_of(lines: Sequence[Line], starts: dict[int, int]) -> tuple[Block, ...]:
    """The lines as headings and paragraphs, in order.

    `starts` names the lines that begin an expert's turn, each with the number of lines its byline takes.
    """
    if not lines:
        return ()
    labels = _wrapped_labels(lines, starts) if is_wrapped(lines) else _plain_labels(lines, starts)
    blocks: list[Block] = []
    first = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or labels[index] != "inner":
            content = join_lines(lines[first:index], verbatim=_FENCE.match(lines[first].text) is not None)
            blocks.append(Block(content, labels[first] == "heading", first))
            first = index
    return tuple(blocks)


def is_markdown_heading(text: str) -> bool:
    """True for a line such as `## Heading`."""
    return _MARKDOWN_HEADING.match(text) is not None


def looks_like_heading(text: str) -> bool:
    """True for a short line without sentence punctuation at its end."""
    return (
        width(text) <= _HEADING_CELLS and not ends_sentence(text) and text[-1] not in "，,、；;：:" and text[0] != "|"
    )


def _joint(left: str, right: str) -> str:
    if is_cjk(left[-1]) or is_cjk(right[0]):
        return ""
    if left[-1] == "-" and len(left) > 1 and left[-2].isalpha() and right[0].isalpha():
        return ""
    return " "


def _is_full(index: int, widths: Sequence[int]) -> bool:
    near = sorted(widths[max(0, index - 8) : index + 9])
    column = near[len(near) * 3 // 4]
    return column * 0.85 - 2 <= widths[index] <= column * 1.2 + 2


def _wrapped_labels(lines: Sequence[Line], starts: dict[int, int]) -> list[Label]:
    hints = _hints(lines, starts)
    return label_wrapped([WrapLine.of(line.text, line.indent, hint) for line, hint in zip(lines, hints, strict=True)])


def _hints(lines: Sequence[Line], starts: dict[int, int]) -> list[Hints]:
    gaps = sum(line.gap > 0 for line in lines[1:])
    double_spaced = 2 * gaps > len(lines) - 1
    blank_ends = not double_spaced and 20 * gaps > len(lines)
    discounts = _expected_headings(lines, starts)
    inner = {start + step for start, count in starts.items() for step in range(1, count)} | in_code(lines)
    front = range(2, min(starts, default=0))
    hints: list[Hints] = []
    for index, line in enumerate(lines):
        fixed: Label | None = None
        if (is_markdown_heading(line.text) and index not in inner) or (
            index == 0 and _is_title(lines) and index not in starts
        ):
            fixed = "heading"
        elif index in inner:
            fixed = "inner"
        elif index in starts or (line.gap > 0 and not double_spaced) or _MARKED_LINE.match(line.text):
            fixed = "first"
        hints.append(
            Hints(fixed, blank_ends and index not in starts, discounts[index], _UNHEADED if index in front else 0.0)
        )
    return hints


def _is_title(lines: Sequence[Line]) -> bool:
    """True if the first line is far narrower than the second and yet no sentence's end."""
    return looks_like_heading(lines[0].text) and width(lines[0].text) + _TITLE_NARROWER < width(lines[1].text)


def _expected_headings(lines: Sequence[Line], starts: dict[int, int]) -> list[float]:
    """How many nats likelier than elsewhere a heading is at each line.

    A conversation has a title. Before the first turn headings are usual, above all after a question. If most turns have
    a question or an open line before them, headings stand there.
    """
    discounts = [0.0] * len(lines)
    if not starts:
        return discounts
    first = min(starts)
    discounts[0] = 1.5
    for index in range(2, first):
        discounts[index] = 3.5 if ends_question(lines[index - 1].text) else 2.5
    before = [lines[start - 1].text for start in starts if start > first]
    headed = sum(ends_question(text) or not ends_sentence(text) for text in before)
    if before and 2 * headed >= len(before):
        for start in starts:
            for index in range(max(first, start - 10), start):
                discounts[index] = 2.5
    return discounts


def _plain_labels(lines: Sequence[Line], starts: dict[int, int]) -> list[Label]:
    gaps = sum(line.gap > 0 for line in lines[1:])
    blank_ends = 2 * gaps >= len(lines) - 1 or any(is_markdown_heading(line.text) for line in lines)
    inner = {start + step for start, count in starts.items() for step in range(1, count)} | in_code(lines)
    labels: list[Label] = []
    for index, line in enumerate(lines):
        is_fence = _FENCE.match(line.text) is not None
        if index in inner:
            labels.append("inner")
        elif not is_fence and _stands_as_heading(lines, index, starts):
            labels.append("heading")
        elif index == 0 or index in starts or is_fence or not blank_ends or _breaks_before(lines, index, labels):
            labels.append("first")
        else:
            labels.append("inner")
    return labels


def _breaks_before(lines: Sequence[Line], index: int, labels: list[Label]) -> bool:
    before, line = lines[index - 1], lines[index]
    if line.gap > 0 or labels[-1] == "heading" or _OWN_LINE.match(line.text) or _FENCE.match(before.text):
        return True
    return ends_sentence(before.text) and width(before.text) > 100


def _stands_as_heading(lines: Sequence[Line], index: int, starts: dict[int, int]) -> bool:
    text = lines[index].text
    if is_markdown_heading(text):
        return True
    if index in starts or not looks_like_heading(text) or _OWN_LINE.match(text):
        return False
    apart = index + 1 == len(lines) or lines[index + 1].gap > 0 or has_cjk(text) or index + 1 in starts or index == 0
    return apart and (index == 0 or lines[index].gap > 0 or ends_sentence(lines[index - 1].text) or has_cjk(text))

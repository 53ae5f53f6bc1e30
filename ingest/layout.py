"""Lines as headings and paragraphs, whether a column has broken them or not."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.characters import ends_question, ends_sentence, width
from ingest.furniture import MOST_RUBRICS, is_rubric, is_running_head
from ingest.heading_lines import is_exclaimed_title, is_markdown_heading, looks_like_heading
from ingest.lines import Line, TracedText, in_code, is_fence, join_lines, stands_alone
from ingest.unwrapped import label_unwrapped
from ingest.wrapping import Hints, Label, WrapLine, label_wrapped

_MARKED_LINE = re.compile(r"(?:[-*+•●◆■]\s|>|\||```|~~~|[-*_=]{3,}$)")
# A wrapped file has at least so many lines; fewer say nothing about its column.
_MIN_WRAPPED_LINES = 6
# Narrower lines are verse or a list.
_MIN_WRAPPED_WIDTH = 14
# Wider lines than this are paragraphs, not wrapped lines (a newspaper's lead over the whole page is about 115 cells).
_MAX_WRAPPED_WIDTH = 130
_TITLE_NARROWER = 14
# Before the first turn a paragraph is a lead or a question, and a question has a heading: nats against another.
_UNHEADED = 5.0


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


def is_wrapped(lines: Sequence[Line]) -> bool:
    """True if the lines' widths say that paragraphs were broken to fit a column."""
    coded = in_code(lines)
    lines = [line for at, line in enumerate(lines) if at not in coded and not stands_alone(line.text)]
    if len(lines) < _MIN_WRAPPED_LINES:
        return False
    widths = [width(line.text) for line in lines]
    open_ended = [index for index, line in enumerate(lines) if not ends_sentence(line.text)]
    if median(widths) < _MIN_WRAPPED_WIDTH or len(open_ended) < 0.4 * len(lines) or median(widths) > _MAX_WRAPPED_WIDTH:
        return False
    full = sum(_is_full(index, widths) for index in open_ended)
    return full >= 0.6 * len(open_ended)


def blocks_of(lines: Sequence[Line], starts: dict[int, int], titled: Collection[int] = ()) -> tuple[Block, ...]:
    """The lines as headings and paragraphs, in order.

    `starts` names the lines that begin an expert's turn, each with the number of lines its byline takes; those that are
    `titled` are headings.
    """
    if not lines:
        return ()
    labels = _wrapped_labels(lines, starts) if is_wrapped(lines) else label_unwrapped(lines, starts)
    for index in range(min(starts, default=len(lines)), len(lines)):
        if labels[index] == "heading" and is_running_head(lines[index].text):
            labels[index] = "first"
    for index in titled:
        labels[index] = "heading"
        if index + 1 < len(lines) and labels[index + 1] == "inner":
            labels[index + 1] = "first"
    blocks: list[Block] = []
    first = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or labels[index] != "inner":
            content = join_lines(lines[first:index], verbatim=is_fence(lines[first].text))
            blocks.append(Block(content, labels[first] == "heading", first))
            first = index
    return tuple(blocks)


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
            index not in starts and _stands_over(lines, index, starts)
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


def _stands_over(lines: Sequence[Line], index: int, starts: Collection[int]) -> bool:
    """True for the title, and for what is printed over it."""
    if index == 0 and _is_title(lines, starts):
        return True
    return index < MOST_RUBRICS and all(is_rubric(line.text) for line in lines[: index + 1])


def _is_title(lines: Sequence[Line], starts: Collection[int]) -> bool:
    """True if the first line is far narrower than the second and yet no sentence's end, or a title that exclaims."""
    narrower = width(lines[0].text) + _TITLE_NARROWER < width(lines[1].text)
    return is_exclaimed_title(lines, starts) or (looks_like_heading(lines[0].text) and narrower)


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

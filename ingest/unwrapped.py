"""Which lines of a text that no one column has broken are headings, begin a paragraph, or go on with it."""

from collections.abc import Collection, Sequence

from ingest.characters import ends_sentence, has_cjk, width
from ingest.heading_lines import is_bulleted_heading, is_exclaimed_title, is_markdown_heading, looks_like_heading
from ingest.lines import Line, in_code, is_fence, stands_alone
from ingest.wrapping import Label

# In cells: the first line of a paragraph is indented by so much at least.
_INDENT = 2
# A line over a paragraph, without a blank one between them, is a heading if the paragraph is so many times as wide.
_FAR_LONGER = 3
# So many paragraphs that go on without their indent say that all of them do, if so large a part of what is indented
# begins where a paragraph can.
_MIN_INDENTED, _BEGINNING = 3, 0.9


def label_unwrapped(lines: Sequence[Line], starts: dict[int, int]) -> list[Label]:
    """The label of each line; `starts` names the lines that begin a turn, with the number of lines its byline takes."""
    inner = {start + step for start, count in starts.items() for step in range(1, count)} | in_code(lines)
    goes_on = _goes_on_by_indent if _marks_by_indent(lines, starts) else _goes_on_by_gap if _has_gaps(lines) else _never
    labels: list[Label] = []
    for index, line in enumerate(lines):
        if index in inner:
            labels.append("inner")
        elif is_markdown_heading(line.text):
            labels.append("heading")
        elif index in starts or is_fence(line.text):
            labels.append("first")
        elif _stands_as_heading(lines, index, starts) and not (
            goes_on is _goes_on_by_indent and _is_broken(lines, index, starts, labels)
        ):
            labels.append("heading")
        elif index == 0 or labels[-1] == "heading" or stands_alone(line.text) or is_fence(lines[index - 1].text):
            labels.append("first")
        else:
            labels.append("inner" if goes_on(lines[index - 1], line) else "first")
    return labels


def _marks_by_indent(lines: Sequence[Line], starts: Collection[int]) -> bool:
    """True if paragraphs begin with an indent and go on without it, their lines broken anywhere."""
    indented = [index for index, line in enumerate(lines) if index and line.indent >= _INDENT]
    begin = sum(lines[index].gap > 0 or ends_sentence(lines[index - 1].text) for index in indented)
    going_on = sum(
        index + 1 not in starts
        and not ends_sentence(lines[index].text)
        and _goes_on_by_indent(lines[index], lines[index + 1])
        for index in indented
        if index + 1 < len(lines)
    )
    return going_on >= _MIN_INDENTED and begin >= _BEGINNING * len(indented)


def _has_gaps(lines: Sequence[Line]) -> bool:
    """True if blank lines stand between the paragraphs, so that lines without one between them may belong together."""
    gaps = sum(line.gap > 0 for line in lines[1:])
    return 2 * gaps >= len(lines) - 1 or any(is_markdown_heading(line.text) for line in lines)


def _goes_on_by_indent(before: Line, line: Line) -> bool:
    return line.gap == 0 and line.indent < _INDENT


def _goes_on_by_gap(before: Line, line: Line) -> bool:
    return line.gap == 0 and not (ends_sentence(before.text) and width(before.text) > 100)


def _never(before: Line, line: Line) -> bool:
    return False


def _is_broken(lines: Sequence[Line], index: int, starts: Collection[int], labels: Sequence[Label]) -> bool:
    """True if the line is one of several of a paragraph whose first line is indented."""
    if index == 0:
        return False
    if labels[-1] != "heading" and _goes_on_by_indent(lines[index - 1], lines[index]):
        return not ends_sentence(lines[index - 1].text)
    following = index + 1
    return following < len(lines) and following not in starts and _goes_on_by_indent(lines[index], lines[following])


def _stands_as_heading(lines: Sequence[Line], index: int, starts: Collection[int]) -> bool:
    text = lines[index].text
    if (index == 0 and is_exclaimed_title(lines, starts)) or is_bulleted_heading(lines, index):
        return True
    if not looks_like_heading(text) or stands_alone(text):
        return False
    apart = index + 1 == len(lines) or lines[index + 1].gap > 0 or has_cjk(text) or index + 1 in starts or index == 0
    if not apart and lines[index].gap > 0:
        below = lines[index + 1].text
        apart = ends_sentence(below) and width(below) > _FAR_LONGER * width(text)
    return apart and (index == 0 or lines[index].gap > 0 or ends_sentence(lines[index - 1].text) or has_cjk(text))

"""Headings that name who speaks under them: `## 陈刚｜北京大学教授：标题`, `Ann Lee: ‘A headline’`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.characters import HAN, ends_sentence, width
from ingest.heading_lines import is_markdown_heading
from ingest.lines import Line, in_code
from ingest.names import clean_name, is_interviewer, is_name, is_nobody, is_sure_name
from ingest.turn import Turn

# Such a heading has so many cells at most.
_WIDEST = 100
_OFFICE = r" ?[｜|，,] ?(?! ?\d)(?P<office>[^：:。]{2,60})| ?[（(](?P<bracketed>[^：:。）)]{2,60})[）)]"
_TITLED = re.compile(
    r"(?:#{1,6}\s+)?(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）.、．]\s?)?"
    rf"(?P<name>[^：:｜|，,（()“”‘’\"]{{2,40}}?)(?:{_OFFICE})? ?[：:] ?(?P<headline>[^。]{{3,}})"
)
_QUOTED = re.compile(r"[“‘「『\"].+[”’」』\"]")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]{1,2}[)）.、．]")
_SHORT_NAME = re.compile(rf"[{HAN}]{{1,4}}")


def titled_turns(lines: Sequence[Line]) -> list[Turn]:
    """A turn for each such heading, if several name different people; the headline is left to be the section's."""
    coded = in_code(lines)
    found = [turn for index in range(len(lines) - 1) if index not in coded and (turn := _titled(lines, index))]
    sure = {turn.name for turn in found if is_sure_name(turn.name) and is_name(turn.name)}
    if len(found) < 2 or len({turn.name for turn in found}) < 2 or 2 * len(sure) < len(found):
        return []
    return found


def with_answerers(turns: Sequence[Turn], titled: Sequence[Turn]) -> list[Turn]:
    """`turns`, those that only answer (`答：`) as who the heading above names."""
    named: list[Turn] = []
    for turn in turns:
        above = [head for head in titled if head.first < turn.first]
        if above and is_nobody(turn.name):
            turn = replace(turn, name=above[-1].name, affiliation=above[-1].affiliation)
        named.append(turn)
    return named


def _titled(lines: Sequence[Line], index: int) -> Turn | None:
    text = lines[index].text
    marked = is_markdown_heading(text)
    if width(text) > _WIDEST or not (marked or _stands_apart(lines, index)):
        return None
    found = _TITLED.fullmatch(text)
    if found is None:
        return None
    name, office = clean_name(found["name"]), (found["office"] or found["bracketed"] or "").strip()
    headline = found["headline"].strip()
    plausible = is_name(name) or (_SHORT_NAME.fullmatch(name) is not None and _QUOTED.fullmatch(headline) is not None)
    if is_interviewer(name) or not (plausible or (marked and office)):
        return None
    if headline[0].isdigit() and text[found.start("headline") - 1] == ":":  # a time
        return None
    if ends_sentence(headline) and not (marked or _QUOTED.fullmatch(headline)):
        return None
    return Turn(index, 1, found.start("headline"), name, office, interviewer=False, titled=True)


def _stands_apart(lines: Sequence[Line], index: int) -> bool:
    """True if the line begins a part of the article: blank lines around it, and more text than its own below."""
    below = lines[index + 1]
    return index > 0 and ((lines[index].gap > 0 and below.gap > 0) or _NUMBERED.match(lines[index].text) is not None)

"""Which lines can be a heading or a title by their looks."""

import re
from collections.abc import Collection, Sequence

from ingest.characters import TERMINALS, ends_question, ends_sentence, width
from ingest.furniture import is_page_number
from ingest.lines import Line, stands_alone

# What is printed before a heading or a byline to catch the eye.
BULLET = "[■◆◇●▲★▌▶□○]"
_BULLETED = re.compile(BULLET)
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")
# `（图说：村里的老人。摄影／李明）`, and `“人比床重要。”——李明`.
_CAPTION = re.compile(r"[（(][^（）()]+[）)]|!\[.*|▲.*(?:图|圖|摄|攝|左起|右起).*")
_PULLED_QUOTE = re.compile(r"[”」』\"] ?[—–]{1,2} ?\S")
_HEADING_CELLS = 64
_SHORT_HEADING = 44


def is_markdown_heading(text: str) -> bool:
    """True for a line such as `## Heading`."""
    return _MARKDOWN_HEADING.match(text) is not None


def looks_like_heading(text: str) -> bool:
    """True for a short line without sentence punctuation at its end that is no caption, quotation or signature."""
    if width(text) > _HEADING_CELLS or ends_sentence(text) or text[-1] in "，,、；;：:" or text[0] in "|—–":
        return False
    if is_page_number(text):
        return False
    return _CAPTION.fullmatch(text) is None and _PULLED_QUOTE.search(text) is None


def is_exclaimed_title(lines: Sequence[Line], starts: Collection[int]) -> bool:
    """True if the first line is a title that asks or exclaims: short, no speaker's question, nor one of several.

    `starts` names the lines that begin a speaker's turn.
    """
    if len(lines) < 2 or 0 in starts or not exclaims(lines[0].text) or (1 in starts and lines[1].gap == 0):
        return False
    return bool(starts) or sum(line.gap > 0 and exclaims(line.text) for line in lines[1:]) < 2


def is_bulleted(text: str) -> bool:
    """True for a line such as `■ 资金从哪里来`."""
    return _BULLETED.match(text) is not None


def is_bulleted_heading(lines: Sequence[Line], index: int) -> bool:
    """True if a bullet before a line that stands apart marks it as a heading: the lines around it have none."""
    text = lines[index].text
    around = [lines[place] for place in (index - 1, index + 1) if 0 <= place < len(lines)]
    if not _BULLETED.match(text) or any(_BULLETED.match(line.text) and line.text[0] == text[0] for line in around):
        return False
    if index + 1 == len(lines) or not (looks_like_heading(text) or exclaims(text[1:].strip() or text)):
        return False
    return lines[index + 1].gap > 0 or width(text) <= _SHORT_HEADING


def exclaims(text: str) -> bool:
    """True for one short question or exclamation, as titles and headings sometimes are."""
    return (
        width(text) <= _HEADING_CELLS
        and (ends_question(text) or text[-1] in "！!")
        and not any(mark in text[:-1] for mark in TERMINALS)
        and not stands_alone(text)
    )

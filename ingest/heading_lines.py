"""Which lines can be a heading or a title by their looks."""

import re
from collections.abc import Collection, Sequence

from ingest.characters import TERMINALS, ends_question, ends_sentence, width
from ingest.lines import Line, stands_alone

# What is printed before a heading or a byline to catch the eye.
BULLET = "[■◆◇●▲★▌▶□○]"
_BULLETED = re.compile(BULLET)
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")
# `（图说：村里的老人。摄影／李明）`, and `“人比床重要。”——李明`.
_CAPTION = re.compile(r"[（(][^（）()]+[）)]")
_PULLED_QUOTE = re.compile(r"[”」』\"] ?[—–]{1,2} ?\S")
_HEADING_CELLS = 64
# What magazines and newspapers print over a title: their name and number, the page, the column, the date.
_RUBRIC = re.compile(
    r"《[^》]{1,20}》.{0,40}|第? ?\d{1,3} ?版.{0,20}|\d{4} ?[年./-].{0,40}|"
    r"[【\[]?(?:智库|智庫|圆桌|圓桌|专题|專題|特别|特別|报道|報導|封面|专访|專訪|访谈|訪談|深度|观察|觀察|评论|評論|聚焦|"
    r"视点|視點|对话|對話|特稿|调查|調查|理论|理論)+[】\]]?"
)


def is_markdown_heading(text: str) -> bool:
    """True for a line such as `## Heading`."""
    return _MARKDOWN_HEADING.match(text) is not None


def looks_like_heading(text: str) -> bool:
    """True for a short line without sentence punctuation at its end that is no caption, quotation or signature."""
    if width(text) > _HEADING_CELLS or ends_sentence(text) or text[-1] in "，,、；;：:" or text[0] in "|—–":
        return False
    return _CAPTION.fullmatch(text) is None and _PULLED_QUOTE.search(text) is None


def is_exclaimed_title(lines: Sequence[Line], starts: Collection[int]) -> bool:
    """True if the first line is a title that asks or exclaims: short, no speaker's question, nor one of several.

    `starts` names the lines that begin a speaker's turn.
    """
    if len(lines) < 2 or 0 in starts or not exclaims(lines[0].text) or (1 in starts and lines[1].gap == 0):
        return False
    return bool(starts) or sum(line.gap > 0 and exclaims(line.text) for line in lines[1:]) < 2


def is_rubric(text: str) -> bool:
    """True for a line such as `《财经》2024年第3期` or `智库圆桌`, which stands over a title and is none."""
    return _RUBRIC.fullmatch(text) is not None


def is_bulleted_heading(lines: Sequence[Line], index: int) -> bool:
    """True if a bullet before a line that stands apart marks it as a heading: the lines around it have none."""
    text = lines[index].text
    around = [lines[place] for place in (index - 1, index + 1) if 0 <= place < len(lines)]
    if not _BULLETED.match(text) or any(_BULLETED.match(line.text) and line.text[0] == text[0] for line in around):
        return False
    return index + 1 < len(lines) and lines[index + 1].gap > 0 and looks_like_heading(text)


def exclaims(text: str) -> bool:
    """True for one short question or exclamation, as titles and headings sometimes are."""
    return (
        width(text) <= _HEADING_CELLS
        and (ends_question(text) or text[-1] in "！!")
        and not any(mark in text[:-1] for mark in TERMINALS)
        and not stands_alone(text)
    )

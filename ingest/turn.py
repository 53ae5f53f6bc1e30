"""A speaker's turn in a conversation, and where one may begin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.characters import ends_question, ends_sentence
from ingest.furniture import is_page_number
from ingest.heading_lines import BULLET, is_bulleted, looks_like_heading
from ingest.lines import Line

# A label before a colon is so long at most, in characters.
LONGEST_LABEL = 28
# In cells: a line indented by so much, unlike the one before, begins a paragraph.
_INDENT = 2
_MARKS = re.compile(rf"(?:#{{1,6}}\s+)?(?:{BULLET}\s*)?[*_]{{0,3}}")


@dataclass(frozen=True, slots=True)
class Turn:
    """A speaker's turn: its first line's index, and the byline's lines and characters once those lines are joined.

    What follows the turns without being anyone's has a turn with an empty name and a byline of no length. What stands
    after a `titled` turn's byline, in its line, is a heading.
    """

    first: int
    lines: int
    length: int
    name: str
    affiliation: str
    interviewer: bool
    titled: bool = False


def length_of_marks(text: str) -> int:
    """How many characters `text` begins with that only mark it: of a heading, of emphasis, a bullet."""
    marks = _MARKS.match(text)
    return marks.end() if marks else 0


def may_begin(lines: Sequence[Line], index: int, *, strong: bool) -> bool:
    """True if a turn may begin at this line: after a paragraph's end or a heading, or with a surname."""
    if index == 0:
        return True
    before = lines[index - 1].text.rstrip("*_") or "*"
    # A line alone between blank ones, such as a page's foot, is no part of a paragraph.
    alone = lines[index].gap > 0 and lines[index - 1].gap > 0
    if alone or is_page_number(before) or lines[index].indent >= _INDENT > lines[index - 1].indent:
        return True
    if ends_sentence(before) or ends_question(before) or before[-1] in "）)：:":
        return True
    # A label before the colon: a credit, not a line that breaks off.
    labelled = 0 < before.find("：") < LONGEST_LABEL
    marked = before.startswith("#") or is_bulleted(before)
    return looks_like_heading(before) and (strong or marked or index == 1 or labelled)

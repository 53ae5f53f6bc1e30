"""A small typesetter: roundtables set in columns as a newspaper sets them, to be read back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from ingest.characters import is_cjk

NEVER_FIRST = frozenset("，。、；：？！”’）》〉」』】…,.;:?!)]}%％")
NEVER_LAST = frozenset("“‘（《〈「『【([{")
_HALVES = frozenset("，。、；：？！“”‘’（）《》〈〉「」『』【】")


@dataclass(frozen=True, slots=True)
class Column:
    """How lines are broken: the width in cells, the indent that is lost, and how punctuation is set."""

    cells: int = 38
    indent: int = 4
    quote_cells: int = 2
    squeezes: bool = False
    forbids: bool = True
    narrowed: tuple[int, int, int] = (0, 0, 0)

    def at(self, line: int) -> int:
        """The width of the line with this number: `narrowed` is (first, last, cells less), for a picture."""
        first, last, less = self.narrowed
        return self.cells - less if first <= line < last else self.cells


@dataclass(frozen=True, slots=True)
class Guest:
    """One expert's turn as it should be read."""

    heading: str
    question: str
    expert: str
    affiliation: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roundtable:
    """An article as it should be read."""

    title: str
    lead: str
    guests: tuple[Guest, ...]


@dataclass(frozen=True, slots=True)
class Press:
    """How an article is laid out; `order` is the order of the headings in front, or None for one before each turn."""

    column: Column = field(default_factory=Column)
    order: tuple[int, ...] | None = None
    blank_between: bool = True
    brackets: str = "（）："
    spread: float = 0.0
    lead_cells: int = 112
    heading_cells: int = 26
    seed: int = 0

    def print(self, article: Roundtable) -> str:
        """The article's text, line by line."""
        random = Random(self.seed)
        lines = [article.title, *set_lines(article.lead, Column(cells=self.lead_cells))]
        if self.order is not None:
            for index in self.order:
                lines.extend(self._headed(article.guests[index], self.heading_cells))
        for guest in article.guests:
            if self.order is None:
                lines.extend(self._headed(guest, self.column.cells))
            opening, closing, colon = self.brackets
            byline = f"{guest.expert}{opening}{guest.affiliation}{closing}{colon}"
            first, *others = guest.paragraphs
            for paragraph in (byline + first, *others):
                lines.extend(set_lines(paragraph, self.column))
        lines = [spread(line) if random.random() < self.spread else line for line in lines]
        return ("\n\n" if self.blank_between else "\n").join(lines) + "\n"

    def _headed(self, guest: Guest, cells: int) -> list[str]:
        question = Column(cells, self.column.indent, self.column.quote_cells)
        return [*([guest.heading] if guest.heading else []), *set_lines(guest.question, question)]


def set_lines(text: str, column: Column) -> list[str]:
    """The paragraph's lines in that column, its first line narrower by the indent."""
    units = _units(text, forbids=column.forbids)
    lines: list[str] = []
    line = ""
    for unit in units:
        room = column.at(len(lines)) - (0 if lines else column.indent)
        if line and _least(line + unit, column) > room:
            lines.append(line.strip())
            line = unit.lstrip()
        else:
            line += unit
    return [*lines, line.strip()] if line.strip() else lines


def spread(line: str) -> str:
    """The line with a space after each character, as typesetting systems export a justified one."""
    return " ".join(line.replace(" ", "")) if all(is_cjk(mark) for mark in line.replace(" ", "")) else line


def _units(text: str, *, forbids: bool) -> list[str]:
    units: list[str] = []
    for character in text:
        if units and (
            (_is_word(units[-1][-1]) and _is_word(character))
            or (forbids and (character in NEVER_FIRST or units[-1][-1] in NEVER_LAST))
        ):
            units[-1] += character
        else:
            units.append(character)
    return units


def _is_word(character: str) -> bool:
    return not is_cjk(character) and not character.isspace()


def _least(text: str, column: Column) -> int:
    """The cells that the text takes at least."""
    text = text.strip()
    cells = 0
    for character in text:
        cells += (column.quote_cells if character in "“”‘’" else 2) if is_cjk(character) else 1
    return cells - sum(character in _HALVES for character in text) if column.squeezes else cells


def same_text(left: str, right: str) -> bool:
    """True if the two differ in white space alone."""
    return "".join(left.split()) == "".join(right.split())


def paragraph_ends(paragraphs: Sequence[str]) -> set[int]:
    """Where each paragraph ends, in characters that are not white space."""
    ends: set[int] = set()
    position = 0
    for paragraph in paragraphs:
        position += len("".join(paragraph.split()))
        ends.add(position)
    return ends


def boundary_f1(predicted: Sequence[str], gold: Sequence[str]) -> float:
    """The F1 of paragraph ends, the section's own end included."""
    found, wanted = paragraph_ends(predicted), paragraph_ends(gold)
    return 2 * len(found & wanted) / (len(found) + len(wanted))

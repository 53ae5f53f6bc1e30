"""The column model: which wrapped lines begin a paragraph, which go on with it, which are headings.

A typesetter breaks a line where the next word or character would not fit, takes up to half the width out of CJK
punctuation, and sets the first line of a paragraph narrower by its indent. So each labelling of the lines and each
column width has a cost in nats, and the cheapest is found by the Viterbi algorithm. The column may change its width
(a picture narrows it), at a cost.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ingest.characters import ends_question, ends_sentence, ends_weakly, lead_width, squeeze, width

Label = Literal["first", "inner", "heading"]
Floats = NDArray[np.float64]
_LABELS: tuple[Label, ...] = ("first", "inner", "heading")
_FIRST, _INNER, _HEADING = range(3)

# Costs in nats, near the negative logarithms of the frequencies in newspaper columns.
_MISFITS = np.array([0.0, 0.8, 2.4, 4.4, 6.5, 8.0])
# A line may be short because the next character must not begin a line; that happens, but not often.
_SLACK_PER_CELL, _MOST_SLACK = 0.3, 0.3
_PARAGRAPH, _LAST_LINE, _ONLY_LINE = 1.0, 2.2, 2.0
_TERMINAL_INSIDE, _QUESTION_INSIDE = 3.0, 0.0
_END_WEAKLY, _END_OPEN = 4.0, 9.0
_HEADING_LINE, _HEADING_AGAIN = 5.0, 1.0
_SHIFTED, _NARROWED, _BROKEN, _NEW_COLUMN = 2.5, 2.5, 9.0, 2.5
_FORBIDDEN = 1e6

_COMMON_WIDTHS, _MAX_WIDTHS, _HEAD_LINES = 20, 44, 12
# Indents in cells that may have been lost: two Chinese characters, or none.
_INDENTS = (4, 0)
_LINES_TO_CHOOSE_INDENT = 2000


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a line beyond its widths; costs in nats.

    `fixed` is its label where that is known; `soft` if paragraphs are marked by blank lines as well; `discount` where a
    heading is expected; `unheaded_cost` where a paragraph is not expected unless a heading stands before it.
    """

    fixed: Label | None = None
    soft: bool = False
    discount: float = 0.0
    unheaded_cost: float = 0.0


@dataclass(frozen=True, slots=True)
class WrapLine:
    """What the model sees of a line; widths in cells, costs in nats."""

    narrowest: int
    natural: int
    lead: int
    indent: int
    end_cost: float
    terminal: bool
    inside_cost: float
    heading_cost: float
    fixed: Label | None
    soft: bool
    unheaded_cost: float

    @classmethod
    def of(cls, text: str, indent: int, hints: "Hints") -> "WrapLine":
        """The measures of one tidied line."""
        natural = width(text)
        terminal = ends_sentence(text)
        end_cost = 0.0 if terminal else _END_WEAKLY if ends_weakly(text) else _END_OPEN
        return cls(
            natural - squeeze(text),
            natural,
            lead_width(text),
            indent if indent >= 2 else 0,
            end_cost,
            terminal,
            _inside_cost(text, asked=hints.discount > 0.0) if terminal else 0.0,
            _heading_cost(text) - hints.discount,
            hints.fixed,
            hints.soft,
            hints.unheaded_cost,
        )


def label_wrapped(lines: Sequence[WrapLine]) -> list[Label]:
    """The cheapest labelling of the lines; the first line is never `inner`."""
    if not lines:
        return []
    widths = _candidate_widths(lines)
    sample = lines[:_LINES_TO_CHOOSE_INDENT]
    results = [_viterbi(sample, widths, indent) for indent in _INDENTS]
    best = min(range(len(_INDENTS)), key=lambda choice: results[choice][0])
    labels = results[best][1] if len(sample) == len(lines) else _viterbi(lines, widths, _INDENTS[best])[1]
    return [_LABELS[label] for label in labels]


def _inside_cost(text: str, *, asked: bool) -> float:
    """The cost of going on after a full stop at a line's end; more after a question where questions stand alone."""
    return _TERMINAL_INSIDE + (_QUESTION_INSIDE if asked and ends_question(text) else 0.0)


def _heading_cost(text: str) -> float:
    cost = _HEADING_LINE
    if ends_question(text):
        cost += 4.0
    elif ends_sentence(text) or text[-1] in "，,、；;：:":
        cost += _END_OPEN
    return cost + 6.0 * any(mark in text[:-1] for mark in "。；") + 1.5 * ("，" in text)


def _candidate_widths(lines: Sequence[WrapLine]) -> Floats:
    counts = Counter(line.natural + line.indent for line in lines if not line.terminal)
    common = [cells for cells, _ in counts.most_common()]
    head = [line.natural + indent for line in lines[:_HEAD_LINES] for indent in (0, _INDENTS[0])]
    chosen = common[:_COMMON_WIDTHS]
    for cells in (*head, *common[_COMMON_WIDTHS:]):
        if len(chosen) < _MAX_WIDTHS and all(abs(cells - other) > 1 for other in chosen):
            chosen.append(cells)
    return np.array(sorted(chosen), dtype=np.float64)


def _viterbi(lines: Sequence[WrapLine], widths: Floats, indent: int) -> tuple[float, list[int]]:
    """The cost of the cheapest path and its label for each line."""
    apart = np.abs(widths[:, None] - widths[None, :])
    inside = np.select([apart == 0, apart <= 2, apart <= 14], [0.0, _SHIFTED, _NARROWED], _BROKEN)
    across = np.where(apart == 0, 0.0, _NEW_COLUMN)
    costs = np.full((3, len(widths)), _FORBIDDEN)
    costs[_FIRST] = 0.0
    # The first line of an article is more often its title than not.
    costs[_HEADING] = lines[0].heading_cost - _HEADING_LINE
    _fix(costs, lines[0])
    back: list[tuple[NDArray[np.intp], NDArray[np.intp]]] = []
    for line, following in zip(lines[:-1], lines[1:], strict=True):
        costs, pointers = _step(costs, line, following, widths, indent, inside, across)
        back.append(pointers)
    final = np.stack([costs[label] + _end(lines[-1], label, widths, indent) for label in range(3)])
    return float(final.min()), _trace(final, back)


def _step(
    costs: Floats,
    line: WrapLine,
    following: WrapLine,
    widths: Floats,
    indent: int,
    inside: Floats,
    across: Floats,
) -> tuple[Floats, tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """The costs after the next line, and for each of its (label, width) the label and width it came from."""
    ended = np.stack([costs[label] + _end(line, label, widths, indent) for label in range(3)])
    paragraph = ended + np.array([[following.unheaded_cost], [following.unheaded_cost], [0.0]])
    going = np.stack([costs[label] + _go_on(line, following, label, widths, indent) for label in (_FIRST, _INNER)])
    columns = np.arange(len(widths))
    new = np.empty_like(costs)
    sources = []
    for label, before, change, cost in (
        (_FIRST, paragraph, across, _PARAGRAPH + 2.0 * following.soft),
        (_INNER, going, inside, 6.0 if following.indent >= 4 else 0.0),
        (_HEADING, ended, across, following.heading_cost),
    ):
        from_label = before.argmin(axis=0)
        reached = before.min(axis=0)[:, None] + change
        from_column = reached.argmin(axis=0)
        new[label] = reached[from_column, columns] + cost
        sources.append((from_label[from_column], from_column))
    _fix(new, following)
    labels, origins = zip(*sources, strict=True)
    return new, (np.stack(labels), np.stack(origins))


def _end(line: WrapLine, label: int, widths: Floats, indent: int) -> Floats:
    """The cost of a line that is its block's last, for each column width."""
    if label == _HEADING:
        return _misfit(line.narrowest - 8 - widths)
    room = widths - _lost(line, label, indent)
    cost = _LAST_LINE + line.end_cost + (_ONLY_LINE if label == _FIRST else 0.0)
    return _misfit(line.narrowest - room) + cost


def _go_on(line: WrapLine, following: WrapLine, label: int, widths: Floats, indent: int) -> Floats:
    """The cost of a line whose paragraph goes on: it must fit, and what follows must not have fitted."""
    room = widths - _lost(line, label, indent)
    under = room - (line.natural + following.lead - 1)
    slack = np.clip((room - line.natural - 1) * _SLACK_PER_CELL, 0.0, _MOST_SLACK)
    return _misfit(line.narrowest - room) + _misfit(under) + slack + line.inside_cost


def _lost(line: WrapLine, label: int, indent: int) -> int:
    if line.indent:
        return line.indent
    return indent if label == _FIRST else 0


def _misfit(excess: Floats) -> Floats:
    """The cost of being so many cells too wide or too narrow: small for one, as good as impossible for five."""
    return np.interp(excess, np.arange(len(_MISFITS)), _MISFITS)


def _fix(costs: Floats, line: WrapLine) -> None:
    if line.fixed is not None:
        for label, name in enumerate(_LABELS):
            if name != line.fixed:
                costs[label] += _FORBIDDEN


def _trace(final: Floats, back: list[tuple[NDArray[np.intp], NDArray[np.intp]]]) -> list[int]:
    label, column = (int(index) for index in np.unravel_index(final.argmin(), final.shape))
    labels = [label]
    for from_label, from_column in reversed(back):
        label, column = int(from_label[label, column]), int(from_column[label, column])
        labels.append(label)
    return labels[::-1]

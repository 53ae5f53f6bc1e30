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
Pointers = NDArray[np.uint8]
_LABELS: tuple[Label, ...] = ("first", "inner", "heading")
_FIRST, _INNER, _HEADING = range(3)

# Costs in nats. First guessed from how often such lines occur, then adjusted by hand until the default article, and
# copies of it and of encyclopaedia paragraphs set in other columns, were read well: fitted to those, not measured on
# other newspapers.
_MISFITS = np.array([0.0, 0.8, 2.4, 4.4, 6.5, 8.0])
# A line may be short because the next character must not begin a line; that happens, but not often.
_SLACK_PER_CELL, _MOST_SLACK = 0.3, 0.3
_PARAGRAPH, _LAST_LINE, _ONLY_LINE = 1.0, 2.2, 2.0
_TERMINAL_INSIDE = 3.0
_END_WEAKLY, _END_OPEN = 4.0, 9.0
_HEADING_LINE = 5.0
_SOFT, _INDENTED = 2.0, 6.0
_NARROWED, _BROKEN, _NEW_COLUMN = 2.5, 9.0, 2.5
_FORBIDDEN = 1e6

# In cells: how much a picture narrows a column, and how much wider than its column a heading in larger type may be.
_PICTURE, _HEADING_WIDER, _WIDEST_HEADING = 14, 8, 64
_COMMON_WIDTHS, _MAX_WIDTHS, _HEAD_LINES = 20, 44, 12
# Indents in cells that may have been lost: two Chinese characters, or none.
_INDENTS = (4, 0)
_LINES_TO_CHOOSE_INDENT = 2000
_BATCH = 2048


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
            _TERMINAL_INSIDE if terminal else 0.0,
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


def _heading_cost(text: str) -> float:
    cost = _HEADING_LINE
    if ends_question(text):
        cost += 4.0
    elif ends_sentence(text) or text[-1] in "，,、；;：:":
        cost += _END_OPEN
    cost += 6.0 * (width(text) > _WIDEST_HEADING) + 6.0 * any(mark in text[:-1] for mark in "。；")
    return cost + 1.5 * ("，" in text)


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
    inside = np.select([apart == 0, apart <= _PICTURE], [0.0, _NARROWED], _BROKEN)
    across = np.where(apart == 0, 0.0, _NEW_COLUMN)
    costs = np.full((3, len(widths)), _FORBIDDEN)
    # The first line of an article is more often its title than not.
    costs[_FIRST] = 0.0
    costs[_HEADING] = lines[0].heading_cost - _HEADING_LINE
    _fix(costs, lines[0])
    back: list[Pointers] = []
    for start in range(0, len(lines), _BATCH):
        batch = lines[start : start + _BATCH + 1]
        for following, end, go_on in zip(batch[1:], *_line_costs(batch, widths, indent), strict=False):
            costs, pointers = _step(costs + end, costs[:_HEADING] + go_on, following, inside, across)
            back.append(pointers)
    final = costs + _line_costs(lines[-1:], widths, indent)[0][0]
    return float(final.min()), _trace(final, back)


def _line_costs(lines: Sequence[WrapLine], widths: Floats, indent: int) -> tuple[Floats, Floats]:
    """For each line, label and column width: the cost of ending a block, and of a paragraph that goes on.

    Shapes (lines, 3, widths) and (lines, 2, widths): a line must fit; if its paragraph goes on, the next line's first
    word must not have fitted as well.
    """
    narrowest = np.array([line.narrowest for line in lines])[:, None, None]
    natural = np.array([line.natural for line in lines])[:, None, None]
    leads = np.array([*(line.lead for line in lines[1:]), 1])[:, None, None]
    lost = np.array([(line.indent, line.indent) if line.indent else (indent, 0) for line in lines])[:, :, None]
    room = widths - lost
    too_wide = _misfit(narrowest - room)
    slack = np.clip((room - natural - 1) * _SLACK_PER_CELL, 0.0, _MOST_SLACK)
    inner = np.array([line.inside_cost for line in lines])[:, None, None]
    last = np.array([line.end_cost for line in lines])[:, None, None] + np.array(
        [[_LAST_LINE + _ONLY_LINE], [_LAST_LINE]]
    )
    heading = _misfit(narrowest - _HEADING_WIDER - widths)
    return np.concatenate([too_wide + last, heading], axis=1), too_wide + _misfit(
        room - natural - leads + 1
    ) + slack + inner


def _step(ended: Floats, going: Floats, following: WrapLine, inside: Floats, across: Floats) -> tuple[Floats, Pointers]:
    """The costs at the next line, and for each of its (label, width) the label and width it came from."""
    paragraph = ended + np.array([[following.unheaded_cost], [following.unheaded_cost], [0.0]])
    columns = np.arange(ended.shape[1])
    costs = np.empty_like(ended)
    pointers = np.empty((2, *ended.shape), dtype=np.uint8)
    for label, before, change, cost in (
        (_FIRST, paragraph, across, _PARAGRAPH + _SOFT * following.soft),
        (_INNER, going, inside, _INDENTED if following.indent >= 4 else 0.0),
        (_HEADING, ended, across, following.heading_cost),
    ):
        from_label = before.argmin(axis=0)
        reached = before[from_label, columns][:, None] + change
        from_column = reached.argmin(axis=0)
        costs[label] = reached[from_column, columns] + cost
        pointers[0, label] = from_label[from_column]
        pointers[1, label] = from_column
    _fix(costs, following)
    return costs, pointers


def _misfit(excess: Floats) -> Floats:
    """The cost of being so many cells too wide or too narrow: small for one, as good as impossible for five."""
    return _MISFITS[np.clip(excess, 0, len(_MISFITS) - 1).astype(np.intp)]


def _fix(costs: Floats, line: WrapLine) -> None:
    if line.fixed is not None:
        for label, name in enumerate(_LABELS):
            if name != line.fixed:
                costs[label] += _FORBIDDEN


def _trace(final: Floats, back: list[Pointers]) -> list[int]:
    label, column = (int(index) for index in np.unravel_index(final.argmin(), final.shape))
    labels = [label]
    for pointers in reversed(back):
        label, column = int(pointers[0, label, column]), int(pointers[1, label, column])
        labels.append(label)
    return labels[::-1]

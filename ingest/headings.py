"""Headings with their questions, and which expert's turn each of them is about."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np
from scipy.optimize import linear_sum_assignment

from ingest.characters import HAN, ends_question, ends_sentence
from ingest.heading_lines import BULLET, exclaims, is_markdown_heading, looks_like_heading
from ingest.layout import Block
from ingest.lines import TracedText, join_texts

_QUESTION_WORDS = re.compile(
    r"如何|哪些|什么|什麼|怎样|怎樣|怎么|为何|為何|是否|多少|谈谈|談談|请|請|\b(?:how|what|why|which|who)\b", re.I
)
# A question that does not end in a question mark is so long at most, in characters.
_MAX_OPEN_QUESTION = 150
_MAX_QUESTION = 400
# A question of several sentences may have been taken for so many paragraphs.
_MAX_QUESTION_BLOCKS = 3
_TERM = re.compile(rf"[{HAN}]+|[^\W\d_]{{2,}}|\d+")
_MARKUP = re.compile(rf"^#{{1,6}}\s+|\s+#+$|^\*\*|\*\*$|^{BULLET}\s*")
_QUESTION_MARKUP = re.compile(r"^(?:>\s*)+|^[*_]+|[*_]+$")


@dataclass(frozen=True, slots=True)
class Item:
    """A heading and, where the article gives one, its question."""

    heading: TracedText
    question: TracedText | None

    @property
    def parts(self) -> tuple[TracedText, ...]:
        """The heading and, if there is one, the question."""
        return (self.heading,) if self.question is None else (self.heading, self.question)

    @property
    def text(self) -> str:
        """Heading and question in one text."""
        return "\n".join(part.text for part in self.parts)


def clean_heading(text: str) -> str:
    """The heading without Markdown's marks and without a bullet."""
    return _MARKUP.sub("", _MARKUP.sub("", text)).strip()


def clean_question(text: str) -> str:
    """The question without Markdown's marks of quotation and emphasis."""
    return _QUESTION_MARKUP.sub("", _QUESTION_MARKUP.sub("", text.strip())).strip()


def heading_level(text: str) -> int:
    """The level of a Markdown heading, from 1; 0 for another text."""
    marks = text.split(" ", 1)[0]
    return len(marks) if is_markdown_heading(text) else 0


def split_front(blocks: Sequence[Block], turns: int) -> tuple[tuple[Block, ...], tuple[Item, ...]]:
    """What stands before the first turn as lead and block of headings; `turns` is the number of headings to expect."""
    lead, items = _split_front(blocks, turns)
    apart = _with_headings_between(blocks[len(lead) :])
    if len(items) < turns and len(apart) > len(blocks) - len(lead):
        return _split_front((*lead, *apart), turns)
    return lead, items


def split_tail(blocks: Sequence[Block], *, headed: bool, asked: bool) -> tuple[tuple[Block, ...], Item | None]:
    """A turn's own blocks, and the heading with its question that stands at its end before the next turn.

    `headed` if most turns have a heading before them: then a question's first line may be one that was not told apart.
    `asked` if the next turn is an interviewer's question: then a short question before it is its heading.
    """
    if asked and len(blocks) > 1 and exclaims(blocks[-1].text):
        return tuple(blocks[:-1]), Item(blocks[-1].content, None)
    rest, item = _last_item(blocks, alone=False)
    if item is None and headed:
        rest, item = _last_item(_with_heading_split(blocks), alone=False)
    return (rest, item) if rest else (tuple(blocks), None)


def match_items(items: Sequence[Item], texts: Sequence[str]) -> dict[int, int]:
    """For each turn that gets one, the index of its item: the assignment of greatest total similarity.

    Similarity is the cosine of tf-idf vectors over character bigrams (whole words in alphabetic scripts).
    """
    if not items or not texts:
        return {}
    documents = [Counter(_terms(text)) for text in (*texts, *(item.text for item in items))]
    frequency = Counter(term for document in documents[: len(texts)] for term in document)
    weights = {term: log((len(texts) + 1) / count) for term, count in frequency.items()}
    vectors = [_tf_idf(document, weights) for document in documents]
    similarity = np.array([[_dot(item, turn) for turn in vectors[: len(texts)]] for item in vectors[len(texts) :]])
    rows, columns = linear_sum_assignment(similarity, maximize=True)
    return {int(column): int(row) for row, column in zip(rows, columns, strict=True)}


def _split_front(blocks: Sequence[Block], turns: int) -> tuple[tuple[Block, ...], tuple[Item, ...]]:
    items: list[Item] = []
    lead = tuple(blocks)
    while lead:
        rest, item = _last_item(lead, alone=_bare_headings(lead) == turns > 1)
        if item is None and len(items) < turns:
            rest, item = _last_item(_with_heading_split(lead), alone=False)
        if item is None or not _is_expected(item, items, turns):
            break
        items.append(item)
        lead = rest
    return lead, tuple(reversed(items))


def _is_expected(item: Item, after: Sequence[Item], turns: int) -> bool:
    """False if the item is more likely a sub-title with the lead: `after` are the items after it, the nearest last."""
    if after and is_markdown_heading(after[-1].heading.text) and not is_markdown_heading(item.heading.text):
        return False
    if item.question is None:
        return len(after) < max(turns, 1)
    return ends_question(item.question.text) or 0 < len(after) < turns


def _with_headings_between(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, a heading told apart wherever a question's end and another question stand in one block."""
    apart: list[Block] = []
    for block in blocks:
        lines = block.lines
        start = 0
        for at in range(1, len(lines) - 1):
            if at > start and ends_question(lines[at - 1]) and looks_like_heading(lines[at]) and not block.heading:
                apart.extend((block.part(start, at, heading=False), block.part(at, at + 1, heading=True)))
                start = at + 1
        apart.append(block.part(start, len(lines), heading=block.heading))
    return tuple(apart)


def _last_item(blocks: Sequence[Block], *, alone: bool) -> tuple[tuple[Block, ...], Item | None]:
    """The blocks before the item that `blocks` end in, and that item; `alone` if each heading line is an item."""
    end = _question_start(blocks)
    start = end
    while start > 0 and blocks[start - 1].heading and not (start < end and (alone or _opens(blocks, start))):
        start -= 1
    if start == end:
        return tuple(blocks), None
    heading = join_texts([block.content for block in blocks[start:end]])
    question = join_texts([block.content for block in blocks[end:]]) if end < len(blocks) else None
    return tuple(blocks[:start]), Item(heading, question)


def _opens(blocks: Sequence[Block], at: int) -> bool:
    """True if a heading begins with the one at `at`: a marked one is no part of an unmarked one before it."""
    return is_markdown_heading(blocks[at].text) and not is_markdown_heading(blocks[at - 1].text)


def _question_start(blocks: Sequence[Block]) -> int:
    """Where the question that `blocks` end in begins: after the heading before it, as few sentences as it may have."""
    end = len(blocks)
    if not blocks or blocks[-1].heading or not _is_question(blocks[-1].text):
        return end
    start = end - 1
    while start > 0 and not blocks[start - 1].heading and end - start < _MAX_QUESTION_BLOCKS:
        start -= 1
    size = sum(len(block.text) for block in blocks[start:])
    return start if start > 0 and blocks[start - 1].heading and size <= _MAX_QUESTION else end - 1


def _with_heading_split(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, a heading told apart in the last one if that ends in a question.

    The heading can only be the line after the last full stop at a line's end, or the first line.
    """
    if not blocks or blocks[-1].heading or not ends_question(blocks[-1].text):
        return tuple(blocks)
    *others, last = blocks
    lines = last.lines
    start = max(
        (at for at, line in enumerate(lines[:-1], 1) if ends_sentence(line) and not ends_question(line)), default=0
    )
    size = sum(len(line) for line in lines[start + 1 :])
    if not 0 < size <= _MAX_OPEN_QUESTION or not looks_like_heading(lines[start]):
        return tuple(blocks)
    before = (last.part(0, start, heading=False),) if start else ()
    return (
        *others,
        *before,
        last.part(start, start + 1, heading=True),
        last.part(start + 1, len(lines), heading=False),
    )


def _bare_headings(blocks: Sequence[Block]) -> int:
    count = 0
    while count < len(blocks) and blocks[-1 - count].heading:
        count += 1
    return count


def _is_question(text: str) -> bool:
    if ends_question(text):
        return len(text) <= _MAX_QUESTION
    return len(text) <= _MAX_OPEN_QUESTION and _QUESTION_WORDS.search(text) is not None


def _terms(text: str) -> list[str]:
    terms: list[str] = []
    for word in _TERM.findall(text):
        if re.match(f"[{HAN}]", word):
            terms.extend(first + second for first, second in pairwise(word))
        else:
            terms.append(word.lower())
    return terms


def _tf_idf(counts: Counter[str], weights: dict[str, float]) -> dict[str, float]:
    vector = {term: (1 + log(count)) * weights[term] for term, count in counts.items() if term in weights}
    norm = sum(weight * weight for weight in vector.values()) ** 0.5
    return {term: weight / norm for term, weight in vector.items()} if norm else {}


def _dot(left: dict[str, float], right: dict[str, float]) -> float:
    return sum(weight * right.get(term, 0.0) for term, weight in left.items())

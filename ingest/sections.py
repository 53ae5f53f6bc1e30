"""An article's text as a `Document`: title, lead, and each expert's turn under its heading and question."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from ingest.bylines import affiliation_in, find_turns
from ingest.characters import ends_question, ends_sentence
from ingest.document import Document, Section, SourceMap, Span
from ingest.errors import YinjuError
from ingest.front_matter import split_front_matter
from ingest.headings import Item, clean_heading, heading_level, match_items, split_front, split_tail
from ingest.layout import Block, TracedText, blocks_of, is_markdown_heading, read_lines
from ingest.names import is_nobody
from ingest.numbering import is_numbered
from ingest.own_line_bylines import office_in_list
from ingest.turn import Turn

# Raised when the same file gives another document: an index of the earlier one is then built anew.
READING_VERSION = 3
_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A section before its place in the text is known; `above` is what stands over its byline in the text."""

    heading: str
    question: str
    expert: str
    affiliation: str
    above: tuple[TracedText, ...]
    byline: TracedText | None
    paragraphs: tuple[TracedText, ...]

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class _Outline:
    """An article in reading order: lead, headings that belong to no section, sections."""

    lead: tuple[TracedText, ...]
    loose: tuple[TracedText, ...]
    drafts: tuple[_Draft, ...]


def document_from_text(text: str, *, source: str, sha256: str, id: str) -> Document:
    """The document that `text` reads as; raises YinjuError if it holds no more than front matter and white space."""
    titled, lines = split_front_matter(read_lines(text))
    if not lines:
        raise YinjuError(f"{source} is empty: there is no text to answer from.")
    turns = find_turns(lines)
    blocks = blocks_of(lines, {turn.first: turn.lines for turn in turns})
    # What another turn's byline has taken begins nothing.
    begun = {block.first for block in blocks}
    turns = tuple(turn for turn in turns if turn.first in begun)
    title, blocks = _split_title(blocks, turns)
    outline = _conversation(blocks, turns) if turns else _article(blocks)
    name = clean_heading(title.text) if title else titled or PurePath(source).stem or source
    return _Writer().document(title, outline, name=name, source=source, sha256=sha256, id=id)


def _split_title(blocks: tuple[Block, ...], turns: Sequence[Turn]) -> tuple[TracedText | None, tuple[Block, ...]]:
    first = blocks[0]
    if len(blocks) == 1 or not first.heading or (turns and turns[0].first == 0):
        return None, blocks
    level = heading_level(first.text)
    if level > 1 and any(heading_level(block.text) == level for block in blocks[1:] if block.heading):
        return None, blocks
    return first.content, blocks[1:]


def _conversation(blocks: Sequence[Block], turns: Sequence[Turn]) -> _Outline:
    bounds = [bisect_left(blocks, turn.first, key=lambda block: block.first) for turn in turns]
    names = {turn.name for turn in turns if turn.name and not turn.interviewer}
    front = [_as_guest(block, names) for block in blocks[: bounds[0]]]
    bodies = [tuple(blocks[start:end]) for start, end in zip(bounds, (*bounds[1:], len(blocks)), strict=True)]
    experts = sum(not turn.interviewer for turn in turns)
    lead, items = split_front(front, experts)
    bodies, own = _own_items(bodies, items)
    spare = items[:-1] if own[0] is not None else items
    drafts = _drafts(turns, bodies, own)
    if not spare:
        drafts = _sharing(drafts)
    drafts, loose = _with_matched(drafts, spare)
    lead_texts = [block.text for block in lead]
    known = {draft.expert: draft.affiliation for draft in reversed(drafts) if draft.affiliation}
    drafts = [
        draft
        if draft.affiliation or not draft.expert
        else replace(draft, affiliation=known.get(draft.expert) or affiliation_in(lead_texts, draft.expert))
        for draft in drafts
    ]
    return _Outline(tuple(block.content for block in lead), loose, tuple(drafts))


def _as_guest(block: Block, names: Collection[str]) -> Block:
    """The block, no heading if it is a line of a list of guests, those called `names`."""
    listed = block.heading and any(office_in_list(block.text, name) for name in names)
    return replace(block, heading=False) if listed else block


def _own_items(
    bodies: Sequence[tuple[Block, ...]], items: Sequence[Item]
) -> tuple[list[tuple[Block, ...]], list[Item | None]]:
    """The turns' blocks without the next turn's heading, and each turn's heading that stands directly before it.

    Where a block of headings stands at the front, only a majority of turns with a heading before them says that those
    are more than sub-headings of the turn they end.
    """
    found = sum(split_tail(body, headed=len(items) == 1)[1] is not None for body in bodies[:-1])
    headed = 2 * found >= len(bodies) - 1
    inline = found > 0 and (len(items) < 2 or headed)
    first = items[-1] if items and (inline or len(items) == 1) else None
    if not inline:
        return list(bodies), [first, *(None for _ in bodies[1:])]
    split = [split_tail(body, headed=headed) for body in bodies[:-1]]
    return [*(body for body, _ in split), bodies[-1]], [first, *(item for _, item in split)]


def _drafts(turns: Sequence[Turn], bodies: Sequence[tuple[Block, ...]], own: Sequence[Item | None]) -> list[_Draft]:
    """One draft for each turn, an interviewer's turn being the question of the turn after it."""
    drafts: list[_Draft] = []
    item: Item | None = None
    asked: list[TracedText] = []
    question = ""
    for turn, body, own_item in zip(turns, bodies, own, strict=True):
        if own_item is not None and item is not None:
            asked.extend(item.parts)
        item = own_item or item
        if turn.interviewer and turn is not turns[-1]:
            asked.extend(block.content for block in body)
            question = _asked(turn, body)
            continue
        draft = _draft(turn, body, item)
        if asked:
            draft = replace(draft, question=question or draft.question, above=(*draft.above, *asked))
        drafts.append(draft)
        item, asked, question = None, [], ""
    return drafts


def _sharing(drafts: Sequence[_Draft]) -> list[_Draft]:
    """The drafts, an expert who speaks after another one under the same heading, or on the same question, given it too.

    A single heading is not known to stand over those who follow.
    """
    several = sum(bool(draft.heading) for draft in drafts) > 1
    shared: list[_Draft] = []
    for draft in drafts:
        if shared and draft.expert and not draft.heading and not draft.question:
            heading = shared[-1].heading if several else ""
            shared.append(replace(draft, heading=heading, question=shared[-1].question))
        else:
            shared.append(draft)
    return shared


def _asked(turn: Turn, body: Sequence[Block]) -> str:
    texts = [body[0].text[turn.length :].strip(), *(block.text for block in body[1:])]
    texts = [text.strip("*_ ") for text in texts]
    questions = [text for text in texts if ends_question(text)]
    return questions[-1] if questions else " ".join(text for text in texts if text)


def _draft(turn: Turn, body: Sequence[Block], item: Item | None) -> _Draft:
    opening = body[0].content
    byline = opening.cut(0, turn.length) if turn.length else None
    rest = opening.cut(turn.length, len(opening.text))
    paragraphs = tuple(block.content for block in body[1:])
    name = "" if is_nobody(turn.name) else turn.name
    if body[0].heading:
        draft = _Draft(clean_heading(rest.text), "", name, turn.affiliation, (), opening, paragraphs)
    else:
        own = (rest, *paragraphs) if rest.text else paragraphs
        draft = _Draft("", "", name, turn.affiliation, (), byline, own)
    return _under(draft, item) if item else draft


def _under(draft: _Draft, item: Item) -> _Draft:
    question = item.question.text if item.question else draft.question
    return replace(
        draft, heading=clean_heading(item.heading.text), question=question, above=(*item.parts, *draft.above)
    )


def _with_matched(drafts: list[_Draft], items: Sequence[Item]) -> tuple[list[_Draft], tuple[TracedText, ...]]:
    """The drafts with the items that match them best, and the texts of the items that are left over."""
    without = [index for index, draft in enumerate(drafts) if not draft.heading]
    chosen = match_items(items, [drafts[index].text for index in without])
    for turn, item in chosen.items():
        drafts[without[turn]] = _under(drafts[without[turn]], items[item])
    left = [item for index, item in enumerate(items) if index not in chosen.values()]
    loose = tuple(part for item in left for part in item.parts)
    return drafts, loose


def _article(blocks: Sequence[Block]) -> _Outline:
    """An article that is no conversation: one section a heading, or one for all."""
    heads = _section_headings(blocks)
    if not heads:
        return _Outline((), (), (_Draft("", "", "", "", (), None, tuple(block.content for block in blocks)),))
    lead = tuple(block.content for block in blocks[: heads[0]])
    drafts: list[_Draft] = []
    above: tuple[TracedText, ...] = ()
    for start, end in zip(heads, (*heads[1:], len(blocks)), strict=True):
        above = (*above, blocks[start].content)
        paragraphs = tuple(block.content for block in blocks[start + 1 : end])
        if paragraphs:
            drafts.append(_Draft(clean_heading(blocks[start].text), "", "", "", above, None, paragraphs))
            above = ()
    return _Outline(lead, above, tuple(drafts))


def _section_headings(blocks: Sequence[Block]) -> list[int]:
    """The blocks that are headings beyond doubt: marked or numbered as such, or several over a longer paragraph."""
    sure = [index for index, block in enumerate(blocks) if block.heading and is_markdown_heading(block.text)]
    if sure:
        return sure if sure[0] + 1 < len(blocks) else []
    plain = [index for index, block in enumerate(blocks[:-1]) if block.heading and _heads(block, blocks[index + 1])]
    numbered = [index for index in plain if is_numbered(blocks[index].text)]
    return numbered or (plain if len(plain) > 1 else [])


def _heads(heading: Block, following: Block) -> bool:
    longer = len(following.text) > 2 * len(heading.text)
    return not following.heading and longer and ends_sentence(following.text)


class _Writer:
    """Lays paragraphs one after the other and keeps where each came from."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._offsets: list[int] = []
        self._lines: list[int] = []

    def document(
        self, title: TracedText | None, outline: _Outline, *, name: str, source: str, sha256: str, id: str
    ) -> Document:
        """The document with everything in its place."""
        if title:
            self._write(title)
        lead = [self._write(content) for content in outline.lead]
        for loose in outline.loose:
            self._write(loose)
        sections = tuple(self._section(number, draft) for number, draft in enumerate(outline.drafts, start=1))
        text = "".join(self._parts)
        lead_span = Span(lead[0].start, lead[-1].end) if lead else None
        return Document(
            id=id,
            title=name,
            lead=lead_span.of(text) if lead_span else "",
            lead_span=lead_span,
            text=text,
            sections=sections,
            source=source,
            sha256=sha256,
            source_map=SourceMap(tuple(self._offsets), tuple(self._lines)),
        )

    def _section(self, number: int, draft: _Draft) -> Section:
        for content in draft.above:
            self._write(content)
        if draft.byline:
            self._write(draft.byline)
        paragraphs = tuple(self._write(content) for content in draft.paragraphs)
        span = Span(paragraphs[0].start, paragraphs[-1].end) if paragraphs else Span(self._length, self._length)
        return Section(f"s{number}", draft.heading, draft.question, draft.expert, draft.affiliation, span, paragraphs)

    def _write(self, content: TracedText) -> Span:
        if self._parts:
            self._parts.append(_BREAK)
            self._length += len(_BREAK)
        start = self._length
        self._parts.append(content.text)
        self._length += len(content.text)
        self._offsets.extend(start + offset for offset in content.offsets)
        self._lines.extend(content.lines)
        return Span(start, self._length)

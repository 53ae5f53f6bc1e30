"""An article's text as a `Document`: title, lead, and each expert's turn under its heading and question."""

from bisect import bisect_left
from collections.abc import Sequence
from pathlib import PurePath

from ingest.bylines import find_turns
from ingest.conversation import outline_of_conversation
from ingest.document import Document, Section, SourceMap, Span
from ingest.errors import YinjuError
from ingest.front_matter import split_front_matter
from ingest.furniture import MOST_RUBRICS, is_rubric
from ingest.heading_lines import exclaims
from ingest.headings import clean_heading, heading_level
from ingest.layout import Block, blocks_of
from ingest.lines import TracedText, read_lines
from ingest.outline import Draft, Outline
from ingest.plain_article import outline_of_article
from ingest.turn import Turn

# Raised when the same file gives another document: an index of the earlier one is then built anew.
READING_VERSION = 5
_BREAK = "\n\n"


def document_from_text(text: str, *, source: str, sha256: str, id: str) -> Document:
    """The document that `text` reads as; raises YinjuError if it holds no more than front matter and white space."""
    titled, lines = split_front_matter(read_lines(text))
    if not lines:
        raise YinjuError(f"{source} is empty: there is no text to answer from.")
    turns = find_turns(lines)
    headed = {turn.first for turn in turns if turn.titled}
    blocks = blocks_of(lines, {turn.first: turn.lines for turn in turns}, headed)
    # What another turn's byline has taken begins nothing.
    begun = {block.first for block in blocks}
    turns = tuple(turn for turn in turns if turn.first in begun)
    title, blocks = _split_title(blocks, turns)
    outline = outline_of_conversation(blocks, turns) if turns else outline_of_article(blocks)
    name = clean_heading(title.text) if title else titled or PurePath(source).stem or source
    return _Writer().document(title, outline, name=name, source=source, sha256=sha256, id=id)


def _split_title(blocks: tuple[Block, ...], turns: Sequence[Turn]) -> tuple[TracedText | None, tuple[Block, ...]]:
    if len(blocks) == 1 or (turns and turns[0].first == 0):
        return None, blocks
    begun = bisect_left(blocks, turns[0].first, key=lambda block: block.first) if turns else len(blocks) - 1
    place = next((at for at, block in enumerate(blocks[:begun]) if not is_rubric(block.text)), 0)
    if 0 < place <= MOST_RUBRICS and (blocks[place].heading or exclaims(blocks[place].text)):
        return blocks[place].content, (*blocks[:place], *blocks[place + 1 :])
    first = blocks[0]
    if not first.heading:
        return None, blocks
    level = heading_level(first.text)
    if level > 1 and any(heading_level(block.text) == level for block in blocks[1:] if block.heading):
        return None, blocks
    return first.content, blocks[1:]


class _Writer:
    """Lays paragraphs one after the other and keeps where each came from."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._offsets: list[int] = []
        self._lines: list[int] = []

    def document(
        self, title: TracedText | None, outline: Outline, *, name: str, source: str, sha256: str, id: str
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

    def _section(self, number: int, draft: Draft) -> Section:
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

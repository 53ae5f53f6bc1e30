"""An article that is no conversation: one section a heading, or one for all."""

from collections.abc import Sequence

from ingest.characters import ends_sentence
from ingest.heading_lines import is_markdown_heading
from ingest.headings import clean_heading
from ingest.layout import Block
from ingest.lines import TracedText
from ingest.numbering import is_numbered
from ingest.outline import Draft, Outline
from ingest.signatures import signed


def outline_of_article(blocks: Sequence[Block]) -> Outline:
    """An article that is no conversation: one section a heading, or one for all."""
    heads = _section_headings(blocks)
    if not heads:
        return Outline((), (), (Draft("", "", "", "", (), None, tuple(block.content for block in blocks)),))
    lead = tuple(block.content for block in blocks[: heads[0]])
    drafts: list[Draft] = []
    above: tuple[TracedText, ...] = ()
    for start, end in zip(heads, (*heads[1:], len(blocks)), strict=True):
        above = (*above, blocks[start].content)
        paragraphs = tuple(block.content for block in blocks[start + 1 : end])
        if paragraphs:
            drafts.append(Draft(clean_heading(blocks[start].text), "", "", "", above, None, paragraphs))
            above = ()
    return Outline(lead, above, tuple(signed(drafts)))


def _section_headings(blocks: Sequence[Block]) -> list[int]:
    """The blocks that are headings beyond doubt: marked or numbered as such, or several over a longer paragraph."""
    sure = [index for index, block in enumerate(blocks) if block.heading and is_markdown_heading(block.text)]
    if sure:
        return sure if sure[0] + 1 < len(blocks) else []
    plain = [index for index, block in enumerate(blocks[:-1]) if block.heading and _heads(block, blocks[index + 1])]
    if len(plain) < 2:
        return plain if plain and is_numbered(blocks[plain[0]].text) else []
    # Over a name or a sub-heading the section's own heading may stand.
    plain = sorted({*plain, *(at - 1 for at in plain if at and blocks[at - 1].heading and at - 2 not in plain)})
    numbered = [index for index in plain if is_numbered(blocks[index].text)]
    return numbered or plain


def _heads(heading: Block, following: Block) -> bool:
    longer = len(following.text) > 2 * len(heading.text)
    return not following.heading and longer and ends_sentence(following.text)

"""A conversation: each speaker's turn with its heading, its question and who speaks."""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace

from ingest.characters import ends_question
from ingest.furniture import is_rubric
from ingest.headings import Item, clean_heading, clean_question, match_items, split_front, split_tail
from ingest.layout import Block
from ingest.lines import TracedText, join_texts
from ingest.names import is_interviewer, is_nobody, without_han_spaces
from ingest.offices import affiliation_in, is_office
from ingest.outline import Draft, Outline
from ingest.turn import Turn

_BRACKETED = re.compile(r"[\[［（(](.{2,80})[\]］）)]")


def outline_of_conversation(blocks: Sequence[Block], turns: Sequence[Turn]) -> Outline:
    """The outline of the article whose `turns` begin at some of its `blocks`; there is at least one turn."""
    bounds = [bisect_left(blocks, turn.first, key=lambda block: block.first) for turn in turns]
    names = {turn.name for turn in turns if turn.name and not turn.interviewer}
    front = [_as_guest(block, names) for block in blocks[: bounds[0]]]
    bodies = [tuple(blocks[start:end]) for start, end in zip(bounds, (*bounds[1:], len(blocks)), strict=True)]
    experts = sum(not turn.interviewer for turn in turns)
    # Where the turns have headings before them, the front holds that of the first one alone.
    lead, items = split_front(front, 1 if _are_headed(turns, bodies) else experts)
    bodies, own = _own_items(turns, bodies, items)
    spare = items[:-1] if own[0] is not None else items
    drafts = _drafts(turns, bodies, own)
    if not spare:
        drafts = _sharing(drafts)
    drafts, loose = _with_matched([_with_office_below(draft) for draft in drafts], spare)
    notes = [paragraph.text for draft in drafts if not draft.expert for paragraph in draft.paragraphs]
    listed = [text for block in lead for text in (block.text, *block.lines)] + notes
    known = {draft.expert: draft.affiliation for draft in reversed(drafts) if draft.affiliation}
    drafts = [
        draft
        if draft.affiliation or not draft.expert
        else replace(draft, affiliation=known.get(draft.expert) or affiliation_in(listed, draft.expert))
        for draft in drafts
    ]
    return Outline(tuple(block.content for block in lead), loose, tuple(drafts))


def _as_guest(block: Block, names: Collection[str]) -> Block:
    """The block, no heading if it is a line of a list of guests, those called `names`, or over the title."""
    if not block.heading:
        return block
    bare = without_han_spaces(block.text)
    listed = any(name in bare and is_office(bare.replace(name, " ")) for name in names)
    credit = is_interviewer(re.split("[：:]", bare, maxsplit=1)[0]) and bare[-1] not in "”’」』"
    return replace(block, heading=False) if listed or credit or is_rubric(block.text) else block


def _are_headed(turns: Sequence[Turn], bodies: Sequence[tuple[Block, ...]], *, open_first: bool = False) -> bool:
    """True if most turns have a heading before them; where an interviewer asks, most of the questions after answers.

    `open_first` if a question's first line may be a heading that was not told apart.
    """
    after = [index for index, turn in enumerate(turns[:-1]) if not turn.interviewer]
    asked = {index for index in after if turns[index + 1].interviewer}
    tails = {index: split_tail(bodies[index], headed=open_first, asked=index in asked)[1] for index in after}
    headed = {index for index in after if tails[index] is not None}
    if not headed:
        return False
    return 2 * len(headed) >= len(after) or (len(asked) > 1 and 2 * len(headed & asked) >= len(asked))


def _own_items(
    turns: Sequence[Turn], bodies: Sequence[tuple[Block, ...]], items: Sequence[Item]
) -> tuple[list[tuple[Block, ...]], list[Item | None]]:
    """The turns' blocks without the next turn's heading, and each turn's heading that stands directly before it.

    Where a block of headings stands at the front, only a majority of turns with a heading before them says that those
    are more than sub-headings of the turn they end.
    """
    found = any(split_tail(body, headed=len(items) == 1, asked=False)[1] is not None for body in bodies[:-1])
    headed = _are_headed(turns, bodies, open_first=len(items) == 1)
    inline = found and (len(items) < 2 or headed)
    first = items[-1] if items and (inline or len(items) == 1) else None
    if not inline:
        return list(bodies), [first, *(None for _ in bodies[1:])]
    asked = [headed and turn.interviewer for turn in turns[1:]]
    split = [split_tail(body, headed=headed, asked=ask) for body, ask in zip(bodies[:-1], asked, strict=True)]
    # A heading that would leave a speaker nothing but the byline is a short answer.
    split = [
        (rest, item) if sum(len(block.text) for block in rest) > turn.length else (tuple(body), None)
        for turn, body, (rest, item) in zip(turns, bodies, split, strict=False)
    ]
    return [*(body for body, _ in split), bodies[-1]], [first, *(item for _, item in split)]


def _drafts(turns: Sequence[Turn], bodies: Sequence[tuple[Block, ...]], own: Sequence[Item | None]) -> list[Draft]:
    """One draft for each turn, an interviewer's turn being the question of the turn after it."""
    drafts: list[Draft] = []
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


def _sharing(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, an expert who speaks after another one under the same heading, or on the same question, given it too.

    A single heading is not known to stand over those who follow.
    """
    several = sum(bool(draft.heading) for draft in drafts) > 1
    shared: list[Draft] = []
    for draft in drafts:
        if shared and draft.expert and not draft.heading:
            heading = shared[-1].heading if several else ""
            shared.append(replace(draft, heading=heading, question=draft.question or shared[-1].question))
        else:
            shared.append(draft)
    return shared


def _asked(turn: Turn, body: Sequence[Block]) -> str:
    texts = [body[0].text[turn.length :].strip(), *(block.text for block in body[1:])]
    texts = [clean_question(text) for text in texts]
    questions = [text for text in texts if ends_question(text)]
    return questions[-1] if questions else " ".join(text for text in texts if text)


def _draft(turn: Turn, body: Sequence[Block], item: Item | None) -> Draft:
    opening = body[0].content
    byline = opening.cut(0, turn.length) if turn.length else None
    rest = opening.cut(turn.length, len(opening.text))
    paragraphs = tuple(block.content for block in body[1:])
    name = "" if is_nobody(turn.name) else turn.name
    if body[0].heading:
        draft = Draft(clean_heading(rest.text), "", name, turn.affiliation, (), opening, paragraphs)
    elif not rest.text and len(paragraphs) > 1 and _is_emphasised_question(paragraphs[0].text):
        question, *said = paragraphs
        draft = Draft("", clean_question(question.text), name, turn.affiliation, (question,), byline, tuple(said))
    else:
        own = (rest, *paragraphs) if rest.text else paragraphs
        draft = Draft("", "", name, turn.affiliation, (), byline, own)
    return _under(draft, item) if item else draft


def _with_office_below(draft: Draft) -> Draft:
    """The draft with the office that stands in brackets on the line under its byline."""
    if draft.affiliation or not draft.expert or draft.byline is None or len(draft.paragraphs) < 2:
        return draft
    found = _BRACKETED.fullmatch(draft.paragraphs[0].text)
    if found is None or not is_office(found[1]):
        return draft
    byline = join_texts([draft.byline, draft.paragraphs[0]])
    return replace(draft, affiliation=without_han_spaces(found[1]), byline=byline, paragraphs=draft.paragraphs[1:])


def _is_emphasised_question(text: str) -> bool:
    return text[0] in "*_" and text[-1] in "*_" and ends_question(text)


def _under(draft: Draft, item: Item) -> Draft:
    question = clean_question(item.question.text) if item.question else draft.question
    return replace(
        draft, heading=clean_heading(item.heading.text), question=question, above=(*item.parts, *draft.above)
    )


def _with_matched(drafts: list[Draft], items: Sequence[Item]) -> tuple[list[Draft], tuple[TracedText, ...]]:
    """The drafts with the items that match them best, and the texts of the items that are left over."""
    without = [index for index, draft in enumerate(drafts) if not draft.heading]
    chosen = match_items(items, [drafts[index].text for index in without])
    for turn, item in chosen.items():
        drafts[without[turn]] = _under(drafts[without[turn]], items[item])
    left = [item for index, item in enumerate(items) if index not in chosen.values()]
    loose = tuple(part for item in left for part in item.parts)
    return drafts, loose

"""Who speaks where: the bylines that begin an expert's or an interviewer's turn."""

import re
from collections.abc import Collection, Sequence

from ingest.asides import find_asides
from ingest.cast import with_full_names
from ingest.characters import closing_bracket, has_han
from ingest.labels import dialogue, labelled_turn, with_askers
from ingest.lines import Line, in_code, join_lines
from ingest.names import (
    MAX_NAME,
    clean_name,
    is_chinese_name,
    is_interviewer,
    is_name,
    is_nobody,
    is_sure_name,
    without_han_spaces,
)
from ingest.offices import is_office
from ingest.own_line_bylines import own_line_turns
from ingest.titled_bylines import titled_turns, with_answerers
from ingest.turn import Turn, length_of_marks, may_begin

# A byline is broken over so many lines at most, and an affiliation is so long at most, in characters.
_BYLINE_LINES = 6
_MAX_AFFILIATION = 160
# In a list of guests each has so many characters at most beside name and office.
_GUEST_TEXT = 60

_NAME_HEAD = re.compile(r"[^\W\d_][^（(：:，,。；;！!？?“”\"《》【】\[\]、/=]{0,47}")
_COLON = re.compile(r"[*_]{0,3} ?[：:][*_]{0,3}")
# `**Ann Lee, professor of law:** We found…`
_BOLD = re.compile(
    r"(?P<mark>\*\*|__)(?P<name>[^，,：:*_]{2,48})[，,]\s?(?P<office>[^：:*_]{2,160})"
    r"(?:[：:] ?(?P=mark)|(?P=mark) ?[：:])"
)
_RUN_IN = re.compile(r"(?P<mark>\*\*|__)(?P<name>[^*_]{2,48})(?P=mark) (?=\S)")
_DATE = re.compile(r"[\d\s年月日号./—–-]+$|\d{2,4}\s*年")


def find_turns(lines: Sequence[Line]) -> tuple[Turn, ...]:
    """The turns that begin at the start of a line, in order; empty for an article that is no conversation."""
    affiliated: list[Turn] = []
    labelled: list[Turn] = []
    taken = in_code(lines)
    for index in range(len(lines)):
        if index in taken:
            continue
        if (turn := _affiliated_turn(lines, index) or _bold_turn(lines, index)) is not None:
            affiliated.append(turn)
            taken.update(range(index, index + turn.lines))
        elif (turn := labelled_turn(lines, index)) is not None:
            labelled.append(turn)
    titled = [] if affiliated else titled_turns(lines)
    labelled = [turn for turn in labelled if turn.first not in {head.first for head in titled}]
    affiliated = affiliated or _without_guests(lines, own_line_turns(lines), labelled)
    begun = {turn.first for turn in affiliated}
    labelled = with_askers(lines, [turn for turn in labelled if turn.first not in begun], affiliated)
    known = {turn.name for turn in affiliated}
    titled = with_full_names(lines, titled, known)
    if titled and not affiliated and not any(is_nobody(turn.name) for turn in labelled):
        affiliated = titled
    spoken = dialogue(lines, with_full_names(lines, with_answerers(labelled, titled), known), known)
    turns = sorted((*affiliated, *spoken, *_run_in_turns(lines, known, taken | begun)), key=lambda turn: turn.first)
    return tuple(sorted((*turns, *find_asides(lines, turns)), key=lambda turn: turn.first))


def _without_guests(lines: Sequence[Line], turns: Sequence[Turn], labelled: Sequence[Turn]) -> list[Turn]:
    """None of `turns` if they are a list of guests, with little text, above what labels begin: there they speak."""
    if not turns or len({turn.name for turn in labelled}) < 2 or turns[-1].first > labelled[0].first:
        return list(turns)
    said = sum(len(line.text) for line in lines[turns[0].first : labelled[0].first])
    return [] if said - sum(turn.length for turn in turns) < _GUEST_TEXT * len(turns) else list(turns)


def _run_in_turns(lines: Sequence[Line], known: Collection[str], taken: Collection[int]) -> list[Turn]:
    """The turns of people who are `known` from a byline and later named in bold only: `**Ann Lee** We found…`."""
    found = ((index, _RUN_IN.match(line.text)) for index, line in enumerate(lines) if index not in taken)
    return [
        Turn(index, 1, match.end(), name, "", interviewer=False)
        for index, match in found
        if match is not None and (name := clean_name(match["name"])) in known
    ]


def _affiliated_turn(lines: Sequence[Line], index: int) -> Turn | None:
    lead = length_of_marks(lines[index].text)
    head = _NAME_HEAD.match(lines[index].text, lead)
    if head is None or not may_begin(lines, index, strong=is_sure_name(head.group())):
        return None
    text = join_lines(lines[index : index + _BYLINE_LINES]).text[: MAX_NAME + _MAX_AFFILIATION + lead + 8]
    head = _NAME_HEAD.match(text, lead)
    if head is None or not is_name(head.group()) or head.end() > len(lines[index].text) + 1:
        return None
    if text[head.end() : head.end() + 1] not in ("（", "("):
        return None
    close = closing_bracket(text, head.end(), _MAX_AFFILIATION)
    if close < 0:
        return None
    affiliation = without_han_spaces(text[head.end() + 1 : close])
    colon = _COLON.match(text, close + 1)
    if colon is None or not _is_affiliation(affiliation):
        return None
    name = clean_name(head.group())
    # `应用学习（Applied Learning）：` glosses a term.
    if is_chinese_name(name) and not has_han(affiliation):
        return None
    interviewer = is_interviewer(name)
    return Turn(index, _lines_of(lines, index, colon.end()), colon.end(), name, affiliation, interviewer)


def _bold_turn(lines: Sequence[Line], index: int) -> Turn | None:
    found = _BOLD.match(lines[index].text)
    if found is None or not is_sure_name(found["name"]) or not is_name(found["name"]) or not is_office(found["office"]):
        return None
    return Turn(index, 1, found.end(), clean_name(found["name"]), found["office"].strip(), interviewer=False)


def _is_affiliation(text: str) -> bool:
    letters = sum(character.isalpha() for character in text)
    if letters < 2 or _DATE.match(text) is not None:
        return False
    unquoted = re.sub(r"“[^”]*”|《[^》]*》|\"[^\"]*\"", "", text)
    return not any(mark in unquoted for mark in "。！？!?；")


def _lines_of(lines: Sequence[Line], index: int, length: int) -> int:
    count = 1
    while len(join_lines(lines[index : index + count]).text) < length:
        count += 1
    return count

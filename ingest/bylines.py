"""Who speaks where: the bylines that begin an expert's or an interviewer's turn."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.characters import ends_question, ends_sentence, has_han
from ingest.headings import heading_level
from ingest.layout import Line, in_code, is_markdown_heading, join_lines, looks_like_heading
from ingest.names import (
    MAX_NAME,
    clean_name,
    is_answerer,
    is_chinese_name,
    is_interviewer,
    is_name,
    is_sure_name,
    without_han_spaces,
)
from ingest.own_line_bylines import is_credited_office, is_office, office_in_list, own_line_turns
from ingest.turn import Turn

# A byline is broken over so many lines at most, and an affiliation is so long at most, in characters.
_BYLINE_LINES = 6
_MAX_AFFILIATION = 160
# So many lines and characters a note at the article's end has at most.
_NOTE_LINES, _LONGEST_NOTE = 6, 400
# A label is so long at most, in characters.
_LONGEST_LABEL = 28
# A dialogue whose speakers are named without affiliation has turns of at least so many characters on average.
_MIN_DIALOGUE_TURN = 60

_NAME_HEAD = re.compile(r"[^\W\d_][^（(：:，,。；;！!？?“”\"《》【】\[\]、/=]{0,47}")
_LEAD = re.compile(r"(?:#{1,6}\s+)?[*_]{0,3}")
_COLON = re.compile(r"[*_]{0,3} ?[：:][*_]{0,3}")
# `**Ann Lee, professor of law:** We found…`
_BOLD = re.compile(
    r"(?P<mark>\*\*|__)(?P<name>[^，,：:*_]{2,48})[，,]\s?(?P<office>[^：:*_]{2,160})"
    r"(?:[：:] ?(?P=mark)|(?P=mark) ?[：:])"
)
# `本刊编辑 李明`, `王鹏，《财经》记者`.
_CREDIT_PARTS = re.compile(r"[ ,，、|/]+")
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
        elif (turn := _labelled_turn(lines, index)) is not None:
            labelled.append(turn)
    affiliated = affiliated or own_line_turns(lines)
    consistent = _consistent(lines, labelled, {turn.name for turn in affiliated})
    turns = sorted((*affiliated, *consistent), key=lambda turn: turn.first)
    others = (*_interludes(lines, turns), *_closing_note(lines, turns))
    return tuple(sorted((*turns, *others), key=lambda turn: turn.first))


def affiliation_in(lines: Sequence[str], name: str) -> str:
    """The affiliation that one of `lines`, as of a list of guests, gives to the person called `name`; else empty.

    It stands in brackets after the name, or with the name on a line of their own.
    """
    for found in (found for text in lines for found in re.finditer(rf"{re.escape(name)}\s*[（(].*", text)):
        opening = re.search("[（(]", found.group())
        close = _closing(found.group(), opening.start()) if opening else -1
        if opening and close > 0:
            return without_han_spaces(found.group()[opening.end() : close])
    return next((office for text in lines if (office := office_in_list(text, name))), "")


def _interludes(lines: Sequence[Line], turns: Sequence[Turn]) -> list[Turn]:
    """What stands under Markdown headings that are no one's, where those who speak have headings as high.

    Else an editor's afterword would be the last speaker's.
    """
    heads = [place for turn in turns for place in (turn.first, turn.first - 1) if _is_heading(lines, place)]
    if not turns or len(heads) < len(turns):
        return []
    level = max(heading_level(lines[place].text) for place in heads)
    # A byline that is broken over lines may have taken one for its own.
    taken = in_code(lines).union(*(range(turn.first, turn.first + turn.lines) for turn in turns))
    return [
        Turn(place + 1, 0, 0, "", "", interviewer=False)
        for place in range(turns[0].first + 1, len(lines) - 1)
        if place not in heads
        and place not in taken
        and 0 < heading_level(lines[place].text) <= level
        and not _is_heading(lines, place + 1)
    ]


def _closing_note(lines: Sequence[Line], turns: Sequence[Turn]) -> list[Turn]:
    """The bracketed note that the article ends with (`（本文由记者整理）`), which is no speaker's."""
    last = len(lines) - 1
    if not turns or last in in_code(lines):
        return []
    for place in range(last, max(turns[-1].first + turns[-1].lines, last - _NOTE_LINES) - 1, -1):
        text = join_lines(lines[place:]).text.strip("*_ ")
        if text.startswith(("（", "(")):
            closed = _closing(text, 0, _LONGEST_NOTE) == len(text) - 1
            return [Turn(place, 0, 0, "", "", interviewer=False)] if closed else []
    return []


def _is_heading(lines: Sequence[Line], place: int) -> bool:
    return 0 <= place < len(lines) and is_markdown_heading(lines[place].text)


def _affiliated_turn(lines: Sequence[Line], index: int) -> Turn | None:
    lead = _lead(lines[index].text)
    head = _NAME_HEAD.match(lines[index].text, lead)
    if head is None or not _may_start(lines, index, strong=is_sure_name(head.group())):
        return None
    text = join_lines(lines[index : index + _BYLINE_LINES]).text[: MAX_NAME + _MAX_AFFILIATION + lead + 8]
    head = _NAME_HEAD.match(text, lead)
    if head is None or not is_name(head.group()) or head.end() > len(lines[index].text) + 1:
        return None
    if text[head.end() : head.end() + 1] not in ("（", "("):
        return None
    close = _closing(text, head.end())
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


def _labelled_turn(lines: Sequence[Line], index: int) -> Turn | None:
    text = lines[index].text
    colon = min((place for mark in "：:" if (place := text.find(mark, 0, _LONGEST_LABEL)) > 0), default=0)
    if colon == 0 or text[colon + 1 : colon + 3] == "//" or text[colon + 1 : colon + 2].isdigit():
        return None
    label = text[_lead(text) : colon].strip("*_ ")
    interviewer = is_interviewer(clean_name(label))
    if not interviewer and not is_answerer(label) and not is_name(label):
        return None
    if _is_credit(label, text[colon + 1 :].strip()) or not _may_start(lines, index, strong=interviewer):
        return None
    marked = _COLON.match(text, colon)
    return Turn(index, 1, marked.end() if marked else colon + 1, clean_name(label), "", interviewer)


def _lead(text: str) -> int:
    """How many characters of Markdown's marks of headings and emphasis `text` begins with."""
    marks = _LEAD.match(text)
    return marks.end() if marks else 0


def _is_credit(label: str, rest: str) -> bool:
    """True for `主持人：本刊编辑 李明` and `嘉宾：陈刚（北京大学教授）`, which name people and say nothing."""
    if not is_interviewer(clean_name(label)) and not is_answerer(label):
        return False
    if ends_sentence(rest):
        return False
    head = _NAME_HEAD.match(rest)
    if head is not None and is_name(head.group()) and (head.end() == len(rest) or rest[head.end()] in "（("):
        return True
    parts = [part for part in _CREDIT_PARTS.split(rest) if part]
    named = [is_name(part) and is_sure_name(part) for part in parts]
    return any(named) and all(name or is_credited_office(part) for part, name in zip(parts, named, strict=True))


def _consistent(lines: Sequence[Line], turns: list[Turn], known: set[str]) -> list[Turn]:
    """The turns without affiliation that are a dialogue: speakers known from before, or an exchange of long turns."""
    if known:
        return [turn for turn in turns if turn.name in known or turn.interviewer]
    counts = Counter(turn.name for turn in turns)
    asked = any(turn.interviewer for turn in turns)
    turns = [
        turn
        for turn in turns
        if turn.interviewer or is_answerer(turn.name) or is_sure_name(turn.name) or counts[turn.name] > 1
    ]
    if len(turns) < 2 or len({turn.name for turn in turns}) < 2:
        return []
    size = sum(len(line.text) for line in lines[turns[0].first :])
    if asked or (size >= _MIN_DIALOGUE_TURN * len(turns) and size >= sum(len(line.text) for line in lines) / 2):
        return turns
    return []


def _may_start(lines: Sequence[Line], index: int, *, strong: bool) -> bool:
    """True if a turn may begin at this line: after a paragraph's end or a heading, or with a surname."""
    if index == 0:
        return True
    before = lines[index - 1].text.rstrip("*_") or "*"
    if ends_sentence(before) or ends_question(before) or before[-1] in "）)：:":
        return True
    # A label before the colon: a credit, not a line that breaks off.
    labelled = 0 < before.find("：") < _LONGEST_LABEL
    return looks_like_heading(before) and (strong or before.startswith("#") or index == 1 or labelled)


def _is_affiliation(text: str) -> bool:
    letters = sum(character.isalpha() for character in text)
    if letters < 2 or _DATE.match(text) is not None:
        return False
    unquoted = re.sub(r"“[^”]*”|《[^》]*》|\"[^\"]*\"", "", text)
    return not any(mark in unquoted for mark in "。！？!?；")


def _closing(text: str, opening: int, most: int = _MAX_AFFILIATION) -> int:
    """Where the bracket that opens at `opening` is closed; -1 if it is not within `most` characters."""
    depth = 0
    for place in range(opening, min(len(text), opening + most)):
        if text[place] in "（(":
            depth += 1
        elif text[place] in "）)":
            depth -= 1
            if depth == 0:
                return place
    return -1


def _lines_of(lines: Sequence[Line], index: int, length: int) -> int:
    count = 1
    while len(join_lines(lines[index : index + count]).text) < length:
        count += 1
    return count

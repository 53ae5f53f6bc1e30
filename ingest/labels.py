"""Turns that begin with a label and a colon, `问：` or `陈刚：`, and which of them are a dialogue."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from ingest.cast import front_of, is_titled_name
from ingest.characters import ends_question, ends_sentence
from ingest.lines import Line, join_lines
from ingest.names import clean_name, is_answerer, is_interviewer, is_name, is_sure_name, without_padding
from ingest.offices import LIST_NUMBER, is_credited_office, office_and_name, office_in_list
from ingest.own_line_bylines import person_in
from ingest.turn import LONGEST_LABEL, Turn, length_of_marks, may_begin

# A label that names an office as well is so long at most, in characters.
_LONGEST_OFFICE = 48
# A dialogue whose speakers are named without affiliation has turns of at least so many characters on average.
_MIN_DIALOGUE_TURN = 60
# A question is so long at most, in characters and in lines.
_MAX_QUESTION, _MAX_QUESTION_LINES = 400, 12

_AFTER = re.compile(r"[：:][*_]{0,3}")
_NAMED = re.compile(r"[^\W\d_][^（(：:，,。；;！!？?“”\"《》【】\[\]、/=]{0,47}")
# `本刊编辑 李明`, `王鹏，《财经》记者`.
# Who asks, on a line at the front: `主持人：市文旅局副局长 丁小满`, `Chair: Nora Whitlock, editor`.
_MODERATOR = re.compile(
    r"(?:主持人?|司仪|司儀|司会者?|Chair|Moderator|Host|Moderation|Modération|Modera)\b ?[：: ]", re.IGNORECASE
)
_BRACKETS = re.compile(r"【(?P<name>[^】]{1,8})】 ?(?=\S)")
# In a transcript: `00:01:42 彭立新`.
_TIMED = re.compile(
    r"[\[［(（]?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?[\]］)）]? (?P<name>[^\s\d，。,.]{2,12}(?: [^\s\d，。,.]{2,12})?)"
)
# `文：`, `图：` say who wrote and drew.
_CREDITED = "文图圖注表按编編译譯"
_CREDIT_PARTS = re.compile(r"[ ,，、|/]+")


def labelled_turn(lines: Sequence[Line], index: int) -> Turn | None:
    """The turn that a label at the line's start begins: `陈刚：`, `北京大学教授陈刚：`, `【陈】`; None if none does."""
    text = lines[index].text
    if index > 0 and (marked := _BRACKETS.match(text) or _TIMED.fullmatch(text)) is not None:
        name = clean_name(marked["name"])
        plausible = is_name(name) or _is_surname(name)
        return Turn(index, 1, marked.end(), name, "", is_interviewer(name)) if plausible else None
    colon = min((place for mark in "：:" if (place := text.find(mark, 0, _LONGEST_OFFICE)) > 0), default=0)
    if colon == 0 or text[colon + 1 : colon + 3] == "//" or text[colon + 1 : colon + 2].isdigit():
        return None
    label = text[length_of_marks(text) : colon].strip("*_ ")
    name, office = clean_name(label), ""
    interviewer = is_interviewer(name)
    if colon >= LONGEST_LABEL or not (interviewer or is_answerer(label) or is_name(label) or _is_label(name)):
        if (both := office_and_name(label)) is None:
            return None
        office, name = both
    if _is_credit(lines, index, label, text[colon + 1 :].strip()):
        return None
    if not may_begin(lines, index, strong=interviewer or office != "" or ends_question(text)):
        return None
    marked = _AFTER.match(text, colon)
    return Turn(index, 1, marked.end() if marked else colon + 1, name, office, interviewer)


def with_askers(lines: Sequence[Line], turns: Sequence[Turn], others: Sequence[Turn]) -> list[Turn]:
    """`turns`, those as an interviewer's whose label stands before questions alone, as `光明智库：` may.

    `others` are the turns that begin in other ways.
    """
    ends = [*sorted(turn.first for turn in (*turns, *others)), len(lines)]
    following = dict(zip(ends, ends[1:], strict=False))
    counts = Counter(turn.name for turn in turns)
    said = Counter(turn.name for turn in turns if not _asks(lines[turn.first : following[turn.first]], turn.length))
    known = {turn.name for turn in others}
    moderators = [line.text for line in lines[: ends[0]] if _MODERATOR.match(line.text)]

    def asks(turn: Turn) -> bool:
        if turn.affiliation or turn.name in known:
            return False
        return (counts[turn.name] > 1 and not said[turn.name]) or any(turn.name in text for text in moderators)

    return [replace(turn, interviewer=True) if asks(turn) else turn for turn in turns]


def dialogue(lines: Sequence[Line], turns: Sequence[Turn], known: Collection[str]) -> list[Turn]:
    """Those of `turns` that are a dialogue: of speakers `known` from elsewhere, or an exchange of long turns."""
    if known and turns:
        front = without_padding(" ".join(front_of(lines, turns)))
        known = {*known, *(turn.name for turn in turns if is_sure_name(turn.name) and turn.name in front)}
        return [turn for turn in turns if turn.name in known or turn.interviewer or turn.affiliation]
    turns = [turn for turn in turns if len(turn.name) > 1 or is_answerer(turn.name) or turn.interviewer]
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
        return list(turns)
    return []


def _is_label(name: str) -> bool:
    return is_titled_name(name) or _is_surname(name)


def _is_surname(name: str) -> bool:
    """True for one character that is a surname: who is meant must be named in full before."""
    return len(name) == 1 and name not in _CREDITED and is_sure_name(name * 2)


def names_person(text: str) -> bool:
    """True if the line does nothing but name a person with an office, perhaps as one of a numbered list."""
    bare = LIST_NUMBER.sub("", text)
    return person_in(bare) is not None or any(
        office_in_list(bare, name) for name in bare.split(" ") if is_sure_name(name) and is_name(name)
    )


def _asks(lines: Sequence[Line], length: int) -> bool:
    """True if `lines`, after a label of `length` characters, are a question and no more."""
    if len(lines) > _MAX_QUESTION_LINES:
        return False
    text = join_lines(lines).text
    return length < len(text) <= _MAX_QUESTION and ends_question(text.rstrip("*_ "))


def _is_credit(lines: Sequence[Line], index: int, label: str, rest: str) -> bool:
    """True for `主持人：本刊编辑 李明` and `嘉宾：陈刚（北京大学教授）`, which name people and say nothing."""
    if not rest:
        return index + 1 < len(lines) and names_person(lines[index + 1].text)
    if not is_interviewer(clean_name(label)) and not is_answerer(label):
        return False
    if ends_sentence(rest):
        return False
    head = _NAMED.match(rest)
    if head is not None and is_name(head.group()) and (head.end() == len(rest) or rest[head.end()] in "（("):
        return True
    parts = [part for part in _CREDIT_PARTS.split(rest) if part]
    named = [is_name(part) and is_sure_name(part) for part in parts]
    return any(named) and all(name or is_credited_office(part) for part, name in zip(parts, named, strict=True))

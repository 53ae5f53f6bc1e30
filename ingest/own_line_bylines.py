"""Bylines that have a line to themselves: `陈刚（北京大学教授）`, `**Ann Lee**, professor`, `## 陈刚（教授）`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.characters import HAN, ends_sentence
from ingest.layout import Line, in_code, is_markdown_heading, join_lines
from ingest.names import clean_name, is_interviewer, is_name, is_sure_name, without_han_spaces
from ingest.turn import Turn

# A byline is broken over so many lines at most, and is so long at most, in characters.
_MAX_LINES = 4
_MAX_LENGTH = 220
# What such a byline stands over has so many characters on average; less is a list of people.
_MIN_TURN = 30

_MARKS = re.compile(r"^#{1,6}\s+|[*_]{1,3}")
# What may stand between a name and an office, besides nothing before a quotation mark.
_LINKS = " ,，:：|—–-"
_EMPHASIS = re.compile(r"^(?:#{1,6}\s|[*_])")
_BRACKETED = re.compile(r"(?P<name>[^（）()，,：:。！？!?]{2,48}?)\s*[（(](?P<office>.{2,160})[）)]")
_COMMA = re.compile(r"(?P<name>[^（）()，,：:。！？!?|—–]{2,48}?)\s*(?:[，,|]|[—–]{1,2}|\s-\s)\s*(?P<office>.{2,160})")
_NAME_FIRST = re.compile(rf"(?P<name>[{HAN}] ?[{HAN}]{{1,3}}) (?P<office>[^ ，。]{{4,60}})")
_NAME_LAST = re.compile(rf"(?P<office>[^ ，。]{{4,60}}) (?P<name>[{HAN}] ?[{HAN}]{{1,3}})")
_FORMS = (_BRACKETED, _NAME_FIRST, _NAME_LAST)
# How the name of an office or of an institution ends in Chinese and Japanese; a word of one elsewhere.
_OFFICE = re.compile(
    r"[长長授任员員理裁监監事记記士问問家师師表席人者官编編学學院所司团團会會心委部局社行厂廠村]$|"
    r"\b(?:prof|professor|lecturer|dean|rector|fellow|head|chief|chair|chairman|chairwoman|chairperson|president|"
    r"director|officer|manager|minister|secretary|governor|mayor|senator|founder|co-founder|partner|owner|"
    r"researcher|scientist|analyst|economist|engineer|architect|lawyer|judge|doctor|physician|adviser|advisor|"
    r"consultant|expert|specialist|representative|spokesman|spokeswoman|spokesperson|commissioner|coordinator|ceo|cfo|"
    r"cto|coo|university|universität|université|universidad|college|institute|school|academy|ministry|department|"
    r"bank|company|group|agency|association|union|council|foundation|centre|center|commission|committee|society)\b|"
    r"교수|대표|소장|원장|위원|연구원|회장|사장|대학교|professeur|directeur|directrice|profesora?|directora?",
    re.IGNORECASE,
)
_WRITER = re.compile(r"记者|記者|编辑|編輯|通讯员|通訊員|摄影|攝影|reporter|correspondent|editor|photo", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Byline:
    first: int
    lines: int
    length: int
    name: str
    office: str


def own_line_turns(lines: Sequence[Line]) -> list[Turn]:
    """The turns under bylines of their own, in order; empty unless two people speak, each at some length."""
    coded = in_code(lines)
    found: list[_Byline] = []
    for index in range(len(lines)):
        if index not in coded and (byline := _byline(lines, index)) is not None:
            found.append(byline)
    starts = {byline.first for byline in found}
    speaking = [byline for byline in found if _has_text(lines, byline.first + byline.lines, starts)]
    if len({byline.name for byline in speaking}) < 2:
        return []
    said = sum(len(line.text) for line in lines[speaking[0].first :]) - sum(byline.length for byline in speaking)
    if said < _MIN_TURN * len(speaking):
        return []
    return [
        Turn(byline.first, byline.lines, byline.length, byline.name, byline.office, interviewer=False)
        for byline in speaking
    ]


def is_office(text: str) -> bool:
    """True if `text` names what someone is or works for, other than who wrote the article down."""
    return _OFFICE.search(text) is not None and _WRITER.search(text) is None


def is_credited_office(text: str) -> bool:
    """True if `text` names what someone is or works for, who wrote the article down included."""
    return _OFFICE.search(text) is not None or _WRITER.search(text) is not None


def office_in_list(text: str, name: str) -> str:
    """The office that `text`, a line of a list of guests, gives to the person called `name`; empty if it gives none.

    It stands after the name or before it: `陈刚　北京大学教授`, `北京大学教授 陈刚`.
    """
    bare = _MARKS.sub("", text).strip("-•●·* ")
    if ends_sentence(bare) or name not in bare or len(bare) > _MAX_LENGTH:
        return ""
    before, after = bare.split(name, 1)
    rest = without_han_spaces((after if not before.strip() else before if not after.strip() else "").strip(_LINKS))
    return rest if is_office(rest) else ""


def _byline(lines: Sequence[Line], index: int) -> _Byline | None:
    """The byline that begins with this line, and ends with it or with the line that closes its bracket."""
    for count in range(1, _MAX_LINES + 1):
        text = join_lines(lines[index : index + count]).text
        if len(text) > _MAX_LENGTH:
            return None
        if (person := _person(text)) is not None:
            return _Byline(index, count, len(text), *person)
        if not text.count("（") + text.count("(") > text.count("）") + text.count(")"):
            return None
    return None


def _person(text: str) -> tuple[str, str] | None:
    """Name and office of the one person that the whole of `text` names."""
    if ends_sentence(text):
        return None
    bare = _MARKS.sub("", text).strip()
    # Without a mark of emphasis `Berlin, the capital` is a line like any other.
    forms = (*_FORMS, _COMMA) if _EMPHASIS.match(text) else _FORMS
    for form in forms:
        found = form.fullmatch(bare)
        if found is None:
            continue
        name, office = clean_name(found["name"]), without_han_spaces(found["office"])
        if is_name(name) and is_sure_name(name) and not is_interviewer(name) and is_office(office):
            return name, office
    return None


def _has_text(lines: Sequence[Line], index: int, starts: set[int]) -> bool:
    return index < len(lines) and index not in starts and not is_markdown_heading(lines[index].text)

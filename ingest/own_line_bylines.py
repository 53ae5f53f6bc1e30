"""Bylines that have a line to themselves: `陈刚（北京大学教授）`, `**Ann Lee**, professor`, `## 陈刚（教授）`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.characters import HAN, ends_sentence
from ingest.heading_lines import BULLET, is_markdown_heading
from ingest.lines import Line, in_code, join_lines
from ingest.names import clean_name, is_interviewer, is_name, is_sure_name, without_han_spaces
from ingest.offices import has_institution, is_office, office_and_name
from ingest.turn import Turn

# A byline is broken over so many lines at most, and is so long at most, in characters.
_MAX_LINES = 4
_MAX_LENGTH = 220
# What such a byline stands over has so many characters on average; less is a list of people.
_MIN_TURN = 30

_MARKS = re.compile(r"^#{1,6}\s+|[*_]{1,3}")
# What may stand before the name: a bullet, a dash, what the person does for the article.
_BEFORE = re.compile(
    rf"^(?:{BULLET}\s*)?(?:[—–-]{{1,2}}\s*)?(?:By\s+|(?:作者|撰文|文|受访者|受訪者|嘉宾|嘉賓|专家|專家)\s*[：:／/|]\s*)?"
)
_EMPHASIS = re.compile(r"^(?:#{1,6}\s|[*_])")
_BRACKETED = re.compile(r"(?P<name>[^（）()，,：:。！？!?]{2,48}?)\s*[（(](?P<office>.{2,160})[）)]")
_COMMA = re.compile(r"(?P<name>[^（）()，,：:。！？!?|—–]{2,48}?)\s*(?:[，,|]|[—–]{1,2}|\s-\s)\s*(?P<office>.{2,160})")
_HAN_PERSON = rf"(?:[{HAN}] ?[{HAN}]{{1,3}}|[{HAN}\-]{{1,8}}(?:·[{HAN}\-]{{1,8}}){{1,3}})"
_NAME_FIRST = re.compile(rf"(?P<name>{_HAN_PERSON}) (?P<office>[^ 。]{{4,60}})")
_NAME_LAST = re.compile(rf"(?P<office>[^。]{{4,60}}) (?P<name>{_HAN_PERSON})")
# `育种专家（省农科院 研究员 邵恩泽）`: what the person is for the article, then office and name.
_IN_ROLE = re.compile(rf"[{HAN}]{{2,12}} ?[（(](?P<office>[^（()）]{{4,60}}) (?P<name>{_HAN_PERSON})[)）]")
# `Ann Lee, professor of law`, but neither `Berlin, the capital` nor `Ten Years Later, a company town`.
_CAPITALISED = (
    r"(?:[A-ZÀ-ÖØ-Þ][^\W\d_'’-]*\.? ?|[A-ZÀ-ÖØ-Þ][^\W\d_]*['’-]|(?:d[aeou]s?|del|de la|van|von|der|al|bin|y) )"
)
_TWO_NAMES = re.compile(rf"(?P<name>{_CAPITALISED}{{2,6}}?)(?:,| /| \|) (?P<office>(?!(?:a|an|the) )\D{{2,160}})")
_HAN_COMMA = re.compile(rf"(?P<name>[{HAN}]{{2,4}})\s*(?:[，,|｜]|[—–]{{1,2}}|\s-\s)\s*(?P<office>[^。；;]{{2,100}})")
_IN_BRACKETS = re.compile(rf"【(?P<name>[{HAN}]{{2,4}})】\s*(?P<office>.{{2,160}})")
_ALL_BRACKETED = re.compile(r"[（(\[［]([^（）()]{3,100})[）)\]］]")
_FORMS = (_IN_ROLE, _BRACKETED, _NAME_FIRST, _NAME_LAST, _HAN_COMMA, _IN_BRACKETS, _TWO_NAMES)


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
        if index in coded or _is_signature(lines, index):
            continue
        if (byline := _byline(lines, index)) is not None:
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


def person_in(text: str) -> tuple[str, str] | None:
    """Name and office of the one person that the whole of `text` names; None if it is anything else."""
    if ends_sentence(text):
        return None
    bare = _bare(text)
    forms = (*_FORMS, _COMMA) if _EMPHASIS.match(text) else _FORMS
    for form in forms:
        found = form.fullmatch(bare)
        if found is None:
            continue
        name, office = clean_name(found["name"]), without_han_spaces(found["office"])
        if is_name(name) and is_sure_name(name) and not is_interviewer(name) and is_office(office):
            return name, office
    both = office_and_name(bare)
    return None if both is None else (both[1], both[0])


def _is_signature(lines: Sequence[Line], index: int) -> bool:
    """True for a line such as `— Ann Lee` after a sentence: it names who has spoken, not who speaks next."""
    return index > 0 and lines[index].text[0] in "—–" and ends_sentence(lines[index - 1].text)


def _byline(lines: Sequence[Line], index: int) -> _Byline | None:
    """The byline that begins with this line, and ends with it, the line that closes its bracket, or a second line."""
    for count in range(1, _MAX_LINES + 1):
        text = join_lines(lines[index : index + count]).text
        if len(text) > _MAX_LENGTH:
            return None
        if (person := person_in(text)) is not None:
            return _Byline(index, count, len(text), *person)
        if not text.count("（") + text.count("(") > text.count("）") + text.count(")"):
            break
    if index + 1 == len(lines):
        return None
    text = join_lines(lines[index : index + 2]).text
    if (person := _person_over_brackets(lines[index].text, lines[index + 1].text)) is not None:
        return _Byline(index, 2, len(text), *person)
    if not _apart(lines, index, 2):
        return None
    person = _person_on_two_lines(lines[index].text, lines[index + 1].text, text)
    return None if person is None else _Byline(index, 2, len(text), *person)


def _person_over_brackets(first: str, second: str) -> tuple[str, str] | None:
    """Name and office where the office stands in brackets under the name: `陈刚` over `（北京大学教授）`."""
    name, inside = clean_name(_bare(first)), _ALL_BRACKETED.fullmatch(second)
    if inside is None or not (is_sure_name(name) and is_name(name) and is_office(inside[1])):
        return None
    return name, without_han_spaces(inside[1])


def _person_on_two_lines(first: str, second: str, joined: str) -> tuple[str, str] | None:
    """Name and office where a name stands over its office, or an office is broken before its end."""
    name, office = clean_name(_bare(first)), _bare(second)
    if is_sure_name(name) and is_name(name) and is_office(office) and not ends_sentence(office):
        return name, without_han_spaces(office)
    return person_in(joined) if has_institution(first) else None


def _apart(lines: Sequence[Line], index: int, count: int) -> bool:
    """True if `count` lines from `index` on stand together, blank lines or an indent around them."""
    before, *others = lines[index : index + count]
    end = index + count
    if len(others) < count - 1 or any(line.gap > 0 for line in others):
        return False
    return (index == 0 or before.gap > 0) and (end == len(lines) or lines[end].gap > 0 or lines[end].indent > 0)


def _bare(text: str) -> str:
    return _BEFORE.sub("", _MARKS.sub("", text).strip()).strip()


def _has_text(lines: Sequence[Line], index: int, starts: set[int]) -> bool:
    return index < len(lines) and index not in starts and not is_markdown_heading(lines[index].text)

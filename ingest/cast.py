"""Whom a short label means: `林教授`, `凯勒`, `正方`, `Hackforth`, where the article names each in full before."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from ingest.characters import HAN
from ingest.lines import Line
from ingest.names import is_chinese_name, is_name, is_sure_name, without_padding
from ingest.offices import TITLE, is_office
from ingest.turn import Turn

# How a name may go on in a sentence that introduces it.
_AFTER = f"(?![{HAN}·])|(?=[对對与與和及等就围圍共分将將则則在])"
_TITLED = re.compile(rf"(?P<surname>[{HAN}]{{1,2}}?)(?P<title>{TITLE})(?P<given>[{HAN}]{{0,2}})")
_LAST_TITLE = re.compile(rf"^.*{TITLE}")
_BEFORE_NAME = re.compile(rf"(?:[^\w·]|{TITLE})$")
_LONGEST_TITLE = 8
# People are introduced in so many lines at most, each in so many characters.
_FRONT_LINES, _FRONT_CHARACTERS = 80, 1000
_ROLE = re.compile(rf"[{HAN}]{{2,4}}")
_PERSON = re.compile(
    rf"(?P<name>[{HAN}]{{2,4}}|[{HAN}\-]{{1,8}}(?:·[{HAN}\-]{{1,8}}){{1,3}})(?: ?[/／|｜,，（(] ?|$)(?P<office>[^）)]*)"
)
_WORD = r"[A-Z][\w'’.\-]*"


def is_titled_name(label: str) -> bool:
    """True for a surname with a title, the given name perhaps after it: `林教授`, `葉理事長清泉`."""
    return _TITLED.fullmatch(label) is not None


def with_full_names(lines: Sequence[Line], turns: Sequence[Turn], known: Collection[str]) -> list[Turn]:
    """`turns`, each whose label is short for one person with that person's full name.

    Who that is stands among the names `known` or in the lines before the first turn. A label that may mean two people,
    or that is no one's, stays.
    """
    if not turns:
        return []
    front = front_of(lines, turns)
    labels = {turn.name for turn in turns if not turn.interviewer and turn.name not in known}
    meant = {label: _meant_by(label, front, known) for label in labels}
    return [_as(turn, *meant[turn.name]) if turn.name in meant and not turn.interviewer else turn for turn in turns]


def front_of(lines: Sequence[Line], turns: Sequence[Turn]) -> tuple[str, ...]:
    """The texts of the first lines before the first turn, as far as an article introduces people there."""
    return tuple(line.text[:_FRONT_CHARACTERS] for line in lines[: min(turns[0].first, _FRONT_LINES)])


def _as(turn: Turn, name: str, office: str) -> Turn:
    return replace(turn, name=name, affiliation=turn.affiliation or office)


def _meant_by(label: str, front: Sequence[str], known: Collection[str]) -> tuple[str, str]:
    """Name and office of whom `label` means; the label itself and no office where that is not told."""
    if (person := _in_role(label, front)) is not None:
        return person
    titled = _TITLED.fullmatch(label)
    if titled is not None and titled["given"]:
        return titled["surname"] + titled["given"], ""
    front = [without_padding(text) for text in front]
    if titled is None and (is_sure_name(label) and len(label) > 1 and not _is_part(label, front, known)):
        return label, ""
    short = titled["surname"] if titled else label
    found = {name for name in known if _is_short_for(short, name)} or _introduced(short, front)
    return (found.pop() if len(found) == 1 else label), ""


def _in_role(label: str, front: Sequence[str]) -> tuple[str, str] | None:
    """Name and office of the one person that a line such as `正方　康以宁 / 某大学教授` gives the role `label`."""
    if not _ROLE.fullmatch(label):
        return None
    rest = [text[len(label) :].strip(" ：:") for text in front if re.match(rf"{re.escape(label)}[ ：:]", text)]
    found = _PERSON.match(without_padding(rest[0])) if len(rest) == 1 else None
    if found is None or not is_name(found["name"]) or (found["office"] and not is_office(found["office"])):
        return None
    return found["name"], found["office"].strip()


def _is_part(label: str, front: Sequence[str], known: Collection[str]) -> bool:
    """True if `label`, itself like a name, is a part of a longer one: `凯勒` of `马丁·凯勒`, `钟离` of `钟离朔`."""
    quoted = re.escape(label)
    dotted, alone = re.compile(rf"[{HAN}\-]·{quoted}(?![{HAN}])"), re.compile(rf"{quoted}(?![{HAN}])")
    if any(dotted.search(text) for text in (*front, *known)):
        return True
    longer = re.compile(rf"{quoted}[{HAN}]{{1,3}}(?![{HAN}])")
    return not any(alone.search(text) for text in front) and any(
        is_name(found.group()) and _begins_name(text, found.start())
        for text in front
        for found in longer.finditer(text)
    )


def _is_short_for(short: str, name: str) -> bool:
    if short == name:
        return False
    if is_chinese_name(name):
        return name.startswith(short) and len(name) - len(short) in (1, 2)
    return re.search(rf"[ ·]{re.escape(short)}$", name, re.IGNORECASE) is not None


def _introduced(short: str, front: Sequence[str]) -> set[str]:
    """The full names in `front` that `short` may stand for."""
    quoted = re.escape(short)
    if is_chinese_name(short) or (len(short) == 1 and is_chinese_name(short * 2)):
        full = re.compile(rf"{quoted}[{HAN}]{{1,3}}?(?:{_AFTER})|[{HAN}\-·]{{1,16}}·{quoted}(?![{HAN}])")
    else:
        full = re.compile(rf"(?:{_WORD} ){{1,3}}{quoted}\b")
    return {
        _LAST_TITLE.sub("", found.group()) if "·" in found.group() else found.group()
        for text in front
        for found in full.finditer(text)
        if "·" in found.group() or _begins_name(text, found.start())
    }


def _begins_name(text: str, start: int) -> bool:
    """True if a name may begin at `start`: at a word's beginning or, in Chinese, after a title."""
    before = text[max(0, start - _LONGEST_TITLE) : start]
    return not before or _BEFORE_NAME.search(before) is not None

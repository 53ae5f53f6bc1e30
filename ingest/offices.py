"""Offices and institutions: which texts name one, and which one a text gives to a person."""

import re
from collections.abc import Sequence

from ingest.characters import closing_bracket, ends_sentence
from ingest.names import is_name, is_sure_name, without_han_spaces

# A line of a list of guests, and an affiliation, have so many characters at most; an office before a name at least.
_MAX_LINE, _MAX_AFFILIATION, _SHORTEST_OFFICE = 220, 160, 4

# What may stand between a name and an office, besides nothing before a quotation mark.
_LINKS = " ,，:：|—–-"
_CLAUSE_END = re.compile("[，,；;。]")
_MARKS = re.compile(r"^#{1,6}\s+|[*_]{1,3}")
# How the name of an office or of an institution ends in Chinese and Japanese; a word of one elsewhere.
_OFFICE = re.compile(
    r"[长長授任员員理裁监監事记記士问問家师師表席人者官编編学學院所司团團会會心委部局社行厂廠村]$|"
    r"\b(?:prof|professor|lecturer|dean|rector|fellow|head|chief|chair|chairman|chairwoman|chairperson|president|"
    r"director|officer|manager|minister|secretary|governor|mayor|senator|founder|co-founder|partner|owner|"
    r"researcher|scientist|analyst|economist|engineer|architect|lawyer|judge|doctor|physician|adviser|advisor|"
    r"consultant|expert|specialist|representative|spokesman|spokeswoman|spokesperson|commissioner|coordinator|ceo|cfo|"
    r"cto|coo|university|universität|université|universidad|college|institute|school|academy|ministry|department|"
    r"bank|company|group|agency|association|union|council|foundation|centre|center|commission|committee|society|"
    r"observatory|laboratory|museum|hospital|trust|authority|bureau|office|network|cooperative|farmer|fisher|fisherman|"
    r"skipper|captain|pilot|teacher|nurse|surgeon|curator|author|historian|lead|strategist|journalist|planner|"
    r"\w+(?:olog|onom|ic|graph|log)(?:ist|er)|\w+ician)s?\b|"
    r"교수|대표|소장|원장|위원|연구원|회장|사장|대학교|professeur|directeur|directrice|profesora?|directora?",
    re.IGNORECASE,
)
# What an office that is broken over two lines has in its first; a heading over a byline has not.
_INSTITUTION = re.compile(
    "大学|大學|学院|學院|研究[院所中]|中心|公司|集团|集團|协会|協會|委员会|委員會|学会|學會|医院|醫院"
)
# How an office ends before the name of who holds it, without a space between the two.
_ENDS_IN_OFFICE = re.compile(
    "(?:[长長授员員裁监監师師席]|主任|书记|書記|院士|博士|代表|[理董监監干幹]事|专家|專家|创始人|創辦人|负责人)$"
)
_WRITER = re.compile(r"记者|記者|编辑|編輯|通讯员|通訊員|摄影|攝影|reporter|correspondent|editor|photo", re.IGNORECASE)


def is_office(text: str) -> bool:
    """True if `text` names what someone is or works for, other than who wrote the article down."""
    return _OFFICE.search(text) is not None and _WRITER.search(text) is None


def is_credited_office(text: str) -> bool:
    """True if `text` names what someone is or works for, who wrote the article down included."""
    return _OFFICE.search(text) is not None or _WRITER.search(text) is not None


def office_in_list(text: str, name: str) -> str:
    """The office that `text`, a line of a list of guests, gives to the person called `name`; empty if it gives none.

    It stands after the name or before it: `陈刚　北京大学教授`, `北京大学教授 陈刚`. What else is said of someone whose
    name comes first follows after a comma.
    """
    bare = _MARKS.sub("", text).strip("-•●·* ")
    if name not in bare or len(bare) > _MAX_LINE:
        return ""
    before, after = bare.split(name, 1)
    if ends_sentence(bare):
        if before.strip() or after[:1] not in _LINKS:
            return ""
        after = _CLAUSE_END.split(after.strip(_LINKS), maxsplit=1)[0]
    rest = without_han_spaces((after if not before.strip() else before if not after.strip() else "").strip(_LINKS))
    return rest if is_office(rest) else ""


def affiliation_in(lines: Sequence[str], name: str) -> str:
    """The affiliation that one of `lines`, as of a list of guests, gives to the person called `name`; else empty.

    It stands in brackets after the name, after `系`, after a comma up to a semicolon, or with the name on a line of
    their own.
    """
    for found in (found for text in lines for found in re.finditer(rf"{re.escape(name)}\s*[（(].*", text)):
        opening = re.search("[（(]", found.group())
        close = closing_bracket(found.group(), opening.start(), _MAX_AFFILIATION) if opening else -1
        if opening and close > 0:
            return without_han_spaces(found.group()[opening.end() : close])
    said = re.compile(rf"{re.escape(name)}(?:[，,]?系([^，,；;。（）]+)|, ([^;:.]+)(?:;|\.?$))")
    for found in (found for text in lines for found in said.finditer(text)):
        office = (found[1] or found[2]).strip()
        if is_office(office):
            return without_han_spaces(office)
    return next((office for text in lines if (office := office_in_list(text, name))), "")


def has_institution(text: str) -> bool:
    """True if `text` holds what institutions are called in Chinese, a university, a centre, a company."""
    return _INSTITUTION.search(text) is not None


def office_and_name(text: str) -> tuple[str, str] | None:
    """Office and name where `text` is both in one, as `某大学教授陈刚`; None if it is anything else."""
    for length in (3, 2, 4):
        office, name = text[:-length], text[-length:]
        if len(office) >= _SHORTEST_OFFICE and is_sure_name(name) and is_name(name) and _ENDS_IN_OFFICE.search(office):
            return office, name
    return None

"""Offices and institutions: which texts name one, and which one a text gives to a person."""

import re
from collections.abc import Sequence

from ingest.characters import HAN, closing_bracket, ends_sentence, has_han
from ingest.names import is_name, is_sure_name, without_han_spaces

# A line of a list of guests, and an affiliation, have so many characters at most; an office before a name at least.
_MAX_LINE, _MAX_AFFILIATION, _SHORTEST_OFFICE = 220, 160, 4

# What may stand between a name and an office, besides nothing before a quotation mark.
_LINKS = " ,，:：|—–-"
LIST_NUMBER = re.compile(r"^\d{1,2} ?[.、．)）] ?")
_CLAUSE_END = re.compile("[，,；;。]")
_MARKS = re.compile(r"^#{1,6}\s+|[*_]{1,3}")
# How the name of an office or of an institution ends in Chinese and Japanese; a word of one elsewhere.
_OFFICE = re.compile(
    r"[长長授任员員理裁监監事记記士问問家师師表席人者官编編学學院所司团團会會心委部局社行厂廠村](?=$|[，,、；;（(])|"
    r"\b(?:prof|professor|lecturer|dean|rector|fellow|head|chief|chair|chairman|chairwoman|chairperson|president|"
    r"director|officer|manager|minister|secretary|governor|mayor|senator|founder|co-founder|partner|owner|"
    r"researcher|scientist|analyst|economist|engineer|architect|lawyer|judge|doctor|physician|adviser|advisor|"
    r"consultant|expert|specialist|representative|spokesman|spokeswoman|spokesperson|commissioner|coordinator|ceo|cfo|"
    r"cto|coo|university|universität|université|universidad|college|institute|school|academy|ministry|department|"
    r"bank|company|group|agency|association|union|council|foundation|centre|center|commission|committee|society|"
    r"observatory|laboratory|museum|hospital|trust|authority|bureau|office|network|cooperative|farmer|fisher|fisherman|"
    r"skipper|captain|pilot|teacher|nurse|surgeon|curator|author|historian|lead|organiser|organizer|campaigner|activist|strategist|journalist|planner|"
    r"\w+(?:olog|onom|ic|graph|log)(?:ist|er)|\w+ician)s?\b|"
    r"교수|대표|소장|원장|위원|연구원|회장|사장|대학교|부군수|이사|"
    r"\b(?:vice-)?(?:professeur|direct(?:eur|rice|ora?)\b|profesora?\b|catedrátic|présidente?\b|president[ae]\b|économiste|"
    r"porte-parole|chercheu|maire\b|député|investigador|portavoz|alcald|ministr|secretari|"
    r"präsident|leiter|vorsitzende|direktor|sprecher|geschäftsführer|forscher|diretor|pesquisador|direttor|ricercator|docente\b|"
    r"профессор|директор|президент|председатель|руководитель|депутат|сотрудник|министр|эксперт)",
    re.IGNORECASE,
)
# What an office that is broken over two lines has in its first; a heading over a byline has not.
_INSTITUTION = re.compile(
    "大学|大學|学院|學院|研究[院所中]|中心|公司|集团|集團|协会|協會|委员会|委員會|学会|學會|医院|醫院"
)
# What follows a surname, or stands before a name, to say what someone is.
TITLE = (
    "(?:[副总總代首常])?(?:教授|讲师|講師|院长|院長|校长|校長|主任|所长|所長|会长|會長|理事长|理事長|秘书长|秘書長|董事长|董事長|执行长|執行長|"
    "局长|局長|处长|處長|署长|署長|市长|市長|县长|縣長|部长|部長|站长|站長|队长|隊長|馆长|館長|总|總|总裁|總裁|经理|經理|"
    "主席|书记|書記|院士|博士|老师|老師|医生|醫生|医师|醫師|律师|律師|师傅|師傅|导演|導演|先生|女士|研究员|研究員|工程师|工程師|"
    "总干事|總幹事|干事|幹事|委员|委員|议员|議員|代表|顾问|顧問|专家|專家|创始人|創辦人|分析师|分析師|策略师|經濟學家|经济学家|主理人)"
)
# What leads to an office in a sentence: `本刊邀请某大学教授…`.
_LEADING_IN = re.compile(
    ".*(?:邀请|邀請|请来|請來|专访|專訪|采访|採訪|包括|来自|來自|以及|分别是|分別是|第[一二三四五]位是|[是为為由])了?"
    rf"|.*{TITLE}[{HAN}]{{2,3}}[与與和及]"
)
# How an office ends before the name of who holds it, without a space between the two.
_ENDS_IN_OFFICE = re.compile(
    rf"(?:{TITLE}|[长長授员員裁监監师師席]|主任|书记|書記|院士|博士|代表|[理董监監干幹]事|专家|專家|创始人|創辦人|负责人)$"
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
    bare = LIST_NUMBER.sub("", _MARKS.sub("", text).strip("-•●·* "))
    # `唐　婉`: two characters set to the width of three.
    bare = re.sub(" ?".join(map(re.escape, name)), name, bare)
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
    lines = [_MARKS.sub("", text) for text in lines]
    for found in (found for text in lines for found in re.finditer(rf"{re.escape(name)}\s*[（(].*", text)):
        opening = re.search("[（(]", found.group())
        close = closing_bracket(found.group(), opening.start(), _MAX_AFFILIATION) if opening else -1
        inside = found.group()[opening.end() : close] if opening and close > 0 else ""
        # In Latin letters it is how a foreigner's name is spelt.
        if inside and (has_han(inside) or not has_han(name)):
            return without_han_spaces(inside)
    said = re.compile(rf"{re.escape(name)}(?:[，,]?系([^，,；;。（）]+)|, ([^;:.]+)(?:;|\.?$))")
    for found in (found for text in lines for found in said.finditer(text)):
        office = (found[1] or found[2]).strip()
        if is_office(office):
            return without_han_spaces(office)
    return next((office for text in lines if (office := office_in_list(text, name) or _office_before(text, name))), "")


def _office_before(text: str, name: str) -> str:
    """The office that stands before `name` in a sentence, as in `邀请东海大学教授林秉勋`; empty if there is none."""
    for found in re.finditer(rf"([^\s，,、；;。：:（()）]{{4,40}}) ?{re.escape(name)}", text):
        office = _LEADING_IN.sub("", found[1])
        if _ENDS_IN_OFFICE.search(office):
            return office
    return ""


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

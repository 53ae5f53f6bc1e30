"""Which experts a question names, by full name, by surname and title, or by office."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import regex
from pypinyin import lazy_pinyin

from index.folding import fold
from index.passage_index import SectionPlace
from ingest.document import Document

_HAN_NAME = regex.compile(r"\p{Han}{2,4}")
_NAME_GAP = regex.compile(r"[\s·•・‧．]+")
# Shorter parts of a name are parts of other words too.
_DISTINCT_PART = regex.compile(r"\p{Han}{3,}|\P{Han}{4,}")
# Two-character surnames; every other Chinese name has a surname of one.
_LONG_SURNAMES = frozenset(("欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 夏侯 司徒 端木 南宫 独孤").split())
_TITLE = regex.compile(
    r"(?:高级|首席|副)?(?:秘书长|工程师|研究员|院长|主任|教授|所长|主席|会长|总裁|经济师|博士|部长|书记)"
)
# A part of an affiliation shorter than this names half of all institutes (`研究院`).
_SHORTEST_OFFICE = 6
_COURTESY = ("先生", "女士", "老师", "专家")
_TITLES_ABROAD = ("mr", "mrs", "ms", "dr", "prof", "professor", "director", "secretarygeneral", "minister", "president")
_PEOPLE_OF = (
    "专家",
    "学者",
    "嘉宾",
    "代表",
    "负责人",
    "教授",
    "研究员",
    "那位",
    "这位",
    "怎么看",
    "如何看",
    "认为",
    "说",
    "建议",
    "提出",
)
# Surnames that are read otherwise than the same character elsewhere.
_READINGS = dict(
    entry.split(":")
    for entry in (
        "曾:zeng 单:shan 解:xie 仇:qiu 查:zha 朴:piao 区:ou 冼:xian 翟:zhai 缪:miao 覃:qin 任:ren 盖:ge 尉迟:yuchi"
    ).split()
)
_HAN = regex.compile(r"\p{Han}")


@dataclass(frozen=True, slots=True)
class Speaker:
    """An expert, and the places of the sections in which that expert speaks; none if only a byline is there."""

    name: str
    affiliation: str
    places: tuple[SectionPlace, ...]


@dataclass(frozen=True, slots=True)
class Speakers:
    """The experts of all indexed articles."""

    all: tuple[Speaker, ...]

    @classmethod
    def of(cls, documents: Iterable[Document]) -> "Speakers":
        """The experts of `documents`, each once, in order of appearance."""
        places: dict[tuple[str, str], list[SectionPlace]] = {}
        for document in documents:
            for section in document.sections:
                if section.expert:
                    spoken = places.setdefault((section.expert, section.affiliation), [])
                    spoken += [(document.id, section.id)] if section.span else []
        return cls(tuple(Speaker(name, office, tuple(found)) for (name, office), found in places.items()))

    def named_in(self, question: str) -> tuple[Speaker, ...]:
        """The experts that `question` names: by full name if any is, else by a part of it, by title or by office."""
        folded, written = _plain(fold(question)), _plain(question)
        ways = ((_full_name, folded), (_name_parts, written), (_courtesy_names, folded), (_offices, folded))
        for names, text in ways:
            named = {speaker: found for speaker in self.all if (found := _first_in(text, names(speaker)))}
            if named:
                return tuple(speaker for speaker, name in named.items() if _stands_alone(name, text, named.values()))
        return ()


def _stands_alone(name: str, text: str, others: Iterable[str]) -> bool:
    """True if `text` has `name` beside the longer ones of `others` that it is a part of: 王伟 beside 王伟民."""
    for other in others:
        if name != other and name in other:
            text = text.replace(other, " ")
    return name in text


def _first_in(text: str, names: Iterable[str]) -> str | None:
    return next((name for name in names if _stands_in(text, name)), None)


def _plain(text: str) -> str:
    """Without accents, with one kind of apostrophe and without hyphens: as names are typed in haste."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare).replace("’", "'").replace("-", "")


def _stands_in(text: str, name: str) -> bool:
    """True if `text` has `name`, and not as a part of a longer word (`Mark` in `Markets`)."""
    return name in text and regex.search(rf"(?<!\p{{Latin}}){regex.escape(name)}(?!\p{{Latin}})", text) is not None


def _full_name(speaker: Speaker) -> list[str]:
    """The name; a Chinese one also as it is written abroad (`chen han`, `han chen`)."""
    name = fold(speaker.name)
    if not _HAN_NAME.fullmatch(name):
        return [_plain(name)]
    size = _surname_size(name)
    given = "".join(lazy_pinyin(name[size:]))
    abroad = (f"{surname} {given}" for surname in _romanised(name[:size]))
    return [name, *(spelt for full in abroad for spelt in (full, " ".join(reversed(full.split(" ")))))]


def _romanised(surname: str) -> list[str]:
    """How a Chinese surname is written in Latin letters."""
    plain = _READINGS.get(surname, "".join(lazy_pinyin(surname)))
    return [plain.replace("lv", spelling) for spelling in ("lv", "lu", "lyu")] if plain == "lv" else [plain]


def _name_parts(speaker: Speaker) -> list[str]:
    """`Smith` of `Anna Smith`, as it is written: in lower case it may be any word (`green`)."""
    parts = _NAME_GAP.split(_plain(speaker.name))
    return [part for part in parts if len(parts) > 1 and _DISTINCT_PART.fullmatch(part)]


def _courtesy_names(speaker: Speaker) -> list[str]:
    """`陈秘书长`, `陈副主任`, `陈先生`; Western surnames are found as parts of the full name."""
    name = fold(speaker.name)
    if not _HAN_NAME.fullmatch(name):
        last = _plain(name).split()[-1] if " " in name else ""
        return [f"{title}{dot} {last}" for title in _TITLES_ABROAD for dot in ("", ".")] if last else []
    surname = name[: _surname_size(name)]
    abroad = [f"{title}{dot} {spelt}" for spelt in _romanised(surname) for title in _TITLES_ABROAD for dot in ("", ".")]
    titles = _TITLE.findall(fold(speaker.affiliation))
    short = [title.removeprefix("高级").removeprefix("首席").removeprefix("副") for title in titles]
    return [*(surname + title for title in (*titles, *short, *_COURTESY)), *abroad]


def _offices(speaker: Speaker) -> list[str]:
    """The affiliation, and it without its last title (`中国石油集团经济技术研究院`)."""
    office = _plain(fold(speaker.affiliation))
    bare = _TITLE.sub("", office).strip("、, ")
    # The institute itself may be asked about.
    people = [f"{bare}{link}{word}" for link in ("", "的") for word in _PEOPLE_OF] if bare != office else []
    return [name for name in (office, *people) if len(name) >= _SHORTEST_OFFICE and (" " in name or _HAN.search(name))]


def _surname_size(name: str) -> int:
    return 2 if len(name) > 2 and name[:2] in _LONG_SURNAMES else 1

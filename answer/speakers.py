"""Which experts a question names, by full name, by surname and title, or by office."""

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
        folded = fold(question)
        ways = ((_full_name, folded), (_name_parts, question), (_courtesy_names, folded), (_offices, folded))
        for names, text in ways:
            found = tuple(speaker for speaker in self.all if any(_stands_in(text, name) for name in names(speaker)))
            if found:
                return found
        return ()


def _stands_in(text: str, name: str) -> bool:
    """True if `text` has `name`, and not as a part of a longer word (`Mark` in `Markets`)."""
    return name in text and regex.search(rf"(?<!\p{{Latin}}){regex.escape(name)}(?!\p{{Latin}})", text) is not None


def _full_name(speaker: Speaker) -> list[str]:
    """The name; a Chinese one also as it is written abroad (`chen han`, `han chen`)."""
    name = fold(speaker.name)
    if not _HAN_NAME.fullmatch(name):
        return [name]
    size = _surname_size(name)
    surname, given = ("".join(lazy_pinyin(part)) for part in (name[:size], name[size:]))
    return [name, f"{surname} {given}", f"{given} {surname}"]


def _name_parts(speaker: Speaker) -> list[str]:
    """`Smith` of `Anna Smith`, as it is written: in lower case it may be any word (`green`)."""
    parts = _NAME_GAP.split(speaker.name)
    return [part for part in parts if len(parts) > 1 and _DISTINCT_PART.fullmatch(part)]


def _courtesy_names(speaker: Speaker) -> list[str]:
    """`陈秘书长`, `陈副主任`, `陈先生`; Western surnames are found as parts of the full name."""
    name = fold(speaker.name)
    if not _HAN_NAME.fullmatch(name):
        return []
    surname = name[: _surname_size(name)]
    titles = _TITLE.findall(fold(speaker.affiliation))
    short = [title.removeprefix("高级").removeprefix("首席").removeprefix("副") for title in titles]
    return [surname + title for title in (*titles, *short, *_COURTESY)]


def _offices(speaker: Speaker) -> list[str]:
    """The affiliation, and it without its last title (`中国石油集团经济技术研究院`)."""
    office = fold(speaker.affiliation)
    bare = _TITLE.sub("", office).strip("、, ")
    return [name for name in (office, bare) if len(name) >= _SHORTEST_OFFICE]


def _surname_size(name: str) -> int:
    return 2 if len(name) > 2 and name[:2] in _LONG_SURNAMES else 1

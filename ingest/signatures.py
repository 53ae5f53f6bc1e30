"""Who wrote a section, where its last line says so: `（作者：陈刚，系北京大学教授）`, `— Ann Lee, professor of law`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.names import clean_name, is_name, is_sure_name, without_han_spaces
from ingest.offices import is_office
from ingest.outline import Draft
from ingest.own_line_bylines import person_in

# A signature is so long at most, in characters.
_LONGEST = 160
# It is one of so many last paragraphs.
_LAST = 6
_SIGNATURE = re.compile(r"[（(]\s*(?P<who>[^（）()。]+)[。]?\s*[）)]")
_AFTER_DASH = re.compile(r"[—–]{1,2}\s*(?P<who>[^。]+)")
_SENTENCE = re.compile(
    r"[•*†]{0,3} ?(?P<name>[^,.]{3,48}?) (?:is|ist|est|es|è) (?:an? |the |un[ae]? )?(?P<office>.+?)(?P<end>\.?)"
)
_JOINED = re.compile(r" and (?=chairs|heads|runs|leads|works|teaches|writes)")
_OF_AUTHOR = re.compile(r"^(?:本文)?(?:作者|撰文|撰稿人)(?:单位|單位)?\s*[：:]?\s*")
_IS = re.compile(r"\s*[，,]?\s*(?:系|係|为|為)\s*")


def signed(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, each that ends in a signature with its author as the expert, if several have different ones."""
    authors = [_author(draft) for draft in drafts]
    if len({author[0] for author in authors if author}) < 2:
        return list(drafts)
    return [_by(draft, *author) if author is not None else draft for draft, author in zip(drafts, authors, strict=True)]


def _author(draft: Draft) -> tuple[str, str] | None:
    """Name and office that one of the draft's last paragraphs gives; below it stands what the page prints between."""
    last = (paragraph.text for paragraph in reversed(draft.paragraphs[1:][-_LAST:]))
    return next((author for text in last if (author := _author_in(text, draft)) is not None), None)


def _author_in(text: str, draft: Draft) -> tuple[str, str] | None:
    """Name and office that `text`, a paragraph, signs with; the name may stand alone under the heading instead."""
    last = text.strip("*_ ")
    if len(last) > _LONGEST:
        return None
    # What ends in a full stop and is not set apart by emphasis is a sentence of the text.
    if (said := _SENTENCE.fullmatch(last)) is not None and (text != last or not said["end"]):
        return person_in(f"{said['name']}, {_JOINED.split(said['office'], maxsplit=1)[0]}")
    found = _SIGNATURE.fullmatch(last) or _AFTER_DASH.fullmatch(last)
    if found is None:
        return None
    who = _OF_AUTHOR.sub("", found["who"]).strip()
    if (person := person_in(_IS.sub(" ", who, count=1).strip())) is not None:
        return person
    office, name = _IS.sub("", who, count=1).strip(), clean_name(draft.heading)
    if is_office(office) and is_sure_name(name) and is_name(name):
        return name, without_han_spaces(office)
    return None


def _by(draft: Draft, name: str, office: str) -> Draft:
    if clean_name(draft.heading) != name:
        return replace(draft, expert=name, affiliation=office)
    *above, byline = draft.above
    heading = above[-1].text if above else ""
    return replace(draft, heading=heading, expert=name, affiliation=office, above=tuple(above), byline=byline)

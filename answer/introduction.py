"""Who someone is, as articles say it in passing: an office before the name or after it."""

from collections.abc import Sequence

import regex

from answer.reader import Candidate, sentence_text
from index.folding import simplified
from ingest.document import Span
from ingest.names import is_name, is_sure_name
from ingest.offices import is_office

_ASKED = (
    regex.compile(
        r"^(?:请问|請問)?(?P<name>[^，,。？?！]{2,32}?)"
        r"(?:是谁|是誰|是(?:什么|什麼|干什么的|做什么的|做什麼的|哪里的|哪裡的)人?|"
        r"的(?:身份|职务|職務|职位|職位|头衔|頭銜|单位|單位)|在哪[里裡儿]?(?:工作|任职|任職|上班)|任什么职)"
    ),
    regex.compile(r"^(?:请问|請問)?[谁誰]是(?P<name>[^，,。？?！]{2,32})[？?]?$"),
    regex.compile(r"\b[Ww]ho (?:is|was) (?P<name>[^?,]{3,40}?)\s?\??$"),
    regex.compile(r"\b[Ww]hat (?:is|was) (?P<name>[^?,]{3,40}?)['’]s (?:job|title|position|occupation|affiliation)"),
)
_CLAUSE_BEFORE = regex.compile(r"[^，。；：！？,;:!?]*$")
_CLAUSE_AFTER = regex.compile(r"\s?[，,（(是—–]\s?(?P<office>[^，。；：！？,;:!?（）()]+)")


def introduction(question: str, candidates: Sequence[Candidate]) -> tuple[Candidate, Span] | None:
    """The best candidate that says what the person is whom `question` asks about, and where it does.

    The span is in characters of the document and covers office and name. None where the question names no person or no
    candidate has an office beside the name.
    """
    name = _person_asked(question)
    if name is None:
        return None
    for candidate in candidates:
        text = sentence_text(candidate.passage, candidate.span)
        if (told := _told_in(text, name)) is not None:
            return candidate, told.shift(candidate.span.start)
    return None


def _person_asked(question: str) -> str | None:
    found = (form.search(question) for form in _ASKED)
    names = (match["name"].strip() for match in found if match)
    return next((name for name in names if is_name(name) and is_sure_name(name)), None)


def _told_in(text: str, name: str) -> Span | None:
    for match in regex.finditer(regex.escape(simplified(name)), simplified(text)):
        before = _CLAUSE_BEFORE.search(text, endpos=match.start())
        if before and is_office(before.group().strip()):
            return Span(before.start() + len(before.group()) - len(before.group().lstrip()), match.end())
        after = _CLAUSE_AFTER.match(text, match.end())
        if after and is_office(after["office"].strip()):
            return Span(match.start(), after.start("office") + len(after["office"].rstrip(" .")))
    return None

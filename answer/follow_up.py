"""A question that leans on the one before it, made to stand on its own; from what was asked and quoted alone.

The rewrite is text that a person sees and can undo: asked anywhere else, it gets the same answer.
"""

from collections.abc import Collection
from difflib import SequenceMatcher

import regex

from answer.answer import Answer
from answer.pronouns import with_person, with_thing
from index.folding import simplified

_SHORTEST_THING = 2
# "2023 年的": of a longer topic, the year is not all that is new.
_LONGEST_YEAR = 7
# All that is Chinese here is in simplified characters. 那个, 那位 and 而且 open no follow-up.
_OPENING = regex.compile(r"(?:那么|那(?![个些位座条种样里边次])|而(?!且)|然后)[，,]?")
_LEAD = rf"(?:{_OPENING.pattern}|还有)"
_END = r"[？?。]*$"

# A follow-up that only names its topic is short and asks nothing of it.
_ELLIPSIS = (
    regex.compile(rf"^{_LEAD}?(?P<topic>[^，,：:？?。]{{1,16}}?)(?:方面)?(?:呢|又如何|又怎么样){_END}"),
    regex.compile(rf"^{_LEAD}(?P<topic>[^，,：:？?。的得在]{{1,8}}?)(?:方面)?(?:怎么样|如何){_END}"),
    regex.compile(rf"^(?P<topic>[^，,：:？?。的得在]{{1,8}}?)方面(?:怎么样|如何){_END}"),
    regex.compile(r"^(?:and |but |so )?(?:what|how) about (?P<topic>[^?]{1,48}?)\s*\?*$", regex.IGNORECASE),
    regex.compile(r"^and (?P<topic>[^?]{1,32}?)\s*\?+$", regex.IGNORECASE),
)
# 几内亚 and 何教授 ask nothing.
_ASKING = regex.compile(
    r"什么|怎|如何|为何|[有因]何|何[时地种以处在必人等]|哪|谁|多[少久大长高远快深重]|几(?!内亚|乎)|啥|咋|[吗嘛]|是|否|应[该当]|"
    r"(\p{Han})不\1|有没有|"
    r"\b(?:what|who|whom|whose|how|why|when|where|which|is|are|was|were|do|does|did|has|have|had|can|could|will|would|"
    r"should|makes?|we|you)\b",
    regex.IGNORECASE,
)
_ASKING_ALONE = regex.compile(r"为什么|为何|谁|哪里|何时|什么时候|why|how|who|when|where", regex.IGNORECASE)
_MORE = regex.compile(
    r"^(?:还有(?:呢|吗|什么|别的吗)?|别的呢|其他呢|(?:and )?(?:what|anything) else)[？?。]*$", regex.IGNORECASE
)
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORDS_OF_QUESTIONS = regex.compile(r"多少|什么|哪些|哪个|如何|怎么|为什么|是否|预计|减少|增加|目前|已经|进行|\s")


def standing_alone(question: str, previous: Answer, experts: Collection[str]) -> str | None:
    """`question` with what it leaves out taken from `previous`; None where it leaves out nothing that is known.

    `experts` are the names of all who speak in the articles.
    """
    question = question.strip()
    expert = _expert_of(previous, experts)
    if _MORE.match(simplified(question)):
        return _asks_for_more(question, expert)
    if topic := _bare_topic(question):
        return _on_another_topic(question, topic, previous, experts)
    if any(name in question for name in experts):
        return None
    thing = _thing_of(previous)
    return (with_person(question, expert) if expert else None) or (with_thing(question, thing) if thing else None)


def _expert_of(previous: Answer, experts: Collection[str]) -> str:
    """The one expert whom the question before named or its answer quoted; empty if there are several or none."""
    named = [name for name in experts if name in previous.question]
    quoted = list(dict.fromkeys(citation.expert for citation in previous.citations if citation.expert))
    found = named or quoted
    return found[0] if len(found) == 1 else ""


def _asks_for_more(question: str, expert: str) -> str | None:
    if not expert:
        return None
    return f"What else did {expert} say?" if question.isascii() else f"{expert}还说了什么？"


def _bare_topic(question: str) -> str:
    """The topic to which a question that says nothing else turns; empty where it asks in words of its own."""
    readable = simplified(question)
    for pattern in _ELLIPSIS:
        if found := pattern.match(readable):
            start, end = found.span("topic")
            if _ASKING_ALONE.fullmatch(readable, start, end) or not _ASKING.search(readable, start, end):
                return question[start:end].strip()
    return ""


def _on_another_topic(question: str, topic: str, previous: Answer, experts: Collection[str]) -> str | None:
    before = previous.question
    named = next((name for name in experts if name in topic), "")
    asked = next((name for name in experts if name in before), "")
    if named and asked:
        return before.replace(asked, named)
    year, years = _YEAR.search(topic), _YEAR.findall(before)
    if year and len(years) == 1 and len(topic) <= _LONGEST_YEAR:
        return before.replace(years[0], year[0])
    mark = "" if before.endswith(("?", "？")) else "？"
    opening = _OPENING.match(simplified(question))
    return f"{before}{mark}{' ' if question.isascii() else ''}{question[opening.end() if opening else 0 :]}"


def _thing_of(previous: Answer) -> str:
    """What the question before and its quote share longest, question words apart; empty if next to nothing."""
    if not previous.citations:
        return ""
    quote = previous.citations[0].quote
    best = ""
    for part in _WORDS_OF_QUESTIONS.split(previous.question.rstrip("？?。")):
        match = SequenceMatcher(None, part, quote, autojunk=False).find_longest_match()
        shared = part[match.a : match.a + match.size].strip("的了，,。 ")
        best = shared if len(shared) > len(best) else best
    return best if len(best) >= _SHORTEST_THING else ""

"""A question that leans on the one before it, made to stand on its own; from what was asked and quoted alone.

The rewrite is text that a person sees and can undo: asked anywhere else, it gets the same answer.
"""

from collections.abc import Collection
from difflib import SequenceMatcher

import regex

from answer.answer import Answer

_SHORTEST_THING = 2
# "2023 年的": of a longer topic, the year is not all that is new.
_LONGEST_YEAR = 7
_OPENING = regex.compile(r"^(?:那么|那|而|然后)[，,]?")

# A follow-up that only names its topic is short; a longer one says all that it means.
_ELLIPSIS = (
    regex.compile(
        r"^(?:那么|那|还有|而|然后)?[，,]?(?P<topic>[^？?。]{1,24}?)(?:方面)?(?:呢|又如何|又怎么样|怎么样)[？?。]*$"
    ),
    regex.compile(r"^(?:and |but |so )?(?:what|how) about (?P<topic>[^?]{1,48}?)\s*\?*$", regex.IGNORECASE),
    regex.compile(r"^and (?P<topic>[^?]{1,32}?)\s*\?+$", regex.IGNORECASE),
)
_MORE = regex.compile(
    r"^(?:还有(?:呢|吗|什么|别的吗)?|别的呢|其他呢|(?:and )?(?:what|anything) else)[？?。]*$", regex.IGNORECASE
)
# Not the 他 of 其他, 他国 and 他人, and not who is named in the question itself.
_HE = regex.compile(r"(?:这位|该|那位)(?:专家|学者|教授|嘉宾)|(?<![其吉利])[他她](?![国人乡们])")
_HE_ENGLISH = regex.compile(
    r"\b(?P<his>his|her(?= \w)|their)\b|\b(?:he|she|him|they|them|this expert)\b", regex.IGNORECASE
)
_IT = regex.compile(
    r"它(?!们)|(?:这个|该|这一|那个)(?:项目|工程|铁路|电站|协议|公司|国家|机构|计划|平台|倡议)|^这(?=[是会对有将])"
)
_IT_ENGLISH = regex.compile(r"\b(?P<its>its)\b|\b(?:it|this project|that project)\b", regex.IGNORECASE)
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORDS_OF_QUESTIONS = regex.compile(r"多少|什么|哪些|哪个|如何|怎么|为什么|是否|预计|减少|增加|目前|已经|进行|\s")


def standing_alone(question: str, previous: Answer, experts: Collection[str]) -> str | None:
    """`question` with what it leaves out taken from `previous`; None where it leaves out nothing that is known.

    `experts` are the names of all who speak in the articles.
    """
    question = question.strip()
    expert = _expert_of(previous, experts)
    if _MORE.match(question):
        return _asks_for_more(question, expert)
    for pattern in _ELLIPSIS:
        if found := pattern.match(question):
            return _on_another_topic(question, found["topic"].strip(), previous, experts)
    if any(name in question for name in experts):
        return None
    return _with_name(question, expert) or _with_thing(question, previous)


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
    return f"{before}{mark}{' ' if question.isascii() else ''}{_OPENING.sub('', question)}"


def _with_name(question: str, expert: str) -> str | None:
    if not expert:
        return None
    if _HE.search(question):
        return _HE.sub(expert, question)
    if _HE_ENGLISH.search(question):
        return _HE_ENGLISH.sub(lambda found: f"{expert}'s" if found["his"] else expert, question)
    return None


def _with_thing(question: str, previous: Answer) -> str | None:
    thing = _thing_of(previous)
    if not thing:
        return None
    if _IT.search(question):
        return _IT.sub(thing, question, count=1)
    if _IT_ENGLISH.search(question):
        return _IT_ENGLISH.sub(lambda found: f"{thing}'s" if found["its"] else thing, question, count=1)
    return None


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

"""What kind of answer a question asks for, told by its question words."""

from collections.abc import Iterable
from typing import Literal

import regex

from index.folding import fold

Intent = Literal["fact", "list", "reason", "speaker", "comparison", "overview", "identity", "participants", "title"]

_COMPARISON = (
    r"(?:^|[,，请])(?:比较|对比)|(?:比较|对比)(?:一下|.{0,24}(?:观点|看法|意见|立场|主张|说法))|相比之下|异同|分歧(?:吗|在哪|是什么)|有(?:哪些|什么|何)?分歧",
    r"有(?:何|什么|哪些)(?:不同|区别|差异|共同|相同)|(?:不同|区别|共同)之处|(?:观点|看法|意见|说法)一致吗",
    r"(?:[两二三四五六几各]位|专家们?|嘉宾们?).{0,24}分别(?:怎么|如何|是怎么)",
    r"\bcompare (?!to\b|with\b)|\bcomparison\b|\bdiffer(?:s|ently)?\b|\bdifferences? (?:between|in|of)\b|\bin common\b",
    r"^(?:wie )?vergleich|\bcompar(?:ez|a los|a las|er les)\b|сравн|قارن|比べ|비교",
)
_PEOPLE = regex.compile(
    r"专家|嘉宾|学者|发言人|受访者|[两二三四五六几各]位|[他她]们|各自|看法|观点|意见|立场|主张|见解|说法|分歧|"
    r"\b(?:experts?|speakers?|participants?|scholars?|panell?ists?|views?|opinions?|positions?|arguments?|statements?|they|"
    r"their|disagree|agree|say|said|think)\b"
)
# What is left of `比较两位专家的观点` or `how do their views differ` names no subject.
_NO_SUBJECT = regex.compile(
    r"请|一下|相比之下|比较|对比|异同|有何|有什么|有哪些|不同|区别|差异|差别|共同|相同|一致|之处|之间|看法|观点|意见|立场|主张|见解|各自|分别|"
    r"[一两二三四五六几各]位|专家|嘉宾|他们|她们|大家|文章|是什么|什么|哪些|[的和与跟同在上中里是点都这]|"
    r"\b(?:please|compare|contrast|comparison|the|views?|opinions?|positions?|arguments?|statements?|of|and|with|between|"
    r"what|are|is|how|do|does|did|differ\w*|disagree|agree|in|on|common|experts?|speakers?|participants?|have|has|their|"
    r"they|these|those|all|both|two|three|four|five|six|each|other|from|to|say|said|think)\b|'s\b|[\p{P}\s]"
)
_TEXT = "(?:文章?|报道|全文|本文|讨论|研讨|座谈|论坛|专家|专访|采访|访谈|对话|新闻|消息|稿件|报告|发言)"
_OVERVIEW = (
    r"(?:主要|核心|基本|总体)的?(?:观点|看法|意思|主张|思想|论点)(?!.{0,8}(?:几|[两二三四五六])[个项条大点])|中心思想|大意",
    rf"{_TEXT}.{{0,6}}(?:主要|核心)的?内容|概括.{{0,12}}内容",
    rf"{_TEXT}里?(?:主要|都|大概|究竟|到底)*(?:讲|说|谈)(?:了|的)?(?:些|是)?(?:什么|啥)(?:内容)?[?。]?$",
    rf"(?:概括|总结|概述)(?:一下|下)|(?:概括|总结|概述)(?:[^了出的]{{0,12}})(?:{_TEXT}|观点|意思|看法|主张|重点|要点)",
    rf"(?:观点|发言|核心|内容){_TEXT}?的?(?:概括|总结|概述)|{_TEXT}的?(?:摘要|总结)|^(?:请|帮我)?(?:概括|总结|概述)",
    r"^(?:please |can you |could you )*(?:briefly )?summari[sz]e",
    r"(?<!executive )\bsummary\b(?! (?:execution|dismissal|court|justice))",
    r"\boverview\b|\bkey (?:points?|takeaways?)\b",
    r"\bmain (?:points?|ideas?|arguments?|message|views?|opinion)\b(?! (?:for|against|in favou?r)\b)",
    r"\bwhat(?:'s| is| does|) (?:this|the) (?:article|text|roundtable|piece|interview|report|story|page|document)"
    r"(?: is|) (?:about|say|discuss)",
    r"\bzusammenfass|\brésum[eé]",
    r"основн\w+ (?:мысл|иде|тезис)|о чем (?:эта )?статья|要約|主な(?:主張|意見|論点)|요약|주요 (?:내용|주장|견해)|ملخص",
)
_IDENTITY = (
    r"身份|职务|职位|头衔|任职|供职|什么单位|哪个单位|的单位|在哪(?:里|儿)?(?:工作|任职|上班)|是(?:谁|什么人|干什么的|做什么的)[?。]?$|^(?:请问)?谁是",
    r"\b(?:position(?! (?:on|in|towards?|of)\b)|job|title|affiliation|employer|occupation)\b|\bwork (?:for|at)\b",
    r"\bwho (?:is|are|was)\b",
)
# What else such a question may say.
_NO_OFFICE = regex.compile(
    r"请问|请|告诉我|身份|职务|职位|职业|头衔|任职|供职|工作|上班|单位|机构|来自|担任|现任|目前|现在|专家|嘉宾|学者|教授|老师|先生|女士|这位|"
    r"什么人|干什么|做什么|什么|哪一?个|哪一?家|哪里|哪儿|[谁哪里儿是的在于为任人和与及啊呢]|"
    r"\b(?:position|job|title|affiliation|employer|occupation|role|profession|work|works|working|for|at|as|in|of|the|a|an|"
    r"who|whom|what|where|which|is|was|are|does|did|do|hold|holds|have|has|his|her|their|current|currently|now|please|"
    r"tell|me|expert|speaker|professor|mr|mrs|ms|dr|by|organi[sz]ation|institution|company)\b|'s\b|[\p{P}\s]"
)
_PARTICIPANTS = (
    r"(?:哪几位|哪些|几位|有哪|都有谁|都有哪).{0,4}(?:专家|嘉宾|学者|发言人|与会者).{0,4}(?:参加|参与|出席|发言|受访|研讨)?[?。]?$",
    r"(?:参加|参与|出席|受邀|受访|发言)[^，。]{0,8}?(?:专家|嘉宾|学者)?(?:都?有)?(?:哪几位|哪些|几位|都有谁|有谁|是谁|都有哪些)"
    r"(?:专家|嘉宾|学者|人)?[?。]?$",
    r"\b(?:which|what|who are the) (?:experts?|speakers?|participants?|panell?ists?)\b"
    r"[^,]{0,24}(?:t(?:oo|a)ke? part|participat\w*|spoke|are there|in (?:this|the) (?:article|roundtable|discussion))",
)
_LEAD = regex.compile(
    r"导语|导言|引言|编者按|开篇|开头部分|"
    r"\b(?:introduction(?! (?:of|to)\b)|lead paragraph|opening paragraph|editor's note)\b"
)
_SAID_WHAT = regex.compile(
    r"(?:(?![说讲谈对关在就])[\p{Han}·]){2,8}?(?:主要|都|到底|究竟)*(?:说|讲|谈)(?:了|的)?些?(?:什么|啥)[?。]?|"
    r"what (?:did|does) [\p{L}\s.]{2,40} (?:say|talk about)\s?[?.]?"
)
_NUMBERS = (
    ("两", "二", "2", "two"),
    ("三", "3", "three"),
    ("四", "4", "four"),
    ("五", "5", "five"),
    ("六", "6", "six"),
)
_COUNT = regex.compile(
    r"(?<![第\d.])([两二三四五六2-6])大?(?:个(?!月|多?小时|百分点|半)|项|条|种|点(?!以?[前后半]|钟)|件|方面|步)|"
    r"\b(two|three|four|five|six) (?!years|months|countries)\p{L}+s\b"
)
_TITLE = (
    r"(?:文章|报道|这篇|本文)(?:的)?(?:标题|题目|名字)|^(?:请问)?标题(?:是|叫)",
    r"\btitle of (?:this|the) (?:article|text|roundtable|piece)|\b(?:article|text)'s title",
)
_SPEAKER = (
    r"谁.{0,6}(?:提到|提出|说|谈|讲|认为|指出|强调|主张|建议|介绍|呼吁|表示|关注|观点|看法|的话|觉得|反对|赞成|质疑|批评|担心|承认|透露)|"
    r"(?:话|说法|观点)?(?:出自|来自)(?:谁|哪一?位)",
    r"哪一?(?:位|个|名)(?:专家|学者|嘉宾|人(?!工|口|群|才|物|类)|发言人|老师)",
    r"(?<!\b(?:people|persons?|those|respondents|students|men|women|anyone|everyone|\p{L}+ers) )"
    r"\bwho(?:se)?\b.{0,12}\b(?:sa(?:id|ys?)|mention|talk|sp(?:oke|eaks?)|argue|point"
    r"|stress|propos|suggest|call|view|opinion|words|think|thought|believ|claim|warn|critici|recommend|oppos|object|doubt|worr|admit|insist|recall|explain)",
    r"\bwhich (?:expert|speaker|author|scholar|participant)",
    r"\bqui (?:a |parle|dit|évoque|mentionne)|\bquién (?:dijo|habl|mencion)|\bquem (?:disse|fal|mencion)",
    r"\bwer (?:sagte|hat|spricht|erwähnt)|\bкто (?:из|сказал|говор|упом)|누가 (?:말|언급)|어느 전문가|من (?:قال|ذكر)",
)
_LIST = (
    r"哪些|哪几|哪[两三四五六]|几个方面|几方面|列举|列出|分别是(?:什么|哪)",
    r"(?<!第)[两二三四五六几][大个项条种点][^，。？?]{0,12}(?:是什么|是啥)",
    r"(?:有|了|面临|存在|采取|提出|带来|得到|做出|做了)(?:的|些)?什么\p{Han}{0,2}(?:挑战|困难|措施|建议|亮点|成果|特点|问题|作用|意义|举措)",
    r"\bwhich\s(?!(?:is|was|has|does|this|its|us|\w*(?:ss|us|is))\b)\w+s\b",
    r"\bwhich(?:\s\w+){1,2}\s\w+s\s(?:are|were|have|do|does|did|can|could|will|would|should|must)\b",
    r"\bwhat\s(?!(?:is|was|has|does|this|its)\b)\w+s\s(?:of|are|were|have|do|did|can|could|will|would|should|must)\b",
    r"\bwhat are\b|\bwhat were the (?!\w+ of\b)(?:\w+ ){0,2}\w+s\b|\bwhat (?:two|three|four|five|six)\b",
    r"^(?:please )?list\b|\blist (?:the|all|of)\b|\bname (?:the|all|two|three|four|five|six)\b",
    r"\bwhat\b(?:\s\w+){0,4}\s(?:challenges|problems|measures|steps|ways|obstacles|difficulties|suggestions|examples)\b",
    r"\bquels\b|\bquelles\b|\bcuáles\b|\bquais\b|\bwelche \w+(?:en|er|e)\b(?! (?:ist|war|hat)\b)",
    r"какие|どのような|どんな|어떤|ما هي",
)
_REASON = (
    r"为什么|为何|为啥|怎么|怎样|如何|原因|介绍|说说|谈谈|讲讲",
    r"\bwhy\b|\bhow (?!much|many|long|far|old|big|large)|\bpourquoi|\bwarum\b|\bwie\b(?! viel)",
)
# Tried in this order: `谁和谁的观点有何不同` compares, `有哪些主要观点` summarises.
_PATTERNS: dict[Intent, tuple[str, ...]] = {
    "title": _TITLE,
    "participants": _PARTICIPANTS,
    "comparison": _COMPARISON,
    "overview": _OVERVIEW,
    "identity": _IDENTITY,
    "speaker": _SPEAKER,
    "list": _LIST,
    "reason": _REASON,
}
_COMPILED = {intent: regex.compile("|".join(patterns)) for intent, patterns in _PATTERNS.items()}


def intent_of(question: str) -> Intent:
    """The kind of answer that `question` asks for; "fact" where no question word says otherwise."""
    folded = fold(question)
    return next((intent for intent, pattern in _COMPILED.items() if pattern.search(folded)), "fact")


def names_lead(question: str) -> bool:
    """True if `question` asks about the article's lead."""
    return bool(_LEAD.search(fold(question)))


def count_asked(question: str) -> int | None:
    """The number of things that `question` asks for (`三项措施是什么`, `the three steps`); None where it names none."""
    found = _COUNT.search(fold(question))
    if not found:
        return None
    word = found[1] or found[2]
    return next(number for number, words in enumerate(_NUMBERS, start=2) if word in words)


def asks_what_was_said(question: str) -> bool:
    """True if `question` asks for all that someone said (`陈刚说了什么？`), on no subject."""
    return bool(_SAID_WHAT.fullmatch(fold(question)))


def asks_who_that_is(question: str, names: Iterable[str]) -> bool:
    """True if `question` asks who one of those called `names` is, or where they work, and nothing else."""
    return intent_of(question) == "identity" and not _NO_OFFICE.sub("", _without(question, names))


def compares_people(question: str) -> bool:
    """True if `question` speaks of several people or of what they think."""
    return bool(_PEOPLE.search(fold(question)))


def compares_on_everything(question: str, names: Iterable[str]) -> bool:
    """True if `question` asks how those called `names` compare, and on no subject."""
    return intent_of(question) == "comparison" and not _NO_SUBJECT.sub("", _without(question, names))


def _without(question: str, names: Iterable[str]) -> str:
    """The folded question without the names and their parts."""
    rest = fold(question)
    parts = {fold(part) for name in names for part in (name, *name.split())}
    for part in sorted(parts, key=len, reverse=True):
        rest = rest.replace(part, "")
    return rest

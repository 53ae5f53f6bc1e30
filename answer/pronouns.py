"""Where a question says `he` or `it` and nothing in it tells who or what, so that it must have been named before.

Any other pronoun stays: one that stands for something in its own question, or for nothing (`What does it take to ...`).
"""

import regex

from index.folding import simplified

# Chinese, in simplified characters. What may stand before a pronoun and names nothing.
_ASKING = r"(?:为什么|为何|什么时候|何时|怎[么样]|如何|哪一?[年天月]|哪里)"
_LEADING = (
    rf"(?:{_ASKING}|那(?:么|时)?|而|但|所以|请问|[对关]于|对此|对|在|从|由|给|跟|与|和|把|被|让|使|按照?|根据|是否|有没有|"
    r"是不是|还|又|也|当时|最[早先初后近]|后来|现在|目前|今年|去年|(?:19|20)\d\d年?|[，, ])*"
)
# Who says what `he` did mostly speaks of himself.
_NOT_REPORTED = r"(?<!说|称|认为|表示|觉得|相信|承认|强调)"
_IN_LEAD = rf"^{_LEADING}(?:(?<={_ASKING})\p{{Han}}{{1,2}})?{_NOT_REPORTED}"
_AT_END = rf"^[^，,。；;：:？?!！]{{1,8}}{_NOT_REPORTED}"
_TOPIC = r"^(?:(?:[对关]于|除了|就)[^，,。？?]{1,14}|[^，,。？?]{1,10}(?:方面|领域|问题上))[，,]?"
_OPINION = r"(?=[还又]?(?:是怎|怎么|如何|说|认为|提|的?(?:看法|观点|建议|意见|主张)|有(?:什么|哪些|何)))"
# Not the 他 of 其他, 吉他, 马耳他, 利他 and 他国.
_HE = r"(?<![其吉耳排利维])(?P<pronoun>[他她])(?![们国人乡日者处])"
_IT = r"(?<!其)(?P<pronoun>它)(?!们)"
_EXPERT = r"(?:专家|学者|教授|嘉宾)"
_THIS_EXPERT = rf"(?<!{_EXPERT}.*)(?P<pronoun>(?:[这那]位|(?<!应)该){_EXPERT})"
# Before `this project` they show that no name stands there, as it does in `蒙内铁路这个项目`.
_BEHIND_VERB = r"(?<=[在对把为给从向到了]|参与|支持|建设|援建|投资|介绍|评价|看待)"
_KIND = r"(?:项目|工程|铁路|电站|协议|公司|国家|机构|计划|平台|倡议)(?!数字|公园|总部|经理|经济|银行|大会|会议|论坛)"
_THIS_THING = rf"(?P<pronoun>(?:[这那]个|这一|(?<!应)该){_KIND})"

# English. The subject of a question stands right behind its first auxiliary, where only a clause before could name it.
_AUXILIARY = r"(?:is|are|was|were|do|does|did|can|could|will|would|should|must|may|might)"
_OR_HAVE = rf"(?:{_AUXILIARY}|has|(?<!to )have|had)"
_WORD = rf"(?!(?:{_OR_HAVE}|and|or|but|that|if|because|than)\b)[^\s,;:.?!]+"
_START = r"^(?:(?:and|but|so|then),? )?"
_SUBJECT = rf"{_START}(?:(?:{_WORD} )*{_OR_HAVE} (?:not )?)?"
_OWNER = rf"{_START}(?:(?:{_WORD} )*{_AUXILIARY} |(?:please )?(?:(?:tell|give|show) me|summari[sz]e|list|describe) )?"
# Not `Which country does its part?`
_OWNED = r" (?!(?:own|best|part|share|job|bit|duty)\b)(?=\w)"
_AFTER_FEW = r"^(?:(?!(?:and|or)\b)[^\s,;:.?!]+ ){1,5}(?<!\b(?:do|does|did|make|makes|made) )"
_LAST = r"[?.!]*$"

# What is said of `it` and tells by what follows that nothing is meant.
_CLAUSE = r"\b.*\b(?:to|that|whether|if|when|who|which|why|how)\b"
_EXPLETIVE = regex.compile(
    r"\bit (?:take|rain|snow|matter|seem|appear|happen|make sense|feel like)s?\b"
    rf"|\bit (?:cost|mean|help|require|need|hurt|pay|follow|look|sound|come|turn)s?{_CLAUSE}"
    rf"|\b(?:(?:is|was) it|it (?:is|was|be|been)){_CLAUSE}"
    r"|\b(?:is|was) it (?:\w+ )?\w+ing\b|\b(?:is|was) it (?:there|here|outside|inside|today|now|like)\b"
    rf"|{_START}(?:is|was) it (?!(?:an?|the|in|on|at|from|of|by|near|part|built|run|made|known|\w+ed)\b)"
    r"|\bhow (?:far|late|early|cold|warm|hot|dark)\b|\bwhat (?:time|day|date|year) (?:is|was) it\b"
    r"|^who (?:is|was) it\b",
    regex.IGNORECASE,
)

_PERSON = (
    regex.compile(_IN_LEAD + _HE),
    regex.compile(_TOPIC + _HE + _OPINION),
    regex.compile(rf"^谁\p{{Han}}{{1,4}}{_NOT_REPORTED}{_HE}(?!的)"),
    regex.compile(rf"{_AT_END}{_HE}[？?。]*$"),
    regex.compile(rf"(?:{_IN_LEAD}|{_BEHIND_VERB}|{_TOPIC}){_THIS_EXPERT}"),
    regex.compile(rf"{_SUBJECT}(?P<pronoun>he|she)\b", regex.IGNORECASE),
    regex.compile(rf"{_OWNER}(?P<pronoun>(?P<owner>his|her)){_OWNED}", regex.IGNORECASE),
    regex.compile(r"\baccording to (?P<pronoun>him|her)\b", regex.IGNORECASE),
    regex.compile(rf"{_AFTER_FEW}(?P<pronoun>him|her){_LAST}", regex.IGNORECASE),
    regex.compile(r"\b(?P<pronoun>this expert)\b", regex.IGNORECASE),
)
_THING = (
    regex.compile(_IN_LEAD + _IT),
    regex.compile(rf"^谁\p{{Han}}{{1,6}}{_NOT_REPORTED}{_IT}"),
    regex.compile(rf"{_AT_END}{_IT}[？?。]*$"),
    regex.compile(rf"(?:{_IN_LEAD}|^[^，,。；;？?！!]*{_BEHIND_VERB}){_THIS_THING}"),
    regex.compile(r"^(?P<pronoun>这)(?=是(?![个一])|会(?![儿议])|对(?![夫兄姐母父双])|有|将)"),
    regex.compile(rf"{_SUBJECT}(?P<pronoun>it)\b", regex.IGNORECASE),
    regex.compile(rf"{_OWNER}(?P<pronoun>(?P<owner>its)){_OWNED}", regex.IGNORECASE),
    regex.compile(rf"{_AFTER_FEW}(?P<pronoun>it){_LAST}", regex.IGNORECASE),
    regex.compile(r"\b(?P<pronoun>(?:this|that) project)\b", regex.IGNORECASE),
)


def with_person(question: str, name: str) -> str | None:
    """`question` with `name` for the `he` or `she` that must have been named before; None where there is none."""
    return _with_name(question, name, _PERSON)


def with_thing(question: str, name: str) -> str | None:
    """`question` with `name` for the `it` that must have been named before; None where there is none."""
    return None if _EXPLETIVE.search(question) else _with_name(question, name, _THING)


def _with_name(question: str, name: str, patterns: tuple[regex.Pattern[str], ...]) -> str | None:
    readable = simplified(question)
    for pattern in patterns:
        if found := pattern.search(readable):
            start, end = found.span("pronoun")
            owner = "'s" if found.groupdict().get("owner") else ""
            return f"{question[:start]}{name}{owner}{question[end:]}"
    return None

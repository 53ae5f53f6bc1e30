"""What kind of answer a question asks for, told by its question words."""

from typing import Literal

import regex

from index.folding import fold

Intent = Literal["fact", "list", "reason", "speaker", "comparison", "overview"]

_COMPARISON = (
    r"比较|对比|相比之下|异同|有(?:何|什么|哪些)(?:不同|区别|差异|共同|相同)|(?:不同|区别|共同)之处",
    r"\bcompare|\bcomparison|\bdiffer(?:s|ence|ences|ently)?\b|\bin common\b|\bvergleich|\bcompar[ae]",
    r"сравн|قارن|比べ|비교",
)
_OVERVIEW = (
    r"(?:主要|核心|基本|总体)的?(?:观点|内容|看法|意思|主张|思想|论点)|(?:讲|说|谈)了些?什么(?!挑战|困难|问题)",
    r"概括|总结|概述|摘要|中心思想|大意",
    r"\bsummar|\boverview\b|\bmain (?:points?|ideas?|arguments?|message|views?|opinion)|\bkey (?:points?|takeaways?)",
    r"\bwhat (?:is|does) (?:this|the) (?:article|text|roundtable) (?:about|say|discuss)|\bzusammenfass|\br[eé]sum",
    r"основн\w+ (?:мысл|иде|тезис)|о чем|要約|主な(?:主張|意見|論点)|요약|주요 (?:내용|주장|견해)|ملخص",
)
_SPEAKER = (
    r"(?<!除)谁(?!的)|哪一?(?:位|个|名)(?:专家|学者|嘉宾|人|发言人)",
    r"\bwho\b|\bwhich (?:expert|speaker|author|scholar)|\bqui\b|\bquién|\bquem\b|\bwer\b|\bкто\b",
    r"누가|어느 전문가|(?<!\w)من (?:هو|قال|ذكر)",
)
_LIST = (
    r"哪些|哪几|哪[两三四五六]|几个方面|几方面|列举|列出|分别是(?:什么|哪)",
    r"(?<!第)[两二三四五六几][大个项条种点][^，。？?]{0,12}(?:是什么|是啥)",
    r"有什么(?:挑战|困难|措施|建议|亮点|成果|特点|问题|作用|意义)",
    r"\bwhich\s(?!(?:is|was|has|does|this|its|bus|gas)\b)\w+s\b",
    r"\bwhich(?:\s\w+){1,2}\s\w+s\s(?:are|were|have|do|does|did|can|could|will|would|should|must)\b",
    r"\bwhat are\b|\blist\b|\bname (?:the|all|two|three|four|five|six)\b",
    r"\bwhat\b(?:\s\w+){0,4}\s(?:challenges|problems|measures|steps|ways|obstacles|difficulties|suggestions|examples)\b",
    r"\bquels?\b|\bquelles\b|\bcuáles\b|\bquais\b|\bwelche\b|какие|どのような|どんな|어떤|ما هي",
)
_REASON = (
    r"为什么|为何|为啥|怎么|怎样|如何|原因",
    r"\bwhy\b|\bhow (?!much|many|long|far|old|big|large)|\bpourquoi|\bwarum\b|\bwie\b(?! viel)",
)
# Tried in this order: `谁和谁的观点有何不同` compares, `有哪些主要观点` summarises.
_PATTERNS: dict[Intent, tuple[str, ...]] = {
    "comparison": _COMPARISON,
    "overview": _OVERVIEW,
    "speaker": _SPEAKER,
    "list": _LIST,
    "reason": _REASON,
}
_COMPILED = {intent: regex.compile("|".join(patterns)) for intent, patterns in _PATTERNS.items()}


def intent_of(question: str) -> Intent:
    """The kind of answer that `question` asks for; "fact" where no question word says otherwise."""
    folded = fold(question)
    return next((intent for intent, pattern in _COMPILED.items() if pattern.search(folded)), "fact")

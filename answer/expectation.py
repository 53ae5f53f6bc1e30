"""Whether a question asks for a figure or a time, and which sentences could give one."""

import regex

from index.folding import fold

_ASKS_FOR_NUMBER = regex.compile(
    "|".join(
        (
            r"多少|百分之几|百分比|占比|比例|几(?:分|小|点|公|千|块|元|间|所|处|层|个|家|年|月|日|位|条|座|成|倍|项|种|次|国|亿|万|吨|岁|天|届|名|人)",
            r"多(?:长|大|高|远|久|快|重|宽)|(?:哪|何)(?:一)?(?:年|月|日|天)|何时|什么时候|什么时间|规模|总额|金额|数量",
            r"\bhow (?:many|much|long|large|big|high|far|fast|old)\b|(?:^|[,:] ?)(?:and )?when\b",
            r"\bwh(?:at|ich) (?:share|percentage|percent|proportion|year|number|amount|date)\b",
            r"\b(?:death toll|turnout|(?:\w+ )rate|price) (?:of|in|for|was|is)\b",
            r"\bcombien\b|\bquand\b|\bquelle (?:part|proportion|année)|\bquel pourcentage|\bdepuis quand",
            r"\bcu[aá]nt[oa]s?\b|\bcu[aá]ndo\b|\bqué (?:año|porcentaje|proporción)|\bquant[oai]s?\b|\bquando\b",
            r"\bwie (?:viele?|lange|hoch|groß|stark)\b|\bum wie\b|\bwann\b|\bwelche[mrs]? (?:jahr|anteil)",
            r"сколько|когда|каком году|какая доля|какой процент",
            r"كم|متى|نسبة|عدد|いくら|いくつ|どれくらい|どのくらい|いつ|何(?:年|人|%|パーセント|カ国|か国|個|件)|割合|額は",
            r"몇|얼마|언제|비율|bao nhiêu|khi nào|năm nào|เท่าไ|กี่|เมื่อไ|कितन|कब|\bkaç\b|ne zaman|πόσ|πότε|berapa|kapan",
        )
    )
)
_NUMBER = regex.compile(
    r"\d+(?:[.,]\d+)*|(?<!第)[一二三四五六七八九十百千两几]+(?:多|余)?(?=[个家年月天日位条座成倍项种次国亿万吨元人名公里米分秒点度折])|"
    r"百分之|分之|过半|翻番|上[百千万]|"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"hundred|thousand|million|billion|dozens?|half|third|quarter|twice|double[ds]?|tripled?)\b"
)


def asks_for_number(question: str) -> bool:
    """True if the question word asks for a quantity, a share, a year or a date, in any of some twenty languages."""
    return bool(_ASKS_FOR_NUMBER.search(fold(question)))


def gives_number(sentence: str, question: str) -> bool:
    """True if `sentence` has a number that `question` does not have itself."""
    return bool(set(_NUMBER.findall(fold(sentence))).difference(_NUMBER.findall(fold(question))))

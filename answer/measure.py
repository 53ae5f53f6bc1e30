"""Which kind of measure a question asks for, and whether a sentence has one: money, pay, width, age, a share…"""

from functools import lru_cache

import regex

from answer.language import language_of
from index.folding import fold

_HOW_MANY = r"(?:多少|(?<!哪)几|\bhow many|\bcombien de|\bcu[aá]nt[oa]s|\bquant[oaie]s?|\bwie ?viele?|сколько|몇|كم)\s?"
_SCALE = "(?:万|亿|百万)?"
_IS = "(?:是|有|为|共|达|达到|约|大约|总共|要)?"
# Of a thing itself, not `比例有多高` or `多高的价`.
_ASKED_FAR = "(?<![时期延]|[率例重值温价占本税费额薪分]有?)(?=多[高宽深厚]的?[?。]?$)"
# Nor `how high is inflation`, `how wide is the gap`: what has no metres.
_NO_SIZE = (
    r"(?!.*\b(?:inflation|tariffs?|rates?|fines?|prices?|costs?|tax(?:es)?|unemployment|risks?|levels?|shares?|turnout|loss(?:es)?|"
    r"debts?|deficit|wages?|temperatures?|cuts?|recession|divisions?|discounts?|gaps?|margins?|range|support|growth|demand)\b)"
)
# What a kind of measure is asked with, and what a text has that gives one. The second is wide and lets in what is
# measured otherwise (`免费`, `减半`), because a sentence that has none of it is not believed.
_KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "pay": (
        (
            rf"(?:薪水|工资|月薪|年薪|薪酬|薪资|酬劳){_IS}多少|{_HOW_MANY}(?:月薪|薪水|工资)",
            r"\b(?:what (?:is|was|were)|how (?:much|high|big) (?:is|was|were)) (?:\S+ ){1,4}(?:salary|wages?|pay)\b",
        ),
        (
            r"薪|资|酬|[收月年]入|挣|赚|[每日月年][天日月年]?.{0,8}元",
            r"\b(?:an?|per) (?:year|month|week|day|hour)\b|\b(?:salar\p{L}+|wages?|pa(?:y|ys|id)|earn\p{L}*|income)\b",
        ),
    ),
    "admission": (
        (
            rf"(?:门票|票价|入场券|门票价格){_IS}多少|门票(?:要|得|卖)?(?:花)?多少",
            r"\b(?:ticket|admission|entrance|entry)\b.{0,12}\b(?:cost|price|fee)",
            r"\bhow much .{0,24}\b(?:tickets?|admission)\b",
        ),
        (
            r"票|券|免费|入场|参观费|门|(?:每人|成人|儿童|学生|老人).{0,6}元",
            r"\b(?:tickets?|admission|entr(?:y|ance)|free|fees?|adults?|children)\b|\b(?:each|charged?)\b",
        ),
    ),
    "money": (
        (
            rf"{_HOW_MANY}(?:钱|元|美元|欧元|英镑|日元|人民币|dollars|euros|pounds|yuan|dólares|рублей|долларов)",
            r"(?:造价|票价|房价|售价|单价|价格|费用|工资|薪资|薪水|薪酬|年薪|月薪|租金|身价|学费|会费|酬劳)(?:是|有|为|共|总共|大约|大概|约|要)?多少",
            r"(?:花|耗资|投资|融资|罚款)了?多少(?![时天年月人精家轮项次个座条企公国功心])",
            r"\bhow much (?:money|funding|is the (?:fee|ticket|fine|salary))\b",
            r"(?<!by )\bhow much (?:do|does|did|is|was|were|has|have|had|will|would|can|could|must|should|it)\b"
            r".{1,80}\b(?:costs?|paid|pay|spend|spent|earn|earned|charged?|donated?)\b",
            r"\bwhat (?:is|was|were) the (?:cost|price|salary|fee|fine|ticket price)\b",
            r"いくら|(?:가격|비용|요금|값|돈)\p{L}*\s얼마",
        ),
        (
            r"[元圆钱美欧镑块币铢盾两银文贯金角]|便士|[$€£¥₤₹₩₽]|[\d一二两三四五六七八九十百千几数多]\s?[万亿]|马克|法郎|卢布|比索|里拉|克朗|卢比|令吉|免费",
            r"\b(?:dollars?|euros?|pounds?|(?<!per )cents?|yen|yuan|francs?|marks?|rupees?|roubles?|rubles?|pesos?)\b",
            r"\b(?:shillings?|pence|usd|eur|rmb|cny|gbp|thousand|millions?|billions?|trillions?)\b",
            r"\b(?:free|paid|money|price|cost)\b|\d\s?(?:m|bn|k)\b|円|원",
        ),
    ),
    "age": (
        (
            rf"{_HOW_MANY}岁|多大(?:年纪|年龄|岁数)|(?:年龄|年纪|享年|岁数)(?:是|为|有)?(?:多少|多大|几)",
            r"\bhow old\b|\bwhat age\b|何歳|몇 살|\bquel âge\b|\bwie alt\b",
        ),
        (
            r"岁|周年|出生|生于|年[出诞]|龄|距今|年前|年过|旬|花甲|古稀|耄耋|\d0后",
            r"始建|[建成创]立于|建于|[,(]\s?\d{2}[,)]",
            r"\b(?:years?.(?:old|ago)|aged?|old|born|turn(?:s|ed)|founded|built|dates? (?:from|back))\b",
            r"\b(?:at|is|was) \d+\b|歳|살|세",
        ),
    ),
    "share": (
        (
            r"百分之(?:几|多少)|百分比|占比|(?:比例|比率|率|比重)(?:是|为|达|达到|有|提高了|降低了)?多[少高大]",
            r"\b(?:what|how many) (?:per ?cent|percentage|share|proportion)\b",
            r"\bquel pourcentage\b|\bqué porcentaje\b",
        ),
        (
            r"%|‰|百分|分之|[\d一二两三四五六七八九十几]\s?(?:成|比\s?[\d一二三四五六七八九十])|[倍半]|\d\s?[:：/]\s?\d|\d\.\d",
            r"翻[一两]?番|\p{N}折|\p{Han}折|绝?大多数|个\p{Han}{0,4}[里中]就?有",
            r"\b(?:per ?cent|percentage|half|thirds?|quarters?|fifths?|tenths?|most|majority|\d+ to \d+)\b",
            r"\b\w+ (?:in \w+|out of)\b",
        ),
    ),
    "area": (
        (
            r"多大面积|面积(?:是|为|有|达|约)?(?:多少|多大)|占地(?:面积)?(?:是|为)?(?:多少|多大)",
            rf"{_HOW_MANY}{_SCALE}(?:平方|公顷|亩|square|hectares|acres|km2|km²)",
            rf"{_HOW_MANY}\p{{L}}+ (?:cuadrad|carré|quadrat)",
        ),
        (r"平方|公顷|[亩顷坪甲]|km2|km²|㎢|[分之倍%]", r"\b(?:square|acres?|hectares?|sq|ha)\b"),
    ),
    "width": (
        (rf"{_ASKED_FAR}多宽|宽度?{_IS}多少", rf"\bhow wide\b{_NO_SIZE}|\bwhat (?:is|was) the width\b"),
        (r"宽|径|幅|翼展|[×x乘见]", r"\b(?:wide|width|broad|breadth|across|span\p{L}*|diameter|by)\b"),
    ),
    "depth": (
        (rf"{_ASKED_FAR}多深|深度?{_IS}多少", rf"\bhow deep\b{_NO_SIZE}|\bwhat (?:is|was) the depth\b"),
        (r"深|厚|[地水]下|水位|埋", r"\b(?:deep\p{L}*|depth\p{L}*|below|beneath|under\p{L}*|thick)\b"),
    ),
    "thickness": (
        (rf"{_ASKED_FAR}多厚|厚度?{_IS}多少", r"\bhow thick\b|\bwhat (?:is|was) the thickness\b"),
        (r"厚|薄|深|径|层", r"\b(?:thick\p{L}*|thin\p{L}*|deep|layer|gauge)\b"),
    ),
    "height": (
        (
            rf"{_ASKED_FAR}多高|(?:高度|身高|海拔){_IS}(?:多少|多高)",
            rf"\bhow (?:tall|high)\b(?! a){_NO_SIZE}|\bwhat (?:is|was) the (?:height|elevation|altitude)\b",
        ),
        (
            r"高|海拔|[层楼峰顶尺]",
            r"\b(?:tall\p{L}*|high\p{L}*|height|elevation|altitude|above|stands?|rises?|rising|peak|summit|stor(?:e?y|ies))\b",
        ),
    ),
    "diameter": (
        (rf"直径{_IS}(?:多少|多大)", r"\bwhat (?:is|was) the diameter\b|\bhow (?:big|wide) across\b"),
        (r"径|[×圆圈]", r"\b(?:diameter|across|wide)\b"),
    ),
    "length": (
        (
            rf"{_HOW_MANY}{_SCALE}(?:公里|千米|米|英里|海里|里|km|kilomet\p{{L}}+|miles|met(?:re|er)s|feet)(?![\s/每\p{{L}}])",
            rf"(?:全长|总长|里程|长度){_IS}(?:多少|多长)|\b(?:total|overall) length\b",
        ),
        (
            r"[米里尺寸丈厘步程层级]|[㎞㎝㎜㎡]|\d\s?(?:km|m|cm|mm|ft|mi|in|yd)\b",
            r"\b(?:km|miles?|feet|foot|met(?:re|er)s?|\p{L}+met(?:re|er)s?|inch(?:es)?|yards?|fathoms?)\b|км",
        ),
    ),
    "speed": (
        (
            r"时速|速度(?:是|为|有|达)?多|多快",
            rf"\bhow fast\b(?!.*\b(?:grow\p{{L}}*|ris\p{{L}}+|fall\p{{L}}*|shrink\p{{L}}*)\b){_NO_SIZE}",
            r"\bwhat (?:is|was) the (?:top |maximum |average )?speed\b",
        ),
        (
            r"时速|每[小秒分]|[/每](?:小时|秒|h\b|s\b|分)|[节倍速]|马赫|%|[\d一二两三四五六七八九十几]\s?(?:年|天|小时|秒|分钟)",
            r"\b(?:per|an|a) (?:hour|second|minute|day|year)\b|\b(?:km/h|mph|kph|m/s|knots?|speed|mach|faster|rate)\b",
        ),
    ),
    "mass": (
        (
            r"多重(?!要|大|视|复|叠|的?意义)|(?:重量|体重|产量)(?:是|为|有|达)?多少",
            rf"{_HOW_MANY}{_SCALE}(?:吨|公斤|千克|斤|克|tons|tonnes|kilos|kilograms|kg|toneladas|tonnen|тонн)",
            r"\bhow heavy\b|\bhow much (?:does|did|do) .{1,40} weigh\b",
        ),
        (
            r"[吨斤克磅两石担升枚只个箱件台辆%]|тонн",
            r"\b(?:\p{L}*tons?|\p{L}*tonnes?|kg|kilos?|\p{L}*grams?|pounds?|lbs?|ounces?|weigh\p{L}*)\b",
        ),
    ),
    "power": (
        (
            r"(?:装机(?:容量|规模|总量)?|功率)(?:是|为|有|达|达到)?多",
            rf"{_HOW_MANY}{_SCALE}(?:兆瓦|千瓦|瓦|吉瓦|度电|mw|gw|kw|kwh|megawatts|gigawatts|kilowatts|watts)",
        ),
        (
            r"瓦|度|马力|\d\s?(?:[mgkt]?w|[mgkt]wh|hp)\b",
            r"\b\p{L}*watts?\b|\bwatt-hours?\b|\bhorsepower\b",
        ),
    ),
    "people": (
        (
            rf"{_HOW_MANY}{_SCALE}(?:名|位|人|旅客|乘客|游客|学生|员工|居民|观众|士兵|工人)(?!均|工|类|民币|行|大)",
            rf"{_HOW_MANY}(?:passengers|people|persons|residents|students|employees|workers|soldiers|visitors|tourists)",
            rf"{_HOW_MANY}(?:personas|pasajeros|personnes|passagers|personen|человек)",
        ),
        (
            r"[人名位口员户客众兵军生者民席座份死亡伤]|失踪|失联|被捕|[\d一二三四五六七八九]成|分之|过半|человек|명",
            r"\b(?:people|persons?|residents?|students?|employees?|soldiers?|tourists?|population|men|women|members?)\b",
            r"\b(?:killed|died|dead|deaths?|injured|wounded|missing|arrested|toll|casualt\p{L}+)\b",
            r"\b(?:drew|attended|turned out)\b|\d,\d{3}\b",
            r"\b(?:troops|\p{L}+(?:ers?|ors?|ists?|ians?|ants?))\b",
        ),
    ),
}
_COMPILED = {
    kind: (regex.compile("|".join(asked)), regex.compile("|".join(given))) for kind, (asked, given) in _KINDS.items()
}
# What is in another language may name its measures otherwise.
_READABLE = frozenset(("zh", "zh-Hant", "ja", "en"))


@lru_cache(maxsize=256)
def measure_asked(question: str) -> str | None:
    """The kind of measure that `question` asks for; None where it asks for none, or for a bare number."""
    folded = fold(question)
    return next((kind for kind, (asked, _) in _COMPILED.items() if asked.search(folded)), None)


def lacks_measure(sentence: str, question: str) -> bool:
    """True if `question` asks for a kind of measure of which `sentence` has nothing; False where that cannot be told.

    Of 341 such questions, 190 of them of CMRC 2018 trial, DRCD and XQuAD in Chinese and English and the others written
    for this project, every sentence that answers has it; of 448 near misses, a fifth have no sentence that has it.
    """
    kind = measure_asked(question)
    return kind is not None and _lacks(sentence, kind)


@lru_cache(maxsize=20_000)
def _lacks(sentence: str, kind: str) -> bool:
    return not _COMPILED[kind][1].search(fold(sentence)) and language_of(sentence) in _READABLE

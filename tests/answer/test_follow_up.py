"""A question that leans on the one before is made to stand alone; any other is left as it is."""

import pytest

from answer.answer import Answer, cite
from answer.follow_up import standing_alone
from ingest.document import Document, Section, SourceMap, Span

QUOTE = "我国参与建设的雅万高铁项目，预计减少约33万吨碳排放。"
ENGLISH_QUOTE = "The railway is expected to cut carbon emissions by 330,000 tonnes."
EXPERTS = ("陈刚", "龚巍巍")


def previous(question: str, expert: str = "陈刚", answered: bool = True, quote: str = QUOTE) -> Answer:
    """The answer before, a quote of `expert`, or an abstention."""
    whole = Span(0, len(quote))
    section = Section("s1", "", "", expert, "", whole, (whole,))
    document = Document("d1", "", "", None, quote, (section,), "", "", SourceMap((0,), (1,)))
    citations = (cite(1, document, whole, whole),) if answered else ()
    return Answer(question, "zh", "span" if answered else "none", quote if answered else None, 0.9, citations, ())


# After them an expert is known, and a thing or a year too.
BEFORE = (
    previous("谁提到了熊猫债？"),
    previous("雅万高铁预计减少多少碳排放？"),
    previous("陈刚怎么看2023年的挑战？"),
    previous("How much carbon does the railway cut?", quote=ENGLISH_QUOTE),
)
COMPLETE = """
谁提到了熊猫债？
其他国家有哪些项目？
其它国家有哪些项目？
为什么要发展绿色金融呢？
那为什么要发展绿色金融呢？
雅万高铁的减排效果怎么样？
今天北京天气怎么样？
编者按里说生态环保方面的国际合作做得怎么样？
五月的投票结果如何？
绿色金融是什么呢？
发展中国家该怎么办呢？
债务置换有何意义呢？
发展绿色金融的意义何在呢？
为什么利他主义者支持绿色金融？
到底谁来出这笔钱呢？
一共有几个项目呢？
绿色交通值不值得投资呢？
共建国家应该优先发展风电呢？
數字絲綢之路跟綠色絲綢之路是什麼關係呢？
那个铁路数字化会议上通过了什么计划？
蒙内铁路这个项目花了多少钱？
为什么应该由国家出资？
谁说他反对债务置换？
谁谈到了债务置换？他怎么说的？
最近在关注亚投行，想了解它的贷款有多大比例用于气候融资？
吉布森为什么说他对皇后的描写有所隐瞒？
那个最先发现它的男孩几岁？
马耳他有哪些风电项目？
这对夫妇的女儿做什么？
龚巍巍说他面临哪些挑战？
What challenges does green transport face?
How can developing countries finance their energy transition?
What does it take to green the Belt and Road?
How long does it take to walk from Clavel to Orsin?
How much did it cost to build the park?
What does it mean to go green?
Is it raining?
Is it possible to finance this without loans?
Is it true that panda bonds are cheap?
Why is it important to protect turtles?
What is it like to work on a dam?
What time is it?
Which country has its own plan?
Which county does its part?
Which team plays its home games here?
When did Estonia link up its medical records?
How did Gullbrand crack his shell?
Which painter had his studio here?
Where do sea turtles usually lay their eggs?
What arguments speak for the farm in spite of its small share?
Why does the researcher regard it as living evidence in music history?
Who campaigned to have it listed as a monument?
What makes it hard to build dams?
What do banks say when they refuse a loan?
And who mentioned panda bonds?
What about green finance makes it risky?
""".split("\n")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("他还说了什么？", "陈刚还说了什么？"),
        ("这位专家怎么看资金？", "陈刚怎么看资金？"),
        ("What else did he say?", "What else did 陈刚 say?"),
        ("What is his view on finance?", "What is 陈刚's view on finance?"),
        ("还有呢？", "陈刚还说了什么？"),
        ("它什么时候通车？", "雅万高铁什么时候通车？"),
        ("When did it open?", "When did 雅万高铁 open?"),
        ("那他怎么看资金呢？", "那陈刚怎么看资金呢？"),
        ("在资金方面，他有什么建议？", "在资金方面，陈刚有什么建议？"),
        ("为什么他反对债务置换？", "为什么陈刚反对债务置换？"),
        ("在他看来什么最难？", "在陈刚看来什么最难？"),
        ("谁支持他？", "谁支持陈刚？"),
        ("關於資金，這位專家怎麼看？", "關於資金，陈刚怎麼看？"),
        ("還有呢？", "陈刚还说了什么？"),
        ("What challenges does she see?", "What challenges does 陈刚 see?"),
        ("How did he earn his living?", "How did 陈刚 earn his living?"),
        ("What are her main points?", "What are 陈刚's main points?"),
        ("Summarize his argument.", "Summarize 陈刚's argument."),
        ("What is hardest, according to him?", "What is hardest, according to 陈刚?"),
        ("Who agrees with him?", "Who agrees with 陈刚?"),
        ("什么时候它开始运营？", "什么时候雅万高铁开始运营？"),
        ("谁提到了它？", "谁提到了雅万高铁？"),
        ("中国为什么要建它？", "中国为什么要建雅万高铁？"),
        ("这个项目花了多少钱？", "雅万高铁花了多少钱？"),
        ("哪些国家参与了该项目？", "哪些国家参与了雅万高铁？"),
        ("Is it in Indonesia?", "Is 雅万高铁 in Indonesia?"),
        ("Why is it important?", "Why is 雅万高铁 important?"),
        ("How much did it cost?", "How much did 雅万高铁 cost?"),
        ("How does it contribute to climate goals?", "How does 雅万高铁 contribute to climate goals?"),
        ("How long is its line?", "How long is 雅万高铁's line?"),
        ("Who paid for it?", "Who paid for 雅万高铁?"),
        ("Which firms built this project?", "Which firms built 雅万高铁?"),
    ],
)
def test_who_or_what_is_meant_is_taken_from_before(question: str, expected: str) -> None:
    assert standing_alone(question, previous("雅万高铁预计减少多少碳排放？"), EXPERTS) == expected


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("那资金方面呢？", "资金方面呢？"),
        ("资金呢？", "资金呢？"),
        ("那么，资金又如何？", "资金又如何？"),
        ("那麼資金呢？", "資金呢？"),
        ("那资金怎么样？", "资金怎么样？"),
        ("交通方面怎么样？", "交通方面怎么样？"),
        ("还有资金呢？", "还有资金呢？"),
        ("那个项目呢？", "那个项目呢？"),
        ("何教授呢？", "何教授呢？"),
        ("几内亚呢？", "几内亚呢？"),
        ("那为什么呢？", "为什么呢？"),
        ("what about finance?", " what about finance?"),
        ("How about Kenya in May 2023?", " How about Kenya in May 2023?"),
        ("And finance?", " And finance?"),
        ("And why?", " And why?"),
    ],
)
def test_another_topic_is_put_behind_the_question_before(question: str, rest: str) -> None:
    before = "雅万高铁预计减少多少碳排放？"
    assert standing_alone(question, previous(before), EXPERTS) == before + rest


def test_another_expert_is_asked_the_same() -> None:
    assert standing_alone("那龚巍巍呢？", previous("陈刚怎么看挑战？"), EXPERTS) == "龚巍巍怎么看挑战？"


def test_another_year_is_asked_the_same() -> None:
    before = previous("2023年的投资额是多少？")
    assert standing_alone("2024年呢？", before, EXPERTS) == "2024年的投资额是多少？"


@pytest.mark.parametrize("question", COMPLETE)
def test_a_complete_question_is_left_as_it_is(question: str) -> None:
    """Whatever was asked before."""
    assert [standing_alone(question, before, EXPERTS) for before in BEFORE] == [None] * len(BEFORE)


def test_nothing_is_guessed_where_nothing_was_answered() -> None:
    """No expert was quoted, and nothing is known to be spoken of."""
    before = previous("1998年世界杯的冠军是谁？", answered=False)
    assert standing_alone("他还说了什么？", before, EXPERTS) is None
    assert standing_alone("它多高？", before, EXPERTS) is None


def test_who_is_meant_by_he_is_not_guessed_among_two() -> None:
    before = previous("陈刚和龚巍巍有什么不同看法？")
    assert standing_alone("他还说了什么？", before, EXPERTS) is None

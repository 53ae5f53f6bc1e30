"""What kind of measure is asked for, and which sentences have nothing of it."""

import pytest

from answer.measure import lacks_measure, measure_asked

ASKED = {
    "money": (
        "造价是多少？",
        "建这条路花了多少钱？",
        "這棟樓造價多少？",
        "How much did the new works cost?",
        "いくらですか",
    ),
    "age": ("他今年多少岁？", "How old is James Tranter?"),
    "share": ("孵化率提高了百分之几？", "What share of emissions is it?"),
    "area": ("公园占地面积是多少？", "¿Cuántos kilómetros cuadrados tiene?"),
    "length": ("铁路全长多少公里？", "What is the total length of the line?"),
    "height": ("灯塔有多高？", "How tall is the lighthouse?"),
    "width": ("长卷有多宽？", "How wide is the river?"),
    "depth": ("主井有多深？", "How deep is the main well?"),
    "thickness": ("墙有多厚？", "How thick are the walls?"),
    "diameter": ("锅的直径是多少？",),
    "pay": ("主任的薪水是多少？", "What was the director's salary?"),
    "admission": ("票价是多少？", "How much is a ticket?"),
    "speed": ("列车时速多少公里？", "How fast does the train run?"),
    "mass": ("减少了多少万吨碳排放？", "How many tonnes were caught?"),
    "power": ("风电场装机容量是多少？", "How many megawatts does it have?"),
    "people": ("机场一年接待多少旅客？", "How many passengers were carried?"),
}


@pytest.mark.parametrize(("kind", "question"), [(kind, text) for kind, texts in ASKED.items() for text in texts])
def test_the_question_words_tell_the_kind_of_measure(kind: str, question: str) -> None:
    asked = "length" if "时速多少公里" in question else kind
    assert measure_asked(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "资金融通有多重要？",
        "参加的都有哪几位专家？",
        "发布了多少项政策？",
        "How many ports are there?",
        "How long did it take?",
        "项目什么时候开始？",
        "How much of the forest is left?",
        "病人第一次复查在哪里？",
        "그는 얼마나 오래 일했습니까?",
    ],
)
def test_a_bare_number_a_time_or_no_number_is_no_measure(question: str) -> None:
    assert measure_asked(question) is None


@pytest.mark.parametrize(
    ("question", "given", "lacking"),
    [
        ("票价是多少？", "票价为98元。", "雅万高铁节能达30%以上。"),
        ("长卷有多宽？", "长卷宽1.2米。", "长卷长9.2米。"),
        ("主井有多深？", "主井深867.4米。", "井口直径只有11.5厘米。"),
        ("主任的薪水是多少？", "主任月薪五百元。", "市里拨款86万元。"),
        ("How tall is it?", "It rises 300 feet.", "It is 300 feet long."),
        ("造价是多少？", "共投资七亿。", "雅万高铁节能达30%以上。"),
        ("孵化率提高了百分之几？", "提高了三成。", "海龟孵化率显著提升，完成了目标。"),
        ("How old is he?", "He is 62 years old.", "His bill is £14,000 a year."),
        ("How much did it cost?", "It cost £38 million.", "Levels fell by 70 per cent in four years."),
        ("铁路全长多少公里？", "铁路全长1035公里。", "铁路减少碳排放超70%。"),
        ("How many passengers were carried?", "載客三十萬人次。", "铁路减少碳排放超70%。"),
    ],
)
def test_a_sentence_has_the_measure_or_lacks_it(question: str, given: str, lacking: str) -> None:
    assert not lacks_measure(given, question)
    assert lacks_measure(lacking, question)


def test_what_cannot_be_read_is_not_judged() -> None:
    """A language whose words for measures are not known."""
    assert not lacks_measure("Rautatie on tuhat kilometriä pitkä ja hyvin suosittu.", "How much did the railway cost?")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How high is inflation?", "Prices are up 8.4%."),
        ("关税多高？", "关税为25%。"),
        ("How wide is the pay gap?", "Women earn 16% less."),
        ("How many people were killed?", "At least 12 were killed."),
        ("多少人死亡？", "事故已致12死30伤。"),
        ("有多少人支持？", "六成五支持。"),
        ("门票多少钱？", "成人40元。"),
        ("工资多少？", "每天200元。"),
        ("How old is he?", "Smith, 54, has run it for years."),
        ("投资了多少家企业？", "投资了300家。"),
        ("占比是多少？", "出口翻番。"),
    ],
)
def test_a_measure_in_other_words_is_one(question: str, sentence: str) -> None:
    assert not lacks_measure(sentence, question)

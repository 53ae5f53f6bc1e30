"""Articles in other shapes than the first one: an interview, and an English roundtable in Markdown."""

import pytest

from answer.answer import Answer
from answer.answerer import QuestionAnswerer
from index.encoder import SentenceEncoder
from index.passage_index import PassageIndex
from ingest.sections import document_from_text

INTERVIEW = """# 让老房子喘口气

《江南晚报》记者　顾盼

沈怀远，58岁，从事古建筑修缮三十六年。日前，本报记者就老宅修缮对他进行了专访。

**记者：** 一栋老宅修下来要多少钱？谁来出？

**沈怀远：** 按现在的行情，每平方米在4500元到8000元之间。省级以上文保单位由财政承担七成，剩下三成地方配套。

**记者：** 年轻人愿意学这门手艺吗？

**沈怀远：** 愿意来的不少，留下的不多。我带过63个徒弟，现在还在干这行的有14个。
"""
ROUNDTABLE = """# Night trains are back

## Who rides them?

**Clara Hoffmann** (head of passenger research, Alpine Institute)

Our survey of 4,200 passengers in 2024 found three groups. First, business travellers who save a hotel night. Second,
families on holiday, 46 percent of all. Third, climate-minded travellers who would otherwise fly.

## What should governments do?

**Inês Duarte** (professor of transport economics)

Three measures would help most: a single booking system for all operators; lower track charges at night; and a public
leasing pool of sleeping coaches. Subsidies for single routes, on the other hand, are a mistake.
"""


COUNCIL = """# 长照怎么走？

编者按：预计到二〇三〇年，全市六十五岁以上人口将达三十八万人。

与谈人：

周明慧　台南护理学院长期照护研究所所长
林柏翰　市政府卫生局副局长

主持人：钱从哪里来？

林柏翰：今年全市长照预算是十七亿四千万元，其中中央补助占七成一，市府自筹占两成三，其余是部分负担。

周明慧：依我们的调查，全市登记在案的照顾服务员有四千三百人，实际在职的只有二千九百人，缺口大约一千四百人。

（本文整理自六月二十一日的座谈会，文字经与谈人确认。）
"""


NEWS = """# 数据要素如何流通起来

截至今年9月，全国已有48家数据交易机构，累计上架产品2.6万个，但真正成交的不到一成。

## 确权

东海大学研究院院长顾明哲告诉记者，欧盟用了九年时间讨论数据所有权。他主张把三种权利分开登记。

## 定价

云汇数据交易所总经理梁冰洁坦言，定价是最难的一关。

## 安全

首席技术官Marcus Chen长期研究密码学。他认为，密链科技的瓶颈是信任和成本。

“密链科技正在做三件事：把节点做成一体机，价格压到50万元以内；推动不同平台互联互通；培养既懂医疗又懂密码的人。”他说。

Temperatures are lower now, according to Priya Nandakumar, a hydrologist at the University of Westmere.
"""


FAQ = """# 市图书馆读者常见问题

**Q：如何办理读者证？**

A：持本人身份证到一楼总服务台办理。普通读者证免押金，一次可借10册，借期30天。

**Q：停车收费吗？**

A：地下车库前两小时免费，之后每小时4元，单日封顶20元。车位共有186个，周末比较紧张。

**Q：志愿者怎么报名？**

A：每年3月和9月招募，须年满16周岁，每月服务不少于8小时。
"""


def opened(text: str, encoder: SentenceEncoder) -> QuestionAnswerer:
    document = document_from_text(text, source="a.md", sha256="0", id="a")
    return QuestionAnswerer.from_index(PassageIndex.from_documents([document], encoder))


@pytest.fixture(scope="module")
def interview(encoder: SentenceEncoder) -> QuestionAnswerer:
    return opened(INTERVIEW, encoder)


@pytest.fixture(scope="module")
def roundtable(encoder: SentenceEncoder) -> QuestionAnswerer:
    return opened(ROUNDTABLE, encoder)


@pytest.fixture(scope="module")
def council(encoder: SentenceEncoder) -> QuestionAnswerer:
    return opened(COUNCIL, encoder)


@pytest.fixture(scope="module")
def news(encoder: SentenceEncoder) -> QuestionAnswerer:
    return opened(NEWS, encoder)


@pytest.fixture(scope="module")
def faq(encoder: SentenceEncoder) -> QuestionAnswerer:
    return opened(FAQ, encoder)


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


def experts(answer: Answer) -> list[str]:
    return [citation.expert for citation in answer.citations]


@pytest.mark.parametrize("question", ["沈怀远从事古建修缮多少年了？", "沈怀远是谁？", "沈怀远今年多大年纪？"])
def test_what_the_lead_tells_of_an_expert_is_found(interview: QuestionAnswerer, question: str) -> None:
    assert quotes(interview.answer(question)) == ["沈怀远，58岁，从事古建筑修缮三十六年。"]


def test_an_answer_in_an_interview_is_the_experts(interview: QuestionAnswerer) -> None:
    answer = interview.answer("他带过多少徒弟？")
    assert (experts(answer), answer.citations[0].exact) == (["沈怀远"], "63个")


def test_who_speaks_often_is_named_once(interview: QuestionAnswerer) -> None:
    assert len(interview.answer("有哪些专家参加？").citations) == 1


def test_an_expert_named_in_a_byline_of_its_own_is_asked(roundtable: QuestionAnswerer) -> None:
    answer = roundtable.answer("Who thinks that subsidies for single routes are a mistake?")
    assert quotes(answer)[0] == "**Inês Duarte** (professor of transport economics)"
    assert quotes(roundtable.answer("Who is Clara Hoffmann?")) == [
        "**Clara Hoffmann** (head of passenger research, Alpine Institute)"
    ]


def test_clauses_of_an_english_sentence_are_a_list(roundtable: QuestionAnswerer) -> None:
    answer = roundtable.answer("What three measures would help most?")
    assert answer.kind == "list"
    assert quotes(answer) == [
        "a single booking system for all operators",
        "lower track charges at night",
        "a public leasing pool of sleeping coaches",
    ]


def test_an_enumeration_in_english_is_a_list(roundtable: QuestionAnswerer) -> None:
    answer = roundtable.answer("What groups of passengers did the survey find?")
    assert (answer.kind, len(answer.citations)) == ("list", 3)


def test_experts_are_compared_on_everything(roundtable: QuestionAnswerer) -> None:
    answer = roundtable.answer("Compare the views of Hoffmann and Duarte.")
    assert answer.kind == "overview"
    assert set(experts(answer)) == {"Clara Hoffmann", "Inês Duarte"}


def test_the_list_of_guests_tells_who_someone_is(council: QuestionAnswerer) -> None:
    assert quotes(council.answer("林柏翰是谁？")) == ["林柏翰 市政府卫生局副局长"]


def test_a_year_in_words_is_found_by_one_in_figures(council: QuestionAnswerer) -> None:
    answer = council.answer("到2030年六十五岁以上人口有多少？")
    assert quotes(answer) == ["编者按：预计到二〇三〇年，全市六十五岁以上人口将达三十八万人。"]


def test_this_years_figure_is_not_last_years(council: QuestionAnswerer) -> None:
    assert council.answer("今年长照预算是多少？").kind != "none"
    assert council.answer("去年长照预算是多少？").kind == "none"


def test_a_note_at_the_end_is_in_no_overview(council: QuestionAnswerer) -> None:
    answer = council.answer("这篇文章讲了什么？")
    assert answer.kind == "overview"
    assert not any("座谈会" in quote for quote in quotes(answer))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("顾明哲是谁？", "东海大学研究院院长顾明哲"),
        ("顧明哲的職務是什麼？", "东海大学研究院院长顾明哲"),
        ("谁是梁冰洁？", "云汇数据交易所总经理梁冰洁"),
        ("Marcus Chen是谁？", "首席技术官Marcus Chen"),
        ("Who is Priya Nandakumar?", "Priya Nandakumar, a hydrologist at the University of Westmere"),
    ],
)
def test_an_office_named_in_passing_tells_who_someone_is(news: QuestionAnswerer, question: str, told: str) -> None:
    answer = news.answer(question)
    assert [citation.exact for citation in answer.citations] == [told]


def test_news_is_asked_for_what_people_say(news: QuestionAnswerer) -> None:
    answer = news.answer("密链科技正在做哪三件事？")
    assert (answer.kind, quotes(answer)) == (
        "list",
        ["把节点做成一体机，价格压到50万元以内", "推动不同平台互联互通", "培养既懂医疗又懂密码的人"],
    )


@pytest.mark.parametrize(
    ("question", "found"),
    [("停车怎么收费？", "地下车库前两小时免费"), ("志愿者有什么要求？", "每年3月和9月招募，须年满16周岁")],
)
def test_a_short_answer_is_found_by_the_question_that_it_answers(
    faq: QuestionAnswerer, question: str, found: str
) -> None:
    """Neither says of what it speaks; what is quoted is the answer alone."""
    answer = faq.answer(question)
    assert quotes(answer)[0].startswith(found)
    assert experts(answer) == [""]

"""A round table as magazines print it: credits, a list of guests, questions that several answer, a note at the end."""

import pytest

from ingest.document import Document
from ingest.sections import document_from_text

GUESTS = """周明慧　台南护理学院长期照护研究所所长
林柏翰　市政府卫生局副局长
陈叶秋月「厝边好」社区协会理事长"""
ONE = "依我们去年九月的调查，全市登记在案的照顾服务员有四千三百人，实际在职的只有二千九百人，缺口大约一千四百人。"
TWO = "市府从今年四月起试办留任奖励金，服务满一年的照顾服务员可以领两万元，满三年再领五万元。"
THREE = "我们协会在三个里设了据点，每天中午供餐一百二十份，一份收三十元，不够的靠募款。"
NOTE = "（本文整理自六月二十一日的座谈会，文字经与谈人确认。）"
TEXT = f"""# 长照怎么走？——三位专家谈社区照顾

主持人：本刊编辑 苏以恒

编者按：预计到2030年，全市六十五岁以上人口将达三十八万人。

与谈人：

{GUESTS}

## 人力缺口如何补足

主持人：目前照顾服务员的缺口有多大？

周明慧：{ONE}

林柏翰：{TWO}

## 社区据点的角色

主持人：社区据点能做什么？

陈叶秋月：{THREE}

*{NOTE}*
"""
FORMS = {
    "Markdown": TEXT,
    "plain text": TEXT.replace("## ", "").replace("# ", "").replace("*", ""),
    "no blank lines": TEXT.replace("## ", "").replace("# ", "").replace("*", "").replace("\n\n", "\n"),
}


@pytest.fixture(params=FORMS.values(), ids=FORMS)
def document(request: pytest.FixtureRequest) -> Document:
    return document_from_text(request.param, source="a.md", sha256="0", id="a")


def test_who_is_credited_asks_nothing_and_the_lead_stays_whole(document: Document) -> None:
    assert document.lead.startswith("主持人：本刊编辑 苏以恒")
    assert "三十八万人" in document.lead
    assert document.lead.endswith("社区协会理事长")


def test_everyone_who_answers_a_question_stands_under_it_and_its_heading(document: Document) -> None:
    gap, role = ("人力缺口如何补足", "目前照顾服务员的缺口有多大？"), ("社区据点的角色", "社区据点能做什么？")
    assert [(section.heading, section.question, section.expert) for section in document.sections[:3]] == [
        (*gap, "周明慧"),
        (*gap, "林柏翰"),
        (*role, "陈叶秋月"),
    ]


def test_the_list_of_guests_says_what_they_are(document: Document) -> None:
    assert [section.affiliation for section in document.sections[:3]] == [
        "台南护理学院长期照护研究所所长",
        "市政府卫生局副局长",
        "「厝边好」社区协会理事长",
    ]


def test_the_note_at_the_end_is_no_speakers(document: Document) -> None:
    *_, last, note = document.sections
    assert last.span.of(document.text) == THREE
    assert (note.expert, note.heading, note.question) == ("", "", "")
    assert note.span.of(document.text).strip("*") == NOTE


@pytest.mark.parametrize(
    ("credit", "asks"),
    [
        ("本刊编辑 苏以恒", False),
        ("王鹏，《财经》杂志记者", False),
        ("李明（本报记者）", False),
        ("先请三位谈谈人力缺口。", True),
        ("第一个问题是什么？", True),
    ],
)
def test_a_credit_is_told_from_a_question(credit: str, asks: bool) -> None:
    text = f"# 长照\n\n主持人：{credit}\n\n周明慧：{ONE}{TWO}\n\n林柏翰：{TWO}{THREE}\n"
    document = document_from_text(text, source="a.md", sha256="0", id="a")
    assert [section.expert for section in document.sections] == ["周明慧", "林柏翰"]
    assert (document.sections[0].question == credit) is asks


def test_the_mark_of_an_answer_is_no_experts_name() -> None:
    text = "# 问\n\n**Q：可以续借吗？**\n\nA：可以，一次。\n\n**问：逾期怎么办？**\n\n答：每天收取0.1元。\n"
    document = document_from_text(text, source="a.md", sha256="0", id="a")
    assert [(section.question, section.expert) for section in document.sections] == [
        ("可以续借吗？", ""),
        ("逾期怎么办？", ""),
    ]


@pytest.mark.parametrize("end", ["***", "---", "___", "（", "(", "）", "*", "（未完", "()"])
def test_any_last_line_can_be_read(end: str) -> None:
    document = document_from_text(f"{TEXT}\n\n{end}\n", source="a.md", sha256="0", id="a")
    assert [section.expert for section in document.sections[:3]] == ["周明慧", "林柏翰", "陈叶秋月"]

"""Who speaks is told from bylines in brackets, after commas, in bold and in headings, with a colon or without."""

import pytest

from ingest.document import Document
from ingest.sections import document_from_text

TEA = "很多人以为茶园天然就是碳汇，其实未必。我们对12个茶园连续六年的监测表明，净碳汇只有1.4吨。施肥过量会变成碳源。"
ORDER = "最初我们是被客户逼的。2021年，一家采购商要求提供碳足迹报告，否则取消800万元的订单。这笔账划得来。"
LEAD = "茶产业是南方山区的支柱产业。本报邀请两位专家讨论。"
SURVEY = (
    "Our survey of 4,200 passengers in 2024 found three groups, of whom families on holiday are by far the largest."
)
COACH = (
    "A new sleeping coach costs about 2.4 million euros, three times as much as a seated coach per passenger carried."
)


def read(text: str) -> Document:
    return document_from_text(text, source="a.md", sha256="0", id="a")


def speakers(document: Document) -> list[tuple[str, str, str]]:
    return [(section.heading, section.expert, section.affiliation) for section in document.sections]


CHINESE = [
    (
        "院长在括号里",
        f"{LEAD}\n\n## 一\n\n陈立群（茶学院院长）\n\n{TEA}\n\n## 二\n\n赵敏之（茶业集团副总经理）\n\n{ORDER}\n",
    ),
    (
        "粗体",
        f"{LEAD}\n\n## 一\n\n**陈立群**（茶学院院长）\n\n{TEA}\n\n## 二\n\n**赵敏之**（茶业集团副总经理）\n\n{ORDER}\n",
    ),
    ("标题即署名", f"{LEAD}\n\n## 陈立群（茶学院院长）：一\n\n{TEA}\n\n## 赵敏之（茶业集团副总经理）：二\n\n{ORDER}\n"),
    ("职务在前", f"{LEAD}\n\n一\n茶学院院长　陈立群\n\n{TEA}\n\n二\n茶业集团副总经理　赵敏之\n\n{ORDER}\n"),
    ("职务在后", f"{LEAD}\n\n一\n陈立群　茶学院院长\n\n{TEA}\n\n二\n赵敏之　茶业集团副总经理\n\n{ORDER}\n"),
]


@pytest.mark.parametrize("text", [text for _, text in CHINESE], ids=[name for name, _ in CHINESE])
def test_chinese_bylines_without_a_colon_name_the_expert(text: str) -> None:
    document = read("# 茶园里的双碳账\n\n" + text)
    assert speakers(document) == [("一", "陈立群", "茶学院院长"), ("二", "赵敏之", "茶业集团副总经理")]
    assert [section.span.of(document.text) for section in document.sections] == [TEA, ORDER]
    assert document.lead == LEAD


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("**Clara Hoffmann** (head of research)\n\n", "**Marek Zieliński** (chief financial officer)\n\n"),
        ("*Clara Hoffmann, head of research*\n\n", "*Marek Zieliński, chief financial officer*\n\n"),
        ("**Clara Hoffmann, head of research:** ", "**Marek Zieliński, chief financial officer:** "),
        ("**Clara Hoffmann** — head of research\n\n", "**Marek Zieliński** — chief financial officer\n\n"),
    ],
)
def test_english_bylines_without_a_colon_name_the_expert(one: str, two: str) -> None:
    document = read(f"# Night trains\n\n## Riders\n\n{one}{SURVEY}\n\n## Coaches\n\n{two}{COACH}\n")
    assert speakers(document) == [
        ("Riders", "Clara Hoffmann", "head of research"),
        ("Coaches", "Marek Zieliński", "chief financial officer"),
    ]
    assert [section.span.of(document.text) for section in document.sections] == [SURVEY, COACH]


def test_what_stands_under_a_heading_after_the_experts_is_no_experts() -> None:
    document = read(
        f"# 茶园\n\n## 一\n\n陈立群（茶学院院长）\n\n{TEA}\n\n## 二\n\n赵敏之（茶业集团副总经理）\n\n{ORDER}\n\n"
        "## 结语\n\n编辑部将继续关注这一话题。\n"
    )
    assert speakers(document)[-1] == ("结语", "", "")
    assert document.sections[-1].span.of(document.text) == "编辑部将继续关注这一话题。"


@pytest.mark.parametrize(
    "text",
    [
        f"# Guide\n\n## Getting Started (Linux)\n\n{SURVEY}\n\n## Advanced Usage (Windows)\n\n{COACH}\n",
        f"# 茶园\n\n出席人员：\n\n陈立群（茶学院院长）\n\n赵敏之（茶业集团副总经理）\n\n{TEA}\n",
        f"# 茶园\n\n本报记者　林晓\n\n{TEA}\n\n本报通讯员　赵敏之\n\n{ORDER}\n",
        f"# 茶园\n\n陈立群（茶学院院长）\n\n{TEA}\n\n{ORDER}\n",
        f"# Trains\n\n## Berlin, the capital\n\n{SURVEY}\n\n## Paris, the city of light\n\n{COACH}\n",
    ],
    ids=["systems", "list of people", "reporters", "one author", "places"],
)
def test_other_lines_of_their_own_are_no_bylines(text: str) -> None:
    assert not any(section.expert for section in read(text).sections)


def test_a_question_in_bold_is_the_next_answers_question() -> None:
    document = read(
        f"# Trains\n\n**Clara Hoffmann, head of research:** {SURVEY}\n\n**Marek Zieliński, director:** {COACH}\n\n"
        "**Q: What about prices?**\n\n**Clara Hoffmann:** They rose by 3 percent.\n"
    )
    last = document.sections[-1]
    assert (last.expert, last.affiliation, last.question) == (
        "Clara Hoffmann",
        "head of research",
        "What about prices?",
    )

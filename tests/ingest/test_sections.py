"""An article is read as title, lead and each expert's turn, however a newspaper has set it."""

import json
from pathlib import Path
from random import Random

import pytest
from articles import roundtable
from hypothesis import given, settings
from hypothesis import strategies as st
from newspaper import Column, Press, Roundtable, boundary_f1, paragraph_ends, same_text

from ingest.document import Document
from ingest.errors import YinjuError
from ingest.sections import document_from_text

REPOSITORY = Path(__file__).resolve().parents[2]
ARTICLE = REPOSITORY / "data" / "articles" / "green-belt-and-road.txt"
GOLD = REPOSITORY / ".." / "shared" / "article" / "gold_sections.json"


def read(text: str) -> Document:
    return document_from_text(text, source="article.txt", sha256="0" * 64, id="article")


def facts(document: Document) -> list[tuple[str, str, str, str]]:
    return [(part.heading, part.question, part.expert, part.affiliation) for part in document.sections]


def assert_read_as(document: Document, article: Roundtable, *, ends: bool = True) -> None:
    assert document.title == article.title
    assert document.lead == article.lead
    assert facts(document) == [
        (guest.heading, guest.question, guest.expert.replace(" ", ""), guest.affiliation) for guest in article.guests
    ]
    for section, guest in zip(document.sections, article.guests, strict=True):
        assert same_text(section.span.of(document.text), "".join(guest.paragraphs))
        if ends:
            found = [span.of(document.text) for span in section.paragraphs]
            assert boundary_f1(found, guest.paragraphs) >= 0.8, found


def assert_nothing_lost(document: Document, source: str) -> None:
    assert sorted("".join(document.text.split())) == sorted("".join(source.split()))
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for offset, character in enumerate(document.text):
        if not character.isspace():
            assert character in lines[document.source_map.line_at(offset) - 1]


class TestGreenBeltAndRoad:
    @pytest.fixture(scope="class")
    def document(self) -> Document:
        return read(ARTICLE.read_text(encoding="utf-8"))

    @pytest.fixture(scope="class")
    def gold(self) -> dict[str, object]:
        if not GOLD.exists():
            pytest.skip("the gold reading is not on this machine (../shared/article/gold_sections.json)")
        return json.loads(GOLD.read_text(encoding="utf-8"))

    def test_title_and_lead_are_exact(self, document: Document, gold: dict) -> None:
        assert document.title == gold["title"]
        assert document.lead == gold["lead"]
        assert document.lead_span is not None
        assert document.lead_span.of(document.text) == document.lead

    def test_each_heading_and_question_goes_to_the_expert_it_is_about(self, document: Document, gold: dict) -> None:
        wanted = [
            tuple(part[name] for name in ("heading", "question", "expert", "affiliation")) for part in gold["sections"]
        ]
        assert facts(document) == wanted

    def test_each_turn_holds_the_right_text(self, document: Document, gold: dict) -> None:
        for section, part in zip(document.sections, gold["sections"], strict=True):
            assert same_text(section.span.of(document.text), "".join(part["paragraphs"]))

    def test_paragraph_ends_are_found(self, document: Document, gold: dict) -> None:
        right = found = wanted = 0
        for section, part in zip(document.sections, gold["sections"], strict=True):
            ends = paragraph_ends([span.of(document.text) for span in section.paragraphs])
            gold_ends = paragraph_ends(part["paragraphs"])
            right, found, wanted = right + len(ends & gold_ends), found + len(ends), wanted + len(gold_ends)
        assert 2 * right / (found + wanted) >= 0.95

    def test_spaces_that_justified_a_line_are_gone_and_others_stay(self, document: Document) -> None:
        assert "在开展绿色投融资领域合作" in document.text
        assert "域，分别占绿色投资总额的 40.39% 和" in document.text
        assert "自 2013 年" in document.text

    def test_nothing_is_lost_and_every_character_knows_its_line(self, document: Document) -> None:
        assert_nothing_lost(document, ARTICLE.read_text(encoding="utf-8"))


COLUMNS = {
    "wide": Column(50),
    "usual": Column(38),
    "narrow": Column(26),
    "half-width quotes": Column(36, quote_cells=1),
    "squeezed punctuation": Column(40, squeezes=True),
    "no forbidden line starts": Column(34, forbids=False),
    "room for a picture": Column(42, narrowed=(4, 9, 8)),
}


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("guests", [2, 3, 4, 6])
def test_headings_in_front_go_to_their_experts(name: str, guests: int) -> None:
    article = roundtable(guests, seed=guests)
    order = list(range(guests))
    Random(len(name)).shuffle(order)
    text = Press(column=COLUMNS[name], order=tuple(order), spread=0.05).print(article)
    assert_read_as(read(text), article)
    assert_nothing_lost(read(text), text)


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("guests", [2, 4, 5])
def test_a_heading_before_a_turn_is_that_turns_own(name: str, guests: int) -> None:
    article = roundtable(guests, seed=10 + guests)
    assert_read_as(read(Press(column=COLUMNS[name], spread=0.05).print(article)), article)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("blank_between", [True, False])
def test_blank_lines_between_wrapped_lines_do_not_matter(seed: int, blank_between: bool) -> None:
    random = Random(seed)
    article = roundtable(random.randint(2, 6), seed)
    press = Press(
        column=Column(random.choice(range(26, 52, 2))),
        order=tuple(random.sample(range(len(article.guests)), len(article.guests))),
        blank_between=blank_between,
        heading_cells=random.choice([22, 26, 30]),
        seed=seed,
    )
    assert_read_as(read(press.print(article)), article)


def test_paragraphs_without_a_lost_indent_are_told_by_their_short_last_lines() -> None:
    article = roundtable(4, seed=3)
    text = Press(column=Column(38, indent=0), order=(2, 0, 3, 1)).print(article)
    assert_read_as(read(text), article, ends=False)


def test_half_width_brackets_and_colons_are_bylines_too() -> None:
    article = roundtable(3, seed=5)
    text = Press(order=(1, 2, 0), brackets="():").print(article)
    assert [row[2:] for row in facts(read(text))] == [
        (guest.expert.replace(" ", ""), guest.affiliation) for guest in article.guests
    ]


def test_a_heading_that_no_expert_takes_stays_in_the_text_and_in_no_section() -> None:
    article = roundtable(3, seed=6)
    text = Press(order=(0, 1, 2)).print(article)
    extra = "海洋强国建设扬帆远航\n\n深海探测取得哪些突破？\n\n"
    first = text.index(article.guests[0].heading)
    document = read(text[:first] + extra + text[first:])
    assert facts(document) == [
        (guest.heading, guest.question, guest.expert.replace(" ", ""), guest.affiliation) for guest in article.guests
    ]
    assert "海洋强国建设扬帆远航" in document.text
    assert document.lead == article.lead


def test_an_expert_without_a_heading_has_an_empty_one() -> None:
    article = roundtable(4, seed=7)
    document = read(Press(order=(3, 1, 0)).print(article))
    assert [row[0] for row in facts(document)] == [
        "" if index == 2 else guest.heading for index, guest in enumerate(article.guests)
    ]


def test_in_text_brackets_and_colons_are_no_turns() -> None:
    text = (
        "论坛综述\n\n会议在北京举行。\n\n李明（北京大学教授）：很高兴参加会议。\n\n"
        "他说（2024年）：这很重要。\n\n例如（见下表）：数字很多。\n\n近年来（尤其是去年）：变化很大。\n\n"
        "王芳（清华大学教授）：我补充一点意见。\n"
    )
    assert [section.expert for section in read(text).sections] == ["李明", "王芳"]


def test_english_bylines_are_turns() -> None:
    text = (
        "# The future of rail\n\nThree experts discuss where railways go.\n\n"
        "Mary O'Neill (Professor of Transport, University of Leeds): Rail is growing again. It needs money.\n\n"
        "A second paragraph of hers.\n\n"
        "Jean-Luc Picard (former captain): I prefer ships.\n"
    )
    document = read(text)
    assert document.title == "The future of rail"
    assert document.lead == "Three experts discuss where railways go."
    assert [(section.expert, section.affiliation, len(section.paragraphs)) for section in document.sections] == [
        ("Mary O'Neill", "Professor of Transport, University of Leeds", 2),
        ("Jean-Luc Picard", "former captain", 1),
    ]


def test_guests_named_with_their_affiliation_in_the_lead_keep_it() -> None:
    text = (
        "圆桌对话\n\n主持人：本报记者 李四\n\n嘉宾：陈刚（北京大学教授）\n\n王芳（清华大学教授）\n\n"
        "编者按：大家谈谈看法。\n\n主持人：第一个问题是什么？\n\n陈刚：这是一个好问题。\n\n王芳：我补充一点。\n"
    )
    document = read(text)
    assert facts(document) == [
        ("", "第一个问题是什么？", "陈刚", "北京大学教授"),
        ("", "第一个问题是什么？", "王芳", "清华大学教授"),
    ]
    assert document.lead.endswith("编者按：大家谈谈看法。")


def test_korean_bylines_are_turns() -> None:
    text = (
        "원탁 토론\n\n전문가에게 물었다.\n\n김철수(서울대 교수): 물이 필요하다.\n\n"
        "이영희(연세대 교수): 나도 그렇게 본다.\n"
    )
    document = read(text)
    assert document.title == "원탁 토론"
    assert facts(document) == [("", "", "김철수", "서울대 교수"), ("", "", "이영희", "연세대 교수")]


def test_an_interviewers_turn_is_the_question_of_the_answer_after_it() -> None:
    text = (
        "对话王强：怎样种好一棵树\n\n王强（林业大学教授）长期研究造林。\n\n记者：种树最难的是什么？\n\n"
        "王强：最难的是水。没有水就没有树。\n\n记者：那么怎么找水？\n\n王强：看地形，也看植物。\n"
    )
    document = read(text)
    assert facts(document) == [
        ("", "种树最难的是什么？", "王强", "林业大学教授"),
        ("", "那么怎么找水？", "王强", "林业大学教授"),
    ]
    assert document.sections[0].span.of(document.text) == "最难的是水。没有水就没有树。"
    assert_nothing_lost(document, text)


def test_markdown_headings_make_sections_and_keep_their_marks_in_the_text() -> None:
    text = "# Title\n\nIntro here.\n\n## First\n\nOne two.\nThree.\n\n## Second\n\nFour.\n"
    document = read(text)
    assert document.title == "Title"
    assert document.lead == "Intro here."
    assert [section.heading for section in document.sections] == ["First", "Second"]
    assert document.text == "# Title\n\nIntro here.\n\n## First\n\nOne two. Three.\n\n## Second\n\nFour."


def test_numbered_headings_make_sections() -> None:
    text = "年度报告\n\n一、背景\n\n经济继续恢复，就业保持稳定。\n\n二、做法\n\n各部门协同推进，成效不断显现。\n"
    assert [section.heading for section in read(text).sections] == ["一、背景", "二、做法"]


def test_plain_prose_is_one_section_without_a_lead() -> None:
    document = read("今天天气很好。我们去公园散步。\n\n公园里有很多花。大家都很高兴。\n")
    assert (document.title, document.lead, document.lead_span) == ("article", "", None)
    assert [span.of(document.text) for span in document.sections[0].paragraphs] == document.text.split("\n\n")


def test_a_text_of_one_line_is_the_body() -> None:
    document = read("hello world")
    assert document.title == "article"
    assert [section.span.of(document.text) for section in document.sections] == ["hello world"]


@pytest.mark.parametrize("text", ["", " \n\t\u3000\n"])
def test_a_text_of_white_space_is_refused(text: str) -> None:
    with pytest.raises(YinjuError, match="article.txt is empty"):
        read(text)


WORDS = """
李明（北京大学教授）： 王芳: 记者： 李明（北京 大学教授）： 王芳（清华 今天很好。 如何看待？ （ ） “ ” # ## - ``` 一、
word develop- 3.5% 国\u3000家\u3000在\u3000开\u3000展 ， 。 \ufeff é \u0301 绿色发展理念融入共建过程中与共建国家携手推动
"""
BREAKS = [
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "\u3000\u3000",
    "\t",
    "\x85",
    "\n## 标题\n",
    "\n```\n",
    "\n国 家 在 开 展\n",
    "\n- ",
    "\n***\n",
    "\n（本文整理自座谈会）\n",
    "\nQ：如何？\n",
    "\nA：可以。\n",
    "\n主持人：本刊编辑 李明\n",
    "\n李明　北京大学教授\n",
]
PIECES = st.sampled_from(WORDS.split(" ") + BREAKS)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=80).map("".join), st.text(max_size=200)))
def test_any_text_is_read_without_losing_a_character(text: str) -> None:
    if not text.strip():
        return
    document = read(text)
    assert_nothing_lost(document, text)
    assert document.source_map.offsets[0] == 0
    assert list(document.source_map.offsets) == sorted(set(document.source_map.offsets))
    previous = 0
    for section in document.sections:
        assert previous <= section.span.start
        previous = section.span.end
        if section.paragraphs:
            assert section.span.start == section.paragraphs[0].start
            assert section.span.end == section.paragraphs[-1].end
        for span in section.paragraphs:
            assert span.of(document.text).strip() == span.of(document.text) != ""
    parts = [
        document.text[a.end : b.start]
        for s in document.sections
        for a, b in zip(s.paragraphs, s.paragraphs[1:], strict=False)
    ]
    assert set(parts) <= {"\n\n"}

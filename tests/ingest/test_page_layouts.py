"""Round tables as web pages and newspapers lay them out: the same four sections come out of each."""

import pytest

from ingest.document import Document
from ingest.sections import document_from_text

TITLE = "架起联通世界的数字之桥"
LEAD = "数字技术正在改写共建国家的合作方式。截至去年底，合作机制已有三十五个，本期邀请几位专家讨论。"
PARTS = [
    (
        "夯实互联互通的底座",
        "目前建设进展如何，还有哪些薄弱环节？",
        "顾明川",
        "东海数字经济研究院院长",
        [
            "修路先打地基。经过八年建设，光缆总长已达到三十八万公里，连接九个国家。",
            "薄弱环节在于当地缺少工程师和备件。",
        ],
    ),
    (
        "让电商惠及更多企业",
        "它给企业和消费者带来了哪些实惠？",
        "沈若溪",
        "华南跨境贸易研究中心首席研究员",
        ["最直观的变化发生在货架上，进出口额五年翻了一番，三天卖出十一万袋咖啡。", "不过，中小企业出海仍有堵点。"],
    ),
    (
        "以规则促进数据流动",
        "有人说最缺的不是技术，而是规则。您怎么看？",
        "白立群",
        "国家网络治理研究所副所长",
        ["这个判断有道理，难点已经从通不通线变成通不通规，限制措施七年增加两倍。", "下一步要推动电子单证互认。"],
    ),
]
GUESTS = "\n".join(f"{name}　{office}" for _, _, name, office, _ in PARTS)
ASKED = [
    ("媒体提问", "{head}\n\n智库周刊：{question}\n\n{name}：{text}", GUESTS),
    ("圆点", "■ {head}\n\n◆ 主持人：{question}\n\n◇ {name}（{office}）：{text}", ""),
    ("问答", "{head}\n\n问：{question}\n\n{name}：{text}", "嘉宾：\n" + GUESTS),
    ("编辑提问", "{head}\n\n编辑：{question}\n\n{office} {name}\n\n{text}", ""),
    ("引用", "## {head}\n\n> {question}\n\n**{name}**（{office}）\n\n{text}", ""),
    ("职务连名", "{head}\n\n主持人：{question}\n\n{office}{name}：{text}", ""),
]
UNASKED = [
    ("方括号", "{head}\n\n【{name}】{office}\n\n{text}"),
    ("两行", "{head}\n\n{name}\n{office}\n\n{text}"),
    ("破折号", "{head}\n\n——{name}　{office}\n\n{text}"),
    ("作者在前", "{head}\n\n作者：{name}（{office}）\n\n{text}"),
    ("逗号", "{head}\n\n{name}，{office}\n\n{text}"),
    ("竖线", "{head}\n\n{name} | {office}\n\n{text}"),
    ("连写", "{head}\n\n{office}{name}\n\n{text}"),
]
SIGNED = [
    ("文末作者", "{head}\n\n{text}\n\n（作者：{name}，系{office}）"),
    ("文末括号", "## {head}\n\n{text}\n\n（{name}，{office}）"),
    ("姓名在前职务在后", "{head}\n\n{name}\n\n{text}\n\n（作者系{office}）"),
]


def read(text: str) -> Document:
    return document_from_text(text, source="a.txt", sha256="0", id="a")


def page(pattern: str, guests: str = "") -> str:
    parts = [
        pattern.format(head=head, question=question, name=name, office=office, text="\n\n".join(text))
        for head, question, name, office, text in PARTS
    ]
    return "\n\n".join([TITLE, LEAD, *([guests] if guests else []), *parts]) + "\n"


def ids(rows: list[tuple[str, str, str]] | list[tuple[str, str]]) -> list[str]:
    return [row[0] for row in rows]


@pytest.mark.parametrize(("_", "pattern", "guests"), ASKED, ids=ids(ASKED))
def test_an_asked_round_table_gives_heading_question_and_expert(_: str, pattern: str, guests: str) -> None:
    document = read(page(pattern, guests))
    assert document.title == TITLE
    assert document.lead.startswith(LEAD)
    assert [(s.heading, s.question, s.expert, s.affiliation) for s in document.sections] == [p[:4] for p in PARTS]
    assert [[p.of(document.text) for p in s.paragraphs] for s in document.sections] == [p[4] for p in PARTS]


@pytest.mark.parametrize(("_", "pattern"), UNASKED, ids=ids(UNASKED))
def test_a_byline_under_a_heading_names_the_expert(_: str, pattern: str) -> None:
    document = read(page(pattern))
    assert [(s.heading, s.expert, s.affiliation) for s in document.sections] == [(p[0], p[2], p[3]) for p in PARTS]
    assert [[p.of(document.text) for p in s.paragraphs] for s in document.sections] == [p[4] for p in PARTS]


@pytest.mark.parametrize(("_", "pattern"), SIGNED, ids=ids(SIGNED))
def test_a_signature_under_a_section_names_its_author(_: str, pattern: str) -> None:
    sections = read(page(pattern)).sections
    assert [(s.heading, s.expert, s.affiliation) for s in sections] == [(p[0], p[2], p[3]) for p in PARTS]


def test_the_signature_of_a_whole_article_makes_no_section_its_author_s() -> None:
    document = read(page("## {head}\n\n{text}") + "\n（作者顾明川系东海数字经济研究院院长）\n")
    assert [section.expert for section in document.sections] == ["", "", ""]


def test_a_line_of_dates_and_sizes_over_the_lead_is_no_heading() -> None:
    text = page("{head}\n\n主持人：{question}\n\n{name}（{office}）：{text}")
    document = read(
        text.replace(LEAD, f"2025年09月16日 06:12　来源：经世日报　责任编辑：林禾\n【字体：大 中 小】\n\n{LEAD}")
    )
    assert [section.heading for section in document.sections] == [part[0] for part in PARTS]


@pytest.mark.parametrize(
    "aside", ["（图说：每周三，餐车在村里巡回。摄影／高展）", "“人要的不是床，是有人听得懂他说痛。”——白立群"]
)
def test_a_caption_and_a_pulled_quotation_are_no_headings(aside: str) -> None:
    text = page("{head}\n\n主持人：{question}\n\n{name}（{office}）：{text}")
    document = read(text.replace(f"\n\n{PARTS[1][0]}\n\n", f"\n\n{aside}\n\n{PARTS[1][0]}\n\n"))
    assert [section.heading for section in document.sections] == [part[0] for part in PARTS]


def test_a_heading_may_be_a_question() -> None:
    text = page("{head}\n\n记者问：{question}\n\n{name}（{office}）：{text}")
    document = read(text.replace(PARTS[1][0], "实惠都到哪里去了？"))
    assert [section.heading for section in document.sections] == [PARTS[0][0], "实惠都到哪里去了？", PARTS[2][0]]
    assert [section.question for section in document.sections] == [part[1] for part in PARTS]


def test_a_title_may_be_a_question_and_have_a_rubric_over_it() -> None:
    text = page("{head}\n\n主持人：{question}\n\n{name}（{office}）：{text}")
    asked = read(text.replace(TITLE, "数字之桥如何架起？"))
    assert asked.title == "数字之桥如何架起？"
    assert asked.lead == LEAD
    rubric = read("《城乡月志》第218期｜封面专题\n\n" + text)
    assert (rubric.title, rubric.lead) == (TITLE, f"《城乡月志》第218期｜封面专题\n\n{LEAD}")
    plain = read("谁来养老？\n\n记者走访了三个社区。老人们说，最难的是吃饭。\n\n食堂今年还要再开八家。\n")
    assert (plain.title, len(plain.sections[0].paragraphs)) == ("谁来养老？", 2)


def test_the_first_of_several_questions_is_no_title() -> None:
    document = read("停车怎么收费？\n\n每小时五元。\n\n怎么退票？\n\n到窗口办理。\n\n几点开门？\n\n早上九点开门。\n")
    assert document.title == "a"


def test_an_afterword_and_what_stands_under_a_closing_note_are_nobody_s() -> None:
    text = page("{head}\n\n编辑：{question}\n\n{office} {name}\n\n{text}")
    document = read(f"{text}\n【编后】通道是骨架，产业是血肉，规则是神经。\n\n（本版编辑：林禾）\n版权声明　|　首页\n")
    assert [section.expert for section in document.sections] == [*(part[2] for part in PARTS), "", ""]
    assert document.sections[3].span.of(document.text) == "【编后】通道是骨架，产业是血肉，规则是神经。"
    assert document.sections[4].span.of(document.text).startswith("（本版编辑：林禾）")


def test_an_editor_s_note_after_the_last_turn_gives_the_offices() -> None:
    text = page("{head}\n\n主持人：{question}\n\n{name}：{text}")
    note = "；".join(f"{name}系{office}" for _, _, name, office, _ in PARTS)
    sections = read(f"{text}\n（{note}）\n").sections
    assert [section.affiliation for section in sections[:3]] == [part[3] for part in PARTS]


def test_a_list_of_guests_may_say_more_of_them() -> None:
    guests = "\n".join(f"{name}　{office}，研究人口二十二年，曾任顾问。" for _, _, name, office, _ in PARTS)
    sections = read(page("{head}\n\n记者问：{question}\n\n{name}：{text}", f"与谈人简介\n{guests}")).sections
    assert [section.affiliation for section in sections] == [part[3] for part in PARTS]


def test_lines_broken_anywhere_are_joined_where_indents_mark_the_paragraphs() -> None:
    wrapped = (
        f"{TITLE}\n\n底座怎么样\n\n编辑：建设进展如何，还有哪些\n薄弱环节？\n\n东海数字经济研究院\n院长 顾明川\n\n"
        "  修路先打地基。经过八年建设，光缆总长已达到三十八万\n公里，连接九\n个国家，还在\n增加。\n"
        "  薄弱环节\n在于当地缺少工程师和备件。\n\n规则怎么样\n\n编辑：您怎么看规则？\n\n国家网络治理研究所 白立群\n\n"
        "  这个判断有道理，\n难点已经变成通不通规。\n  整段不折行的也有，限制措施七年增加了两倍还多，负担越来越重。\n"
    )
    sections = read(wrapped).sections
    assert [(s.heading, s.question, s.expert, s.affiliation) for s in sections] == [
        ("底座怎么样", "建设进展如何，还有哪些薄弱环节？", "顾明川", "东海数字经济研究院院长"),
        ("规则怎么样", "您怎么看规则？", "白立群", "国家网络治理研究所"),
    ]
    text = read(wrapped).text
    assert [p.of(text) for p in sections[0].paragraphs] == [
        "修路先打地基。经过八年建设，光缆总长已达到三十八万公里，连接九个国家，还在增加。",
        "薄弱环节在于当地缺少工程师和备件。",
    ]
    assert len(sections[1].paragraphs) == 2


ENGLISH = [
    (
        "The current never rests",
        "Why is tidal power credible now?",
        "Ingrid Halloway",
        "professor of marine engineering, Strathvane University",
        "Our first machine turned for only 41 percent of the hours in its first year. Reliability is what changed.",
    ),
    (
        "What the seabed told us",
        "Have the turbines harmed wildlife?",
        "Adaeze Obiora",
        "marine ecologist, Halvard Observatory",
        "Less than we feared, though we have been careful. Since 2018 we have kept 34 hydrophones around the arrays.",
    ),
]
ENGLISH_FORMS = [
    ("by", "{head}\n\nBy {name}, {office}\n\n{text}", False),
    ("comma", "{head}\n\n{name}, {office}\n\n{text}", False),
    ("two lines", "{head}\n\n{name}\n{office}\n\n{text}", False),
    ("dash below", "{head}\n\n{text}\n\nNobody fishes there.\n\n— {name}, {office}", False),
    ("sentence below", "## {head}\n\n{text}\n\n*{name} is {office}.*", False),
    ("italics", "## {head}\n\n*{name}, {office}*\n\n*{question}*\n\n{text}", True),
    ("labels", "{head}\n\nCoastal Affairs: {question}\n\n{name} ({office}): {text}", True),
]


@pytest.mark.parametrize(("_", "pattern", "asked"), ENGLISH_FORMS, ids=[form[0] for form in ENGLISH_FORMS])
def test_english_pages_name_their_experts_in_many_ways(_: str, pattern: str, asked: bool) -> None:
    parts = [pattern.format(head=h, question=q, name=n, office=o, text=t) for h, q, n, o, t in ENGLISH]
    document = read("\n\n".join(["Working the tide", "Ten years ago nobody had seen a turbine here.", *parts]) + "\n")
    assert [(s.heading, s.expert, s.affiliation) for s in document.sections] == [(p[0], p[2], p[3]) for p in ENGLISH]
    assert [s.question for s in document.sections] == [p[1] if asked else "" for p in ENGLISH]
    assert all(s.span.of(document.text).startswith(p[4]) for s, p in zip(document.sections, ENGLISH, strict=True))


def test_a_panel_named_in_one_sentence_gives_the_offices() -> None:
    panel = "The panel: " + "; ".join(f"{name}, {office}" for _, _, name, office, _ in ENGLISH)
    parts = [f"{head}\n\nQ: {question}\n\n{name}: {text}" for head, question, name, _, text in ENGLISH]
    sections = read("\n\n".join(["Working the tide", panel, *parts]) + "\n").sections
    assert [section.affiliation for section in sections] == [part[3] for part in ENGLISH]


@pytest.mark.parametrize("line", ["Berlin, the capital of a union", "Ten Years Later, a company town"])
def test_a_heading_with_a_comma_names_no_expert(line: str) -> None:
    text = (
        f"Working the tide\n\nOne\n\n{ENGLISH[0][4]}\n\n{line}\n\n{ENGLISH[1][4]}\n\nParis, seat of an agency\n\nMore."
    )
    assert {section.expert for section in read(text).sections} == {""}

"""Wrapped lines become paragraphs, and white space that only filled a line goes."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newspaper import Column, set_lines

from ingest.layout import blocks_of, is_wrapped
from ingest.lines import join_lines, read_lines, tidy

PROSE = (
    "一粒种子可以改变一个世界。2023 年，我国农作物自主选育品种的面积占比超过 95%，"
    "水稻和小麦两大口粮作物的品种全部自给。"
    "种质资源库已保存资源 55 万份，居世界第二位。不过，大豆和玉米的单产只有先进国家的 60%左右。",
    "育种企业的局面没有根本改变，前十名企业的市场份额加起来不到两成。科研院所的成果与企业的需求之间还隔着一堵墙。",
    "要推进方案落地，把育种、繁种、推广连成一条链。"
    "应当让企业牵头组建创新联合体，让科研人员按成果分享收益。同时保护好新品种权。",
)
ENGLISH = (
    "The railway came to the valley in 1862, and with it came the coal merchants, who built their yards beside the "
    "station and sold to everyone within a day's ride of the line.",
    "Nobody had expected the town to grow so quickly. Within ten years there were four schools, two hospitals and a "
    "theatre that could seat nine hundred people on a good night.",
)


def paragraphs(text: str) -> list[str]:
    return [block.text for block in blocks_of(read_lines(text), {})]


def assert_same(found: Sequence[str], wanted: Sequence[str]) -> None:
    """White space beside a number is lost where a line was broken."""
    assert ["".join(text.split()) for text in found] == ["".join(text.split()) for text in wanted]


@pytest.mark.parametrize(
    ("line", "tidied"),
    [
        ("家 在 开 展 绿 色 投 融 资 领 域 合", "家在开展绿色投融资领域合"),
        ("域 ，分 别 占 绿 色 投 资 总 额 的 40.39% 和", "域，分别占绿色投资总额的 40.39% 和"),
        ("  自 2013 年  开创性提出", "自 2013 年 开创性提出"),
        ("深挖合作潜力　激发新动能", "深挖合作潜力 激发新动能"),
        ("共商 共建 共享 共赢", "共商 共建 共享 共赢"),
        ("a  plain\tEnglish line ", "a plain English line"),
        ("陈 刚（教授）", "陈 刚（教授）"),
    ],
)
def test_spaces_that_spread_a_line_go_and_others_stay(line: str, tidied: str) -> None:
    assert tidy(line) == tidied


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("仅\n2023 年", "仅2023 年"),
        ("约 33\n亿元", "约 33亿元"),
        ("the long\nway", "the long way"),
        ("develop-\nment", "develop-ment"),
        ("绿\n色", "绿色"),
        ("GDP、\n人口", "GDP、人口"),
    ],
)
def test_a_space_joins_lines_only_between_words(text: str, joined: str) -> None:
    assert join_lines(read_lines(text)).text == joined


def test_each_part_of_a_joined_text_knows_its_source_line() -> None:
    traced = join_lines(read_lines("\n绿色\n\n  发展之路\r\nlong\rway"))
    assert (traced.text, traced.offsets, traced.lines) == ("绿色发展之路long way", (0, 2, 6, 11), (2, 4, 5, 6))
    part = traced.cut(1, 10)
    assert (part.text, part.offsets, part.lines) == ("色发展之路long", (0, 1, 5), (2, 4, 5))


@pytest.mark.parametrize("cells", range(26, 52, 4))
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_wrapped_chinese_becomes_its_paragraphs(cells: int, between: str) -> None:
    lines = [line for text in PROSE for line in set_lines(text, Column(cells))]
    assert is_wrapped(read_lines("\n".join(lines)))
    assert_same(paragraphs(between.join(lines)), PROSE)


def test_an_indent_of_full_width_spaces_begins_a_paragraph() -> None:
    lines = [
        ("\u3000\u3000" if at == 0 else "") + line
        for text in PROSE
        for at, line in enumerate(set_lines(text, Column(36)))
    ]
    assert_same(paragraphs("\n".join(lines)), PROSE)


@pytest.mark.parametrize("cells", [48, 64, 78])
def test_a_blank_line_ends_a_paragraph_of_wrapped_english(cells: int) -> None:
    text = "\n\n".join("\n".join(set_lines(part, Column(cells, indent=0))) for part in ENGLISH * 2)
    assert paragraphs(text) == list(ENGLISH * 2)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_where_each_line_is_a_paragraph_lines_stay_apart(between: str) -> None:
    assert not is_wrapped(read_lines(between.join(PROSE * 3)))
    assert paragraphs(between.join(PROSE * 3)) == list(PROSE * 3)


def test_list_items_and_table_rows_stay_apart_and_code_keeps_its_lines() -> None:
    text = "# T\n\nIntro:\n- one\n- two\n\n| a | b |\n| 1 | 2 |\n\n```\nx = 1\n\ny = 2\n```\nAfter.\n"
    assert paragraphs(text) == [
        "# T",
        "Intro:",
        "- one",
        "- two",
        "| a | b |",
        "| 1 | 2 |",
        "```\nx = 1\ny = 2\n```",
        "After.",
    ]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from("绿色发展，。？“”《》 a1.-\n\n\u3000"), max_size=300).map("".join))
def test_unwrapping_only_moves_white_space(text: str) -> None:
    assert "".join("".join(paragraphs(text)).split()) == "".join(text.split())

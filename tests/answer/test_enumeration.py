"""Enumerations are found by their markers, whole and in order, and not where there is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.enumeration import Enumeration, enumerations
from ingest.document import Document, Span
from ingest.sentences import sentence_spans

FAMILIES = {
    "是": ("一是甲事；", "二是乙事；", "三是丙事。"),
    "要": ("一要甲事，", "二要乙事，", "三要丙事。"),
    "其": ("其一，甲事。", "其二，乙事。", "其三，丙事。"),
    "第": ("第一，甲事。", "第二，乙事。", "第三，丙事。"),
    "方面": ("第一方面甲事。", "第二方面乙事。"),
    "steps": ("第一步，甲事。", "第二步，乙事。", "第三步，丙事。"),
    "kinds": ("第一类是甲事；", "第二类是乙事。"),
    "brackets": ("（一）甲事；", "（二）乙事；", "（三）丙事。"),
    "comma": ("一、甲事。", "二、乙事。", "三、丙事。"),
    "words": ("首先，甲事。", "其次，乙事。", "再次，丙事。", "最后，丁事。"),
    "then": ("首先，甲事。", "然后，乙事。", "最后，丙事。"),
    "moreover": ("首先，甲事。", "其次，乙事。", "再者，丙事。", "最后，丁事。"),
    "short words": ("首先甲事，", "最后丁事。"),
    "sides": ("一方面，甲事；", "另一方面，乙事。"),
    "digits": ("1. 甲事。", "2. 乙事。", "3. 丙事。"),
    "digits in brackets": ("（1）甲事；", "（2）乙事；", "（3）丙事。"),
    "half brackets": ("1) 甲事；", "2) 乙事。"),
    "circled": ("①甲事；", "②乙事；", "③丙事。"),
    "English": ("First, the one.", "Second, the other.", "Third, the last."),
    "English adverbs": ("Firstly, the one.", "Secondly, the other."),
    "English reasons": ("The first reason is the one.", "The second is the other."),
    "traditional": ("一則甲事；", "二則乙事。"),
    "traditional words": ("首先，甲事；", "最後，乙事。"),
}
NO_ENUMERATION = {
    "only one": "一是甲事。此后再无。",
    "two steps": "先甲事，再乙事。",
    "先 in other words": "先生来了，先进的机器也来了，然后又走了，最后没有再来。",
    "a gap": "其一，甲事。其三，丙事。",
    "唯一": "唯一是甲事，唯二是乙事。",
    "tens": "十一是单数。十二是双数。",
    "weekdays": "周一是晴天。周二是雨天。",
    "dates": "2024年1月2日，甲事。2025年2月3日，乙事。",
    "decimals": "从1.5亿元增至2.5亿元，占1.1%、2.2%。",
    "decimals at sentence ends": "The rate rose to 3.1. In 2020 it fell to 4.2. Then it rose.",
    "versions": "版本1.2.3发布了，2.0也发布了。",
    "quarters": "第一季度增长。第二季度下降。",
    "trades": "包括：一、二、三产业融合，二、三产业升级。",
    "miles": "首先打通干线，最后一公里也要打通。",
    "wars": "First World War ended. Second World War began.",
}


def found_in(text: str) -> tuple[Enumeration, ...]:
    """The enumerations of a text whose paragraphs are separated by blank lines."""
    starts = [0, *(place + 2 for place in range(len(text)) if text.startswith("\n\n", place))]
    paragraphs = [Span(start, start + len(text[start:].split("\n\n")[0])) for start in starts]
    return enumerations(text, sentence_spans(text), paragraphs)


def items_of(text: str) -> list[list[str]]:
    return [[item.of(text) for item in series.items] for series in found_in(text)]


@pytest.mark.parametrize("items", FAMILIES.values(), ids=FAMILIES)
@pytest.mark.parametrize("intro", ["有几件事要做。", "要做的事：", ""], ids=["sentence", "colon", "none"])
@pytest.mark.parametrize("gap", ["", "\n\n"], ids=["one paragraph", "paragraphs"])
def test_every_family_of_markers_gives_its_items_whole_and_in_order(
    items: tuple[str, ...], intro: str, gap: str
) -> None:
    """Each with its marker, brackets and all, and nothing of the next."""
    text = intro + gap.join(items)
    assert items_of(text) == [list(items)]


@pytest.mark.parametrize("text", NO_ENUMERATION.values(), ids=NO_ENUMERATION)
def test_what_only_looks_like_an_enumeration_is_none(text: str) -> None:
    assert items_of(text) == []


def test_the_article_has_its_four_enumerations(article: Document) -> None:
    """Three challenges of transport, four tasks of energy, three ways of finance and three tasks of finance."""
    counts = []
    for section in article.sections:
        text = section.span.of(article.text)
        paragraphs = [span.shift(-section.span.start) for span in section.paragraphs]
        counts.append([len(series.items) for series in enumerations(text, sentence_spans(text), paragraphs)])
    assert counts == [[], [3], [4], [3, 3]]


def test_the_last_item_ends_with_its_paragraph() -> None:
    """What comes after is no part of the enumeration."""
    assert items_of("一是甲事。\n\n二是乙事。又有细节。\n\n另起一段。") == [["一是甲事。", "二是乙事。又有细节。"]]


def test_after_items_of_one_sentence_the_last_has_one_too() -> None:
    """What is said of all of them is no part of the last."""
    assert items_of("一是甲事；二是乙事。这两件都要做。") == [["一是甲事；", "二是乙事。"]]
    assert items_of("一是甲事。又有细节。二是乙事。也有细节。") == [["一是甲事。又有细节。", "二是乙事。也有细节。"]]


def test_a_second_enumeration_begins_with_its_first_marker() -> None:
    text = "做法：一是甲事；二是乙事。\n\n建议：一是丙事；二是丁事；三是戊事。"
    assert items_of(text) == [["一是甲事；", "二是乙事。"], ["一是丙事；", "二是丁事；", "三是戊事。"]]


def test_the_intro_is_the_sentence_that_leads_in() -> None:
    text = "今天天气很好。有两件事要做。一是甲事。二是乙事。"
    (series,) = found_in(text)
    assert series.intro is not None
    assert series.intro.of(text) == "有两件事要做。"
    (opening,) = found_in("一是甲事。二是乙事。")
    assert opening.intro is None


def test_shifting_moves_items_and_intro_alike() -> None:
    (series,) = found_in("两件事。一是甲事。二是乙事。")
    moved = series.shift(100)
    assert moved.items == tuple(item.shift(100) for item in series.items)
    assert series.intro is not None
    assert moved.intro == series.intro.shift(100)
    assert moved.span == series.span.shift(100)


PIECES = [
    "一是",
    "二是",
    "三是",
    "首先，",
    "其次，",
    "最后，",
    "1.",
    "2.",
    "（1）",
    "（2）",
    "甲事",
    "。",
    "；",
    "\n\n",
    " ",
    "3.1",
]


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_items_never_overlap_are_never_blank_and_stay_within_the_text(text: str) -> None:
    for series in found_in(text):
        assert len(series.items) >= 2
        assert all(item.of(text) == item.of(text).strip() != "" for item in series.items)
        assert all(a.end <= b.start for a, b in zip(series.items, series.items[1:], strict=False))
        assert series.items[-1].end <= len(text)


@pytest.mark.parametrize(
    "items", [("先甲事，", "再乙事，", "然后丙事，", "最后丁事。"), ("先甲事，", "然後乙事，", "最後丙事。")]
)
def test_the_steps_of_one_sentence_are_items(items: tuple[str, ...]) -> None:
    text = f"流程很简单：{''.join(items)}此后无事。"
    (series,) = enumerations(text, sentence_spans(text), [Span(0, len(text))])
    assert [item.of(text) for item in series.items] == list(items)


def test_numbers_go_on_beyond_nine() -> None:
    text = "".join(f"{number}. 第{number}事。\n\n" for number in range(1, 13)).strip()
    assert len(items_of(text)[0]) == 12


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["lines", "paragraphs"])
@pytest.mark.parametrize("bullet", ["-", "•", "*"])
def test_lines_with_bullets_are_items(bullet: str, gap: str) -> None:
    items = [f"{bullet} 甲事", f"{bullet} 乙事", f"{bullet} 丙事"]
    (series,) = found_in(gap.join(["会上定了三件事：", *items, "此后散会。"]))
    assert series.intro is not None
    assert items_of(gap.join(["会上定了三件事：", *items, "此后散会。"])) == [items]


def test_one_line_with_a_dash_is_no_list() -> None:
    assert items_of("他说了一句话：\n\n- 甲事\n\n此后散会。") == []

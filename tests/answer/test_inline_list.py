"""Lists within a sentence give their items, whole and in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.inline_list import inline_items
from ingest.document import Span


def items(sentence: str, focus: str = "", count: int | None = None) -> list[str]:
    place = sentence.index(focus) if focus else 0
    found = inline_items(sentence, Span(place, place + len(focus)) if focus else None, count)
    return [span.of(sentence) for span in found]


def test_things_parted_by_the_enumeration_comma() -> None:
    assert items("水电、风能、光伏和绿氢。") == ["水电", "风能", "光伏和绿氢"]


def test_the_focus_cuts_off_what_stands_around_the_list() -> None:
    sentence = "要动员社会组织、民间团体、企业等多元主体参与。"
    assert items(sentence, "社会组织、民间团体、企业") == ["社会组织", "民间团体", "企业"]


def test_a_focus_on_one_item_keeps_the_others() -> None:
    assert items("高温干旱、强降雨、洪涝等天气频发。", "强降雨") == ["高温干旱", "强降雨", "洪涝等天气频发"]


def test_of_two_lists_the_one_pointed_at() -> None:
    sentence = "渔民种稻米、小麦、玉米，也养鸡、鸭。"
    assert items(sentence, "鸡") == ["鸡", "鸭"]
    assert items(sentence) == ["渔民种稻米", "小麦", "玉米"]


def test_a_focus_beside_every_list_gives_none() -> None:
    assert items("渔民种稻米、小麦、玉米，收成很好。", "收成") == []


def test_a_focus_that_ends_inside_a_quotation_does_not_cut_it_open() -> None:
    sentence = "铁路设置迁徙通道、涵洞通道和鸟类“生态天桥”，工程结束后恢复植被。"
    assert items(sentence, "迁徙通道、涵洞通道和鸟类“生态天桥")[-1] == "涵洞通道和鸟类“生态天桥”"


def test_titles_and_quotes_stay_whole() -> None:
    assert items("先后出台《关于甲、乙的意见》、《丙规划》等。") == ["先后出台《关于甲、乙的意见》", "《丙规划》等"]


def test_a_focus_over_several_clauses_gives_the_clauses() -> None:
    sentence = "标准不统一；资金不足；人才短缺。"
    assert items(sentence, "标准不统一；资金不足") == ["标准不统一", "资金不足", "人才短缺"]


def test_as_many_clauses_as_are_asked_for_are_the_list() -> None:
    sentence = "Two measures would help: a single booking system, run by all; and lower charges at night."
    found = ["a single booking system, run by all", "lower charges at night"]
    assert items(sentence, "a single booking system", count=2) == found
    assert items(sentence, "a single booking system", count=3) == []


def test_the_words_that_lead_in_are_no_part_of_the_first_item() -> None:
    assert items("政府要做两件事：办培训班；给补贴。", "办培训班；给补贴") == ["办培训班", "给补贴"]


def test_a_series_in_words_gives_its_items() -> None:
    assert items("It stops in Rome, Paris and Berlin.", "Rome, Paris and Berlin") == ["Rome", "Paris", "Berlin"]
    assert items("It stops in Rome, Paris, and Berlin.", "Rome, Paris, and Berlin") == ["Rome", "Paris", "Berlin"]
    assert items("Er hält in Rom und Berlin.", "Rom und Berlin") == ["Rom", "Berlin"]
    assert items("Sand and gravel, which sank.", "gravel") == []


@pytest.mark.parametrize("sentence", ["", "没有列举。", "、", "A sentence, with commas, and no list."])
def test_where_there_is_no_list_there_are_no_items(sentence: str) -> None:
    assert items(sentence) == []


@given(st.text("甲乙、；，。《》“” ", max_size=30), st.integers(0, 30), st.integers(1, 30))
def test_items_are_in_order_apart_and_not_empty(sentence: str, start: int, length: int) -> None:
    focus = Span(start, min(start + length, len(sentence))) if start < len(sentence) else None
    found = inline_items(sentence, focus)
    assert all(found)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))


def test_a_focus_on_what_announces_a_list_gives_the_list() -> None:
    sentence = "我們正在研議三種財源：提高菸捐分配比例、開徵空屋稅、以及成立長照基金。"
    assert items(sentence, "三種") == ["提高菸捐分配比例", "開徵空屋稅", "成立長照基金"]
    assert items("财源有三种，但还没有结论：甲税、乙税。", "三种") == []


def test_clauses_that_someone_is_quoted_with_are_a_list() -> None:
    sentence = "“我们在做三件事：做成一体机，降价；推动互联互通；培养人。”他说。"
    assert items(sentence, "三件事：做成一体机，降价；推动互联互通；培养人。”") == [
        "做成一体机，降价",
        "推动互联互通",
        "培养人",
    ]


def test_words_that_link_and_count_are_no_part_of_an_item() -> None:
    assert items("登记1320项，其中交通、气象、医保三类占到六成。", "交通、气象、医保三类") == ["交通", "气象", "医保"]
    assert items("有如皋市、如东县、医保十三项。", "如皋市、如东县、医保十三项") == ["如皋市", "如东县", "医保十三项"]
    assert items("涉及交通、气象、以及医保。") == ["涉及交通", "气象", "医保"]


@pytest.mark.parametrize(
    ("sentence", "focus"),
    [
        ("代价有税率恢复原状、赦免参与者，以及每年推举一名代表。", "税率恢复原状、赦免参与者，以及每年推举一名代表"),
        ("邻居觉得挡光、贬值，又得不到好处。", "挡光、贬值，又得不到好处"),
    ],
)
def test_an_answer_that_goes_on_beyond_the_list_is_not_cut_to_it(sentence: str, focus: str) -> None:
    assert items(sentence, focus) == []

"""Near misses are asked of what the text does not give, and differ from the question in one place."""

import random

import pytest

from eval.near_misses import shared_name, with_another_figure, with_another_name, with_neighbouring_name

TEXT = "灯塔建于1893年。港口每年吞吐33万吨。渔民喜欢这里。"


def test_another_year_is_one_that_the_text_does_not_have() -> None:
    for seed in range(20):
        made = with_another_figure("1893年建了什么？", TEXT, random.Random(seed))
        assert made is None or (made.endswith("年建了什么？") and made[:4].isdigit() and made[:4] not in TEXT)


def test_a_question_without_a_figure_of_the_text_cannot_ask_for_another() -> None:
    assert with_another_figure("港口2023年吞吐多少？", TEXT, random.Random(0)) is None


def test_another_name_takes_the_place_of_the_one_asked_for() -> None:
    assert with_another_name("港口吞吐多少？", "港口", ["机场"], TEXT, random.Random(0)) == "机场吞吐多少？"


def test_a_name_that_the_text_has_is_no_other_name() -> None:
    assert with_another_name("港口吞吐多少？", "港口", ["渔民"], TEXT, random.Random(0)) is None
    assert with_another_name("港口吞吐多少？", "", ["机场"], TEXT, random.Random(0)) is None
    assert with_another_name("港口吞吐多少？", "港口", [], TEXT, random.Random(0)) is None


@pytest.mark.parametrize(
    ("question", "text", "name"),
    [
        ("中老铁路何时开通？", "中老铁路于2021年开通。", "中老铁路"),
        ("When did the Panthers defense lose?", "The Panthers defense gave up 308 points.", "Panthers defense"),
        ("何时？", "何时开始。", ""),
        ("Who is it?", "It is he.", ""),
    ],
)
def test_a_name_is_the_longest_run_of_words_in_both(question: str, text: str, name: str) -> None:
    assert shared_name(question, text) == name


NEAR = "老灯塔建于1893年。新港口每年吞吐33万吨。"


@pytest.mark.parametrize(
    ("name", "others", "made"),
    [
        ("新港口", ["老灯塔"], "老灯塔每年吞吐多少？"),
        ("新港口", ["机场"], None),
        ("新港口", ["33万吨"], None),
        ("新港口", ["建于1893年", "新港口每年"], None),
        ("的新港口", ["老灯塔"], None),
        ("", ["老灯塔"], None),
    ],
)
def test_a_neighbour_is_named_in_the_text_away_from_the_answer(name: str, others: list[str], made: str | None) -> None:
    """No clause counts as a name, and nothing that the answering sentence speaks of."""
    evidence = NEAR[NEAR.index("新") :]
    found = with_neighbouring_name("新港口每年吞吐多少？", name, others, NEAR, evidence, random.Random(0))
    assert found == made

"""A gold answer stands in a text as whole numbers and whole words, white space aside."""

import pytest

from eval.gold_matching import holds, in_order


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        ("增长了50%", "5"),
        ("减少331万吨", "33"),
        ("在2023年", "202"),
        ("共1,000家", "000"),
        ("共1,000家", "1"),
        ("达12.5亿", "12"),
        ("达12.5亿", "5亿"),
        ("we held a party", "art"),
        ("a café", "caf"),
        ("a part of it", "apart"),
        ("the harbour repairs", "harbour repair"),
    ],
)
def test_a_part_of_a_number_or_of_a_word_is_no_gold_answer(text: str, gold: str) -> None:
    assert not holds(text, [gold])


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        ("减少 33万\n吨。", "33 万吨"),
        ("共1,000家", "1,000"),
        ("It was 2023.", "2023"),
        ("In 2020,33 ports", "33"),
        ("采用AI技术", "AI"),
        ("Port\n  Askil's quay", "Port Askil"),
        ("(art)", "art"),
        ("x", "x"),
    ],
)
def test_white_space_and_signs_around_do_not_matter(text: str, gold: str) -> None:
    assert holds(text, [gold])


def test_items_are_whole_too_and_stand_in_their_order() -> None:
    assert in_order("甲、乙、丙", ["甲", "丙"])
    assert not in_order("甲、乙、丙", ["丙", "甲"])
    assert not in_order("甲占15%，乙占25%", ["甲", "5%"])

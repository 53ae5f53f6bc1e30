"""A Chinese question in English words: enough of its meaning to find the answer in a Chinese text."""

import pytest

from train.gloss import glossed


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("蒸汽机车在哪一年被取代？", ["steam locomotive", "in", "year", "replace"]),
        ("中華人民共和國國務院位於何處?", ["State Council", "is located in", "where"]),
        ("谁发明了电话？", ["who", "invent", "telephone"]),
    ],
)
def test_each_word_is_translated_in_its_place(question: str, words: list[str]) -> None:
    """From either Chinese script; what English does without is left out."""
    found = glossed(question)
    places = [found.find(word) for word in words]
    assert -1 not in places
    assert places == sorted(places)


def test_a_name_that_no_dictionary_has_is_spelled() -> None:
    assert "Weiwan" in glossed("魏玩是谁？")


def test_figures_and_latin_letters_stay() -> None:
    found = glossed("2024年NASA发射了多少颗卫星？")
    assert found.startswith("2024 year NASA")
    assert found.endswith("satellite?")


def test_nothing_chinese_is_left() -> None:
    found = glossed("《大公报》（天津）对“西安事变”的立场，是什么？")
    assert not any("\u3000" <= character <= "\u9fff" for character in found)


def test_a_question_in_another_language_stays_as_it_is() -> None:
    assert glossed("When was the lighthouse built?") == "When was the lighthouse built?"

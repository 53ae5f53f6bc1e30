"""Near misses have no answer, and differ from an answerable question in one thing only."""

import random
from dataclasses import replace

from ingest.document import Span
from train.examples import Example
from train.near_misses import asked_of_neighbour, asked_otherwise, without_evidence

TEXT = "灯塔建于1893年。港口每年吞吐33万吨。渔民喜欢这里。"
EXAMPLE = Example("1", "g", "zh", "zh", "港口2023年吞吐多少？", TEXT, Span(16, 20), ("33万吨",), name="港口")


def test_the_example_itself_is_right() -> None:
    assert EXAMPLE.answer is not None
    assert EXAMPLE.answer.of(TEXT) == "33万吨"


def test_without_its_evidence_a_text_keeps_all_other_sentences() -> None:
    made = without_evidence(EXAMPLE)
    assert made is not None
    assert made.text == "灯塔建于1893年。渔民喜欢这里。"
    assert made.answer is None
    assert made.question == EXAMPLE.question


def test_a_second_place_that_gives_the_answer_goes_too() -> None:
    made = without_evidence(replace(EXAMPLE, text=TEXT + "33万吨是个大数。"))
    assert made is not None
    assert "33万吨" not in made.text


def test_of_a_text_of_one_sentence_nothing_is_left() -> None:
    assert without_evidence(replace(EXAMPLE, text="港口每年吞吐33万吨。", answer=Span(6, 10))) is None


def test_asked_otherwise_an_example_has_no_answer() -> None:
    made = asked_otherwise(EXAMPLE, ["机场"], random.Random(0))
    assert made is not None
    assert made.question == "机场2023年吞吐多少？"
    assert made.answer is None
    assert made.text == TEXT


def test_a_figure_of_the_text_is_changed_before_a_name() -> None:
    example = replace(EXAMPLE, question="港口1893年吞吐多少？")
    made = [asked_otherwise(example, ["机场"], random.Random(seed)) for seed in range(10)]
    assert all(item is None or "1893" not in item.question or "机场" in item.question for item in made)
    assert any(item is not None and "港口" in item.question for item in made)


def test_asked_of_a_neighbour_an_example_keeps_what_would_have_answered_in_view() -> None:
    """The lighthouse is in the text and not where the answer stands."""
    example = replace(EXAMPLE, text=TEXT.replace("灯塔", "旧灯塔"), answer=Span(17, 21))
    made = asked_of_neighbour(replace(example, name="港口每"), ["旧灯塔", "港口每"], random.Random(0))
    assert made is None
    made = asked_of_neighbour(
        replace(example, question="港口每年吞吐多少？", name="港口每"), ["旧灯塔"], random.Random(0)
    )
    assert made is not None
    assert made.question == "旧灯塔年吞吐多少？"
    assert made.answer is None
    assert made.lure == example.answer

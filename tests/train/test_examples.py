"""What is learned from: every question, never the paragraphs held out, in both Chinese scripts."""

from collections import Counter
from pathlib import Path

import pytest

from eval.held_out import held_out_paragraphs, held_out_questions
from eval.written import WRITTEN
from index.folding import simplified
from ingest.errors import YinjuError
from train.examples import load_sets, sample_examples, training_examples

WRITTEN_SETS = load_sets(WRITTEN)


def test_nothing_held_out_is_learned_from(data: Path) -> None:
    """Neither its questions nor, as a text that does not answer another one, its paragraphs."""
    (squad,) = load_sets(data)
    held_out = {simplified(squad.paragraphs[number].text) for number in held_out_paragraphs(squad)}
    examples = training_examples([squad], seed=0)
    assert held_out
    assert examples
    seen = {simplified(text) for example in examples for text in (example.text, *example.rivals)}
    assert seen.isdisjoint(held_out)


def test_three_tenths_are_held_out_and_the_rest_of_that_paragraph(data: Path) -> None:
    (squad,) = load_sets(data)
    assert len(held_out_questions(squad)) == 6


def test_traditional_questions_come_in_simplified_characters_too(data: Path) -> None:
    texts = [example.text for example in training_examples(load_sets(data), seed=0)]
    assert any("燈" in text for text in texts)
    assert any("灯" in text for text in texts)


def test_every_answer_stands_where_it_is_said_to(data: Path) -> None:
    for example in training_examples(load_sets(data), seed=0):
        assert example.answer is not None
        assert example.answer.of(example.text) in example.golds


def test_a_small_set_comes_several_times(data: Path) -> None:
    """Each question four times, and copies of some in simplified characters and in English words."""
    examples = training_examples(load_sets(data), seed=0)
    asked = Counter(example.id for example in examples)
    assert min(asked.values()) >= 4
    assert len(examples) - 4 * len(asked) > len(asked)


def test_some_questions_are_asked_in_english_words_too(data: Path) -> None:
    """Of the same texts, and what they are about no longer stands in the text."""
    crossing = [example for example in training_examples(load_sets(data), seed=0) if example.question_language == "en"]
    assert crossing
    for example in crossing:
        assert example.question.isascii()
        assert not example.text.isascii()
        assert not example.name


def test_rivals_do_not_hold_the_answer(data: Path) -> None:
    examples = training_examples(load_sets(data), seed=0)
    assert any(example.rivals for example in examples)
    for example in examples:
        assert not any(gold in rival for rival in example.rivals for gold in example.golds)


def test_the_same_seed_gives_the_same_examples(data: Path) -> None:
    assert training_examples(load_sets(data), seed=3) == training_examples(load_sets(data), seed=3)


def test_a_folder_without_sets_is_named(tmp_path: Path) -> None:
    with pytest.raises(YinjuError, match="holds no .json file"):
        load_sets(tmp_path)


def test_an_answer_that_is_nowhere_in_its_text_is_named(data: Path) -> None:
    path = data / "towers.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"1810年"', '"1999年"', 1), encoding="utf-8")
    with pytest.raises(YinjuError, match="1999年.*nowhere in its context"):
        load_sets(data)


def test_simplified_characters_never_move_an_offset() -> None:
    text = "燈塔裏麵包，瞭望台著火；計算機、乾隆、頭髮。"
    assert len(simplified(text)) == len(text)
    assert simplified("燈塔") == "灯塔"


def test_where_nothing_answers_the_nearest_sentence_lures() -> None:
    """`is_impossible` questions are learned from as well, the sentence that they nearly ask about in sight."""
    examples = [example for squad in WRITTEN_SETS for example in training_examples([squad], seed=0, times=1)]
    unanswered = [example for example in examples if example.answer is None]
    assert unanswered
    assert all(example.lure is not None and not example.golds for example in unanswered)
    asked = next(example for example in unanswered if example.question == "2023年石浦港装卸了多少箱子？")
    assert asked.lure is not None
    assert "2023年" in asked.lure.of(asked.text)


def test_the_written_sets_are_as_many_and_as_often_answered_as_they_are_said_to_be() -> None:
    assert sum(len(squad.paragraphs) for squad in WRITTEN_SETS) == 2612
    assert sum(len(squad.questions) for squad in WRITTEN_SETS) == 24470
    for squad in WRITTEN_SETS:
        answered = sum(bool(question.answers) for question in squad.questions) / len(squad.questions)
        assert (0.8 <= answered < 0.9) if squad.name.startswith("entries") else (0.55 < answered < 0.61)
        assert squad.misplaced + squad.left_out == 0


def test_a_share_of_the_examples_keeps_their_order(data: Path) -> None:
    examples = training_examples(load_sets(data), seed=0)
    half = sample_examples(examples, 0.5, seed=1)
    assert len(half) == round(len(examples) / 2)
    assert sample_examples(examples, 1.0, seed=1) == examples
    places = iter(examples)
    assert all(example in places for example in half)


def test_a_set_comes_as_often_as_is_asked(data: Path) -> None:
    once = training_examples(load_sets(data), seed=0, times=1)
    assert max(Counter((example.id, example.question, example.text) for example in once).values()) == 1

"""What is learned from: every question, never the paragraphs held out, in both Chinese scripts."""

from pathlib import Path

import pytest

from ingest.document import Span
from ingest.errors import YinjuError
from train.examples import Example, corpus_from, load_sets
from train.scripts import simplified

EXAMPLE = Example("1", "g", "zh", "zh", "灯塔建于哪一年？", "灯塔建于1893年。", Span(4, 9), ("1893年",))


def test_nothing_held_out_is_learned_from(data: Path) -> None:
    corpus = corpus_from(load_sets(data), seed=0)
    learned = {example.id for example in corpus.training}
    assert learned
    assert corpus.held_out
    assert learned.isdisjoint(example.id for example in corpus.held_out)
    texts = {simplified(example.text) for example in corpus.training}
    assert texts.isdisjoint(simplified(example.text) for example in corpus.held_out)


def test_at_most_three_tenths_are_held_out_and_the_rest_of_that_paragraph(data: Path) -> None:
    corpus = corpus_from(load_sets(data), seed=0)
    assert len(corpus.held_out) == 6


def test_traditional_questions_come_in_simplified_characters_too(data: Path) -> None:
    texts = [example.text for example in corpus_from(load_sets(data), seed=0).training]
    assert any("燈" in text for text in texts)
    assert any("灯" in text for text in texts)


def test_every_answer_stands_where_it_is_said_to(data: Path) -> None:
    for example in corpus_from(load_sets(data), seed=0).training:
        assert example.answer is not None
        assert example.answer.of(example.text) in example.golds


def test_rivals_do_not_hold_the_answer(data: Path) -> None:
    examples = corpus_from(load_sets(data), seed=0).training
    assert any(example.rivals for example in examples)
    for example in examples:
        assert not any(gold in rival for rival in example.rivals for gold in example.golds)


def test_the_same_seed_gives_the_same_examples(data: Path) -> None:
    assert corpus_from(load_sets(data), seed=3) == corpus_from(load_sets(data), seed=3)


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

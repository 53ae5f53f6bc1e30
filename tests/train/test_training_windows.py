"""Windows are runs of whole sentences that hold the whole answer, wherever it begins."""

import random
from dataclasses import replace

import pytest
from tokenizers import Tokenizer

from answer.reading_window import SentencedText
from index.bundled import bundled_model
from ingest.document import Span
from train.examples import Example
from train.windows import window_of

_TEXT = "灯塔建于1810年。 塔高35米，由花岗岩砌成。看守人姓陈。" * 20


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(bundled_model() / "tokenizer.json"))


def _example(answer: Span | None, lure: Span | None = None) -> Example:
    return Example("1", "towers", "zh", "zh", "塔高多少？", _TEXT, answer, lure=lure)


@pytest.mark.parametrize("start", [_TEXT.index("35米"), _TEXT.index(" 塔高")])
def test_an_answer_is_the_same_words_in_its_window(tokenizer: Tokenizer, start: int) -> None:
    """Also one that begins in the white space before its sentence."""
    answer = Span(start, start + 5)
    sentences = SentencedText.of(_TEXT, tokenizer)
    for seed in range(20):
        window = window_of(_example(answer), sentences, random.Random(seed))
        assert window.answer is not None
        assert window.answer.of(window.text) == answer.of(_TEXT)
        assert len(window.text) < len(_TEXT)


def test_a_text_without_an_answer_gives_a_window_without_one(tokenizer: Tokenizer) -> None:
    window = window_of(_example(None), SentencedText.of(_TEXT, tokenizer), random.Random(0))
    assert window.answer is None
    assert window.text in _TEXT


def test_what_lures_is_in_view(tokenizer: Tokenizer) -> None:
    """Without it a near miss would be no harder than any other text."""
    text = "看守人姓陈。" * 40 + "塔高35米。" + "看守人姓陈。" * 40
    start = text.index("35米")
    example = replace(_example(None, Span(start, start + 3)), text=text)
    for seed in range(10):
        window = window_of(example, SentencedText.of(text, tokenizer), random.Random(seed))
        assert "35米" in window.text
        assert window.lure is None

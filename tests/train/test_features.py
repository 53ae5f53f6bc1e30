"""Examples become windows and numbers without losing their answers."""

import random
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from answer.reading_window import SentencedText
from ingest.document import Span
from train.curriculum import curriculum
from train.examples import Example, load_sets, training_examples
from train.features import batches_of, features_of
from train.windows import window_of

TEXT = "这一年天气很好。" * 40 + "灯塔建于1893年。" + "大家都很高兴。" * 40
PLACE = TEXT.index("1893年")
EXAMPLE = Example("1", "g", "zh", "zh", "灯塔建于哪一年？", TEXT, Span(PLACE, PLACE + 5), ("1893年",))


def test_a_window_holds_the_answer_and_whole_sentences(tokenizer: Tokenizer) -> None:
    sentences = SentencedText.of(TEXT, tokenizer)
    for seed in range(20):
        window = window_of(EXAMPLE, sentences, random.Random(seed))
        assert window.answer is not None
        assert window.answer.of(window.text) == "1893年"
        assert window.text in TEXT
        assert window.text[-1] == "。"
        assert TEXT[TEXT.index(window.text) - 1] in "。"


def test_the_tokens_of_an_answer_are_its_own(tokenizer: Tokenizer) -> None:
    example = Example("1", "g", "zh", "zh", "灯塔建于哪一年？", "灯塔建于1893年。", Span(4, 9), ("1893年",))
    (feature,) = features_of([example], tokenizer, 384)
    assert tokenizer.decode(list(feature.ids[feature.start : feature.end + 1])).strip() == "1893年"
    assert feature.start >= feature.text_start


def test_an_unanswerable_example_points_at_the_first_token(tokenizer: Tokenizer) -> None:
    example = Example("1", "g", "zh", "zh", "灯塔建于哪一年？", "港口很大。", None)
    (feature,) = features_of([example], tokenizer, 384)
    assert (feature.start, feature.end) == (0, 0)


def test_an_answer_beyond_the_last_token_is_left_out(tokenizer: Tokenizer) -> None:
    assert features_of([EXAMPLE], tokenizer, 64) == []


def test_batches_hold_every_window_once_within_the_budget(tokenizer: Tokenizer, data: Path) -> None:
    windows = curriculum(training_examples(load_sets(data), 0), tokenizer, 0)
    features = features_of(windows, tokenizer, 384)
    batches = batches_of(features, 256, 1, 0)
    assert sum(len(batch.ids) for batch in batches) == len(features)
    assert all(batch.ids.size <= 256 for batch in batches)
    for batch in batches:
        rows = np.arange(len(batch.ids))
        assert batch.allowed[rows, batch.starts].all()
        assert batch.allowed[rows, batch.ends].all()
        assert (batch.ids[batch.mask == 0] == 1).all()
        assert not (batch.allowed & (batch.mask == 0)).any()


def test_some_windows_have_no_answer(tokenizer: Tokenizer, data: Path) -> None:
    windows = curriculum(training_examples(load_sets(data), 0), tokenizer, 0)
    unanswerable = [window for window in windows if window.answer is None]
    assert 0 < len(unanswerable) < len(windows) / 2
    assert not any(gold in window.text for window in unanswerable for gold in window.golds)

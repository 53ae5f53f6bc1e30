"""The trained network reads any text without losing its place in it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answer.span_model import SpanModel
from answer.whole_text import best_answer
from ingest.document import Span

TEXT = "灯塔建于1893年，由当地渔民出资。港口每年吞吐33万吨。"


def test_it_points_at_the_words_that_answer(span_model: SpanModel) -> None:
    best = best_answer(span_model, "港口每年吞吐多少？", TEXT)
    assert best is not None
    assert "33万吨" in best.span.of(TEXT)
    assert len(best.span) <= 8


def test_the_same_in_another_language(span_model: SpanModel) -> None:
    best = best_answer(span_model, "When was the lighthouse built?", TEXT)
    assert best is not None
    assert "1893" in best.span.of(TEXT)


def test_a_text_that_answers_scores_above_one_that_does_not(span_model: SpanModel) -> None:
    answering = best_answer(span_model, "灯塔建于哪一年？", TEXT)
    silent = best_answer(span_model, "灯塔建于哪一年？", "港口每年吞吐33万吨，是全省最大的港口。")
    assert answering is not None
    assert silent is not None
    assert answering.score > 0 > silent.score


@pytest.mark.parametrize("text", ["。", "…… ！？", "𠮷", "ꙮ", "\u200b", "a\0b", "\ud800字", "  字  ", "ﬁ½㈱"])
def test_odd_texts_keep_their_offsets(span_model: SpanModel, text: str) -> None:
    best = best_answer(span_model, "什么？", text)
    assert best is None or Span(0, len(text)).contains(best.span)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80), st.text(min_size=1, max_size=40))
def test_an_offset_never_leaves_the_text(span_model: SpanModel, text: str, question: str) -> None:
    scores = span_model.read(question, text)
    assert (scores.begins >= 0).all()
    assert (scores.begins <= scores.ends).all()
    assert (scores.ends <= len(text)).all()


def test_a_text_longer_than_the_window_is_read_to_its_end(span_model: SpanModel) -> None:
    text = "天气很好，大家都很高兴。" * 120 + TEXT
    best = best_answer(span_model, "港口每年吞吐多少？", text)
    assert best is not None
    assert "33万吨" in best.span.of(text)


def test_a_question_longer_than_the_window_is_cut(span_model: SpanModel) -> None:
    scores = span_model.read("灯塔建于哪一年？" * 400, TEXT)
    assert len(scores.starts) > 0


def test_reading_is_the_same_to_the_last_bit_whatever_was_read_before(span_model: SpanModel) -> None:
    first = span_model.read("灯塔建于哪一年？", TEXT)
    span_model.read("别的？", "别的。" * 50)
    again = span_model.read("灯塔建于哪一年？", TEXT)
    assert np.array_equal(first.starts, again.starts)
    assert np.array_equal(first.stops, again.stops)
    assert first.null == again.null


QUESTIONS = ("灯塔建于哪一年？", "How much does the port handle?")
WHOLE = Span(0, len(TEXT))


@pytest.fixture(scope="module")
def exact() -> SpanModel:
    return SpanModel.load(precision="float32")


@pytest.mark.parametrize("question", QUESTIONS)
def test_both_engines_agree(question: str, exact: SpanModel) -> None:
    other = SpanModel.load(engine="torch", precision="float32").read(question, TEXT)
    one = exact.read(question, TEXT)
    assert np.abs(one.starts - other.starts).max() < 0.05
    first, second = one.best_span(WHOLE), other.best_span(WHOLE)
    assert first is not None
    assert second is not None
    assert first.span == second.span


@pytest.mark.parametrize("precision", ["bfloat16", "int8"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_fewer_bits_point_at_the_same_words(question: str, precision: str, exact: SpanModel) -> None:
    best = exact.read(question, TEXT).best_span(WHOLE)
    fewer = SpanModel.load(precision=precision).read(question, TEXT).best_span(WHOLE)
    assert best is not None
    assert fewer is not None
    assert fewer.span == best.span
    assert fewer.score == pytest.approx(best.score, abs=0.5)

"""The sentences that stand for a section are central, unlike one another and in reading order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from answer.overview import central_sentences
from index.encoder import Vectors
from ingest.document import Span

TEXT = "文。" * 1500


def spans(*lengths: int) -> tuple[Span, ...]:
    starts = np.cumsum([0, *lengths])
    return tuple(Span(int(start), int(start) + length) for start, length in zip(starts, lengths, strict=False))


def directions(*degrees: float) -> Vectors:
    """Unit vectors of the plane."""
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_the_sentence_nearest_to_what_all_say_comes_first() -> None:
    places = spans(40, 40, 40)
    assert central_sentences(TEXT, places, directions(-50, 0, 50), 1) == (places[1],)


def test_a_sentence_is_not_chosen_beside_its_double() -> None:
    """Two say the same, one a little more."""
    places = spans(40, 40, 40)
    assert central_sentences(TEXT, places, directions(0, 0, 40), 2) == (places[0], places[2])


def test_sentences_that_only_lead_on_are_left_out() -> None:
    places = spans(6, 40, 300)
    assert central_sentences(TEXT, places, directions(0, 80, 0), 3) == (places[1],)


def test_where_all_sentences_are_short_they_serve() -> None:
    places = spans(6, 7)
    assert central_sentences(TEXT, places, directions(0, 10), 2) == places


@given(st.lists(st.tuples(st.integers(1, 250), st.floats(0, 360)), min_size=1, max_size=12), st.integers(1, 5))
def test_the_choice_is_distinct_in_reading_order_and_no_larger_than_asked(
    sentences: list[tuple[int, float]], count: int
) -> None:
    places = spans(*(length for length, _ in sentences))
    chosen = central_sentences(TEXT, places, directions(*(angle for _, angle in sentences)), count)
    assert 1 <= len(chosen) <= count
    assert list(chosen) == sorted(set(chosen))
    assert set(chosen) <= set(places)


def test_a_sentence_that_goes_on_with_another_is_left_out() -> None:
    text = "茶园的净碳汇每公顷只有一点四吨，低于预期。这比六年前的测算少了一半还要多。其次是懂得核算的人才实在太少了。"
    ends = [place + 1 for place, character in enumerate(text) if character == "。"]
    places = tuple(Span(start, end) for start, end in zip([0, *ends], ends, strict=False))
    assert central_sentences(text, places, directions(40, 0, 0), 2) == (places[0],)
    assert central_sentences(text, places[1:], directions(0, 0), 1) == (places[1],)


def test_a_short_english_sentence_is_no_summary() -> None:
    text = "What surprised us is age. The median passenger is thirty-four, twelve years younger than by day."
    places = (Span(0, 25), Span(26, len(text)))
    assert central_sentences(text, places, directions(0, 60), 1) == (places[1],)


def test_a_line_that_is_no_sentence_is_left_out() -> None:
    text = "发布时间：2025年11月3日　来源：青川市人民政府办公室" + "文" * 40 + "。"
    places = spans(len(text) - 41, 41)
    assert central_sentences(text, places, directions(0, 60), 1) == (places[1],)

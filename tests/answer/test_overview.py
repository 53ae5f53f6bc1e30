"""The sentences that stand for a section are central, unlike one another and in reading order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from answer.overview import central_sentences
from index.encoder import Vectors
from ingest.document import Span


def spans(*lengths: int) -> tuple[Span, ...]:
    starts = np.cumsum([0, *lengths])
    return tuple(Span(int(start), int(start) + length) for start, length in zip(starts, lengths, strict=False))


def directions(*degrees: float) -> Vectors:
    """Unit vectors of the plane."""
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_the_sentence_nearest_to_what_all_say_comes_first() -> None:
    places = spans(40, 40, 40)
    assert central_sentences(places, directions(-50, 0, 50), 1) == (places[1],)


def test_a_sentence_is_not_chosen_beside_its_double() -> None:
    """Two say the same, one a little more."""
    places = spans(40, 40, 40)
    assert central_sentences(places, directions(0, 0, 40), 2) == (places[0], places[2])


def test_sentences_that_only_lead_on_are_left_out() -> None:
    places = spans(6, 40, 300)
    assert central_sentences(places, directions(0, 80, 0), 3) == (places[1],)


def test_where_all_sentences_are_short_they_serve() -> None:
    places = spans(6, 7)
    assert central_sentences(places, directions(0, 10), 2) == places


@given(st.lists(st.tuples(st.integers(1, 250), st.floats(0, 360)), min_size=1, max_size=12), st.integers(1, 5))
def test_the_choice_is_distinct_in_reading_order_and_no_larger_than_asked(
    sentences: list[tuple[int, float]], count: int
) -> None:
    places = spans(*(length for length, _ in sentences))
    chosen = central_sentences(places, directions(*(angle for _, angle in sentences)), count)
    assert 1 <= len(chosen) <= count
    assert list(chosen) == sorted(set(chosen))
    assert set(chosen) <= set(places)

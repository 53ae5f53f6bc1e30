"""From the network's scores to the span that answers: worked by hand, then as properties."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.span_scores import LONGEST_ANSWER, ScoredSpan, TokenScores, token_scores, trimmed
from ingest.document import Span


def scores_of(
    offsets: list[tuple[int, int]], starts: list[float], stops: list[float], null: float = 0.0
) -> TokenScores:
    places = np.array(offsets, np.int64).reshape(-1, 2)
    return TokenScores(places[:, 0], places[:, 1], np.array(starts, np.float32), np.array(stops, np.float32), null)


def test_the_best_span_has_the_greatest_sum_of_a_start_and_a_later_stop() -> None:
    """Token 2 stops best, token 1 starts best before it; 3 + 4 - 2 are the log-odds."""
    scores = scores_of([(0, 2), (2, 3), (3, 6)], [0.0, 3.0, 1.0], [5.0, 0.0, 4.0], null=2.0)
    assert (best := scores.best_span(Span(0, 6)))
    assert (best.span, best.score) == (Span(2, 6), 5.0)


def test_a_span_keeps_to_the_sentence_asked_about() -> None:
    """The best token of all lies outside, and one that reaches over the edge counts as outside."""
    scores = scores_of([(0, 2), (2, 5), (5, 6), (6, 8)], [9.0, 8.0, 1.0, 0.5], [9.0, 8.0, 1.0, 0.0])
    assert (best := scores.best_span(Span(4, 8)))
    assert (best.span, best.score) == (Span(5, 6), 2.0)


def test_where_no_token_lies_there_is_no_span() -> None:
    assert scores_of([(0, 2)], [1.0], [1.0]).best_span(Span(2, 4)) is None
    assert scores_of([], [], []).best_span(Span(0, 9)) is None


def test_a_token_without_characters_is_never_an_answer() -> None:
    """Tokenizers give the space that they put before a text an empty span."""
    scores = scores_of([(0, 0), (0, 1)], [9.0, 1.0], [9.0, 1.0])
    assert scores.best_span(Span(0, 1)) == ScoredSpan(Span(0, 1), 2.0, 2.0)


def test_of_equal_spans_the_first_and_shortest_wins() -> None:
    best = scores_of([(0, 1), (1, 2)], [1.0, 1.0], [1.0, 1.0]).best_span(Span(0, 2))
    assert best and (best.span, best.score) == (Span(0, 1), 2.0)


def test_spans_that_answer_nearly_as_well_support_each_other() -> None:
    """Two tokens make three spans of log-odds 1 each, and log(3 e) of any of them; a span too long adds nothing."""
    best = scores_of([(0, 1), (1, 2)], [0.5, 0.5], [0.5, 0.5]).best_span(Span(0, 2))
    assert best and best.score == 1.0
    assert best.support == pytest.approx(1 + math.log(3))
    long = [(place, place + 1) for place in range(LONGEST_ANSWER + 1)]
    starts = [0.0] + [-99.0] * LONGEST_ANSWER
    best = scores_of(long, starts, list(reversed(starts))).best_span(Span(0, len(long)))
    assert best and best.support < -90


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=120))
def test_a_span_is_ordered_and_never_longer_than_an_answer_may_be(pairs: list[tuple[float, float]]) -> None:
    starts, stops = map(list, zip(*pairs, strict=True))
    best = scores_of([(place, place + 1) for place in range(len(pairs))], starts, stops).best_span(Span(0, len(pairs)))
    assert best is not None
    assert 0 < len(best.span) <= LONGEST_ANSWER


def test_only_the_texts_own_tokens_count() -> None:
    """`<s> q </s> </s> a b </s>`: the text begins at token 4 and its closing token belongs to nothing."""
    rows = np.array([[1, 2], [9, 9], [9, 9], [9, 9], [3, 4], [5, 6], [9, 9]], np.float32)
    scores = token_scores(rows, [(0, 0), (0, 1), (0, 0), (0, 0), (0, 1), (1, 2), (0, 0)], 4)
    assert scores.null == 3.0
    assert scores.starts.tolist() == [3, 5]
    assert scores.stops.tolist() == [4, 6]
    assert scores.ends.tolist() == [1, 2]


def test_a_span_loses_the_space_around_it_and_nothing_else() -> None:
    assert trimmed(Span(3, 9), "It took 8 years.") == Span(3, 9)
    assert trimmed(Span(2, 8), "It took 8 years.") == Span(3, 7)
    assert not trimmed(Span(1, 3), "a   b")


def test_a_span_loses_commas_around_it_and_is_none_without_a_word() -> None:
    assert trimmed(Span(10, 15), "It closed 2009, they say.") == Span(10, 14)
    assert trimmed(Span(0, 4), "，三家，都") == Span(1, 3)
    assert not trimmed(Span(2, 3), "人士。")

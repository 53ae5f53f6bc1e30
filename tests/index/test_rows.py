"""Rows and passages are one and the same numbering, read in both directions."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.indexed_passage import IndexedPassage
from index.rows import RowLayout
from ingest.document import Chunk, Span

sentence_counts = st.lists(st.integers(0, 6), min_size=1, max_size=12)


def passage(sentences: int) -> IndexedPassage:
    spans = tuple(Span(place, place + 1) for place in range(sentences))
    return IndexedPassage(Chunk("c", "d", "s", Span(0, sentences), "x" * sentences), spans)


def layout_of(counts: list[int]) -> RowLayout:
    return RowLayout.of([passage(count) for count in counts])


def test_passages_come_first_then_the_sentences_of_each():
    layout = layout_of([2, 1, 3])
    assert [layout.rows_of([number]).tolist() for number in range(3)] == [[0, 3, 4], [1, 5], [2, 6, 7, 8]]
    assert layout.rows_of([2, 0]).tolist() == [2, 6, 7, 8, 0, 3, 4]
    assert layout.passages_of(np.arange(9)).tolist() == [0, 1, 2, 0, 0, 1, 2, 2, 2]


def test_no_passages_have_no_rows():
    rows = layout_of([1]).rows_of([])
    assert rows.tolist() == []
    assert rows.dtype == np.int64


@given(sentence_counts)
def test_every_row_belongs_to_exactly_one_passage(counts):
    rows = layout_of(counts).rows_of(range(len(counts)))
    assert sorted(rows.tolist()) == list(range(len(counts) + sum(counts)))


@given(sentence_counts)
def test_the_rows_of_a_passage_lead_back_to_it(counts):
    layout = layout_of(counts)
    for number, count in enumerate(counts):
        rows = layout.rows_of([number])
        assert set(layout.passages_of(rows).tolist()) == {number}
        assert layout.sentence_counts(np.array([number]))[0] == count == len(rows) - 1

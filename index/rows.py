"""Which rows of the vector index belong to which passage: the passages first, then their sentences in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.indexed_passage import IndexedPassage

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RowLayout:
    """`first_sentence[i]` is the row of passage i's first sentence; one more entry closes the last passage."""

    first_sentence: Rows

    @classmethod
    def of(cls, passages: Sequence[IndexedPassage]) -> "RowLayout":
        """The layout for `passages`, whose vectors are added in this order."""
        counts = [len(passages), *(len(passage.sentences) for passage in passages)]
        return cls(np.cumsum(counts, dtype=np.int64))

    def passages_of(self, rows: Rows) -> Rows:
        """The passage of each row, whether the row is a passage's or a sentence's."""
        count = len(self.first_sentence) - 1
        of_sentence = np.searchsorted(self.first_sentence, rows, side="right") - 1
        return np.where(rows < count, rows, of_sentence)

    def rows_of(self, passages: Iterable[int]) -> Rows:
        """The rows of `passages`: for each its own row, then those of its sentences."""
        numbers = np.fromiter(passages, dtype=np.int64)
        lengths = 1 + self.sentence_counts(numbers)
        starts = np.cumsum(lengths) - lengths
        places = np.arange(lengths.sum()) - np.repeat(starts, lengths)
        rows = np.repeat(self.first_sentence[numbers], lengths) + places - 1
        rows[starts] = numbers
        return rows

    def sentence_counts(self, passages: Rows) -> Rows:
        """How many sentences each of `passages` has."""
        return self.first_sentence[passages + 1] - self.first_sentence[passages]

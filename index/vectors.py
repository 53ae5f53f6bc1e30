"""Vectors in FAISS: rows are numbered in the order in which they were added."""

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.cpu import available_cores
from index.encoder import Vectors

# Measured on clustered unit vectors: a flat scan stays within a few milliseconds up to about this many rows; beyond it
# an inverted file is over a hundred times faster for two percent of recall@10.
_FLAT_ROWS = 100_000
_LISTS_PER_SQRT_ROW = 4
_PROBED_SHARE = 1 / 32


class VectorIndex:
    """Nearest rows by inner product, and the rows themselves.

    Half precision while a flat scan is fast enough (recall is that of float32 to within 0.001, for half the memory),
    an inverted file with 8-bit codes beyond.
    """

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def from_vectors(cls, vectors: Vectors) -> "VectorIndex":
        """An index of `vectors`, shape (rows, dimension), float32 unit vectors."""
        rows, dimension = vectors.shape
        if rows <= _FLAT_ROWS:
            index = faiss.index_factory(dimension, "SQfp16", faiss.METRIC_INNER_PRODUCT)
        else:
            lists = int(_LISTS_PER_SQRT_ROW * rows**0.5)
            spec = f"IVF{lists},SQ8"
            index = faiss.index_factory(dimension, spec, faiss.METRIC_INNER_PRODUCT)
            faiss.extract_index_ivf(index).nprobe = max(1, int(lists * _PROBED_SHARE))
        faiss.omp_set_num_threads(available_cores())
        index.train(vectors)
        index.add(vectors)
        faiss.omp_set_num_threads(1)
        return cls(_with_direct_map(index))

    @property
    def rows(self) -> int:
        """How many vectors there are."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._index.d)

    def nearest(self, vector: Vectors, count: int) -> NDArray[np.int64]:
        """The numbers of the `count` nearest rows (fewer if there are fewer), best first."""
        # One question is over in a millisecond on one thread; more would spin beside the threads that run the model.
        faiss.omp_set_num_threads(1)
        _, rows = self._index.search(vector.reshape(1, -1), min(count, self.rows))
        return rows[0][rows[0] >= 0]

    def cosines(self, vector: Vectors, rows: NDArray[np.int64]) -> Vectors:
        """The inner products of `vector` with the vectors of `rows`, which are all different, in their order."""
        if isinstance(self._index, faiss.IndexIVF):
            return self.take(rows) @ vector
        # Reading a thousand rows back and multiplying them takes five times as long as having FAISS do both.
        chosen = faiss.SearchParameters(sel=faiss.IDSelectorBatch(rows))  # type: ignore[call-arg]
        faiss.omp_set_num_threads(1)
        products, found = self._index.search(vector.reshape(1, -1), len(rows), params=chosen)
        order = np.argsort(rows)
        cosines = np.empty(len(rows), np.float32)
        cosines[order[np.searchsorted(rows, found[0], sorter=order)]] = products[0]
        return cosines

    def take(self, rows: Sequence[int] | NDArray[np.int64]) -> Vectors:
        """The vectors of `rows`, shape (len(rows), dimension), as the index keeps them."""
        return self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64))

    def save(self, path: Path) -> None:
        """Write the index to `path`; raises OSError if it cannot be written."""
        # FAISS's own writer does not notice that a disk became full.
        path.write_bytes(faiss.serialize_index(self._index).data)

    @classmethod
    def load(cls, path: Path) -> "VectorIndex":
        """The index that `save` wrote; raises RuntimeError if the file is not one."""
        return cls(_with_direct_map(faiss.read_index(str(path))))


def _with_direct_map(index: faiss.Index) -> faiss.Index:
    if isinstance(index, faiss.IndexIVF):
        index.make_direct_map()
    return index

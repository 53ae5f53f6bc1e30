"""FAISS gives back what was put in, finds the nearest rows, and does the same once saved and loaded."""

from pathlib import Path

import numpy as np
import pytest

from index import vectors
from index.centering import unit
from index.vectors import VectorIndex

DIMENSION = 32


def clustered(rows: int, clusters: int = 60, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    centres = random.normal(size=(clusters, DIMENSION))
    around = centres[random.integers(0, clusters, rows)] + 0.35 * random.normal(size=(rows, DIMENSION))
    return unit(around.astype(np.float32))


@pytest.fixture(scope="module")
def stored() -> np.ndarray:
    return clustered(4000)


@pytest.fixture(scope="module")
def flat(stored) -> VectorIndex:
    return VectorIndex.from_vectors(stored)


@pytest.fixture(scope="module")
def inverted(stored) -> VectorIndex:
    """The same rows as a large index keeps them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectors, "_FLAT_ROWS", 1000)
        return VectorIndex.from_vectors(stored)


def recall(index: VectorIndex, stored: np.ndarray, questions: np.ndarray) -> float:
    exact = np.argsort(-(questions @ stored.T), axis=1)[:, :10]
    found = [np.intersect1d(index.nearest(question, 10), best) for question, best in zip(questions, exact, strict=True)]
    return sum(map(len, found)) / exact.size


def test_a_flat_scan_finds_what_an_exact_one_finds(flat, stored):
    assert recall(flat, stored, clustered(100, seed=0)) >= 0.99


def test_a_large_index_finds_nine_of_the_ten_nearest(inverted, stored):
    random = np.random.default_rng(1)
    questions = unit(stored[:200] + 0.1 * random.normal(size=(200, DIMENSION)).astype(np.float32))
    assert recall(inverted, stored, questions) >= 0.9


@pytest.mark.parametrize(("kind", "tolerance"), [("flat", 1e-3), ("inverted", 1e-2)])
def test_rows_come_back_as_they_were_put_in_to_within_quantisation(kind, tolerance, stored, request):
    index = request.getfixturevalue(kind)
    rows = np.random.default_rng(2).permutation(len(stored))[:300]
    np.testing.assert_allclose(index.take(rows), stored[rows], atol=tolerance)


@pytest.mark.parametrize("kind", ["flat", "inverted"])
def test_a_loaded_index_answers_as_the_saved_one_to_the_last_bit(kind, stored, request, tmp_path):
    index = request.getfixturevalue(kind)
    index.save(tmp_path / "vectors")
    loaded = VectorIndex.load(tmp_path / "vectors")
    assert (loaded.rows, loaded.dimension) == (index.rows, index.dimension) == stored.shape
    rows = np.arange(0, len(stored), 7)
    assert loaded.take(rows).tobytes() == index.take(rows).tobytes()
    for question in stored[:50]:
        assert loaded.nearest(question, 20).tolist() == index.nearest(question, 20).tolist()


@pytest.mark.parametrize("kind", ["flat", "inverted"])
def test_a_row_is_its_own_nearest_and_the_nearest_stand_best_first(kind, stored, request):
    index = request.getfixturevalue(kind)
    for row in range(0, len(stored), 400):
        nearest = index.nearest(stored[row], 10)
        cosines = index.take(nearest) @ stored[row]
        assert nearest[0] == row
        assert (np.diff(cosines) <= 1e-6).all()


def test_asking_for_more_rows_than_there_are_gives_all_of_them_once():
    index = VectorIndex.from_vectors(clustered(3))
    assert sorted(index.nearest(clustered(1)[0], 256).tolist()) == [0, 1, 2]


def test_equal_rows_come_in_the_same_order_each_time():
    index = VectorIndex.from_vectors(np.repeat(clustered(1), 8, axis=0))
    orders = {tuple(index.nearest(clustered(1)[0], 8).tolist()) for _ in range(5)}
    assert len(orders) == 1
    assert sorted(*orders) == list(range(8))


def test_taking_no_rows_gives_no_vectors(flat):
    assert flat.take([]).shape == (0, DIMENSION)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_noticed(flat):
    with pytest.raises(OSError, match="No space left"):
        flat.save(Path("/dev/full"))


@pytest.mark.parametrize("content", [b"", b"not an index"])
def test_a_file_that_is_no_index_is_refused(content, tmp_path):
    path = tmp_path / "vectors"
    path.write_bytes(content)
    with pytest.raises(RuntimeError):
        VectorIndex.load(path)


@pytest.mark.parametrize("kind", ["flat", "inverted"])
def test_cosines_are_the_products_with_the_rows_in_the_order_asked_for(kind, stored, request):
    index = request.getfixturevalue(kind)
    rows = np.random.default_rng(3).permutation(len(stored))[:700]
    np.testing.assert_allclose(index.cosines(stored[5], rows), index.take(rows) @ stored[5], atol=1e-6)

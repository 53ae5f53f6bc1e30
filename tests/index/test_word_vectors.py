"""Word vectors are read from their file as they were written."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.openvino_runtime import WordVectors

TABLE = np.random.default_rng(0).standard_normal((50, 8)).astype(np.float16)


@given(st.lists(st.lists(st.integers(0, 49), min_size=4, max_size=4), min_size=1, max_size=5))
@settings(deadline=None)
def test_rows_are_those_of_the_table_in_the_order_asked(
    tmp_path_factory: pytest.TempPathFactory, ids: list[list[int]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "words.npy"
    if not path.exists():
        np.save(path, TABLE)
    asked = np.array(ids, np.int64)
    found = WordVectors(path).rows(asked)
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, TABLE.astype(np.float32)[asked])


def test_the_file_does_not_become_resident(tmp_path: Path) -> None:
    """Sixty megabytes read here and there."""
    path = tmp_path / "large.npy"
    np.save(path, np.zeros((80_000, 384), np.float16))
    vectors = WordVectors(path)
    vectors.rows(np.arange(0, 80_000, 5))
    mapped = Path("/proc/self/smaps")
    if mapped.exists():
        assert str(path) not in mapped.read_text(encoding="utf-8")

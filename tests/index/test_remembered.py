"""A build encodes only what an earlier one with the same model has not."""

from pathlib import Path

import numpy as np
import pytest
from hash_encoder import HashEncoder

from index.opening import build_index
from index.passage_index import PassageIndex
from index.remembered import RememberedVectors, encode_new
from ingest.loaders import load_documents

HARBOUR = "港口\n\n港口每年吞吐33万吨。渔民喜欢这里。\n"
LIGHTHOUSE = "灯塔\n\n灯塔建于1893年。它由渔民出资。\n"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    return folder


def build(articles: Path, folder: Path, encoder: HashEncoder) -> PassageIndex:
    return build_index(
        load_documents(articles), encoder, folder, articles=articles, reason="a test", notice=lambda _: None
    )


def test_only_a_new_article_is_encoded(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "index", HashEncoder())
    (articles / "lighthouse.txt").write_text(LIGHTHOUSE, encoding="utf-8")
    alone = HashEncoder()
    alone_folder = tmp_path / "alone"
    alone_folder.mkdir()
    (alone_folder / "lighthouse.txt").write_text(LIGHTHOUSE, encoding="utf-8")
    build(alone_folder, tmp_path / "other", alone)
    again = HashEncoder()
    build(articles, tmp_path / "index", again)
    assert again.calls == alone.calls > 0


def test_an_index_that_was_updated_is_the_one_that_is_built_anew(articles: Path, tmp_path: Path) -> None:
    """Scores and all: what is remembered is rounded as what is new."""
    encoder = HashEncoder()
    build(articles, tmp_path / "index", encoder)
    (articles / "lighthouse.txt").write_text(LIGHTHOUSE, encoding="utf-8")
    updated = build(articles, tmp_path / "index", encoder)
    anew = build(articles, tmp_path / "anew", encoder)
    assert updated.search("灯塔建于哪一年？") == anew.search("灯塔建于哪一年？")
    assert updated.index_id == anew.index_id


def test_what_was_removed_is_gone(articles: Path, tmp_path: Path) -> None:
    (articles / "lighthouse.txt").write_text(LIGHTHOUSE, encoding="utf-8")
    encoder = HashEncoder()
    build(articles, tmp_path / "index", encoder)
    (articles / "lighthouse.txt").unlink()
    built = build(articles, tmp_path / "index", encoder)
    assert {passage.chunk.document_id for passage in built.search("灯塔建于哪一年？")} == {"harbour"}


def test_another_model_remembers_nothing(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "index", HashEncoder())
    assert RememberedVectors.of_index(tmp_path / "index", HashEncoder("other").fingerprint) is None


@pytest.mark.parametrize("name", ["encoded.npy", "encoded_keys.npy"])
def test_damaged_memory_is_not_used(articles: Path, tmp_path: Path, name: str) -> None:
    encoder = HashEncoder()
    build(articles, tmp_path / "index", encoder)
    next((tmp_path / "index").glob(f"*/{name}")).write_bytes(b"nothing of the kind")
    assert RememberedVectors.of_index(tmp_path / "index", encoder.fingerprint) is None
    assert build(articles, tmp_path / "index", encoder).search("港口")


def test_a_saved_index_keeps_its_memory_when_it_is_saved_elsewhere(articles: Path, tmp_path: Path) -> None:
    encoder = HashEncoder()
    build(articles, tmp_path / "index", encoder)
    PassageIndex.load(tmp_path / "index", encoder).save(tmp_path / "copy")
    assert RememberedVectors.of_index(tmp_path / "copy", encoder.fingerprint) is not None


def test_the_same_text_twice_has_the_same_vector_twice() -> None:
    encoder = HashEncoder()
    first = encode_new(["甲", "乙"], encoder, None)
    second = encode_new(["乙", "丙", "乙"], encoder, first)
    assert encoder.calls == 3
    assert np.array_equal(second.vectors[0], first.vectors[1])
    assert np.array_equal(second.vectors[2], first.vectors[1])

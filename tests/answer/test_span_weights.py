"""Weights that are missing, damaged or made for another encoder are named, never used."""

import json
import shutil
from pathlib import Path

import pytest

from answer.readers import open_reader
from answer.span_weights import WEIGHTS, SpanWeights, WeightsError
from index.bundled import bundled_model
from ingest.errors import YinjuError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the weights that can be spoiled."""
    return Path(shutil.copytree(WEIGHTS, tmp_path / "weights"))


def test_the_weights_that_are_shipped_are_whole_and_fit_the_bundled_encoder() -> None:
    SpanWeights.find().check_backbone(bundled_model())


def test_they_stay_below_thirty_megabytes() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < 30_000_000


@pytest.mark.parametrize("name", ["reader.safetensors", "reader.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(WeightsError, match=f"weights in {folder}"):
        SpanWeights.find(folder)


def test_a_truncated_file_is_named(folder: Path) -> None:
    path = folder / "reader.safetensors"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(WeightsError, match="reader.safetensors is damaged or cut short"):
        SpanWeights.find(folder)


@pytest.mark.parametrize("facts", ["", "[]", '{"sha256": 3}', "{"])
def test_facts_that_say_nothing_are_named(folder: Path, facts: str) -> None:
    (folder / "reader.json").write_text(facts, encoding="utf-8")
    with pytest.raises(WeightsError):
        SpanWeights.find(folder)


def test_weights_of_another_encoder_are_refused(folder: Path) -> None:
    facts = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    (folder / "reader.json").write_text(json.dumps(facts | {"backbone": "0" * 64}), encoding="utf-8")
    with pytest.raises(WeightsError, match="trained on another version of the bundled model"):
        SpanWeights.find(folder).check_backbone(bundled_model())


def test_without_weights_sentences_are_compared_and_the_reason_is_told(monkeypatch, tmp_path: Path) -> None:
    """The chat then still answers; who asked for the trained reader by name is told that there is none."""

    def missing() -> None:
        SpanWeights.find(tmp_path)

    monkeypatch.setattr("answer.readers.span_reader", missing)
    told: list[str] = []
    opened = open_reader("auto", told.append)
    assert type(opened.reader).__name__ == "SentenceReader"
    assert len(told) == 1
    assert "the trained reader cannot run" in told[0]
    assert str(tmp_path) in told[0]
    with pytest.raises(WeightsError):
        open_reader("span", told.append)


def test_an_unknown_reader_is_named_with_those_there_are() -> None:
    with pytest.raises(YinjuError, match="no reader 'bert': choose one of auto, span, sentence"):
        open_reader("bert")

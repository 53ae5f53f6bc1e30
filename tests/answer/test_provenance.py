"""Where answers come from: the reader that was opened, not the one that was asked for."""

from dataclasses import replace

import pytest

from answer.answerer import QuestionAnswerer
from answer.confidence import Calibration
from answer.provenance import Provenance
from answer.reader import SentenceReader
from answer.span_model import SpanModel
from answer.span_reader import ReadingSettings, SpanReader
from answer.span_weights import SpanWeights
from index.manifest import Manifest
from ingest.errors import YinjuError

INDEX = Manifest(2, "multilingual-e5-small", "0123456789abcdef", 384, {}, "", (), 1, 1)


def test_the_sentence_reader_has_no_weights() -> None:
    found = Provenance.of(INDEX, SentenceReader(), Calibration.load())
    assert (found.model, found.model_fingerprint) == ("multilingual-e5-small", "0123456789abcdef")
    assert (found.reader, found.reader_fingerprint, found.reading) == ("sentence", "", "")


def test_another_threshold_is_another_calibration() -> None:
    loaded = Calibration.load()
    first, again, other = (
        Provenance.of(INDEX, SentenceReader(), calibration).calibration
        for calibration in (loaded, Calibration.load(), replace(loaded, threshold=0.5))
    )
    assert first == again != other


def test_the_trained_reader_is_told_by_its_weights(span_model: SpanModel) -> None:
    found = Provenance.of(INDEX, SpanReader(span_model), Calibration.load())
    assert (found.reader, found.reader_fingerprint) == ("span", SpanWeights.find().sha256[:16])


def test_a_reader_that_reads_less_is_another(span_model: SpanModel) -> None:
    """The same weights then answer differently."""
    usual, shorter = (
        Provenance.of(INDEX, SpanReader(span_model, settings), Calibration.load()).reading
        for settings in (None, ReadingSettings(tokens=40))
    )
    assert usual.endswith(span_model.precision)
    assert "tokens 40" in shorter
    assert usual != shorter


def test_a_reader_that_could_not_be_loaded_is_not_said_to_have_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """`auto` is whichever reader was opened."""

    def missing() -> SpanReader:
        raise YinjuError("the weights are missing")

    monkeypatch.setattr("answer.readers.span_reader", missing)
    notices: list[str] = []
    assert QuestionAnswerer.open(notice=notices.append).provenance.reader == "sentence"
    assert "the weights are missing" in notices[-1]

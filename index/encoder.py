"""The seam to embedding models, and the encoder that runs them."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index import openvino_engine, openvino_runtime
from index.cpu import available_cores, fastest_precision
from index.engine import INFERENCE_LOCK, Engine
from index.model_folder import ModelFolder, find_model
from index.torch_engine import TorchEngine, torch_precision
from ingest.errors import YinjuError

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]

ENGINES = ("auto", "openvino", "torch")
PRECISIONS = ("auto", "float32", "bfloat16", "int8")
# Padded tokens in one batch for each thread: two passages of 300 Chinese characters. Larger batches are no faster on a
# CPU, and a question waits for the one that is running.
THREAD_TOKENS = 512
# No tokenizer here has pieces of more than 32 characters, so the rest of a longer text would be cut anyway, after
# seconds of work on it.
CHARACTERS_PER_TOKEN = 32
UNENCODABLE = re.compile("[\0\ud800-\udfff]")


class Encoder(Protocol):
    """Turns texts into unit vectors of `dimension` numbers, the same for the same text, alone or among others."""

    name: str
    fingerprint: str
    dimension: int

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimension), float32, L2-normalised, with the model's query prompt."""

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """The same with the passage prompt; `progress(done, total)` is called after each batch."""


class SentenceEncoder:
    """Any sentence-transformers model as an `Encoder`; safe to share between threads, which take turns by the batch.

    `fingerprint` identifies weights, tokenizer and settings, not the engine: engines agree to a cosine of 0.999,
    int8 and float32 to 0.999, bfloat16 and float32 to 0.99.
    """

    def __init__(self, model: ModelFolder, engine: Engine, engine_name: str, precision: str, threads: int) -> None:
        self.name = model.name
        self.fingerprint = model.fingerprint
        self.dimension = engine.dimension
        self.engine_name = engine_name
        self.precision = precision
        self.threads = threads
        self._model = model
        self._engine = engine

    @classmethod
    def load(
        cls,
        model: str | None = None,
        *,
        engine: str = "auto",
        precision: str = "auto",
        threads: int | None = None,
        cache: Path | None = None,
    ) -> "SentenceEncoder":
        """The bundled model where `model` is None, else that folder or hub name.

        `engine` "auto" is OpenVINO where it is installed and converts the model faithfully, else PyTorch; `precision`
        "auto" is what the processor multiplies fastest, bfloat16, int8 or float32; PyTorch takes float32 for int8.
        `threads` defaults to the physical cores that this process may use, `cache` to `model_cache.cache_root()`.
        Raises YinjuError for an unknown option, a model that is not there or cannot be loaded, or a cache that cannot
        be written.
        """
        _check_options(engine, precision, threads)
        if precision == "auto":
            precision = fastest_precision()
        threads = threads or available_cores()
        found = find_model(model, cache)
        if engine != "torch" and (fast := _openvino(found, engine, precision, threads, cache)):
            return cls(found, fast, "openvino", precision, threads)
        precision = torch_precision(precision)
        return cls(found, TorchEngine.load(found.path, precision, threads), "torch", precision, threads)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Each text is a batch of its own: its vector is the same to the last bit, whatever is asked beside it."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for i, text in enumerate(self._cleaned(texts)):
            with INFERENCE_LOCK:
                vectors[i] = self._engine.embed([text], self._model.query_prompt)[0]
        return vectors

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """In batches of like length, in the order given; padding changes a vector by rounding alone (cosine 0.9999)."""
        cleaned, prompt = self._cleaned(texts), self._model.passage_prompt
        vectors = np.empty((len(texts), self.dimension), np.float32)
        done = 0
        lengths = self._engine.lengths([prompt + text for text in cleaned])
        for batch in _batches(lengths, self.threads * THREAD_TOKENS):
            with INFERENCE_LOCK:
                vectors[batch] = self._engine.embed([cleaned[i] for i in batch], prompt)
            done += len(batch)
            if progress:
                progress(done, len(texts))
        return vectors

    def _cleaned(self, texts: Sequence[str]) -> list[str]:
        most = self._engine.max_tokens * CHARACTERS_PER_TOKEN
        return [UNENCODABLE.sub(" ", text if len(text) <= most else _cut(text, most)) for text in texts]


def _check_options(engine: str, precision: str, threads: int | None) -> None:
    if engine not in ENGINES:
        raise YinjuError(f"There is no engine {engine!r}: choose one of {', '.join(ENGINES)}.")
    if precision not in PRECISIONS:
        raise YinjuError(f"There is no precision {precision!r}: choose one of {', '.join(PRECISIONS)}.")
    if threads is not None and threads < 1:
        raise YinjuError(f"{threads} threads cannot compute anything: give 1 or more.")
    if engine == "openvino" and not openvino_runtime.is_available():
        raise YinjuError("OpenVINO is not installed: run `pip install openvino`, or choose the engine torch.")


def _openvino(model: ModelFolder, wanted: str, precision: str, threads: int, cache: Path | None) -> Engine | None:
    engine = None
    if openvino_runtime.is_available() and openvino_engine.is_plain(model.path):
        engine = openvino_engine.OpenVINOEngine.load(model, precision, threads, cache)
    if engine is None and wanted == "openvino":
        raise YinjuError(f"The model {model.name} cannot be converted for OpenVINO: choose the engine auto or torch.")
    return engine


def _cut(text: str, most: int) -> str:
    """At most `most` characters, white space counted once, so that a text behind a long blank run is still seen."""
    return " ".join(text[: 64 * most].split())[:most]


def _batches(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Positions by falling length, in runs of at most `most` padded tokens: a shortage of memory shows at once."""
    order = sorted(range(len(lengths)), key=lambda i: (-lengths[i], i))
    batch: list[int] = []
    for i in order:
        if batch and lengths[batch[0]] * (len(batch) + 1) > most:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch

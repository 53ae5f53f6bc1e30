"""The trained network as something to ask: a question and a text in, scores of the text's tokens out."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from answer.span_engine import OpenVINOSpanEngine, SpanEngine, TorchSpanEngine
from answer.span_scores import TokenScores, token_scores
from answer.span_weights import WEIGHTS, SpanWeights
from index import openvino_runtime
from index.bundled import bundled_model
from index.cpu import available_cores, fastest_precision
from index.encoder import UNENCODABLE
from index.engine import INFERENCE_LOCK
from index.tokenizing import shared_tokenizer

MAX_TOKENS = 512
# Of a question and a window together.
_USUAL_LENGTHS = range(32, 217)
_ANY_TOKEN = 5
# The rest of a longer question is not read; the public sets' longest has 130.
MAX_QUESTION_TOKENS = 160


class SpanModel:
    """The bundled encoder with the trained layers and head; safe to share between threads, which take turns.

    `fingerprint`, sixteen hex digits, identifies the trained weights, whatever engine runs them, and `precision` what
    they are computed in.
    """

    def __init__(self, tokenizer: Tokenizer, engine: SpanEngine, fingerprint: str, precision: str) -> None:
        self.tokenizer = tokenizer
        self.fingerprint = fingerprint
        self.precision = precision
        self._engine = engine

    @classmethod
    def load(
        cls,
        weights: Path = WEIGHTS,
        *,
        engine: str = "auto",
        precision: str = "auto",
        threads: int | None = None,
        cache: Path | None = None,
    ) -> "SpanModel":
        """The model with the weights in the folder `weights`; the options are those of `SentenceEncoder.load`.

        Raises WeightsError where the weights are missing, damaged or made for another encoder, YinjuError where the
        bundled encoder is not installed.
        """
        found = SpanWeights.find(weights)
        backbone = bundled_model(cache)
        found.check_backbone(backbone)
        if precision == "auto":
            precision = fastest_precision()
        threads = threads or available_cores()
        chosen: SpanEngine | None = None
        if engine != "torch" and openvino_runtime.is_available():
            chosen = OpenVINOSpanEngine.load(found, backbone, precision, threads, cache)
        if chosen is None:
            chosen = TorchSpanEngine.load(found, backbone, precision, threads)
        return cls(shared_tokenizer(backbone / "tokenizer.json"), chosen, found.sha256[:16], precision)

    def read(self, question: str, text: str) -> TokenScores:
        """The scores of the tokens of `text`, offsets in its characters.

        Text beyond MAX_TOKENS, question included, is not read. One text is one inference, so that its scores are the
        same to the last bit whatever is read beside it.
        """
        asked = self._encode(question)
        read = self._encode(text)
        asked.truncate(MAX_QUESTION_TOKENS)
        read.truncate(MAX_TOKENS - len(asked.ids) - _SEPARATORS)
        pair = self.tokenizer.post_process(asked, read)
        scores = self._scores(np.array(pair.ids, np.int64))
        return token_scores(scores, pair.offsets, len(asked.ids) + _SEPARATORS - 1)

    def preparations(self) -> list[Callable[[], object]]:
        """Calls that read something of each usual length, so that nobody waits for OpenVINO to prepare itself."""
        lengths = sorted({openvino_runtime.rounded_up(tokens) for tokens in _USUAL_LENGTHS})
        return [partial(self._scores, np.full(length, _ANY_TOKEN, np.int64)) for length in lengths]

    def _scores(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        with INFERENCE_LOCK:
            return self._engine.scores(ids)

    def _encode(self, text: str) -> Encoding:
        # One character for one, so that offsets stay those of the text.
        return self.tokenizer.encode(UNENCODABLE.sub(" ", text), add_special_tokens=False)


# `<s> question </s> </s> text </s>`
_SEPARATORS = 4

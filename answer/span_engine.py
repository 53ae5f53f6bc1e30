"""What runs the reader's network: OpenVINO on a graph that is converted once, or PyTorch."""

import importlib.metadata
import json
import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from answer.span_weights import SpanWeights, WeightsError
from index import openvino_runtime
from index.model_cache import cache_root, cached_folder
from index.probe_questions import probe_questions

if TYPE_CHECKING:
    from answer.span_network import SpanNetwork

LOG = logging.getLogger(__name__)
# Raised when what `_convert` writes changes.
_FORMAT = 3
_GRAPH, _FACTS = "reader.xml", "facts.json"
# Greatest difference between both engines' scores at which a conversion is taken for right; float32 agrees to 0.001.
_GREATEST_DIFFERENCE = 0.05
_PROBE_TOKENS = (2, 8, 200)


class SpanEngine(Protocol):
    """A loaded network."""

    def scores(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Shape (tokens, 2), the start and end score of every token of `ids`, which has shape (tokens,)."""


class OpenVINOSpanEngine:
    """The converted network; starts without PyTorch."""

    def __init__(self, graph: Path, precision: str, threads: int) -> None:
        self._graph = openvino_runtime.Graph(graph, precision, threads)
        (self._request,) = self._graph.requests()

    @classmethod
    def load(
        cls, weights: SpanWeights, backbone: Path, precision: str, threads: int, cache: Path | None
    ) -> "OpenVINOSpanEngine | None":
        """The network in `precision`; None where its conversion does not agree with PyTorch.

        The first call converts it (about 15 s, PyTorch included).
        """
        version = importlib.metadata.version("openvino")
        key = f"reader-{weights.sha256[:12]}-{weights.backbone[:12]}-openvino-{version}-v{_FORMAT}"
        folder = cached_folder(cache_root(cache), key, partial(_convert, weights, backbone, threads))
        difference = json.loads((folder / _FACTS).read_text(encoding="utf-8"))["difference"]
        # Also where it is not a number.
        return cls(folder / _GRAPH, precision, threads) if difference <= _GREATEST_DIFFERENCE else None

    def scores(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """As of any engine; not to be called from two threads at once."""
        row = np.full((1, openvino_runtime.rounded_up(len(ids))), ids[-1], np.int64)
        row[0, : len(ids)] = ids
        mask = (np.arange(row.shape[1]) < len(ids))[None].astype(np.int64)
        self._request.infer(self._graph.inputs(row, mask))
        # A copy: the request's memory is written again by the next call.
        return np.array(self._request.get_output_tensor().data[0, : len(ids)], np.float32)


class TorchSpanEngine:
    """The network run by PyTorch, on the CPU."""

    def __init__(self, network: "SpanNetwork", precision: str) -> None:
        self._network = network
        self._bfloat16 = precision == "bfloat16"

    @classmethod
    def load(cls, weights: SpanWeights, backbone: Path, precision: str, threads: int) -> "TorchSpanEngine":
        """The network in `precision` "float32" or "bfloat16"."""
        import torch  # noqa: PLC0415 (it takes seconds, which the other engine does without)

        torch.set_num_threads(threads)
        return cls(_merged(weights, backbone), precision)

    def scores(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """As of any engine."""
        import torch  # noqa: PLC0415 (see load)

        row = torch.from_numpy(ids[None])
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=self._bfloat16):
            scores = self._network(row, torch.ones_like(row))[0]
        return np.asarray(scores.float().numpy(), np.float32)


def _merged(weights: SpanWeights, backbone: Path) -> "SpanNetwork":
    from answer.span_network import SpanNetwork  # noqa: PLC0415 (PyTorch)

    network = SpanNetwork.from_backbone(backbone)
    try:
        network.load_trained(weights.tensors())
    except ValueError as error:
        raise WeightsError(f"{weights.path} does not fit the bundled model: {error}") from error
    return network.eval()


def _convert(weights: SpanWeights, backbone: Path, threads: int, folder: Path) -> None:
    import torch  # noqa: PLC0415 (see TorchSpanEngine.load)

    LOG.info("converting the reader for OpenVINO, once")
    network = _merged(weights, backbone)
    tokenizer = Tokenizer.from_file(str(backbone / "tokenizer.json"))
    tokenizer.enable_padding(pad_id=tokenizer.token_to_id("<pad>") or 0)
    # How large activations become shows in any text; a question stands for the passage.
    encodings = tokenizer.encode_batch([tuple(questions[:2]) for questions in probe_questions().values()])
    inputs = {
        "input_ids": torch.tensor([encoding.ids for encoding in encodings]),
        "attention_mask": torch.tensor([encoding.attention_mask for encoding in encodings]),
    }
    try:
        openvino_runtime.write_graph(network, inputs, folder / _GRAPH)
        difference = _difference(
            TorchSpanEngine(network, "float32"), OpenVINOSpanEngine(folder / _GRAPH, "float32", threads)
        )
    except OSError:  # says nothing about the network
        raise
    except Exception as error:  # whatever a conversion makes two libraries raise
        LOG.warning("the reader stays with PyTorch: its conversion failed (%s)", error)
        difference = float("inf")
    (folder / _FACTS).write_text(json.dumps({"difference": difference}), encoding="utf-8")


def _difference(one: SpanEngine, other: SpanEngine) -> float:
    probes = [np.arange(5, 5 + tokens, dtype=np.int64) for tokens in _PROBE_TOKENS]
    return max(float(np.abs(one.scores(probe) - other.scores(probe)).max()) for probe in probes)

"""OpenVINO itself: whether it is there, graphs from PyTorch modules, and requests that run them."""

import importlib.util
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.eight_bits import ACTIVATION_GROUP, balance, quantise

if TYPE_CHECKING:
    import torch

# A table of so many rows is a vocabulary.
_LEAST_WORDS = 10_000
_WORDS_INPUT = "words"
# Questions are shorter, most passages longer.
_SHORT = 48


class WordVectors:
    """A table of word vectors that stays in its file, from which each row is read when it is asked for.

    A row is read in a microsecond. Mapped into memory the file would by and by be resident as a whole: 192 MB for the
    bundled model.
    """

    def __init__(self, path: Path) -> None:
        table = np.load(path, mmap_mode="r", allow_pickle=False)
        self._start, self._width, self._type = table.offset, table.shape[1], table.dtype
        self._file = path.open("rb", buffering=0)
        self._reading = Lock()

    def rows(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Shape (*ids.shape, dimension): the vector of each of `ids`."""
        words, places = np.unique(ids, return_inverse=True)
        vectors = np.empty((len(words), self._width), self._type)
        with self._reading:
            for vector, word in zip(vectors, words.tolist(), strict=True):
                self._file.seek(self._start + word * vector.nbytes)
                self._file.readinto(vector)
        return vectors.astype(np.float32)[places].reshape(*ids.shape, self._width)


class Graph:
    """A written graph; its word vectors are looked up here, in their file.

    Inside a graph OpenVINO would unpack the whole table to float32: 384 MB for the bundled model, once for each graph.
    """

    def __init__(self, path: Path, precision: str, threads: int) -> None:
        self._path = path
        self._int8 = precision == "int8"
        self._settings = {
            "INFERENCE_NUM_THREADS": threads,
            "INFERENCE_PRECISION_HINT": "bf16" if precision == "bfloat16" else "f32",
            "DYNAMIC_QUANTIZATION_GROUP_SIZE": ACTIVATION_GROUP if self._int8 else "0",
        }
        words = _words_file(path)
        self._words = WordVectors(words) if words.exists() else None

    def requests(self, streams: int = 1) -> list[Any]:
        """`streams` requests that compute side by side, on the graph's threads in all."""
        core = _openvino().Core()
        graph = core.read_model(self._path)
        if self._int8:
            quantise(_openvino(), graph)
        compiled = core.compile_model(graph, "CPU", self._settings | {"NUM_STREAMS": streams})
        return [compiled.create_infer_request() for _ in range(streams)]

    def inputs(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        """What a request is given for token ids and their mask, both of shape (texts, tokens)."""
        inputs: dict[str, NDArray[Any]] = {"input_ids": ids, "attention_mask": mask}
        if self._words is not None:
            inputs[_WORDS_INPUT] = self._words.rows(ids)
        return inputs


def rounded_up(tokens: int) -> int:
    """The length, in tokens, to which a text is padded.

    OpenVINO prepares itself for every length anew, which takes 1.7 MB and as long as several texts of that length.
    """
    step = 4 if tokens <= _SHORT else 8
    return -(-tokens // step) * step


def is_available() -> bool:
    """Whether OpenVINO is installed; it is not imported yet."""
    return importlib.util.find_spec("openvino") is not None


def write_graph(module: "torch.nn.Module", example: Mapping[str, "torch.Tensor"], path: Path) -> None:
    """Convert `module`, called with tensors named as in `example`, and write it to `path`, its word vectors beside it.

    The example is of what the module will be given: it shows how large activations become. Weights are kept as float16,
    which halves the files; they are computed with as asked for. Raises OSError where a
    file cannot be written, and whatever PyTorch and OpenVINO do where the module cannot be converted.
    """
    import torch  # noqa: PLC0415 (it takes seconds, and only a first start converts anything)

    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # a trace is checked by comparing results, not by the tracer's guesses
        graph = _openvino().convert_model(module, example_input=dict(example))
    balance(_openvino(), graph, {name: tensor.numpy() for name, tensor in example.items()})
    words = _take_words_out(graph)
    if words is not None:
        np.save(_words_file(path), words.astype(np.float16))
    try:
        _openvino().save_model(graph, path, compress_to_fp16=True)
    except RuntimeError as error:  # OpenVINO's only error; a full disk is the likely one
        raise OSError(f"OpenVINO could not write its graph: {error}") from error


def _take_words_out(graph: Any) -> NDArray[np.floating[Any]] | None:
    """Makes the word vectors an input of the graph instead of a table in it; the table, None where there is no one."""
    tables = [
        (operation, operation.input_value(0).get_node())
        for operation in graph.get_ops()
        if operation.get_type_name() == "Gather" and operation.input_value(0).get_node().get_type_name() == "Constant"
    ]
    large = [
        (gather, table) for gather, table in tables if len(table.data.shape) == 2 and len(table.data) > _LEAST_WORDS
    ]
    if len(large) != 1:
        return None
    (gather, table) = large[0]
    words = _openvino().opset13.parameter([-1, -1, table.data.shape[1]], np.float32, _WORDS_INPUT)
    words.output(0).set_names({_WORDS_INPUT})
    for consumer in gather.output(0).get_target_inputs():
        consumer.replace_source_output(words.output(0))
    graph.add_parameters([words])
    return np.array(table.data)


def _words_file(graph: Path) -> Path:
    return graph.with_suffix(".words.npy")


def _openvino() -> Any:
    # Through this package OpenVINO reports every import and conversion to Google Analytics, unless a file in the user's
    # home says not to. None in sys.modules makes its import fail, for which OpenVINO has a silent stand-in.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino  # noqa: PLC0415 (an optional dependency)

    return openvino

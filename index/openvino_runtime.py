"""OpenVINO itself: whether it is there, graphs from PyTorch modules, and requests that run them."""

import importlib.util
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch


def is_available() -> bool:
    """Whether OpenVINO is installed; it is not imported yet."""
    return importlib.util.find_spec("openvino") is not None


def infer_requests(graph: Path, precision: str, threads: int, *, streams: int = 1) -> list[Any]:
    """`streams` requests on the graph, computing in `precision` "float32" or "bfloat16" on `threads` threads in all."""
    settings = {
        "NUM_STREAMS": streams,
        "INFERENCE_NUM_THREADS": threads,
        "INFERENCE_PRECISION_HINT": "bf16" if precision == "bfloat16" else "f32",
    }
    compiled = _openvino().Core().compile_model(graph, "CPU", settings)
    return [compiled.create_infer_request() for _ in range(streams)]


def write_graph(module: "torch.nn.Module", example: Mapping[str, "torch.Tensor"], path: Path) -> None:
    """Convert `module`, called with tensors named as in `example`, and write it to `path`.

    Weights are kept as float16, which halves the file; they are computed with as asked for. Raises OSError where the
    file cannot be written, and whatever PyTorch and OpenVINO do where the module cannot be converted.
    """
    import torch  # noqa: PLC0415 (it takes seconds, and only a first start converts anything)

    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # a trace is checked by comparing results, not by the tracer's guesses
        graph = _openvino().convert_model(module, example_input=dict(example))
    try:
        _openvino().save_model(graph, path, compress_to_fp16=True)
    except RuntimeError as error:  # OpenVINO's only error; a full disk is the likely one
        raise OSError(f"OpenVINO could not write its graph: {error}") from error


def _openvino() -> Any:
    # Through this package OpenVINO reports every import and conversion to Google Analytics, unless a file in the user's
    # home says not to. None in sys.modules makes its import fail, for which OpenVINO has a silent stand-in.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino  # noqa: PLC0415 (an optional dependency)

    return openvino

"""Linear layers of an OpenVINO graph in 8 bits: made ready when the graph is written, rounded when it is loaded."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

# So many neighbouring activations share a scale. With 32 an encoder of 12 layers is a fifth slower; what is lost with
# more, `balance` makes up for: the vectors of 120 texts have a least cosine of 0.9997 with those in float32, 0.9995
# without it.
ACTIVATION_GROUP = "128"
_GREATEST_INT8 = 127
# A channel that is never used must not blow up the others.
_LEAST_RANGE = 1e-3


def balance(openvino: Any, graph: Any, example: Mapping[str, NDArray[Any]]) -> None:
    """Scales the inputs of linear layers and their weights so that all channels fit 8 bits; the products stay equal.

    A channel whose values are large coarsens the steps of those beside it. Each is divided by a factor by which its
    weights are multiplied: the root of its greatest value in `example`, what the graph is given, over its greatest
    weight (SmoothQuant: Xiao et al., 2023, with a migration strength of 0.5).
    """
    greatest = _greatest_inputs(openvino, graph, example)
    make = openvino.opset13
    for name, group in groupby(sorted(_linear_layers(graph), key=_input_name), key=_input_name):
        sharing = list(group)
        widest = np.max([np.abs(weights).max(axis=0) for _, _, weights in sharing], axis=0)
        factors = np.sqrt(np.maximum(greatest[name], _LEAST_RANGE) / np.maximum(widest, _LEAST_RANGE))
        factors = (factors / np.exp(np.log(factors).mean())).astype(np.float32)
        divided = make.multiply(sharing[0][1].input_value(0), make.constant(1 / factors)).output(0)
        for _, operation, weights in sharing:
            operation.input(0).replace_source_output(divided)
            operation.input(1).replace_source_output(make.constant(weights * factors).output(0))


def quantise(openvino: Any, graph: Any) -> None:
    """Keeps the weights of every linear layer in 8 bits, with one scale for each output.

    OpenVINO then quantises the activations as they come, group by group of each token, and multiplies integers.
    """
    make = openvino.opset13
    for _, operation, weights in _linear_layers(graph):
        scales = np.abs(weights).max(axis=1, keepdims=True) / _GREATEST_INT8
        scales[scales == 0] = 1
        rounded = make.convert(make.constant(np.rint(weights / scales).astype(np.int8)), "f32")
        operation.input(1).replace_source_output(make.multiply(rounded, make.constant(scales)).output(0))


def _linear_layers(graph: Any) -> list[tuple[str, Any, NDArray[np.float32]]]:
    """Each layer with the name of what gives its input and its weights, shape (outputs, inputs)."""
    found = []
    for operation in graph.get_ordered_ops():
        weights = _linear_weights(operation)
        if weights is not None:
            found.append((operation.input_value(0).get_node().get_friendly_name(), operation, weights))
    return found


def _input_name(layer: tuple[str, Any, NDArray[np.float32]]) -> str:
    return layer[0]


def _linear_weights(operation: Any) -> NDArray[np.float32] | None:
    """The weights where `operation` multiplies by a constant matrix."""
    if operation.get_type_name() != "MatMul" or not operation.get_attributes()["transpose_b"]:
        return None
    source = operation.input_value(1).get_node()
    if source.get_type_name() == "Convert":  # they are written as float16
        source = source.input_value(0).get_node()
    is_matrix = source.get_type_name() == "Constant" and len(source.get_output_shape(0)) == 2
    return np.asarray(source.data, np.float32) if is_matrix else None


def _greatest_inputs(openvino: Any, graph: Any, example: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[np.float32]]:
    """By the name of what gives it: the greatest absolute value in each channel of every linear layer's input."""
    watched = graph.clone()
    sources = {name: operation.input_value(0) for name, operation, _ in _linear_layers(watched)}
    first = len(watched.outputs)
    watched.add_outputs(list(sources.values()))
    request = openvino.Core().compile_model(watched, "CPU", {"INFERENCE_PRECISION_HINT": "f32"}).create_infer_request()
    request.infer(dict(example))
    seen = {name: request.get_output_tensor(first + place).data for place, name in enumerate(sources)}
    return {name: np.abs(values).reshape(-1, values.shape[-1]).max(axis=0) for name, values in seen.items()}

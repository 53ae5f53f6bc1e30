"""Linear layers in 8 bits: balancing changes no product, and brings the rounded ones nearer to the exact ones."""

from typing import Any

import numpy as np
import openvino
import pytest
from numpy.typing import NDArray

from index.eight_bits import balance, quantise

INPUTS, OUTPUTS = 64, 32
FLOAT32 = {"INFERENCE_PRECISION_HINT": "f32"}


@pytest.fixture
def texts() -> NDArray[np.float32]:
    """Activations, shape (1, tokens, channels), with one channel a hundred times as large as the others."""
    values = np.random.default_rng(0).standard_normal((1, 40, INPUTS)).astype(np.float32)
    values[..., 7] *= 100
    return values


def graph() -> Any:
    """Two linear layers that share their input, one after them."""
    make, random = openvino.opset13, np.random.default_rng(1)
    given = make.parameter([-1, -1, INPUTS], np.float32, "given")
    given.output(0).set_names({"given"})
    weights = [random.standard_normal((OUTPUTS, INPUTS)).astype(np.float32) * 0.1 for _ in range(2)]
    both = [make.relu(make.matmul(given, make.constant(matrix), False, True)) for matrix in weights]
    last = make.constant(random.standard_normal((8, OUTPUTS)).astype(np.float32))
    return openvino.Model([make.matmul(make.add(*both), last, False, True)], [given])


def products(model: Any, texts: NDArray[np.float32]) -> NDArray[np.float32]:
    request = openvino.Core().compile_model(model, "CPU", FLOAT32).create_infer_request()
    request.infer({"given": texts})
    return np.array(request.get_output_tensor().data)


def balanced(texts: NDArray[np.float32]) -> Any:
    model = graph()
    balance(openvino, model, {"given": texts})
    return model


def test_balancing_changes_no_product(texts: NDArray[np.float32]) -> None:
    np.testing.assert_allclose(products(balanced(texts), texts), products(graph(), texts), rtol=1e-3, atol=1e-3)


def test_rounded_weights_give_nearly_the_exact_products(texts: NDArray[np.float32]) -> None:
    exact, model = products(graph(), texts), balanced(texts)
    quantise(openvino, model)
    assert np.abs(products(model, texts) - exact).max() < 0.02 * np.abs(exact).max()


def test_a_large_channel_coarsens_the_others_less_once_balanced(texts: NDArray[np.float32]) -> None:
    exact, plain, even = products(graph(), texts), graph(), balanced(texts)
    errors = {}
    for name, model in (("plain", plain), ("even", even)):
        rounded = _rounded_inputs(model, texts)
        errors[name] = float(np.abs(rounded - exact).mean())
    assert errors["even"] < errors["plain"] / 2


def _rounded_inputs(model: Any, texts: NDArray[np.float32]) -> NDArray[np.float32]:
    """The products where the first layers' input is rounded to 8 bits over all channels together, as int8 rounds it."""
    make = openvino.opset13
    for operation in model.get_ordered_ops():
        if operation.get_type_name() == "MatMul" and operation.get_output_partial_shape(0)[2] == OUTPUTS:
            given = operation.input_value(0)
            greatest = make.reduce_max(make.abs(given), make.constant([2]), keep_dims=True)
            scale = make.divide(greatest, make.constant(np.float32(127)))
            rounded = make.multiply(make.round(make.divide(given, scale), "half_to_even"), scale)
            operation.input(0).replace_source_output(rounded.output(0))
    return products(model, texts)


def test_a_channel_that_is_never_used_harms_nothing(texts: NDArray[np.float32]) -> None:
    texts[..., 3] = 0
    with_silent_channel = products(balanced(texts), texts)
    assert np.isfinite(with_silent_channel).all()
    np.testing.assert_allclose(with_silent_channel, products(graph(), texts), rtol=1e-3, atol=1e-3)

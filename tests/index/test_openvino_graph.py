"""A converted model in memory: no vocabulary unpacked, and no preparation for every length anew."""

import subprocess
import sys

import pytest

from index.encoder import SentenceEncoder
from index.openvino_runtime import rounded_up

LOAD = """
from answer.span_model import SpanModel
from index.encoder import SentenceEncoder
encoder, reader = SentenceEncoder.load(engine="openvino"), SpanModel.load(engine="openvino")
for length in range(1, 40):
    encoder.encode_queries(["绿" * length])
    reader.read("谁？", "天气好。" * length)
[peak] = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(int(peak.split()[1]) // 1000)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is told in /proc")
def test_encoder_and_reader_fit_into_little_memory(encoder: SentenceEncoder) -> None:
    """Both with their own copy of the words and of the tokenizer would take 1,600 MB; what tells is who shares what."""
    if encoder.engine_name != "openvino":
        pytest.skip("no OpenVINO here")
    shown = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True, timeout=120)
    assert int(shown.stdout) < 1300


@pytest.mark.parametrize(("tokens", "padded"), [(1, 4), (4, 4), (47, 48), (48, 48), (49, 56), (120, 120), (505, 512)])
def test_lengths_are_rounded_to_few(tokens: int, padded: int) -> None:
    """Never beyond what a model takes."""
    assert rounded_up(tokens) == padded

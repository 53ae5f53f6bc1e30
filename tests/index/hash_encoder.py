"""An encoder of microseconds: what a text is about is which character pairs it has."""

import zlib
from collections.abc import Sequence

import numpy as np

from index.encoder import Progress, Vectors

DIMENSION = 64


class HashEncoder:
    """Bags of character bigrams, hashed into 64 numbers; `calls` counts the texts encoded so far."""

    def __init__(self, name: str = "hash") -> None:
        self.name = name
        self.fingerprint = f"fingerprint-of-{name}"
        self.dimension = DIMENSION
        self.calls = 0

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.calls += len(texts)
        if progress:
            progress(len(texts), len(texts))
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, DIMENSION)

    def _vector(self, text: str) -> Vectors:
        vector = np.full(DIMENSION, 0.01, dtype=np.float32)
        padded = f"{self.name[0]}{text}"
        for first, second in zip(padded, padded[1:], strict=False):
            code = zlib.crc32((first + second).encode("utf-8", "surrogatepass"))
            vector[code % DIMENSION] += 1 if code >> 16 & 1 else -1
        return vector / np.linalg.norm(vector)

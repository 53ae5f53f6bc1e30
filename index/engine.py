"""The seam to what computes vectors: an engine turns one batch of texts into unit vectors."""

import threading
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

# Two inference jobs with all threads each slow one another 5 to 13 times: whoever computes holds this lock, for one
# batch at a time, so that a question waits for a batch and not for a whole index.
INFERENCE_LOCK = threading.Lock()


class Engine(Protocol):
    """A loaded model; texts are cut after `max_tokens` tokens, special tokens included."""

    dimension: int
    max_tokens: int

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text takes, at most `max_tokens`."""

    def embed(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        """Shape (len(texts), dimension): a unit vector for `prompt` + each text, computed as one batch."""


def unit_rows(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    """The rows as float32, scaled to length 1; a row of zeros stays as it is."""
    rows: NDArray[np.float32] = np.asarray(vectors, np.float32)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = rows / np.maximum(norms, np.finfo(np.float32).tiny)
    return scaled

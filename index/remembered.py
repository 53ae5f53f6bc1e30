"""What the encoder gave for each text of an index, so that the next build encodes only what is new."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, Progress, Vectors
from index.manifest import Manifest
from ingest.errors import YinjuError

_VECTORS_FILE, _KEYS_FILE = "encoded.npy", "encoded_keys.npy"
_KEY_BYTES = 16


@dataclass(frozen=True, slots=True)
class RememberedVectors:
    """Texts, by hash, and their vectors as the encoder gave them, before centring.

    `keys` has shape (texts, 16), the first bytes of the texts' SHA-256; `vectors` shape (texts, dimension), float16,
    which rounds a cosine by less than 0.001.
    """

    keys: NDArray[np.uint8]
    vectors: NDArray[np.float16]

    @classmethod
    def of_index(cls, folder: Path, fingerprint: str) -> "RememberedVectors | None":
        """Those of the index in `folder`; None where none can be read, or another model made them."""
        try:
            manifest = Manifest.read(folder)
            if manifest.model_fingerprint != fingerprint:
                return None
            return cls.load(folder / manifest.generation)
        except (YinjuError, OSError, ValueError):
            return None

    @classmethod
    def load(cls, generation: Path) -> "RememberedVectors":
        """Those that `save` wrote, memory mapped; raises OSError or ValueError where they cannot be read."""
        keys = np.load(generation / _KEYS_FILE, allow_pickle=False)
        vectors = np.load(generation / _VECTORS_FILE, mmap_mode="r", allow_pickle=False)
        if len(keys) != len(vectors):
            raise ValueError(f"{len(keys)} texts and {len(vectors)} vectors")
        return cls(keys, vectors)

    def save(self, generation: Path) -> None:
        """Write both arrays into the folder `generation`."""
        np.save(generation / _KEYS_FILE, self.keys, allow_pickle=False)
        np.save(generation / _VECTORS_FILE, self.vectors, allow_pickle=False)

    def decoded(self) -> Vectors:
        """The vectors as float32."""
        return np.asarray(self.vectors, np.float32)


def encode_new(
    texts: Sequence[str], encoder: Encoder, earlier: RememberedVectors | None, progress: Progress | None = None
) -> RememberedVectors:
    """The vectors of all `texts`, in order: those that `earlier` has taken from there, the others encoded."""
    keys = np.frombuffer(b"".join(map(_key, texts)), np.uint8).reshape(len(texts), _KEY_BYTES)
    vectors = np.empty((len(texts), encoder.dimension), np.float16)
    known = {key.tobytes(): row for row, key in enumerate(earlier.keys)} if earlier else {}
    rows = np.array([known.get(key.tobytes(), -1) for key in keys], np.int64)
    if earlier:
        vectors[rows >= 0] = earlier.vectors[rows[rows >= 0]]
    new = np.flatnonzero(rows < 0)
    if len(new):
        vectors[new] = encoder.encode_passages([texts[place] for place in new.tolist()], progress)
    return RememberedVectors(keys, vectors)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_KEY_BYTES]

"""Vectors freed of what all texts of a corpus, and all questions of a language, have in common.

An embedding model puts every text of one language, and every question, into a narrow cone: much of a cosine says only
"this is Chinese" or "this is a question". Passages lose the mean of their corpus, and a question loses a part of the
mean of questions in its language, so that a question is compared with a passage by what it is about (centring of
sentence embeddings per language: Libovický, Rosa and Fraser, 2020). What it gives is in eval/README.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from index.encoder import Encoder, Vectors
from index.model_cache import cache_root, cached_folder, sha256_of
from index.probe_questions import PROBE_FILE, probe_questions

_MEANS_FILE = "means.npy"
# The mean of a few texts is mostly what they are about; it counts like this many texts with a mean of zero beside it.
_SHRINKAGE = 20
# Taking away the whole mean blows up what is left of short general sentences, which then come near to any question.
_CENTRED_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class LanguageMeans:
    """The mean vector of some everyday questions in each of `languages`; `means` has shape (languages, dimension)."""

    languages: tuple[str, ...]
    means: Vectors

    @classmethod
    def of(cls, encoder: Encoder) -> "LanguageMeans":
        """The means under `encoder`'s model, from the questions of `probe_questions()`; kept in the model cache.

        Raises YinjuError where the cache cannot be written.
        """
        questions = probe_questions()
        key = f"language-means-{encoder.fingerprint}-{sha256_of(PROBE_FILE)[:12]}"
        folder = cached_folder(cache_root(), key, partial(_write_means, encoder, list(questions.values())))
        return cls(tuple(questions), np.load(folder / _MEANS_FILE, allow_pickle=False))

    def nearest(self, question: Vectors) -> Vectors:
        """The mean, shape (dimension,), of the language whose questions lie nearest to the vector `question`."""
        return self.means[int(np.argmax(unit(self.means) @ question))]

    def shifted(self, question: Vectors, share: float) -> Vectors:
        """The unit vector of `question`, shape (dimension,), less this share of its language's mean."""
        return unit(question - np.float32(share) * self.nearest(question))


def _write_means(encoder: Encoder, groups: Sequence[Sequence[str]], folder: Path) -> None:
    means = np.stack([encoder.encode_queries(group).mean(axis=0) for group in groups])
    np.save(folder / _MEANS_FILE, means, allow_pickle=False)


def centred(vectors: Vectors) -> Vectors:
    """Unit vectors without most of their mean, which is drawn towards zero where there are few; same shape."""
    mean = vectors.sum(axis=0) / np.float32(len(vectors) + _SHRINKAGE)
    return unit(vectors - np.float32(_CENTRED_SHARE) * mean)


def unit(vectors: Vectors) -> Vectors:
    """`vectors`, shape (..., dimension), scaled to length one; a zero vector stays as it is."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)

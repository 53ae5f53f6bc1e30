"""The engine that runs every sentence-transformers model: PyTorch."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.engine import unit_rows
from ingest.errors import YinjuError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class TorchEngine:
    """A model run by sentence-transformers itself, on the CPU."""

    def __init__(self, model: "SentenceTransformer") -> None:
        self.model = model
        self.dimension = int(model.get_embedding_dimension() or 0)
        self.max_tokens = int(model.max_seq_length or 512)

    @classmethod
    def load(cls, folder: Path, precision: str, threads: int) -> "TorchEngine":
        """The model in `folder`, computing in `precision` "float32" or "bfloat16"."""
        # PyTorch takes seconds to import, which the OpenVINO engine does without.
        import torch  # noqa: PLC0415

        torch.set_num_threads(threads)
        return cls(load_sentence_transformer(folder, precision))

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """As of any engine."""
        if not texts:  # the tokenizer fails on none
            return []
        ids = self.model.tokenizer(list(texts), truncation=True, max_length=self.max_tokens)["input_ids"]
        return [len(row) for row in ids]

    def embed(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        """As of any engine."""
        vectors = self.model.encode(
            list(texts), prompt=prompt, batch_size=len(texts), show_progress_bar=False, convert_to_tensor=True
        )
        return unit_rows(vectors.float().numpy())


def torch_precision(precision: str) -> str:
    """What PyTorch computes in where `precision` is asked for: it has no integer products for these models."""
    return "float32" if precision == "int8" else precision


def load_sentence_transformer(folder: Path, precision: str) -> "SentenceTransformer":
    """The model in `folder`, without a request to any hub; raises YinjuError where it cannot be loaded."""
    import torch  # noqa: PLC0415 (see TorchEngine.load)
    import transformers  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(
            str(folder),
            device="cpu",
            local_files_only=True,
            model_kwargs={"dtype": getattr(torch, precision)},
        )
    except Exception as error:  # whatever a broken folder makes the libraries raise
        raise YinjuError(f"The model in {folder} cannot be loaded: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]

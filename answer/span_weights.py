"""The reader's trained weights: the layers that differ from the encoder's, and what they belong to."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from safetensors import SafetensorError

from index.model_cache import read_manifest, sha256_of
from ingest.errors import YinjuError

if TYPE_CHECKING:
    import torch

WEIGHTS = Path(__file__).with_name("weights")
_TENSORS, _FACTS = "reader.safetensors", "reader.json"
BACKBONE_FILE = "model.safetensors"


class WeightsError(YinjuError):
    """The reader's weights are missing, damaged, or made for another encoder."""


@dataclass(frozen=True, slots=True)
class SpanWeights:
    """Weights on disk; `sha256` is that of their file, `backbone` that of the encoder's weights that they go with."""

    path: Path
    sha256: str
    backbone: str

    @classmethod
    def find(cls, folder: Path = WEIGHTS) -> "SpanWeights":
        """The weights in `folder`; raises WeightsError where they are missing or not what their facts say."""
        path = folder / _TENSORS
        try:
            facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
            found = cls(path, str(facts["sha256"]), str(facts["backbone"]))
            whole = sha256_of(path) == found.sha256
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise WeightsError(f"the reader's weights in {folder} are missing or incomplete: get them again") from error
        if not whole:
            raise WeightsError(f"{path} is damaged or cut short: get it again")
        return found

    def check_backbone(self, folder: Path) -> None:
        """Raises WeightsError unless the bundled encoder in `folder` is the one that the weights were trained on."""
        if backbone_of(folder) != self.backbone:
            raise WeightsError(
                f"{self.path} was trained on another version of the bundled model than the one that is installed: "
                "install the packages of requirements.txt, or train again with `make train`"
            )

    def tensors(self) -> "dict[str, torch.Tensor]":
        """The weights by name, as float32."""
        from safetensors.torch import load_file  # noqa: PLC0415 (PyTorch, which a converted reader does without)

        try:
            return {name: tensor.float() for name, tensor in load_file(self.path).items()}
        except SafetensorError as error:
            raise WeightsError(f"{self.path} is no file of weights: {error}") from error


def save_weights(tensors: "dict[str, torch.Tensor]", backbone: Path, folder: Path) -> SpanWeights:
    """Write `tensors` as float16 into `folder`, with the hash that ties them to the encoder in `backbone`."""
    from safetensors.torch import save_file  # noqa: PLC0415 (see SpanWeights.tensors)

    folder.mkdir(parents=True, exist_ok=True)
    path, beside = folder / _TENSORS, folder / f".{_TENSORS}.part"
    save_file({name: tensor.detach().cpu().half().contiguous() for name, tensor in tensors.items()}, beside)
    weights = SpanWeights(path, sha256_of(beside), backbone_of(backbone))
    beside.chmod(0o644)
    beside.replace(path)
    facts = {name: value for name, value in asdict(weights).items() if name != "path"}
    (folder / _FACTS).write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    return weights


def backbone_of(folder: Path) -> str:
    """The SHA-256 of the weights of the bundled model in `folder`, in hex."""
    return next(record.sha256 for record in read_manifest(folder) if record.name == BACKBONE_FILE)

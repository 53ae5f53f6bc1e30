"""Where a training stands, in one file that is replaced as a whole: weights, optimiser, random numbers, step."""

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from answer.span_network import SpanNetwork
from ingest.errors import YinjuError

_NETWORK, _OPTIMIZER, _RANDOM, _STEP = "network.", "optimizer.", "random", "step"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A file of tensors; the learning rate follows from the step."""

    path: Path

    def save(self, network: SpanNetwork, optimizer: torch.optim.Optimizer, step: int) -> None:
        """Write the state after `step` steps."""
        tensors = {_NETWORK + name: tensor for name, tensor in network.trained_tensors().items()}
        for place, state in optimizer.state_dict()["state"].items():
            tensors |= {f"{_OPTIMIZER}{place}.{name}": tensor for name, tensor in state.items()}
        tensors |= {_RANDOM: torch.get_rng_state(), _STEP: torch.tensor(step)}
        beside = self.path.with_suffix(".part")
        save_file({name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}, beside)
        beside.replace(self.path)

    def restore(self, network: SpanNetwork, optimizer: torch.optim.Optimizer) -> int:
        """Load the state, if any, and return how many steps are done; raises YinjuError for a damaged file."""
        if not self.path.is_file():
            return 0
        try:
            tensors = load_file(self.path)
            network.load_trained(_without(tensors, _NETWORK))
            optimizer.load_state_dict(optimizer.state_dict() | {"state": _optimizer_state(tensors)})
            torch.set_rng_state(tensors[_RANDOM])
            return int(tensors[_STEP])
        except (SafetensorError, ValueError, KeyError) as error:
            raise YinjuError(f"the checkpoint {self.path} cannot be gone on with ({error}): delete it") from error


def _optimizer_state(tensors: dict[str, torch.Tensor]) -> dict[int, dict[str, torch.Tensor]]:
    state: dict[int, dict[str, torch.Tensor]] = {}
    for name, tensor in _without(tensors, _OPTIMIZER).items():
        place, _, kind = name.partition(".")
        state.setdefault(int(place), {})[kind] = tensor
    return state


def _without(tensors: dict[str, torch.Tensor], prefix: str) -> dict[str, torch.Tensor]:
    return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}

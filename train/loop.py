"""The training loop: one pass of AdamW over the batches, resumable, with a log that can be plotted."""

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import torch

from answer.span_network import SpanNetwork
from index.cpu import fastest_precision
from train.checkpoint import Checkpoint
from train.features import Batch
from train.log import LogEntry, TrainingLog


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """What decides the weights beside the data; `learning_rate` is the peak, reached after `warmup` of all steps."""

    seed: int = 0
    learning_rate: float = 2e-4
    warmup: float = 0.06
    weight_decay: float = 0.01
    dropout: float = 0.1
    batch_tokens: int = 3072
    max_tokens: int = 384


# Seconds between checkpoints: what a crash may cost.
CHECKPOINT_SECONDS = 300


def train(network: SpanNetwork, batches: Sequence[Batch], settings: TrainSettings, work: Path, device: str) -> None:
    """Trains `network` in place on `batches`, going on from the checkpoint in `work` if there is one.

    `work` gets `checkpoint.safetensors` every five minutes and `log.jsonl`, a line every ten steps.
    """
    torch.manual_seed(settings.seed)
    network.to(device)
    network.freeze_rest()
    network.train()
    optimizer = _optimizer(network, settings)
    checkpoint = Checkpoint(work / "checkpoint.safetensors")
    done = checkpoint.restore(network, optimizer)
    saved = time.monotonic()
    with TrainingLog(work / "log.jsonl", done, len(batches)) as log:
        for step in range(done, len(batches)):
            rate = settings.learning_rate * _share_of_rate(step, len(batches), settings.warmup)
            loss = _learn(network, optimizer, batches[step], rate, device)
            log.add(LogEntry(step + 1, loss, rate))
            if time.monotonic() - saved > CHECKPOINT_SECONDS:
                checkpoint.save(network, optimizer, step + 1)
                saved = time.monotonic()
    checkpoint.save(network, optimizer, len(batches))


def _learn(network: SpanNetwork, optimizer: torch.optim.Optimizer, batch: Batch, rate: float, device: str) -> float:
    """One step of the optimiser; the loss before it."""
    for group in optimizer.param_groups:
        group["lr"] = rate
    with precision(device):
        loss = loss_of(network, batch, device)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return float(loss.detach())


def loss_of(network: SpanNetwork, batch: Batch, device: str) -> torch.Tensor:
    """The mean over windows of the cross entropies of start and end, token 0 being right where nothing answers."""
    ids, mask = torch.from_numpy(batch.ids).to(device), torch.from_numpy(batch.mask).to(device)
    allowed = torch.from_numpy(batch.allowed).to(device)
    scores = network(ids, mask).float().masked_fill(~allowed.unsqueeze(-1), -1e4)
    starts, ends = torch.from_numpy(batch.starts).to(device), torch.from_numpy(batch.ends).to(device)
    cross_entropy = torch.nn.functional.cross_entropy
    return (cross_entropy(scores[..., 0], starts) + cross_entropy(scores[..., 1], ends)) / 2


def precision(device: str) -> AbstractContextManager[object]:
    """bfloat16 where the processor is fastest with it, else float32."""
    if device == "cpu" and fastest_precision() != "bfloat16":
        return nullcontext()
    return torch.autocast(device, torch.bfloat16)


def _optimizer(network: SpanNetwork, settings: TrainSettings) -> torch.optim.Optimizer:
    trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
    # As usual, biases and norms, all of one dimension, do not decay.
    groups = [
        {"params": [one for one in trained if one.dim() > 1], "weight_decay": settings.weight_decay},
        {"params": [one for one in trained if one.dim() < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=settings.learning_rate)


def _share_of_rate(step: int, steps: int, warmup: float) -> float:
    """Of the peak: rising evenly to 1 in the first steps, then falling evenly to 0."""
    rising = max(1, int(warmup * steps))
    return (step + 1) / rising if step < rising else max(0.0, (steps - step) / max(1, steps - rising))

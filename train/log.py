"""The course of a training: a progress bar, a file of figures, and a picture for who would rather look."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tqdm import tqdm

_STEPS = 10
_WIDTH, _HEIGHT, _MARGIN = 640, 320, 48


@dataclass(frozen=True, slots=True)
class LogEntry:
    """The loss at a step, or the mean of several up to it, and the learning rate there."""

    step: int
    loss: float
    learning_rate: float


class TrainingLog:
    """Shows every step and writes the mean of every ten to a file, one JSON object a line."""

    def __init__(self, path: Path, done: int, steps: int) -> None:
        self._path = path
        self._steps = steps
        self._bar = tqdm(total=steps, initial=done, unit="step", desc="training")
        self._losses: list[float] = []

    def __enter__(self) -> "TrainingLog":
        self._file = self._path.open("a", encoding="utf-8")
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()
        self._bar.close()

    def add(self, entry: LogEntry) -> None:
        """Take note of one step."""
        self._losses.append(entry.loss)
        self._bar.update()
        if len(self._losses) == _STEPS or entry.step == self._steps:
            mean = sum(self._losses) / len(self._losses)
            self._file.write(json.dumps(asdict(LogEntry(entry.step, mean, entry.learning_rate))) + "\n")
            self._file.flush()
            self._bar.set_postfix(loss=f"{mean:.3f}")
            self._losses = []


def read_log(path: Path) -> list[LogEntry]:
    """The entries of a log that `train` wrote, one for each step logged, a repeated step's last one."""
    lines = path.read_text(encoding="utf-8").splitlines()
    entries = [LogEntry(**json.loads(line)) for line in lines if line.strip()]
    return list({entry.step: entry for entry in entries}.values())


def loss_svg(entries: Sequence[LogEntry]) -> str:
    """A line of the loss over the steps, as an SVG picture; `entries` are at least one."""
    most, last = max(entry.loss for entry in entries), entries[-1].step
    width, height = _WIDTH - 2 * _MARGIN, _HEIGHT - 2 * _MARGIN
    points = " ".join(
        f"{_MARGIN + width * entry.step / last:.1f},{_MARGIN + height * (1 - entry.loss / most):.1f}"
        for entry in entries
    )
    bottom = _HEIGHT - _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-size="12">'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>'
        f'<path d="M{_MARGIN},{_MARGIN}V{bottom}H{_WIDTH - _MARGIN}" fill="none" stroke="#666"/>'
        f'<polyline points="{points}" fill="none" stroke="#06c" stroke-width="1.5"/>'
        f'<text x="{_MARGIN - 8}" y="{_MARGIN + 4}" text-anchor="end">{most:.1f}</text>'
        f'<text x="{_MARGIN - 8}" y="{bottom + 4}" text-anchor="end">0</text>'
        f'<text x="{_WIDTH - _MARGIN}" y="{bottom + 18}" text-anchor="end">{last} steps</text>'
        f'<text x="{_MARGIN}" y="{_MARGIN - 12}">cross entropy of start and end, training windows</text>'
        "</svg>\n"
    )

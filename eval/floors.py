"""Quality floors: the least that each data set's metrics must reach, pinned in a file with the data's hash.

The file (`eval/floors.json`) reads {"version": 1, "floors": {"<set name>": {"sha256": "<hex digest>", "sample": null or
a number of questions, "metrics": {"recall@1": {"value": 0.98, "noise": 0.005}}}}}. Every metric is one where higher is
better.
"""

import json
import math
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from eval.json_field import JsonField, read_json
from ingest.errors import YinjuError

_VERSION = 1
# So that a measured 0.975 does not undercut 0.98 - 0.005 by a rounding of the last bit.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Floor:
    """A metric's least value; a measurement may lie at most `noise` below it."""

    value: float
    noise: float


@dataclass(frozen=True, slots=True)
class SetFloors:
    """The floors of one data set: the hash of its file, the size of the sample measured (None: all), its metrics."""

    sha256: str
    sample: int | None
    metrics: Mapping[str, Floor]


@dataclass(frozen=True, slots=True)
class Floors:
    """The contents of a floors file: data sets by name."""

    sets: Mapping[str, SetFloors] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured on one data set: the hash of its file, the size of the sample (None: all), its metrics."""

    sha256: str
    sample: int | None
    metrics: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Violation:
    """One floor that was not held; `metric` is empty where the data set as a whole cannot be compared."""

    set_name: str
    metric: str
    reason: str

    def __str__(self) -> str:
        return f"{self.set_name} {self.metric}".strip() + f": {self.reason}"


def load_floors(path: Path) -> Floors:
    """The floors in the file at `path`; YinjuError, naming file and place, where it is not a floors file."""
    root = read_json(path, "floors").root
    version = root.member("version")
    if version.integer() != _VERSION:
        raise version.error(f"must be {_VERSION}, not {version.value}; the file is of another release")
    return Floors({name: _set_floors(entry) for name, entry in root.member("floors").members().items()})


def check_floors(measured: Mapping[str, Measurement], floors: Floors) -> tuple[Violation, ...]:
    """Every floor that the measurements undercut by more than its noise, in the order of the measurements.

    A set measured on other data or on another sample is a violation as a whole, and so is a floor whose metric was not
    measured. Floors of sets that were not measured are not looked at: a run may cover some sets only.
    """
    violations: list[Violation] = []
    for name, measurement in measured.items():
        pinned = floors.sets.get(name)
        if pinned is None:
            continue
        reason = _not_comparable(measurement, pinned)
        violations += [Violation(name, "", reason)] if reason else _undercut(name, measurement, pinned)
    return tuple(violations)


def raise_floors(
    floors: Floors, measured: Mapping[str, Measurement], *, noise: float = 0.005, allow_lower: bool = False
) -> Floors:
    """The floors, raised to what was measured where that is higher; `noise` is for metrics that had no floor yet.

    A floor that was undercut within its noise stays. Where any was undercut by more, or a set's data or sample has
    changed, or a metric was not measured, YinjuError is raised; with `allow_lower` the measurements replace those
    floors instead, and a metric that was not measured loses its floor.
    """
    for name, measurement in measured.items():
        wrong = [metric for metric, value in measurement.metrics.items() if not math.isfinite(value)]
        if wrong:
            raise YinjuError(f"{name} {wrong[0]}: {measurement.metrics[wrong[0]]} cannot be a floor; measure it again.")
    violations = check_floors(measured, floors)
    if violations and not allow_lower:
        raise YinjuError(f"{violations[0]}; floors are lowered or replaced only when that is allowed explicitly.")
    raised = {name: _raised(floors.sets.get(name), measurement, noise) for name, measurement in measured.items()}
    return Floors({**floors.sets, **raised})


def write_floors(path: Path, floors: Floors) -> None:
    """Writes the floors file beside `path` and moves it into place: the old file stays, whole, if anything fails."""
    content = {"version": _VERSION, "floors": {name: asdict(entry) for name, entry in floors.sets.items()}}
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2, sort_keys=True) + "\n"
    beside = path.with_name(f"{path.name}.new")
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise YinjuError(f"{path}: cannot be written ({error.strerror or error}); choose another place.") from error


def _set_floors(entry: JsonField) -> SetFloors:
    sha256, sample = entry.member("sha256"), entry.optional("sample")
    if len(sha256.string()) != 64 or not set(sha256.string()) <= set("0123456789abcdef"):
        raise sha256.error("must be 64 hexadecimal digits in lower case")
    if sample and sample.integer() < 1:
        raise sample.error(f"must be null or at least 1, not {sample.value}")
    metrics = {metric: _floor(floor) for metric, floor in entry.member("metrics").members().items()}
    return SetFloors(sha256.string(), sample.integer() if sample else None, metrics)


def _floor(entry: JsonField) -> Floor:
    noise = entry.member("noise")
    if noise.number() < 0:
        raise noise.error(f"must not be negative, but is {noise.value}")
    return Floor(entry.member("value").number(), noise.number())


def _not_comparable(measurement: Measurement, pinned: SetFloors) -> str:
    """Why the two are not of the same questions; empty if they are."""
    if measurement.sha256 != pinned.sha256:
        return f"the data is not what its floors were measured on (sha256 {measurement.sha256}, not {pinned.sha256})"
    if measurement.sample != pinned.sample:
        return f"measured on {_questions(measurement.sample)}, its floors on {_questions(pinned.sample)}"
    return ""


def _questions(sample: int | None) -> str:
    return "all questions" if sample is None else f"a sample of {sample}"


def _undercut(name: str, measurement: Measurement, pinned: SetFloors) -> list[Violation]:
    violations: list[Violation] = []
    for metric, floor in pinned.metrics.items():
        value = measurement.metrics.get(metric)
        if value is None:
            violations.append(Violation(name, metric, f"not measured, its floor is {floor.value:g}"))
        elif not _holds(value, floor):
            reason = f"{value:.4g} is below its floor of {floor.value:g} by more than the noise of {floor.noise:g}"
            violations.append(Violation(name, metric, reason))
    return violations


def _holds(value: float, floor: Floor) -> bool:
    return value >= floor.value - floor.noise - _ROUNDING


def _raised(pinned: SetFloors | None, measurement: Measurement, noise: float) -> SetFloors:
    """The set's floors after the measurement; those of other data or another sample are gone."""
    old = pinned.metrics if pinned and not _not_comparable(measurement, pinned) else {}
    new = {}
    for metric, value in measurement.metrics.items():
        floor = old.get(metric)
        if floor is None:
            new[metric] = Floor(value, noise)
        else:
            stays = value < floor.value and _holds(value, floor)
            new[metric] = floor if stays else Floor(value, floor.noise)
    return SetFloors(measurement.sha256, measurement.sample, new)

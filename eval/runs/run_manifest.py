"""What decides the answers of a run and what it ran on, as its folder says it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from answer.provenance import Provenance
from eval.machine import machine_name
from index.model_cache import sha256_of

FORMAT = 3
_LIBRARIES = ("torch", "openvino", "faiss-cpu", "sentence-transformers", "tokenizers", "bm25s", "numpy")


@dataclass(frozen=True, slots=True)
class RunManifest:
    """What decides the answers of a run, and what it ran on.

    `questions` is the question file's name, `questions_sha256` is of its bytes, and `total` of them are to be asked.
    `settings` are model, reader and calibration as they were opened. `finished` is empty until all are asked; `seconds`
    is the time that asking took, pauses aside. `notices` say what was taken for what in the file.
    """

    questions: str
    questions_sha256: str
    total: int
    index_id: str
    settings: Mapping[str, Any]
    versions: Mapping[str, str]
    machine: str
    started: str
    finished: str = ""
    seconds: float = 0.0
    notices: tuple[str, ...] = ()
    format: int = FORMAT

    def same_run(self, other: "RunManifest") -> bool:
        """True if the same questions are asked of the same index, by the same reader with the same libraries."""
        return self.format == other.format and self.changed_in(other).keys() <= {"machine"}

    def changed_in(self, other: "RunManifest") -> dict[str, tuple[Any, Any]]:
        """What differs in the other one, name by name, the times aside; None is what a run has not."""
        before, after = self._deciding(), other._deciding()
        pairs = {name: (before.get(name), after.get(name)) for name in {**before, **after}}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    def _deciding(self) -> dict[str, Any]:
        named = {"questions_sha256": self.questions_sha256, "index_id": self.index_id}
        return {**named, **self.settings, **self.versions, "machine": self.machine}


def manifest_of(
    questions: Path, total: int, index_id: str, provenance: Provenance, notices: Sequence[str] = ()
) -> RunManifest:
    """The manifest of a run that begins now, on this machine."""
    return RunManifest(
        questions=questions.name,
        questions_sha256=sha256_of(questions),
        total=total,
        index_id=index_id,
        settings=asdict(provenance),
        versions={name: version(name) for name in _LIBRARIES},
        machine=machine_name(),
        started=now(),
        notices=tuple(notices),
    )


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")

"""A run on disk: what was asked of which index, every answer as soon as it is there, and what was made of them."""

import csv
import errno
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, TextIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from eval.machine import machine_name
from eval.runs.outcome import Outcome
from index.model_cache import sha256_of
from ingest.errors import YinjuError

FORMAT = 2
ANSWERS, TIMINGS, MANIFEST, METRICS, OUTCOMES, TABLE, WORKBOOK, REPORT = (
    "answers.jsonl",
    "timings.jsonl",
    "manifest.json",
    "metrics.json",
    "outcomes.jsonl",
    "answers.csv",
    "answers.xlsx",
    "report.html",
)
_LIBRARIES = ("torch", "openvino", "faiss-cpu", "sentence-transformers", "tokenizers", "bm25s", "numpy")
# With these a spreadsheet takes a cell for a formula; a quotation mark before it shows it as it is (OWASP).
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_EXCEL_CELL = 32_767
_COLUMNS = (
    *("id", "question", "answer", "kind", "confidence", "experts", "sections", "lines", "gold", "correct", "failure"),
)


@dataclass(frozen=True, slots=True)
class RunManifest:
    """What decides the answers of a run, and what it ran on.

    `questions` is the question file's name, `questions_sha256` is of its bytes, and `total` of them are to be asked.
    """

    questions: str
    questions_sha256: str
    total: int
    index_id: str
    settings: Mapping[str, Any]
    versions: Mapping[str, str]
    machine: str
    started: str
    format: int = FORMAT

    def same_run(self, other: "RunManifest") -> bool:
        """True if the same questions are asked of the same index with the same settings."""
        return all(getattr(self, name) == getattr(other, name) for name in ("questions_sha256", "index_id", "settings"))

    def changed_in(self, other: "RunManifest") -> dict[str, tuple[Any, Any]]:
        """What differs in the other one, name by name, the time aside."""
        names = ("questions_sha256", "index_id", "settings", "versions", "machine")
        pairs = {name: (getattr(self, name), getattr(other, name)) for name in names}
        return {name: (before, after) for name, (before, after) in pairs.items() if before != after}


def manifest_of(questions: Path, total: int, index_id: str, settings: Mapping[str, Any]) -> RunManifest:
    """The manifest of a run that begins now, on this machine."""
    return RunManifest(
        questions=questions.name,
        questions_sha256=sha256_of(questions),
        total=total,
        index_id=index_id,
        settings=settings,
        versions={name: version(name) for name in _LIBRARIES},
        machine=machine_name(),
        started=datetime.now(UTC).isoformat(timespec="seconds"),
    )


class RunFolder:
    """The folder of one run."""

    def __init__(self, path: Path, manifest: RunManifest) -> None:
        self.path = path
        self.manifest = manifest

    @classmethod
    def begin(cls, path: Path, manifest: RunManifest, *, resume: bool) -> "RunFolder":
        """A folder for the run, or the one that was begun there; raises YinjuError where another run stands."""
        if (path / MANIFEST).exists():
            if not resume:
                raise YinjuError(f"{path} holds a run already; go on with it by --resume, or name another folder")
            begun = cls.load(path)
            if not begun.manifest.same_run(manifest):
                raise YinjuError(
                    f"{path} holds a run of other questions, another index or other settings; name another folder"
                )
            return begun
        with named_errors(path):
            path.mkdir(parents=True, exist_ok=True)
            folder = cls(path, manifest)
            folder.write_json(MANIFEST, asdict(manifest))
        return folder

    @classmethod
    def load(cls, path: Path) -> "RunFolder":
        """The run in a folder; raises YinjuError where there is none or it is of another version."""
        try:
            values = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
            if values["format"] != FORMAT:
                raise YinjuError(f"{path}: a run of format {values['format']}, not {FORMAT}; run the questions again")
            return cls(path, RunManifest(**values))
        except OSError as error:
            raise YinjuError(f"{path} holds no run; name a folder that `python -m eval run` wrote") from error
        except (ValueError, TypeError, KeyError) as error:
            raise YinjuError(f"{path / MANIFEST} is damaged; run the questions again") from error

    def answered(self) -> int:
        """How many answers are there; what a crash left half written is cut off, and timings without an answer too."""
        with named_errors(self.path):
            whole = _whole_lines(self.path / ANSWERS)
            timed = _whole_lines(self.path / TIMINGS)
            done = min(whole, timed)
            for name in (ANSWERS, TIMINGS):
                _cut_after(self.path / name, done)
        return done

    def written(self) -> int:
        """How many answers are there, also while more are being written."""
        return _whole_lines(self.path / TIMINGS)

    def metrics(self) -> dict[str, Any] | None:
        """The figures of the run; None where it has none yet. Raises YinjuError where they are damaged."""
        try:
            values = json.loads((self.path / METRICS).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise YinjuError(f"{self.path / METRICS} is damaged; run the questions again") from error
        return values if isinstance(values, dict) else None

    def answers(self) -> Iterator[dict[str, Any]]:
        """The answers, in the order of the questions."""
        return _json_lines(self.path / ANSWERS)

    def timings(self) -> Iterator[dict[str, Any]]:
        """The times of the answers, in the same order."""
        return _json_lines(self.path / TIMINGS)

    def outcomes(self) -> Iterator[Outcome]:
        """The outcomes, in the same order; raises YinjuError where the run was not finished."""
        if not (self.path / OUTCOMES).exists():
            raise YinjuError(f"{self.path}: the run is not finished; go on with `python -m eval run … --resume`")
        return map(Outcome.from_json, _json_lines(self.path / OUTCOMES))

    def judged(self) -> Iterator[tuple[Outcome, dict[str, Any]]]:
        """Every outcome with its answer."""
        return zip(self.outcomes(), self.answers(), strict=True)

    def write_json(self, name: str, value: object) -> None:
        """Writes a JSON file of the run in one step."""
        beside = self.path / f".{name}.part"
        beside.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        beside.replace(self.path / name)

    def write_outcomes(self, outcomes: Iterable[Outcome]) -> list[Outcome]:
        """Writes the outcomes as JSON lines, as they come; all of them, without their texts."""
        kept = []
        with (self.path / OUTCOMES).open("w", encoding="utf-8", newline="\n") as file:
            for outcome in outcomes:
                file.write(json.dumps(outcome.to_json(), ensure_ascii=False) + "\n")
                kept.append(outcome.without_texts())
        return kept

    def write_tables(self) -> None:
        """The outcomes with their answers as a table for spreadsheets, in two forms."""
        # Excel takes a CSV file for UTF-8 only with a byte order mark.
        with (self.path / TABLE).open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
            csv.writer(file).writerows(self._rows())
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet("answers")
        for row in self._rows():
            sheet.append([_excel_cell(value) for value in row])
        workbook.save(self.path / WORKBOOK)

    def _rows(self) -> Iterator[tuple[object, ...]]:
        yield _COLUMNS
        for outcome, answer in self.judged():
            citations = answer.get("citations", [])
            yield (
                neutral(outcome.id),
                neutral(outcome.question),
                neutral(outcome.text or ""),
                outcome.kind,
                round(outcome.confidence, 4),
                neutral(_joined(citation["expert"] for citation in citations)),
                neutral(_joined(citation["heading"] for citation in citations)),
                _joined(str(citation["source_line"]) for citation in citations),
                neutral(" | ".join(outcome.golds)),
                "" if outcome.correct is None else "yes" if outcome.correct else "no",
                outcome.failure,
            )


def neutral(text: str) -> str:
    """`text` such that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """Errors of the file system as one sentence with what to do; what was written before stays."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise YinjuError(f"the disk of {path} is full; make room and go on with --resume") from error
        raise YinjuError(f"cannot write to {path}: {error.strerror}; name another folder with --output") from error


def write_line(file: TextIO, value: object) -> None:
    """One JSON line, at once on its way to the disk; half of a surrogate pair as the escape that it was."""
    file.write(json.dumps(value, ensure_ascii=False) + "\n")
    file.flush()


def _joined(values: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(value for value in values if value))


def _excel_cell(value: object) -> object:
    """What Excel can hold: no control characters, at most 32,767 characters."""
    if not isinstance(value, str):
        return value
    text = value[:_LONGEST_EXCEL_CELL].encode("utf-8", "replace").decode("utf-8")
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def _whole_lines(path: Path) -> int:
    if not path.exists():
        return 0
    with path.open("rb") as file:
        return sum(line.endswith(b"\n") for line in file)


def _cut_after(path: Path, lines: int) -> None:
    if not path.exists():
        return
    with path.open("r+b") as file:
        for _ in range(lines):
            file.readline()
        file.truncate(file.tell())


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            # The last line may still be on its way to the disk.
            if line.endswith("\n"):
                yield json.loads(line)

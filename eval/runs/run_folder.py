"""A run on disk: what was asked of which index, every answer as soon as it is there, and what was made of them."""

import errno
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from itertools import zip_longest
from pathlib import Path
from time import perf_counter
from typing import Any

from eval.runs.json_lines import cut_after, damaged, json_lines, whole_lines
from eval.runs.outcome import Outcome
from eval.runs.run_manifest import FORMAT, RunManifest, now
from eval.runs.tables import write_csv, write_workbook
from ingest.errors import YinjuError

# Format 2 names the reader as it was asked for: `auto`, whichever that was.
_READABLE = (2, FORMAT)
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
# Half of a surrogate pair, which no encoding has, as JSON writes it.
_AS_ESCAPES = "backslashreplace"
_WRITTEN = (ANSWERS, TIMINGS, METRICS, OUTCOMES, TABLE, WORKBOOK, REPORT)


class RunFolder:
    """The folder of one run."""

    def __init__(self, path: Path, manifest: RunManifest) -> None:
        self.path = path
        self.manifest = manifest

    @classmethod
    def begin(cls, path: Path, manifest: RunManifest, *, resume: bool) -> "RunFolder":
        """A folder for the run, or the one that was begun there.

        Raises YinjuError where another run stands, or a file of another's that the run would write over.
        """
        if (path / MANIFEST).exists():
            if not resume:
                raise YinjuError(f"{path} holds a run already; go on with it by --resume, or name another folder")
            begun = cls.load(path)
            begun._check_same(manifest)
            return begun
        with named_errors(path):
            path.mkdir(parents=True, exist_ok=True)
            _check_free(path)
            folder = cls(path, manifest)
            folder.write_json(MANIFEST, asdict(manifest))
        return folder

    @classmethod
    def load(cls, path: Path) -> "RunFolder":
        """The run in a folder; raises YinjuError where there is none or it is of another version."""
        try:
            values = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
            if values["format"] not in _READABLE:
                raise YinjuError(f"{path}: a run of format {values['format']}, not {FORMAT}; run the questions again")
            return cls(path, RunManifest(**{**values, "notices": tuple(values.get("notices", ()))}))
        except OSError as error:
            raise YinjuError(f"{path} holds no run; name a folder that `python -m eval run` wrote") from error
        except (ValueError, TypeError, KeyError) as error:
            raise YinjuError(f"{path / MANIFEST} is damaged; run the questions again") from error

    def _check_same(self, manifest: RunManifest) -> None:
        if self.manifest.format != manifest.format:
            raise YinjuError(
                f"{self.path} holds a run of format {self.manifest.format}, which can be read but not gone on with; "
                "name another folder"
            )
        if not self.manifest.same_run(manifest):
            changed = ", ".join(name for name in self.manifest.changed_in(manifest) if name != "machine")
            raise YinjuError(
                f"{self.path} holds a run of other questions, or of another index, reader or library ({changed}); "
                "name another folder"
            )

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Writes down how long asking took, whatever ends it, and when all was asked."""
        started = perf_counter()
        try:
            yield
        finally:
            seconds = round(self.manifest.seconds + perf_counter() - started, 3)
            finished = self.manifest.finished or (now() if self.written() == self.manifest.total else "")
            self.manifest = replace(self.manifest, finished=finished, seconds=seconds)
            self.write_json(MANIFEST, asdict(self.manifest))

    def answered(self) -> int:
        """How many answers are there; what a crash left half written is cut off, and timings without an answer too."""
        with named_errors(self.path):
            whole = whole_lines(self.path / ANSWERS)
            timed = whole_lines(self.path / TIMINGS)
            done = min(whole, timed)
            for name in (ANSWERS, TIMINGS):
                cut_after(self.path / name, done)
        return done

    def written(self) -> int:
        """How many answers are there, also while more are being written."""
        return whole_lines(self.path / TIMINGS)

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
        return json_lines(self.path / ANSWERS)

    def timings(self) -> Iterator[dict[str, Any]]:
        """The times of the answers, in the same order."""
        return json_lines(self.path / TIMINGS)

    def outcomes(self) -> Iterator[Outcome]:
        """The outcomes, in the same order; raises YinjuError where the run was not finished."""
        if not (self.path / OUTCOMES).exists():
            raise YinjuError(f"{self.path}: the run is not finished; go on with `python -m eval run … --resume`")
        return _outcomes(self.path / OUTCOMES)

    def judged(self) -> Iterator[tuple[Outcome, dict[str, Any]]]:
        """Every outcome with its answer; raises YinjuError where one of them is missing."""
        pairs = zip_longest(self.outcomes(), self.answers())
        for number, (outcome, answer) in enumerate(pairs, start=1):
            if outcome is None or answer is None:
                raise damaged(self.path / (ANSWERS if answer is None else OUTCOMES), number)
            yield outcome, answer

    def write_json(self, name: str, value: object) -> None:
        """Writes a JSON file of the run in one step."""
        beside = self.path / f".{name}.part"
        text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        beside.write_text(text, encoding="utf-8", errors=_AS_ESCAPES)
        beside.replace(self.path / name)

    def write_outcomes(self, outcomes: Iterable[Outcome]) -> list[Outcome]:
        """Writes the outcomes as JSON lines, as they come; all of them, without their texts."""
        kept = []
        with (self.path / OUTCOMES).open("w", encoding="utf-8", errors=_AS_ESCAPES, newline="\n") as file:
            for outcome in outcomes:
                file.write(json.dumps(outcome.to_json(), ensure_ascii=False) + "\n")
                kept.append(outcome.without_texts())
        return kept

    def write_tables(self) -> None:
        """The outcomes with their answers as a table for spreadsheets, in two forms."""
        write_csv(self.path / TABLE, self.judged())
        write_workbook(self.path / WORKBOOK, self.judged())


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """Errors of the file system as one sentence with what to do; what was written before stays."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise YinjuError(f"the disk of {path} is full; make room and go on with --resume") from error
        raise YinjuError(f"cannot write to {path}: {error.strerror}; name another folder with --output") from error


def _check_free(path: Path) -> None:
    """Raises YinjuError if the folder holds a file of a name that the run writes, in any case."""
    own = {name.casefold() for name in _WRITTEN}
    for name in sorted(found.name for found in path.iterdir()):
        if name.casefold() in own:
            raise YinjuError(f'{path} holds "{name}", which is of no run; name another folder with --output')


def _outcomes(path: Path) -> Iterator[Outcome]:
    for number, values in enumerate(json_lines(path), start=1):
        try:
            yield Outcome.from_json(values)
        except (TypeError, KeyError, ValueError) as error:
            raise damaged(path, number) from error

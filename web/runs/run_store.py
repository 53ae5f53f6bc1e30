"""The operator's runs on disk: a folder each, with the file of questions that it asks."""

import shutil
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import regex

from answer.provenance import Provenance
from eval.runs.finishing import check_answers, count_questions
from eval.runs.run_folder import ANSWERS, MANIFEST, METRICS, REPORT, TABLE, WORKBOOK, RunFolder
from eval.runs.run_manifest import manifest_of
from ingest.document import Document
from ingest.errors import YinjuError
from web.problems import Problem

# What of a run may be taken away.
FILES: Mapping[str, str] = {
    WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    TABLE: "text/csv; charset=utf-8",
    ANSWERS: "application/x-ndjson",
    REPORT: "text/html; charset=utf-8",
    METRICS: "application/json",
    MANIFEST: "application/json",
}
# The uploaded file lies in a folder of its own, so that no name of it is that of a file which the run writes.
_QUESTIONS = "questions"
_ASIDE = regex.compile(r"[^\p{L}\p{N}]+")
_LONGEST_NAME = 60


class RunStore:
    """The runs below one folder, also those that `python -m eval run` wrote there."""

    def __init__(self, folder: Path, documents: Mapping[str, Document], index_id: str, provenance: Provenance) -> None:
        self.folder = folder
        self.documents = documents
        self._index_id = index_id
        self._provenance = provenance
        self._naming = threading.Lock()

    @classmethod
    def open(cls, folder: Path, documents: Mapping[str, Document], index_id: str, provenance: Provenance) -> "RunStore":
        """The store; raises YinjuError where its folder cannot be made or written to."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / ".probe"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise YinjuError(f"--runs {folder}: {error.strerror}; name a folder that can be written to") from error
        return cls(folder, documents, index_id, provenance)

    def ids(self) -> list[str]:
        """The names of the runs' folders, newest first."""
        return sorted((path.parent.name for path in self.folder.glob(f"*/{MANIFEST}")), reverse=True)

    def load(self, id_: str) -> RunFolder:
        """The run; raises Problem 404 where there is none, and YinjuError where it is damaged."""
        if id_ not in self.ids():
            raise Problem(404, "no_such_run", "there is no such run: GET runs/list names them")
        return RunFolder.load(self.folder / id_)

    def questions_of(self, run: RunFolder) -> Path | None:
        """The file of questions that lies in the run's folder; None for a run that was begun elsewhere."""
        path = run.path / _QUESTIONS / run.manifest.questions
        return path if path.is_file() else None

    def create(self, name: str, content: bytes) -> str:
        """A new run of the questions in a file of that name; raises YinjuError for what is bad in it."""
        folder = self._new_folder(name)
        path = folder / _QUESTIONS / _file_name(name)
        try:
            path.parent.mkdir()
            path.write_bytes(content)
            notices: list[str] = []
            total = count_questions(path, notices.append)
            check_answers(path, self.documents)
            manifest = manifest_of(path, total, self._index_id, self._provenance, notices)
            RunFolder.begin(folder, manifest, resume=False)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise YinjuError(f"{self.folder}: {error.strerror}; make room or mend the folder's rights") from error
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return folder.name

    def check_same(self, run: RunFolder, questions: Path) -> None:
        """Raises YinjuError if going on would ask another index, or ask it otherwise, than the run began with."""
        now = manifest_of(questions, run.manifest.total, self._index_id, self._provenance)
        if not run.manifest.same_run(now):
            raise YinjuError("the articles, the reader or its libraries changed since this run began; start it anew")

    def _new_folder(self, name: str) -> Path:
        """Names sort by time, the newest last; a second run within the second gets a number."""
        stem = _ASIDE.sub("-", Path(_file_name(name)).stem).strip("-")[:_LONGEST_NAME]
        first = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{stem or 'questions'}"
        with self._naming:
            number, folder = 1, self.folder / first
            while folder.exists():
                number += 1
                folder = self.folder / f"{first}-{number}"
            try:
                folder.mkdir()
            except OSError as error:
                raise YinjuError(f"{self.folder}: {error.strerror}; make room or mend the folder's rights") from error
        return folder


def _file_name(name: str) -> str:
    """The last part of a path of any system, short and without what a file system does not take."""
    last = regex.split(r"[\\/]", name)[-1]
    path = Path(regex.sub(r'[\p{C}<>:"|?*]', "", last).strip(" .") or "questions")
    return path.stem[-_LONGEST_NAME:] + path.suffix[:10]

"""What an index folder says of itself: written last, read first."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ingest.errors import YinjuError

FORMAT_VERSION = 2
MANIFEST_NAME = "manifest.json"
NEW_MANIFEST_NAME = f".{MANIFEST_NAME}.new"


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """An article in the index: `sha256` is the hex digest of its file's bytes."""

    id: str
    source: str
    sha256: str


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """A file of the index folder, its size in bytes and its hex digest."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that decides what an index answers, and the files that hold it.

    `articles` is the file or folder that the articles were read from, empty if they did not come from one. `settings`
    are the chunking and indexing settings by name. `generation` is the sub-folder that holds `files`.
    """

    format_version: int
    model: str
    model_fingerprint: str
    dimension: int
    settings: dict[str, Any]
    articles: str
    documents: tuple[IndexedDocument, ...]
    passages: int
    sentences: int
    generation: str = ""
    files: tuple[IndexedFile, ...] = ()

    @property
    def index_id(self) -> str:
        """Sixteen hex digits: equal for equal articles, model, settings and format, on any machine."""
        parts = [self.format_version, self.model_fingerprint, self.settings]
        parts.append([[document.id, document.sha256] for document in self.documents])
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]

    def write(self, folder: Path) -> None:
        """Write the manifest into `folder`, replacing an earlier one in one step."""
        content = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        beside = folder / NEW_MANIFEST_NAME
        beside.write_text(content + "\n", encoding="utf-8")
        beside.replace(folder / MANIFEST_NAME)

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """The manifest in `folder`; raises YinjuError if there is none, or one of another version or damaged."""
        path = folder / MANIFEST_NAME
        try:
            if not path.is_file():
                raise YinjuError(
                    f"no index in {folder}: build one with `python -m index build ARTICLES --output {folder}`"
                )
            data = json.loads(path.read_text(encoding="utf-8"))
            version = data["format_version"]
            if version == FORMAT_VERSION:
                return cls._from_json(data)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise damaged(folder, MANIFEST_NAME, "cannot be read") from error
        raise YinjuError(
            f"the index in {folder} has format version {version}, this program reads {FORMAT_VERSION}: "
            f"build it again with `python -m index build ARTICLES --output {folder}`"
        )

    @classmethod
    def _from_json(cls, data: dict[str, Any]) -> "Manifest":
        data["documents"] = tuple(IndexedDocument(**document) for document in data["documents"])
        data["files"] = tuple(IndexedFile(**file) for file in data["files"])
        return cls(**data)


def fingerprint_files(folder: Path) -> tuple[IndexedFile, ...]:
    """Name, size and digest of every file in `folder`, by name."""
    files = sorted(folder.iterdir())
    return tuple(IndexedFile(path.name, path.stat().st_size, _digest(path)) for path in files)


def check_files(folder: Path, manifest: Manifest) -> None:
    """Raise YinjuError naming the first file of the index in `folder` that is missing or altered."""
    for file in manifest.files:
        path = folder / manifest.generation / file.name
        if not path.is_file():
            raise damaged(folder, file.name, "is missing")
        if path.stat().st_size != file.bytes or _digest(path) != file.sha256:
            raise damaged(folder, file.name, "is damaged")


def damaged(folder: Path, name: str, what: str) -> YinjuError:
    """The error for an index folder in which the file `name` is not as it was written."""
    return YinjuError(
        f"the index in {folder} cannot be used, its file {name} {what}: "
        f"build it again with `python -m index build ARTICLES --output {folder}`"
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Folders of model files in the user's cache: built once, checked by hash at every start, never half written."""

import hashlib
import json
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from ingest.errors import YinjuError

LOG = logging.getLogger(__name__)
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of a cached folder: its size in bytes and its content's SHA-256 in hex."""

    name: str
    size: int
    sha256: str


def cache_root(given: Path | None = None) -> Path:
    """The folder that holds every cached model: `given`, else YINJU_CACHE, else the platform's user cache.

    The platform's: XDG_CACHE_HOME/yinju or ~/.cache/yinju, ~/Library/Caches/yinju on macOS, LOCALAPPDATA/yinju/Cache on
    Windows. It need not exist. Raises YinjuError where no home folder is known.
    """
    if given is not None:
        return given
    if chosen := os.environ.get("YINJU_CACHE"):
        return Path(chosen).expanduser()
    try:
        return _platform_cache()
    except RuntimeError as error:
        raise YinjuError("No home folder is known here: set YINJU_CACHE to a folder for the model files.") from error


def _platform_cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "yinju" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "yinju"
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    # The XDG specification: a relative path is invalid and to be ignored.
    return (base if base.is_absolute() else Path.home() / ".cache") / "yinju"


def cached_folder(root: Path, key: str, build: Callable[[Path], None]) -> Path:
    """`root/key` with exactly the files that `build` wrote into the empty folder it was given.

    Every file's SHA-256 is written down when it is built and compared at every call: a damaged or incomplete folder is
    built again. Hashing 235 MB takes 0.2 s with SHA instructions, about 0.6 s without: less than loading them, so
    nothing cheaper stands in for it. A folder appears under its name by one rename. Processes that start together wait
    for the first one; a complete folder needs no write access. Raises YinjuError where the cache cannot be written.
    """
    folder = root / key
    if is_intact(folder):
        return folder
    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / f"{key}.lock"):
            if not is_intact(folder):
                LOG.info("preparing %s in %s: only once, up to half a minute", key, root)
                _replace(folder, build)
    except (OSError, NotImplementedError) as error:  # the latter from FileLock, on a file system without locks
        reason = getattr(error, "strerror", None) or error
        raise YinjuError(
            f"The model cache {root} cannot be written ({reason}): set YINJU_CACHE to a writable folder with 1 GB free."
        ) from error
    return folder


def is_intact(folder: Path) -> bool:
    """Whether every file in the folder's manifest is there with the content that was written."""
    records = read_manifest(folder)
    return bool(records) and all(_matches(folder, record) for record in records)


def read_manifest(folder: Path) -> tuple[FileRecord, ...]:
    """The files of a cached folder by name; empty where there is no readable manifest."""
    try:
        rows = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return tuple(FileRecord(str(row["name"]), int(row["size"]), str(row["sha256"])) for row in rows)
    except (OSError, ValueError, TypeError, KeyError):
        return ()


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's content, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_record(folder: Path, path: Path) -> FileRecord:
    """What identifies the file at `path`, named as seen from `folder`."""
    return FileRecord(path.relative_to(folder).as_posix(), path.stat().st_size, sha256_of(path))


def _matches(folder: Path, record: FileRecord) -> bool:
    path = folder / record.name
    try:
        return path.stat().st_size == record.size and sha256_of(path) == record.sha256
    except OSError:
        return False


def _replace(folder: Path, build: Callable[[Path], None]) -> None:
    for leftover in folder.parent.glob(f".{folder.name}.*"):  # of a process that was killed: the lock is ours now
        shutil.rmtree(leftover, ignore_errors=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        fresh = beside / "new"
        fresh.mkdir()
        build(fresh)
        _write_manifest(fresh)
        if folder.exists():
            folder.rename(beside / "old")
        fresh.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write_manifest(folder: Path) -> None:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    records = [file_record(folder, path) for path in paths]
    (folder / MANIFEST).write_text(json.dumps([asdict(record) for record in records], indent=1), encoding="utf-8")

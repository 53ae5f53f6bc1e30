"""An index folder on disk: each build goes into a sub-folder of its own, and replacing the manifest makes it count."""

import secrets
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from filelock import FileLock

from index.manifest import MANIFEST_NAME, NEW_MANIFEST_NAME, Manifest, fingerprint_files
from ingest.errors import YinjuError

_GENERATION_PREFIX = "generation-"
_LOCK_NAME = ".lock"


def write_folder(folder: Path, manifest: Manifest, write_files: Callable[[Path], None]) -> Manifest:
    """The manifest as it was written, once `write_files` has filled the new generation of `folder`.

    Whatever happens before the manifest is replaced leaves the earlier index as it was. Raises YinjuError if `folder`
    holds something else than an index, or cannot be written.
    """
    refuse_foreign(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / _LOCK_NAME):
            generation = folder / f"{_GENERATION_PREFIX}{secrets.token_hex(4)}"
            generation.mkdir()
            try:
                written = _fill(folder, generation, manifest, write_files)
            except BaseException:
                shutil.rmtree(generation, ignore_errors=True)
                raise
            _remove_others(folder, generation)
            return written
    except OSError as error:
        raise _unwritable(folder, error) from error


def refuse_foreign(folder: Path) -> None:
    """Raise YinjuError if `folder` is a file or holds something else than an index."""
    try:
        if folder.exists() and not folder.is_dir():
            raise YinjuError(f"{folder} is a file: name a folder for the index")
        foreign = [] if _holds_index(folder) else _foreign_names(folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    if foreign:
        raise YinjuError(f"{folder} holds {foreign[0]!r} and no index: name an empty or a new folder for the index")


def _holds_index(folder: Path) -> bool:
    """Whether there is an index, even a damaged one; other programs have a manifest.json too."""
    manifest = folder / MANIFEST_NAME
    generations = any(folder.glob(f"{_GENERATION_PREFIX}*"))
    return manifest.is_file() and (generations or b'"format_version"' in manifest.read_bytes())


def _foreign_names(folder: Path) -> list[str]:
    """What no build of ours leaves, even one that is killed."""
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return [name for name in names if not name.startswith((_GENERATION_PREFIX, _LOCK_NAME, NEW_MANIFEST_NAME))]


def _fill(folder: Path, generation: Path, manifest: Manifest, write_files: Callable[[Path], None]) -> Manifest:
    write_files(generation)
    complete = replace(manifest, generation=generation.name, files=fingerprint_files(generation))
    complete.write(folder)
    return complete


def _remove_others(folder: Path, generation: Path) -> None:
    for other in folder.glob(f"{_GENERATION_PREFIX}*"):
        if other != generation:
            shutil.rmtree(other, ignore_errors=True)


def _unwritable(folder: Path, error: OSError) -> YinjuError:
    reason = error.strerror or str(error)
    return YinjuError(f"cannot write the index to {folder}: {reason}; choose another folder or free space")

"""An index folder on disk: each build goes into a sub-folder of its own, and replacing the manifest makes it count."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from filelock import FileLock

from index.manifest import MANIFEST_NAME, Manifest, fingerprint_files
from ingest.errors import YinjuError

_GENERATION_PREFIX = "generation-"
_LOCK_NAME = ".lock"


def write_folder(folder: Path, manifest: Manifest, write_files: Callable[[Path], None]) -> Manifest:
    """The manifest as it was written, once `write_files` has filled the new generation of `folder`.

    Whatever happens before the manifest is replaced leaves the earlier index as it was. Raises YinjuError if `folder`
    holds something else than an index, or cannot be written.
    """
    _refuse_foreign(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / _LOCK_NAME):
            generation = Path(tempfile.mkdtemp(prefix=_GENERATION_PREFIX, dir=folder))
            try:
                return _fill(folder, generation, manifest, write_files)
            except BaseException:
                shutil.rmtree(generation, ignore_errors=True)
                raise
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"cannot write the index to {folder}: {reason}; choose another folder or free space"
        raise YinjuError(message) from error


def _fill(folder: Path, generation: Path, manifest: Manifest, write_files: Callable[[Path], None]) -> Manifest:
    write_files(generation)
    complete = replace(manifest, generation=generation.name, files=fingerprint_files(generation))
    complete.write(folder)
    for other in folder.glob(f"{_GENERATION_PREFIX}*"):
        if other != generation:
            shutil.rmtree(other, ignore_errors=True)
    return complete


def _refuse_foreign(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise YinjuError(f"{folder} is a file: name a folder for the index")
    if not folder.is_dir() or (folder / MANIFEST_NAME).exists():
        return
    foreign = [path.name for path in folder.iterdir() if not path.name.startswith((_GENERATION_PREFIX, _LOCK_NAME))]
    if foreign:
        raise YinjuError(f"{folder} holds {foreign[0]!r} and no index: name an empty or a new folder for the index")

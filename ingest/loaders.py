"""Article files as documents."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from ingest.document import Document
from ingest.encoding import decode
from ingest.errors import YinjuError
from ingest.sections import document_from_text

SUFFIXES = (".md", ".txt")
# One article is at most so many bytes; a long book is about two million.
MAX_BYTES = 20_000_000
_NOT_IN_SLUG = re.compile(r"[\W_]+")


def load_document(path: Path) -> Document:
    """The article in the file `path`, its id made from the file's name; raises YinjuError if it cannot be read."""
    return _load(path, _slug(path.stem))


def load_documents(path: Path) -> tuple[Document, ...]:
    """The article in the file `path`, or all articles in the folder `path` and the folders in it, by name.

    Hidden files and folders, and files called README, are left out. Ids are unique. Raises YinjuError.
    """
    if not path.is_dir():
        return (load_document(path),)
    try:
        files = sorted(file for file in path.rglob("*") if _is_article(file, path))
    except OSError as error:
        raise YinjuError(f"The folder {path} cannot be read: {error.strerror or error}.") from error
    if not files:
        raise YinjuError(f"The folder {path} holds no article: put {_listed(SUFFIXES)} files into it.")
    names = _unique(_slug(file.relative_to(path).with_suffix("").as_posix()) for file in files)
    return tuple(_load(file, name) for file, name in zip(files, names, strict=True))


def _load(path: Path, id: str) -> Document:
    data = _read(path)
    text = decode(data, path.name)
    if not text.strip():
        raise YinjuError(f"{path} is empty: there is no text to answer from.")
    return document_from_text(text, source=_shown(path.name), sha256=hashlib.sha256(data).hexdigest(), id=id)


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise YinjuError(f"{path} is a folder, not a file: name the article's file.")
        if not path.exists():
            raise YinjuError(f"There is no file {path}: check the path.")
        if path.suffix.lower() not in SUFFIXES:
            kind = path.suffix or "no suffix"
            raise YinjuError(f"{path} cannot be read ({kind}): give a {_listed(SUFFIXES)} file.")
        if not path.is_file():
            raise YinjuError(f"{path} is not a regular file: name the article's file.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise YinjuError(
                f"{path} is too large for one article ({size / 1e6:.0f} MB): split it into files of at most "
                f"{MAX_BYTES // 1_000_000} MB."
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise YinjuError(f"{path} cannot be read: {reason}.") from error


def _is_article(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    readme = file.name.upper().startswith("README")
    return file.suffix.lower() in SUFFIXES and not hidden and not readme and file.is_file()


def _slug(name: str) -> str:
    return _NOT_IN_SLUG.sub("-", name.lower()).strip("-") or "article"


def _unique(slugs: Iterable[str]) -> list[str]:
    """The slugs, a repeated one with the first number that makes it unique."""
    taken: set[str] = set()
    names: list[str] = []
    for slug in slugs:
        name, number = slug, 1
        while name in taken:
            number += 1
            name = f"{slug}-{number}"
        taken.add(name)
        names.append(name)
    return names


def _listed(suffixes: tuple[str, ...]) -> str:
    return " or ".join(suffixes)


def _shown(name: str) -> str:
    """The file name, bytes that are not UTF-8 (as in a foreign archive) written out so that it can be saved."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")

"""A value in a JSON file that knows where it stands, so that a complaint about it names the place."""

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from ingest.errors import YinjuError

Kind = TypeVar("Kind")

_KINDS = {dict: "an object", list: "a list", str: "a string", bool: "true or false", int: "a whole number"}


@dataclass(frozen=True, slots=True)
class JsonField:
    """One value with its file and its place, like `data[3].paragraphs[0]`; the place of the whole file is empty.

    `format` names what the file ought to be, for the complaints. Every method that reads raises YinjuError where the
    value is of another kind.
    """

    format: str
    file: str
    place: str
    value: object

    def error(self, complaint: str) -> YinjuError:
        """The error to raise: file, place and complaint in one sentence."""
        return YinjuError(f"{self.file}: {self.place or 'the file'} {complaint}.")

    def members(self) -> dict[str, "JsonField"]:
        """The members of an object by their keys."""
        return {key: self._below(key, value) for key, value in self._of(dict).items()}

    def member(self, key: str) -> "JsonField":
        """The member of an object under `key`, which must be there."""
        members = self._of(dict)
        if key not in members:
            raise self.error(f"lacks the member {key!r} of a {self.format} file")
        return self._below(key, members[key])

    def optional(self, key: str) -> "JsonField | None":
        """The member of an object under `key`; None if it is not there or null."""
        members = self._of(dict)
        return None if members.get(key) is None else self._below(key, members[key])

    def elements(self) -> list["JsonField"]:
        """The elements of a list, in order."""
        return [replace(self, place=f"{self.place}[{at}]", value=value) for at, value in enumerate(self._of(list))]

    def string(self) -> str:
        """A string that can be written as UTF-8."""
        text = self._of(str)
        if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
            raise self.error("holds half of a surrogate pair, which is no character")
        return text

    def integer(self) -> int:
        """A whole number; true and false are none."""
        return self._of(int)

    def number(self) -> float:
        """A finite number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self._wrong_kind("a number")
        if not -1e300 < self.value < 1e300:
            raise self.error(f"must be a finite number, not {self.value}")
        return float(self.value)

    def boolean(self) -> bool:
        """True or false."""
        return self._of(bool)

    def _of(self, kind: type[Kind]) -> Kind:
        if not isinstance(self.value, kind) or (kind is int and isinstance(self.value, bool)):
            raise self._wrong_kind(_KINDS[kind])
        return self.value

    def _wrong_kind(self, wanted: str) -> YinjuError:
        return self.error(
            f"must be {wanted} in a {self.format} file, not {json.dumps(self.value, ensure_ascii=True)[:40]}"
        )

    def _below(self, key: str, value: object) -> "JsonField":
        return replace(self, place=f"{self.place}.{key}" if self.place else key, value=value)


@dataclass(frozen=True, slots=True)
class JsonFile:
    """The root of a JSON file, with the hex digest of the file's bytes."""

    root: JsonField
    sha256: str


def read_json(path: Path, format: str) -> JsonFile:
    """The JSON file at `path`, with or without a byte order mark; YinjuError if it is not one, in UTF-8.

    `format` is what the file ought to be, like "SQuAD".
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise YinjuError(f"{path}: cannot be read ({error.strerror or error}); name a {format} file.") from error
    if not content.strip():
        raise YinjuError(f"{path}: the file is empty; a {format} file was wanted.")
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise YinjuError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise YinjuError(f"{path}: not JSON, as a {format} file is ({error}).") from error
    return JsonFile(JsonField(format, str(path), "", value), hashlib.sha256(content).hexdigest())

"""Files of JSON lines that grow while a run is asked, and that a crash may have cut off."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from ingest.errors import YinjuError


def write_line(file: TextIO, value: object) -> None:
    """One JSON line, at once on its way to the disk; half of a surrogate pair as the escape that it was."""
    file.write(json.dumps(value, ensure_ascii=False) + "\n")
    file.flush()


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file, without a last line that is not whole; raises YinjuError where one is damaged.

    So it does where there is no file.
    """
    if not path.exists():
        raise YinjuError(f"{path} is missing; run the questions again")
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            # The last line may still be on its way to the disk.
            if line.endswith(b"\n"):
                yield _object(line, path, number)


def whole_lines(path: Path) -> int:
    """How many lines are whole; 0 where there is no file."""
    if not path.exists():
        return 0
    with path.open("rb") as file:
        return sum(line.endswith(b"\n") for line in file)


def cut_after(path: Path, lines: int) -> None:
    """Leaves only the first lines."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        for _ in range(lines):
            file.readline()
        file.truncate(file.tell())


def damaged(path: Path, number: int) -> YinjuError:
    """The error for a line that is not what this version writes."""
    return YinjuError(f"{path}, line {number}: damaged, or written by another version; run the questions again")


def _object(line: bytes, path: Path, number: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise damaged(path, number) from error
    if not isinstance(value, dict):
        raise damaged(path, number)
    return value

"""A run's outcomes with their answers as tables for spreadsheets: CSV and .xlsx."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from eval.runs.outcome import Outcome

# With these a spreadsheet takes a cell for a formula; a quotation mark before it shows it as it is (OWASP).
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_EXCEL_CELL = 32_767
_COLUMNS = (
    *("id", "question", "answer", "kind", "confidence", "experts", "sections", "lines", "gold", "correct", "failure"),
)

Judged = Iterable[tuple[Outcome, dict[str, Any]]]


def write_csv(path: Path, judged: Judged) -> None:
    """Writes a row an outcome; Excel takes a CSV file for UTF-8 only with a byte order mark."""
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        csv.writer(file).writerows(_rows(judged))


def write_workbook(path: Path, judged: Judged) -> None:
    """Writes the same rows as a sheet."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("answers")
    for row in _rows(judged):
        sheet.append([_excel_cell(value) for value in row])
    workbook.save(path)


def neutral(text: str) -> str:
    """`text` such that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _rows(judged: Judged) -> Iterator[tuple[object, ...]]:
    yield _COLUMNS
    for outcome, answer in judged:
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


def _joined(values: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(value for value in values if value))


def _excel_cell(value: object) -> object:
    """What Excel can hold: no control characters, at most 32,767 characters."""
    if not isinstance(value, str):
        return value
    text = value[:_LONGEST_EXCEL_CELL].encode("utf-8", "replace").decode("utf-8")
    return ILLEGAL_CHARACTERS_RE.sub("", text)

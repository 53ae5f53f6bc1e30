"""The rows of CSV and TSV files, with the lines that they end in."""

import csv
import io
from collections.abc import Iterator

import regex

from eval.runs.file_error import QuestionFileError

_CELL = 200_000
# A cell that a spreadsheet put in quotes, its own doubled; else whatever stands before the next tab or line's end. So a
# quotation mark at the beginning of an ordinary cell is one of its text.
_TSV_CELL = regex.compile(r'(?:"((?:[^"\t]|"")*+)"(?=[\t\r\n]|\Z)|([^\t\r\n]*+))(\t|\r\n|\r|\n|\Z)')


def csv_rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows, parted by commas or semicolons; raises QuestionFileError, naming the line, for quotes without match."""
    csv.field_size_limit(_CELL)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    ended = 0
    try:
        for row in rows:
            ended = rows.line_num
            yield ended, row
    except csv.Error as error:
        # What is not closed runs to the end of the file: the line where it begins is the one to mend.
        raise QuestionFileError(
            f"{name}, line {ended + 1}",
            f"not a table ({error}); shorten the cell, or put it in quotes and double those within",
            "不是表格，请缩短单元格；含引号的单元格请整个加引号，其中的引号写两遍",
        ) from error


def tsv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows, parted by tabs."""
    line, row = 1, []
    for match in _TSV_CELL.finditer(text):
        quoted, plain, end = match.groups()
        line += (quoted or "").count("\n")
        row.append(plain if quoted is None else quoted.replace('""', '"'))
        if end == "\t":
            continue
        if end or row != [""]:
            yield line, row
        line, row = line + 1, []


def _delimiter(text: str) -> str:
    """Comma or semicolon, whichever the first line has more of: Excel writes the latter in some countries."""
    first = text.partition("\n")[0]
    return ";" if first.count(";") > first.count(",") else ","

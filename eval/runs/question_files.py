"""Files of questions, one at a time: JSON lines, CSV, TSV and Excel's .xlsx."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from eval.runs.columns import Columns
from eval.runs.file_error import QuestionFileError
from eval.runs.record import RunQuestion, record_of
from ingest.encoding import decode

Notice = Callable[[str], None]

# A workbook that unpacks to more is no list of questions: a hundred thousand of them take some twenty million bytes.
_UNPACKED_BYTES = 300_000_000
_CELL = 200_000


def read_run_questions(path: Path, notice: Notice) -> Iterator[RunQuestion]:
    """The questions of a file, in its order; `notice` is told which column was taken for what.

    Raises QuestionFileError, naming file, line and cure, where there is none, an id comes twice or something cannot be
    read; also in the middle of the file, when it comes to it.
    """
    readers = {".jsonl": _from_jsonl, ".csv": _from_csv, ".tsv": _from_csv, ".xlsx": _from_xlsx}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        kinds = ", ".join(readers)
        raise QuestionFileError(
            str(path),
            f"questions are read from {kinds}; save the file as one of these",
            f"能读的问题文件是 {kinds}，请另存为其中一种",
        )
    if not path.is_file():
        raise QuestionFileError(
            str(path), "there is no such file; name a file of questions", "没有这个文件，请指明一个问题文件"
        )
    lines: dict[str, int] = {}
    for question in reader(path, notice):
        if question.id in lines:
            first = lines[question.id]
            raise QuestionFileError(
                f"{path.name}, line {question.line}",
                f'the id "{question.id}" stands in line {first} too; give each question its own',
                f"编号“{question.id}”在第 {first} 行已经用过，请给每个问题一个编号",
            )
        lines[question.id] = question.line
        yield question
    if not lines:
        raise QuestionFileError(
            path.name, "the file holds no question; write one a line", "文件里没有问题，请每行写一个"
        )


def silent(_: str) -> None:
    """Notices nothing: for reading a file once more whose columns were shown before."""


def _from_jsonl(path: Path, _: Notice) -> Iterator[RunQuestion]:
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            where = f"{path.name}, line {number}"
            try:
                text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
                values = json.loads(text) if text.strip() else None
            except UnicodeDecodeError as error:
                raise QuestionFileError(
                    where, "not UTF-8; save the whole file as UTF-8", "不是 UTF-8 编码，请把整个文件存为 UTF-8"
                ) from error
            except (ValueError, RecursionError) as error:
                raise QuestionFileError(
                    where, "not JSON; write one JSON object a line", "不是 JSON，请每行写一个 JSON 对象"
                ) from error
            if values is None:
                continue
            if isinstance(values, str):
                values = {"question": values}
            if not isinstance(values, dict):
                raise QuestionFileError(
                    where,
                    "not a JSON object; write one question a line as an object",
                    "不是 JSON 对象，请每行用一个对象写一个问题",
                )
            yield record_of(values, number, where)


def _from_csv(path: Path, notice: Notice) -> Iterator[RunQuestion]:
    csv.field_size_limit(_CELL)
    text = decode(path.read_bytes(), path.name)
    delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from _from_rows(((rows.line_num, row) for row in rows), path, notice)
    except csv.Error as error:
        raise QuestionFileError(
            f"{path.name}, line {rows.line_num}",
            f"not a table ({error}); shorten the cell or mend the quotes",
            "不是表格，请缩短单元格或改正引号",
        ) from error


def _delimiter(text: str) -> str:
    """Comma or semicolon, whichever the first line has more of: Excel writes the latter in some countries."""
    first = text.partition("\n")[0]
    return ";" if first.count(";") > first.count(",") else ","


def _from_xlsx(path: Path, notice: Notice) -> Iterator[RunQuestion]:
    _check_workbook(path)
    try:
        # Formulas are never computed: where there is one, the value that was saved with it is read.
        workbook = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile, SyntaxError) as error:
        raise QuestionFileError(
            path.name, "not a workbook that can be read; save it again as .xlsx", "这个工作簿读不了，请重新存为 .xlsx"
        ) from error
    with closing(workbook):
        sheet = workbook.worksheets[0] if workbook.worksheets else None
        if sheet is None:
            raise QuestionFileError(
                path.name, "the workbook has no sheet; write the questions into one", "工作簿里没有工作表，请写进一张表"
            )
        yield from _from_rows(enumerate(sheet.iter_rows(values_only=True), start=1), path, notice)


def _check_workbook(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise QuestionFileError(
            path.name, "not an .xlsx file; save it again as .xlsx", "不是 .xlsx 文件，请重新存为 .xlsx"
        ) from error
    if sum(entry.file_size for entry in entries) > _UNPACKED_BYTES:
        raise QuestionFileError(
            path.name,
            "the workbook unpacks to over 300 MB; split it, or save it as .csv",
            "工作簿解压后超过 300 MB，请拆分，或存为 .csv",
        )
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise QuestionFileError(
            path.name, "the workbook holds macros; save it as .xlsx without them", "工作簿带有宏，请去掉宏再存为 .xlsx"
        )


def _from_rows(rows: Iterator[tuple[int, Sequence[object]]], path: Path, notice: Notice) -> Iterator[RunQuestion]:
    columns: Columns | None = None
    for number, row in rows:
        if not any(str(cell).strip() for cell in row if cell is not None):
            continue
        if columns is None:
            columns = Columns.guess(["" if cell is None else str(cell) for cell in row], path.name)
            notice(f"{path.name}: {columns.shown()}")
            continue
        values = {field: row[place] for field, place in columns.places.items() if place < len(row)}
        yield record_of(values, number, f"{path.name}, line {number}")

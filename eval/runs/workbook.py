"""The sheets of an .xlsx workbook and their rows; no formula is computed and no macro is taken."""

import io
import zipfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from eval.runs.file_error import BadCell, QuestionFileError
from eval.runs.record import decimal_of, plain_number

# A workbook that unpacks to more is no list of questions: a hundred thousand of them take some twenty million bytes.
_UNPACKED_BYTES = 300_000_000
_COLUMNS = 256
# Excel's own limit; a greater number of a row is a damaged file.
_ROWS = 1_048_576
_CONTENT_TYPES = "[Content_Types].xml"
# How files begin that Excel wrote before 2007, and those that it encrypts.
_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"
_UNSAVED = BadCell(
    "a formula without a saved value; open the file in the spreadsheet, save it, or write the value",
    "公式没有保存计算结果，请用表格软件打开并保存，或直接填值",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its name."""

    name: str
    file: str
    _sheet: ReadOnlyWorksheet

    def rows(self) -> Generator[tuple[int, list[object]]]:
        """The rows that the sheet holds, with their numbers; raises QuestionFileError for what cannot be read.

        The size that is stored with the sheet is not believed, and rows that are not stored are not filled in.
        """
        book = self._sheet.parent
        with _named(self.file), closing(self._sheet._get_source()) as source:
            parser = _Cells(
                source,
                self._sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for number, cells in parser.parse():
                if not 0 < number <= _ROWS:
                    raise ValueError(f"row {number}")
                yield number, self._row(number, cells)

    def _row(self, number: int, cells: list[dict[str, Any]]) -> list[object]:
        values = {cell["column"]: self._value(cell) for cell in cells if cell["value"] is not None}
        width = max(values, default=0)
        if width > _COLUMNS:
            raise QuestionFileError(
                f"{self.file}, line {number}",
                f"a cell stands beyond the {_COLUMNS}th column; clear it, or move it to the left",
                f"有单元格在第 {_COLUMNS} 列之后，请清除或移到左边",
            )
        return [values.get(column) for column in range(1, width + 1)]

    def _value(self, cell: dict[str, Any]) -> object:
        """The value; a percentage as it is shown."""
        value = cell["value"]
        if isinstance(value, bool) or not isinstance(value, int | float):
            return value
        if "%" not in ReadOnlyCell(self._sheet, **cell).number_format:
            return value
        return f"{plain_number(100 * decimal_of(value))}%"


class _Cells(WorkSheetParser):
    """The parser of openpyxl's sheets; formulas without a saved value and errors become BadCell."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        # A formula's empty text is saved as a text without characters.
        if cell["value"] is None and element.find(FORMULA_TAG) is not None and element.get("t") != "str":
            cell["value"] = _UNSAVED
        elif cell["data_type"] == "e":
            error = cell["value"]
            cell["value"] = BadCell(
                f"the cell holds the error {error}; mend its formula, or clear it",
                f"单元格是错误值 {error}，请改正公式或清除",
            )
        return cell


@contextmanager
def open_workbook(data: bytes, name: str) -> Iterator[list[Sheet]]:
    """The sheets of the workbook called `name`; raises QuestionFileError where it is none that can be read."""
    with _named(name):
        _check(data, name)
        # Formulas are never computed: where there is one, the value that was saved with it is read.
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    with closing(workbook):
        yield [Sheet(sheet.title, name, sheet) for sheet in workbook.worksheets]


def _check(data: bytes, name: str) -> None:
    if data.startswith(_OLD_OR_ENCRYPTED):
        raise QuestionFileError(
            name,
            "not an .xlsx file, but an older .xls or one with a password; save it as .xlsx without a password",
            "不是 .xlsx，而是旧的 .xls 或加了密码，请另存为不带密码的 .xlsx",
        )
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise QuestionFileError(name, "not an .xlsx file; save it again as .xlsx", "不是 .xlsx 文件，请重新存为 .xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED_BYTES:
            raise QuestionFileError(
                name,
                "the workbook unpacks to over 300 MB; split it, or save it as .csv",
                "工作簿解压后超过 300 MB，请拆分，或存为 .csv",
            )
        if _has_macros(archive):
            raise QuestionFileError(
                name, "the workbook holds macros; save it as .xlsx without them", "工作簿带有宏，请去掉宏再存为 .xlsx"
            )


def _has_macros(archive: zipfile.ZipFile) -> bool:
    """True if there is code for Basic, or a sheet of Excel 4's macros, under whatever name."""
    names = [name.lower() for name in archive.namelist()]
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        return True
    # Without zeros UTF-16 reads as ASCII.
    types = archive.read(_CONTENT_TYPES).replace(b"\0", b"").lower() if _CONTENT_TYPES in archive.namelist() else b""
    return b"macroenabled" in types or b"macrosheet" in types


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Whatever goes wrong as a QuestionFileError: over a damaged workbook openpyxl stumbles in many ways."""
    try:
        yield
    except QuestionFileError:
        raise
    except Exception as error:
        raise QuestionFileError(
            name, "not a workbook that can be read; save it again as .xlsx", "这个工作簿读不了，请重新存为 .xlsx"
        ) from error

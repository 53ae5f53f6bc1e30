"""Files of questions, one at a time: JSON lines, CSV, TSV and Excel's .xlsx."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from eval.runs.columns import Columns, has_question, shown
from eval.runs.delimited import csv_rows, tsv_rows
from eval.runs.file_error import QuestionFileError, bytes_of, unreadable
from eval.runs.file_text import text_of
from eval.runs.record import RunQuestion, record_of
from eval.runs.workbook import Sheet, open_workbook

Notice = Callable[[str], None]


def read_run_questions(path: Path, notice: Notice) -> Iterator[RunQuestion]:
    """The questions of a file, in its order; `notice` is told which column was taken for what.

    Raises QuestionFileError, naming file, line and cure, where there is none, an id comes twice or something cannot be
    read; also in the middle of the file, when it comes to it.
    """
    readers = {".jsonl": _from_jsonl, ".csv": _from_csv, ".tsv": _from_tsv, ".xlsx": _from_xlsx}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        kinds = ", ".join(readers)
        raise QuestionFileError(
            str(path),
            f"questions are read from {kinds}; save the file as one of these",
            f"能读的问题文件是 {kinds}，请另存为其中一种",
        )
    if not _is_file(path):
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


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError as error:
        raise unreadable(path, error) from error


def _from_jsonl(path: Path, notice: Notice) -> Iterator[RunQuestion]:
    known: dict[tuple[str, ...], Columns] = {}
    # Texts may hold other characters that Python takes for the end of a line.
    for number, line in enumerate(text_of(bytes_of(path), path.name).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path.name}, line {number}"
        values = _object(line, where)
        names = tuple(name for name, value in values.items() if value is not None)
        if names not in known:
            known[names] = Columns.guess(names, where)
        yield record_of(known[names].values([values[name] for name in names]), number, where)
    if known:
        notice(f"{path.name}: {shown(dict.fromkeys(name for names in known for name in names))}")


def _object(line: str, where: str) -> dict[str, object]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise QuestionFileError(
            where, "not JSON; write one JSON object a line", "不是 JSON，请每行写一个 JSON 对象"
        ) from error
    if isinstance(values, str):
        return {"question": values}
    if not isinstance(values, dict):
        raise QuestionFileError(
            where,
            "not a JSON object; write one question a line as an object",
            "不是 JSON 对象，请每行用一个对象写一个问题",
        )
    return values


def _from_csv(path: Path, notice: Notice) -> Iterator[RunQuestion]:
    return _from_rows(csv_rows(text_of(bytes_of(path), path.name), path.name), path.name, notice)


def _from_tsv(path: Path, notice: Notice) -> Iterator[RunQuestion]:
    return _from_rows(tsv_rows(text_of(bytes_of(path), path.name)), path.name, notice)


def _from_xlsx(path: Path, notice: Notice) -> Iterator[RunQuestion]:
    with open_workbook(bytes_of(path), path.name) as sheets:
        if sheets:
            chosen = next((sheet for sheet in sheets if has_question(_header(sheet))), sheets[0])
            others = ", ".join(f'"{sheet.name}"' for sheet in sheets if sheet is not chosen)
            aside = f"; other sheets are ignored: {others}" if others else ""
            yield from _from_rows(
                chosen.rows(), path.name, lambda sentence: notice(f'{sentence} (sheet "{chosen.name}"{aside})')
            )


def _header(sheet: Sheet) -> list[str]:
    with closing(sheet.rows()) as rows:
        return next((_names(row) for _, row in rows if not _is_blank(row)), [])


def _from_rows(rows: Iterable[tuple[int, Sequence[object]]], file: str, notice: Notice) -> Iterator[RunQuestion]:
    columns: Columns | None = None
    for number, row in rows:
        if _is_blank(row):
            continue
        where = f"{file}, line {number}"
        if columns is None:
            columns = Columns.guess(_names(row), where)
            notice(f"{file}: {shown(columns.names)}")
            continue
        _check_width(row, columns, where)
        yield record_of(columns.values(row), number, where)


def _names(row: Sequence[object]) -> list[str]:
    """The names of the columns, without those at the end that have none."""
    names = ["" if cell is None else str(cell).strip() for cell in row]
    while names and not names[-1]:
        names.pop()
    return names


def _check_width(row: Sequence[object], columns: Columns, where: str) -> None:
    beyond = next((cell for cell in row[len(columns.names) :] if not _is_blank([cell])), None)
    if beyond is not None:
        text = str(beyond).strip()[:40]
        raise QuestionFileError(
            where,
            f'"{text}" stands beyond the last column that has a name; put the cell that was parted in quotes, or name '
            "the column",
            f"“{text}”超出了最后一个有名称的列；如果是一个单元格被拆开，请给它加引号，否则请给这一列命名",
        )


def _is_blank(row: Sequence[object]) -> bool:
    return not any(str(cell).strip() for cell in row if cell is not None)

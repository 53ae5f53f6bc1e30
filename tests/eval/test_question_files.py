"""Files of questions as people write them: nothing of them is lost in silence, and what is wrong is named."""

import csv
import datetime
import json
import warnings
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from eval.runs.file_error import QuestionFileError
from eval.runs.question_files import read_run_questions, silent
from eval.runs.record import RunQuestion, check_golds
from ingest.document import Document, Section, SourceMap, Span

SHEET = "xl/worksheets/sheet1.xml"


def read(path: Path) -> list[RunQuestion]:
    return list(read_run_questions(path, silent))


def asked(path: Path) -> list[str]:
    return [question.question for question in read(path)]


def notices_of(path: Path) -> list[str]:
    notices: list[str] = []
    list(read_run_questions(path, notices.append))
    return notices


def complaint(path: Path) -> str:
    """What is said of the file, which is the same place in either language."""
    with pytest.raises(QuestionFileError) as caught:
        read(path)
    assert caught.value.chinese.startswith(path.name)
    return str(caught.value)


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def workbook(path: Path, *rows: Sequence[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def edited(path: Path, name: str, edit: Callable[[str], str]) -> Path:
    """The workbook with one of its parts edited."""
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    parts[name] = edit(parts.get(name, b"").decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
    return path


@pytest.mark.parametrize("header", ["question", "question,", "id,question"])
def test_a_question_that_a_comma_parts_is_named_with_its_line(tmp_path: Path, header: str) -> None:
    row = "1,Who said it, and when?" if header.startswith("id") else "Who said it, and when?"
    said = complaint(written(tmp_path / "q.csv", f"{header}\n{row}\n"))
    assert said.startswith('q.csv, line 2: "and when?" stands beyond the last column')
    assert "in quotes" in said


def test_empty_cells_beyond_the_header_are_no_matter(tmp_path: Path) -> None:
    assert asked(written(tmp_path / "q.csv", "question,,\n甲？,,\n乙？\n")) == ["甲？", "乙？"]


def test_a_quotation_mark_that_nothing_closes_is_named_with_its_own_line(tmp_path: Path) -> None:
    said = complaint(written(tmp_path / "q.csv", 'question\n甲？\n"乙？\n丙？\n丁？\n'))
    assert said.startswith("q.csv, line 3: not a table")
    said = complaint(written(tmp_path / "q.csv", 'question\n"绿色"是什么？\n丙？\n'))
    assert said.startswith("q.csv, line 2: not a table")


def test_quotation_marks_in_a_tsv_file_are_the_questions_own(tmp_path: Path) -> None:
    """One that opens a cell swallows no line."""
    content = 'id\tquestion\n1\t"绿色"是什么？\n2\t"开头\n3\t他说"低碳"了吗？\n'
    questions = read(written(tmp_path / "q.tsv", content))
    assert [one.question for one in questions] == ['"绿色"是什么？', '"开头', '他说"低碳"了吗？']
    assert [one.line for one in questions] == [2, 3, 4]


def test_a_tsv_cell_that_a_spreadsheet_quoted_is_read_as_it_meant(tmp_path: Path) -> None:
    with (tmp_path / "q.tsv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t").writerows([["question"], ['什么是"绿色"？'], ["一行\n又一行？"]])
    assert asked(tmp_path / "q.tsv") == ['什么是"绿色"？', "一行\n又一行？"]


@pytest.mark.parametrize("dimension", ['<dimension ref="A1:A2"/>', '<dimension ref="A1:XFD1048576"/>', ""])
def test_the_size_that_a_workbook_states_is_not_believed(tmp_path: Path, dimension: str) -> None:
    path = workbook(tmp_path / "q.xlsx", ["问题"], ["甲？"], ["乙？"])
    edited(path, SHEET, lambda xml: xml.replace('<dimension ref="A1:A3" />', dimension))
    assert asked(path) == ["甲？", "乙？"]


def test_a_row_far_below_is_reached_at_once_and_one_that_cannot_be_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "q.xlsx", ["问题"], ["甲？"])
    edited(path, SHEET, lambda xml: xml.replace('r="2"', 'r="1048576"').replace("A2", "A1048576"))
    assert [(one.id, one.line) for one in read(path)] == [("1048576", 1048576)]
    edited(path, SHEET, lambda xml: xml.replace('r="1048576"', 'r="1000000000"'))
    assert "not a workbook that can be read" in complaint(path)


def test_a_cell_far_to_the_right_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "q.xlsx", ["问题"], ["甲？", *[None] * 255, "乙"])
    assert complaint(path).startswith("q.xlsx, line 2: a cell stands beyond the 256th column")


def test_the_first_sheet_with_a_question_column_is_asked_and_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active.append(["如何填写"])
    book.create_sheet("空")
    sheet = book.create_sheet("题库")
    sheet.append([None, "问题", "备注"])
    sheet.append([None, "甲？", "x"])
    book.save(tmp_path / "q.xlsx")
    assert asked(tmp_path / "q.xlsx") == ["甲？"]
    (notice,) = notices_of(tmp_path / "q.xlsx")
    assert notice == (
        'q.xlsx: "问题" as question; ignored: "备注" (sheet "题库"; other sheets are ignored: "说明", "空")'
    )


def test_a_formula_without_a_saved_value_is_named_where_it_is_asked(tmp_path: Path) -> None:
    path = workbook(tmp_path / "q.xlsx", ["问题", "备注"], ["甲？", "=1+1"])
    assert asked(path) == ["甲？"]
    path = workbook(tmp_path / "q.xlsx", ["问题", "备注"], ["甲？", ""], ['="乙"&"？"', ""])
    assert complaint(path).startswith("q.xlsx, line 3: a formula without a saved value")
    edited(path, SHEET, lambda xml: xml.replace("</f><v />", "</f><v>乙？</v>").replace('r="A3"', 'r="A3" t="str"'))
    assert asked(path) == ["甲？", "乙？"]


def test_a_formula_whose_saved_value_is_empty_is_an_empty_cell(tmp_path: Path) -> None:
    path = workbook(tmp_path / "q.xlsx", ["问题", "答案"], ["甲？", '=""'])
    edited(path, SHEET, lambda xml: xml.replace('r="B2"', 'r="B2" t="str"'))
    assert read(path)[0].answers == ()


def test_an_error_in_a_cell_is_not_asked(tmp_path: Path) -> None:
    path = workbook(tmp_path / "q.xlsx", ["问题"], ["#REF!"])
    assert complaint(path).startswith("q.xlsx, line 2: the cell holds the error #REF!")


@pytest.mark.parametrize(
    "edit",
    [
        lambda xml: xml[: len(xml) // 2],
        lambda xml: xml.replace('r="2"', 'r="two"'),
        lambda xml: xml.replace('r="A2"', 'r="?"'),
        lambda xml: xml.replace('t="inlineStr"', 't="s"').replace("<is><t>甲？</t></is>", "<v>77</v>"),
    ],
)
def test_a_damaged_sheet_is_one_sentence(tmp_path: Path, edit: Callable[[str], str]) -> None:
    path = edited(workbook(tmp_path / "q.xlsx", ["问题"], ["甲？"]), SHEET, edit)
    assert "not a workbook that can be read; save it again" in complaint(path)


def test_a_workbook_whose_bytes_are_damaged_or_encrypted_is_one_sentence(tmp_path: Path) -> None:
    path = workbook(tmp_path / "q.xlsx", ["问题"], *([f"甲{number}？"] for number in range(500)))
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(SHEET)
    start = info.header_offset + 30 + len(SHEET)
    written(path, whole[: start + 200] + b"\xff" * 200 + whole[start + 400 :])
    assert "not a workbook that can be read" in complaint(path)
    flags = bytearray(whole)
    at = -1
    while (at := flags.find(b"PK\x01\x02", at + 1)) >= 0:
        flags[at + 8] |= 1
    written(path, bytes(flags))
    assert "not a workbook that can be read" in complaint(path)
    assert "with a password" in complaint(written(path, b"\xd0\xcf\x11\xe0" + bytes(600)))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/macrosheets/sheet1.xml", "<x/>"),
        ("[Content_Types].xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    ],
)
def test_macros_are_refused_under_any_name(tmp_path: Path, name: str, content: str) -> None:
    path = workbook(tmp_path / "q.xlsx", ["问题"], ["甲？"])
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        edited(path, name, lambda xml: xml.replace(plain, content) if xml else content)
    assert "holds macros" in complaint(path)


@pytest.mark.parametrize(
    ("value", "shown", "text"),
    [
        (0.33, "0%", "33%"),
        (0.075, "0.0%", "7.5%"),
        (12345678.5, "General", "12345678.5"),
        (0.1 + 0.2, "General", "0.3"),
        (33, "General", "33"),
    ],
)
def test_a_number_is_read_as_it_is_shown(tmp_path: Path, value: float, shown: str, text: str) -> None:
    book = openpyxl.Workbook()
    for row in (["问题", "答案"], ["甲？", value]):
        book.active.append(row)
    book.active["B2"].number_format = shown
    book.save(tmp_path / "q.xlsx")
    assert read(tmp_path / "q.xlsx")[0].answers == (text,)


def test_long_numbers_stay_apart(tmp_path: Path) -> None:
    path = written(tmp_path / "q.jsonl", '{"id": 1234567.0, "question": "甲"}\n{"id": 1234568.0, "question": "乙"}\n')
    assert [one.id for one in read(path)] == ["1234567", "1234568"]


@pytest.mark.parametrize("value", [datetime.date(2024, 1, 1), True, datetime.time(1, 2)])
def test_a_date_is_no_text_and_the_cure_is_named(tmp_path: Path, value: object) -> None:
    said = complaint(workbook(tmp_path / "q.xlsx", ["问题", "答案"], ["甲？", value]))
    assert said.startswith('q.xlsx, line 2: "answers" must be a text')
    assert "format its column as text" in said


@pytest.mark.parametrize("value", ["NaN", "Infinity", "true", "{}"])
def test_what_json_has_beside_texts_is_refused(tmp_path: Path, value: str) -> None:
    said = complaint(written(tmp_path / "q.jsonl", f'{{"question": "甲？", "answers": {value}}}'))
    assert said.startswith('q.jsonl, line 1: "answers" must be a text')


def test_keys_of_json_are_told_by_their_names_too(tmp_path: Path) -> None:
    lines = [
        {"问题": "甲？", "标准答案": "一"},
        {"Question": "乙？", "answer": "二", "span": [1]},
        {"question": "丙？", "is_impossible": True, "answers": None},
        {"question": "丁？", "answer1": "三", "answer2": ["四", "五"]},
    ]
    path = written(tmp_path / "q.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    first, second, third, fourth = read(path)
    assert (first.question, first.answers) == ("甲？", ("一",))
    assert (second.question, second.answers, second.unanswerable) == ("乙？", ("二",), False)
    assert third.unanswerable
    assert fourth.answers == ("三", "四", "五")
    (notice,) = notices_of(path)
    assert '"标准答案" as answers' in notice
    assert notice.endswith('; ignored: "span"')


def test_two_keys_of_one_field_are_named(tmp_path: Path) -> None:
    said = complaint(written(tmp_path / "q.jsonl", '{"question": "甲？", "answer": "一", "gold": "二"}'))
    assert said.startswith('q.jsonl, line 1: "answer" and "gold" are both the answers')


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("正确答案", "answers"), ("標準答案", "answers"), ("答案（可选）", "answers"), ("Gold_Answer", "answers"),
        ("題型", "type"), ("發言人", "expert"), ("章節", "section"),
    ],
)  # fmt: skip
def test_columns_are_told_in_both_scripts(tmp_path: Path, name: str, field: str) -> None:
    question = read(written(tmp_path / "q.csv", f"問題,{name}\n甲？,乙\n"))[0]
    assert getattr(question, field) == (("乙",) if field == "answers" else "乙")


def test_numbered_columns_are_one_list(tmp_path: Path) -> None:
    assert read(written(tmp_path / "q.csv", "问题,答案1,答案2,答案3\n甲？,乙,,丙\n"))[0].answers == ("乙", "丙")
    said = complaint(written(tmp_path / "q.csv", "问题,答案,参考答案\n甲？,乙,丙\n"))
    assert "both the answers; rename" in said


@pytest.mark.parametrize("type_", ["不能回答", "N/A", "無法回答", "No answer", "Unanswerable"])
def test_types_say_that_there_is_no_answer(tmp_path: Path, type_: str) -> None:
    assert read(written(tmp_path / "q.csv", f"问题,类型\n甲？,{type_}\n"))[0].unanswerable


@pytest.mark.parametrize(("text", "so"), [("是", True), ("TRUE", True), ("否", False), ("", False)])
def test_a_column_says_that_there_is_no_answer(tmp_path: Path, text: str, so: bool) -> None:
    assert read(written(tmp_path / "q.csv", f"问题,不可回答\n甲？,{text}\n"))[0].unanswerable is so
    assert "write yes or no" in complaint(written(tmp_path / "q.csv", "问题,不可回答\n甲？,也许\n"))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_json_lines_are_read_in_the_encodings_of_tables(tmp_path: Path, encoding: str) -> None:
    line = json.dumps({"question": "我国有哪些绿色能源合作？"}, ensure_ascii=False)
    assert asked(written(tmp_path / "q.jsonl", line.encode(encoding))) == ["我国有哪些绿色能源合作？"]


LINES = ("问题", "我国有哪些绿色能源合作？", "谁谈到了投融资？", "减排多少？")


@pytest.mark.parametrize("odd", range(4))
@pytest.mark.parametrize(("encoding", "other"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_a_line_in_another_encoding_is_named(tmp_path: Path, odd: int, encoding: str, other: str) -> None:
    lines = [line.encode(other if place == odd else encoding) for place, line in enumerate(LINES)]
    said = complaint(written(tmp_path / "q.csv", b"\n".join(lines)))
    assert said.startswith(f"q.csv, line {odd + 1}: ")
    assert "save the whole file as UTF-8" in said


@pytest.mark.parametrize("text", ["question\nGröße?\n", "question\nOù est l'été?\n", "question\nСколько?\n"])
def test_an_encoding_that_could_only_be_guessed_is_refused(tmp_path: Path, text: str) -> None:
    encoding = "cp1251" if "С" in text else "cp1252"
    said = complaint(written(tmp_path / "q.csv", text.encode(encoding)))
    assert said.startswith("q.csv, line 2: not UTF-8, and the encoding cannot be told")


@pytest.mark.parametrize(
    "content", [b"question\n\x00\x01\x02\xff\n", b"question\n\x01\x02\x03\x04\x05\n", b"\xff\xfe?"]
)
def test_a_binary_file_is_said_to_be_one(tmp_path: Path, content: bytes) -> None:
    said = complaint(written(tmp_path / "q.csv", content))
    assert said.startswith("q.csv: a binary file; save the questions as")


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    """The memory of a process at its beginning is a file that even root cannot read."""
    if not Path("/proc/self/mem").exists():
        pytest.skip("no /proc on this machine")
    (tmp_path / "q.csv").symlink_to("/proc/self/mem")
    assert "q.csv: cannot be read (" in complaint(tmp_path / "q.csv")
    assert "cannot be read (" in complaint(tmp_path / f"{'long' * 100}.csv")


def article() -> Document:
    text = "减少33万吨。\n\n另有氧气。"
    section = Section("s", "绿色交通", "", "陈刚", "", Span(0, len(text)), (Span(0, 7),))
    return Document("d", "题", "", None, text, (section,), "a.txt", "0", SourceMap((0,), (1,)))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (RunQuestion("1", "?", 2, items=("33万吨", "氢气")), 'the item "氢气" stands in no article'),
        (RunQuestion("1", "?", 2, ("33万吨",), ("氧汽",)), 'the item "氧汽" stands in no article'),
        (RunQuestion("1", "?", 2, ("氢气",)), 'the gold answer "氢气" stands in no article'),
        (RunQuestion("1", "?", 2, expert="陈钢"), 'the expert "陈钢" stands in no article'),
        (RunQuestion("1", "?", 2, section="绿色"), 'the section "绿色" stands in no article'),
    ],
)
def test_all_that_no_answer_can_match_is_named(question: RunQuestion, said: str) -> None:
    with pytest.raises(QuestionFileError, match=f"q.csv, line 2: {said}"):
        check_golds(question, {"d": article()}, "q.csv")


def test_what_the_article_has_is_accepted() -> None:
    """Of several answers one is enough."""
    question = RunQuestion("1", "?", 2, ("33万吨", "330,000"), ("33万吨", "氧气"), expert="陈刚", section="绿色交通")
    check_golds(question, {"d": article()}, "q.csv")
    check_golds(replace(question, section="题"), {"d": article()}, "q.csv")

"""The bytes of a file of questions as text, in one encoding that can be told for sure."""

import codecs

from eval.runs.file_error import QuestionFileError
from ingest.encoding import decode
from ingest.errors import YinjuError

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# In UTF-8 these and all smaller ones take two bytes at most, which pairs of other encodings' bytes look like by chance.
_TWO_BYTES = "\u07ff"


def text_of(data: bytes, name: str) -> str:
    """The text in UTF-8, UTF-16, GB18030 or Big5.

    Raises QuestionFileError, naming the line, where lines are in several encodings, and where the encoding is another
    one or cannot be told: what is only guessed would be asked mangled.
    """
    odd = 0 if b"\0" in data or data.startswith(_UTF_16) else _odd_line(data, name)
    try:
        return decode(data, name, guess=False)
    except YinjuError as error:
        if not odd:
            raise QuestionFileError(
                name, "a binary file; save the questions as .xlsx, .csv or .jsonl",
                "是二进制文件，请把问题存为 .xlsx、.csv 或 .jsonl",
            ) from error  # fmt: skip
        raise QuestionFileError(
            f"{name}, line {odd}",
            "not UTF-8, and the encoding cannot be told for sure; save the whole file as UTF-8",
            "不是 UTF-8，编码无法确定，请把整个文件存为 UTF-8",
        ) from error


def _odd_line(data: bytes, name: str) -> int:
    """The first line that is not UTF-8, 0 where all are; raises QuestionFileError where others surely are."""
    utf_8, others = [], []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.isascii():
            continue
        try:
            if max(line.decode("utf-8")) > _TWO_BYTES:
                utf_8.append(number)
        except UnicodeDecodeError:
            others.append(number)
    if utf_8 and others and len(utf_8) < len(others):
        raise QuestionFileError(
            f"{name}, line {utf_8[0]}",
            "UTF-8, while the other lines are not; save the whole file as UTF-8",
            "是 UTF-8 编码，别的行却不是，请把整个文件存为 UTF-8",
        )
    if utf_8 and others:
        raise QuestionFileError(
            f"{name}, line {others[0]}",
            "not UTF-8, while other lines are; save the whole file as UTF-8",
            "不是 UTF-8 编码，别的行却是，请把整个文件存为 UTF-8",
        )
    return others[0] if others else 0

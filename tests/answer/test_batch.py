"""Whole files of questions: every line gets its answer under its own id, and a bad line is named."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answer.answerer import QuestionAnswerer
from answer.batch import BatchQuestion, answer_all, read_questions
from ingest.errors import YinjuError


def written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode("utf-8"))
    return path


def test_objects_with_any_id_and_plain_strings_are_questions(tmp_path: Path) -> None:
    """Blank lines, Windows line ends, further fields and a byte order mark do not matter."""
    lines = [
        '\ufeff{"id": "a", "question": "甲？"}',
        "",
        '{"id": 7, "question": "乙？", "note": 1}\r',
        '{"id": 2.5, "question": "丙？"}',
        '{"question": "丁？"}',
        '"戊？"',
        '{"id": {"set": [1, null]}, "question": ""}',
    ]
    assert read_questions(written(tmp_path / "q.jsonl", "\n".join(lines))) == (
        BatchQuestion("a", "甲？"),
        BatchQuestion(7, "乙？"),
        BatchQuestion(2.5, "丙？"),
        BatchQuestion(None, "丁？"),
        BatchQuestion(None, "戊？"),
        BatchQuestion({"set": [1, None]}, ""),
    )


@given(st.lists(st.tuples(st.none() | st.integers() | st.text(), st.text()), min_size=1, max_size=5))
@example([("a\u2028b", "甲\u2028乙\x85丙\x0c？")])
def test_what_any_json_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[Any, str]]
) -> None:
    """Line separators of Unicode may stand within a JSON string as they are."""
    text = "\n".join(json.dumps({"id": id, "question": question}, ensure_ascii=False) for id, question in pairs)
    path = tmp_path_factory.mktemp("batch") / "q.jsonl"
    path.write_bytes(text.encode("utf-8", "replace"))
    cleaned = [
        BatchQuestion(*(item.encode("utf-8", "replace").decode() if isinstance(item, str) else item for item in pair))
        for pair in pairs
    ]
    assert read_questions(path) == tuple(cleaned)


@pytest.mark.parametrize("line", ["{", "甲？", "3", "null", "[]", '{"id": 1}', '{"question": 3}', "[" * 20_000])
def test_a_line_that_is_no_question_is_named_by_file_and_number(line: str, tmp_path: Path) -> None:
    path = written(tmp_path / "q.jsonl", f'{{"question": "甲？"}}\n\n{line}\n')
    with pytest.raises(YinjuError, match=r"q\.jsonl, line 3: ") as found:
        read_questions(path)
    assert "\n" not in str(found.value)


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xff\xfe\x00\x01", None])
def test_a_file_without_questions_is_named(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(YinjuError, match=r"q\.jsonl"):
        read_questions(path)
    with pytest.raises(YinjuError):
        read_questions(tmp_path)


def test_answers_come_in_order_with_their_ids_first(answerer: QuestionAnswerer) -> None:
    """The id is whatever it was; a question without one gets none."""
    asked = [BatchQuestion("甲", "什么是熊猫债？"), BatchQuestion(0, "雅万高铁"), BatchQuestion(None, "海龟在哪里？")]
    answers = list(answer_all(answerer, asked))
    assert [answer.get("id", "none") for answer in answers] == ["甲", 0, "none"]
    assert [list(answer)[0] for answer in answers] == ["id", "id", "question"]
    assert [answer["question"] for answer in answers] == [item.question for item in asked]
    alone = answerer.answer("什么是熊猫债？").to_json()
    assert {**answers[0], "timings_ms": 0} == {"id": "甲", **alone, "timings_ms": 0}


def test_a_question_that_cannot_be_asked_gets_an_error_and_the_rest_their_answers(answerer: QuestionAnswerer) -> None:
    """One blank line of thousands must not stop the file."""
    asked = [
        BatchQuestion(1, " "),
        BatchQuestion(2, "长" * 10_000),
        BatchQuestion(3, "🐢"),
        BatchQuestion(4, "雅万高铁"),
    ]
    answers = list(answer_all(answerer, asked))
    assert [answer.get("error", {}).get("code") for answer in answers] == ["empty", "too_long", "no_words", None]
    assert [answer["id"] for answer in answers] == [1, 2, 3, 4]
    assert "citations" in answers[3]

"""A file of answers is checked quote by quote against its articles."""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from answer.answerer import QuestionAnswerer
from answer.verify import NotVerified, Verified, verify_file
from ingest.document import Document
from ingest.errors import YinjuError

Line = dict[str, Any]


@pytest.fixture(scope="module")
def good(answerer: QuestionAnswerer) -> list[Line]:
    """One fact, one list of three, one abstention and one question that could not be asked."""
    fact = answerer.answer("雅万高铁预计减少多少碳排放？", abstain=False).to_json()
    listed = answerer.answer("绿色交通基础设施建设面临哪些挑战？", abstain=False).to_json()
    none = fact | {"kind": "none", "text": None, "citations": []}
    return [{"id": 1} | fact, listed, none, {"question": "", "error": {"code": "empty", "message": "…"}}]


def written(path: Path, lines: list[Line]) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def test_exact_answers_pass_and_are_counted(good: list[Line], article: Document, tmp_path: Path) -> None:
    """Abstentions and refused questions have nothing to check, and are no error."""
    verified = verify_file(written(tmp_path / "a.jsonl", good), {article.id: article})
    assert verified == Verified(answers=4, quotes=len(good[0]["citations"]) + 3)


def tamper_quote(citation: Line) -> None:
    citation["quote"] = citation["quote"].replace("资金", "金钱")


def tamper_order(citation: Line) -> None:
    citation["quote"] = citation["quote"][::-1]


def tamper_offsets(citation: Line) -> None:
    citation["span"] = {"start": citation["span"]["start"] + 1, "end": citation["span"]["end"] + 1}


def tamper_end(citation: Line) -> None:
    citation["span"]["end"] += 1


def tamper_focus(citation: Line) -> None:
    citation["focus"] = {"start": citation["span"]["start"], "end": citation["span"]["end"] + 1}


def tamper_sign(citation: Line) -> None:
    """Counted from the end of the text, as Python slices, the same characters."""
    citation["span"] = {name: offset - 7320 for name, offset in citation["span"].items()}


def tamper_to_nothing(citation: Line) -> None:
    citation["quote"], citation["span"]["end"] = "", citation["span"]["start"]


def tamper_hash(citation: Line) -> None:
    citation["document_sha256"] = "0" * 64


def tamper_document(citation: Line) -> None:
    citation["document_id"] = "another"


@pytest.mark.parametrize(
    "tamper",
    [
        tamper_quote,
        tamper_order,
        tamper_offsets,
        tamper_end,
        tamper_focus,
        tamper_sign,
        tamper_to_nothing,
        tamper_hash,
        tamper_document,
    ],
)
def test_a_tampered_citation_is_named_by_line_and_number(
    tamper: Callable[[Line], None], good: list[Line], article: Document, tmp_path: Path
) -> None:
    assert len(article.text) == 7320
    lines = copy.deepcopy(good)
    tamper(lines[1]["citations"][1])
    path = written(tmp_path / "a.jsonl", lines)
    with pytest.raises(NotVerified, match=r"a\.jsonl, line 2, citation 2: ") as found:
        verify_file(path, {article.id: article})
    assert "\n" not in str(found.value)


def test_an_answer_that_says_more_than_it_quotes_is_found(good: list[Line], article: Document, tmp_path: Path) -> None:
    """The text is what people read."""
    lines = copy.deepcopy(good)
    lines[0]["text"] += "而且更好。"
    with pytest.raises(NotVerified, match="line 1: "):
        verify_file(written(tmp_path / "a.jsonl", lines), {article.id: article})
    lines = copy.deepcopy(good)
    lines[2]["text"] = "没有引文的答案。"
    with pytest.raises(NotVerified, match="line 3: "):
        verify_file(written(tmp_path / "a.jsonl", lines), {article.id: article})


def test_an_article_that_has_changed_is_named(good: list[Line], article: Document, tmp_path: Path) -> None:
    changed = replace(article, sha256="f" * 64)
    with pytest.raises(NotVerified, match="green-belt-and-road.txt has changed"):
        verify_file(written(tmp_path / "a.jsonl", good), {article.id: changed})


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "3",
        "[]",
        "null",
        '"text"',
        "{}",
        '{"citations": 3}',
        '{"citations": [{}]}',
        '{"citations": [3]}',
        '{"text": null, "citations": null}',
        '{"citations": [{"quote": "a", "span": {"start": "0", "end": null}}]}',
        "[" * 20_000,
    ],
    ids=lambda line: line[:30],
)
def test_a_line_that_is_no_answer_is_named(line: str, article: Document, tmp_path: Path) -> None:
    """That is a wrong file, not a wrong quote."""
    path = tmp_path / "a.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(YinjuError, match=r"a\.jsonl, line 2: not an answer") as found:
        verify_file(path, {article.id: article})
    assert not isinstance(found.value, NotVerified)


def test_a_file_without_answers_or_that_cannot_be_read_is_named(article: Document, tmp_path: Path) -> None:
    """Nothing checked must not look like all well."""
    (tmp_path / "empty.jsonl").write_text("\n\n", encoding="utf-8")
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00")
    for name in ("empty.jsonl", "binary.jsonl", "missing.jsonl", "."):
        with pytest.raises(YinjuError) as found:
            verify_file(tmp_path / name, {article.id: article})
        assert str(tmp_path / name) in str(found.value)
        assert not isinstance(found.value, NotVerified)

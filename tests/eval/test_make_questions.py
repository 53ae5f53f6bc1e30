"""Drafts of questions: in the article's language, of what is worth asking, and never over another file."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.make_questions import draft_questions
from eval.make_questions import main as make_questions
from ingest.loaders import load_document

ENGLISH = """# The Sound and the trades that share it

## The current never takes a day off

**Editor:** What has changed, and what still holds it back?

**Ingrid Halloway (professor of marine engineering):** What changed is the reliability of the machines. In the opening
year the first of them turned for only 41 percent of the hours.

Three obstacles remain. First, the cable to the mainland is already full. Second, the only vessel is booked.
"""
CHINESE = """# 治沙四十年

## 从埋压到固沙

2018年，县里引进第一台草方格铺设机，一天能铺60亩，成本降到690元。

1986年，县里成立治沙站。

1989年，转机出现。

当年试种的成活率达到64%。

离最近的村子只有4公里。

每亩治理成本要2400元。
"""


def drafts_of(tmp_path: Path, article: str) -> list[dict[str, Any]]:
    path = tmp_path / "article.md"
    path.write_text(article, encoding="utf-8")
    return list(draft_questions(load_document(path)))


def test_an_english_article_is_asked_in_english(tmp_path: Path) -> None:
    drafts = {draft["type"]: draft for draft in drafts_of(tmp_path, ENGLISH)}
    assert drafts["speaker"]["question"] == "Who speaks about “The current never takes a day off”?"
    assert drafts["list"]["question"] == "Three obstacles remain: what are they?"
    assert drafts["figure"]["question"] == (
        "In the opening year the first of them turned for only (what figure) of the hours?"
    )
    assert {draft["language"] for draft in drafts.values()} == {"en"}


def test_years_are_asked_for_only_where_there_are_no_other_figures(tmp_path: Path) -> None:
    drafts = drafts_of(tmp_path, CHINESE)
    assert [draft["answers"] for draft in drafts] == [["690元"], ["64%"], ["4公里"], ["2400元"]]
    assert drafts[1]["question"] == "当年试种的成活率达到（多少）？"
    years_only = CHINESE.partition("当年试种")[0]
    assert [draft["answers"] for draft in drafts_of(tmp_path, years_only)] == [["690元"], ["1986年"], ["1989年"]]


def test_no_file_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Edited drafts are hours of work."""
    article, output = tmp_path / "article.md", tmp_path / "drafts.jsonl"
    article.write_text(CHINESE, encoding="utf-8")
    assert make_questions([str(article), "--output", str(output)]) == 0
    output.write_text(json.dumps({"question": "edited"}), encoding="utf-8")
    assert make_questions([str(article), "--output", str(output)]) == 2
    assert "exists already; name another file with --output" in capsys.readouterr().err
    assert json.loads(output.read_text(encoding="utf-8")) == {"question": "edited"}
    assert make_questions([str(article), "--output", str(article)]) == 2
    assert article.read_text(encoding="utf-8") == CHINESE

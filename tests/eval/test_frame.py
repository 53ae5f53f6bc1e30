"""An evaluation from Python: one row a question, whatever is known of the answers."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from answer import QuestionAnswerer
from eval import evaluate
from eval.runs.frame import COLUMNS
from eval.runs.record import RunQuestion

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def answerer() -> QuestionAnswerer:
    return QuestionAnswerer.open(reader="sentence")


def test_no_questions_give_an_empty_frame_with_the_same_columns(answerer: QuestionAnswerer) -> None:
    frame = evaluate(answerer, [])
    assert len(frame) == 0
    assert list(frame.columns) == list(COLUMNS)


def test_a_row_has_the_citations_of_its_answer(answerer: QuestionAnswerer) -> None:
    asked = [RunQuestion("1", "雅万高铁预计减少多少碳排放？", 1), RunQuestion("2", "？", 2)]
    frame = evaluate(answerer, asked).set_index("id")
    first = frame.loc["1", "citations"][0]
    assert first["quote"] in frame.loc["1", "text"]
    assert first["quote"] in answerer.documents[first["document_id"]].text
    assert frame.loc["2", "citations"] == []
    assert frame.loc["2", "failure"] == "error"


def test_the_example_takes_a_file_without_gold_answers(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps({"question": "谁提到了熊猫债？"}), encoding="utf-8")
    program = [sys.executable, str(PROJECT / "examples" / "evaluate.py"), str(path)]
    done = subprocess.run(program, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "confidence" in done.stdout
    assert "gold in answer" not in done.stdout

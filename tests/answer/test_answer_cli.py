"""`python -m answer`: an answer on a terminal, answers to a file, and errors of one line."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from answer.__main__ import main
from answer.answer import Answer
from answer.answerer import QuestionAnswerer
from ingest.document import Document

REPOSITORY = Path(__file__).resolve().parents[2]
CHALLENGES = "绿色交通基础设施建设面临哪些挑战？"


def run(*arguments: str, index: Path) -> subprocess.CompletedProcess[bytes]:
    """As a user runs it, on a terminal that knows no Chinese."""
    return subprocess.run(
        [sys.executable, "-m", "answer", *arguments, "--index", str(index)],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )


def test_json_on_a_terminal_is_the_answer_that_a_program_gets(index_folder: Path, answerer: QuestionAnswerer) -> None:
    """In one line, so that files of them can be put together and verified."""
    done = run(CHALLENGES, "--json", index=index_folder)
    assert done.returncode == 0
    assert done.stdout.count(b"\n") == 1
    printed = json.loads(done.stdout.decode("utf-8"))
    assert printed | {"timings_ms": 0} == answerer.answer(CHALLENGES).to_json() | {"timings_ms": 0}


def test_an_error_is_one_line_and_exit_status_2(tmp_path: Path) -> None:
    done = run("🐢", index=tmp_path / "没有")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"answer: ")
    assert done.stderr.count(b"\n") == 1


def test_a_file_of_questions_becomes_a_file_of_answers_that_verifies(
    answerer: QuestionAnswerer,
    index_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whatever the questions are, even half a character that no file can hold."""
    monkeypatch.setattr(QuestionAnswerer, "open", lambda *_, **__: answerer)
    questions, answers = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    lines = [
        {"id": "a", "question": CHALLENGES},
        {"id": 2, "question": "雅万高铁预计减少多少碳排放？"},
        {"id": 3, "question": "\ud800"},
    ]
    questions.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    assert main(["--questions", str(questions), "--output", str(answers)]) == 0
    assert capsys.readouterr().out == ""
    written = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    assert [answer["id"] for answer in written] == ["a", 2, 3]
    assert written[0] | {"timings_ms": 0} == {"id": "a"} | answerer.answer(CHALLENGES).to_json() | {"timings_ms": 0}
    assert written[2] == {"id": 3, "question": "\ud800", "error": written[2]["error"]}
    assert sorted(tmp_path.iterdir()) == [answers, questions]

    assert main(["verify", str(answers), "--index", str(index_folder)]) == 0
    assert "3 answers stand word for word" in capsys.readouterr().out


def fails(capsys: pytest.CaptureFixture[str], *arguments: str | Path, status: int = 2) -> str:
    """The one line on standard error of a run that fails with that status and prints nothing else."""
    assert main([str(argument) for argument in arguments]) == status
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    return printed.err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((), "question"),
        (("什么？", "--questions", "q.jsonl", "--output", "a.jsonl"), "question"),
        (("--questions", "q.jsonl"), "--output"),
        (("什么？", "--output", "a.jsonl"), "--questions"),
        ((" ",), "empty"),
        (("🐢",), "no words"),
        (("长" * 10_000,), "10000 characters"),
        (("--questions", "missing.jsonl", "--output", "a.jsonl"), "missing.jsonl"),
        (("--questions", "bad.jsonl", "--output", "a.jsonl"), "bad.jsonl, line 2"),
        (("--questions", "good.jsonl", "--output", "."), "--output"),
        (("--questions", "good.jsonl", "--output", ""), "--output"),
        (("--questions", "good.jsonl", "--output", "folder"), "folder"),
        (("--questions", "good.jsonl", "--output", "nowhere/a.jsonl"), "nowhere"),
        (("--questions", "good.jsonl", "--output", "good.jsonl/a.jsonl"), "good.jsonl"),
        (("verify", "missing.jsonl", "--articles", "article.txt"), "missing.jsonl"),
        (("verify", "good.jsonl", "--articles", "article.txt"), "good.jsonl, line 1"),
        (("verify", "good.jsonl", "--articles", "missing.txt"), "missing.txt"),
        (("verify", "good.jsonl", "--index", "nowhere"), "nowhere"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_bad_input_is_named_before_the_model_is_loaded(
    arguments: tuple[str, ...],
    named: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(QuestionAnswerer, "open", lambda *_, **__: pytest.fail("the model was loaded"))
    Path("good.jsonl").write_text('{"question": "甲？"}\n', encoding="utf-8")
    Path("bad.jsonl").write_text('{"question": "甲？"}\n{"question": 3}\n', encoding="utf-8")
    Path("article.txt").write_text("海水变暖了。\n", encoding="utf-8")
    Path("folder").mkdir()
    assert named in fails(capsys, *arguments)
    assert not Path("a.jsonl").exists()


def test_a_tampered_quote_is_status_1_and_names_line_and_citation(
    answerer: QuestionAnswerer, index_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = answerer.answer(CHALLENGES, abstain=False).to_json()
    data["citations"][2]["quote"] = data["citations"][2]["quote"].replace("三是", "四是")
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps(data), encoding="utf-8")
    line = fails(capsys, "verify", path, "--index", index_folder, status=1)
    assert line.startswith(f"verify: {path}, line 1, citation 3: ")


class Breaker:
    """Answers one question and then breaks, as a full disk or an interrupt would break it."""

    documents: Mapping[str, Document] = {}

    def __init__(self, error: BaseException) -> None:
        self._error: BaseException | None = None
        self._next = error

    def answer(self, question: str) -> Answer:
        if self._error:
            raise self._error
        self._error = self._next
        return Answer(question, "zh", "none", None, 0.0, (), ())


@pytest.mark.parametrize("error", [RuntimeError("broken"), KeyboardInterrupt(), OSError(28, "No space left on device")])
@pytest.mark.parametrize("earlier", ["yesterday's answers\n", None])
def test_a_file_of_answers_is_never_half_written(
    error: BaseException,
    earlier: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What was there stays, and nothing is left beside it."""
    monkeypatch.setattr(QuestionAnswerer, "open", lambda *_, **__: Breaker(error))
    questions, answers = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    questions.write_text('"甲？"\n"乙？"\n', encoding="utf-8")
    if earlier:
        answers.write_text(earlier, encoding="utf-8")
    arguments: list[Any] = ["--questions", str(questions), "--output", str(answers)]
    if isinstance(error, OSError):
        assert main(arguments) == 2
        assert "No space left on device" in capsys.readouterr().err
    else:
        with pytest.raises(type(error)):
            main(arguments)
    assert sorted(tmp_path.iterdir()) == ([answers, questions] if earlier else [questions])
    assert not earlier or answers.read_text(encoding="utf-8") == earlier


def test_an_answer_on_a_terminal_shows_quotes_experts_and_places(
    answerer: QuestionAnswerer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(QuestionAnswerer, "open", lambda *_, **__: answerer)
    assert main([CHALLENGES]) == 0
    page = capsys.readouterr().out
    answer = answerer.answer(CHALLENGES)
    assert answer.citations
    for citation in answer.citations:
        assert f"[{citation.number}] {citation.quote}" in page
        assert f"line {citation.source_line}, {citation.span.start}-{citation.span.end}" in page
    assert "龚巍巍（中国国际可持续交通创新和知识中心高级工程师）" in page
    assert answer.passages[0].chunk.id in page

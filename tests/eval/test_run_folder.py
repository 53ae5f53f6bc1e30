"""The folder of a run: nothing of anyone else's is written over, and what was damaged is said to be."""

import hashlib
import json
from pathlib import Path

import pytest

from answer import Answer
from answer.question import clean_question
from eval.runs.finishing import finish_run
from eval.runs.outcome import Outcome
from eval.runs.run_folder import RunFolder
from eval.runs.run_manifest import RunManifest
from eval.runs.runner import ask_into
from ingest.errors import YinjuError


class Refusing:
    """An answerer whose questions are all refused, as those without words are."""

    def answer(self, question: str) -> Answer:
        clean_question("？")
        raise AssertionError(question)


def begun(path: Path, questions: Path) -> RunFolder:
    sha256 = hashlib.sha256(questions.read_bytes()).hexdigest()
    total = len(questions.read_text(encoding="utf-8").splitlines())
    manifest = RunManifest(questions.name, sha256, total, "i", {}, {}, "m", "2000-01-01T00:00:00+00:00")
    return RunFolder.begin(path, manifest, resume=False)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": "a", "question": "甲？"}\n{"id": "b", "question": "乙？"}\n', encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["answers.jsonl", "answers.csv", "answers.xlsx", "Outcomes.JSONL", "report.html"])
def test_a_folder_with_files_of_someone_elses_is_refused(tmp_path: Path, questions: Path, name: str) -> None:
    """In any case, as some file systems know no other; the files stay as they were."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / name).write_text("mine\n" * 1000, encoding="utf-8")
    with pytest.raises(YinjuError, match=f'holds "{name}", which is of no run; name another folder'):
        begun(folder, questions)
    assert [path.name for path in folder.iterdir()] == [name]
    assert (folder / name).read_text(encoding="utf-8") == "mine\n" * 1000


def test_a_folder_with_other_files_is_taken(tmp_path: Path, questions: Path) -> None:
    assert begun(tmp_path, questions).answered() == 0
    assert questions.exists()


def test_half_a_surrogate_pair_comes_through(tmp_path: Path) -> None:
    """JSON can hold it, no encoding of a file can: it is written as the escape that it was."""
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": "\\ud800", "question": "甲\\ud800？", "type": "\\udfff"}\n', encoding="utf-8")
    folder = begun(tmp_path / "run", path)
    assert list(ask_into(folder, Refusing(), path, workers=1)) == [1]
    assert finish_run(folder, {}, path, "zh") is not None
    (outcome,) = folder.outcomes()
    assert (outcome.id, outcome.question) == ("\ud800", "甲\ud800？")
    assert {"answers.csv", "answers.xlsx", "report.html"} <= {one.name for one in folder.path.iterdir()}


def test_questions_that_changed_while_they_were_asked_are_not_judged(tmp_path: Path, questions: Path) -> None:
    """Else an answer would be measured against another question; the answers stay, and the old file ends the run."""
    folder = begun(tmp_path / "run", questions)
    list(ask_into(folder, Refusing(), questions, workers=1))
    before = questions.read_bytes()
    questions.write_bytes(b"".join(reversed(before.splitlines(keepends=True))))
    with pytest.raises(YinjuError, match=r"q.jsonl changed since this run began; put it back"):
        finish_run(folder, {}, questions, "zh")
    assert folder.written() == 2
    questions.write_bytes(before)
    assert finish_run(folder, {}, questions, "zh") is not None


def test_an_answer_to_another_question_is_not_judged(tmp_path: Path, questions: Path) -> None:
    folder = begun(tmp_path / "run", questions)
    list(ask_into(folder, Refusing(), questions, workers=1))
    answers = folder.path / "answers.jsonl"
    answers.write_bytes(b"".join(reversed(answers.read_bytes().splitlines(keepends=True))))
    with pytest.raises(YinjuError, match="changed since this run began"):
        finish_run(folder, {}, questions, "zh")


@pytest.mark.parametrize("line", ["{", "[]", "{}", '{"golds": [], "of another version": 1}', "\udcff"])
def test_damaged_outcomes_are_one_sentence(tmp_path: Path, questions: Path, line: str) -> None:
    folder = begun(tmp_path / "run", questions)
    whole = json.dumps(Outcome("a", "甲？", None, (), "none", 0.1, True, False, None).to_json())
    (folder.path / "outcomes.jsonl").write_text(f"{whole}\n{line}\n", encoding="utf-8", errors="surrogateescape")
    with pytest.raises(YinjuError, match=r"outcomes.jsonl, line 2: damaged, .*run the questions again"):
        list(folder.outcomes())


def test_an_outcome_without_its_answer_is_one_sentence(tmp_path: Path, questions: Path) -> None:
    folder = begun(tmp_path / "run", questions)
    folder.write_outcomes([Outcome("a", "甲？", None, (), "none", 0.1, True, False, None)])
    (folder.path / "answers.jsonl").touch()
    with pytest.raises(YinjuError, match=r"answers.jsonl, line 1: damaged"):
        list(folder.judged())

"""What a run says of itself: which reader it asked, whether another may go on with it, and how long it took."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from time import sleep
from typing import NoReturn

import pytest

from answer.provenance import Provenance
from answer.question import QuestionError
from eval.__main__ import main
from eval.runs.outcome import Outcome
from eval.runs.run_folder import RunFolder
from eval.runs.run_manifest import RunManifest, manifest_of
from eval.runs.runner import ask_into
from ingest.errors import YinjuError

PROVENANCE = Provenance("m", "1", "span", "2", "all", "3")


class NothingToAsk:
    """Answers no question, and takes a hundredth of a second."""

    def answer(self, question: str) -> NoReturn:
        sleep(0.01)
        raise QuestionError("no_words", f"{question} has no words")


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "甲？"}\n{"question": "乙？"}\n{"question": "丙？"}\n', encoding="utf-8")
    return path


@pytest.fixture
def manifest(questions: Path) -> RunManifest:
    return manifest_of(questions, 3, "i", PROVENANCE)


@pytest.mark.parametrize("name", ["model_fingerprint", "reader", "reader_fingerprint", "calibration"])
def test_a_run_of_another_reader_is_not_gone_on_with(tmp_path: Path, manifest: RunManifest, name: str) -> None:
    """A new training, another threshold and a reader that could not be loaded each change what is answered."""
    RunFolder.begin(tmp_path / "run", manifest, resume=False)
    other = replace(manifest, settings={**manifest.settings, name: "another"})
    assert manifest.changed_in(other) == {name: (manifest.settings[name], "another")}
    with pytest.raises(YinjuError, match=rf"another index, reader or library \({name}\); name another folder"):
        RunFolder.begin(tmp_path / "run", other, resume=True)


def test_a_run_is_gone_on_with_on_another_machine_but_not_with_other_libraries(
    tmp_path: Path, manifest: RunManifest
) -> None:
    RunFolder.begin(tmp_path / "run", manifest, resume=False)
    RunFolder.begin(tmp_path / "run", replace(manifest, machine="another", started="later"), resume=True)
    upgraded = replace(manifest, versions={**manifest.versions, "numpy": "0"})
    with pytest.raises(YinjuError, match=r"\(numpy\)"):
        RunFolder.begin(tmp_path / "run", upgraded, resume=True)


def test_the_manifest_says_when_all_was_asked_and_how_long_it_took(
    tmp_path: Path, questions: Path, manifest: RunManifest
) -> None:
    """However often it was stopped."""
    folder = RunFolder.begin(tmp_path / "run", manifest, resume=False)
    answers = ask_into(folder, NothingToAsk(), questions, 1)
    next(answers)
    answers.close()
    stopped = RunFolder.load(tmp_path / "run").manifest
    assert stopped.finished == ""
    assert stopped.seconds > 0
    list(ask_into(RunFolder.load(tmp_path / "run"), NothingToAsk(), questions, 1))
    ended = RunFolder.load(tmp_path / "run").manifest
    assert ended.finished >= ended.started
    assert ended.seconds > stopped.seconds
    list(ask_into(RunFolder.load(tmp_path / "run"), NothingToAsk(), questions, 1))
    assert RunFolder.load(tmp_path / "run").manifest.finished == ended.finished


def test_the_manifest_keeps_what_was_noticed_of_the_file(tmp_path: Path, questions: Path) -> None:
    manifest = manifest_of(questions, 3, "i", PROVENANCE, ['"问题" as question'])
    RunFolder.begin(tmp_path / "run", manifest, resume=False)
    assert RunFolder.load(tmp_path / "run").manifest == manifest


@pytest.fixture
def earlier(tmp_path: Path, manifest: RunManifest) -> Path:
    """A run as format 2 wrote it."""
    path = tmp_path / "earlier"
    path.mkdir()
    values = {**asdict(manifest), "settings": {"reader": "auto", "model": "bundled"}, "format": 2}
    for name in ("finished", "seconds", "notices"):
        del values[name]
    (path / "manifest.json").write_text(json.dumps(values), encoding="utf-8")
    return path


def test_a_run_of_the_earlier_format_is_read_but_not_gone_on_with(earlier: Path, manifest: RunManifest) -> None:
    begun = RunFolder.load(earlier).manifest
    assert not begun.same_run(manifest)
    assert begun.changed_in(manifest)["reader"] == ("auto", "span")
    assert begun.changed_in(manifest)["calibration"] == (None, "3")
    with pytest.raises(YinjuError, match="format 2, which can be read but not gone on with; name another folder"):
        RunFolder.begin(earlier, manifest, resume=True)


def test_a_run_of_the_earlier_format_is_compared(
    tmp_path: Path, earlier: Path, manifest: RunManifest, capsys: pytest.CaptureFixture[str]
) -> None:
    later = RunFolder.begin(tmp_path / "later", manifest, resume=False)
    for folder in (RunFolder.load(earlier), later):
        folder.write_outcomes([Outcome("1", "甲？", "答", ("答",), "span", 0.5, False, False, True)])
        (folder.path / "timings.jsonl").write_text('{"total": 1.0}\n', encoding="utf-8")
    assert main(["compare", str(earlier), str(later.path)]) == 0
    assert "reader: auto → span" in capsys.readouterr().out

"""What changed between two runs, and that nothing which broke or is missing passes for unchanged."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.runs.comparison import compare_outcomes
from eval.runs.outcome import Outcome
from eval.runs.run_folder import RunFolder
from eval.runs.run_manifest import RunManifest


def outcome(number: int, *, confidence: float = 0.5, correct: bool = True, ms: float = 0.0) -> Outcome:
    unanswerable = number % 4 == 0
    return Outcome(
        str(number), f"问{number}", None, (), "span", confidence, unanswerable and correct, unanswerable, correct,
        measures={} if unanswerable else {"F1": float(correct)}, milliseconds=ms,
    )  # fmt: skip


BEFORE = [outcome(n, confidence=0.9, ms=100 + n) for n in range(40)]
WORSE = [outcome(n, confidence=0.9, correct=n % 4 > 0, ms=200 + n) for n in range(40)]


def folder(path: Path, outcomes: list[Outcome]) -> str:
    """A run's folder with these outcomes and their times."""
    run = RunFolder.begin(path, RunManifest("q", "0", len(outcomes), "i", {}, {}, "m", "t"), resume=False)
    run.write_outcomes(outcomes)
    with (path / "timings.jsonl").open("w", encoding="utf-8") as file:
        for one in outcomes:
            file.write(json.dumps({"total": one.milliseconds}) + "\n")
    return str(path)


def test_the_figures_of_all_questions_together_are_compared_as_well() -> None:
    found = {one.measure: one for one in compare_outcomes(BEFORE, WORSE).differences}
    recall = found["abstention recall"]
    assert (recall.before, recall.after, recall.change, recall.questions) == (1, 0, -1, 40)
    assert recall.p_value < 0.05
    slower = found["p50 ms"]
    assert (slower.before, slower.after, slower.low) == (119.5, 219.5, 100)
    assert found["calibration error"].after > found["calibration error"].before
    assert found["risk-coverage area"].change == 0
    assert found["risk-coverage area"].p_value == 1


def test_figures_that_one_run_lacks_are_left_out() -> None:
    answerable = [one for one in BEFORE if not one.unanswerable]
    names = {one.measure for one in compare_outcomes(answerable, answerable).differences}
    assert "risk-coverage area" in names
    assert not any(name.startswith(("abstention", "AUROC")) for name in names)


def test_questions_that_only_one_run_has_are_counted() -> None:
    comparison = compare_outcomes(BEFORE, [*BEFORE[:10], outcome(99)])
    assert (comparison.only_before, comparison.only_after) == (30, 1)


def test_a_run_that_lacks_questions_does_not_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole, part = folder(tmp_path / "whole", BEFORE), folder(tmp_path / "part", BEFORE[:10])
    assert main(["compare", whole, part, "--fail-on", "F1<-0.01"]) == 2
    said = capsys.readouterr()
    assert "left out: 30 only in the first, 0 only in the second" in said.out
    assert "--allow-missing" in said.err
    assert main(["compare", whole, part, "--fail-on", "F1<-0.01", "--allow-missing"]) == 0


@pytest.mark.parametrize("times", [None, "", '{"total": 1.0}\n', '{"total": "soon"}\n' * 40])
def test_a_run_without_its_times_is_told_of_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], times: str | None
) -> None:
    """No question is left out silently."""
    before, after = folder(tmp_path / "a", BEFORE), folder(tmp_path / "b", WORSE)
    path = tmp_path / "b" / "timings.jsonl"
    path.unlink() if times is None else path.write_text(times, encoding="utf-8")
    assert main(["compare", before, after]) == 2
    error = capsys.readouterr().err
    assert "timings.jsonl" in error
    assert "run the questions again" in error
    assert error.count("\n") == 1


def test_a_run_that_broke_does_not_pass(tmp_path: Path) -> None:
    broken = [replace(one, failure="error", correct=False, measures={"F1": 0.0}) for one in BEFORE]
    runs = [folder(tmp_path / "a", BEFORE), folder(tmp_path / "b", broken)]
    assert main(["compare", *runs, "--fail-on", "F1<-0.01"]) == 1


@pytest.mark.parametrize(
    "condition", ["abstention recall<-0.1", "calibration error>0.05", "p95 ms>50", "abstention f1<0"]
)
def test_a_comparison_can_fail_on_any_figure(tmp_path: Path, condition: str) -> None:
    runs = [folder(tmp_path / "a", BEFORE), folder(tmp_path / "b", WORSE)]
    assert main(["compare", *runs, "--fail-on", condition]) == 1
    assert main(["compare", runs[0], runs[0], "--fail-on", condition]) == 0

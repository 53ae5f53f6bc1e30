"""Quality floors hold what was measured, and go down only when that is asked for."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.floors import (
    Floor,
    Floors,
    Measurement,
    SetFloors,
    Violation,
    check_floors,
    load_floors,
    raise_floors,
    write_floors,
)
from ingest.errors import YinjuError

HASH, OTHER_HASH = "a" * 64, "b" * 64
FLOORS = Floors({"drcd": SetFloors(HASH, None, {"recall@1": Floor(0.98, 0.005), "mrr@10": Floor(0.99, 0.0)})})
SHARES = st.floats(0, 1)


def measured(recall: float, mrr: float = 1.0, sha256: str = HASH, sample: int | None = None) -> dict[str, Measurement]:
    return {"drcd": Measurement(sha256, sample, {"recall@1": recall, "mrr@10": mrr})}


def entry(**fields: Any) -> dict[str, Any]:
    metrics = {"recall@1": {"value": 0.9, "noise": 0.01}}
    return {"version": 1, "floors": {"drcd": {"sha256": HASH, "sample": None, "metrics": metrics, **fields}}}


@pytest.mark.parametrize("recall", [1.0, 0.98, 0.976, 0.975])
def test_a_measurement_at_most_the_noise_below_its_floor_is_no_violation(recall: float) -> None:
    assert check_floors(measured(recall), FLOORS) == ()


@pytest.mark.parametrize("recall", [0.9749, 0.5, math.nan])
def test_a_measurement_further_below_its_floor_is_a_violation_of_that_metric(recall: float) -> None:
    (violation,) = check_floors(measured(recall), FLOORS)
    assert (violation.set_name, violation.metric) == ("drcd", "recall@1")
    assert str(violation).startswith("drcd recall@1: ") and "0.98" in violation.reason


def test_every_undercut_metric_is_reported() -> None:
    assert [violation.metric for violation in check_floors(measured(0.1, 0.1), FLOORS)] == ["recall@1", "mrr@10"]


def test_a_metric_with_a_floor_that_was_not_measured_is_a_violation() -> None:
    violations = check_floors({"drcd": Measurement(HASH, None, {"mrr@10": 1.0})}, FLOORS)
    assert violations == (Violation("drcd", "recall@1", "not measured, its floor is 0.98"),)


def test_other_data_under_the_same_name_is_a_violation_that_names_the_set() -> None:
    (violation,) = check_floors(measured(1.0, sha256=OTHER_HASH), FLOORS)
    assert (violation.set_name, violation.metric) == ("drcd", "") and OTHER_HASH in violation.reason


def test_a_sample_is_not_compared_with_the_floors_of_all_questions() -> None:
    (violation,) = check_floors(measured(1.0, sample=100), FLOORS)
    assert str(violation) == "drcd: measured on a sample of 100, its floors on all questions"


def test_sets_without_floors_and_floors_of_sets_not_measured_are_no_violation() -> None:
    assert check_floors({"cmrc": Measurement(OTHER_HASH, None, {"recall@1": 0.1})}, FLOORS) == ()


def test_floors_go_up_to_what_was_measured_and_keep_their_noise() -> None:
    raised = raise_floors(FLOORS, measured(0.985, 0.995)).sets["drcd"]
    assert raised.metrics == {"recall@1": Floor(0.985, 0.005), "mrr@10": Floor(0.995, 0.0)}


def test_a_floor_undercut_within_its_noise_stays() -> None:
    assert raise_floors(FLOORS, measured(0.977)).sets["drcd"].metrics["recall@1"] == Floor(0.98, 0.005)


def test_new_sets_and_new_metrics_get_the_given_noise_and_others_stay() -> None:
    new = {"cmrc": Measurement(OTHER_HASH, 50, {"em": 0.6})}
    raised = raise_floors(FLOORS, new, noise=0.02)
    assert raised.sets == {**FLOORS.sets, "cmrc": SetFloors(OTHER_HASH, 50, {"em": Floor(0.6, 0.02)})}


@pytest.mark.parametrize("lower", [measured(0.9), measured(1.0, sha256=OTHER_HASH), measured(1.0, sample=9)])
def test_lowering_or_replacing_a_floor_is_refused_unless_allowed(lower: dict[str, Measurement]) -> None:
    with pytest.raises(YinjuError, match=r"^drcd.*only when that is allowed explicitly\.$"):
        raise_floors(FLOORS, lower)
    replaced = raise_floors(FLOORS, lower, allow_lower=True).sets["drcd"]
    assert (replaced.sha256, replaced.sample) == (lower["drcd"].sha256, lower["drcd"].sample)
    assert {metric: floor.value for metric, floor in replaced.metrics.items()} == lower["drcd"].metrics


def test_a_metric_no_longer_measured_loses_its_floor_only_when_allowed() -> None:
    fewer = {"drcd": Measurement(HASH, None, {"mrr@10": 1.0})}
    with pytest.raises(YinjuError, match="not measured"):
        raise_floors(FLOORS, fewer)
    assert set(raise_floors(FLOORS, fewer, allow_lower=True).sets["drcd"].metrics) == {"mrr@10"}


def test_what_is_not_a_number_becomes_no_floor_even_when_lowering_is_allowed() -> None:
    with pytest.raises(YinjuError, match="nan cannot be a floor"):
        raise_floors(FLOORS, measured(math.nan), allow_lower=True)


@given(SHARES, SHARES)
def test_without_leave_no_floor_ever_goes_down(recall: float, mrr: float) -> None:
    try:
        raised = raise_floors(FLOORS, measured(recall, mrr))
    except YinjuError:
        assert check_floors(measured(recall, mrr), FLOORS)
        return
    for metric, floor in raised.sets["drcd"].metrics.items():
        assert floor.value >= FLOORS.sets["drcd"].metrics[metric].value


@given(SHARES, SHARES)
def test_what_was_measured_holds_the_floors_that_it_set(recall: float, mrr: float) -> None:
    now = measured(recall, mrr)
    assert check_floors(now, raise_floors(FLOORS, now, allow_lower=True)) == ()


def test_floors_come_back_from_their_file_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    floors = raise_floors(FLOORS, {"cmrc试": Measurement(OTHER_HASH, 50, {"em": 0.6})})
    write_floors(path, floors)
    assert load_floors(path) == floors
    assert json.loads(path.read_text(encoding="utf-8"))["version"] == 1
    assert [each.name for each in tmp_path.iterdir()] == ["floors.json"]


def test_the_file_is_the_same_whatever_the_order_of_the_sets(tmp_path: Path) -> None:
    one, two = SetFloors(HASH, None, {}), SetFloors(OTHER_HASH, None, {})
    write_floors(tmp_path / "ab.json", Floors({"a": one, "b": two}))
    write_floors(tmp_path / "ba.json", Floors({"b": two, "a": one}))
    assert (tmp_path / "ab.json").read_bytes() == (tmp_path / "ba.json").read_bytes()


def test_the_old_file_stays_whole_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "floors.json"
    write_floors(path, FLOORS)

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(YinjuError, match="No space left"):
        write_floors(path, Floors())
    assert load_floors(path) == FLOORS
    assert [each.name for each in tmp_path.iterdir()] == ["floors.json"]


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(YinjuError, match="cannot be written"):
        write_floors(tmp_path / "none" / "floors.json", FLOORS)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ([], "the file"),
        ({"version": 2, "floors": {}}, "version"),
        ({"version": 1}, "the file"),
        (entry(sha256="abc"), "floors.drcd.sha256"),
        (entry(sample=0), "floors.drcd.sample"),
        (entry(sample=True), "floors.drcd.sample"),
        (entry(metrics=[]), "floors.drcd.metrics"),
        (entry(metrics={"em": 0.5}), "floors.drcd.metrics.em"),
        (entry(metrics={"em": {"value": "0.5", "noise": 0}}), "floors.drcd.metrics.em.value"),
        (entry(metrics={"em": {"value": math.nan, "noise": 0}}), "floors.drcd.metrics.em.value"),
        (entry(metrics={"em": {"value": 0.5, "noise": -0.1}}), "floors.drcd.metrics.em.noise"),
        (entry(metrics={"em": {"value": 0.5}}), "floors.drcd.metrics.em"),
    ],
)
def test_a_file_of_another_form_is_named_with_the_place(tmp_path: Path, content: object, place: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(YinjuError) as caught:
        load_floors(path)
    assert str(caught.value).startswith(f"{path}: {place} ")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(YinjuError, match=r"floors\.json.*cannot be read"):
        load_floors(tmp_path / "floors.json")

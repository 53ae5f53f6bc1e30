"""What speaks for an answer, and that more of it makes the answerer surer, not less."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from passages import candidates, passage

from answer.confidence import CALIBRATION_FILE, Calibration, Evidence, evidence_for, features_of
from answer.readers import SPAN_CALIBRATION_FILE

MIDDLING = Evidence(
    passage_cosine=0.5,
    sentence_cosine=0.5,
    passage_coverage=0.5,
    sentence_coverage=0.5,
    margin=0.1,
    overlap=0.5,
    numbers_missing=0.0,
    year_missing=False,
    another_year=False,
    measure_missing=False,
)
numbers = st.floats(-1, 1)
evidence = st.builds(Evidence, *[numbers] * 7, *[st.booleans()] * 3)


@pytest.mark.parametrize("file", [CALIBRATION_FILE, SPAN_CALIBRATION_FILE])
def test_the_shipped_calibrations_weigh_features_that_there_are(file: Path) -> None:
    """A weight without a feature would break every answer."""
    read = replace(MIDDLING, log_odds=1.0) if file == SPAN_CALIBRATION_FILE else MIDDLING
    assert set(Calibration.load(file).weights) <= set(features_of(read))


@given(evidence)
def test_confidence_is_a_probability(found: Evidence) -> None:
    assert 0 <= Calibration.load().confidence(found) <= 1


@pytest.mark.parametrize("overlap", [0.0, 0.5, 1.0])
def test_a_sentence_that_matches_better_makes_the_answerer_surer(overlap: float) -> None:
    """In the article's script and in another."""
    calibration = Calibration.load()
    here = replace(MIDDLING, overlap=overlap)
    for better in (replace(here, sentence_cosine=0.9), replace(here, sentence_coverage=0.9)):
        assert calibration.confidence(here) <= calibration.confidence(better)


@pytest.mark.parametrize("file", [CALIBRATION_FILE, SPAN_CALIBRATION_FILE])
@pytest.mark.parametrize("mismatch", ["year_missing", "measure_missing"])
def test_another_year_or_no_such_measure_is_never_sure_enough(file: Path, mismatch: str) -> None:
    """A right-looking sentence about the wrong year is wrong."""
    calibration = Calibration.load(file)
    surest = replace(
        MIDDLING, passage_cosine=1.0, sentence_cosine=1.0, passage_coverage=1.0, sentence_coverage=1.0, log_odds=12.0
    )
    assert calibration.confidence(surest) > 0.9
    assert calibration.confidence(replace(surest, **{mismatch: True})) < calibration.threshold


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("2024年卖出多少吨？", False),
        ("2019年卖出多少吨？", True),
        ("卖出8.7万吨了吗？", False),
        ("卖出多少吨？", False),
        ("二〇二四年卖出多少吨？", False),
        ("去年卖出多少吨？", False),
        ("2000吨是哪一年卖出的？", False),
        ("1990年代卖出多少吨？", False),
    ],
)
def test_a_year_is_missing_where_the_passage_speaks_of_another(question: str, missing: bool) -> None:
    found = candidates(passage("港口2024年卖出8.6万吨甲醇。"), 0.5)
    assert evidence_for(question, found).year_missing is missing


def test_a_passage_without_years_may_be_about_any() -> None:
    found = candidates(passage("去年港口卖出8.6万吨甲醇。"), 0.5)
    assert evidence_for("2024年卖出多少吨？", found).year_missing is False


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("第二季度增长多少？", "二季度增长6.3%。", False),
        ("第3届展会在哪里办？", "第三届展会在海口办。", False),
        ("第二十届三中全会何时召开？", "二十届三中全会7月召开。", False),
        ("第25条规定了什么？", "第二十五条是罚则。", False),
        ("第四届展会在哪里办？", "第三届展会在海口办。", True),
        ("第三季度增长多少？", "二季度增长6.3%。", True),
        ("第四季度利润多少？", "Profit in the fourth quarter was $3m.", False),
    ],
)
def test_one_of_a_series_is_the_same_however_its_number_is_written(question: str, text: str, missing: bool) -> None:
    assert evidence_for(question, candidates(passage(text), 0.5)).year_missing is missing


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("今年预算多少？", False),
        ("去年预算多少？", True),
        ("預算多少？", False),
        ("How large was last year's budget?", False),
    ],
)
def test_last_years_is_not_this_years(question: str, missing: bool) -> None:
    found = candidates(passage("今年全市預算是十七億元。"), 0.5)
    assert evidence_for(question, found).year_missing is missing


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("2024年卖出多少吨？", 0.0),
        ("２０２４年卖出多少吨？", 0.0),
        ("2019年卖出多少吨？", 1.0),
        ("2019年到2024年卖出多少吨？", 0.5),
        ("卖出多少吨？", 0.0),
        ("24年卖出多少吨？", 1.0),
    ],
)
def test_numbers_are_missing_that_the_passage_does_not_have_as_such(question: str, missing: float) -> None:
    found = candidates(passage("港口2024年卖出8.6万吨甲醇。"), 0.5)
    assert evidence_for(question, found).numbers_missing == missing


@pytest.mark.parametrize(
    ("question", "another"),
    [
        ("2024年卖出多少吨？", False),
        ("2019年卖出多少吨？", True),
        ("卖出多少吨？", False),
        ("第三届何时开？", False),
        ("第一次在何时？", False),
    ],
)
def test_another_year_is_one_in_the_sentence_itself(question: str, another: bool) -> None:
    """The year asked for may stand elsewhere in the passage."""
    found = candidates(passage("港口2024年卖出8.6万吨甲醇。", "2019年开始卖。"), 0.5, 0.1)
    assert evidence_for(question, found).another_year is another


def test_the_margin_is_that_over_the_best_of_another_passage() -> None:
    """Sentences of one passage support one another."""
    best, other = passage("甲。", "乙。"), passage("丙。", start=50)
    found = (*candidates(best, 0.9, 0.8), *candidates(other, 0.6))
    assert evidence_for("丁", found).margin == pytest.approx(0.3)
    assert evidence_for("丁", found[:2]).margin == 0.0


def test_the_evidence_is_that_of_the_best_candidate() -> None:
    found = candidates(passage("灯塔很白。", "港口很大。", cosines=(0.7, 0.2)), 0.9, 0.1)
    seen = evidence_for("灯塔是什么颜色？", found)
    assert seen.sentence_cosine == 0.7
    assert 0 < seen.sentence_coverage <= 1


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("第七条规定了什么？", False),
        ("第十五条的内容是什么？", True),
        ("第一条高铁在哪里？", False),
        ("第四届是哪一年？", True),
    ],
)
def test_another_clause_of_a_law_is_not_the_one_asked_for(question: str, missing: bool) -> None:
    found = candidates(passage("第七条 胸径超过八十厘米的树木为古树名木。"), 0.5)
    assert evidence_for(question, found).year_missing is missing

"""What the reader alone is worth: its words, and whether its log-odds know what answers from what does not."""

import pytest

from eval.gold_paragraph import Read, measure_reading


def test_words_count_only_where_something_answers() -> None:
    reads = [Read(1.0, 1.0, 4.0), Read(0.0, 0.5, 2.0), Read(0.0, 0.0, 9.0, answerable=False)]
    measured = measure_reading(reads)
    assert measured["EM"].mean == 0.5
    assert measured["F1"].mean == 0.75


def test_neighbours_and_near_misses_are_told_apart_by_log_odds() -> None:
    reads = [Read(1.0, 1.0, 4.0, -5.0), Read(1.0, 1.0, 2.0, -1.0), Read(0.0, 0.0, 3.0, answerable=False)]
    measured = measure_reading(reads)
    assert measured["AUROC"].mean == 1.0
    assert measured["AUROC, near misses"].mean == 0.5


@pytest.mark.parametrize("answerable", [True, False])
def test_what_cannot_be_told_is_left_out(answerable: bool) -> None:
    measured = measure_reading([Read(1.0, 1.0, 4.0), Read(1.0, 1.0, 2.0, answerable=answerable)])
    assert "AUROC" not in measured
    assert ("AUROC, near misses" in measured) is not answerable

"""The metrics against values worked by hand, and against the plainest possible formula where there is one."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.answer_metrics import exact_match, gold_in_answer, token_f1
from eval.confidence_metrics import (
    AbstentionScores,
    abstention_scores,
    auroc,
    expected_calibration_error,
    risk_at_coverage,
    risk_coverage_area,
)
from eval.latency import Latency, latency_percentiles
from eval.ranking_metrics import average_precision, hit_at_k, recall_at_k, reciprocal_rank

TEXTS = st.text(alphabet="绿色发展之路は東京ไทยี้abTHE 3.,5%，。《》-\u3000", max_size=12)
LANGUAGES = st.sampled_from(["zh", "zh-Hant", "ja", "th", "en", "ru", "und"])


@pytest.mark.parametrize(("k", "wanted"), [(1, 0.0), (2, 0.5), (3, 0.5), (4, 1.0), (9, 1.0)])
def test_recall_is_the_share_of_the_relevant_items_among_the_first_k(k: int, wanted: float) -> None:
    assert recall_at_k([7, 3, 9, 5], {3, 5}, k) == wanted


def test_an_item_that_is_never_ranked_lowers_recall() -> None:
    assert recall_at_k([7, 3], {3, 100}, 10) == 0.5


@pytest.mark.parametrize(("k", "wanted"), [(1, False), (2, True), (3, True)])
def test_one_of_several_relevant_items_is_a_hit(k: int, wanted: bool) -> None:
    assert hit_at_k([7, 3, 9], {3, 100}, k) is wanted


@given(st.permutations(range(8)), st.integers(0, 9), st.integers(1, 9))
def test_hit_and_recall_agree_where_one_item_is_relevant(ranking: list[int], item: int, k: int) -> None:
    assert hit_at_k(ranking, {item}, k) == recall_at_k(ranking, {item}, k)


def test_reciprocal_rank_is_one_over_the_place_of_the_first_relevant_item() -> None:
    assert reciprocal_rank([7, 3, 9, 5], {5, 9}) == pytest.approx(1 / 3)


def test_reciprocal_rank_looks_no_further_than_the_tenth_place() -> None:
    assert reciprocal_rank(range(20), {9}) == pytest.approx(1 / 10)
    assert reciprocal_rank(range(20), {10}) == 0
    assert reciprocal_rank(range(20), {10}, k=11) == pytest.approx(1 / 11)


def test_average_precision_of_a_ranking_worked_by_hand() -> None:
    """Relevant at places 1, 3 and 4 of four relevant items: (1/1 + 2/3 + 3/4 + 0) / 4."""
    assert average_precision([10, 0, 20, 30, 1], {10, 20, 30, 40}) == pytest.approx((1 + 2 / 3 + 3 / 4) / 4)


@given(st.permutations(range(8)), st.sets(st.integers(0, 7), min_size=1))
def test_average_precision_is_one_exactly_where_the_relevant_items_come_first(
    ranking: list[int], relevant: set[int]
) -> None:
    assert (average_precision(ranking, relevant) == pytest.approx(1)) == (set(ranking[: len(relevant)]) == relevant)


def test_a_ranking_that_repeats_an_item_is_refused() -> None:
    with pytest.raises(ValueError, match="repeats"):
        average_precision([1, 1], {1})


def test_no_ranking_metric_is_defined_where_nothing_is_relevant() -> None:
    with pytest.raises(ValueError, match="relevant"):
        recall_at_k([1, 2], set(), 1)


def test_k_counts_from_one() -> None:
    with pytest.raises(ValueError, match="k counts"):
        reciprocal_rank([1], {1}, k=0)


@pytest.mark.parametrize(
    ("prediction", "gold"),
    [
        ("《红楼梦》。", "红楼梦"),
        ("NBA 篮球", "nba篮球"),
        ("北京 大学", "北京大学"),
        ("1937-1945年", "19371945年"),
        ("（3.5万吨）", "3.5万吨"),
        ("“一带一路”", "一带一路"),
    ],
)
def test_chinese_answers_match_but_for_case_punctuation_and_white_space(prediction: str, gold: str) -> None:
    assert exact_match(prediction, [gold], "zh")
    assert token_f1(prediction, [gold], "zh") == 1.0


@pytest.mark.parametrize(("prediction", "gold"), [("35万吨", "3.5万吨"), ("10", "10%"), ("绿色之路", "绿色发展之路")])
def test_chinese_answers_that_differ_in_more_do_not_match(prediction: str, gold: str) -> None:
    assert not exact_match(prediction, [gold], "zh")


def test_chinese_f1_counts_the_longest_run_in_common_and_not_the_bag() -> None:
    """甲乙 or 丙丁, two segments of four on either side; the bags would be equal."""
    assert token_f1("甲乙丙丁", ["丙丁甲乙"], "zh") == pytest.approx(2 * 2 / 8)


def test_latin_words_and_numbers_are_one_segment_of_a_chinese_answer() -> None:
    """2013 | 年 | iphone | 手 | 机 against iphone | 手 | 机: three in common, 2 * 3 / (5 + 3)."""
    assert token_f1("2013年iPhone手机", ["iPhone手机"], "zh") == pytest.approx(6 / 8)
    assert token_f1("2013", ["201"], "zh") == 0


def test_white_space_parts_latin_words_in_a_chinese_answer() -> None:
    """michael | jordan against jordan: 2 * 1 / (2 + 1)."""
    assert token_f1("Jordan", ["Michael Jordan"], "zh") == pytest.approx(2 / 3)


def test_the_best_of_several_gold_answers_counts() -> None:
    assert token_f1("绿色", ["开放", "绿色发展"], "zh") == pytest.approx(2 * 2 / 6)
    assert exact_match("绿色", ["开放", "绿色"], "zh")


def test_thai_and_japanese_are_compared_letter_by_letter_with_their_marks() -> None:
    """น้ำ is น with its tone mark, and ำ: two segments of three, and น alone is neither of them."""
    assert token_f1("น้ำ", ["น้ำใ"], "th") == pytest.approx(2 * 2 / 5)
    assert token_f1("น", ["น้"], "th") == 0
    assert token_f1("東京タワー", ["東京"], "ja") == pytest.approx(2 * 2 / 7)


def test_other_languages_match_but_for_case_punctuation_articles_and_white_space() -> None:
    assert exact_match("The  Carolina-Panthers!", ["carolinapanthers"], "en")
    assert exact_match("«Кубок»", ["кубок"], "ru")
    assert not exact_match("Panthers", ["Carolina Panthers"], "en")


def test_other_languages_share_a_bag_of_words() -> None:
    """big | red | dog | dog against dog | red: two in common, 2 * 2 / (4 + 2)."""
    assert token_f1("a big red dog dog", ["the dog, red"], "en") == pytest.approx(4 / 6)


def test_only_the_empty_prediction_is_right_for_a_question_without_an_answer() -> None:
    assert exact_match("", [], "zh") and token_f1("", [], "en") == 1.0
    assert not exact_match("绿色", [], "zh") and token_f1("green", [], "en") == 0.0


def test_an_answer_of_nothing_but_punctuation_or_an_article_equals_itself_alone() -> None:
    assert exact_match("A", ["a"], "en") and not exact_match("The", ["a"], "en")
    assert exact_match("#", ["#"], "zh") and not exact_match("？", ["#"], "zh") and not exact_match("", ["#"], "zh")


@given(TEXTS, st.lists(TEXTS, max_size=3), LANGUAGES)
def test_f1_lies_in_the_unit_interval_and_is_one_for_an_exact_match(
    prediction: str, golds: list[str], language: str
) -> None:
    f1 = token_f1(prediction, golds, language)
    assert 0 <= f1 <= 1
    assert f1 == 1 or not exact_match(prediction, golds, language)


@given(TEXTS, TEXTS, LANGUAGES)
def test_f1_does_not_depend_on_which_side_is_gold(left: str, right: str, language: str) -> None:
    assert token_f1(left, [right], language) == token_f1(right, [left], language)


@given(TEXTS, LANGUAGES)
def test_every_text_matches_itself(text: str, language: str) -> None:
    assert exact_match(text, [text], language)


def test_a_gold_answer_is_found_inside_a_sentence_across_line_breaks() -> None:
    assert gold_in_answer("这是一条绿色\n发展之路。", ["绿色发展之路"])
    assert gold_in_answer("这是绿色发展之路", ["开放", "绿色 发展"])
    assert not gold_in_answer("这是绿色发展之路", ["绿色之路"])


def test_a_blank_gold_answer_is_inside_nothing() -> None:
    assert not gold_in_answer("绿色", [" "]) and not gold_in_answer("绿色", [])


def test_abstention_scores_worked_by_hand() -> None:
    """Two of three abstentions right, two of four unanswerable questions met: 2/3, 1/2, 4/7."""
    abstained = [True, True, True, False, False, False]
    unanswerable = [True, True, False, True, True, False]
    scores = abstention_scores(abstained, unanswerable)
    assert (scores.precision, scores.recall, scores.f1) == pytest.approx((2 / 3, 1 / 2, 4 / 7))


def test_never_abstaining_scores_zero_and_not_an_error() -> None:
    assert abstention_scores([False, False], [True, False]) == AbstentionScores(0.0, 0.0, 0.0)


def test_sequences_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="2 and 1"):
        abstention_scores([True, False], [True])


def test_auroc_worked_by_hand_with_a_tie() -> None:
    """Positives 0.9 and 0.4, negatives 0.4 and 0.1: of four pairs three are right and one is a tie."""
    assert auroc([0.9, 0.4, 0.4, 0.1], [True, True, False, False]) == pytest.approx(3.5 / 4)


@given(
    st.lists(st.tuples(st.integers(-3, 3), st.booleans()), min_size=2).filter(
        lambda rows: len({p for _, p in rows}) == 2
    )
)
def test_auroc_is_the_share_of_pairs_in_the_right_order(rows: list[tuple[int, bool]]) -> None:
    positives, negatives = [s for s, p in rows if p], [s for s, p in rows if not p]
    pairs = [(high > low) + (high == low) / 2 for high in positives for low in negatives]
    assert auroc([s for s, _ in rows], [p for _, p in rows]) == pytest.approx(sum(pairs) / len(pairs))


@pytest.mark.parametrize(
    ("scores", "positive"), [([0.5, 0.6], [True, True]), ([math.nan, 0.6], [True, False]), ([], [])]
)
def test_auroc_needs_numbers_of_both_kinds(scores: list[float], positive: list[bool]) -> None:
    with pytest.raises(ValueError, match="both kinds"):
        auroc(scores, positive)


def test_calibration_error_worked_by_hand() -> None:
    """Bin (0.8, 0.9]: confidence 0.9, accuracy 1/2, two of three; bin (0, 0.1]: 0.1 against 0, one of three."""
    error = expected_calibration_error([0.9, 0.9, 0.1], [True, False, False])
    assert error == pytest.approx(2 / 3 * 0.4 + 1 / 3 * 0.1)


def test_a_confidence_on_the_edge_of_a_bin_belongs_to_the_lower_one() -> None:
    """0.65 and 0.7 share a bin, so their errors cancel: |(0.65 + 0.7) / 2 - 1/2|; apart they would add up."""
    assert expected_calibration_error([0.65, 0.7], [True, False]) == pytest.approx(0.175)
    assert expected_calibration_error([0.25, 0.3], [True, False]) == pytest.approx(0.225)
    assert expected_calibration_error([0.0, 1.0], [False, True]) == 0


def test_a_confidence_outside_the_unit_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="0..1"):
        expected_calibration_error([1.2], [True])


def test_latency_percentiles_lie_linearly_between_the_times() -> None:
    assert latency_percentiles([float(time) for time in range(100, -1, -1)]) == Latency(50.0, 90.0, 95.0, 99.0)
    assert latency_percentiles([10.0, 20.0]).p50 == 15.0


def test_there_are_no_percentiles_of_no_times() -> None:
    with pytest.raises(ValueError, match="no times"):
        latency_percentiles([])


def test_risk_is_the_share_of_wrong_answers_among_the_surest() -> None:
    """Right, wrong, right, wrong by falling confidence: 0, 1/2, 1/3, 1/2."""
    confidences, correct = [0.4, 0.9, 0.7, 0.1], [True, True, False, False]
    assert risk_at_coverage(confidences, correct, 0.25) == 0
    assert risk_at_coverage(confidences, correct, 0.5) == 0.5
    assert risk_at_coverage(confidences, correct, 0.75) == pytest.approx(1 / 3)
    assert risk_at_coverage(confidences, correct, 1.0) == 0.5
    assert risk_coverage_area(confidences, correct) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


def test_of_answers_equally_sure_the_wrong_ones_count_first() -> None:
    assert risk_at_coverage([0.5, 0.5], [True, False], 0.5) == 1.0


@pytest.mark.parametrize("coverage", [0.0, -0.1, 1.1])
def test_there_is_no_such_coverage(coverage: float) -> None:
    with pytest.raises(ValueError, match="coverage"):
        risk_at_coverage([0.5], [True], coverage)


def test_the_risk_of_no_answer_is_not_defined() -> None:
    with pytest.raises(ValueError, match="no answer"):
        risk_coverage_area([], [])

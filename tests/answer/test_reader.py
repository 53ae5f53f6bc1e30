"""The reader ranks sentences by meaning and by the terms that they share with the question."""

from hypothesis import given
from hypothesis import strategies as st
from passages import passage

from answer.reader import QuestionTerms, SentenceReader, sentence_text
from index.passage import Passage


def best_sentence(question: str, *found: Passage) -> str:
    best = SentenceReader().read(question, found)[0]
    return sentence_text(best.passage, best.span)


def test_there_is_one_candidate_for_each_sentence_best_first() -> None:
    found = passage("甲在山上。", "乙在河边。", cosines=(0.2, 0.4), start=7)
    read = SentenceReader().read("乙在哪里？", [found])
    assert [sentence_text(item.passage, item.span) for item in read] == ["乙在河边。", "甲在山上。"]
    assert read[0].score > read[1].score
    assert {item.span for item in read} == {match.span for match in found.sentences}


def test_nothing_is_read_from_nothing() -> None:
    assert SentenceReader().read("什么？", []) == ()


def test_of_sentences_that_share_the_same_terms_the_one_closer_in_meaning_wins() -> None:
    assert best_sentence("灯塔", passage("灯塔很高。", "灯塔很白。", cosines=(0.3, 0.6))) == "灯塔很白。"


def test_of_sentences_equally_close_the_one_that_shares_a_rare_term_wins() -> None:
    """All sentences are about ports; one has the year."""
    found = passage("港口在扩建。", "港口在2023年扩建。", "港口在减排。")
    assert best_sentence("港口2023年做了什么？", found) == "港口在2023年扩建。"


def test_a_traditional_question_shares_its_terms_with_simplified_text() -> None:
    assert best_sentence("燈塔", passage("港口很大。", "灯塔很高。")) == "灯塔很高。"


def test_a_question_in_another_script_is_judged_by_meaning_alone() -> None:
    """A digit that it happens to share decides nothing."""
    found = passage("灯塔建于很久以前。", "共有7艘船停在港口。", cosines=(0.6, 0.4))
    assert (
        best_sentence("When were the 7 lighthouses of the old northern harbour built?", found) == "灯塔建于很久以前。"
    )


def test_equal_candidates_stay_in_reading_order() -> None:
    found = passage("甲。", "乙。", "丙。")
    assert [item.span for item in SentenceReader().read("丁", [found])] == [match.span for match in found.sentences]


def test_a_passage_that_ranks_higher_lends_its_sentences_weight() -> None:
    first, second = passage("甲。", score=1.0), passage("乙。", score=-1.0, start=40)
    assert best_sentence("丁", second, first) == "甲。"


def test_coverage_weighs_terms_by_rarity_and_overlap_counts_them_plainly() -> None:
    """`red` stands in all texts, `kite` in one, `moon` in none."""
    terms = QuestionTerms.of("red kite moon", ["red kite", "red sea", "red hat"])
    assert terms.overlap == 2 / 3
    assert terms.coverage[0] > 2 * terms.coverage[1] > 0
    assert terms.coverage[1] == terms.coverage[2]


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=5))
def test_coverage_and_overlap_are_shares(question: str, texts: list[str]) -> None:
    terms = QuestionTerms.of(question, texts)
    assert len(terms.coverage) == len(texts)
    assert all(0 <= share <= 1 for share in (*terms.coverage, terms.overlap))


def test_a_question_that_quotes_finds_the_words() -> None:
    found = passage("局长谈到了河流与治理。", "她说：“清澈的河流只是一个必要的条件。”", cosines=(0.9, 0.3))
    assert best_sentence("谁谈到“清澈的河流只是一个必要的条件”？", found).startswith("她说")


def test_a_sentence_without_the_measure_that_is_asked_for_steps_back() -> None:
    found = passage("Phosphate fell by 70 per cent.", "The works took £38 million.", cosines=(0.6, 0.5))
    assert best_sentence("How much did the works cost?", found) == "The works took £38 million."


def test_of_sentences_with_years_the_one_with_the_year_asked_for_wins() -> None:
    found = passage("港口2024年修了法例，輪候時間縮短。", "輪候時間2019年是二十一個月。", cosines=(0.6, 0.5))
    assert best_sentence("2019年輪候多久", found) == "輪候時間2019年是二十一個月。"


def test_a_sentence_that_asks_gives_way_to_one_that_says() -> None:
    found = passage("有人问，北线能不能被取代？", "北线不能被取代。", cosines=(0.55, 0.5))
    assert best_sentence("北线能被取代吗", found) == "北线不能被取代。"


def test_what_a_web_page_prints_around_an_article_answers_only_who_asks_for_it() -> None:
    found = passage("2025年09月16日 来源：经世日报 责任编辑：林禾\n", "倡议2017年提出。", cosines=(0.6, 0.5))
    assert best_sentence("哪年提出的？", found) == "倡议2017年提出。"
    assert "林禾" in best_sentence("责任编辑是谁？", found)


def test_a_line_without_a_letter_is_no_candidate() -> None:
    found = passage("---\n", "灯塔很高。")
    assert [sentence_text(item.passage, item.span) for item in SentenceReader().read("灯塔", [found])] == ["灯塔很高。"]

"""Which of the candidates are quoted, and how much of each."""

import pytest
from passages import candidates, passage

from answer.enumeration import Enumeration
from answer.reader import Candidate
from answer.selection import Quote, announces, attributed, best_sentences, enumerated, enumeration_for, led_in
from ingest.document import Span

TEXT = passage("甲甲甲甲。", "乙乙乙乙。", "丙丙丙丙。", start=100)
SERIES = Enumeration(intro=Span(100, 105), items=(Span(105, 110), Span(110, 115)))


def test_only_the_best_sentence_is_quoted_if_no_other_comes_close() -> None:
    assert best_sentences(candidates(TEXT, 0.1, 0.9, 0.2), most=3, close=0.02) == (Quote("d", Span(105, 110)),)


def test_neighbours_that_come_close_are_one_quote_in_reading_order() -> None:
    assert best_sentences(candidates(TEXT, 0.1, 0.895, 0.9), most=3, close=0.02) == (Quote("d", Span(105, 115)),)


def test_sentences_apart_are_two_quotes_in_reading_order() -> None:
    quotes = best_sentences(candidates(TEXT, 0.89, 0.1, 0.9), most=3, close=0.02)
    assert quotes == (Quote("d", Span(100, 105)), Quote("d", Span(110, 115)))


def test_no_more_sentences_are_quoted_than_asked_for() -> None:
    assert best_sentences(candidates(TEXT, 0.9, 0.9, 0.9), most=2, close=0.02) == (Quote("d", Span(100, 110)),)
    assert best_sentences(candidates(TEXT, 0.9, 0.9, 0.9), most=1, close=0.02) == (Quote("d", Span(100, 105)),)


def test_another_passage_is_not_quoted_with_the_best_one() -> None:
    other = passage("丁丁丁丁。", start=300)
    found = (*candidates(TEXT, 0.9, 0.1, 0.1)[:1], Candidate(other, Span(300, 305), 0.9))
    assert best_sentences(found, most=2, close=0.02) == (Quote("d", Span(100, 105)),)


def test_sentences_that_are_as_likely_are_quoted_from_wherever_they_stand() -> None:
    """The best one's passage comes first, though it stands later; one that is less likely stays out."""
    other = passage("丁丁丁丁。", start=10)
    best = Candidate(TEXT, Span(105, 110), 0.9, focus=Span(106, 108), log_odds=3.0)
    for score, quoted in ((0.89, 2), (0.8, 1)):
        found = (best, Candidate(other, Span(10, 15), score, focus=Span(11, 12), log_odds=2.0))
        quotes = best_sentences(found, most=2, close=0.02, anywhere=True)
        assert quotes == (Quote("d", Span(105, 110), Span(106, 108)), Quote("d", Span(10, 15)))[:quoted]


def test_a_sentence_of_two_passages_is_quoted_once() -> None:
    """Passages overlap where the operator says so."""
    again = Candidate(passage("乙乙乙乙。", "丙丙丙丙。", start=105), Span(105, 110), 0.9)
    best, near = Candidate(TEXT, Span(105, 110), 0.9), Candidate(TEXT, Span(100, 105), 0.9)
    for found in ((best, again, near), (best, near, again)):
        assert best_sentences(found, most=2, close=0.02, anywhere=True) == (Quote("d", Span(100, 110)),)


def test_a_quote_points_at_the_words_that_the_reader_found() -> None:
    """Also where a neighbour is quoted with it, but not in a quote of another sentence."""
    best = Candidate(TEXT, Span(105, 110), 0.9, focus=Span(106, 108), log_odds=3.0)
    near, apart = Candidate(TEXT, Span(110, 115), 0.895), Candidate(TEXT, Span(100, 105), 0.895)
    assert best_sentences((best, near), most=2, close=0.02) == (Quote("d", Span(105, 115), Span(106, 108)),)
    other = Candidate(TEXT, Span(110, 115), 0.9, focus=Span(111, 112), log_odds=3.0)
    assert best_sentences((other, apart), most=2, close=0.02) == (
        Quote("d", Span(100, 105)),
        Quote("d", Span(110, 115), Span(111, 112)),
    )


@pytest.mark.parametrize(
    "second", ["这会带来就业。", "对此人们看法不一。", "专家围绕上述问题研讨。", "本刊就相关情况采访。"]
)
def test_a_quote_that_points_back_begins_with_the_sentence_before(second: str) -> None:
    text = passage("港口在扩建。", second, start=100)
    end = 106 + len(second)
    assert led_in((Quote("d", Span(106, end)),), candidates(text, 0.1, 0.9)) == (Quote("d", Span(100, end)),)


def test_a_conclusion_at_a_paragraphs_opening_follows_its_reason() -> None:
    """The reason ends the paragraph before, which a blank line parts."""
    text = passage("送餐最难。", "所以找学生送。", start=100, between="\n\n")
    reason, conclusion = Quote("d", Span(100, 105)), Quote("d", Span(107, 114))
    assert led_in((conclusion,), candidates(text, 0.1, 0.9)) == (reason, conclusion)


def test_who_spoke_is_told_where_the_quote_has_a_pronoun_alone() -> None:
    text = passage("局长来了。", "“水很干净”，她说。", "河水变清。", start=100)
    found = candidates(text, 0.1, 0.9, 0.2)
    assert attributed((Quote("d", Span(105, 114)),), found) == (Quote("d", Span(100, 114)),)
    assert attributed((Quote("d", Span(114, 119)),), found) == (Quote("d", Span(114, 119)),)


def test_a_quote_that_stands_on_its_own_is_left_alone() -> None:
    """`其中` and `其他` open no reference to a thing before."""
    for opening in ("港口会带来就业。", "其中有渔民。"):
        text = passage("港口在扩建。", opening, start=100)
        quote = Quote("d", Span(106, 106 + len(opening)))
        assert led_in((quote,), candidates(text, 0.1, 0.9)) == (quote,)


def test_the_first_sentence_of_a_passage_has_none_before_it() -> None:
    text = passage("这会带来就业。", start=100)
    quote = Quote("d", Span(100, 107))
    assert led_in((quote,), candidates(text, 0.9)) == (quote,)


def test_the_best_candidate_points_at_its_enumeration_by_an_item_or_by_the_intro() -> None:
    assert enumeration_for(candidates(TEXT, 0.1, 0.1, 0.9), [SERIES], "d") == SERIES
    assert enumeration_for(candidates(TEXT, 0.9, 0.1, 0.1), [SERIES], "d") == SERIES


def test_a_candidate_elsewhere_points_at_no_enumeration() -> None:
    elsewhere = passage("丁丁丁丁。", start=300)
    assert enumeration_for(candidates(elsewhere, 0.9), [SERIES], "d") is None
    assert enumeration_for(candidates(TEXT, 0.9, 0.9, 0.9), [], "d") is None


def test_an_enumeration_of_another_article_is_not_meant() -> None:
    """Its offsets count in another text."""
    other = passage("甲甲甲甲。", "乙乙乙乙。", start=100, document="e")
    assert enumeration_for(candidates(other, 0.9, 0.9), [SERIES], "d") is None


def test_a_distant_second_points_at_no_enumeration() -> None:
    elsewhere = passage("丁丁丁丁。", start=300)
    found = (*candidates(elsewhere, 0.9), *candidates(TEXT, 0.1, 0.1, 0.1))
    assert enumeration_for(found, [SERIES], "d") is None


def test_an_item_as_good_as_the_best_points_at_its_enumeration() -> None:
    """One that is only close does not."""
    elsewhere = passage("丁丁丁丁。", start=300)
    for score, pointed_at in ((0.89, SERIES), (0.84, None)):
        found = (*candidates(elsewhere, 0.9), *candidates(TEXT, 0.1, 0.1, score))
        assert enumeration_for(found, [SERIES], "d") == pointed_at


def test_short_items_are_quoted_whole() -> None:
    assert enumerated(SERIES, [], "d") == (Quote("d", Span(105, 110)), Quote("d", Span(110, 115)))


def test_of_a_long_item_its_first_sentence_is_quoted() -> None:
    series = Enumeration(None, (Span(0, 400), Span(400, 410)))
    sentences = [Span(0, 30), Span(30, 400), Span(400, 410)]
    assert enumerated(series, sentences, "d") == (Quote("d", Span(0, 30)), Quote("d", Span(400, 410)))


def test_a_long_item_never_reaches_into_the_next() -> None:
    """Items of one sentence, parted by semicolons."""
    series = Enumeration(None, (Span(0, 300), Span(300, 600)))
    assert enumerated(series, [Span(0, 600)], "d") == (Quote("d", Span(0, 300)), Quote("d", Span(300, 600)))


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("调查组提出四条建议：", 3),
        ("社区养老存在三个问题。", 3),
        ("The report makes two recommendations.", 2),
        ("他去了三个城市，很累。", 0),
        ("There were two accidents near the harbour in 1990.", 0),
    ],
)
def test_a_sentence_that_only_announces_says_how_many_follow(sentence: str, count: int) -> None:
    assert announces(sentence) == count

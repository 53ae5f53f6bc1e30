"""A text without an answer is shown where it looks most like one."""

from index.encoder import SentenceEncoder
from ingest.document import Span
from train.examples import Example
from train.lures import with_lures

TEXT = "灯塔建于1893年。渔民喜欢这里。港口每年吞吐33万吨。"
BARE = Example("1", "g", "zh", "zh", "机场每年吞吐多少万吨？", TEXT, None)


def test_the_sentence_closest_in_meaning_lures(encoder: SentenceEncoder) -> None:
    """Whatever language asks."""
    english = Example("2", "g", "zh", "en", "In what year was the old mill built?", TEXT, None)
    made = with_lures([BARE, english], encoder)
    assert [one.lure.of(TEXT) for one in made if one.lure] == ["港口每年吞吐33万吨。", "灯塔建于1893年。"]


def test_what_has_an_answer_or_a_lure_stays_as_it_is(encoder: SentenceEncoder) -> None:
    answered = Example("3", "g", "zh", "zh", "港口每年吞吐多少？", TEXT, Span(21, 25))
    lured = Example("4", "g", "zh", "zh", "灯塔有多高？", TEXT, None, lure=Span(0, 10))
    assert with_lures([answered, lured], encoder) == [answered, lured]


def test_a_text_of_no_sentence_has_nothing_that_lures(encoder: SentenceEncoder) -> None:
    blank = Example("5", "g", "zh", "zh", "灯塔有多高？", " ", None)
    assert with_lures([BARE, blank], encoder)[1] == blank

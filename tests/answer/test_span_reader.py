"""The reader that reads weighs whole sentences and points at the words within them."""

from dataclasses import replace

from passages import passage

from answer.reader import SentenceReader, sentence_text
from answer.span_model import SpanModel
from answer.span_reader import ReadingSettings, SpanReader

HARBOUR = passage("灯塔建于1893年。", "港口每年吞吐33万吨。", "渔民喜欢这里。", document="a", start=40)
OTHER = passage("天气很好。", "山上有雪。", document="b", score=-1.0)


def test_the_sentence_that_answers_comes_first_with_the_words_that_do(span_model: SpanModel) -> None:
    best = SpanReader(span_model).read("港口每年吞吐多少吨？", [HARBOUR, OTHER])[0]
    assert sentence_text(best.passage, best.span) == "港口每年吞吐33万吨。"
    assert best.focus is not None
    assert sentence_text(best.passage, best.focus) in ("33万吨", "33万", "33")
    unanswered = SpanReader(span_model).read("港口由哪家公司经营？", [HARBOUR, OTHER])[0]
    assert best.log_odds is not None
    assert unanswered.log_odds is not None
    assert best.log_odds > unanswered.log_odds + 2


def test_every_sentence_stays_a_candidate_once(span_model: SpanModel) -> None:
    """Also those that were not read, which have no log-odds."""
    settings = ReadingSettings(windows=1, tokens=8)
    found = SpanReader(span_model, settings).read("灯塔建于哪一年？", [HARBOUR, OTHER])
    assert sorted((item.passage.chunk.id, item.span) for item in found) == sorted(
        (item.passage.chunk.id, item.span) for item in SentenceReader().read("灯塔建于哪一年？", [HARBOUR, OTHER])
    )
    assert sum(item.log_odds is not None for item in found) == 1
    assert all((item.focus is None) == (item.log_odds is None) for item in found)


def test_the_words_pointed_at_lie_within_their_sentence(span_model: SpanModel) -> None:
    for item in SpanReader(span_model).read("谁喜欢这里？", [HARBOUR, OTHER]):
        assert item.focus is None or item.span.contains(item.focus)


def test_one_long_passage_does_not_take_all_windows(span_model: SpanModel) -> None:
    """A sentence that one window holds is not read in another."""
    settings = ReadingSettings(windows=2, tokens=400, reach=9.0)
    found = SpanReader(span_model, settings).read("山上有什么？", [HARBOUR, replace(OTHER, score=-5.0)])
    assert all(item.log_odds is not None for item in found)


def test_what_could_not_come_first_any_more_is_not_read(span_model: SpanModel) -> None:
    """A sentence of another passage is read only while it could overtake what was read before it."""
    for reach, read in ((0.0, False), (9.0, True)):
        reader = SpanReader(span_model, ReadingSettings(reach=reach))
        found = reader.read("港口每年吞吐多少吨？", [HARBOUR, OTHER])
        assert any(item.log_odds is not None for item in found if item.passage.chunk.document_id == "b") == read


def test_nothing_is_read_from_nothing(span_model: SpanModel) -> None:
    assert SpanReader(span_model).read("什么？", []) == ()

"""What is read of a passage: whole sentences around the promising one, within a budget of tokens."""

from hypothesis import given
from hypothesis import strategies as st

from answer.reading_window import SentencedText, window_around
from answer.span_model import SpanModel


def test_a_window_grows_on_both_sides_while_there_is_room() -> None:
    assert window_around(2, [10, 10, 10, 10, 10], 30) == range(1, 4)


def test_what_stands_before_goes_first() -> None:
    assert window_around(1, [10, 10, 10], 20) == range(0, 2)


def test_a_sentence_longer_than_the_budget_is_read_alone_and_whole() -> None:
    assert window_around(1, [5, 90, 5], 40) == range(1, 2)


def test_at_an_end_the_window_grows_the_other_way() -> None:
    assert window_around(0, [10, 10, 10, 10], 30) == range(0, 3)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=20), st.integers(1, 200), st.data())
def test_a_window_holds_its_seed_and_keeps_to_the_budget(tokens: list[int], most: int, data: st.DataObject) -> None:
    seed = data.draw(st.integers(0, len(tokens) - 1))
    window = window_around(seed, tokens, most)
    assert seed in window
    assert sum(tokens[window.start : window.stop]) <= max(most, tokens[seed])


def test_every_token_belongs_to_one_sentence(span_model: SpanModel) -> None:
    text = "绿色发展是底色。  It began in 2013! 是吗？"
    counted = SentencedText.of(text, span_model.tokenizer)
    assert [span.of(text) for span in counted.spans] == ["绿色发展是底色。", "It began in 2013!", "是吗？"]
    assert all(counted.tokens)
    assert sum(counted.tokens) == len(span_model.tokenizer.encode(text, add_special_tokens=False).ids)

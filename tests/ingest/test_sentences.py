"""Sentences of many languages, none of whose characters is lost."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.sentences import MAX_SENTENCE, sentence_spans


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["绿色是底色。", "如何推进？", "本期研讨！"],
        ["他说：“好。走吧。”然后离开。", "他们来了。"],
        ["“走吧。”他说。", "她没有动。"],
        ["他指出：“这是一条绿色发展之路，也是一条开放之路。”", "这一论断十分重要，影响极为深远。"],
        ["占比为 40.39%，同比增长 3.5 个百分点。", "2024 年继续增长。"],
        ["《你好。再见？》是一本书。", "它很薄。"],
        ["（见下图。）", "图中有三条线。"],
        ["技术标准不统一；设备兼容性差；等等。", "困难不少。"],
        ["他……走了……好吧。", "再见。"],
        ["これは本です。", "それは何ですか？", "知りません。"],
        ["한국어 문장입니다.", "두 번째 문장입니다."],
        ["Dr. J. R. Smith left the U.S. market, e.g. No. 5 at 40.39%.", "He came back... and stayed."],
        ['"Why?" he asked.', '"Because."', "Nobody moved."],
        ["He works at Acme Inc.", "She does not."],
        ["Is it true?!", "Yes (it is).", "1. is a number."],
        ["قال ذلك؟", "نعم، قاله.", "ثم ذهب."],
        ["यह एक वाक्य है।", "यह दूसरा है।"],
        ["Это стр. 5 и т.д. в тексте.", "Вот второе."],
    ],
)
def test_text_is_cut_where_sentences_end(parts: list[str]) -> None:
    between = " " if parts[0].isascii() or parts[0][0] in "한قयЭ" else ""
    assert sentences(between.join(parts)) == parts


def test_a_long_quotation_is_cut_into_its_sentences() -> None:
    quoted = "".join(f"第{number}件事情也要认真去做好，不能有丝毫的马虎。" for number in "一二三四五六")
    assert len(sentences(f"他说：“{quoted}”会议结束。")) == 7


def test_a_blank_line_ends_a_sentence_and_a_single_line_break_does_not() -> None:
    assert sentences("标题没有句号\n\n正文在\n这里。") == ["标题没有句号", "正文在\n这里。"]


def test_a_stretch_without_full_stops_is_cut_at_weaker_marks() -> None:
    text = "绿色发展，" * 300
    assert all(len(part) <= MAX_SENTENCE and part.endswith("，") for part in sentences(text))
    thai = "ภาษาไทยไม่มีจุด " * 100
    assert all(len(part) <= MAX_SENTENCE and part.endswith("จุด") for part in sentences(thai))
    assert [len(part) for part in sentences("字" * 1000)] == [400, 400, 200]


def test_an_unclosed_quotation_does_not_swallow_the_rest() -> None:
    assert sentences("他说：“好。走吧。然后离开。") == ["他说：“好。", "走吧。", "然后离开。"]


TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from("绿a1 .。？!?“”（）()《》\"'’…；,\n\u3000É"), max_size=600).map("".join),
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_spans_cover_everything_but_white_space_in_order(text: str) -> None:
    position = 0
    for span in sentence_spans(text):
        assert text[position : span.start].strip() == ""
        assert span.start >= position
        assert 0 < len(span) <= MAX_SENTENCE
        assert span.of(text) == span.of(text).strip()
        position = span.end
    assert text[position:].strip() == ""


@pytest.mark.parametrize("unit", ["绿色发展。", "“（", "字", "a. ", "?!", "（绿。）", "“绿。", "… ", "\n \n"])
def test_a_million_characters_take_seconds(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    start = perf_counter()
    sentence_spans(text)
    assert perf_counter() - start < 15

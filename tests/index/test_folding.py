"""Texts that readers take for the same fold to the same, and every folded character knows where it stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.folding import fold, fold_with_offsets
from ingest.document import Span

# Where lengths change, clusters meet or scripts are mixed; no Chinese words that are simplified as a phrase.
TRICKY = list("ab3 Éß㎏…ﬁ①㈱½ｶﾞハﾟ\u0301\u0345\u3099각가ㄱㅏㅋᄀ\u1161\u11a8ﾡￂ㉠की้ำ🇨🇳👨\u200d\n\r、")
# Letters that form a syllable with the one before, in every form that Unicode has of them.
HANGUL = "각가ㄱㅏㄳᄀ\u1161\u11a8ﾡￂ㉠\u0301"
tricky_texts = st.text(st.sampled_from(TRICKY), max_size=20) | st.text(st.sampled_from(HANGUL), max_size=8)
words = st.text(st.sampled_from("乾隆著作干皇帝後裡髮發面麵𠀀"), max_size=12)
any_texts = tricky_texts | words | st.text(max_size=40)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("３３萬噸", "33万吨"),
        ("綠色發展", "绿色发展"),
        ("頭髮和發展", "头发和发展"),
        ("ＧＤＰ", "gdp"),
        ("５０％", "50%"),
        ("ｶﾞｽ", "ガス"),
        ("㎏", "kg"),
        ("ﬁn", "FIN"),
        ("Straße", "STRASSE"),
        ("cafe\u0301", "CAFÉ"),
        ("ㅎㅏㄴ", "하ㄴ"),
        ("二○三○年", "2030年"),
        ("一九九七年", "1997年"),
    ],
)
def test_what_readers_take_for_the_same_folds_to_the_same(written, same):
    assert fold(written) == fold(same)


def test_what_means_something_else_stays_apart():
    assert len({fold(text) for text in ("33万吨", "33亿吨", "3.3万吨", "绿色", "红色", "三千二百年", "3200年")}) == 7


def test_a_character_keeps_its_traditional_form_where_the_word_does():
    assert fold("乾隆皇帝") == "乾隆皇帝"
    assert fold("乾淨") == "干净"


@given(any_texts)
def test_folding_with_and_without_offsets_gives_one_text(text):
    assert fold_with_offsets(text).text == fold(text)


@given(any_texts)
def test_folding_twice_changes_nothing_in_simplified_text(text):
    once = fold("绿色" + text)
    assert once.startswith("绿色") and "綠" not in fold(once)


@given(any_texts)
def test_every_folded_character_comes_from_a_place_inside_the_text_in_order(text):
    folded = fold_with_offsets(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)
    assert list(folded.ends) == sorted(folded.ends)


@given(tricky_texts.filter(bool), st.data())
def test_a_folded_span_maps_back_to_text_that_folds_to_it(text, data):
    folded = fold_with_offsets(text)
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    original = folded.original(Span(start, end))
    assert folded.text[start:end] in fold(original.of(text))


@given(any_texts.filter(bool))
def test_the_whole_folded_text_maps_back_to_the_whole_text(text):
    folded = fold_with_offsets(text)
    assert folded.original(Span(0, len(folded.text))) == Span(0, len(text))


@pytest.mark.parametrize(
    ("text", "found", "original"),
    [
        ("共33萬噸鋼", "33万吨", "33萬噸"),
        ("重５㎏的", "kg", "㎏"),
        ("重５㎏的", "g的", "㎏的"),
        ("等等…好", ".", "…"),
        ("等等…好", "好", "好"),
        ("a ﬁne day", "fin", "ﬁn"),
        ("a ﬁne day", "ine", "ﬁne"),
        ("Le cafe\u0301 noir", "café", "cafe\u0301"),
        ("東京ｶﾞｽ株式", "ガス", "ｶﾞｽ"),
        ("Die Straße", "strasse", "Straße"),
        ("ㄱㅏ를", "가", "ㄱㅏ"),
    ],
)
def test_a_match_is_shown_as_it_was_written(text, found, original):
    folded = fold_with_offsets(text)
    start = folded.text.index(found)
    assert folded.original(Span(start, start + len(found))).of(text) == original


def test_an_empty_span_has_no_original():
    with pytest.raises(ValueError, match="empty"):
        fold_with_offsets("绿色").original(Span(1, 1))


def test_half_of_a_surrogate_pair_folds_to_the_replacement_character():
    assert fold("綠\ud800色") == fold_with_offsets("綠\ud800色").text == "绿\ufffd色"

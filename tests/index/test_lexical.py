"""The lexical side finds a passage by any spelling of its words, in any script, and never needs to find anything."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import LexicalIndex, tokenize

PASSAGES = (
    "中国石油在伊拉克的项目每年回收天然气33万吨。",
    "“一带一路”绿色发展国际联盟有来自40多个国家的150多家合作伙伴。",
    "中老铁路全长1035公里，让GDP增长1.5%，5G网络覆盖沿线。",
    "綠色發展是高質量發展的底色。",
    "The railway is 1,035 kilometres long.",
    "한국 기업은 태양광 발전소를 건설했다.",
    "……",
)


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return LexicalIndex.from_texts(PASSAGES)


def best(index: LexicalIndex, question: str) -> str:
    scores = index.scores(question)
    assert scores.max() > 0
    return PASSAGES[int(scores.argmax())]


@pytest.mark.parametrize("spelling", ["33万吨", "33 万吨", "３３萬噸", "33万 吨", "33\u3000万\u00a0吨", "３３ 萬 噸"])
def test_a_quantity_is_found_in_every_spelling(index, spelling):
    assert tokenize(spelling) == ["33", "33万", "万", "吨", "万吨"]
    assert best(index, spelling) == PASSAGES[0]
    assert (index.scores(spelling) == index.scores("33万吨")).all()


@pytest.mark.parametrize("question", ["綠色發展的底色", "绿色发展的底色", "绿色發展的底色"])
def test_traditional_finds_simplified_and_the_reverse(index, question):
    assert best(index, question) == PASSAGES[3]


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("伊拉剋的項目", 0),
        ("一带一路联盟有多少合作伙伴？", 1),
        ("GDP", 2),
        ("gdp增长多少", 2),
        ("5G", 2),
        ("1035 公里", 2),
        ("kilometres", 4),
        ("How long? 1035", 4),
        ("태양광은", 5),
    ],
)
def test_a_question_finds_the_passage_that_has_its_words(index, question, passage):
    assert best(index, question) == PASSAGES[passage]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("绿色发展", ["绿", "色", "发", "展", "绿色", "色发", "发展"]),
        ("お茶", ["お", "茶", "お茶"]),
        ("コーヒー", ["コ", "ー", "ヒ", "ー", "コー", "ーヒ", "ヒー"]),
        ("人々", ["人", "々", "人々"]),
        ("한국어 문장", ["한", "국", "어", "한국", "국어", "문", "장", "문장"]),
        ("नमस्ते दुनिया।", ["नमस्ते", "दुनिया"]),
        ("Crème brûlée, s'il vous plaît", ["crème", "brûlée", "s", "il", "vous", "plaît"]),
        ("Привет, мир", ["привет", "мир"]),
        ("السلام عليكم", ["السلام", "عليكم"]),
        ("GDP增长", ["gdp", "增", "长", "增长"]),
        ("한국GDP성장", ["한", "국", "한국", "gdp", "성", "장", "성장"]),
        ("1,234.5", ["1234.5"]),
        ("33%", ["33", "33%"]),
        ("2023年", ["2023", "2023年", "年"]),
        ("。！？ ……", []),
        ("", []),
    ],
)
def test_each_script_gives_the_terms_that_suit_it(text, terms):
    assert tokenize(text) == terms


def test_thai_without_spaces_shares_terms_with_a_part_of_it():
    sentence, word = tokenize("ฉันรักประเทศไทย"), tokenize("ประเทศ")
    assert set(word) <= set(sentence)
    assert all(len(term) <= 2 for term in sentence)


@given(st.lists(st.sampled_from("绿色发展国家万吨茶を"), min_size=1, max_size=12), st.data())
def test_spaces_put_in_to_justify_a_line_change_no_term(characters, data):
    gaps = [data.draw(st.sampled_from(["", " ", "  ", "\u3000", "\u00a0"])) for _ in characters]
    spaced = "".join(character + gap for character, gap in zip(characters, gaps, strict=True))
    assert tokenize(spaced) == tokenize("".join(characters))


@given(st.text(max_size=60))
def test_a_term_is_never_empty_and_holds_no_white_space(text):
    assert all(term and not any(character.isspace() for character in term) for term in tokenize(text))


def test_numbers_side_by_side_stay_two_numbers():
    assert tokenize("33 44") == ["33", "44"]


@pytest.mark.parametrize("question", ["¿Qué es el desarrollo?", "？", "", "\ud800"])
def test_a_question_without_a_known_term_scores_zero_everywhere(index, question):
    scores = index.scores(question)
    assert scores.shape == (len(PASSAGES),)
    assert scores.dtype == np.float32
    assert not scores.any()
    assert index.coverage(question) == 0


def test_a_passage_without_terms_scores_zero(index):
    assert index.scores("绿色发展33万吨 GDP")[6] == 0


@pytest.mark.parametrize("texts", [["……"], ["", "。！"]])
def test_texts_without_any_term_make_an_index_that_finds_nothing(texts, tmp_path):
    LexicalIndex.from_texts(texts).save(tmp_path)
    loaded = LexicalIndex.load(tmp_path, len(texts))
    assert loaded.scores("绿色").tolist() == [0] * len(texts)
    assert loaded.coverage("绿色") == 0


def test_coverage_is_the_share_of_terms_that_the_passages_have(index):
    assert index.coverage("绿色发展") == 1
    assert index.coverage("railway quantum") == 0.5


def test_a_passage_with_more_of_the_question_scores_higher():
    scores = LexicalIndex.from_texts(["绿色发展", "绿色能源", "红旗"]).scores("绿色发展")
    assert scores[0] > scores[1] > scores[2] == 0


def test_a_loaded_index_scores_as_the_saved_one_to_the_last_bit(index, tmp_path):
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path, len(PASSAGES))
    for question in (*PASSAGES, "绿色", "GDP 33", "nothing"):
        assert loaded.scores(question).tobytes() == index.scores(question).tobytes()
        assert loaded.coverage(question) == index.coverage(question)

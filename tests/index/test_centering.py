"""Vectors lose what all texts of a corpus, and all questions of a language, have in common."""

import numpy as np
import pytest
from hash_encoder import HashEncoder
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from index.centering import LanguageMeans, centred, unit

vectors = arrays.arrays(np.float32, (5, 8), elements=st.floats(-10, 10, width=32))
QUESTIONS = {
    "zh": "这座桥是哪一年建成的？",
    "en": "In which year was this bridge built?",
    "es": "¿En qué año se construyó este puente?",
    "ru": "В каком году построили этот мост?",
    "ar": "في أي عام بني هذا الجسر؟",
}


@pytest.fixture(scope="module")
def languages(encoder) -> LanguageMeans:
    return LanguageMeans.of(encoder)


@given(vectors)
def test_unit_vectors_have_length_one_and_keep_their_direction(values):
    scaled = unit(values)
    lengths = np.linalg.norm(values, axis=1)
    for before, after, length in zip(values, scaled, lengths, strict=True):
        if length > 1e-3:
            np.testing.assert_allclose(after * length, before, atol=1e-4)
            assert abs(np.linalg.norm(after) - 1) < 1e-5
    assert scaled.dtype == np.float32


def test_a_zero_vector_stays_zero():
    assert unit(np.zeros((2, 4), np.float32)).tolist() == [[0] * 4] * 2


def cone(texts: int) -> np.ndarray:
    """Texts that differ, within a narrow cone around one direction."""
    random = np.random.default_rng(0)
    return unit((np.eye(64)[0] + 0.05 * random.normal(size=(texts, 64))).astype(np.float32))


def mean_cosine(texts: np.ndarray) -> float:
    cosines = texts @ texts.T
    return float(cosines[np.triu_indices(len(texts), 1)].mean())


def test_centring_opens_the_narrow_cone_in_which_texts_lie():
    texts = cone(300)
    centred_texts = centred(texts)
    assert mean_cosine(centred_texts) < mean_cosine(texts) - 0.1
    np.testing.assert_allclose(np.linalg.norm(centred_texts, axis=1), 1, atol=1e-5)
    assert (centred_texts.shape, centred_texts.dtype) == (texts.shape, np.float32)


def test_a_mean_of_few_texts_is_trusted_less_than_one_of_many():
    texts = cone(300)
    moved = [float(texts[0] @ centred(texts[:count])[0]) for count in (1, 20, 300)]
    assert moved[0] > 0.999
    assert moved[0] > moved[1] > moved[2]


def test_texts_that_have_nothing_in_common_stay_as_they_are():
    texts = np.concatenate([np.eye(64), -np.eye(64)]).astype(np.float32)
    np.testing.assert_allclose(centred(texts), texts, atol=1e-6)


def test_no_texts_give_no_vectors():
    assert centred(np.empty((0, 8), np.float32)).shape == (0, 8)


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_question_is_taken_for_one_of_its_language(language, languages, encoder):
    if language not in languages.languages:
        pytest.skip(f"there are no probe questions in {language}")
    mean = languages.nearest(encoder.encode_queries([QUESTIONS[language]])[0])
    assert (mean == languages.means[languages.languages.index(language)]).all()


def test_a_question_is_nearer_to_its_translation_than_to_another_question_once_its_language_is_gone(languages, encoder):
    asked = encoder.encode_queries([QUESTIONS["en"], QUESTIONS["zh"], "Who is the coach of this team?"])
    bridge, translation, coach = (languages.shifted(vector, 1.0) for vector in asked)
    assert bridge @ translation > bridge @ coach
    assert bridge @ translation - bridge @ coach > asked[0] @ asked[1] - asked[0] @ asked[2]


def test_a_question_less_nothing_stays_as_it_is(languages, encoder):
    question = encoder.encode_queries([QUESTIONS["zh"]])[0]
    np.testing.assert_allclose(languages.shifted(question, 0.0), question, atol=1e-6)


def test_the_larger_the_share_the_further_a_question_leaves_its_language(languages, encoder):
    question = encoder.encode_queries([QUESTIONS["en"]])[0]
    mean = languages.nearest(question)
    cosines = [float(languages.shifted(question, share) @ mean) for share in (0.0, 0.5, 1.0)]
    assert cosines[0] > cosines[1] > cosines[2]


def test_means_are_computed_once_for_a_model_and_kept(monkeypatch, tmp_path):
    monkeypatch.setenv("YINJU_CACHE", str(tmp_path))
    first = LanguageMeans.of(HashEncoder())
    again, other = HashEncoder(), HashEncoder("other")
    kept = LanguageMeans.of(again)
    assert kept.means.tobytes() == first.means.tobytes()
    assert kept.languages == first.languages
    assert again.calls == 0
    assert LanguageMeans.of(other).means.tobytes() != first.means.tobytes()
    assert other.calls > 0

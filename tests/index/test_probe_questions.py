"""The probe questions: the same mix in every language, and nothing in one that belongs to another."""

import unicodedata
from collections import Counter

import pytest
from opencc import OpenCC

from index.probe_questions import probe_questions

QUESTIONS = probe_questions()
LANGUAGES = (
    "zh zh-Hant ja ko en es fr de it pt nl sv ru uk pl cs ro el tr ar fa he hi bn ta th vi id ms sw hu fi"
).split()
UNSPACED = {"zh", "zh-Hant", "ja", "th"}
NOT_LATIN = "zh zh-Hant ja ko ru uk el ar fa he hi bn ta th".split()
by_language = pytest.mark.parametrize("language", LANGUAGES)


def test_the_languages_are_exactly_those_expected() -> None:
    assert sorted(QUESTIONS) == sorted(LANGUAGES)


@by_language
def test_every_language_has_sixteen_distinct_questions(language: str) -> None:
    assert len(QUESTIONS[language]) == len(set(QUESTIONS[language])) == 16


@by_language
def test_questions_are_neither_blank_nor_padded_and_are_composed_as_people_type_them(language: str) -> None:
    odd = [
        question
        for question in QUESTIONS[language]
        if not question or question != unicodedata.normalize("NFC", question.strip())
    ]
    assert odd == []


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language not in UNSPACED])
def test_questions_have_five_to_twenty_five_words(language: str) -> None:
    assert [question for question in QUESTIONS[language] if not 5 <= len(question.split()) <= 25] == []


def test_no_question_occurs_in_two_languages() -> None:
    languages_with = Counter(question.casefold() for questions in QUESTIONS.values() for question in set(questions))
    assert [question for question, count in languages_with.items() if count > 1] == []


@pytest.mark.parametrize(("language", "conversion"), [("zh", "t2s"), ("zh-Hant", "s2t")])
def test_chinese_questions_are_wholly_in_their_own_script(language: str, conversion: str) -> None:
    converter = OpenCC(conversion)
    assert [converter.convert(question) for question in QUESTIONS[language]] == QUESTIONS[language]


@by_language
def test_no_question_has_a_digit_of_any_script(language: str) -> None:
    assert [question for question in QUESTIONS[language] if any(map(str.isdigit, question))] == []


@pytest.mark.parametrize("language", NOT_LATIN)
def test_languages_of_other_scripts_have_no_latin_letter(language: str) -> None:
    mixed = [
        question
        for question in QUESTIONS[language]
        if any("LATIN" in unicodedata.name(character, "") for character in question)
    ]
    assert mixed == []

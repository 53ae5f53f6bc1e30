"""A question is cleaned, or refused with a reason that a page can translate."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.question import MAX_CHARACTERS, QuestionError, clean_question


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n\t\u3000", "empty"),
        ("\0\x07\x1b\u200b\ufeff\u202e", "empty"),
        ("\ud800", "empty"),
        ("长" * 10_000, "too_long"),
        ("长" * (MAX_CHARACTERS + 1), "too_long"),
        ("🐢🌱👩‍🔬", "no_words"),
        ("？！……<>{}#*_`$", "no_words"),
        ("\u200d", "no_words"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_reason(text: str, code: str) -> None:
    """The message is one line that never repeats the input, which may be long or hostile."""
    with pytest.raises(QuestionError) as refused:
        clean_question(text)
    assert refused.value.code == code
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 200


def test_the_longest_question_allowed_is_kept_whole() -> None:
    """The limit itself is inside."""
    assert clean_question("长" * MAX_CHARACTERS) == "长" * MAX_CHARACTERS


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  雅万高铁\n\t减少多少碳排放？ ", "雅万高铁 减少多少碳排放？"),
        ("绿\u200b色\ufeff交\x00通\u202e", "绿色交通"),
        ("a\u2028b\u00a0c\x85d", "a b c d"),
        ("\ud83d何\udc22时", "何时"),
        ("<script>alert(1)</script> {{谁}} ${x}", "<script>alert(1)</script> {{谁}} ${x}"),
        ("می‌خواهم", "می‌خواهم"),
        ("क्‍ष क्या है", "क्‍ष क्या है"),
        ("🐢有几只？", "🐢有几只？"),
    ],
)
def test_only_what_cannot_be_seen_is_taken_away(text: str, cleaned: str) -> None:
    """Markup is text, and the joiners of Persian and Hindi shape words."""
    assert clean_question(text) == cleaned


@given(st.text(max_size=60))
def test_a_cleaned_question_is_clean_encodable_and_within_the_limit(text: str) -> None:
    """Cleaning it again changes nothing, so every layer may do it."""
    try:
        cleaned = clean_question(text)
    except QuestionError:
        return
    assert clean_question(cleaned) == cleaned == " ".join(cleaned.split())
    assert 0 < len(cleaned) <= MAX_CHARACTERS
    assert not [letter for letter in cleaned if unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn")]
    assert cleaned.encode("utf-8")

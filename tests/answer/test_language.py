"""The language of a question, in the codes that the answers carry."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from answer import language
from answer.language import language_of


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("绿色交通面临哪些挑战？", "zh"),
        ("綠色交通面臨哪些挑戰？", "zh-Hant"),
        ("2024年GDP占比是多少", "zh"),
        ("海亀を保護したのは誰ですか", "ja"),
        ("ウミガメ", "ja"),
        ("누가 바다거북을 언급했습니까?", "ko"),
        ("What are the main challenges of green transport?", "en"),
        ("¿Cuáles son los desafíos del transporte verde?", "es"),
        ("Quels sont les défis du transport vert ?", "fr"),
        ("Welche Herausforderungen hat der grüne Verkehr?", "de"),
        ("Какие проблемы есть у зелёного транспорта?", "ru"),
        ("ما هي تحديات النقل الأخضر؟", "ar"),
        ("Những thách thức của giao thông xanh là gì?", "vi"),
        ("ความท้าทายของการขนส่งสีเขียวคืออะไร", "th"),
    ],
)
def test_questions_get_the_code_of_their_language(question: str, code: str) -> None:
    assert language_of(question) == code


def test_numbers_alone_have_some_code() -> None:
    """A question needs a language field even if nothing tells its language."""
    assert language_of("2024") == language_of("2024") != ""


def test_the_first_questions_may_come_from_many_threads_at_once() -> None:
    """While one thread prepares the language model, another must not ask one that is half prepared."""
    language._identifier.cache_clear()
    question = "What are the main challenges of green transport?"
    with ThreadPoolExecutor(2) as threads:
        assert set(threads.map(language_of, [question] * 8)) == {"en"}

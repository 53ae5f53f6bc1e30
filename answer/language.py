"""The language of a question, as far as a short text tells."""

from functools import cache

import regex

from index.folding import fold

# The languages that the bundled model knows and that portals are asked in: among few, a short question is told more
# surely than among all of py3langid's.
_LANGUAGES = [
    "ar",
    "bg",
    "bn",
    "ca",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "fa",
    "fi",
    "fr",
    "he",
    "hi",
    "hr",
    "hu",
    "id",
    "it",
    "km",
    "lo",
    "lt",
    "lv",
    "ms",
    "my",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sr",
    "sv",
    "sw",
    "ta",
    "te",
    "th",
    "tl",
    "tr",
    "uk",
    "ur",
    "vi",
]
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
_HANGUL = regex.compile(r"\p{Hangul}")
_HAN = regex.compile(r"\p{Han}")


def language_of(question: str) -> str:
    """The language code: `zh`, `zh-Hant`, `ja`, `ko`, or another two-letter code."""
    if _HANGUL.search(question):
        return "ko"
    if _KANA.search(question):
        return "ja"
    if _HAN.search(question):
        return "zh-Hant" if _is_traditional(question) else "zh"
    code: str = _identifier().classify(question)[0]
    return code


def _is_traditional(question: str) -> bool:
    han = "".join(_HAN.findall(question))
    return fold(han) != han


@cache
def _identifier():  # type: ignore[no-untyped-def]  # py3langid has no annotations
    # Unpacking its model takes over a second, which only questions in other scripts should pay.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    # Not the one that the package shares: a second thread would ask it while its languages are being set.
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(_LANGUAGES)
    return identifier

"""Which language a data set's text is in, as far as its script tells."""

import unicodedata
from collections import Counter

# The first word of a letter's Unicode name gives its script, and the script its commonest language; Latin says nothing.
_LANGUAGE_OF_SCRIPT = {
    "ARABIC": "ar",
    "BENGALI": "bn",
    "CYRILLIC": "ru",
    "DEVANAGARI": "hi",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "HANGUL": "ko",
    "HEBREW": "he",
    "KHMER": "km",
    "LAO": "lo",
    "MYANMAR": "my",
    "TAMIL": "ta",
    "TELUGU": "te",
    "THAI": "th",
}
# Languages that share the script of another one above: for them a file's name can decide.
_SAME_SCRIPT = {"fa": "ar", "ur": "ar", "uk": "ru", "bg": "ru", "sr": "ru", "mk": "ru", "mr": "hi", "ne": "hi"}
_EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA")
# Half or more of a Japanese text's letters are kana; a Chinese one names a Japanese title at most.
_KANA_OF_JAPANESE = 0.1
# "the", "of", "and" and "to" are 15 % of the words of XQuAD's English, below 0.3 % in its other Latin languages.
_ENGLISH_WORDS = frozenset({"the", "of", "and", "to"})
_SHARE_OF_ENGLISH = 0.08


def language_of(text: str, hint: str = "") -> str:
    """The two-letter code of the text's language by its commonest script; "und" where that cannot be told.

    `hint` is a code, as file names carry it, and is followed only where that language is written in the script found.
    """
    letters = Counter[str]()
    for character, count in Counter(text).items():
        if character.isalpha():
            letters[unicodedata.name(character, "?").split()[0]] += count
    east_asian = sum(letters.pop(script) for script in _EAST_ASIAN[1:] if script in letters)
    if east_asian or letters["CJK"]:
        letters["CJK"] += east_asian
    script = max(letters, key=lambda name: letters[name], default="")
    if script == "CJK":
        return "ja" if east_asian > _KANA_OF_JAPANESE * letters["CJK"] else "zh"
    if script == "LATIN":
        return _latin_language(text, hint)
    language = _LANGUAGE_OF_SCRIPT.get(script, "und")
    return hint if _SAME_SCRIPT.get(hint) == language else language


def _latin_language(text: str, hint: str) -> str:
    words = text.lower().split()
    if sum(word in _ENGLISH_WORDS for word in words) > _SHARE_OF_ENGLISH * len(words):
        return "en"
    is_latin = hint not in {"zh", "ja", *_LANGUAGE_OF_SCRIPT.values(), *_SAME_SCRIPT}
    return hint if hint and is_latin else "und"

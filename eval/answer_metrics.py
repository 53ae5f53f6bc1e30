"""How close an answer's text comes to the gold answers.

Two definitions, chosen by language, so that figures compare with published ones:

- Scripts without spaces between words (zh, ja, th, lo, km, my): the CMRC 2018 evaluation script (Cui et al., 2019).
  Lower-cased, punctuation and white space removed, mixed segmentation, F1 over the longest common substring. The
  script is for Chinese; here kana and the letters of Thai, Lao, Khmer and Burmese, with their marks, are segments as
  Chinese characters are. It removes a fixed list of signs; here every Unicode punctuation mark goes, except for those
  that carry a quantity (%, and the point or comma inside a number), which the script keeps as well.
- All other languages: the SQuAD 1.1 script (Rajpurkar et al., 2016). Lower-cased, punctuation and the English articles
  removed whatever the language, F1 over bags of words. Here the punctuation of all scripts goes, not of ASCII alone.

A text that these rules leave nothing of ("#", "The") is compared as it stands, so it equals itself and nothing else.
`golds` empty means that the question has no answer, for which the empty prediction alone is right, as in SQuAD 2.0.
"""

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

_UNSPACED_LANGUAGES = frozenset({"zh", "ja", "th", "lo", "km", "my"})
# Thai and Lao; Burmese; Khmer; the ideographs 々〆〇; kana; Han with its extensions.
_UNSPACED_LETTER = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
)
_ARTICLES = frozenset({"a", "an", "the"})
_QUANTITY_SIGNS = frozenset("%％‰‱")
_CMRC_SYMBOLS = frozenset("^~`+=～")


def exact_match(prediction: str, golds: Sequence[str], language: str) -> bool:
    """True if the prediction equals one of the gold answers once both are normalised; `language` as in "zh"."""
    if not golds:
        return not prediction.strip()
    normalise = _squeezed if _is_unspaced(language) else _plain
    return normalise(prediction) in {normalise(gold) for gold in golds}


def token_f1(prediction: str, golds: Sequence[str], language: str) -> float:
    """The best F1, in 0..1, of the prediction with any of the gold answers; 1.0 wherever `exact_match` holds."""
    matches = exact_match(prediction, golds, language)
    if matches or not golds:
        return float(matches)
    overlap_f1 = _substring_f1 if _is_unspaced(language) else _bag_f1
    return max(overlap_f1(prediction, gold) for gold in golds)


def gold_in_answer(prediction: str, golds: Sequence[str]) -> bool:
    """True if any gold answer stands inside the prediction, all white space ignored: for answers that are sentences.

    Characters alone are compared, so "5" stands inside "15". False where there is no gold answer.
    """
    answer = "".join(prediction.split())
    return any(gold in answer for gold in ("".join(gold.split()) for gold in golds) if gold)


def _is_unspaced(language: str) -> bool:
    return language.lower().replace("_", "-").split("-")[0] in _UNSPACED_LANGUAGES


def _substring_f1(prediction: str, gold: str) -> float:
    """2PR / (P + R), with P and R the longest run of segments in common over the segments of either side."""
    ours, theirs = _segments(prediction), _segments(gold)
    common = SequenceMatcher(None, ours, theirs, autojunk=False).find_longest_match().size
    return _f1(common, len(ours), len(theirs))


def _bag_f1(prediction: str, gold: str) -> float:
    """2PR / (P + R), with P and R the words in common, repeats counted, over the words of either side."""
    ours, theirs = _words(prediction), _words(gold)
    return _f1((Counter(ours) & Counter(theirs)).total(), len(ours), len(theirs))


def _f1(common: int, predicted: int, wanted: int) -> float:
    return 2 * common / (predicted + wanted) if common else 0.0


def _segments(text: str) -> list[str]:
    """Letters of unspaced scripts one by one, with their marks; words and numbers between them whole."""
    segments: list[str] = []
    grows = False
    for character in _without_punctuation(text.lower()):
        alone = bool(_UNSPACED_LETTER.match(character)) and not character.isdecimal()
        is_mark = unicodedata.category(character).startswith("M")
        if character.isspace():
            grows = False
        elif segments and (is_mark or (grows and not alone)):
            segments[-1] += character
        else:
            segments.append(character)
            grows = not alone
    return segments or text.lower().split()


def _squeezed(text: str) -> str:
    """What is left of a text without punctuation and white space, lower-cased."""
    return "".join("".join(_without_punctuation(text.lower())).split()) or "".join(text.lower().split())


def _without_punctuation(text: str) -> list[str]:
    return [sign for at, sign in enumerate(text) if not _is_cmrc_punctuation(sign) or _is_inside_number(text, at)]


def _is_cmrc_punctuation(sign: str) -> bool:
    return sign in _CMRC_SYMBOLS or (unicodedata.category(sign).startswith("P") and sign not in _QUANTITY_SIGNS)


def _is_inside_number(text: str, at: int) -> bool:
    """True for the point of "3.5" and the comma of "1,000", so that 3.5 does not become 35."""
    return text[at] in ".," and text[at - 1 : at].isdecimal() and text[at + 1 : at + 2].isdecimal()


def _words(text: str) -> list[str]:
    """The words of a text in SQuAD's normal form."""
    kept = "".join(sign for sign in text.lower() if not _is_squad_punctuation(sign))
    return [word for word in kept.split() if word not in _ARTICLES] or text.lower().split()


def _plain(text: str) -> str:
    return " ".join(_words(text))


def _is_squad_punctuation(sign: str) -> bool:
    return sign in string.punctuation or unicodedata.category(sign).startswith("P")

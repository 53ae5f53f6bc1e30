"""The lexical side of retrieval: BM25 over character bigrams where a script has no spaces, over words where it has."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import bm25s
import numpy as np
import regex
from numpy.typing import NDArray

from index.folding import fold

# Lower than Lucene's usual 1.2 and 0.75: in passages of a few hundred characters almost every bigram stands once, and
# their lengths tell little; eval/README.md has the values tried.
_K1 = 0.9
_B = 0.4

_HAN = r"\p{Han}\p{Hiragana}\p{Katakana}々〇ー"
_UNSPACED = rf"[{_HAN}\p{{Thai}}\p{{Lao}}\p{{Khmer}}\p{{Myanmar}}]"
_NUMBER = r"\d+(?:[.,]\d+)*"
_WORD = rf"(?:(?!{_UNSPACED}|\p{{Hangul}})[\p{{L}}\p{{M}}])+"
_TOKEN = regex.compile(
    rf"(?P<number>{_NUMBER}%?)|(?P<run>(?:{_UNSPACED}\p{{M}}*)+)|(?P<hangul>\p{{Hangul}}+)|(?P<word>{_WORD})"
)
_INNER_SPACE = regex.compile(rf"(?<=[{_HAN}\d])[^\S\n]+(?=[{_HAN}])|(?<=[{_HAN}])[^\S\n]+(?=[{_HAN}\d])")


def tokenize(text: str) -> list[str]:
    """The terms of `text`, folded, in order.

    Chinese, Japanese, Korean and the unspaced scripts of South-East Asia give single characters and bigrams; other
    scripts give words; a number stands alone and with the unit character after it (`33`, `33万`).
    """
    folded = _INNER_SPACE.sub("", fold(text))
    terms: list[str] = []
    for match in _TOKEN.finditer(folded):
        token = match.group()
        if match.lastgroup == "number":
            terms += _number_terms(token, folded[match.end() : match.end() + 1])
        elif match.lastgroup == "word":
            terms.append(token)
        else:
            terms += _ngrams(token)
    return terms


def _number_terms(token: str, follower: str) -> list[str]:
    number = token.replace(",", "")
    terms = [number.rstrip("%")]
    if number.endswith("%"):
        terms.append(number)
    if regex.fullmatch(_UNSPACED, follower):
        terms.append(terms[0] + follower)
    return terms


def _ngrams(run: str) -> Iterable[str]:
    yield from run
    for first, second in zip(run, run[1:], strict=False):
        yield first + second


class LexicalIndex:
    """BM25 scores of every passage for a question; rows in the order in which the passages were given."""

    def __init__(self, bm25: bm25s.BM25, size: int) -> None:
        self._bm25 = bm25
        self._size = size

    @classmethod
    def from_texts(cls, texts: Sequence[str]) -> "LexicalIndex":
        """An index over `texts`; needs at least one."""
        bm25 = bm25s.BM25(k1=_K1, b=_B, method="lucene")
        # BM25 divides by the mean length, so a text without a term (`……`) counts as one empty term.
        bm25.index([tokenize(text) or [""] for text in texts], show_progress=False)
        return cls(bm25, len(texts))

    def scores(self, question: str) -> NDArray[np.float32]:
        """Shape (passages,), float32, 0 where no term matches."""
        terms = [term for term in tokenize(question) if term in self._bm25.vocab_dict]
        if not terms:
            return np.zeros(self._size, dtype=np.float32)
        return self._bm25.get_scores(terms)

    def coverage(self, question: str) -> float:
        """The share of the question's terms, 0 to 1, that occur anywhere in the index."""
        terms = tokenize(question)
        return sum(term in self._bm25.vocab_dict for term in terms) / len(terms) if terms else 0.0

    def save(self, folder: Path) -> None:
        """Write the index's arrays and vocabulary into `folder`."""
        self._bm25.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> "LexicalIndex":
        """The index that `save` wrote, its arrays memory mapped."""
        return cls(bm25s.BM25.load(folder, mmap=True, show_progress=False), size)

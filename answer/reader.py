"""Readers: they look into the retrieved passages and propose the spans that answer."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import regex

from answer.expectation import asks_for_number, gives_number
from answer.measure import lacks_measure
from index.folding import fold
from index.lexical import tokenize
from index.passage import Passage
from ingest.characters import ends_question, ends_sentence
from ingest.document import Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span proposed as an answer; `score` compares with the other candidates of the same question only.

    `focus` are the words of `span` that answer, and `log_odds` how likely they do so against nothing there doing it;
    both None where no reader looked that closely.
    """

    passage: Passage
    span: Span
    score: float
    focus: Span | None = None
    log_odds: float | None = None


class Reader(Protocol):
    """Proposes answers from passages."""

    def read(self, question: str, passages: Sequence[Passage]) -> tuple[Candidate, ...]:
        """Candidates from `passages`, best first; spans in characters of the passages' documents."""


# Chosen on CMRC 2018 trial, DRCD dev and XQuAD: see eval/README.md.
_LEXICAL_WEIGHT = 0.6
_PASSAGE_WEIGHT = 0.04
_FIGURE_WEIGHT = 0.1
_MEASURE_WEIGHT = 0.3
# Shorter quotations are names of things (`“一带一路”`), which many sentences have.
_QUOTED = regex.compile(r"[“「『\"]([^“”「」『』\"]{8,})[”」』\"]")
_QUOTED_WEIGHT = 0.5
# What is against a sentence: it has another year than the one asked for, or asks itself, or is no more than what web
# pages print around an article.
_ANOTHER_YEAR_WEIGHT, _ASKING_WEIGHT, _FURNITURE_WEIGHT = 0.3, 0.15, 0.3
_HAS_LETTER = regex.compile(r"[\p{L}\p{N}]")
CALENDAR_YEAR = regex.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_FURNITURE = regex.compile(r"来源[：:]|责任编辑|責任編輯|字体|字級|打印|分享|收藏|返回首页|版权|版權|上一篇|下一篇")
_ASKS_ABOUT_PAGE = regex.compile(
    r"来源|來源|出处|出處|编辑|編輯|作者|记者|記者|发表|發表|发布|發布|日期|版权|版權|source|edit|author|publish",
    regex.I,
)


@dataclass(frozen=True, slots=True)
class SentenceReader:
    """Proposes whole sentences: close in meaning, sharing the question's rarer terms, from a well-placed passage."""

    def read(self, question: str, passages: Sequence[Passage]) -> tuple[Candidate, ...]:
        """One candidate for each sentence of `passages`, best first; ties in reading order.

        Shared terms count by the share of the question's terms that the passages have at all, so that a question in
        another script is judged by meaning alone.
        """
        found = [
            (passage, match)
            for passage in passages
            for match in passage.sentences
            if _HAS_LETTER.search(sentence_text(passage, match.span))
        ]
        texts = [sentence_text(passage, match.span) for passage, match in found]
        asked = [after_question(passage, text) for (passage, _), text in zip(found, texts, strict=True)]
        terms = QuestionTerms.of(question, asked)
        weight = _LEXICAL_WEIGHT * terms.overlap
        figures = _figures(question, texts)
        quoted = _quoted(question, texts)
        against = _against(question, texts)
        candidates = [
            Candidate(passage, match.span, match.score + weight * share + others + _PASSAGE_WEIGHT * passage.score)
            for (passage, match), share, *gains in zip(found, terms.coverage, figures, quoted, against, strict=True)
            for others in (sum(gains),)
        ]
        return tuple(sorted(candidates, key=lambda candidate: -candidate.score))


def _figures(question: str, texts: Sequence[str]) -> list[float]:
    """What each text gains by having a number where the question asks for one, and loses if that measures nothing."""
    asked = asks_for_number(question)
    gains = [_FIGURE_WEIGHT * (asked and gives_number(text, question)) for text in texts]
    losses = [_MEASURE_WEIGHT * lacks_measure(text, question) for text in texts]
    return [gain - loss for gain, loss in zip(gains, losses, strict=True)]


def _against(question: str, texts: Sequence[str]) -> list[float]:
    """What each text loses by another year than the question's, by asking itself, by being no part of the article."""
    years = set(CALENDAR_YEAR.findall(fold(question)))
    about_page = _ASKS_ABOUT_PAGE.search(question) is not None
    losses = []
    for text in texts:
        found = set(CALENDAR_YEAR.findall(fold(text))) if years else set()
        furniture = not about_page and not ends_sentence(text) and _FURNITURE.search(text) is not None
        losses.append(
            _ANOTHER_YEAR_WEIGHT * (bool(found) and not years & found)
            + _ASKING_WEIGHT * ends_question(text)
            + _FURNITURE_WEIGHT * furniture
        )
    return [-loss for loss in losses]


def _quoted(question: str, texts: Sequence[str]) -> list[float]:
    """What each text gains by having word for word what the question quotes."""
    words = [_squeezed(words) for words in _QUOTED.findall(question)]
    return [_QUOTED_WEIGHT * any(quoted in _squeezed(text) for quoted in words) if words else 0.0 for text in texts]


def _squeezed(text: str) -> str:
    return "".join(fold(text).split())


def sentence_text(passage: Passage, span: Span) -> str:
    """The characters of the passage's document at `span`, which lies within the passage."""
    return span.shift(-passage.chunk.span.start).of(passage.chunk.text)


def after_question(passage: Passage, text: str) -> str:
    """`text`, which stands in the passage, after the question that the passage answers, if it leans on one."""
    return f"{passage.asked}\n{text}" if passage.asked else text


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """How the terms of a question are spread over some texts.

    `coverage` is for each text the share, 0 to 1, of the question's terms that it has, a term weighing as much as it is
    rare among the texts; `overlap` the plain share of the terms that any text has.
    """

    coverage: tuple[float, ...]
    overlap: float

    @classmethod
    def of(cls, question: str, texts: Sequence[str]) -> "QuestionTerms":
        """The spread of the terms of `question` over `texts`; a term's weight is its inverse document frequency."""
        terms = sorted(set(tokenize(question)))
        owned = [_terms_of(text).intersection(terms) for text in texts]
        frequency = Counter(term for own in owned for term in own)
        weight = {term: math.log(1 + len(texts) / (1 + frequency[term])) for term in terms}
        total = sum(weight.values()) or 1.0
        # Sums in sorted order: a set's order differs between runs, and with it a sum's last bit.
        coverage = tuple(sum(weight[term] for term in sorted(own)) / total for own in owned)
        return cls(coverage, len(frequency) / len(terms) if terms else 0.0)


@lru_cache(maxsize=20_000)
def _terms_of(text: str) -> frozenset[str]:
    """The same sentences come back question after question, and splitting them is half of reading's time."""
    return frozenset(tokenize(text))

"""Examples without an answer that differ in one thing from one that has an answer."""

import random
from collections.abc import Sequence
from dataclasses import replace

import regex

from eval.near_misses import with_another_figure, with_another_name, with_neighbouring_name
from ingest.sentences import sentence_spans
from train.examples import Example

_UNSPACED = regex.compile(r"[\p{Han}\p{Thai}\p{Hiragana}\p{Katakana}]")


def without_evidence(example: Example) -> Example | None:
    """The example with the sentences that hold an answer taken out of its text; None where nothing is left.

    A text that still has the answer's words somewhere is no near miss.
    """
    if example.answer is None:
        return None
    text = example.text
    pieces = [
        span.of(text)
        for span in sentence_spans(text)
        if not span.overlaps(example.answer) and not _holds(span.of(text), example.golds)
    ]
    joined = ("" if _UNSPACED.search(text) else " ").join(pieces)
    if not pieces or _holds(joined, example.golds):
        return None
    return replace(example, text=joined, answer=None, golds=())


def asked_otherwise(example: Example, names: Sequence[str], rng: random.Random) -> Example | None:
    """The example asked of another figure than its text gives or, if its question has none, of one of `names`."""
    question = with_another_figure(example.question, example.text, rng) or with_another_name(
        example.question, example.name, names, example.text, rng
    )
    return _lured(example, question) if question else None


def asked_of_neighbour(example: Example, names: Sequence[str], rng: random.Random) -> Example | None:
    """The example asked of one of `names`, something else that its text speaks of beside what answers."""
    if example.answer is None:
        return None
    evidence = " ".join(span.of(example.text) for span in sentence_spans(example.text) if span.overlaps(example.answer))
    question = with_neighbouring_name(example.question, example.name, names, example.text, evidence, rng)
    return _lured(example, question) if question else None


def _lured(example: Example, question: str) -> Example:
    return replace(example, question=question, answer=None, golds=(), lure=example.answer)


def _holds(text: str, golds: Sequence[str]) -> bool:
    return any(gold in text for gold in golds)

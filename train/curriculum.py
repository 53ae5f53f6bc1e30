"""Which windows are learned from: every question with its answer, and a share of them once more with none."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from tokenizers import Tokenizer

from answer.reading_window import SentencedText
from train.examples import Example, by_group
from train.near_misses import asked_of_neighbour, asked_otherwise, without_evidence
from train.windows import window_of

# For each answerable example, the chance of a second one without an answer, by how it is made.
ELSEWHERE, REMOVED, ALTERED, NEIGHBOUR = 0.15, 0.15, 0.15, 0.4
_VARIED = 0.15
_OPENINGS = ("请问", "请问，", "想问一下，", "")


def curriculum(examples: Sequence[Example], tokenizer: Tokenizer, seed: int) -> list[Example]:
    """Windows of all examples and of what is made of them without an answer, in an order drawn from `seed`."""
    rng = random.Random(seed)
    names = {group: [one.name for one in members if one.name] for group, members in by_group(examples).items()}
    beside = _names_by_text(examples)
    sentences: dict[str, SentencedText] = {}
    windows = []
    for example in examples:
        for made in (example, *_unanswerable(example, names[example.group], beside[example.group, example.text], rng)):
            if made.text not in sentences:
                sentences[made.text] = SentencedText.of(made.text, tokenizer)
            windows.append(_varied(window_of(made, sentences[made.text], rng), rng))
    rng.shuffle(windows)
    return windows


def _names_by_text(examples: Sequence[Example]) -> dict[tuple[str, str], list[str]]:
    """What a group's questions on each text are about, by group and text, in order of appearance."""
    names: dict[tuple[str, str], dict[str, None]] = {}
    for example in examples:
        names.setdefault((example.group, example.text), {})[example.name] = None
    return {place: list(found) for place, found in names.items()}


def _unanswerable(example: Example, names: Sequence[str], beside: Sequence[str], rng: random.Random) -> list[Example]:
    """The example without an answer in some of the ways; `names` are of its group, `beside` of its text."""
    if example.answer is None:
        return []
    ways: list[tuple[float, Callable[[], Example | None]]] = [
        (ELSEWHERE, lambda: _elsewhere(example, rng)),
        (REMOVED, lambda: without_evidence(example)),
        (ALTERED, lambda: asked_otherwise(example, names, rng)),
        (NEIGHBOUR, lambda: asked_of_neighbour(example, beside, rng)),
    ]
    return [made for chance, make in ways if rng.random() < chance and (made := make())]


def _elsewhere(example: Example, rng: random.Random) -> Example | None:
    if not example.rivals:
        return None
    return replace(example, text=rng.choice(example.rivals), answer=None, golds=())


def _varied(example: Example, rng: random.Random) -> Example:
    """Now and then the question without its mark, or with a polite opening if it is Chinese."""
    if rng.random() >= _VARIED:
        return example
    question = example.question.rstrip("？?。 ")
    opening = rng.choice(_OPENINGS) if any("\u4e00" <= character <= "\u9fff" for character in question) else ""
    return replace(example, question=opening + (question or example.question))

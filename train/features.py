"""Examples as numbers: token ids with the tokens of the answer, and batches of like length."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from train.examples import Example

# Steps whose windows are sorted by length together: enough to pad little, few enough to stay in random order.
_SORTED_STEPS = 50
_LONGEST_QUESTION = 64


@dataclass(frozen=True, slots=True)
class Feature:
    """A question and a text as tokens; `start` and `end` are the answer's first and last token, 0 for none.

    `text_start` is the text's first token; the tokens from 1 to there are the question's.
    """

    ids: tuple[int, ...]
    text_start: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Features padded to one length: `ids` and `mask` have shape (windows, tokens), the others (windows,).

    `allowed` is false where no answer may begin or end: padding, the question, the separators.
    """

    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    allowed: NDArray[np.bool_]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


def features_of(examples: Sequence[Example], tokenizer: Tokenizer, max_tokens: int) -> list[Feature]:
    """A feature for each example whose answer lies within the first `max_tokens` tokens; the others are left out."""
    tokenizer.enable_truncation(max_tokens, strategy="only_second")
    encodings = tokenizer.encode_batch([(example.question, example.text) for example in examples])
    features = []
    for example, encoding in zip(examples, encodings, strict=True):
        text_start = encoding.sequence_ids.index(1)
        start = end = 0
        if example.answer is not None:
            held = [
                place
                for place in range(text_start, len(encoding.ids) - 1)
                if encoding.offsets[place][0] < example.answer.end and example.answer.start < encoding.offsets[place][1]
            ]
            if not held or encoding.offsets[held[-1]][1] < example.answer.end:
                continue
            start, end = held[0], held[-1]
        features.append(Feature(tuple(encoding.ids), text_start, start, end))
    return features


def batches_of(features: Sequence[Feature], tokens: int, pad_id: int, seed: int) -> list[Batch]:
    """All features in batches of at most `tokens` tokens with padding, in an order drawn from `seed`."""
    block = _SORTED_STEPS * max(1, tokens // 128)
    groups: list[list[Feature]] = []
    for first in range(0, len(features), block):
        group: list[Feature] = []
        for feature in sorted(features[first : first + block], key=lambda feature: len(feature.ids)):
            if group and (len(group) + 1) * len(feature.ids) > tokens:
                groups.append(group)
                group = []
            group.append(feature)
        groups.append(group)
    random.Random(seed).shuffle(groups)
    return [_padded(group, pad_id) for group in groups]


def _padded(features: Sequence[Feature], pad_id: int) -> Batch:
    shape = (len(features), max(len(feature.ids) for feature in features))
    ids, mask = np.full(shape, pad_id, np.int64), np.zeros(shape, np.int64)
    allowed = np.zeros(shape, np.bool_)
    for row, feature in enumerate(features):
        ids[row, : len(feature.ids)] = feature.ids
        mask[row, : len(feature.ids)] = 1
        allowed[row, feature.text_start : len(feature.ids) - 1] = True
        allowed[row, 0] = True
    starts = np.array([feature.start for feature in features])
    ends = np.array([feature.end for feature in features])
    return Batch(ids, mask, allowed, starts, ends)

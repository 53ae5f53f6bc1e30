"""Parts of texts to learn from: runs of whole sentences, as long as the ones that are read to answer."""

import random
from collections.abc import Sequence
from dataclasses import replace

from answer.reading_window import SentencedText
from ingest.document import Span
from train.examples import Example

# Tokens of a window and how often it is so long. Most are short: a step costs by the token, and what is read to answer
# is short as well; some are as long as the longest passage.
LENGTHS = {64: 0.3, 104: 0.4, 160: 0.2, 300: 0.1}


def window_of(example: Example, sentences: SentencedText, rng: random.Random) -> Example:
    """The example on a run of its text's sentences of a length drawn from LENGTHS, those of answer or lure included.

    A sentence longer than that comes whole.
    """
    budget = rng.choices(list(LENGTHS), list(LENGTHS.values()))[0]
    first, last = _core(example, sentences.spans, rng)
    used = sum(sentences.tokens[first : last + 1])
    while True:
        ways = [place for place in (first - 1, last + 1) if 0 <= place < len(sentences.spans)]
        ways = [place for place in ways if used + sentences.tokens[place] <= budget]
        if not ways:
            break
        place = rng.choice(ways)
        used += sentences.tokens[place]
        first, last = min(first, place), max(last, place)
    start, end = sentences.spans[first].start, sentences.spans[last].end
    if example.answer is None:
        return replace(example, text=example.text[start:end], lure=None)
    # An answer may begin or end in the white space between two sentences.
    start, end = min(start, example.answer.start), max(end, example.answer.end)
    return replace(example, text=example.text[start:end], answer=example.answer.shift(-start))


def _core(example: Example, spans: Sequence[Span], rng: random.Random) -> tuple[int, int]:
    """The first and last sentence that hold the answer, or what lures; any one where there is neither."""
    wanted = example.answer or example.lure
    if wanted is None:
        place = rng.randrange(len(spans))
        return place, place
    held = [place for place, span in enumerate(spans) if span.overlaps(wanted)]
    return held[0], held[-1]

"""What the network reads of a passage: a run of whole sentences around one that looks promising."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from index.encoder import UNENCODABLE
from ingest.document import Span
from ingest.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class SentencedText:
    """A text's sentences in order, and for each how many tokens it takes."""

    spans: tuple[Span, ...]
    tokens: tuple[int, ...]

    @classmethod
    def of(cls, text: str, tokenizer: Tokenizer) -> "SentencedText":
        """The sentences of `text`, counted in tokens of the whole text."""
        starts = [start for start, _ in tokenizer.encode(UNENCODABLE.sub(" ", text), add_special_tokens=False).offsets]
        spans = sentence_spans(text)
        # The white space between two sentences has tokens as well; they are the first one's.
        ends = [*(bisect_left(starts, span.start) for span in spans[1:]), len(starts)]
        return cls(spans, tuple(end - begin for begin, end in zip([0, *ends], ends, strict=False)))


def window_around(seed: int, tokens: Sequence[int], most: int) -> range:
    """The places of a run of sentences around the one at `seed`, of at most `most` tokens in all, but for that one.

    What stands before explains names and pronouns, so the run grows backwards first, then forwards, in turn.
    """
    first = last = seed
    used = tokens[seed]
    grew = True
    while grew:
        grew = False
        for place in (first - 1, last + 1):
            if 0 <= place < len(tokens) and used + tokens[place] <= most:
                used += tokens[place]
                first, last = min(first, place), max(last, place)
                grew = True
    return range(first, last + 1)

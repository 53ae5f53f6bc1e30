"""What the network says of one text: where an answer may begin and end, and which spans follow from that."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.document import Span

# Of the answers of CMRC 2018, whole clauses often, one in twelve is longer, of DRCD's and XQuAD's none.
LONGEST_ANSWER = 56
_BESIDE = " \t\n\u00a0\u3000,;:，；：、"


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """The best span of a stretch of text; scores are log-odds against there being no answer, 0 where as likely.

    `score` is that of the span itself, `support` that of any span of the stretch: where a reason or a description
    answers, many spans do so nearly as well.
    """

    span: Span
    score: float
    support: float


@dataclass(frozen=True, slots=True)
class TokenScores:
    """Scores of a text's tokens; all arrays have shape (tokens,).

    `begins` and `ends` are the tokens' characters in the text, `starts` and `stops` the scores of a token as an
    answer's first and last; `null` is the score of there being none.
    """

    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    starts: NDArray[np.float32]
    stops: NDArray[np.float32]
    null: float

    def best_span(self, within: Span) -> ScoredSpan | None:
        """The best span of whole tokens inside `within`, at most LONGEST_ANSWER tokens; None if no token lies there.

        Of several as good the first and shortest.
        """
        places = np.flatnonzero((self.begins >= within.start) & (self.ends <= within.end) & (self.begins < self.ends))
        if not len(places):
            return None
        sums = self.starts[places, None] + self.stops[None, places]
        length = np.arange(len(places))
        distance = length[None, :] - length[:, None]
        sums = np.where((distance >= 0) & (distance < LONGEST_ANSWER), sums, -np.inf)
        first, last = np.unravel_index(int(np.argmax(sums)), sums.shape)
        span = Span(int(self.begins[places[first]]), int(self.ends[places[last]]))
        most = float(sums[first, last])
        support = most + math.log(float(np.exp(sums - most).sum()))
        return ScoredSpan(span, most - self.null, support - self.null)


def trimmed(span: Span, text: str) -> Span:
    """`span` of `text` without white space and commas at its ends: a token takes such marks beside a word with it.

    Empty where it holds no letter and no figure.
    """
    found = span.of(text)
    if not any(character.isalnum() for character in found):
        return Span(span.start, span.start)
    start = span.start + len(found) - len(found.lstrip(_BESIDE))
    return Span(start, max(start, span.start + len(found.rstrip(_BESIDE))))


def token_scores(scores: NDArray[np.float32], offsets: Sequence[tuple[int, int]], text_start: int) -> TokenScores:
    """The scores of a text's tokens out of those of question and text together.

    `scores` has shape (tokens, 2), `offsets` are the tokens' characters in their own text, and the text's tokens run
    from `text_start` to the last but one, which closes it.
    """
    inside = slice(text_start, len(offsets) - 1)
    places = np.array(offsets[inside], np.int64).reshape(-1, 2)
    return TokenScores(
        begins=places[:, 0],
        ends=places[:, 1],
        starts=scores[inside, 0],
        stops=scores[inside, 1],
        null=float(scores[0].sum()),
    )

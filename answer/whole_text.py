"""The best answer in a text of any length, read in windows that overlap."""

from dataclasses import replace

from answer.reading_window import SentencedText
from answer.span_model import SpanModel
from answer.span_scores import ScoredSpan, trimmed
from ingest.document import Span

# Tokens of a window, so that with a question it stays within what the model takes.
_WINDOW = 320


def best_answer(model: SpanModel, question: str, text: str) -> ScoredSpan | None:
    """The span of `text` that answers best, offsets in its characters; None where there is nothing to read."""
    found = []
    for window in _windows(SentencedText.of(text, model.tokenizer)):
        part = window.of(text)
        best = model.read(question, part).best_span(Span(0, len(part)))
        if best:
            found.append(replace(best, span=trimmed(best.span, part).shift(window.start)))
    return max(found, key=lambda scored: scored.score, default=None)


def _windows(text: SentencedText) -> list[Span]:
    """Runs of whole sentences, each of which begins in the middle of the one before."""
    windows: list[Span] = []
    first = 0
    while first < len(text.spans):
        last = first
        while last + 1 < len(text.spans) and sum(text.tokens[first : last + 2]) <= _WINDOW:
            last += 1
        windows.append(Span(text.spans[first].start, text.spans[last].end))
        if last + 1 == len(text.spans):
            break
        first = max(first + 1, (first + last + 1) // 2)
    return windows

"""The reader that reads: the trained network decides which sentence answers, and which words of it."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from answer.reader import Candidate, SentenceReader
from answer.reading_window import SentencedText, window_around
from answer.span_model import SpanModel
from answer.span_scores import ScoredSpan, trimmed
from index.passage import Passage
from ingest.document import Span

# A passage's id, and a sentence in characters of the document.
_Place = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """How much is read, and how much it counts.

    At most `windows` runs of sentences are read a question, each of `tokens` tokens or the one sentence that is longer.
    `weight` is what a sentence's score gains if the network is certain that it answers, half of it at log-odds of 0;
    `scale` is how many log-odds change their odds by a factor of e. A window is not read if its sentence would still
    not come first with the share `reach` of that weight. Chosen on paragraphs held out from training: see
    eval/README.md.
    """

    windows: int = 3
    tokens: int = 160
    weight: float = 0.8
    scale: float = 3.0
    reach: float = 0.9

    def gain(self, log_odds: float) -> float:
        """What a sentence's score gains if it answers with these log-odds."""
        return self.weight / (1 + math.exp(-log_odds / self.scale))


@dataclass(frozen=True, slots=True)
class _Window:
    """A run of sentences of a passage around the `seed`; all spans in characters of the passage's text."""

    passage: Passage
    span: Span
    sentences: tuple[Span, ...]
    seed: Span


class SpanReader:
    """Proposes sentences as `SentenceReader` does and reads the neighbourhoods of the best of them."""

    def __init__(self, model: SpanModel, settings: ReadingSettings | None = None) -> None:
        self.model = model
        self.settings = settings or ReadingSettings()
        self._sentences = SentenceReader()
        # Passages come back question after question; counting their tokens takes a tenth of reading them.
        self._sentenced = lru_cache(maxsize=4096)(lambda text: SentencedText.of(text, model.tokenizer))

    def read(self, question: str, passages: Sequence[Passage]) -> tuple[Candidate, ...]:
        """One candidate for each sentence of `passages`, best first; those that were read have `focus` and `log_odds`.

        The same question on the same passages gives the same candidates to the last bit.
        """
        ranked = self._sentences.read(question, passages)
        read: dict[_Place, Candidate] = {}
        windows = 0
        for seed in ranked:
            if _place_of(seed) in read:
                continue
            if windows == self.settings.windows or not self._can_come_first(seed, read.values()):
                break
            found = dict(self._read_window(question, self._window(seed)))
            for candidate in ranked:
                if (place := _place_of(candidate)) in found:
                    read.setdefault(place, self._weighed(candidate, found[place]))
            windows += 1
        candidates = [read.get(_place_of(candidate), candidate) for candidate in ranked]
        return tuple(sorted(candidates, key=lambda candidate: -candidate.score))

    def _read_window(self, question: str, window: _Window) -> Iterator[tuple[_Place, ScoredSpan]]:
        """For each sentence of the window the best span in it, in characters of the document.

        The question that a short section answers and the speaker's name are read before the text, as newspapers print
        them, so that a question which names the speaker finds the name. A question about who speaks (`谁`) finds its
        answer there, which speaks for the seed.
        """
        asked = window.passage.asked
        byline = f"{window.passage.speaker}：" if window.passage.speaker else ""
        text = asked + byline + window.span.of(window.passage.chunk.text)
        scores = self.model.read(question, text)
        named = scores.best_span(Span(len(asked), len(asked + byline)))
        start = window.passage.chunk.span.start
        shift = window.span.start - len(asked + byline)
        for sentence in window.sentences:
            if best := scores.best_span(sentence.shift(-shift)):
                support = max(best.support, named.support) if named and sentence == window.seed else best.support
                span = trimmed(best.span, text).shift(shift + start)
                yield (window.passage.chunk.id, sentence.shift(start)), replace(best, span=span, support=support)

    def _can_come_first(self, seed: Candidate, read: Iterable[Candidate]) -> bool:
        best = max((candidate.score for candidate in read), default=-math.inf)
        return seed.score + self.settings.reach * self.settings.weight > best

    def _window(self, candidate: Candidate) -> _Window:
        chunk = candidate.passage.chunk
        text = self._sentenced(chunk.text)
        own = candidate.span.shift(-chunk.span.start)
        seed = next(place for place, span in enumerate(text.spans) if span.overlaps(own))
        run = window_around(seed, text.tokens, self.settings.tokens)
        sentences = text.spans[run.start : run.stop]
        span = Span(sentences[0].start, sentences[-1].end)
        return _Window(candidate.passage, span, sentences, text.spans[seed])

    def _weighed(self, candidate: Candidate, best: ScoredSpan) -> Candidate:
        gain = self.settings.gain(best.support)
        return replace(candidate, score=candidate.score + gain, focus=best.span or None, log_odds=best.support)


def _place_of(candidate: Candidate) -> _Place:
    return candidate.passage.chunk.id, candidate.span

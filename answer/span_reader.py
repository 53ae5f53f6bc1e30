"""The reader that reads: the trained network decides which sentence answers, and which words of it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from answer.reader import Candidate, SentenceReader
from answer.reading_window import SentencedText, window_around
from answer.span_model import SpanModel
from answer.span_scores import ScoredSpan, without_space
from index.passage import Passage
from ingest.document import Span

# A passage's id, and a sentence in characters of the document.
_Place = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """How much is read, and how much it counts.

    At most `windows` runs of sentences are read a question, each of `tokens` tokens or the one sentence that is longer,
    and no more once something answers with log-odds of `sure`. `weight` is what a sentence's score gains if the network
    is certain that it answers, half of it at log-odds of 0; `scale` is how many log-odds change their odds by a factor
    of e. Chosen on paragraphs held out from training: see eval/README.md.
    """

    windows: int = 3
    tokens: int = 112
    sure: float = 7.0
    weight: float = 0.8
    scale: float = 3.0


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
        self._settings = settings or ReadingSettings()
        self._sentences = SentenceReader()
        # Passages come back question after question; counting their tokens takes a tenth of reading them.
        self._sentenced = lru_cache(maxsize=4096)(lambda text: SentencedText.of(text, model.tokenizer))

    def read(self, question: str, passages: Sequence[Passage]) -> tuple[Candidate, ...]:
        """One candidate for each sentence of `passages`, best first; those that were read have `focus` and `log_odds`.

        The same question on the same passages gives the same candidates to the last bit.
        """
        ranked = self._sentences.read(question, passages)
        found: dict[_Place, ScoredSpan] = {}
        for window in self._windows(ranked):
            for place, scored in self._read_window(question, window):
                found.setdefault(place, scored)
            if max((scored.score for scored in found.values()), default=0.0) >= self._settings.sure:
                break
        candidates = [self._weighed(candidate, found) for candidate in ranked]
        return tuple(sorted(candidates, key=lambda candidate: -candidate.score))

    def _read_window(self, question: str, window: _Window) -> Iterator[tuple[_Place, ScoredSpan]]:
        """For each sentence of the window the best span in it, in characters of the document.

        The speaker's name is read before the text, as newspapers print it, so that a question which names the speaker
        finds the name. A question about who speaks (`谁`) finds its answer there, which speaks for the seed.
        """
        byline = f"{window.passage.speaker}：" if window.passage.speaker else ""
        text = byline + window.span.of(window.passage.chunk.text)
        scores = self.model.read(question, text)
        named = scores.best_span(Span(0, len(byline)))
        start = window.passage.chunk.span.start
        shift = window.span.start - len(byline)
        for sentence in window.sentences:
            if best := scores.best_span(sentence.shift(-shift)):
                score = max(best.score, named.score) if named and sentence == window.seed else best.score
                place = window.passage.chunk.id, sentence.shift(start)
                yield place, ScoredSpan(without_space(best.span, text).shift(shift + start), score)

    def _windows(self, ranked: Sequence[Candidate]) -> Iterator[_Window]:
        """Windows around the best candidates, none around a sentence that an earlier window holds."""
        covered: set[_Place] = set()
        count = 0
        for candidate in ranked:
            if count == self._settings.windows:
                return
            if (candidate.passage.chunk.id, candidate.span) not in covered:
                window = self._window(candidate)
                start = candidate.passage.chunk.span.start
                covered.update((candidate.passage.chunk.id, sentence.shift(start)) for sentence in window.sentences)
                count += 1
                yield window

    def _window(self, candidate: Candidate) -> _Window:
        chunk = candidate.passage.chunk
        text = self._sentenced(chunk.text)
        own = candidate.span.shift(-chunk.span.start)
        seed = next(place for place, span in enumerate(text.spans) if span.overlaps(own))
        run = window_around(seed, text.tokens, self._settings.tokens)
        sentences = text.spans[run.start : run.stop]
        span = Span(sentences[0].start, sentences[-1].end)
        return _Window(candidate.passage, span, sentences, text.spans[seed])

    def _weighed(self, candidate: Candidate, found: Mapping[_Place, ScoredSpan]) -> Candidate:
        best = found.get((candidate.passage.chunk.id, candidate.span))
        if best is None:
            return candidate
        share = 1 / (1 + math.exp(-best.score / self._settings.scale))
        return replace(
            candidate,
            score=candidate.score + self._settings.weight * share,
            focus=best.span or None,
            log_odds=best.score,
        )

"""From a question to an answer: retrieve, read, decide, cite or abstain."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import perf_counter

from answer.answer import Answer, AnswerKind, Citation, cite
from answer.composition import Composer, place_of
from answer.confidence import Calibration, Evidence, evidence_for
from answer.intent import Intent, asks_what_was_said, intent_of
from answer.introduction import introduction
from answer.language import language_of
from answer.provenance import Provenance
from answer.question import clean_question
from answer.reader import Candidate, Reader
from answer.readers import open_reader
from answer.scope import Scope
from answer.selection import Quote
from answer.span_reader import SpanReader
from answer.speakers import Speaker
from index.opening import open_index
from index.passage import Passage
from index.passage_index import PassageIndex, SectionPlace
from ingest.document import Document

# Its language is told by a model that is loaded when it is first needed.
_IN_LATIN_LETTERS = "What does the article say?"
_PASSAGES = 10
_PASSAGES_READ = 5
# How far the best sentence of another expert must lie above the best of the one asked for, in the reader's scores.
_ANOTHER_SPEAKER_LEAD = 0.12


@dataclass(frozen=True, slots=True)
class Examined:
    """The best candidate for a question, and what speaks for it."""

    best: Candidate
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class _Decision:
    kind: AnswerKind
    quotes: tuple[Quote, ...]
    confidence: float


class QuestionAnswerer:
    """Answers questions from one index; safe to share between threads. The same question gives the same answer."""

    def __init__(self, index: PassageIndex, reader: Reader, calibration: Calibration) -> None:
        self._index = index
        self._reader = reader
        self._calibration = calibration
        self._everything = Scope.of_all(index.documents)
        self._composer = Composer(index, reader)

    @classmethod
    def from_index(
        cls, index: PassageIndex, reader: str = "auto", notice: Callable[[str], None] = print
    ) -> "QuestionAnswerer":
        """An answerer with one of `readers.READERS` and the calibration that is shipped; raises as `open_reader`."""
        opened = open_reader(reader, notice)
        return cls(index, opened.reader, opened.calibration)

    @classmethod
    def open(
        cls,
        index: Path | None = None,
        articles: Path | None = None,
        model: str | None = None,
        reader: str = "auto",
        notice: Callable[[str], None] = print,
    ) -> "QuestionAnswerer":
        """An answerer over a saved index, built first where there is none or the one there is stale.

        `notice` is told in a sentence what is being built and why. Raises YinjuError as `open_index`
        and `open_reader` do.
        """
        return cls.from_index(open_index(index=index, articles=articles, model=model, notice=notice), reader, notice)

    @property
    def documents(self) -> Mapping[str, Document]:
        """The indexed articles by id."""
        return self._index.documents

    @property
    def index_id(self) -> str:
        """Names the articles, model and settings that decide the answers."""
        return self._index.index_id

    @property
    def provenance(self) -> Provenance:
        """What the answers come from beside the articles."""
        return Provenance.of(self._index.manifest, self._reader, self._calibration)

    def preparations(self) -> list[Callable[[], object]]:
        """Calls, some 0.2 s each, after which no question waits for what is prepared once; for whoever serves many."""
        reading = self._reader.model.preparations() if isinstance(self._reader, SpanReader) else []
        return [partial(language_of, _IN_LATIN_LETTERS), *self._index.preparations(), *reading]

    def answer(
        self, question: str, *, abstain: bool = True, top_k: int = _PASSAGES, article: str | None = None
    ) -> Answer:
        """The answer in the article's own words; raises QuestionError for a question that cannot be asked.

        With `abstain` false the best candidate is quoted whatever the confidence. `top_k` is how many passages the
        answer carries; what it quotes does not depend on it. `article` is the id of the one that is asked, None for
        all; raises YinjuError if there is no such one.
        """
        started = perf_counter()
        question = clean_question(question)
        scope = self._everything if article is None else self._everything.only(article)
        intent = intent_of(question)
        speakers = scope.speakers.named_in(question)
        if speakers and asks_what_was_said(question):
            intent = "overview"
        passages = self._index.search(question, max(top_k, _PASSAGES_READ), scope.places_for(question, speakers))
        retrieved = perf_counter()
        candidates = self._reader.read(question, passages[:_PASSAGES_READ])
        decided = self._decide(scope, question, intent, speakers, candidates, abstain=abstain)
        answer = self._answer(question, decided, passages[:top_k])
        finished = perf_counter()
        timings = {"retrieval": retrieved - started, "reading": finished - retrieved, "total": finished - started}
        return replace(answer, timings_ms={name: 1000 * seconds for name, seconds in timings.items()})

    def rank_sentences(self, answer: Answer) -> tuple[Candidate, ...]:
        """Every sentence of the answer's passages as the reader ranks it, best first."""
        return self._reader.read(answer.question, answer.passages)

    def examine(self, question: str, places: Collection[SectionPlace]) -> Examined | None:
        """The best candidate among the sections at `places` and what speaks for it; None if they hold no sentence."""
        passages = self._index.search(question, _PASSAGES_READ, places)
        candidates = self._reader.read(question, passages)
        return Examined(candidates[0], evidence_for(question, candidates)) if candidates else None

    def _decide(
        self,
        scope: Scope,
        question: str,
        intent: Intent,
        speakers: Sequence[Speaker],
        candidates: Sequence[Candidate],
        *,
        abstain: bool,
    ) -> _Decision:
        if not candidates:
            return _Decision("none", (), 0.0)
        document = self.documents[candidates[0].passage.chunk.document_id]
        confidence = self._calibration.confidence(evidence_for(question, candidates))
        # What experts who are named say on one matter can be set side by side whatever the matter is called.
        side_by_side = intent == "comparison" and len(speakers) > 1
        if side_by_side:
            confidence = max(confidence, self._calibration.threshold)
        certain = confidence >= self._calibration.threshold or not abstain
        if (certain or speakers or len(scope.documents) == 1) and (
            composed := self._composer.about_article(question, intent, speakers, document)
        ):
            return _Decision(*composed, 1.0)
        if intent == "identity" and (told := introduction(question, candidates)):
            candidate, focus = told
            return _Decision("span", (Quote(candidate.passage.chunk.document_id, candidate.span, focus),), 1.0)
        asks_another = abstain and speakers and not side_by_side
        if not certain or (asks_another and self._said_by_another(scope, question, speakers, candidates)):
            return _Decision("none", (), min(confidence, self._calibration.threshold))
        return _Decision(*self._composer.compose(question, intent, speakers, candidates), confidence)

    def _said_by_another(
        self, scope: Scope, question: str, speakers: Sequence[Speaker], candidates: Sequence[Candidate]
    ) -> bool:
        """True if what is asked of the experts named is plainly what only someone else speaks of."""
        named = set(scope.places_for(question, speakers) or ())
        passages = {candidate.passage.chunk.id: candidate.passage for candidate in candidates}
        for passage in self._index.search(question, _PASSAGES_READ, scope.places):
            passages.setdefault(passage.chunk.id, passage)
        ranked = self._reader.read(question, list(passages.values()))
        best_named = next(candidate.score for candidate in ranked if place_of(candidate) in named)
        return ranked[0].score - best_named > _ANOTHER_SPEAKER_LEAD

    def _answer(self, question: str, decided: _Decision, passages: Sequence[Passage]) -> Answer:
        citations = tuple(self._citation(number, quote) for number, quote in enumerate(decided.quotes, start=1))
        return Answer(
            question=question,
            language=language_of(question),
            kind=decided.kind,
            text="\n".join(citation.quote for citation in citations) if citations else None,
            confidence=decided.confidence,
            citations=citations,
            passages=tuple(passages),
            index_id=self._index.index_id,
        )

    def _citation(self, number: int, quote: Quote) -> Citation:
        passage_span = self._index.passage_span(quote.document_id, quote.span)
        return cite(number, self.documents[quote.document_id], quote.span, passage_span, quote.focus)

"""From a question to an answer: retrieve, read, decide, cite or abstain."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from answer.answer import Answer, AnswerKind, Citation, cite
from answer.composition import Composer
from answer.confidence import Calibration, Evidence, evidence_for
from answer.intent import Intent, intent_of
from answer.language import language_of
from answer.question import clean_question
from answer.reader import Candidate, Reader, SentenceReader
from answer.selection import Quote
from answer.speakers import Speaker, Speakers
from index.opening import open_index
from index.passage import Passage
from index.passage_index import PassageIndex, SectionPlace
from ingest.document import Document

_PASSAGES = 10
_PASSAGES_READ = 5


@dataclass(frozen=True, slots=True)
class Examined:
    """The best candidate for a question, and what speaks for it."""

    best: Candidate
    evidence: Evidence


class QuestionAnswerer:
    """Answers questions from one index; safe to share between threads. The same question gives the same answer."""

    def __init__(self, index: PassageIndex, reader: Reader, calibration: Calibration) -> None:
        self._index = index
        self._reader = reader
        self._calibration = calibration
        self._speakers = Speakers.of(index.documents.values())
        self._composer = Composer(index, reader)

    @classmethod
    def from_index(cls, index: PassageIndex) -> "QuestionAnswerer":
        """An answerer with the sentence reader and the calibration that is shipped."""
        return cls(index, SentenceReader(), Calibration.load())

    @classmethod
    def open(
        cls,
        index: Path | None = None,
        articles: Path | None = None,
        model: str | None = None,
        notice: Callable[[str], None] = print,
    ) -> "QuestionAnswerer":
        """An answerer over a saved index, built first where there is none or the one there is stale.

        `notice` is told in a sentence what is being built and why. Raises YinjuError as `open_index` does.
        """
        return cls.from_index(open_index(index=index, articles=articles, model=model, notice=notice))

    @property
    def documents(self) -> Mapping[str, Document]:
        """The indexed articles by id."""
        return self._index.documents

    @property
    def index_id(self) -> str:
        """Names the articles, model and settings that decide the answers."""
        return self._index.index_id

    def answer(self, question: str, *, abstain: bool = True, top_k: int = _PASSAGES) -> Answer:
        """The answer in the article's own words; raises QuestionError for a question that cannot be asked.

        With `abstain` false the best candidate is quoted whatever the confidence. `top_k` is how many passages the
        answer carries; what it quotes does not depend on it.
        """
        started = perf_counter()
        question = clean_question(question)
        intent = intent_of(question)
        speakers = self._speakers.named_in(question)
        places = [place for speaker in speakers for place in speaker.places]
        passages = self._index.search(question, max(top_k, _PASSAGES_READ), places or None)
        retrieved = perf_counter()
        candidates = self._reader.read(question, passages[:_PASSAGES_READ])
        confidence = self._confidence(question, intent, speakers, candidates)
        quotes: tuple[Quote, ...] = ()
        kind: AnswerKind = "none"
        if candidates and (not abstain or confidence >= self._calibration.threshold):
            kind, quotes = self._composer.compose(question, intent, speakers, candidates)
        answer = self._answer(question, kind, quotes, confidence, passages[:top_k])
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

    def _confidence(
        self, question: str, intent: Intent, speakers: Sequence[Speaker], candidates: Sequence[Candidate]
    ) -> float:
        if not candidates:
            return 0.0
        if intent == "overview" and (speakers or len(self.documents) == 1):
            # It asks for the gist of something that is there: no sentence has to match.
            return 1.0
        return self._calibration.confidence(evidence_for(question, candidates))

    def _answer(
        self, question: str, kind: AnswerKind, quotes: Sequence[Quote], confidence: float, passages: Sequence[Passage]
    ) -> Answer:
        citations = tuple(self._citation(number, quote) for number, quote in enumerate(quotes, start=1))
        return Answer(
            question=question,
            language=language_of(question),
            kind=kind,
            text="\n".join(citation.quote for citation in citations) if citations else None,
            confidence=confidence,
            citations=citations,
            passages=tuple(passages),
            index_id=self._index.index_id,
        )

    def _citation(self, number: int, quote: Quote) -> Citation:
        passage_span = self._index.passage_span(quote.document_id, quote.span)
        return cite(number, self.documents[quote.document_id], quote.span, passage_span)

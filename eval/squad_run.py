"""Asks every question of a SQuAD-format set, through the code that serves users, and measures what comes back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answer.answer import Answer
from answer.answerer import QuestionAnswerer
from answer.question import QuestionError
from eval.answer_metrics import exact_match, gold_in_answer, token_f1
from eval.bootstrap import Interval, bootstrap_interval
from eval.latency import latency_percentiles
from eval.ranking_metrics import average_precision, hit_at_k, reciprocal_rank
from eval.squad import SquadQuestion, SquadSet

# Chunks retrieved a question, so that ten different paragraphs are among them even where paragraphs were cut in two.
_TOP_K = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a set with the answer that it got; None where the question could not be asked."""

    question: SquadQuestion
    answer: Answer | None
    sentences: tuple[tuple[int, int, int], ...]

    @property
    def ranking(self) -> tuple[int, ...]:
        """The retrieved paragraphs by number, best first, each once."""
        passages = self.answer.passages if self.answer else ()
        return tuple(dict.fromkeys(int(passage.chunk.document_id) for passage in passages))

    def prediction(self) -> dict[str, Any]:
        """The line of a predictions file; `start` and `end` in characters of `paragraph`, null on abstention."""
        citations = self.answer.citations if self.answer else ()
        first = next((citation for citation in citations if citation.focus), citations[0] if citations else None)
        place = (first.focus or first.span) if first else None
        return {
            "id": self.question.id,
            "answer": self.answer.exact if self.answer else None,
            "confidence": round(self.answer.confidence, 4) if self.answer else 0.0,
            "paragraphs": list(self.ranking),
            "paragraph": int(first.document_id) if first else None,
            "start": place.start if place else None,
            "end": place.end if place else None,
        }


def ask_all(
    answerer: QuestionAnswerer, questions: Iterable[SquadQuestion], *, abstain: bool, rank_sentences: bool
) -> Iterator[Asked]:
    """Every question with its answer, in order; `sentences` are ranked only if asked for."""
    for question in questions:
        try:
            answer = answerer.answer(question.question, abstain=abstain, top_k=_TOP_K)
        except QuestionError:
            yield Asked(question, None, ())
            continue
        ranked = answerer.rank_sentences(answer) if rank_sentences else ()
        sentences = tuple((int(item.passage.chunk.document_id), item.span.start, item.span.end) for item in ranked)
        yield Asked(question, answer, sentences)


def measure(squad: SquadSet, asked: Sequence[Asked]) -> dict[str, Interval]:
    """The mean and its 95 % interval of every measure by name, in the order in which they are reported.

    Ranking measures leave out questions that nothing in the set answers.
    """
    values: dict[str, list[float]] = {}
    for item in asked:
        for name, value in _measures(squad, item).items():
            values.setdefault(name, []).append(value)
    return {name: bootstrap_interval(column) for name, column in values.items()}


def latencies(asked: Sequence[Asked]) -> Mapping[str, Any]:
    """Percentiles in milliseconds of retrieval alone and of the whole answer."""
    timings = [item.answer.timings_ms for item in asked if item.answer]
    return {name: latency_percentiles([timing[name] for timing in timings]) for name in ("retrieval", "total")}


def _measures(squad: SquadSet, item: Asked) -> dict[str, float]:
    text = (item.answer.text if item.answer else None) or ""
    exact = (item.answer.exact if item.answer else None) or ""
    golds = item.question.answers
    values: dict[str, float] = {}
    if relevant := squad.relevant_paragraphs(item.question):
        values |= {f"recall@{k}": float(hit_at_k(item.ranking, relevant, k)) for k in (1, 5, 10)}
        values["MRR@10"] = reciprocal_rank(item.ranking, relevant)
        if squad.paragraphs[item.question.paragraph].sentences:
            values["sentence mAP"] = _sentence_precision(squad, item)
    values["EM"] = float(exact_match(exact, golds, squad.language))
    values["F1"] = token_f1(exact, golds, squad.language)
    if golds:
        values["gold in answer"] = float(gold_in_answer(text, golds))
        values["answer length / gold"] = len(text) / max(1, len(golds[0]))
    values["abstained"] = float(not text)
    return values


def _sentence_precision(squad: SquadSet, item: Asked) -> float:
    """Average precision of the ranked sentences; those are relevant that cover where a gold answer starts."""
    number, start = item.question.paragraph, item.question.answer_starts[0]
    gold = next(span for span in squad.paragraphs[number].sentences if start < span.end)
    places = [
        place
        for place, (paragraph, begin, end) in enumerate(item.sentences)
        if paragraph == number and begin < gold.end and gold.start < end and begin <= start < end
    ]
    return average_precision(list(range(len(item.sentences))), set(places)) if places else 0.0

"""What became of one question of a run: the measures that it gives, and how it failed if it did."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from eval.answer_metrics import exact_match, token_f1
from eval.gold_matching import holds, in_order
from eval.runs.record import RunQuestion
from ingest.document import Document

Failure = Literal[
    "", "error", "should have abstained", "should not have abstained", "wrong passage", "wrong sentence", "wrong span"
]
FAILURES: tuple[Failure, ...] = (
    "error",
    "wrong passage",
    "wrong sentence",
    "wrong span",
    "should have abstained",
    "should not have abstained",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The measures of an answer, each in 0..1 but for lengths; those that do not apply are missing.

    `correct` is None where it is not known what is right. `failure` is empty where nothing failed. `groups` are what
    the question belongs to: language, type, expert, section.
    """

    id: str
    question: str
    text: str | None
    golds: tuple[str, ...]
    kind: str
    confidence: float
    abstained: bool
    unanswerable: bool
    correct: bool | None
    failure: Failure = ""
    measures: Mapping[str, float] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    milliseconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """A JSON object with the fields' names, without the time, which is another in every run."""
        values = asdict(self)
        del values["milliseconds"]
        return values

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Outcome":
        """The outcome that `to_json` gave, without the time."""
        return cls(**{**values, "golds": tuple(values["golds"])})

    def without_texts(self) -> "Outcome":
        """What figures are made of: of a hundred thousand outcomes the texts would fill half a gigabyte."""
        return replace(self, question="", text=None, golds=())


def outcome_of(
    question: RunQuestion, answer: Mapping[str, Any], documents: Mapping[str, Document], milliseconds: float
) -> Outcome:
    """How an answer, as JSON, did against what is known of its question."""
    language = question.language or str(answer.get("language", ""))
    groups = {"language": language, "type": question.type, "expert": question.expert, "section": question.section}
    outcome = Outcome(
        id=question.id,
        question=question.question,
        text=answer.get("text"),
        golds=question.golds,
        kind=answer.get("kind", "error"),
        confidence=float(answer.get("confidence", 0.0)),
        abstained=answer.get("text") is None,
        unanswerable=question.unanswerable,
        correct=None,
        groups={name: group for name, group in groups.items() if group},
        milliseconds=milliseconds,
    )
    judged = _judged(question, answer, documents, language)
    return Outcome(**{name: getattr(outcome, name) for name in Outcome.__slots__} | judged)


def exact_words(answer: Mapping[str, Any]) -> str:
    """The words that answer most exactly: the first citation's focus, where there is one; else the whole answer."""
    for citation in answer["citations"]:
        if focus := citation["focus"]:
            start = citation["span"]["start"]
            return str(citation["quote"][focus["start"] - start : focus["end"] - start])
    return str(answer["text"] or "")


def _judged(
    question: RunQuestion, answer: Mapping[str, Any], documents: Mapping[str, Document], language: str
) -> dict[str, Any]:
    if "error" in answer:
        return {"correct": False if question.judged else None, "failure": "error"}
    abstained = answer["text"] is None
    measures = {"quotes exact": _quotes_exact(answer["citations"], documents), "abstained": float(abstained)}
    if question.unanswerable:
        failure = "" if abstained else "should have abstained"
        return {"correct": abstained, "failure": failure, "measures": measures}
    if not question.judged:
        return {"measures": measures}
    measures |= _measures(question, answer, language)
    return {"correct": bool(measures["gold in answer"]), "failure": _failure(question, answer), "measures": measures}


def _measures(question: RunQuestion, answer: Mapping[str, Any], language: str) -> dict[str, float]:
    golds, exact, text = question.golds, exact_words(answer), answer["text"] or ""
    values = {
        "EM": float(exact_match(exact, golds, language)) if exact else 0.0,
        "F1": token_f1(exact, golds, language) if exact else 0.0,
        "gold in answer": float(holds(text, golds)),
    }
    if text:
        values["answer length / gold"] = len(text) / max(map(len, golds))
        wanted = question.items or question.answers
        values["citation precision"] = _share([holds(citation["quote"], wanted) for citation in answer["citations"]])
    if question.items:
        values["all items"] = float(in_order(text, question.items))
        values["citation recall"] = _share([holds(text, (item,)) for item in question.items])
    if question.expert:
        values["right expert"] = float(question.expert in {citation["expert"] for citation in answer["citations"]})
    if question.section:
        values["right section"] = float(question.section in {citation["heading"] for citation in answer["citations"]})
    return values


def _failure(question: RunQuestion, answer: Mapping[str, Any]) -> Failure:
    golds = question.golds
    if answer["text"] is None:
        return "should not have abstained"
    if holds(answer["text"], golds):
        exact = exact_words(answer)
        # Words within the gold answer are part of it; words beside it are another answer.
        return "" if holds(exact, golds) or any(holds(gold, (exact,)) for gold in golds) else "wrong span"
    found = any(holds(passage["text"], golds) for passage in answer["passages"])
    return "wrong sentence" if found else "wrong passage"


def _quotes_exact(citations: Sequence[Mapping[str, Any]], documents: Mapping[str, Document]) -> float:
    def text_at(citation: Mapping[str, Any]) -> str:
        span = citation["span"]
        return documents[citation["document_id"]].text[span["start"] : span["end"]]

    return float(all(citation["quote"] == text_at(citation) for citation in citations))


def _share(values: list[bool]) -> float:
    return sum(values) / len(values) if values else 0.0

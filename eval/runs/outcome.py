"""What became of one question of a run: the measures that it gives, and how it failed if it did."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, get_args

from eval.answer_metrics import exact_match, token_f1
from eval.gold_matching import holds, in_order
from eval.language import language_of
from eval.runs.language_names import language_code
from eval.runs.record import RunQuestion
from ingest.document import Document

Failure = Literal[
    "",
    "error",
    "quote not exact",
    "wrong passage",
    "wrong sentence",
    "incomplete list",
    "should have abstained",
    "should not have abstained",
    "wrong span",
]
FAILURES: tuple[Failure, ...] = get_args(Failure)[1:]
# An article's beginning shows what language it is in.
_SHOWN = 2000


@dataclass(frozen=True, slots=True)
class Outcome:
    """The measures of an answer, each in 0..1 but for lengths; those that do not apply are missing.

    `correct` is None where it is not known what is right; of a list it takes all items. `failure` is empty where
    nothing failed; an answer with a wrong span is correct all the same. What could not be asked did not abstain.
    `groups` are what the question belongs to: language, type, expert, section.
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
    language = language_code(question.language) or str(answer.get("language", ""))
    groups = {"language": language, "type": question.type, "expert": question.expert, "section": question.section}
    outcome = Outcome(
        id=question.id,
        question=question.question,
        text=answer.get("text"),
        golds=question.golds,
        kind=answer.get("kind", "error"),
        confidence=float(answer.get("confidence", 0.0)),
        abstained="error" not in answer and answer["text"] is None,
        unanswerable=question.unanswerable,
        correct=None,
        groups={name: group for name, group in groups.items() if group},
        milliseconds=milliseconds,
    )
    judged = _judged(question, answer, documents)
    return Outcome(**{name: getattr(outcome, name) for name in Outcome.__slots__} | judged)


def exact_words(answer: Mapping[str, Any]) -> str:
    """The words that answer most exactly: the first citation's focus, where there is one; else the whole answer."""
    for citation in answer["citations"]:
        if citation["focus"]:
            return _exact(citation)
    return str(answer["text"] or "")


def _exact(citation: Mapping[str, Any]) -> str:
    focus, start = citation["focus"] or citation["span"], citation["span"]["start"]
    return str(citation["quote"][focus["start"] - start : focus["end"] - start])


def _judged(question: RunQuestion, answer: Mapping[str, Any], documents: Mapping[str, Document]) -> dict[str, Any]:
    known = question.judged
    if "error" in answer:
        nothing: dict[str, Any] = {"text": None, "citations": [], "passages": []}
        measures = {} if question.unanswerable else _measures(question, nothing, documents)
        return {"correct": False if known else None, "failure": "error", "measures": measures}
    abstained, exact = answer["text"] is None, _quotes_exact(answer["citations"], documents)
    measures = {"quotes exact": float(exact), "abstained": float(abstained)}
    if not question.unanswerable:
        measures |= _measures(question, answer, documents)
    if not exact:
        return {"correct": False if known else None, "failure": "quote not exact", "measures": measures}
    if question.unanswerable:
        failure = "" if abstained else "should have abstained"
        return {"correct": abstained, "failure": failure, "measures": measures}
    if not known:
        return {"measures": measures}
    correct = bool(measures["all items" if question.items else "gold in answer"])
    return {"correct": correct, "failure": _failure(question, answer, correct), "measures": measures}


def _measures(question: RunQuestion, answer: Mapping[str, Any], documents: Mapping[str, Document]) -> dict[str, float]:
    values = _likeness(question, answer, documents) if question.golds else {}
    text, citations = answer["text"] or "", answer["citations"]
    if wanted := question.items or question.answers:
        values["citation precision"] = _share([holds(citation["quote"], wanted) for citation in citations])
    if question.items:
        values["all items"] = float(in_order(text, question.items))
        values["citation recall"] = _share([holds(text, (item,)) for item in question.items])
    if question.evidence:
        values |= _evidence(question.evidence, [citation["quote"] for citation in citations])
    if question.golds and question.expert:
        values["right expert"] = float(question.expert in {citation["expert"] for citation in citations})
    if question.golds and question.section:
        values["right section"] = float(question.section in {citation["heading"] for citation in citations})
    return values


def _likeness(question: RunQuestion, answer: Mapping[str, Any], documents: Mapping[str, Document]) -> dict[str, float]:
    """How much the answer is like a gold one; of a list, like all its items together."""
    golds, exact, text = question.golds, exact_words(answer), answer["text"] or ""
    if question.items:
        golds = ("\n".join(question.items), *(one for one in question.answers if in_order(one, question.items)))
        exact = "\n".join(map(_exact, answer["citations"]))
    language = _language(golds, answer["citations"], documents)
    values = {
        "EM": float(exact_match(exact, golds, language)) if exact else 0.0,
        "F1": token_f1(exact, golds, language) if exact else 0.0,
        "gold in answer": float(holds(text, question.answers) if question.answers else in_order(text, question.items)),
    }
    if text:
        values["answer length / gold"] = len(text) / max(map(len, golds))
    return values


def _evidence(evidence: Sequence[str], quotes: Sequence[str]) -> dict[str, float]:
    """Precision and recall of the quotes; a quote and a piece of evidence are one where either holds the other."""
    precision = _share([any(_same(quote, piece) for piece in evidence) for quote in quotes])
    recall = _share([any(_same(quote, piece) for quote in quotes) for piece in evidence])
    return {"evidence precision": precision, "evidence recall": recall}


def _same(quote: str, piece: str) -> bool:
    return holds(quote, (piece,)) or holds(piece, (quote,))


def _language(golds: Sequence[str], citations: Sequence[Mapping[str, Any]], documents: Mapping[str, Document]) -> str:
    """The language that the gold answers are in, told by their script, else by the cited article's."""
    language = language_of(" ".join(golds))
    if language == "und" and citations:
        return language_of(documents[citations[0]["document_id"]].text[:_SHOWN])
    return language


def _failure(question: RunQuestion, answer: Mapping[str, Any], correct: bool) -> Failure:
    golds = (*question.answers, *question.items)
    if answer["text"] is None:
        return "should not have abstained"
    if correct:
        return "" if question.items or _is_gold(exact_words(answer), golds) else "wrong span"
    if holds(answer["text"], golds):
        return "incomplete list"
    found = any(holds(passage["text"], golds) for passage in answer["passages"])
    return "wrong sentence" if found else "wrong passage"


def _is_gold(exact: str, golds: Sequence[str]) -> bool:
    """Words within the gold answer are part of it; words beside it are another answer."""
    return holds(exact, golds) or any(holds(gold, (exact,)) for gold in golds)


def _quotes_exact(citations: Sequence[Mapping[str, Any]], documents: Mapping[str, Document]) -> bool:
    def text_at(citation: Mapping[str, Any]) -> str:
        span = citation["span"]
        return documents[citation["document_id"]].text[span["start"] : span["end"]]

    return all(citation["quote"] == text_at(citation) for citation in citations)


def _share(values: list[bool]) -> float:
    return sum(values) / len(values) if values else 0.0

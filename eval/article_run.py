"""Asks the article's own question file and measures what comes back, by language and by type."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from answer.answer import Answer
from answer.answerer import QuestionAnswerer
from eval.bootstrap import Interval, bootstrap_interval
from eval.confidence_metrics import (
    abstention_scores,
    auroc,
    expected_calibration_error,
    risk_at_coverage,
    risk_coverage_area,
)
from eval.gold_matching import holds, in_order, quotes_exact
from eval.questions import Question
from ingest.document import Document

_COVERAGES = (0.5, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Graded:
    """A question, its answer, and what was right about it; measures that do not apply to the question are missing."""

    question: Question
    answer: Answer
    measures: Mapping[str, float]

    @property
    def correct(self) -> bool:
        """True if the answer holds the gold answer, or rightly there is none."""
        if not self.question.answerable:
            return self.answer.abstained
        return bool(self.measures["gold in answer"])


def grade_all(answerer: QuestionAnswerer, questions: Sequence[Question]) -> tuple[Graded, ...]:
    """Every question asked and graded, in order."""
    graded = []
    for question in questions:
        answer = answerer.answer(question.question)
        graded.append(Graded(question, answer, _measures(question, answer, answerer.documents)))
    return tuple(graded)


def table(graded: Sequence[Graded], group_of: Callable[[Question], str]) -> dict[str, dict[str, Interval]]:
    """The mean and 95 % interval of every measure, for each group of questions, in order of appearance."""
    groups: dict[str, dict[str, list[float]]] = {}
    for item in graded:
        columns = groups.setdefault(group_of(item.question), {})
        for name, value in item.measures.items():
            columns.setdefault(name, []).append(value)
    return {
        group: {name: bootstrap_interval(values) for name, values in columns.items()}
        for group, columns in groups.items()
    }


def overall(graded: Sequence[Graded]) -> dict[str, float]:
    """How well abstention works over all questions, and whether confidence can be believed."""
    abstained = [item.answer.abstained for item in graded]
    unanswerable = [not item.question.answerable for item in graded]
    confidences = [item.answer.confidence for item in graded]
    scores = abstention_scores(abstained, unanswerable)
    answered = [item for item in graded if not item.answer.abstained]
    return {
        "abstention precision": scores.precision,
        "abstention recall": scores.recall,
        "abstention F1": scores.f1,
        "AUROC answerable": auroc(confidences, [not value for value in unanswerable]),
        # A confidence is the chance that the quoted answer is right, and says nothing of a refusal.
        "calibration error": expected_calibration_error(
            [item.answer.confidence for item in answered], [item.correct for item in answered]
        ),
        **_risks([item for item in graded if item.question.answerable]),
    }


def _risks(answerable: Sequence[Graded]) -> dict[str, float]:
    """The curve of risk against coverage of the answerable questions, at some places, and its area."""
    confidences = [item.answer.confidence for item in answerable]
    correct = [item.correct for item in answerable]
    risks = {
        f"risk at {coverage:.0%} coverage": risk_at_coverage(confidences, correct, coverage) for coverage in _COVERAGES
    }
    return risks | {"risk-coverage area": risk_coverage_area(confidences, correct)}


def _measures(question: Question, answer: Answer, documents: Mapping[str, Document]) -> dict[str, float]:
    values: dict[str, float] = {"abstained": float(answer.abstained), "quotes exact": quotes_exact(answer, documents)}
    if not question.answerable:
        return values
    for k in (1, 3, 5):
        passages = [passage.chunk.text for passage in answer.passages[:k]]
        values[f"passage@{k}"] = float(any(holds(text, question.answers) for text in passages))
    values["gold in answer"] = float(holds(answer.text or "", question.answers))
    if question.items:
        values["all items"] = float(in_order(answer.text or "", question.items))
    if question.section:
        headings = {citation.heading for citation in answer.citations}
        values["right section"] = float(question.section in headings)
    if answer.text:
        values["answer length / gold"] = len(answer.text) / max(len(gold) for gold in question.answers)
    return values

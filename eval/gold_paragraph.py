"""How well a reader reads when it is handed the right text: EM and F1, and whether it can tell a wrong text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from answer.span_model import SpanModel
from answer.whole_text import best_answer
from eval.answer_metrics import exact_match, token_f1
from eval.bootstrap import Interval, bootstrap_interval
from eval.confidence_metrics import auroc
from eval.squad import SquadQuestion, SquadSet


@dataclass(frozen=True, slots=True)
class Read:
    """What was read in a question's own paragraph, and the log-odds there and in a paragraph that does not answer.

    `answerable` is false where the question's own paragraph does not answer it either; then nothing is right.
    """

    em: float
    f1: float
    log_odds: float
    log_odds_elsewhere: float | None = None
    answerable: bool = True


def read_all(model: SpanModel, squad: SquadSet, questions: Iterable[SquadQuestion]) -> Iterator[Read]:
    """Every question read in its own paragraph and, if that answers it, in the next one that is another."""
    for question in questions:
        text = squad.paragraphs[question.paragraph].text
        best = best_answer(model, question.question, text)
        if not question.answers:
            yield Read(0.0, 0.0, best.score if best else 0.0, answerable=False)
            continue
        said = best.span.of(text) if best else ""
        elsewhere = _neighbour(squad, question)
        other = best_answer(model, question.question, elsewhere) if elsewhere else None
        yield Read(
            em=float(exact_match(said, question.answers, squad.language)),
            f1=token_f1(said, question.answers, squad.language),
            log_odds=best.score if best else 0.0,
            log_odds_elsewhere=other.score if other else None,
        )


def measure_reading(reads: Sequence[Read]) -> dict[str, Interval]:
    """EM, F1 and the AUROC of the log-odds by name: right paragraph against neighbour, answerable against near miss."""
    answerable = [read for read in reads if read.answerable]
    measures = {
        "EM": bootstrap_interval([read.em for read in answerable]),
        "F1": bootstrap_interval([read.f1 for read in answerable]),
    }
    wrong = {
        "AUROC": [read.log_odds_elsewhere for read in reads if read.log_odds_elsewhere is not None],
        "AUROC, near misses": [read.log_odds for read in reads if not read.answerable],
    }
    right = [read.log_odds for read in answerable]
    for name, log_odds in wrong.items():
        if right and log_odds:
            area = auroc([*right, *log_odds], [True] * len(right) + [False] * len(log_odds))
            measures[name] = Interval(area, area, area)
    return measures


def _neighbour(squad: SquadSet, question: SquadQuestion) -> str | None:
    """The text of a paragraph beside the question's own that has none of the answers; None if there is none."""
    own = squad.paragraphs[question.paragraph]
    count = len(squad.paragraphs)
    for step in range(1, min(count, 6)):
        other = squad.paragraphs[(own.number + step) % count]
        if other.text != own.text and not any(answer in other.text for answer in question.answers):
            return other.text
    return None

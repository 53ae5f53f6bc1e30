"""A conversation: its turns, and what answering one question does to the page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from answer.answer import Answer
from answer.follow_up import standing_alone
from answer.question import QuestionError
from ingest.document import Document
from web import rendering, texts
from web.samples import follow_ups
from web.service import AnswerService, problem_of
from web.texts import Text

MAX_TURNS_SHOWN = 30
# What an export holds at most.
MAX_TURNS_KEPT = 200


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and, as HTML, its answer and the evidence for it.

    `asked` is what was typed where `question` is a rewrite of it, else empty.
    """

    number: int
    question: str
    answer: str
    evidence: str
    asked: str = ""
    follow_ups: tuple[Text, ...] = ()


Turns = tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A question that was not answered, and why, in a sentence for the one who asked."""

    reason: Text


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it is answered, and what was typed if that is another; `answer` is its answer."""

    question: str
    asked: str
    answer: Answer


def sendable(text: str) -> str:
    """`text` without lone surrogates: a browser can send them, but nothing can send them back as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


async def understand(
    service: AnswerService, question: str, earlier: str, *, literally: bool = False, article: str | None = None
) -> Understood:
    """The answer to `question`, made to stand on its own if it leans on the question `earlier`, empty if none.

    Raises what the service raises. With `literally` the question is taken as it is. `article` is as for the service.
    """
    rewritten = None if literally or not earlier else await _rewritten(service, question, earlier, article)
    answer = await service.ask(rewritten or question, article)
    return Understood(rewritten or question, question if rewritten else "", answer)


async def _rewritten(service: AnswerService, question: str, earlier: str, article: str | None) -> str | None:
    try:
        previous = await service.ask(earlier, article)
    except QuestionError:
        return None
    return standing_alone(question, previous, experts_of(service.articles(article)))


def experts_of(documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The names of all who speak in the articles, longest first."""
    names = {section.expert for document in documents.values() for section in document.sections if section.expert}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


async def take_turn(
    service: AnswerService, client: str, question: str, turns: Turns, *, literally: bool = False
) -> Turn | Refusal:
    """The next turn of a conversation; a question that fails leaves the conversation as it was."""
    try:
        service.admit(client)
        understood = await understand(service, question, turns[-1].question if turns else "", literally=literally)
        number = turns[-1].number + 1 if turns else 1
        return turn_of(number, understood, service.documents, {turn.question for turn in turns})
    except Exception as error:
        # The page must be unlocked again whatever happened.
        return Refusal(refusal_text(error))


def turn_of(number: int, understood: Understood, documents: Mapping[str, Document], earlier: Collection[str]) -> Turn:
    """The turn that shows an answer; what it suggests to ask next is not among the questions `earlier`."""
    return Turn(
        number=number,
        question=understood.question,
        answer=rendering.answer_html(number, understood.answer, documents, understood.asked),
        evidence=rendering.evidence_html(number, understood.answer, documents),
        asked=understood.asked,
        follow_ups=follow_ups(understood.answer, documents, {understood.question, *earlier}),
    )


def kept(turns: Turns) -> Turns:
    """The last MAX_TURNS_KEPT turns, those that are no longer shown without their answers: a session may be long."""
    recent = turns[-MAX_TURNS_KEPT:]
    bare = (replace(turn, answer="", evidence="", follow_ups=()) for turn in recent[:-MAX_TURNS_SHOWN])
    return (*bare, *recent[-MAX_TURNS_SHOWN:])


def refusal_text(error: Exception) -> Text:
    """What a person is told of an error."""
    return texts.REFUSALS.get(problem_of(error).code, texts.REFUSED)


def messages(turns: Turns, pending: str = "") -> list[dict[str, Any]]:
    """The chat as Gradio's messages; `pending` is a question that is being answered."""
    pairs = [(turn.asked or turn.question, turn.answer) for turn in turns[-MAX_TURNS_SHOWN:]]
    if pending.strip():
        pairs.append((pending, rendering.note_html(texts.READING, "reading")))
    return [message for question, answer in pairs for message in _exchange(question, answer)]


def evidence(turns: Sequence[Turn]) -> str:
    """The evidence panel of the conversation, newest first and open, older answers folded away."""
    if not turns:
        return rendering.evidence_hint()
    shown = "".join(
        rendering.turn_evidence_html(turn.number, turn.question, turn.asked, turn.evidence, unfolded=turn is turns[-1])
        for turn in reversed(turns[-MAX_TURNS_SHOWN:])
    )
    earlier = [(turn.question, turn.asked) for turn in reversed(turns[:-MAX_TURNS_SHOWN])]
    return shown + rendering.earlier_html(earlier, MAX_TURNS_KEPT)


def _exchange(question: str, answer: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return (
        {"role": "user", "content": rendering.question_html(question)},
        {"role": "assistant", "content": answer},
    )

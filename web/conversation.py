"""A conversation: its turns, and what answering one question does to the page."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from answer.answer import Answer
from answer.question import QuestionError
from ingest.document import Document
from web import rendering, texts
from web.texts import Text

MAX_TURNS_SHOWN = 30

log = logging.getLogger(__name__)


class Answerer(Protocol):
    """What the page needs of `answer.answerer.QuestionAnswerer`."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """The articles by id."""

    def answer(self, question: str) -> Answer:
        """The answer; raises QuestionError for a question that cannot be one."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and, as HTML, its answer and the evidence for it."""

    number: int
    question: str
    answer: str
    evidence: str


Turns = tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A question that was not answered, and why, in a sentence for the one who asked."""

    reason: Text


async def ask(answerer: Answerer, question: str) -> Answer:
    """The answer, computed in a thread so that the page stays responsive; raises what the answerer raises."""
    return await asyncio.to_thread(answerer.answer, question)


def sendable(text: str) -> str:
    """`text` without lone surrogates: a browser can send them, but nothing can send them back as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


async def take_turn(answerer: Answerer, question: str, turns: Turns) -> Turn | Refusal:
    """The next turn of a conversation; a question that fails leaves the conversation as it was."""
    try:
        answer = await ask(answerer, question)
        number = turns[-1].number + 1 if turns else 1
        return Turn(
            number=number,
            question=question,
            answer=rendering.answer_html(number, answer),
            evidence=rendering.evidence_html(number, answer, answerer.documents),
        )
    except QuestionError as error:
        return Refusal(texts.REFUSALS.get(error.code, texts.REFUSED))
    except Exception:
        # The page must be unlocked again whatever happened; the log has the rest.
        log.exception("a question could not be answered")
        return Refusal(texts.FAILED)


def messages(turns: Turns, pending: str = "") -> list[dict[str, Any]]:
    """The chat as Gradio's messages; `pending` is a question that is being answered."""
    pairs = [(turn.question, turn.answer) for turn in turns[-MAX_TURNS_SHOWN:]]
    if pending.strip():
        pairs.append((pending, rendering.note_html(texts.READING, "reading")))
    return [message for question, answer in pairs for message in _exchange(question, answer)]


def evidence(turns: Turns) -> str:
    """The evidence panel of the conversation."""
    return rendering.evidence_panel([(turn.question, turn.evidence) for turn in turns[-MAX_TURNS_SHOWN:]])


def _exchange(question: str, answer: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return (
        {"role": "user", "content": rendering.question_html(question)},
        {"role": "assistant", "content": answer},
    )

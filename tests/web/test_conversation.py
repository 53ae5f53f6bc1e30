"""A conversation goes on whatever a question does."""

import asyncio
from collections.abc import Mapping
from typing import get_args

import pytest

from answer.answer import Answer
from answer.question import QuestionErrorCode, clean_question
from ingest.document import Document
from web import texts
from web.conversation import MAX_TURNS_SHOWN, Refusal, Turn, evidence, messages, sendable, take_turn


class Abstainer:
    """Refuses what is not a question and has an answer to nothing."""

    documents: Mapping[str, Document] = {}

    def answer(self, question: str) -> Answer:
        return Answer(clean_question(question), "zh", "none", None, 0.0, (), ())


class Breaker(Abstainer):
    """Breaks on every question."""

    def answer(self, question: str) -> Answer:
        raise RuntimeError("the model ran away")


@pytest.mark.parametrize(
    ("question", "code"), [("", "empty"), (" \n", "empty"), ("长" * 5000, "too_long"), ("？！", "no_words")]
)
def test_what_is_not_a_question_is_refused_in_a_friendly_sentence(question: str, code: QuestionErrorCode) -> None:
    """In both languages, of which the page shows one."""
    assert asyncio.run(take_turn(Abstainer(), question, ())) == Refusal(texts.REFUSALS[code])


def test_every_reason_of_the_question_check_has_its_sentence() -> None:
    """A new reason needs one too."""
    assert set(texts.REFUSALS) == set(get_args(QuestionErrorCode))


def test_an_answerer_that_breaks_does_not_break_the_page() -> None:
    """The reader is told so; details are for the log."""
    assert asyncio.run(take_turn(Breaker(), "什么？", ())) == Refusal(texts.FAILED)


def test_turns_are_numbered_one_after_the_other() -> None:
    """Their numbers are in the links from quotes to sources."""
    first = asyncio.run(take_turn(Abstainer(), "甲？", ()))
    assert isinstance(first, Turn)
    second = asyncio.run(take_turn(Abstainer(), "乙？", (first,)))
    assert isinstance(second, Turn)
    assert (first.number, second.number) == (1, 2)


def test_a_question_is_shown_while_it_is_answered_and_a_blank_one_is_not() -> None:
    """Question and answer take turns."""
    assert [message["role"] for message in messages((), pending="甲？")] == ["user", "assistant"]
    assert messages((), pending="  ") == []


def test_a_long_conversation_keeps_its_newest_turns_on_the_page() -> None:
    """The page is sent whole after each turn, so it may not grow for ever."""
    turns = tuple(Turn(number, f"问{number}", "答", "据") for number in range(1, 101))
    shown = messages(turns)
    assert len(shown) == 2 * MAX_TURNS_SHOWN
    assert "问100" in shown[-2]["content"]
    assert evidence(turns).count("<details") == MAX_TURNS_SHOWN


def test_text_that_cannot_be_sent_back_is_replaced() -> None:
    """Half a surrogate pair, as some clients send it."""
    assert sendable("问\ud83d？") == "问?？"
    assert sendable("问😀？") == "问😀？"

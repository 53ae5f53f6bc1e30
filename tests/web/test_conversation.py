"""A conversation goes on whatever a question does."""

import asyncio
import re
import time
from collections.abc import Mapping
from typing import get_args

import pytest

from answer.answer import Answer
from answer.question import QuestionErrorCode, clean_question
from ingest.document import Document
from web import texts
from web.conversation import (
    MAX_TURNS_KEPT,
    MAX_TURNS_SHOWN,
    Refusal,
    Turn,
    Turns,
    evidence,
    kept,
    messages,
    sendable,
    take_turn,
)
from web.metrics import Metrics
from web.service import Answerer, AnswerService
from web.settings import WebSettings


class Abstainer:
    """Refuses what is not a question and has an answer to nothing."""

    documents: Mapping[str, Document] = {}

    def answer(self, question: str, *, article: str | None = None) -> Answer:
        return Answer(clean_question(question), "zh", "none", None, 0.0, (), ())


class Sleeper(Abstainer):
    """Takes its time."""

    def answer(self, question: str, *, article: str | None = None) -> Answer:
        time.sleep(0.3)
        return super().answer(question)


class Breaker(Abstainer):
    """Breaks on every question."""

    def answer(self, question: str, *, article: str | None = None) -> Answer:
        raise RuntimeError("the model ran away")


def turn(answerer: Answerer, question: str, turns: Turns = (), timeout: float = 30.0) -> Turn | Refusal:
    """The turn that a question of someone on another machine gets."""
    service = AnswerService(answerer, WebSettings(timeout=timeout), Metrics())
    return asyncio.run(take_turn(service, "192.0.2.1", question, turns))


@pytest.mark.parametrize(
    ("question", "code"), [("", "empty"), (" \n", "empty"), ("长" * 5000, "too_long"), ("？！", "no_words")]
)
def test_what_is_not_a_question_is_refused_in_a_friendly_sentence(question: str, code: QuestionErrorCode) -> None:
    """In both languages, of which the page shows one."""
    assert turn(Abstainer(), question) == Refusal(texts.REFUSALS[code])


def test_every_reason_of_the_question_check_has_its_sentence() -> None:
    """A new reason needs one too."""
    assert set(texts.REFUSALS) >= set(get_args(QuestionErrorCode))


def test_an_answerer_that_breaks_does_not_break_the_page() -> None:
    """The reader is told so; details are for the log."""
    assert turn(Breaker(), "什么？") == Refusal(texts.REFUSALS["failed"])


def test_an_answer_that_takes_too_long_is_given_up_with_a_sentence() -> None:
    """The box is unlocked again."""
    assert turn(Sleeper(), "什么？", timeout=0.05) == Refusal(texts.REFUSALS["timeout"])


def test_who_asks_too_much_is_told_so() -> None:
    """Whoever it is: the limit is the operator's."""
    service = AnswerService(Abstainer(), WebSettings(rate_limit=1), Metrics())
    assert isinstance(asyncio.run(take_turn(service, "192.0.2.1", "甲？", ())), Turn)
    refusal = asyncio.run(take_turn(service, "192.0.2.1", "乙？", ()))
    assert refusal == Refusal(texts.REFUSALS["too_many_questions"])
    assert isinstance(asyncio.run(take_turn(service, "192.0.2.2", "乙？", ())), Turn)


def test_turns_are_numbered_one_after_the_other() -> None:
    """Their numbers are in the links from quotes to sources."""
    first = turn(Abstainer(), "甲？")
    assert isinstance(first, Turn)
    second = turn(Abstainer(), "乙？", (first,))
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


def test_of_turns_that_are_no_longer_shown_only_the_questions_are_kept() -> None:
    """A session lives as long as its tab, and an export needs what was asked: as much of it as one may hold."""
    turns: Turns = ()
    for number in range(1, MAX_TURNS_KEPT + 51):
        turns = kept((*turns, Turn(number, f"问{number}", "答", "据", f"原{number}", (texts.ASK,))))
    assert [turn.number for turn in turns] == list(range(51, MAX_TURNS_KEPT + 51))
    bare, shown = turns[:-MAX_TURNS_SHOWN], turns[-MAX_TURNS_SHOWN:]
    assert {(turn.answer, turn.evidence, turn.follow_ups) for turn in bare} == {("", "", ())}
    assert {(turn.answer, turn.evidence, turn.follow_ups) for turn in shown} == {("答", "据", (texts.ASK,))}
    assert (bare[0].question, bare[0].asked) == ("问51", "原51")


def test_an_export_finds_on_the_page_what_was_asked_before_the_turns_that_are_shown() -> None:
    """Newest first, as typed and as understood, and a sentence says that there was more."""
    turns = tuple(Turn(number, f"问{number}", "答", "据", f"原{number}") for number in range(1, 41))
    html = evidence(turns)
    asked = re.findall('data-question="问([0-9]+)" data-asked="原([0-9]+)"', html)
    assert asked == [(str(number), str(number)) for number in range(40, 0, -1)]
    assert f"最近的 {MAX_TURNS_KEPT} 个" in html
    assert "更早的问题" not in evidence(turns[-MAX_TURNS_SHOWN:])


def test_only_the_newest_turn_is_unfolded() -> None:
    """It stands first."""
    html = evidence((Turn(1, "旧", "答", "<p>甲</p>"), Turn(2, "新", "答", "<p>乙</p>")))
    assert html.index("乙") < html.index("甲")
    assert html.count(" open>") == 1
    assert html.index(" open>") < html.index("乙")


def test_text_that_cannot_be_sent_back_is_replaced() -> None:
    """Half a surrogate pair, as some clients send it."""
    assert sendable("问\ud83d？") == "问?？"
    assert sendable("问😀？") == "问😀？"

"""Limits, exports, votes and the log: small parts, each by itself."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message

from answer.answer import Answer, cite
from ingest.document import Document, SourceMap, Span
from ingest.errors import YinjuError
from web.checks import BodyLimit
from web.exports import export
from web.feedback import FeedbackFile
from web.limits import RateLimiter


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_client_may_ask_as_often_as_the_limit_says_and_then_waits() -> None:
    """Six a minute: one every ten seconds, or six at once."""
    clock = Clock()
    limiter = RateLimiter(6, clock)
    assert [limiter.seconds_to_wait("a") for _ in range(7)] == [0] * 6 + [10]
    assert limiter.seconds_to_wait("b") == 0
    clock.now = 9.5
    assert limiter.seconds_to_wait("a") == 1
    clock.now = 10
    assert limiter.seconds_to_wait("a") == 0
    clock.now = 1000
    assert limiter.seconds_to_wait("a", questions=1000) == 0
    assert limiter.seconds_to_wait("a") == 10


def test_no_limit_is_no_limit() -> None:
    limiter = RateLimiter(0, Clock())
    assert {limiter.seconds_to_wait("a", 1000) for _ in range(1000)} == {0}


@given(st.lists(st.floats(0, 20), max_size=60), st.integers(1, 10))
def test_never_more_than_twice_the_limit_in_any_minute(pauses: list[float], limit: int) -> None:
    """What a burst may add to the even rate is one limit more."""
    clock, asked = Clock(), []
    limiter = RateLimiter(limit, clock)
    for pause in pauses:
        clock.now += pause
        if limiter.seconds_to_wait("a") == 0:
            asked.append(clock.now)
    assert all(sum(start <= time < start + 60 for time in asked) <= 2 * limit for start in asked)


def test_a_body_without_a_length_is_still_limited() -> None:
    """It is counted as it comes, and refused as soon as it is too long."""
    sent: list[Message] = []
    pieces: Iterator[Message] = iter([{"type": "http.request", "body": b"x" * 600_000, "more_body": True}] * 3)

    async def receive() -> Message:
        return next(pieces)

    async def send(message: Message) -> None:
        sent.append(message)

    async def never(*_: object) -> None:
        raise AssertionError("the body got through")

    scope = {"type": "http", "method": "POST", "path": "/api/ask", "headers": []}
    asyncio.run(BodyLimit(never)(scope, receive, send))
    assert sent[0]["status"] == 413
    assert next(pieces)


def _answer(text: str) -> Answer:
    document = Document("d1", "题*目*", "", None, text, (), "a.txt", "0" * 64, SourceMap((0,), (3,)))
    citation = cite(1, document, Span(0, len(text)), Span(0, len(text)))
    return Answer("问<b>？", "zh", "sentences", text, 0.9, (citation,), ())


def test_an_export_holds_question_quote_and_source() -> None:
    text = export([_answer("原话。")], "text", "zh")
    assert text == "问<b>？\n\n[1] 原话。\n    —— 《题*目*》，第 3 行\n"
    assert "line 3" in export([_answer("原话。")], "text", "en")
    assert json.loads(export([_answer("原话。")], "json", "zh"))[0]["citations"][0]["quote"] == "原话。"


def test_markdown_shows_a_quote_as_it_is() -> None:
    """Signs of Markdown and HTML are escaped."""
    markdown = export([_answer("a*b* <img> [x](javascript:y)\n$$z$$")], "markdown", "en")
    assert "### 问\\<b\\>？" in markdown
    assert "> a\\*b\\* \\<img\\> \\[x\\](javascript:y)\n> \\$\\$z\\$\\$" in markdown


def test_an_abstention_is_exported_as_one() -> None:
    abstention = Answer("问？", "zh", "none", None, 0.1, (), ())
    assert "Sorry" in export([abstention], "text", "en")
    assert "抱歉" in export([abstention], "markdown", "zh")


def test_votes_are_added_line_by_line(tmp_path: Path) -> None:
    """An older file is kept."""
    path = tmp_path / "votes.jsonl"
    path.write_text('{"liked": true}\n', encoding="utf-8")
    FeedbackFile.open(path).add(_answer("原话。"), liked=False)
    votes = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [vote["liked"] for vote in votes] == [True, False]
    assert (votes[1]["question"], votes[1]["text"]) == ("问<b>？", "原话。")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(YinjuError, match="--feedback"):
        FeedbackFile.open(tmp_path / "no" / "votes.jsonl")

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
from web.checks import BodyLimit, LongBody, long_bodies
from web.conversation import Understood
from web.exports import export
from web.feedback import FeedbackFile
from web.limits import CLIENTS, RateLimiter
from web.problems import Problem
from web.settings import WebSettings


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


def test_the_addresses_of_one_ipv6_network_count_together() -> None:
    """Who has one has all; an IPv4 address counts by itself, however it is written."""
    limiter = RateLimiter(2, Clock())
    networks = ("2001:db8::1", "2001:db8::2", "2001:db8:0:0:ffff::", "2001:db8:0:1::1")
    assert [limiter.seconds_to_wait(client) for client in networks] == [0, 0, 30, 0]
    mapped = ("::ffff:192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2")
    assert [limiter.seconds_to_wait(client) for client in mapped] == [0, 0, 30, 0]
    assert [limiter.seconds_to_wait("fe80::1%eth0") for _ in range(3)] == [0, 0, 30]


def test_not_more_than_so_many_clients_are_kept_in_mind() -> None:
    """Of more, whoever asked longest ago may ask anew."""
    limiter = RateLimiter(1, Clock())
    clients = [str(number) for number in range(CLIENTS + 1)]
    assert {limiter.seconds_to_wait(client) for client in clients} == {0}
    assert limiter.seconds_to_wait(clients[1]) == 60
    assert limiter.seconds_to_wait(clients[0]) == 0
    assert limiter.seconds_to_wait(clients[1]) == 0
    assert limiter.seconds_to_wait(clients[3]) == 60


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


def refused(*_: object) -> None:
    raise Problem(401, "wrong_token", "no")


def status_for(path: str, length: int, limits: dict[str, LongBody], root_path: str = "") -> int:
    """The status for a body of that many bytes; fails if one that is too long, or not allowed, is read."""
    sent: list[Message] = []

    async def receive() -> Message:
        assert length <= 10
        return {"type": "http.request", "body": b"x" * length}

    async def send(message: Message) -> None:
        sent.append(message)

    async def answering(*_: object) -> None:
        sent.append({"type": "http.response.start", "status": 200})

    headers = [(b"content-length", str(length).encode())]
    scope = {"type": "http", "method": "POST", "path": path, "root_path": root_path, "headers": headers}
    asyncio.run(BodyLimit(answering, limits)(scope, receive, send))
    return int(sent[0]["status"])


def test_a_longer_body_has_its_own_address() -> None:
    """Exactly that one, under whatever path a proxy shows the server."""
    limits = {"/runs/list": LongBody(10, lambda _: None)}
    assert status_for("/runs/list", 10, limits) == 200
    assert status_for("/qa/runs/list", 11, limits, root_path="/qa") == 413
    limits = {"/runs/list": LongBody(2_000_000, lambda _: None)}
    assert status_for("/elsewhere/runs/list", 10, limits) == 200
    assert status_for("/elsewhere/runs/list", 1_000_001, limits) == 413


def test_who_may_not_send_a_long_body_is_refused_before_it_is_read() -> None:
    assert status_for("/runs/list", 1_000_000, {"/runs/list": LongBody(2_000_000, refused)}) == 401


def test_files_of_questions_are_long_only_where_there_are_runs(tmp_path: Path) -> None:
    assert set(long_bodies(WebSettings())) == {"/api/batch"}
    assert set(long_bodies(WebSettings(runs=tmp_path))) == {"/api/batch", "/runs/list"}


def _answer(text: str) -> Answer:
    document = Document("d1", "题*目*", "", None, text, (), "a.txt", "0" * 64, SourceMap((0,), (3,)))
    citation = cite(1, document, Span(0, len(text)), Span(0, len(text)))
    return Answer("问<b>？", "zh", "sentences", text, 0.9, (citation,), ())


def _understood(text: str, asked: str = "") -> Understood:
    answer = _answer(text)
    return Understood(answer.question, asked, answer)


def test_an_export_holds_question_quote_and_source() -> None:
    text = export([_understood("原话。")], "text", "zh")
    assert text == "问<b>？\n\n[1] 原话。\n    —— 《题*目*》，第 3 行\n"
    assert "line 3" in export([_understood("原话。")], "text", "en")
    assert json.loads(export([_understood("原话。")], "json", "zh"))[0]["citations"][0]["quote"] == "原话。"


def test_an_export_holds_what_was_typed_before_what_was_understood() -> None:
    """In every form; where both are the same it stands there once."""
    rewritten = _understood("原话。", asked="它*呢*？")
    assert export([rewritten], "text", "zh").startswith("它*呢*？\n\n理解为：问<b>？\n\n[1] 原话。")
    markdown = export([rewritten], "markdown", "en")
    assert markdown.startswith("### 它\\*呢\\*？\n\nUnderstood as: 问\\<b\\>？\n\n> 原话。")
    [written] = json.loads(export([rewritten], "json", "zh"))
    assert (written["asked"], written["question"]) == ("它*呢*？", "问<b>？")
    assert "理解为" not in export([_understood("原话。")], "text", "zh")
    assert json.loads(export([_understood("原话。")], "json", "zh"))[0]["asked"] == "问<b>？"


def test_markdown_shows_a_quote_as_it_is() -> None:
    """Signs of Markdown and HTML are escaped."""
    markdown = export([_understood("a*b* <img> [x](javascript:y)\n$$z$$")], "markdown", "en")
    assert "### 问\\<b\\>？" in markdown
    assert "> a\\*b\\* \\<img\\> \\[x\\](javascript:y)\n> \\$\\$z\\$\\$" in markdown


def test_an_abstention_is_exported_as_one() -> None:
    abstention = Understood("问？", "", Answer("问？", "zh", "none", None, 0.1, (), ()))
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

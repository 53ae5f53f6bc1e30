"""The interface for programs, on the running server: the same answers as everywhere, and every error in one shape."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import first_line, start_app

from answer.answerer import QuestionAnswerer
from ingest.document import Document
from web.api.models import AnswerBody, ArticleBody

QUESTION = "雅万高铁预计减少多少碳排放？"
ARTICLE = "green-belt-and-road"


@pytest.fixture(scope="module")
def http(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def guarded(options: tuple[str, ...], server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with tokens, an allowed site, a folder for runs, and a limit of three questions a minute."""
    tokens = ("--api-token", "geheim", "--admin-token", "intern", "--allow-origin", "https://portal.example")
    runs = ("--runs", str(tmp_path_factory.mktemp("runs")))
    process = start_app(*options, *tokens, *runs, "--rate-limit", "3", "--access-log")
    try:
        yield first_line(process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def without_timings(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "timings_ms"}


def error_of(response: httpx.Response) -> tuple[int, str]:
    """Status and code; fails unless the body is the one shape that errors have."""
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    assert body["error"]["message"]
    return response.status_code, body["error"]["code"]


def test_an_answer_is_the_one_of_the_command_line(http: httpx.Client, options: tuple[str, ...]) -> None:
    """Byte for byte, timings aside."""
    response = http.post("/api/ask", json={"question": QUESTION})
    answerer = QuestionAnswerer.open(index=Path(options[3]), articles=Path(options[1]))
    expected = without_timings(answerer.answer(QUESTION).to_json())
    assert json.dumps(without_timings(response.json()), ensure_ascii=False) == json.dumps(expected, ensure_ascii=False)
    assert "33 万吨" in response.text


def test_an_answer_is_what_the_documentation_says_it_is(http: httpx.Client) -> None:
    """Every field, and no other."""
    for question in (QUESTION, "1998年世界杯足球赛的冠军是哪个国家？", "绿色投融资有哪些挑战？"):
        AnswerBody.model_validate(http.post("/api/ask", json={"question": question}).json())


@pytest.mark.parametrize(
    ("content", "type_", "expected"),
    [
        (b'{"question": ""}', "application/json", (400, "empty")),
        (b'{"question": "?!"}', "application/json", (400, "no_words")),
        (json.dumps({"question": "长" * 1001}).encode(), "application/json", (400, "too_long")),
        (b"{", "application/json", (400, "bad_json")),
        (b'{"question": "\xff"}', "application/json", (400, "bad_request")),
        (b"[" * 100_000, "application/json", (400, "bad_request")),
        (b'"text"', "application/json", (422, "invalid_request")),
        (b'{"question": 5}', "application/json", (422, "invalid_request")),
        (b'{"question": "x", "top": 1}', "application/json", (422, "invalid_request")),
        (b'{"question": "x"}', "text/plain", (415, "not_json")),
        (b"question=x", "application/x-www-form-urlencoded", (415, "not_json")),
        (b" " * 1_000_001, "application/json", (413, "body_too_long")),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_bad_request_is_told_what_is_wrong(
    http: httpx.Client, content: bytes, type_: str, expected: tuple[int, str]
) -> None:
    response = http.post("/api/ask", content=content, headers={"Content-Type": type_})
    assert error_of(response) == expected


def test_half_a_surrogate_pair_breaks_nothing(http: httpx.Client) -> None:
    body = b'{"questions": [{"id": "\\udc80", "question": "\\ud83d"}, "\\ud800 ' + QUESTION.encode() + b'"]}'
    response = http.post("/api/batch", content=body, headers={"Content-Type": "application/json"})
    first, second = map(json.loads, response.text.splitlines())
    assert first["error"]["code"] == "empty"
    assert second["text"]


def test_a_batch_comes_back_in_order_with_its_ids(http: httpx.Client) -> None:
    """A line a question; one that cannot be asked gets an error and stops nothing."""
    questions = [{"id": 7, "question": QUESTION}, {"id": "b", "question": " "}, "谁提到了熊猫债？"]
    response = http.post("/api/batch", json={"questions": questions})
    assert response.headers["content-type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in response.text.splitlines()]
    assert [line.get("id") for line in lines] == [7, "b", None]
    assert [("error" in line) for line in lines] == [False, True, False]
    single = http.post("/api/ask", json={"question": QUESTION}).json()
    assert without_timings(lines[0]) == {"id": 7, **without_timings(single)}


def test_a_batch_has_at_most_a_thousand_questions(http: httpx.Client) -> None:
    assert error_of(http.post("/api/batch", json={"questions": ["x"] * 1001})) == (422, "invalid_request")
    assert error_of(http.post("/api/batch", json={"questions": []})) == (422, "invalid_request")


def test_articles_can_be_read_with_their_sections(http: httpx.Client, documents: dict[str, Document]) -> None:
    assert {article["id"] for article in http.get("/api/articles").json()} == set(documents)
    article = ArticleBody.model_validate(http.get(f"/api/articles/{ARTICLE}").json())
    assert article.text == documents[ARTICLE].text
    assert [section.expert for section in article.sections] == ["陈刚", "龚巍巍", "陆如泉", "陈翰"]


def test_any_range_of_an_article_can_be_read(http: httpx.Client, documents: dict[str, Document]) -> None:
    passage = http.get(f"/api/articles/{ARTICLE}/passages/311-330").json()
    assert passage["text"] == documents[ARTICLE].text[311:330]
    assert passage["expert"] == "陈刚"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/api/articles/nothing", (404, "no_such_article")),
        ("/api/articles/..%2F..%2Fapp.py", (404, "not_found")),
        (f"/api/articles/{ARTICLE}/passages/5-5", (404, "no_such_passage")),
        (f"/api/articles/{ARTICLE}/passages/0-999999999", (404, "no_such_passage")),
        (f"/api/articles/{ARTICLE}/passages/x-y", (422, "invalid_request")),
        (f"/api/articles/{ARTICLE}/passages/1-" + "9" * 5000, (422, "invalid_request")),
        ("/api/nothing", (404, "not_found")),
        ("/api", (404, "not_found")),
        ("/api/ask", (405, "wrong_method")),
    ],
)
def test_what_is_not_there_is_named(http: httpx.Client, path: str, expected: tuple[int, str]) -> None:
    assert error_of(http.get(path)) == expected


def test_the_documentation_needs_no_other_host(http: httpx.Client) -> None:
    """Its script and its style sheet come from this server."""
    html = http.get("/docs").text
    assert "https://" not in html
    for asset in ("swagger-ui-bundle.js", "swagger-ui.css"):
        assert f"/docs/{asset}" in html
        assert http.get(f"/docs/{asset}").status_code == 200
    assert http.get("/docs/..%2f__init__.py").status_code == 404
    paths = set(http.get("/openapi.json").json()["paths"])
    assert {"/api/ask", "/api/batch", "/api/articles", "/healthz", "/readyz", "/metrics"} <= paths
    assert not {path for path in paths if path.startswith("/page")}


def test_questions_are_counted(http: httpx.Client) -> None:
    """Answers and abstentions, seconds and queue."""
    http.post("/api/ask", json={"question": "1998年世界杯足球赛的冠军是哪个国家？"})
    text = http.get("/metrics").text
    for name in (
        'yinju_questions_total{outcome="abstained"}',
        "yinju_abstentions_total",
        "yinju_answer_seconds_bucket",
    ):
        assert name in text
    assert "yinju_queue 0.0" in text
    assert http.get("/readyz").json() == {"status": "ok"}


def test_another_site_may_not_call(http: httpx.Client) -> None:
    for origin in ("https://evil.example", "null"):
        for path in ("/api/ask", "/page/turn"):
            response = http.post(path, json={"question": QUESTION}, headers={"Origin": origin})
            assert error_of(response) == (403, "unknown_origin")
            assert "access-control-allow-origin" not in response.headers


def test_only_who_has_the_token_may_call(guarded: str) -> None:
    """The interface and the metrics have one each; the page has none, and no open endpoint beside it."""
    assert error_of(httpx.get(f"{guarded}/api/articles")) == (401, "wrong_token")
    for token, status in (("intern", 401), ("geheim", 200)):
        headers = {"Authorization": f"Bearer {token}"}
        assert httpx.get(f"{guarded}/api/articles", headers=headers).status_code == status
    assert httpx.get(f"{guarded}/metrics").status_code == 401
    assert httpx.get(f"{guarded}/metrics", headers={"Authorization": "Bearer intern"}).status_code == 200
    assert error_of(httpx.get(f"{guarded}/runs/list")) == (401, "wrong_token")
    assert httpx.get(f"{guarded}/runs/list", headers={"Authorization": "Bearer intern"}).json() == []
    assert httpx.get(f"{guarded}/healthz").status_code == 200
    assert "/ask" not in httpx.get(f"{guarded}/gradio_api/info").json()["named_endpoints"]


def test_an_allowed_site_may_call_and_frame(guarded: str) -> None:
    """That one alone."""
    headers = {"Origin": "https://portal.example", "Authorization": "Bearer geheim"}
    response = httpx.get(f"{guarded}/api/articles", headers=headers)
    assert response.headers["access-control-allow-origin"] == "https://portal.example"
    for path in ("/", "/widget"):
        policy = httpx.get(guarded + path).headers["content-security-policy"]
        assert "frame-ancestors 'self' https://portal.example" in policy


def test_who_asks_too_much_is_told_when_to_come_back(guarded: str) -> None:
    headers = {"Authorization": "Bearer geheim"}
    responses = [
        httpx.post(f"{guarded}/api/ask", json={"question": QUESTION}, headers=headers, timeout=60) for _ in range(5)
    ]
    assert [response.status_code for response in responses[:3]] == [200, 200, 200]
    assert error_of(responses[-1]) == (429, "too_many_questions")
    assert 1 <= int(responses[-1].headers["retry-after"]) <= 60

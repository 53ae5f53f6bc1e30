"""What stands before the page and the interface, on a server of its own that needs no model."""

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import gradio
import httpx
import pytest
import uvicorn

from answer.answer import Answer
from ingest.document import Document
from web.application import build_application
from web.security import is_refused
from web.service import WAITING
from web.settings import WebSettings

ASSETS = Path(gradio.__file__).parent / "templates" / "frontend" / "assets"
FOR_A_YEAR = "public, max-age=31536000, immutable"


class Abstainer:
    """Has an answer to nothing, once it is told to go on; has no articles, and breaks over their list if told to."""

    index_id = "none"
    provenance = None

    def __init__(self) -> None:
        self.going_on = threading.Event()
        self.going_on.set()
        self.broken = False

    @property
    def documents(self) -> Mapping[str, Document]:
        if self.broken:
            raise RuntimeError("the articles ran away")
        return {}

    def answer(self, question: str, *, article: str | None = None) -> Answer:
        self.going_on.wait()
        return Answer(question, "zh", "none", None, 0.0, (), ())

    def preparations(self) -> tuple[()]:
        return ()


@contextmanager
def served(answerer: Any, settings: WebSettings, root_path: str = "") -> Iterator[str]:
    """The address of the whole application on any free port, behind a proxy that takes `root_path` away."""
    app = build_application(answerer, settings).app
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", root_path=root_path))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)


@pytest.fixture(scope="module")
def answerer() -> Abstainer:
    return Abstainer()


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("guarding") / "runs"


@pytest.fixture(scope="module")
def http(answerer: Abstainer, runs: Path) -> Iterator[httpx.Client]:
    settings = WebSettings(allow_origins=("https://portal.example",), access_log=True, runs=runs)
    with served(answerer, settings) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


@contextmanager
def entries_of(name: str) -> Iterator[list[dict[str, Any]]]:
    """What is written to that log meanwhile; waits for a first entry, which may come after the response."""
    entries: list[dict[str, Any]] = []
    written = threading.Event()

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            entries.append(json.loads(record.getMessage()))
            written.set()

    log, kept = logging.getLogger(name), Kept()
    log.addHandler(kept)
    try:
        yield entries
        assert written.wait(timeout=20)
    finally:
        log.removeHandler(kept)


def error_of(response: httpx.Response) -> tuple[int, str]:
    """Status and code; fails unless the body is the one shape that errors have."""
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    return response.status_code, body["error"]["code"]


@pytest.mark.parametrize("path", ["/api/articles", "/page/articles/x", "/runs/list"])
@pytest.mark.parametrize("origin", ["http://[", "http://", "[", "null", "file://", "https://evil.example"])
def test_an_origin_that_cannot_be_parsed_is_an_unknown_one(http: httpx.Client, path: str, origin: str) -> None:
    assert error_of(http.get(path, headers={"Origin": origin})) == (403, "unknown_origin")


@pytest.mark.parametrize("host", ["[", "127.0.0.1:port", "127.0.0.1:99999999", "127.0.0.1.evil.example", ""])
def test_a_host_that_cannot_be_parsed_is_not_this_machine(http: httpx.Client, host: str) -> None:
    assert error_of(http.get("/runs/list", headers={"Host": host})) == (403, "operator_only")
    assert http.get("/runs/list").json() == []


def test_under_other_names_than_the_allowed_ones_the_server_answers_nothing(answerer: Abstainer) -> None:
    """Or a page whose own name points to this machine would read everything; a program here needs no option."""
    settings = WebSettings(allow_hosts=("portal.example", "[fe80::1]"), access_log=True)
    others = ("evil.example", "portal.example.evil.example", "portal.example:port", "127.0.0.1.evil.example")
    with served(answerer, settings) as address, httpx.Client(base_url=address, timeout=60) as client:
        for path in ("/", "/api/articles", "/gradio_api/info", "/healthz", "/nothing"):
            for host in others:
                assert error_of(client.get(path, headers={"Host": host})) == (403, "unknown_host")
        for host in ("portal.example", "Portal.Example:8443", "[fe80::1]:7860", "localhost:7860"):
            assert client.get("/api/articles", headers={"Host": host}).json() == []
        assert client.get("/api/articles").json() == []


def test_without_the_option_any_name_will_do(http: httpx.Client) -> None:
    assert http.get("/api/articles", headers={"Host": "anything.example"}).json() == []


def test_what_breaks_is_told_without_a_traceback_and_logged_as_what_it_is(
    http: httpx.Client, answerer: Abstainer, caplog: pytest.LogCaptureFixture
) -> None:
    """With the headers that every answer has."""
    answerer.broken = True
    try:
        with entries_of("yinju.access") as accesses:
            response = http.get("/api/articles")
    finally:
        answerer.broken = False
    assert error_of(response) == (500, "failed")
    assert "ran away" not in response.text
    assert "ran away" in caplog.text
    assert "content-security-policy" in response.headers
    assert response.headers["x-content-type-options"] == "nosniff"
    assert [(entry["path"], entry["status"]) for entry in accesses] == [("/api/articles", 500)]


def test_both_logs_say_when() -> None:
    """In UTC, by ISO 8601."""
    settings = WebSettings(access_log=True, log_questions=True)
    with served(Abstainer(), settings) as address:
        with entries_of("yinju.access") as accesses, entries_of("yinju.questions") as questions:
            before = datetime.now(UTC) - timedelta(milliseconds=1)
            assert httpx.post(f"{address}/api/ask", json={"question": "雅万高铁？"}).status_code == 200
        assert [entry["question"] for entry in questions] == ["雅万高铁？"]
        for entry in (*accesses, *questions):
            assert entry["time"].endswith("+00:00")
            assert before <= datetime.fromisoformat(entry["time"]) <= datetime.now(UTC)
        assert len(accesses) == 1


def test_what_breaks_in_gradio_is_told_in_the_same_shape(http: httpx.Client) -> None:
    body = {"fn_index": 10**9, "session_hash": "x", "data": []}
    assert error_of(http.post("/gradio_api/queue/join", json=body)) == (500, "failed")


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/no-such-page", (404, "not_found")),
        ("GET", "/no/such/page", (404, "not_found")),
        ("GET", "/assets/no-such-thing.js", (404, "not_found")),
        ("GET", "/gradio_api/no-such-route", (404, "not_found")),
        ("POST", "/", (405, "wrong_method")),
        ("GET", "/gradio_api/file=app.py", (403, "not_served")),
        ("GET", "/%67radio_api/file%253Dapp.py", (403, "not_served")),
        ("GET", "/monitoring", (403, "not_served")),
    ],
)
def test_what_is_not_there_is_told_in_one_shape(
    http: httpx.Client, method: str, path: str, expected: tuple[int, str]
) -> None:
    """Under /api and everywhere else."""
    assert error_of(http.request(method, path)) == expected


def test_a_preflight_of_an_unknown_site_is_refused_in_the_same_shape(http: httpx.Client) -> None:
    """That of a known one is answered."""
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    refused = http.options("/api/ask", headers=headers)
    assert error_of(refused) == (403, "unknown_origin")
    assert "access-control-allow-origin" not in refused.headers
    assert "Origin" in refused.headers["vary"]
    allowed = http.options("/api/ask", headers={**headers, "Origin": "https://portal.example"})
    assert allowed.headers["access-control-allow-origin"] == "https://portal.example"
    assert allowed.status_code == 200


def test_gradio_adds_no_policy_of_its_own_for_other_sites(http: httpx.Client) -> None:
    """Which would let every site read, under any name of this server but localhost."""
    headers = {"Origin": "https://evil.example", "Host": "yinju.example"}
    assert "access-control-allow-origin" not in http.get("/config", headers=headers).headers


def test_only_what_is_named_by_its_content_is_kept_for_a_year(http: httpx.Client) -> None:
    """Not the operator's script, whose name stays when it changes."""
    names = [path.name for path in ASSETS.iterdir() if path.name.startswith("index-")]
    assert len(names) >= 2
    for name in names:
        assert http.get(f"/assets/{name}").headers["cache-control"] == FOR_A_YEAR
    for path in ("/runs/assets/runs.js", "/runs/assets/runs.css", "/assets/no-such-thing.js"):
        assert http.get(path).headers.get("cache-control") != FOR_A_YEAR


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/widget.js"])
def test_a_monitor_may_ask_for_the_headers_alone(http: httpx.Client, path: str) -> None:
    head, get = http.head(path), http.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]


def test_an_article_may_be_called_monitoring(http: httpx.Client) -> None:
    """Gradio's pages of that name alone are refused."""
    assert error_of(http.get("/page/articles/monitoring-2026")) == (404, "no_such_article")
    assert is_refused("/monitoring") and is_refused("/monitoring/summary") and is_refused("//Monitoring/")
    assert not is_refused("/monitoring-2026")


def test_a_root_path_may_hold_any_name() -> None:
    """Also those of addresses that are refused or have a policy of their own."""
    with served(Abstainer(), WebSettings(), root_path="/api/monitoring") as address:
        page, own, refused = (httpx.get(address + path) for path in ("/", "/widget", "/monitoring"))
    assert page.status_code == 200
    assert "'unsafe-eval'" in page.headers["content-security-policy"]
    assert "'unsafe-eval'" not in own.headers["content-security-policy"]
    assert error_of(refused) == (403, "not_served")


def test_who_has_asked_enough_may_still_take_the_answer_away() -> None:
    """An export counts by itself; what was not answered before counts as a question."""
    question = {"question": "雅万高铁？"}
    export = {"questions": [question], "form": "text", "language": "zh"}
    with served(Abstainer(), WebSettings(rate_limit=2)) as address, httpx.Client(base_url=address) as http:
        assert [http.post("/page/turn", json=question).status_code for _ in range(3)] == [200, 200, 429]
        assert "雅万高铁？" in http.post("/page/export", json=export).text
        anew = http.post("/page/export", json={**export, "questions": [{"question": "熊猫债？"}]})
        assert error_of(anew) == (429, "too_many_questions")
        assert error_of(http.post("/page/export", json=export)) == (429, "too_many_questions")


def test_a_whole_conversation_is_one_export() -> None:
    """However many questions it has."""
    questions = [{"question": f"第{number}个问题？"} for number in range(5)]
    export = {"questions": questions, "form": "text", "language": "zh"}
    with served(Abstainer(), WebSettings(rate_limit=6)) as address, httpx.Client(base_url=address) as http:
        for question in questions:
            assert http.post("/page/turn", json=question).status_code == 200
        assert [http.post("/page/export", json=export).status_code for _ in range(7)] == [200] * 6 + [429]


def test_where_too_many_wait_the_service_says_so_before_gradio() -> None:
    """In the sentence that the page has in both languages."""
    answerer = Abstainer()
    with served(answerer, WebSettings()) as address, httpx.Client(base_url=address, timeout=60) as http:
        answerer.going_on.clear()
        try:
            events = [
                http.post("/gradio_api/call/ask", json={"data": [f"第{number}个？"]}).json().get("event_id")
                for number in range(WAITING + 20)
            ]
            said = http.get(f"/gradio_api/call/ask/{events[-1]}").text
        finally:
            answerer.going_on.set()
    assert None not in events
    assert "event: error" in said
    assert "too many questions are waiting" in said


SMALL_SERVER = """
import asyncio
from starlette.responses import PlainTextResponse
import web.server
web.server._CONNECTIONS = 3
web.server.serve(PlainTextResponse("here"), web.server.bind("127.0.0.1", 0), "", lambda seconds: asyncio.sleep(0))
"""


def test_beyond_so_many_connections_the_server_says_that_it_is_busy() -> None:
    """Before the machine refuses them."""
    process = subprocess.Popen([sys.executable, "-c", SMALL_SERVER], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        with httpx.Client() as first, httpx.Client() as second, httpx.Client() as third:
            statuses = [client.get(address).status_code for client in (first, second, third)]
    finally:
        process.terminate()
        process.wait(timeout=20)
    assert statuses == [200, 200, 503]

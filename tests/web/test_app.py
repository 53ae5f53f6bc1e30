"""The server as programs and administrators meet it."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from conftest import PROJECT, first_line, start_app
from gradio_client import Client
from gradio_client.exceptions import AppError

from ingest.document import Document
from web.security import is_refused


def run_app(*arguments: str) -> subprocess.CompletedProcess[str]:
    """`python app.py` with arguments that make it stop by itself."""
    command = [sys.executable, str(PROJECT / "app.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def client(server: str) -> Client:
    """A program that uses the page's endpoint."""
    return Client(server, verbose=False)


def test_the_server_says_that_it_is_healthy(server: str) -> None:
    """For load balancers and monitors."""
    assert httpx.get(f"{server}/healthz").json() == {"status": "ok"}


def test_every_response_forbids_requests_to_other_hosts(server: str) -> None:
    """The browser enforces it, whatever gets onto the page."""
    for path in ("/", "/healthz", "/config", "/no-such-page"):
        headers = httpx.get(server + path).headers
        policy = headers["content-security-policy"]
        assert "connect-src 'self'" in policy
        assert "img-src 'self' data: blob:" in policy
        assert "script-src-attr 'none'" in policy
        assert "frame-ancestors 'self'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=http://203.0.113.7/",
        "/gradio_api/file%3Dhttp%3A%2F%2F203.0.113.7%2F",
        "/gradio_api/file%253Dhttp://203.0.113.7/",
        "/gradio_api/FILE=http://203.0.113.7/",
        "/gradio_api/file/http://203.0.113.7/",
        "/gradio_api/proxy=http://203.0.113.7/",
        "/gradio_api/file=app.py",
        "/gradio_api/upload",
        "/monitoring/summary",
    ],
)
def test_the_server_fetches_serves_and_takes_no_files(server: str, path: str) -> None:
    """Nor does it say how much it is used."""
    assert httpx.get(server + path).status_code == 403


@pytest.mark.parametrize("path", ["/", "/gradio_api/queue/join", "/assets/Upload-x.js", "/gradio_api/call/ask"])
def test_the_guard_lets_through_what_the_page_needs(path: str) -> None:
    """Even where a name looks like a refused one."""
    assert not is_refused(path)


def test_other_sites_may_not_read_the_answers(server: str) -> None:
    """No origin is allowed, under any host name."""
    headers = {"Origin": "http://portal.example", "Host": "yinju.example"}
    assert "access-control-allow-origin" not in httpx.get(f"{server}/config", headers=headers).headers


def test_icon_and_manifest_are_our_own(server: str) -> None:
    """Browsers ask for both."""
    assert "<svg" in httpx.get(f"{server}/favicon.ico").text
    assert httpx.get(f"{server}/manifest.json").json()["name"] == "引据 Yinju"


def test_the_page_names_no_other_host_for_link_previews(server: str) -> None:
    """Its head is ours, and comes before Gradio's scripts."""
    html = httpx.get(server).text
    assert "og:image" not in html
    assert html.index("<title>引据 Yinju</title>") < html.index("window.gradio_config")


def test_programs_get_the_answer_with_exact_places(client: Client, documents: dict[str, Document]) -> None:
    """Every quote is the document's text at its offsets."""
    answer = client.predict("雅万高铁预计减少多少碳排放？", api_name="/ask")
    assert answer["citations"]
    for citation in answer["citations"]:
        span = citation["span"]
        assert citation["quote"] == documents[citation["document_id"]].text[span["start"] : span["end"]]
    assert "33 万吨" in answer["text"]


def test_programs_are_told_what_is_wrong_with_a_question(client: Client) -> None:
    """As an error with a sentence, not as an answer."""
    with pytest.raises(AppError, match="empty"):
        client.predict("  ", api_name="/ask")


def test_only_one_endpoint_is_offered_to_programs(client: Client) -> None:
    """The page's own events are no interface."""
    api = client.view_api(return_format="dict")
    assert isinstance(api, dict)
    assert list(api["named_endpoints"]) == ["/ask"]


def test_a_port_in_use_is_named_with_the_cure() -> None:
    """In one line, and before anything is loaded."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run_app("--port", str(port))
    assert result.returncode == 2
    assert result.stdout == ""
    assert f"port {port} on 127.0.0.1 is in use" in result.stderr
    assert "--port" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("port", ["65536", "-1", "http", "８０"])
def test_a_bad_port_number_is_quoted_back(port: str) -> None:
    """In one line."""
    result = run_app(f"--port={port}")
    assert result.returncode == 2
    assert repr(port) in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_folder_without_articles_is_named_in_one_line(tmp_path: Path) -> None:
    """A user's mistake gets a sentence, not a traceback."""
    missing = tmp_path / "nothing"
    result = run_app("--port", "0", "--articles", str(missing), "--index", str(tmp_path / "index"))
    assert result.returncode == 2
    assert str(missing) in result.stderr
    assert "Traceback" not in result.stderr


def test_the_version_is_the_projects() -> None:
    """As in pyproject.toml."""
    version = run_app("--version").stdout.removeprefix("Yinju ").strip()
    assert f'version = "{version}"' in (PROJECT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("server")
def test_ctrl_c_ends_the_server_quietly(options: tuple[str, ...]) -> None:
    """Even while a page holds a stream open."""
    process = start_app(*options)
    address = first_line(process)
    with httpx.stream("GET", f"{address}/gradio_api/heartbeat/quiet", timeout=30) as stream:
        next(stream.iter_lines())
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in errors

"""The real server, started once, on the project's article and on one that attacks the page."""

import functools
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import pytest
from browsing import ARGUMENTS, CHROMIUM, OpenPage
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ingest.document import Document
from ingest.loaders import load_documents

PROJECT = Path(__file__).resolve().parents[2]
START_SECONDS = 240
HOSTILE_ARTICLE = """<img src=x onerror="window.attacked=1">火星基地见闻

火星基地的氧气由<script>window.attacked=2</script>装置制造，每天产出 <b>42</b> 公斤氧气 ${window.attacked=3} {{value}}。

火星基地的温室种植土豆和番茄，`*由机器人*`照料 $$x^2$$ ![图](http://203.0.113.7/pixel.png)。

火星基地的水循环系统回收\u202e九成八\u202c的废\u200b水，由[公司](javascript:window.attacked=4)运行。
"""


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two articles."""
    folder = tmp_path_factory.mktemp("articles")
    for article in (PROJECT / "data" / "articles").iterdir():
        shutil.copy(article, folder)
    (folder / "hostile.txt").write_text(HOSTILE_ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def documents(articles: Path) -> dict[str, Document]:
    """The articles as the server reads them, by id."""
    return {document.id: document for document in load_documents(articles)}


@pytest.fixture(scope="session")
def options(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The command line's options for these articles and one index of them, which the first server builds."""
    return ("--articles", str(articles), "--index", str(tmp_path_factory.mktemp("web") / "index"))


@pytest.fixture(scope="session")
def attempts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where every attempt of the server is written down to reach another machine, a line each."""
    file = tmp_path_factory.mktemp("network") / "attempts"
    file.touch()
    return file


@pytest.fixture(scope="session")
def server(options: tuple[str, ...], attempts: Path) -> Iterator[str]:
    """The address of the running server, which can reach no other machine."""
    process = start_app(*options, program=(str(Path(__file__).with_name("without_network.py")), str(attempts)))
    try:
        yield first_line(process)
    finally:
        process.terminate()
        process.wait(timeout=20)
    assert attempts.read_text(encoding="utf-8") == ""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; for a module only, because asyncio cannot be run while Playwright is."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


@pytest.fixture
def requests() -> list[str]:
    """Every address that the pages of the test asked for, whether or not it answered."""
    return []


@pytest.fixture
def open_page(browser: Browser, server: str, requests: list[str]) -> Iterator[OpenPage]:
    """Opens the page in a fresh browser profile, with Playwright's context options."""
    contexts = []

    def open_(query: str = "", **options: Any) -> Page:
        context = browser.new_context(**{"locale": "zh-CN", "viewport": {"width": 1280, "height": 860}, **options})
        contexts.append(context)
        context.on("request", lambda request: requests.append(request.url))
        page = context.new_page()
        page.goto(server + query)
        for part in ("#samples button", "#question textarea"):
            expect(page.locator(part).first).to_be_visible(timeout=30_000)
        return page

    yield open_
    for context in contexts:
        context.close()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture(scope="session")
def portal() -> Iterator[str]:
    """The example's page, served on a port of its own."""
    handler = functools.partial(QuietHandler, directory=str(PROJECT / "examples" / "portal"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="session")
def runs_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the allowing server keeps the operator's runs."""
    return tmp_path_factory.mktemp("operator") / "runs"


@pytest.fixture(scope="session")
def allowing(portal: str, options: tuple[str, ...], server: str, runs_folder: Path) -> Iterator[str]:
    """A server that the portal may embed, that agents may use, and that keeps runs for its operator."""
    process = start_app(*options, "--allow-origin", portal, "--mcp", "--runs", str(runs_folder))
    try:
        yield first_line(process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def start_app(*arguments: str, program: tuple[str, ...] = (str(PROJECT / "app.py"),)) -> subprocess.Popen[str]:
    """`python app.py` on any free port, as a user starts it."""
    command = [sys.executable, *program, "--port", "0", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def first_line(process: subprocess.Popen[str]) -> str:
    """What the server prints when it is ready; fails the test with its error output if it never is."""
    assert process.stdout is not None
    lines: Queue[str] = Queue()
    threading.Thread(target=lambda stdout=process.stdout: lines.put(stdout.readline()), daemon=True).start()
    try:
        line = lines.get(timeout=START_SECONDS).strip()
    except Empty:
        line = ""
    if not line:
        process.kill()
        pytest.fail(f"the server did not start: {process.communicate()[1]}")
    return line

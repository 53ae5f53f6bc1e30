"""The real server, started once, on the project's article and on one that attacks the page."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest

from ingest.document import Document
from ingest.loaders import load_documents

PROJECT = Path(__file__).resolve().parents[2]
START_SECONDS = 240
HOSTILE_ARTICLE = """<img src=x onerror="window.attacked=1">火星基地见闻

火星基地的氧气由<script>window.attacked=2</script>装置制造，每天产出 <b>42</b> 公斤氧气 ${window.attacked=3} {{value}}。

火星基地的温室种植土豆和番茄，`*由机器人*`照料 $$x^2$$ ![图](http://203.0.113.7/pixel.png)。
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
def server(options: tuple[str, ...]) -> Iterator[str]:
    """The address of the running server."""
    process = start_app(*options)
    try:
        yield first_line(process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def start_app(*arguments: str) -> subprocess.Popen[str]:
    """`python app.py` on any free port, as a user starts it."""
    command = [sys.executable, str(PROJECT / "app.py"), "--port", "0", *arguments]
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

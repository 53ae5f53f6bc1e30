"""The server behind a real nginx, under a path, with the configuration that the project gives."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from browsing import ask, needs_browser
from conftest import PROJECT, first_line, start_app
from playwright.sync_api import Browser, expect

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx on this machine")


@pytest.fixture(scope="module")
def proxied(options: tuple[str, ...], server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address under which nginx shows the server."""
    process = start_app(*options, "--root-path", "/qa")
    folder = tmp_path_factory.mktemp("nginx")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    nginx = subprocess.Popen(
        [str(NGINX), "-p", str(folder), "-c", str(_configuration(folder, port, first_line(process)))]
    )
    address = f"http://127.0.0.1:{port}/qa"
    try:
        _wait_for(address)
        yield address
    finally:
        for one in (nginx, process):
            one.terminate()
            one.wait(timeout=20)


def _configuration(folder: Path, port: int, server: str) -> Path:
    part = (PROJECT / "deploy" / "nginx.conf").read_text(encoding="utf-8").replace("http://127.0.0.1:7860", server)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    path = folder / "nginx.conf"
    path.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {temporary}\nserver {{ listen 127.0.0.1:{port};\n{part}\n}} }}",
        encoding="utf-8",
    )
    return path


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            httpx.get(f"{address}/healthz").raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(0.1)
    pytest.fail("nginx did not start")


def test_programs_reach_the_interface_under_the_path(proxied: str) -> None:
    answer = httpx.post(f"{proxied}/api/ask", json={"question": "谁提到了熊猫债？"}, timeout=60).json()
    assert answer["citations"]
    assert "/qa/docs/swagger-ui.css" in httpx.get(f"{proxied}/docs").text
    assert httpx.get(f"{proxied}/widget.js").status_code == 200


@needs_browser
@pytest.mark.parametrize("slash", ["/", ""])
def test_a_reader_asks_and_opens_the_article_under_the_path(proxied: str, browser: Browser, slash: str) -> None:
    """Every address that the page uses lies under it."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(proxied + slash)
    ask(page, "谁提到了熊猫债？")
    page.locator("#chat .badge").first.click()
    expect(page.locator(".article h2")).to_be_visible()
    assert {url for url in asked if not url.startswith((proxied, "data:", "blob:"))} == set()
    context.close()

"""What all tests in a real browser do: start it, open the page, ask, and read what is there."""

import shutil
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
QUESTION = "雅万高铁预计减少多少碳排放？"
OFF_TOPIC = "1998年世界杯足球赛的冠军是哪个国家？"
ANSWER_MS = 60_000
_RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

OpenPage = Callable[..., Page]


def ask(page: Page, question: str) -> None:
    """Types the question, presses Enter and waits for its answer."""
    before = page.locator("#chat .answer").count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    expect(page.locator("#chat .answer")).to_have_count(before + 1, timeout=ANSWER_MS)
    expect(page.locator("#question textarea")).to_be_enabled()


def text_content(page: Page, selector: str) -> str:
    """The text of the first such element, exactly as it stands in the page."""
    return str(page.locator(selector).first.evaluate("element => element.textContent"))


def serious_violations(page: Page) -> list[tuple[str, str]]:
    """Rule and element of everything serious or critical that axe finds (WCAG 2.2, levels A and AA)."""
    found = Axe().run(page, options={"runOnly": _RULES}).response["violations"]
    return [
        (violation["id"], node["html"][:120])
        for violation in found
        for node in violation["nodes"]
        if violation["impact"] in ("serious", "critical")
    ]

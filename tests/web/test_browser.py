"""The page as a reader meets it, in a real browser."""

import re
from pathlib import Path

import pytest
from browsing import ANSWER_MS, OFF_TOPIC, QUESTION, OpenPage, ask, needs_browser, serious_violations, text_content
from conftest import HOSTILE_ARTICLE
from playwright.sync_api import expect

from ingest.document import Document

pytestmark = needs_browser


def test_the_quote_on_the_page_is_verbatim_and_highlighted_in_its_passage(
    open_page: OpenPage, documents: dict[str, Document]
) -> None:
    """Numbered on both sides, with the one who said it."""
    page = open_page()
    ask(page, QUESTION)
    quote = text_content(page, "#chat blockquote.q")
    assert "33 万吨" in quote
    [document] = [document for document in documents.values() if quote in document.text]
    assert text_content(page, "#evidence mark") == quote
    assert text_content(page, "#evidence .passage .text") in document.text
    section = document.section_at(document.text.index(quote))
    assert section is not None
    expect(page.locator("#evidence .passage").first).to_contain_text(section.expert)
    expect(page.locator("#evidence .passage").first).to_contain_text(section.affiliation)
    expect(page.locator("#chat .by").first).to_contain_text(section.heading)
    assert page.locator("#chat .badge").first.get_attribute("href") == "#" + str(
        page.locator("#evidence mark").first.get_attribute("id")
    )


def test_the_browser_asks_no_other_host_for_anything(open_page: OpenPage, requests: list[str], server: str) -> None:
    """Not while loading, asking or switching the language, answered or not, light or dark."""
    page = open_page(color_scheme="dark")
    ask(page, QUESTION)
    ask(page, "火星基地的温室种植什么？")
    page.get_by_text("English", exact=True).click()
    page.wait_for_timeout(500)
    assert len(requests) > 20
    assert {url for url in requests if not url.startswith((server + "/", "data:", "blob:"))} == set()


def test_the_server_asks_no_other_host_for_anything(open_page: OpenPage, attempts: Path) -> None:
    """Nor does it try: it has no network in these tests. All other tests of the page count too."""
    ask(open_page(), QUESTION)
    assert attempts.read_text(encoding="utf-8") == ""


def test_marks_that_turn_or_hide_text_are_shown_copied_and_contained(open_page: OpenPage) -> None:
    """Right-to-left overrides and zero-width spaces, of a question and of an article, in every place."""
    question = "火星基地的\u202e水循环\u200b系统回收多少废水？"
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, question)
    assert text_content(page, "#chat .asked") == question
    quote = text_content(page, "#chat blockquote.q")
    assert quote in HOSTILE_ARTICLE
    assert {"\u202e", "\u200b"} <= set(quote)
    assert text_content(page, "#evidence mark") == quote
    page.locator("#evidence button[data-copy]").first.click()
    page.wait_for_function("quote => navigator.clipboard.readText().then((text) => text === quote)", arg=quote)
    page.locator("#chat .badge").first.click()
    expect(page.locator("#article-text")).to_contain_text("\u202e九成八")
    assert page.locator("#chat a[href^=javascript], #evidence a[href^=javascript], #article a[href^=java]").count() == 0
    # A line that names where a quote stands reads from left to right, whatever an article's title holds.
    assert (
        page.locator("#chat .by, #evidence .source").first.evaluate("line => getComputedStyle(line).direction") == "ltr"
    )


def test_markup_in_a_question_is_shown_as_it_was_typed_and_runs_nothing(open_page: OpenPage) -> None:
    """HTML, markdown, LaTeX and both of Gradio's template languages."""
    question = (
        '<img src=x onerror="window.attacked=1"><script>window.attacked=2</script> **雅万** 高铁 $$x$$ {{value}} '
        "${window.attacked=3} [链接](javascript:window.attacked=4) 预计减少多少碳排放？"
    )
    page = open_page()
    ask(page, question)
    assert text_content(page, "#chat .asked") == question
    assert text_content(page, "#evidence summary") == question
    assert page.locator("#chat img, #chat .asked *, #evidence img").count() == 0
    assert page.evaluate("window.attacked") is None


def test_markup_in_an_article_is_quoted_as_it_stands_and_runs_nothing(open_page: OpenPage) -> None:
    """The title too."""
    page = open_page()
    ask(page, "火星基地每天产出多少公斤氧气？")
    quote = text_content(page, "#chat blockquote.q")
    assert "<b>42</b>" in quote
    assert quote in HOSTILE_ARTICLE
    assert text_content(page, "#evidence mark") == quote
    assert "<script>window.attacked=2</script>" in text_content(page, "#evidence .text")
    expect(page.locator("#evidence .source cite").first).to_contain_text("<img src=x onerror=")
    assert page.locator("#evidence img, #evidence script, #chat img").count() == 0
    assert page.evaluate("window.attacked") is None


def test_an_off_topic_question_is_declined_kindly(open_page: OpenPage) -> None:
    """Nothing is quoted; what is nearest is shown and named as what it is."""
    page = open_page()
    ask(page, OFF_TOPIC)
    expect(page.locator("#chat .answer")).to_contain_text("抱歉")
    assert page.locator("#chat blockquote.q").count() == 0
    expect(page.locator("#evidence")).to_contain_text("不是答案，但内容相近")
    assert page.locator("#evidence .passage").count() > 0
    assert page.locator("#evidence mark").count() == 0


@pytest.mark.parametrize(
    ("locale", "query", "button", "language"),
    [
        ("en-US", "", "Ask", "en"),
        ("de-DE", "", "Ask", "en"),
        ("zh-CN", "", "提问", "zh-CN"),
        ("zh-HK", "", "提问", "zh-CN"),
        ("en-US", "/?lang=zh", "提问", "zh-CN"),
        ("zh-CN", "/?lang=en", "Ask", "en"),
    ],
)
def test_the_page_speaks_the_readers_language(
    open_page: OpenPage, locale: str, query: str, button: str, language: str
) -> None:
    """The browser's, unless the address says otherwise."""
    page = open_page(query, locale=locale)
    expect(page.locator("#ask")).to_have_text(button)
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("#tab-evidence").inner_text() == ("出处" if language == "zh-CN" else "Sources")


def test_switching_the_language_translates_what_is_already_there_and_is_remembered(open_page: OpenPage) -> None:
    """The conversation stays."""
    page = open_page()
    ask(page, OFF_TOPIC)
    page.get_by_text("English", exact=True).click()
    expect(page.locator("#ask")).to_have_text("Ask")
    expect(page.locator("#question textarea")).to_have_attribute("placeholder", "Type a question")
    assert page.locator("#chat .answer").inner_text().startswith("Sorry")
    page.reload()
    expect(page.locator("#ask")).to_have_text("Ask")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        pytest.param("", "请先输入一个问题。", id="empty"),
        pytest.param("？？！", "没有文字", id="symbols"),
        pytest.param("长" * 3000, "太长了", id="long"),
    ],
)
def test_what_is_not_a_question_gets_one_friendly_sentence(open_page: OpenPage, question: str, sentence: str) -> None:
    """It stays in the box, where it can be mended, and the chat stays as it was."""
    page = open_page()
    page.locator("#question textarea").fill(question)
    page.locator("#ask").click()
    expect(page.locator("#notice")).to_contain_text(sentence, timeout=ANSWER_MS)
    expect(page.locator("#question textarea")).to_be_enabled()
    expect(page.locator("#question textarea")).to_have_value(question)
    assert page.locator("#chat .asked").count() == 0


def test_the_box_is_locked_while_an_answer_is_sought(open_page: OpenPage) -> None:
    """A second question would be lost; afterwards the box is empty, open and has the focus."""
    page = open_page()
    page.evaluate("""() => {
        const box = document.querySelector("#question textarea");
        window.locked = false;
        new MutationObserver(() => { window.locked ||= box.disabled; }).observe(box, { attributes: true });
    }""")
    ask(page, QUESTION)
    assert page.evaluate("window.locked")
    expect(page.locator("#question textarea")).to_have_value("")
    expect(page.locator("#question textarea")).to_be_focused()


def test_enter_while_an_input_method_composes_does_not_send(open_page: OpenPage) -> None:
    """It chooses a candidate."""
    page = open_page()
    box = page.locator("#question textarea")
    box.fill("雅万")
    box.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "keyCode": 229})
    box.dispatch_event("keypress", {"key": "Enter", "isComposing": True, "keyCode": 229})
    page.wait_for_timeout(500)
    assert page.locator("#chat .asked").count() == 0
    expect(box).to_have_value("雅万")


def test_a_sample_question_is_asked_when_clicked(open_page: OpenPage) -> None:
    """In the language of the page."""
    page = open_page()
    sample = page.locator("#samples button").first
    question = sample.inner_text()
    sample.click()
    expect(page.locator("#chat .answer")).to_have_count(1, timeout=ANSWER_MS)
    assert text_content(page, "#chat .asked") == question


def test_a_copied_quote_is_plain_text(open_page: OpenPage) -> None:
    """With the button, and by selecting it in the chat."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "火星基地每天产出多少公斤氧气？")
    quote = text_content(page, "#chat blockquote.q")
    page.locator("#evidence [data-copy]").first.click()
    expect(page.locator("#evidence [data-copy]").first).to_have_text(re.compile("已复制"))
    assert page.evaluate("navigator.clipboard.readText()") == quote
    page.evaluate("navigator.clipboard.writeText('')")
    page.locator("#chat blockquote.q").first.evaluate("element => getSelection().selectAllChildren(element)")
    page.keyboard.press("Control+c")
    types = page.evaluate("navigator.clipboard.read().then(items => items[0].types)")
    assert types == ["text/plain"]
    assert page.evaluate("navigator.clipboard.readText()") == quote


def test_a_new_chat_is_empty(open_page: OpenPage) -> None:
    """Chat and sources both."""
    page = open_page()
    ask(page, QUESTION)
    page.locator("#new-chat").click()
    expect(page.locator("#chat .answer")).to_have_count(0)
    expect(page.locator("#evidence mark")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 768, 390])
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_the_page_never_scrolls_sideways(open_page: OpenPage, width: int, color_scheme: str) -> None:
    """With and without an answer, on a screen of any width."""
    page = open_page(viewport={"width": width, "height": 844}, color_scheme=color_scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ask(page, "绿色交通基础设施建设面临哪些挑战？" + "很" * 200 + "x" * 200)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_control_has_a_name(open_page: OpenPage) -> None:
    """For screen readers."""
    page = open_page(locale="en-US")
    expect(page.get_by_role("textbox", name="Question")).to_be_visible()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    expect(page.get_by_role("radio", name="English")).to_be_checked()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Yinju")


@pytest.mark.parametrize(("width", "color_scheme"), [(1280, "light"), (768, "dark"), (390, "light"), (390, "dark")])
def test_axe_finds_nothing_serious(open_page: OpenPage, width: int, color_scheme: str) -> None:
    """With an answer, its sources and the article open (WCAG 2.2, levels A and AA)."""
    page = open_page(color_scheme=color_scheme, viewport={"width": width, "height": 844})
    ask(page, QUESTION)
    page.locator("#chat .badge").first.click()
    expect(page.locator(".outline")).to_be_visible()
    page.wait_for_timeout(1800)  # until the flash is over
    assert serious_violations(page) == []

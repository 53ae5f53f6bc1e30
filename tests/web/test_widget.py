"""The chat on somebody else's page: a real portal on another port, in a real browser."""

import re
from collections.abc import Iterator

import httpx
import pytest
from browsing import ANSWER_MS, QUESTION, needs_browser, serious_violations
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

pytestmark = needs_browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 860})
    yield context.new_page()
    context.close()


def button(page: Page) -> Locator:
    return page.locator("button", has_text="问问这篇文章")


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("iframe.floating")


def test_the_loader_is_small_and_alone(server: str) -> None:
    """Eight kilobytes, and nothing that it loads but the frame."""
    script = httpx.get(f"{server}/widget.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert len(script.content) <= 8_000


def test_a_portal_asks_and_is_told(page: Page, portal: str, allowing: str) -> None:
    """Button, question, answer, citation; nothing is loaded or stored before the first click."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{portal}/?server={allowing}")
    expect(button(page)).to_be_visible()
    assert [url for url in asked if url.startswith(allowing)] == [f"{allowing}/widget.js"]
    assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
    button(page).click()
    frame(page).locator("#question").fill(QUESTION)
    frame(page).locator("#question").press("Enter")
    quote = frame(page).locator("blockquote.q").first
    expect(quote).to_contain_text("33 万吨", timeout=ANSWER_MS)
    frame(page).locator(".badge").first.click()
    expect(frame(page).locator("mark").first).to_be_focused()
    events = page.locator("#events li")
    expect(events).to_have_count(3)
    assert [text.split()[0] for text in events.all_inner_texts()] == ["ready", "answer", "citation"]
    assert quote.inner_text() in events.last.inner_text()
    assert {url for url in asked if not url.startswith((portal, allowing))} == set()


def test_a_portals_own_button_can_ask(page: Page, portal: str, allowing: str) -> None:
    """Through `window.yinju`, before and after the chat is open."""
    page.goto(f"{portal}/?server={allowing}")
    expect(button(page)).to_be_visible()
    page.locator("#prefilled").click()
    expect(frame(page).locator(".answer")).to_have_count(1, timeout=ANSWER_MS)
    page.evaluate("window.yinju.ask('谁提到了熊猫债？')")
    expect(frame(page).locator(".answer")).to_have_count(2, timeout=ANSWER_MS)
    page.evaluate("window.yinju.close()")
    expect(page.locator("iframe.floating")).to_be_hidden()
    expect(button(page)).to_be_focused()


def test_only_what_is_typed_can_lean_on_the_question_before(page: Page, portal: str, allowing: str) -> None:
    """What a portal asks, or a button of the chat, is asked literally."""
    page.goto(f"{portal}/?server={allowing}")
    expect(button(page)).to_be_visible()
    page.locator("#prefilled").click()
    expect(frame(page).locator(".answer")).to_have_count(1, timeout=ANSWER_MS)
    page.evaluate("window.yinju.open('他还说了什么？')")
    expect(frame(page).locator(".answer")).to_have_count(2, timeout=ANSWER_MS)
    follow_up = frame(page).locator(".follow-ups button").first
    follow_up.evaluate("button => { button.dataset.zh = '那资金方面呢？' }")
    follow_up.click()
    expect(frame(page).locator(".answer")).to_have_count(3, timeout=ANSWER_MS)
    expect(frame(page).locator(".understood")).to_have_count(0)
    frame(page).locator("#question").fill("那资金方面呢？")
    frame(page).locator("#question").press("Enter")
    expect(frame(page).locator(".understood")).to_have_count(1, timeout=ANSWER_MS)


def test_several_chats_fit_on_one_page(page: Page, portal: str, allowing: str) -> None:
    """A floating one, and one inside the page that is as high as what it shows."""
    page.goto(f"{portal}/?server={allowing}&inline=1")
    inline = page.frame_locator("#inline iframe")
    expect(inline.locator("#log button").first).to_be_visible()
    before = page.locator("#inline iframe").bounding_box()
    inline.locator("#log button").first.click()
    expect(inline.locator(".answer")).to_have_count(1, timeout=ANSWER_MS)
    page.wait_for_timeout(300)
    after = page.locator("#inline iframe").bounding_box()
    assert before is not None and after is not None
    assert after["height"] != before["height"]
    expect(button(page)).to_be_visible()
    assert page.evaluate("window.yinju.all.length") == 2


def test_a_chat_inside_a_page_gets_lower_again_when_it_shows_less(page: Page, portal: str, allowing: str) -> None:
    page.goto(f"{portal}/?server={allowing}&inline=1")
    inline = page.frame_locator("#inline iframe")
    expect(inline.locator("#log button").first).to_be_visible()
    height = "document.querySelector('#inline > *').shadowRoot.querySelector('iframe').offsetHeight"
    page.wait_for_function(f"{height} !== 420")  # until the frame is as high as its welcome
    welcome = page.evaluate(height)
    inline.locator("#log button").first.click()
    expect(inline.locator(".answer")).to_have_count(1, timeout=ANSWER_MS)
    page.wait_for_function(f"{height} > {welcome}")
    inline.locator("#new").click()
    page.wait_for_function(f"{height} === {welcome}")


def test_on_a_phone_the_chat_fills_the_screen_and_can_be_closed(browser: Browser, portal: str, allowing: str) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{portal}/?server={allowing}")
    button(page).click()
    expect(frame(page).locator("#close")).to_be_visible()
    assert page.locator("iframe.floating").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    frame(page).locator("#close").click()
    expect(page.locator("iframe.floating")).to_be_hidden()
    context.close()


def test_a_site_that_is_not_allowed_gets_no_chat(page: Page, portal: str, server: str) -> None:
    """The browser refuses to show the frame."""
    page.goto(f"{portal}/?server={server}")
    button(page).click()
    page.wait_for_timeout(1500)
    assert frame(page).locator("#question").count() == 0


def test_a_question_that_is_too_long_is_refused_and_not_cut(page: Page, server: str) -> None:
    """It goes back into the box whole, where it can be shortened."""
    page.goto(f"{server}/widget?lang=zh")
    question = "长" * 1500
    page.locator("#question").focus()
    page.keyboard.insert_text(question)
    page.keyboard.press("Enter")
    expect(page.locator(".refusal")).to_contain_text("太长了", timeout=ANSWER_MS)
    expect(page.locator("#question")).to_have_value(question)


def test_a_copied_quote_is_confirmed_and_a_refused_copy_is_told(browser: Browser, server: str) -> None:
    context = browser.new_context(locale="zh-CN", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{server}/widget?lang=zh")
    page.locator("#question").fill(QUESTION)
    page.locator("#question").press("Enter")
    expect(page.locator(".answer")).to_have_count(1, timeout=ANSWER_MS)
    page.locator(".sources > summary").click()
    copy = page.locator("[data-copy]").first
    expect(copy).to_have_text(re.compile("复制引文"), use_inner_text=True)
    copy.click()
    expect(copy).to_have_text(re.compile("已复制"), use_inner_text=True)
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("blockquote.q").first.text_content()
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error()); }")
    for tool in ("[data-copy]", "a.copy-text"):
        page.locator(tool).first.click()
        expect(page.locator(f"{tool}.failed")).to_be_visible()
    context.close()


def test_a_chat_beside_one_article_is_answered_from_it_alone(page: Page, server: str) -> None:
    """The other article tells; and a chat about an article that is not there says so and asks nothing."""
    for article, said in (("hostile", "抱歉"), ("green-belt-and-road", "33 万吨")):
        page.goto(f"{server}/widget?lang=zh&article={article}")
        page.locator("#question").fill(QUESTION)
        page.locator("#question").press("Enter")
        expect(page.locator(".answer")).to_contain_text(said, timeout=ANSWER_MS)
    page.goto(f"{server}/widget?lang=zh&article=nothing&q={QUESTION}")
    expect(page.locator("#log")).to_contain_text("这里没有这篇文章")
    expect(page.locator("#question")).to_be_hidden()
    assert page.locator(".asked").count() == 0


def test_markup_in_a_question_and_an_article_is_shown_as_it_is(page: Page, server: str) -> None:
    page.goto(f"{server}/widget?lang=zh")
    question = '<img src=x onerror="window.attacked=1"> 火星基地每天产出多少公斤氧气？'
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")
    expect(page.locator("blockquote.q").first).to_contain_text("<b>42</b>", timeout=ANSWER_MS)
    assert page.locator(".asked").text_content() == question
    assert page.locator("#log img, #log script, #log iframe").count() == 0
    assert page.evaluate("window.attacked") is None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_small_chat(page: Page, server: str, theme: str) -> None:
    """With an answer and its sources open (WCAG 2.2, levels A and AA)."""
    page.goto(f"{server}/widget?lang=zh&theme={theme}")
    page.locator("#question").fill(QUESTION)
    page.locator("#question").press("Enter")
    expect(page.locator(".answer")).to_have_count(1, timeout=ANSWER_MS)
    page.locator(".badge").first.click()
    assert serious_violations(page) == []


def test_the_small_chat_loads_little(page: Page, server: str) -> None:
    """Three hundred kilobytes at most, from this server alone, and nothing in the console."""
    sizes: list[int] = []
    errors: list[str] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{server}/widget")
    expect(page.locator("#log button").first).to_be_visible()
    assert 0 < sum(sizes) <= 300_000
    assert errors == []

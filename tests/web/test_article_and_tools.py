"""The article beside the chat, and what can be done with an answer, in a real browser."""

import json

import pytest
from browsing import ANSWER_MS, OFF_TOPIC, QUESTION, OpenPage, ask, needs_browser, text_content
from playwright.sync_api import expect

from ingest.document import Document

# What the page highlights in the article.
RANGE = "[...CSS.highlights.get('yinju-quote')][0]"
HIGHLIGHTED = f"(CSS.highlights.has('yinju-quote') && {RANGE}.toString())"

pytestmark = needs_browser


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 860}, {"width": 390, "height": 844}])
def test_a_number_in_the_chat_opens_the_article_at_its_quote(
    open_page: OpenPage, documents: dict[str, Document], viewport: dict[str, int]
) -> None:
    """Exactly that, in view and highlighted; also of an older answer, and in another article."""
    page = open_page(viewport=viewport)
    ask(page, QUESTION)
    ask(page, "火星基地每天产出多少公斤氧气？")
    quotes = [text_content(page, "#chat .answer blockquote.q"), text_content(page, "#evidence mark")]
    for badge, quote in zip(
        (page.locator("#chat .badge").first, page.locator("#chat .badge").last), quotes, strict=True
    ):
        badge.click()
        page.wait_for_function(f"quote => {HIGHLIGHTED} === quote", arg=quote)
        box = page.evaluate(f"(({{top, bottom}}) => [top, bottom])({RANGE}.getBoundingClientRect())")
        assert 0 <= box[0] <= box[1] <= viewport["height"]
    assert "<b>42</b>" in quotes[1]
    assert page.locator("#article-text img, #article-text script").count() == 0
    assert page.evaluate("window.attacked") is None


def test_the_outline_leads_to_every_section(open_page: OpenPage, documents: dict[str, Document]) -> None:
    """By keyboard too; it names headings and experts."""
    page = open_page()
    page.locator("#tab-evidence").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-article")).to_be_focused()
    page.locator("#article-choice").select_option("green-belt-and-road")
    links = page.locator(".outline a")
    expect(links).to_have_count(4)
    expect(links.last).to_contain_text("陈翰")
    links.last.press("Enter")
    heading = documents["green-belt-and-road"].sections[-1].heading
    expect(page.locator("#article h3").last).to_be_focused()
    expect(page.locator("#article h3").last).to_have_text(heading)


def test_the_whole_article_can_be_read(open_page: OpenPage, documents: dict[str, Document]) -> None:
    """Every paragraph, character for character."""
    page = open_page()
    page.locator("#tab-article").click()
    for document in documents.values():
        page.locator("#article-choice").select_option(document.id)
        expect(page.locator(f'.article[data-document="{document.id}"]')).to_be_visible()
        paragraphs = page.evaluate("[...document.querySelectorAll('.article [data-start]')].map(p => p.textContent)")
        assert "\n\n".join(paragraphs) == document.text


def test_a_follow_up_is_understood_said_and_can_be_undone(open_page: OpenPage) -> None:
    """The expert is taken from the answer before."""
    page = open_page()
    ask(page, QUESTION)
    ask(page, "他还说了什么？")
    expect(page.locator("#chat .understood")).to_contain_text("理解为：陈刚还说了什么？")
    expect(page.locator("#chat .asked").last).to_have_text("他还说了什么？")
    page.locator("#chat a.literally").click()
    expect(page.locator("#chat .answer")).to_have_count(3, timeout=ANSWER_MS)
    expect(page.locator("#chat .asked").last).to_have_text("他还说了什么？")
    expect(page.locator("#chat .understood")).to_have_count(1)


def test_an_address_can_carry_a_question(open_page: OpenPage) -> None:
    """The link below an answer leads to that answer."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, QUESTION)
    page.locator("#chat .tools a").nth(2).click()
    page.wait_for_timeout(200)
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto(link)
    expect(page.locator("#chat .answer")).to_have_count(1, timeout=ANSWER_MS)
    assert text_content(page, "#chat .asked") == QUESTION


def test_an_answer_is_copied_with_its_source(open_page: OpenPage) -> None:
    """As text and as Markdown."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, QUESTION)
    quote = text_content(page, "#chat blockquote.q")
    for tool, start in (("copy-text", QUESTION), ("copy-markdown", "### ")):
        page.locator(f"#chat a.{tool}").click()
        expect(page.locator(f"#chat a.{tool}.done")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(start)
        assert quote in copied
        assert "陈刚" in copied


def test_the_conversation_can_be_taken_away(open_page: OpenPage) -> None:
    """Every question with its answer, in the order in which they were asked."""
    page = open_page()
    ask(page, QUESTION)
    ask(page, OFF_TOPIC)
    page.locator("#menu summary").click()
    with page.expect_download() as download:
        page.locator("[data-export=json]").click()
    answers = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert [answer["question"] for answer in answers] == [QUESTION, OFF_TOPIC]
    assert answers[0]["citations"]
    assert answers[1]["text"] is None


def test_votes_are_offered_only_where_they_are_kept(open_page: OpenPage) -> None:
    """The server of these tests keeps none."""
    page = open_page()
    ask(page, QUESTION)
    expect(page.locator("#chat a.like")).to_be_hidden()

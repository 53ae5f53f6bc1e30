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


def test_a_nearest_passage_is_shown_in_the_article(open_page: OpenPage) -> None:
    """Highlighted whole, as a quote is."""
    page = open_page()
    ask(page, OFF_TOPIC)
    passage = text_content(page, "#evidence .passage .text")
    page.locator("#evidence .passage button.show").first.click()
    page.wait_for_function(f"passage => {HIGHLIGHTED}", arg=passage)
    highlighted = str(page.evaluate(HIGHLIGHTED))
    assert "".join(highlighted.split()) == "".join(passage.split())


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


def test_the_question_of_a_button_is_asked_literally(open_page: OpenPage) -> None:
    """Even one that, typed, would lean on the question before."""
    page = open_page()
    ask(page, QUESTION)
    button = page.locator("#samples .follow-ups button").first
    button.evaluate("button => { button.dataset.zh = '他还说了什么？' }")
    button.click()
    expect(page.locator("#chat .answer")).to_have_count(2, timeout=ANSWER_MS)
    expect(page.locator("#chat .asked").last).to_have_text("他还说了什么？")
    expect(page.locator("#chat .understood")).to_have_count(0)


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


def test_an_export_holds_what_was_typed_and_questions_that_are_no_longer_shown(open_page: OpenPage) -> None:
    """The page keeps the bare questions of a long conversation for it."""
    page = open_page()
    ask(page, QUESTION)
    ask(page, "他还说了什么？")
    bare = f'<ul hidden><li data-question="{OFF_TOPIC}" data-asked="那年呢？"></li></ul>'
    page.locator("#evidence .turn").last.evaluate("(turn, html) => turn.insertAdjacentHTML('afterend', html)", bare)
    page.locator("#menu summary").click()
    with page.expect_download() as download:
        page.locator("[data-export=json]").click()
    answers = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert [answer["asked"] for answer in answers] == ["那年呢？", QUESTION, "他还说了什么？"]
    assert [answer["question"] for answer in answers] == [OFF_TOPIC, QUESTION, "陈刚还说了什么？"]


def test_where_the_browser_refuses_to_copy_the_page_says_so(open_page: OpenPage) -> None:
    """On plain http, where only the old way to copy is left; where that works, it says so too."""
    page = open_page()
    ask(page, QUESTION)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.evaluate("() => { document.execCommand = () => false; }")
    for button in ("#chat a.copy-text", "#evidence [data-copy]"):
        page.locator(button).first.click()
        expect(page.locator(f"{button}.failed")).to_be_visible()
    page.evaluate("delete document.execCommand")
    page.locator("#chat a.copy-markdown").click()
    expect(page.locator("#chat a.copy-markdown.done")).to_be_visible()


def test_an_answer_is_handed_to_the_clipboard_while_the_click_is_handled(open_page: OpenPage) -> None:
    """Its text may come later; Safari takes nothing from a page that asks later."""
    page = open_page()
    ask(page, QUESTION)
    page.evaluate("""() => {
        navigator.clipboard.write = async ([item]) => {
            window.handled = window.event?.type;
            window.copied = await (await item.getType("text/plain")).text();
        };
    }""")
    page.locator("#chat a.copy-text").click()
    expect(page.locator("#chat a.copy-text.done")).to_be_visible()
    assert page.evaluate("window.handled") == "click"
    assert page.evaluate("window.copied").startswith(QUESTION)


def test_an_articles_words_are_chinese_on_the_english_page(open_page: OpenPage) -> None:
    """For voices and fonts: suggestions, quotes, passages and the article itself."""
    page = open_page(locale="en-US")
    ask(page, QUESTION)
    page.locator("#chat .badge").first.click()
    expect(page.locator(".outline")).to_be_visible()
    for place in ("#samples .in-both", "#chat blockquote.q", "#evidence .text", ".article h3"):
        language = page.locator(place).first.evaluate("element => element.closest('[lang]').lang")
        assert (place, language) == (place, "zh-CN")
    number = text_content(page, "#chat .confidence .unseen .in-en")
    assert page.locator("#chat .confidence > .in-en").first.get_attribute("title") == number


def test_votes_are_offered_only_where_they_are_kept(open_page: OpenPage) -> None:
    """The server of these tests keeps none."""
    page = open_page()
    ask(page, QUESTION)
    expect(page.locator("#chat a.like")).to_be_hidden()

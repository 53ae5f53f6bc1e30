"""What the reader sees is what the article says: quotes unchanged, markup inert."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answer.answer import Answer, Citation, cite
from index.passage import Passage
from ingest.document import Chunk, Document, Section, SourceMap, Span
from web import texts
from web.markup import verbatim
from web.rendering import (
    MAX_ECHO,
    MAX_NEAREST,
    answer_html,
    cards,
    evidence_html,
    follow_ups_html,
    highlight,
    question_html,
    samples_html,
    turn_evidence_html,
)
from web.samples import MAX_SAMPLES, follow_ups, sample_questions
from web.texts import Text

OUR_TAGS = {
    *("a", "article", "blockquote", "button", "cite", "details", "div", "h3", "li", "mark", "p", "span", "strong"),
    *("bdi", "ol", "summary", "ul"),
}
# What Python's HTML parser reads back as it was written; lone surrogates never reach the page.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
MARKUP = st.sampled_from(
    ["<script>x</script>", '"><img src=x onerror=y>', "&lt;b&gt;", "'", "{0}{", "</div>", "\n\n", "$$"]
)
HOSTILE_TEXT = st.lists(ANY_TEXT | MARKUP, min_size=1, max_size=6).map("".join)


class Page(HTMLParser):
    """The elements of a piece of HTML, and the text that each `mark` and `blockquote` holds."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.quotes: list[str] = []
        self._open = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag in ("mark", "blockquote"):
            self._open += 1
            self.quotes.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("mark", "blockquote"):
            self._open -= 1

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._open:
            self.quotes[-1] += data


def document_of(text: str, **fields: str) -> Document:
    """A document that is one section from its first character to its last."""
    words = {"heading": "节", "question": "问？", "expert": "某人", "affiliation": "某处", **fields}
    span = Span(0, len(text))
    section = Section(id="s1", span=span, paragraphs=(span,), **words)
    title = fields.get("heading", "题")
    return Document("d1", title, "", None, text, (section,), title, "0" * 64, SourceMap((0,), (7,)))


def answered(*citations: Citation) -> Answer:
    """An answer that quotes `citations`."""
    text = "\n".join(citation.quote for citation in citations)
    return Answer("问？", "zh", "sentences", text, 0.9, tuple(citations), ())


def abstained(document: Document, passages: int) -> Answer:
    """An abstention with that many nearest passages."""
    span = Span(0, len(document.text))
    found = tuple(
        Passage(Chunk(f"c{rank}", document.id, "s1", span, document.text), 0.1, rank, 0.1, 0.0)
        for rank in range(1, passages + 1)
    )
    return Answer("问？", "zh", "none", None, 0.1, (), found)


@given(HOSTILE_TEXT)
def test_verbatim_html_reads_back_as_the_text_on_one_line(text: str) -> None:
    """Newlines would end the HTML block in the chat's markdown."""
    html = verbatim(text)
    assert "\n" not in html
    assert Page(html).text == text
    assert not Page(html).tags


@given(HOSTILE_TEXT, st.data())
def test_a_highlighted_passage_reads_as_the_passage_with_each_quote_marked_whole(
    text: str, data: st.DataObject
) -> None:
    """Any passage, any quotes in it that do not overlap."""
    if not text:
        return
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    spans = [Span(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False)]
    document = document_of(text)
    passage = Span(cuts[0], len(text))
    citations = [cite(number, document, span, passage) for number, span in enumerate(spans, start=1)]
    page = Page(highlight(1, text, passage, citations[::-1]))
    assert page.text == passage.of(text)
    assert page.quotes == [span.of(text) for span in spans]


# The first text in letters waits for the model that tells its language.
@settings(deadline=None)
@given(HOSTILE_TEXT, st.data())
def test_a_quote_with_the_words_that_answer_emphasised_still_reads_as_the_quote(text: str, data: st.DataObject) -> None:
    """In the chat and in its passage, wherever the words stand in it."""
    if not text:
        return
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    whole = Span(0, len(text))
    document = document_of(text)
    citation = cite(1, document, whole, whole, Span(start, end) if start < end else None)
    html = answer_html(1, answered(citation), {"d1": document})
    assert Page(html).quotes == [text]
    assert Page(highlight(1, text, whole, [citation])).text == text
    assert html.count("<strong>") == (start < end)


def test_the_words_that_answer_are_the_ones_emphasised() -> None:
    document = document_of("港口每年吞吐33万吨。")
    citation = cite(1, document, Span(0, 11), Span(0, 11), Span(6, 10))
    assert "每年吞吐<strong>33万吨</strong>。" in answer_html(1, answered(citation), {"d1": document})


@settings(deadline=None)
@given(HOSTILE_TEXT, HOSTILE_TEXT)
def test_nothing_in_an_article_or_a_question_becomes_an_element(text: str, name: str) -> None:
    """Text, title, file name, heading, expert, affiliation and question may hold any markup."""
    if not text:
        return
    document = document_of(text, heading=name, question=name, expert=name, affiliation=name)
    everything = Span(0, len(text))
    answer = answered(cite(1, document, everything, everything))
    abstention = abstained(document, 2)
    for html in (
        question_html(name),
        answer_html(1, replace(answer, question=name), {"d1": document}, asked=name),
        turn_evidence_html(1, name, name, evidence_html(1, answer, {"d1": document}), unfolded=True),
        turn_evidence_html(1, name, name, evidence_html(1, abstention, {"d1": document}), unfolded=True),
        samples_html(sample_questions([document]), unfolded=True),
        follow_ups_html(follow_ups(answer, {"d1": document}, ())),
    ):
        page = Page(html)
        assert page.tags <= OUR_TAGS
        assert not {name for name in page.attributes if name.startswith("on")}
        assert "\n" not in html


def test_the_chat_message_holds_the_quote_and_says_who_said_it_and_where() -> None:
    """The blockquote is the quote alone, character for character."""
    document = document_of("前文。a*b*c <B> $$\n\n后文。")
    citation = cite(1, document, Span(3, 15), Span(0, 18))
    page = Page(answer_html(4, answered(citation), {"d1": document}))
    assert page.quotes == [citation.quote]
    assert f"某人{texts.COMMA.zh}{texts.COMMA.en}某处" in page.text
    assert "节" in page.text
    assert "第 7 行" in page.text
    assert "line 7" in page.text


def test_what_an_article_says_is_marked_with_its_language() -> None:
    """Quotes, passages, titles and names, whatever language the page has."""
    document = document_of("港口每年吞吐 33 万吨。")
    answer = answered(cite(1, document, Span(0, 4), Span(0, 8)))
    html = answer_html(1, answer, {"d1": document})
    assert '<blockquote class="q" lang="zh-CN">' in html
    assert '<bdi lang="zh-CN">某人</bdi>' in html
    for evidence in (
        evidence_html(1, answer, {"d1": document}),
        evidence_html(1, abstained(document, 1), {"d1": document}),
    ):
        assert re.search('<div class="text"[^>]* lang="zh-CN">', evidence)
        assert '<p class="section-question" lang="zh-CN">' in evidence
        assert '<cite><bdi lang="zh-CN">' in evidence
    english = replace(document, text="The port handles 33 tons of goods every year.")
    assert '<blockquote class="q" lang="en">' in answer_html(1, answer, {"d1": english})


def test_a_speaker_and_the_office_are_parted_as_the_language_of_the_page_does() -> None:
    document = document_of("一段话。")
    html = answer_html(1, answered(cite(1, document, Span(0, 4), Span(0, 4))), {"d1": document})
    comma = '<span class="in-zh" lang="zh-CN">，</span><span class="in-en" lang="en">, </span>'
    assert f"某人</bdi>{comma}<bdi" in html


def test_fields_that_the_article_does_not_give_leave_no_trace() -> None:
    """No empty bylines and no stray separators."""
    document = replace(document_of("一段话。"), sections=())
    citation = cite(1, document, Span(0, 4), Span(0, 4))
    assert "一段话。第 7 行line 7" in Page(answer_html(1, answered(citation), {"d1": document})).text
    assert 'class="speaker"' not in evidence_html(1, answered(citation), {"d1": document})


def test_quotes_of_one_passage_share_a_card_and_overlapping_quotes_do_not() -> None:
    """Each quote must be highlighted whole, and a passage should not be printed twice without need."""
    document = document_of("零一二三四五六七八九")
    passage = Span(0, 10)
    first, second, overlapping = (
        cite(number, document, span, passage)
        for number, span in enumerate((Span(0, 4), Span(4, 6), Span(3, 5)), start=1)
    )
    elsewhere = cite(4, document, Span(6, 8), Span(5, 10))
    assert cards([first, second, overlapping, elsewhere]) == [[first, second], [overlapping], [elsewhere]]


def test_a_passage_is_widened_to_hold_its_quote() -> None:
    """A quote that reaches over the passage's end is still shown whole."""
    document = document_of("零一二三四五六七八九")
    citation = cite(1, document, Span(3, 8), Span(4, 6))
    page = Page(highlight(1, document.text, citation.passage_span, [citation]))
    assert page.quotes == ["三四五六七"]
    assert page.text == "三四五六七"


def test_an_abstention_quotes_nothing_and_names_the_nearest_passages_as_such() -> None:
    """Nothing is highlighted, and at most MAX_NEAREST passages are shown."""
    document = document_of("一段话。")
    answer = abstained(document, MAX_NEAREST + 2)
    assert Page(answer_html(1, answer, {})).quotes == []
    assert texts.ABSTENTION.zh in answer_html(1, answer, {})
    html = evidence_html(1, answer, {"d1": document})
    assert texts.NEAREST.zh in html
    assert texts.NEAREST.en in html
    assert "<mark" not in html
    assert html.count("<article") == MAX_NEAREST


def test_a_nearest_passage_is_shown_in_the_article_as_a_quote_is() -> None:
    """The button names what says where the passage stands, under an id that no other turn has."""
    document = document_of("一段话。")
    html = evidence_html(7, abstained(document, 2), {"d1": document})
    assert html.count(texts.IN_ARTICLE.zh) == 2
    for number in (1, 2):
        assert f'data-show="near-7-{number}"' in html
        assert f'id="near-7-{number}" data-document="d1" data-start="0" data-end="4"' in html


def test_an_abstention_without_passages_does_not_promise_any() -> None:
    """The chat does not point to sources that are not there."""
    document = document_of("一段话。")
    assert texts.NEAREST_NOTE.zh not in answer_html(1, abstained(document, 0), {})
    assert evidence_html(1, abstained(document, 0), {"d1": document}) == ""


def test_a_question_of_any_length_takes_little_room_in_the_chat() -> None:
    """It is cut, visibly."""
    assert Page(question_html("长" * 100_000)).text == "长" * MAX_ECHO + "…"


def test_a_list_is_shown_as_a_list_with_as_many_items_as_it_has() -> None:
    """Each item is its own quote."""
    document = document_of("一是甲。二是乙。")
    items = (cite(1, document, Span(0, 4), Span(0, 8)), cite(2, document, Span(4, 8), Span(0, 8)))
    html = answer_html(1, replace(answered(*items), kind="list"), {"d1": document})
    assert html.count("<li") == 2
    assert Page(html).quotes == ["一是甲。", "二是乙。"]
    assert "共 2 项" in html


@pytest.mark.parametrize(("confidence", "step"), [(0.95, "把握：高"), (0.5, "把握：中"), (0.1, "把握：低")])
def test_confidence_is_said_in_words_and_its_number_is_there_too(confidence: float, step: str) -> None:
    """For those who point at it, in the language of the page, and for screen readers."""
    document = document_of("一段话。")
    answer = replace(answered(cite(1, document, Span(0, 4), Span(0, 4))), confidence=confidence)
    html = answer_html(1, answer, {"d1": document})
    assert step in html
    percent = round(100 * confidence)
    assert f'<span class="in-zh" lang="zh-CN" title="估计有 {percent}% 的可能答对">' in html
    assert f'<span class="in-en" lang="en" title="an estimated {percent}% chance of being right">' in html
    assert html.count("title=") == 2


def test_what_was_understood_is_said_only_where_it_differs_from_what_was_typed() -> None:
    """It can be undone with a link."""
    answer = abstained(document_of("一段话。"), 0)
    assert "理解为：问？" in answer_html(1, answer, {}, asked="那呢？")
    assert 'href="#literally-1"' in answer_html(1, answer, {}, asked="那呢？")
    assert "理解为" not in answer_html(1, answer, {})


def test_what_to_ask_next_is_what_the_quoted_section_asks_and_was_not_asked_yet() -> None:
    document = document_of("一段话。")
    answer = answered(cite(1, document, Span(0, 4), Span(0, 4)))
    first = follow_ups(answer, {"d1": document}, ())[0]
    assert first == Text("问？", "问？")
    assert first not in follow_ups(answer, {"d1": document}, {"问？"})
    assert follow_ups(abstained(document, 1), {"d1": document}, ())[0] == first


def test_sample_questions_come_from_the_articles_sections() -> None:
    """Every section's own question, and its expert and heading in templates of both languages."""
    samples = sample_questions([document_of("一段话。")])
    assert Text("问？", "问？") in samples
    assert Text("某人的主要观点是什么？", "What is 某人's main point?") in samples
    assert Text("谁谈了“节”？", 'Who speaks about "节"?') in samples


def test_sample_questions_are_few_and_differ() -> None:
    """However many articles say the same."""
    samples = sample_questions(
        [document_of("一段话。")] * 50 + [document_of("话。", question=f"{n}？") for n in range(50)]
    )
    assert len(samples) == len(set(samples)) == MAX_SAMPLES


def sectioned(id: str, *sections: tuple[str, str, str]) -> Document:
    """A document with a section for each heading, question and expert."""
    span = Span(0, 4)
    found = (
        Section(f"s{number}", heading, question, expert, "", span, (span,))
        for number, (heading, question, expert) in enumerate(sections, start=1)
    )
    return Document(id, id, "", None, "一段话。", tuple(found), id, "0" * 64, SourceMap((0,), (1,)))


def test_articles_take_turns_with_sample_questions() -> None:
    """The second has some however many sections the first has; one that has no more leaves its turns to the others."""
    long = sectioned("长", *(("", f"长{number}？", "") for number in range(1, 20)))
    short = sectioned("短", ("", "短1？", ""))
    samples = [sample.zh for sample in sample_questions([long, short])]
    assert samples == ["长1？", "短1？", "长2？", "《短》主要讲了什么？", "长3？", "长4？", "长5？", "长6？"]


def test_every_section_has_a_sample_question_before_any_has_two() -> None:
    """An expert whose section asks nothing is asked for the opinion."""
    samples = [sample.zh for sample in sample_questions([sectioned("文", *(("", "", name) for name in "甲乙丙"))])]
    assert samples == [*(f"{name}的主要观点是什么？" for name in "甲乙丙"), "《文》主要讲了什么？"]


def test_an_article_without_sections_or_title_gives_no_samples() -> None:
    """Then there is nothing to make them from."""
    assert sample_questions([replace(document_of("一段话。"), sections=(), title="")]) == ()
    assert samples_html((), unfolded=True) == ""


ALL_TEXTS = [
    *(text for value in vars(texts).values() for text in (value.values() if isinstance(value, dict) else [value])),
    *(step for _, step in texts.CONFIDENCE_STEPS),
]


@pytest.mark.parametrize("text", [text for text in ALL_TEXTS if isinstance(text, Text)], ids=lambda text: text.en)
def test_every_sentence_has_both_languages_and_the_same_fields(text: Text) -> None:
    """A field that one language lacks would be lost there."""
    assert text.zh.strip()
    assert text.en.strip()
    fields = [{name for _, name, _, _ in Formatter().parse(sentence) if name} for sentence in (text.zh, text.en)]
    assert fields[0] == fields[1]

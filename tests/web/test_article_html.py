"""An article beside the chat: every section is in the outline by a name, and every link of the outline leads there."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ingest.document import Document, Section, SourceMap, Span
from ingest.loaders import load_documents
from web.article_html import article_html

PROJECT = Path(__file__).resolve().parents[2]
FOLDERS = ("data/articles", "eval/articles", "tests/ingest/pages")
DOCUMENTS = [document for folder in FOLDERS for document in load_documents(PROJECT / folder)]


@dataclass
class Link:
    """A link of the outline: where it leads, and what is read of it, by the class of each part."""

    target: str
    label: str = ""
    parts: dict[str, str] = field(default_factory=dict)


class Article(HTMLParser):
    """The outline's links, the text of every paragraph that can be linked to by its id, and every paragraph's tag."""

    def __init__(self, document: Document) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[Link] = []
        self.targets: dict[str, str] = {}
        self.tags: dict[str, str] = {}
        self._linked = False
        self._part = ""
        self._target = ""
        self._tag = ""
        self.feed(article_html(document))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._linked = True
            self.links.append(Link(attributes["href"].removeprefix("#")))
        if tag == "span":
            self._part = attributes.get("class", "")
        if "data-start" in attributes:
            self._tag = " ".join(part for part in (tag, attributes.get("class", "")) if part)
            self._target = attributes.get("id", "")
            if self._target:
                assert self._target not in self.targets
                self.targets[self._target] = ""

    def handle_endtag(self, tag: str) -> None:
        self._linked = self._linked and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._linked:
            link = self.links[-1]
            link.label += data
            if self._part and data.strip():
                link.parts[self._part] = link.parts.get(self._part, "") + data
        elif self._tag:
            self.tags[data] = self._tag
            if self._target:
                self.targets[self._target] += data
            self._tag = ""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)
def test_every_section_is_in_the_outline_and_every_link_leads_to_it(document: Document) -> None:
    """To the paragraph that announces it or in which it begins, and never into the section before."""
    article = Article(document)
    sections = document.sections if len(document.sections) > 1 else ()
    assert len(article.links) == len(sections)
    end = 0
    for link, section in zip(article.links, sections, strict=True):
        assert link.label.strip()
        start = int(link.target.removeprefix("at-"))
        assert article.targets[link.target]
        assert document.text[start:].startswith(article.targets[link.target])
        assert end <= start <= section.span.start
        end = section.span.end


def test_an_entry_names_heading_expert_and_question(documents_by_id: dict[str, Document]) -> None:
    first = documents_by_id["green-belt-and-road"].sections[0]
    parts = Article(documents_by_id["green-belt-and-road"]).links[0].parts
    assert parts == {"heading": first.heading, "expert": "陈刚", "question": first.question}


def test_turns_under_one_heading_name_heading_and_question_once(documents_by_id: dict[str, Document]) -> None:
    links = Article(documents_by_id["aging"]).links
    assert [link.parts for link in links[:2]] == [
        {"heading": "老得太快，時間不夠", "expert": "林淑媛", "question": "大家都說台灣老得快，究竟有多快？"},
        {"expert": "何志恆"},
    ]
    assert links[3].parts["heading"] == "照服員都到哪裡去了？"


def test_a_heading_is_told_from_a_byline_however_it_is_marked(documents_by_id: dict[str, Document]) -> None:
    """The first of the two stands in Markdown, the second names a section whose heading names who speaks."""
    desert = Article(documents_by_id["desert"])
    assert desert.tags["# 与沙对弈四十年——青泉县荒漠化治理调查"] == "h2 title"
    assert desert.tags[desert.targets[desert.links[0].target]] == "h3"
    banking = Article(documents_by_id["web-07"])
    assert banking.tags[banking.targets[banking.links[1].target]] == "h3"
    turns = Article(documents_by_id["aging"])
    assert turns.tags["何志恆："] == "p byline"
    assert turns.tags["記者問：大家都說台灣老得快，究竟有多快？"] == "p section-question"


def test_sections_that_begin_in_one_paragraph_share_it_and_are_called_by_their_first_words() -> None:
    text = "Title\n\nThe first section is as long as this. The second one is short."
    sections = tuple(
        Section(id, "", "", "", "", span, (span,)) for id, span in (("s1", Span(7, 44)), ("s2", Span(45, len(text))))
    )
    document = Document("d", "Title", "", None, text, sections, "d.txt", "0", SourceMap((0,), (1,)))
    links = Article(document).links
    assert [link.label for link in links] == ["The first section is as …", "The second one is short."]
    assert {link.target for link in links} == {"at-7"}


@pytest.fixture(scope="module")
def documents_by_id() -> dict[str, Document]:
    return {document.id: document for document in DOCUMENTS}

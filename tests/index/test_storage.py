"""Documents and passages come back from disk exactly as they were, whatever characters they hold."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_articles import documents

from index.indexed_passage import IndexedPassage, passages_of
from index.storage import read_documents, read_passages, write_documents, write_passages
from ingest.chunking import ChunkSettings
from ingest.document import Chunk, Document, Section, SourceMap, Span

# What other readers take for the end of a line, what JSON escapes, and what takes two units of UTF-16.
ODD = "\u2028\u2029\u0085\x0b\x0c\x1c\r\n\t\0\"\\'{}\ufeff\u200b😀👨\u200d👩\u200d👧🇨🇳𠀀\u0301中é a"
texts = st.text(max_size=20) | st.text(st.sampled_from(ODD), max_size=20)
spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: Span(min(pair), max(pair)))
span_lists = st.lists(spans, max_size=3).map(tuple)
numbers = st.lists(st.integers(0, 10**9), max_size=4).map(tuple)
sections = st.builds(Section, texts, texts, texts, texts, texts, spans, span_lists)
source_maps = st.builds(SourceMap, numbers, numbers, numbers)
any_document = st.builds(
    Document,
    id=texts,
    title=texts,
    lead=texts,
    lead_span=st.none() | spans,
    text=texts,
    sections=st.lists(sections, max_size=3).map(tuple),
    source=texts,
    sha256=texts,
    source_map=source_maps,
)
one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@one_folder
@given(st.lists(any_document, max_size=3).map(tuple))
def test_any_documents_come_back_as_they_were(tmp_path, items):
    path = tmp_path / "documents.jsonl"
    write_documents(path, items)
    assert read_documents(path) == items


@one_folder
@given(st.lists(st.tuples(texts.filter(bool), texts, texts, span_lists), max_size=4), st.data())
def test_any_passages_come_back_as_they_were(tmp_path, rows, data):
    path = tmp_path / "passages.jsonl"
    passages = []
    for text, name, section, sentences in rows:
        start = data.draw(st.integers(0, len(text)))
        span = Span(start, data.draw(st.integers(start, len(text))))
        passages.append(IndexedPassage(Chunk(name, text, section, span, span.of(text)), sentences))
    write_passages(path, passages)
    assert read_passages(path, {text: text for text, *_ in rows}) == tuple(passages)


def test_real_articles_come_back_as_they_were(tmp_path):
    items = documents()
    passages = passages_of(items, ChunkSettings())
    write_documents(tmp_path / "documents.jsonl", items)
    write_passages(tmp_path / "passages.jsonl", passages)
    assert read_documents(tmp_path / "documents.jsonl") == items
    assert read_passages(tmp_path / "passages.jsonl", {item.id: item.text for item in items}) == passages


def test_a_document_is_one_line_of_json_whatever_it_holds(tmp_path):
    path = tmp_path / "documents.jsonl"
    item = Document("a", ODD, ODD, None, ODD, (), ODD, "0", SourceMap((0,), (1,)))
    write_documents(path, [item, item])
    lines = path.read_bytes().split(b"\n")
    assert lines.pop() == b""
    assert [json.loads(line)["text"] for line in lines] == [ODD, ODD]


def test_the_text_of_a_passage_is_kept_once_with_its_document(tmp_path):
    write_passages(tmp_path / "passages.jsonl", passages_of(documents(), ChunkSettings()))
    assert "伊拉克" not in (tmp_path / "passages.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", ["{", "[]", "{}", "null", '{"id": 1}', "\x00"])
def test_a_damaged_line_is_an_error_not_a_document(tmp_path, content):
    path = tmp_path / "documents.jsonl"
    path.write_text(content + "\n", encoding="utf-8")
    with pytest.raises((KeyError, TypeError, ValueError)):
        read_documents(path)


def test_a_passage_of_an_unknown_document_is_an_error(tmp_path):
    write_passages(tmp_path / "passages.jsonl", passages_of(documents(), ChunkSettings()))
    with pytest.raises(KeyError):
        read_passages(tmp_path / "passages.jsonl", {})

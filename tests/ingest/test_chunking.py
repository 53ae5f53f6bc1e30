"""Chunks are passages of one section, cut at sentence ends, with exact offsets."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from articles import roundtable
from hypothesis import given, settings
from hypothesis import strategies as st
from newspaper import Press

from ingest.chunking import ChunkSettings, split_document
from ingest.document import Chunk, Document
from ingest.errors import YinjuError
from ingest.sections import document_from_text
from ingest.sentences import sentence_spans

ARTICLE = Path(__file__).resolve().parents[2] / "data" / "articles" / "green-belt-and-road.txt"


def read(text: str) -> Document:
    return document_from_text(text, source="a.txt", sha256="0" * 64, id="a")


@pytest.fixture(scope="module")
def article() -> Document:
    return read(ARTICLE.read_text(encoding="utf-8"))


def assert_sound(document: Document, chunks: Sequence[Chunk], size: int) -> None:
    spans = {section.id: section.span for section in document.sections}
    if document.lead_span:
        spans[""] = document.lead_span
    covered: set[int] = set()
    for chunk in chunks:
        assert chunk.text == chunk.span.of(document.text)
        assert chunk.text.strip()
        assert chunk.id == f"{document.id}:{chunk.span.start}-{chunk.span.end}"
        assert spans[chunk.section_id].contains(chunk.span)
        covered.update(range(chunk.span.start, chunk.span.end))
    wanted = {place for span in spans.values() for place in range(span.start, span.end)}
    assert all(document.text[place].isspace() for place in wanted - covered)
    assert [chunk.span for chunk in chunks] == sorted(chunk.span for chunk in chunks)


@pytest.mark.parametrize("size", [80, 150, 300, 1000])
def test_chunks_are_exact_and_cover_lead_and_sections(article: Document, size: int) -> None:
    chunks = split_document(article, ChunkSettings(size))
    assert_sound(article, chunks, size)
    assert max(len(chunk.text) for chunk in chunks) <= max(size, 60 + size)


def test_chunks_of_the_article_end_where_sentences_end(article: Document) -> None:
    ends = {span.end for span in sentence_spans(article.text)}
    assert all(chunk.span.end in ends for chunk in split_document(article, ChunkSettings(300)))


def test_the_lead_is_a_chunk_of_no_section(article: Document) -> None:
    first, *others = split_document(article, ChunkSettings())
    assert (first.section_id, first.text) == ("", article.lead)
    assert {chunk.section_id for chunk in others} == {"s1", "s2", "s3", "s4"}


def test_a_paragraph_a_little_too_long_is_cut_in_halves() -> None:
    text = "标题在此\n\n" + "".join(
        f"第{number}句话一共正好二十个字用来凑数呀。" for number in "一二三四五六七八九十" * 2
    )
    sizes = [len(chunk.text) for chunk in split_document(read(text), ChunkSettings(300))]
    assert len(sizes) == 2
    assert max(sizes) - min(sizes) <= 20


def test_a_tiny_paragraph_joins_its_follower_and_others_stay_apart() -> None:
    long = "这一段话足够长，它自己就是一个段落，" * 4 + "谁也不必来打扰它。"
    text = f"标题在此\n\n第一点。\n\n{long}\n\n{long}\n\n完。\n"
    chunks = split_document(read(text), ChunkSettings())
    assert [chunk.text for chunk in chunks] == [f"第一点。\n\n{long}", f"{long}\n\n完。"]


def test_an_endless_sentence_is_cut_at_commas() -> None:
    text = "标题在此\n\n" + "绿色发展理念，" * 100 + "完。"
    chunks = split_document(read(text), ChunkSettings(100))
    assert all(len(chunk.text) <= 100 and chunk.text[-1] in "，。" for chunk in chunks)


def test_overlap_repeats_whole_sentences_of_the_chunk_before() -> None:
    text = "标题在此\n\n" + "".join(
        f"第{number}句话一共正好二十个字用来凑数呀。" for number in "一二三四五六七八九十" * 4
    )
    document = read(text)
    plain = split_document(document, ChunkSettings(200))
    chunks = split_document(document, ChunkSettings(200, overlap=40))
    assert_sound(document, chunks, 200)
    assert [chunk.span.end for chunk in chunks] == [chunk.span.end for chunk in plain]
    starts = {span.start for span in sentence_spans(document.text)}
    assert all(chunk.span.start in starts for chunk in chunks)
    assert any(chunk.span.start < before.span.start for chunk, before in zip(chunks[1:], plain[1:], strict=True))


@pytest.mark.parametrize(("size", "overlap"), [(0, 0), (-5, 0), (100, 100), (100, -1)])
def test_impossible_settings_are_refused(size: int, overlap: int) -> None:
    with pytest.raises(YinjuError, match="cannot be cut"):
        ChunkSettings(size, overlap)


PIECES = st.sampled_from(
    ["绿色发展。", "如何？", "“好。”", "，", "\ue000", " ", "\n", "\n\n", "word ", "李明（教授）：", "一" * 30, "…"]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=120).map("".join), st.integers(1, 120), st.integers(0, 30))
def test_chunks_of_any_text_are_sound(text: str, size: int, overlap: int) -> None:
    if not text.strip():
        return
    document = read(text)
    assert_sound(document, split_document(document, ChunkSettings(size, min(overlap, size - 1))), size)


@pytest.mark.parametrize("seed", range(3))
def test_no_chunk_holds_the_words_of_two_experts(seed: int) -> None:
    document = read(Press(order=(1, 0, 2)).print(roundtable(3, seed)))
    for chunk in split_document(document, ChunkSettings()):
        assert sum(section.span.overlaps(chunk.span) for section in document.sections) <= 1

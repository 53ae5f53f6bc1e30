"""The terminal shows the quote, the words in it that answer, and where it stands."""

import pytest

from answer.answer import Answer, cite
from answer.text import render_text
from ingest.document import Document, Section, SourceMap, Span

TEXT = "港口每年吞吐33万吨。"
WHOLE = Span(0, len(TEXT))
SECTION = Section("s1", "港口", "", "甲", "", WHOLE, (WHOLE,))
DOCUMENT = Document("d", "港口", "", None, TEXT, (SECTION,), "d.txt", "0" * 64, SourceMap((0,), (7,)))


def shown(focus: Span | None) -> str:
    citation = cite(1, DOCUMENT, WHOLE, WHOLE, focus)
    return render_text(Answer("多少？", "zh", "span", TEXT, 0.9, (citation,), ()))


def test_the_words_that_answer_stand_below_the_quote() -> None:
    lines = shown(Span(6, 10)).splitlines()
    assert lines[0] == f"[1] {TEXT}"
    assert lines[1].strip() == "▸ 33万吨"
    assert "第 7 行" in lines[2]


def test_without_such_words_there_is_the_quote_alone() -> None:
    assert "▸" not in shown(None)


def test_an_answers_exact_words_are_its_focus_or_all_of_it() -> None:
    whole, pointed = cite(1, DOCUMENT, WHOLE, WHOLE), cite(2, DOCUMENT, WHOLE, WHOLE, Span(6, 10))
    assert Answer("?", "zh", "span", TEXT, 0.9, (whole, pointed), ()).exact == "33万吨"
    assert Answer("?", "zh", "span", TEXT, 0.9, (whole,), ()).exact == TEXT
    assert Answer("?", "zh", "none", None, 0.1, (), ()).exact is None


@pytest.mark.parametrize("focus", [Span(6, 12), Span(6, 6), Span(20, 21)])
def test_words_outside_the_quote_are_never_pointed_at(focus: Span) -> None:
    with pytest.raises(ValueError, match="no part of the quote"):
        cite(1, DOCUMENT, WHOLE, WHOLE, focus)

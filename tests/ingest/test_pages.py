"""Pages laid out in thirty ways: how many of their turns are told to be whose, measured; fewer would be a loss."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ingest.document import Document
from ingest.loaders import load_document

PAGES = Path(__file__).parent / "pages"
TRUTHS = sorted(PAGES.glob("*.json"))
# What is read rightly today, of 213 turns and 30 titles.
RIGHT_EXPERTS, RIGHT_TITLES = 154, 24


def squeezed(text: str | None) -> str:
    return re.sub(r"\s|^(?:Dr|Prof)\b", "", text or "")


def read(truth: Path) -> tuple[Document, dict[str, Any]]:
    (page,) = (path for suffix in (".txt", ".md") if (path := truth.with_suffix(suffix)).exists())
    return load_document(page), json.loads(truth.read_text(encoding="utf-8"))


def experts_at(document: Document, turn: dict[str, Any]) -> set[str]:
    """Whose the turn's first and last words are taken to be."""
    kept = [place for place, character in enumerate(document.text) if not character.isspace()]
    text = squeezed(document.text)
    first = text.find(squeezed(turn["starts"]))
    last = text.find(squeezed(turn["ends"]), max(first, 0))
    assert first >= 0 <= last, f"{document.source} has lost {turn['starts']!r}"
    sections = (document.section_at(kept[place]) for place in (first, last + len(squeezed(turn["ends"])) - 1))
    return {squeezed(section.expert) if section else "" for section in sections}


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.stem)
def test_every_page_keeps_its_words_in_their_places(truth: Path) -> None:
    document, _ = read(truth)
    assert document.text.strip()
    assert all(section.span.of(document.text).strip() or not section.paragraphs for section in document.sections)
    assert all(one.span.end <= other.span.start for one, other in pairwise(document.sections))


def test_most_turns_are_known_to_be_whose() -> None:
    pages = [read(truth) for truth in TRUTHS]
    right = sum(
        experts_at(page, turn) == {squeezed(turn["expert"])} for page, told in pages for turn in told["sections"]
    )
    assert right >= RIGHT_EXPERTS


def test_most_titles_are_found_among_what_is_printed_around_them() -> None:
    pages = [read(truth) for truth in TRUTHS]
    assert sum(squeezed(page.title) == squeezed(told["title"]) for page, told in pages) >= RIGHT_TITLES

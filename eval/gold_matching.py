"""Whether a text holds a gold answer: character for character, white space aside."""

import re
from collections.abc import Mapping, Sequence

from answer.answer import Answer
from ingest.document import Document

_WHITE_SPACE = re.compile(r"\s+")


def holds(text: str, golds: Sequence[str]) -> bool:
    """True if one of `golds` stands in `text`, and not inside a longer number."""
    squeezed_text = squeezed(text)
    return any(re.search(_guard(gold) + re.escape(squeezed(gold)), squeezed_text) for gold in golds)


def _guard(gold: str) -> str:
    return r"(?<![\d.])" if gold.lstrip()[:1].isdigit() else ""


def in_order(text: str, items: Sequence[str]) -> bool:
    """True if all `items` stand in `text`, one after the other."""
    squeezed_text, at = squeezed(text), 0
    for item in map(squeezed, items):
        at = squeezed_text.find(item, at)
        if at < 0:
            return False
        at += len(item)
    return True


def quotes_exact(answer: Answer, documents: Mapping[str, Document]) -> float:
    """1.0 if every quote of the answer is its document's text at its span, else 0.0."""
    exact = [item.quote == item.span.of(documents[item.document_id].text) for item in answer.citations]
    return float(all(exact))


def squeezed(text: str) -> str:
    """`text` without white space."""
    return _WHITE_SPACE.sub("", text)

"""Checks that every quote in a file of answers stands, word for word, at its offsets in its article."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.document import Document
from ingest.errors import YinjuError


class NotVerified(YinjuError):
    """A quote that is not what stands at its offsets; the message names line and citation."""


@dataclass(frozen=True, slots=True)
class Verified:
    """How many answers, and quotes in them, were found to be exact."""

    answers: int
    quotes: int


def verify_file(path: Path, documents: Mapping[str, Document]) -> Verified:
    """Counts of what was checked.

    Raises NotVerified for the first quote that is not exact, and YinjuError for a file that holds no answers.
    """
    answers = quotes = 0
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    answers += 1
                    quotes += _verify_line(f"{path}, line {number}", line, documents)
    except (OSError, UnicodeDecodeError) as error:
        raise YinjuError(f"{path} cannot be read as a file of answers: {error}") from error
    if not answers:
        raise YinjuError(f"{path} holds no answers: name a file that `python -m answer --output` wrote")
    return Verified(answers, quotes)


def _verify_line(place: str, line: str, documents: Mapping[str, Document]) -> int:
    try:
        answer = json.loads(line)
        # A question that could not be asked has an error in the place of an answer.
        citations = [] if "error" in answer else answer["citations"]
        for position, citation in enumerate(citations, start=1):
            _verify_citation(f"{place}, citation {position}", citation, documents)
        quotes = [citation["quote"] for citation in citations]
        if (answer.get("text") or "") != "\n".join(quotes):
            raise NotVerified(f"{place}: the answer's text is not what it quotes")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise YinjuError(f"{place}: not an answer as `python -m answer --json` writes it") from error
    return len(quotes)


def _verify_citation(place: str, citation: Mapping[str, Any], documents: Mapping[str, Document]) -> None:
    quote, start, end = citation["quote"], citation["span"]["start"], citation["span"]["end"]
    document = documents.get(citation["document_id"])
    if document is None:
        raise NotVerified(
            f"{place}: there is no article {citation['document_id']!r} here: name its folder by --articles"
        )
    if document.sha256 != citation["document_sha256"]:
        raise NotVerified(f"{place}: the article {document.source} has changed since the answer was given")
    # A slice alone would take negative offsets, and ends beyond the text, for right.
    if not quote or not 0 <= start == end - len(quote) or document.text[start:end] != quote:
        raise NotVerified(f"{place}: the quote is not what stands at {start}-{end} of {document.source}")
    focus = citation.get("focus")
    if focus and not start <= focus["start"] < focus["end"] <= end:
        raise NotVerified(f"{place}: the words pointed at, {focus['start']}-{focus['end']}, are no part of the quote")

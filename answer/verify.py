"""Checks that every quote in a file of answers stands, word for word, at its offsets in its article."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.document import Document
from ingest.errors import YinjuError


@dataclass(frozen=True, slots=True)
class Verified:
    """How many answers, and quotes in them, were found to be exact."""

    answers: int
    quotes: int


def verify_file(path: Path, documents: Mapping[str, Document]) -> Verified:
    """Counts of what was checked; raises YinjuError naming line and citation of the first quote that is not exact."""
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
        citations = json.loads(line)["citations"]
        for position, citation in enumerate(citations, start=1):
            _verify_citation(f"{place}, citation {position}", citation, documents)
    except (ValueError, KeyError, TypeError) as error:
        raise YinjuError(f"{place}: not an answer as `python -m answer --json` writes it") from error
    return len(citations)


def _verify_citation(place: str, citation: Mapping[str, Any], documents: Mapping[str, Document]) -> None:
    quote, start, end = citation["quote"], citation["span"]["start"], citation["span"]["end"]
    document = documents.get(citation["document_id"])
    if document is None:
        raise YinjuError(
            f"{place}: there is no article {citation['document_id']!r} here: name its folder by --articles"
        )
    if document.sha256 != citation["document_sha256"]:
        raise YinjuError(f"{place}: the article {document.source} has changed since the answer was given")
    if not quote or document.text[start:end] != quote:
        raise YinjuError(f"{place}: the quote is not what stands at {start}-{end} of {document.source}")

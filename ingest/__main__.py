"""`python -m ingest FILE`: how an article is read, as a page to look at or as JSON."""

import argparse
import json
import os
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from ingest.characters import width
from ingest.document import Document, Section
from ingest.errors import YinjuError
from ingest.loaders import load_document

_LABEL_CELLS = 13


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how one article is read; 0 if it could be, 2 if not."""
    parser = argparse.ArgumentParser(prog="python -m ingest", description="Show how an article is read.")
    parser.add_argument("file", type=Path, help="the article: a .txt or .md file")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a page")
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        _write_utf8(stream)
    try:
        document = load_document(options.file)
    except YinjuError as error:
        print(error, file=sys.stderr)
        return 2
    return _print(json.dumps(as_json(document), ensure_ascii=False, indent=1) if options.json else as_page(document))


def as_json(document: Document) -> dict[str, object]:
    """The document's fields as JSON values; offsets count characters of `text`."""
    return {
        "id": document.id,
        "title": document.title,
        "lead": document.lead,
        "text": document.text,
        "sections": [
            {
                "heading": section.heading,
                "question": section.question,
                "expert": section.expert,
                "affiliation": section.affiliation,
                "start": section.span.start,
                "end": section.span.end,
                "paragraphs": [{"start": span.start, "end": span.end} for span in section.paragraphs],
            }
            for section in document.sections
        ],
    }


def as_page(document: Document) -> str:
    """The document as lines to read, one fact a line; empty facts are left out."""
    facts = [("title", document.title), ("lead", document.lead)]
    blocks = [_stacked(facts)]
    for number, section in enumerate(document.sections, start=1):
        blocks.append(f"section {number} of {len(document.sections)}\n" + _stacked(_facts(section)))
    return "\n\n".join(blocks)


def _facts(section: Section) -> list[tuple[str, str]]:
    return [
        ("heading", section.heading),
        ("question", section.question),
        ("expert", section.expert),
        ("affiliation", section.affiliation),
        ("paragraphs", str(len(section.paragraphs))),
        ("characters", str(len(section.span))),
    ]


def _stacked(facts: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"  {name:<{_LABEL_CELLS}}{_folded(value)}" for name, value in facts if value)


def _folded(value: str, cells: int = 80) -> str:
    """The value broken to the width of a terminal, its further lines under its first."""
    lines: list[str] = []
    for part in value.split("\n"):
        wide = width(part) > len(part) * 1.5
        lines.extend(textwrap.wrap(part, cells // 2 if wide else cells) if part.strip() else [])
    return ("\n" + " " * (_LABEL_CELLS + 2)).join(lines)


def _print(text: str) -> int:
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # The reader (`| head`) went away: keep the interpreter from failing again while it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _write_utf8(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())

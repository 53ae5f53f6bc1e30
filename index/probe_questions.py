"""Everyday questions in many languages, to find out how a model behaves."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

PROBE_FILE = Path(__file__).with_suffix(".json")


def probe_questions() -> Mapping[str, Sequence[str]]:
    """The same number of questions, about the same things, under the code of every language."""
    questions: dict[str, list[str]] = json.loads(PROBE_FILE.read_text(encoding="utf-8"))
    return questions

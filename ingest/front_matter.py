"""Front matter as site generators write it: metadata between two lines of dashes or pluses at the top of a file."""

from collections.abc import Sequence

import regex

from ingest.lines import Line

# A file's opening line to what parts a key from its value (YAML, TOML).
_MARKS = {"---": ":", "+++": "="}
_QUOTES = "\"'“”"


def split_front_matter(lines: Sequence[Line]) -> tuple[str, tuple[Line, ...]]:
    """The title that the front matter gives and the lines after it; "" and all lines where there is none.

    What only looks like it, a text between two rules, has a line that is neither an entry, nor indented under one, nor
    an item or a comment.
    """
    whole = tuple(lines)
    mark = whole[0].text if whole and whole[0].number == 1 else ""
    end = next((place for place, line in enumerate(whole[1:], start=1) if line.text == mark), None)
    if mark not in _MARKS or not end:
        return "", whole
    entry = regex.compile(rf"(?P<key>[\w.-]+)\s*{regex.escape(_MARKS[mark])}(?:\s+(?P<value>.*))?$")
    found = [(line, entry.match(line.text)) for line in whole[1:end]]
    keys = [match for _, match in found if match]
    if not keys or not all(match or line.indent or line.text[0] in "-#[]{}" for line, match in found):
        return "", whole
    titles = [match["value"] or "" for match in keys if match["key"].lower() == "title"]
    return (titles[0].strip().strip(_QUOTES) if titles else ""), whole[end + 1 :]

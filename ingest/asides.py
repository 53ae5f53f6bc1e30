"""What a conversation holds besides its turns: interludes under headings, an afterword, a closing note."""

import re
from collections.abc import Sequence

from ingest.characters import closing_bracket, ends_sentence
from ingest.heading_lines import is_markdown_heading
from ingest.headings import heading_level
from ingest.lines import Line, in_code, join_lines
from ingest.turn import Turn

# So many lines and characters a note at the article's end has at most, and so many lines may stand under it.
_NOTE_LINES, _LONGEST_NOTE, _MOST_BELOW = 6, 400, 8
_AFTERWORD = re.compile(r"(?:#{1,6}\s+)?[*_]{0,2}[【\[]?(?:编后[语记]?|編後[語記]?|编者[按注]|編者[按註注])[】\]：:]")


def find_asides(lines: Sequence[Line], turns: Sequence[Turn]) -> list[Turn]:
    """What follows some of the turns and is no speaker's, each as a turn without a name."""
    if not turns:
        return []
    found = {turn.first: turn for turn in (*_interludes(lines, turns), *_closing(lines, turns))}
    taken = {turn.first for turn in turns}
    return [turn for first, turn in found.items() if first not in taken]


def _interludes(lines: Sequence[Line], turns: Sequence[Turn]) -> list[Turn]:
    """What stands under Markdown headings that are no one's, where those who speak have headings as high.

    Else an editor's afterword would be the last speaker's.
    """
    heads = [place for turn in turns for place in (turn.first, turn.first - 1) if _is_heading(lines, place)]
    if len(heads) < len(turns):
        return []
    level = max(heading_level(lines[place].text) for place in heads)
    # A byline that is broken over lines may have taken one for its own.
    taken = in_code(lines).union(*(range(turn.first, turn.first + turn.lines) for turn in turns))
    return [
        _nobodys(place + 1)
        for place in range(turns[0].first + 1, len(lines) - 1)
        if place not in heads
        and place not in taken
        and 0 < heading_level(lines[place].text) <= level
        and not _is_heading(lines, place + 1)
    ]


def _closing(lines: Sequence[Line], turns: Sequence[Turn]) -> list[Turn]:
    """The editor's afterword (`【编后】…`), and the note in brackets at the article's end (`（本文由记者整理）`)."""
    coded = in_code(lines)
    begun = turns[-1].first + turns[-1].lines
    after = [place for place in range(begun, len(lines)) if place not in coded]
    found = [_nobodys(place) for place in after if _AFTERWORD.match(lines[place].text)][:1]
    note = _closing_note(lines, [place for place in after if place not in {turn.first for turn in found}])
    return [*found, *([] if note is None else [_nobodys(note)])]


def _closing_note(lines: Sequence[Line], places: Sequence[int]) -> int | None:
    """The line where the last note in brackets begins, with nothing below it but what no one says: links, rights."""
    for place in reversed(places[-_NOTE_LINES - _MOST_BELOW :]):
        if not lines[place].text.lstrip("*_ ").startswith(("（", "(")):
            continue
        for end in range(place + 1, min(len(lines), place + _NOTE_LINES) + 1):
            text = join_lines(lines[place:end]).text.strip("*_ ")
            if closing_bracket(text, 0, _LONGEST_NOTE) == len(text) - 1:
                below = lines[end:]
                said = any(ends_sentence(line.text) for line in below)
                return None if said or len(below) > _MOST_BELOW else place
    return None


def _nobodys(place: int) -> Turn:
    return Turn(place, 0, 0, "", "", interviewer=False)


def _is_heading(lines: Sequence[Line], place: int) -> bool:
    return 0 <= place < len(lines) and is_markdown_heading(lines[place].text)

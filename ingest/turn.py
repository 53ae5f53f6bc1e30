"""A speaker's turn in a conversation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """A speaker's turn: its first line's index, and the byline's lines and characters once those lines are joined.

    What follows the turns without being anyone's has a turn with an empty name and a byline of no length.
    """

    first: int
    lines: int
    length: int
    name: str
    affiliation: str
    interviewer: bool

"""The one error that a user can cause; every command line prints it as a single sentence."""


class YinjuError(Exception):
    """Bad input or a bad environment: the message names what was wrong and what to do."""

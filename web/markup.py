"""The one way in which words of others get into our HTML."""

from html import escape


def verbatim(text: str) -> str:
    """`text` as HTML, for content and attributes, on one line, read back as `text`, character for character."""
    return escape(text).replace("\r", "&#13;").replace("\n", "&#10;")


def isolated(text: str) -> str:
    """`text` as HTML whose marks for the direction of writing end with it, for use beside other words in a line."""
    return f"<bdi>{verbatim(text)}</bdi>"

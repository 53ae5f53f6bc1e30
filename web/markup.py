"""The one way in which words of others get into our HTML."""

from html import escape


def verbatim(text: str) -> str:
    """`text` as HTML, for content and attributes, on one line, read back as `text`, character for character."""
    return escape(text).replace("\r", "&#13;").replace("\n", "&#10;")


def isolated(text: str, tag: str = "") -> str:
    """`text` as HTML whose marks for the direction of writing end with it, for use beside other words in a line.

    `tag` is that of its language, empty if that is the one of the words around it.
    """
    return f"<bdi{in_language(tag)}>{verbatim(text)}</bdi>"


def in_language(tag: str) -> str:
    """The attribute that names a text's language, with a space before it; nothing for an empty tag."""
    return f' lang="{verbatim(tag)}"' if tag else ""

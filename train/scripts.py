"""Traditional characters to simplified ones without moving an offset."""

from functools import cache

from opencc import OpenCC


def simplified(text: str) -> str:
    """`text` in simplified characters, of the same length: by phrase where that keeps it, else one by one."""
    converted: str = _converter().convert(text)
    return converted if len(converted) == len(text) else "".join(map(_character, text))


@cache
def _character(character: str) -> str:
    converted: str = _converter().convert(character)
    return converted if len(converted) == 1 else character


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")

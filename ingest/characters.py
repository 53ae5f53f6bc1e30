"""What a character is to a typesetter: its script, its width in cells, and whether it can end a sentence."""

import re
import unicodedata

# One character that is set without spaces around it: Han, kana, bopomofo, CJK punctuation and full-width forms.
CJK = (
    r"\u2e80-\u2fdf\u3001-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f"
    r"\uff01-\uff65\U00020000-\U0003ffff"
)
HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Quotation marks, dashes and dots are shared with Latin text; in a Chinese line they are as wide as a character.
SHARED = "“”‘’—…·"

TERMINALS = "。！？!?．｡.…؟۔।॥"
WEAK_TERMINALS = "；;：:"
CLOSERS = "”’」』）)】》〉］]〕｝}\"'»"
OPENERS = "“‘「『（(【《〈［[〔｛{«"
_SQUEEZABLE = frozenset("，。、；：？！“”‘’（）《》〈〉「」『』【】·")
_CLOSING = frozenset("，。、；：？！”’）》〉」』】…,.;:?!)]}%％")

_CJK = re.compile(f"[{CJK}]")
_HAN = re.compile(f"[{HAN}]")
_CLOSERS = frozenset(CLOSERS)
# What may follow the mark that ends a sentence, Markdown's emphasis included.
_AFTER_END = CLOSERS + " *_"
_OPENERS = frozenset(OPENERS)


def is_cjk(character: str) -> bool:
    """True for a character that is set without spaces: Han, kana, CJK punctuation, full-width forms."""
    return character in SHARED or _CJK.match(character) is not None


def has_han(text: str) -> bool:
    """True if `text` holds at least one Chinese character proper."""
    return _HAN.search(text) is not None


def has_cjk(text: str) -> bool:
    """True if `text` holds at least one Chinese, Japanese or full-width character."""
    return _CJK.search(text) is not None


def width(text: str) -> int:
    """The natural width of `text` in cells: 2 for a CJK character, 0 for a combining mark, else 1."""
    if text.isascii():
        return len(text)
    wide = has_cjk(text)
    return sum(_cells(character, wide) for character in text)


def squeeze(text: str) -> int:
    """How many cells a typesetter can take out of `text`: CJK punctuation shrinks to one cell, spaces to none."""
    if not has_cjk(text):
        return 0
    return sum(character in _SQUEEZABLE or character == " " for character in text)


def lead_width(text: str) -> int:
    """The cells that the first unbreakable unit of a line takes: a word, a number, or a character with its marks."""
    end = 0
    while end < len(text) and text[end] in _OPENERS:
        end += 1
    if end < len(text) and is_cjk(text[end]):
        end += 1
        core = width(text[:end])
        while end < len(text) and text[end] in _CLOSING:
            core, end = core + 1, end + 1
        return core
    while end < len(text) and not text[end].isspace() and not is_cjk(text[end]):
        end += 1
    return max(1, width(text[:end])) + (0 if end < len(text) and is_cjk(text[end]) else 1)


def ends_sentence(text: str) -> bool:
    """True if `text` ends in a full stop, question or exclamation mark, closing quotes and brackets aside."""
    bare = text.rstrip(_AFTER_END)
    return bare != "" and bare[-1] in TERMINALS


def ends_question(text: str) -> bool:
    """True if `text` ends in a question mark, closing quotes and brackets aside."""
    return text.rstrip(_AFTER_END).endswith(("？", "?", "؟"))


def ends_weakly(text: str) -> bool:
    """True if `text` ends as a paragraph sometimes does: in a colon, a semicolon, or a closing bracket or quote."""
    return text != "" and (text[-1] in WEAK_TERMINALS or text[-1] in _CLOSERS)


def closing_bracket(text: str, opening: int, most: int) -> int:
    """Where the round bracket that opens at `opening` is closed; -1 if it is not within `most` characters."""
    depth = 0
    for place in range(opening, min(len(text), opening + most)):
        if text[place] in "（(":
            depth += 1
        elif text[place] in "）)":
            depth -= 1
            if depth == 0:
                return place
    return -1


def _cells(character: str, wide: bool) -> int:
    if character in SHARED:
        return 2 if wide else 1
    if character.isascii():
        return 1
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1

"""Sentences of any language as spans, so that nothing of the text is lost and a quote can be whole."""

import re
from collections.abc import Iterator

from ingest.characters import CLOSERS, HAN
from ingest.document import Span

# A stretch without a full stop is cut at a weaker mark beyond so many characters: an encoder holds 512 tokens.
MAX_SENTENCE = 400
# Within brackets and quotes no longer than this, a full stop ends no sentence of the text around them.
_MAX_ENCLOSED = 60
_MAX_TITLE = 200
# After a quotation, so short a rest belongs to its sentence: `“走吧。”然后离开。`
_SHORT_REST = 12

_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")
_END = re.compile(rf"[。！？｡．!?؟۔।॥.…]+[{re.escape(CLOSERS)}]*")
_BRACKETS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "[": "]",
    "【": "】",
}
_CLOSING = {closing: opening for opening, closing in _BRACKETS.items()}
_BRACKET = re.compile("[" + re.escape("".join(_BRACKETS) + "".join(_CLOSING)) + "]")
_QUOTES = "”’」』\"'"
_HARD = "。！？｡؟۔।॥"
_WORD_BEFORE = re.compile(r"(\S+)$")
_ABBREVIATED = """
dr mr mrs ms prof rev hon st sr jr gen col lt sgt capt gov sen rep pres no nos vol vols fig figs eq eqs sec ch art pp p
ed eds al etc vs cf ca approx est dept univ inc ltd co corp bros ave blvd rd jan feb mar apr jun jul aug sep sept oct
nov dec mon tue wed thu fri sat sun e.g i.e a.m p.m u.s u.k u.n e.u ph.d m.d b.a m.a d.c viz op
nr bzw z.b d.h u.a usw bspw sra srta dra ud uds av núm pág т.е т.д т.п г гг стр рис им ул
"""
# After these a new sentence may well begin, when a capital follows.
_LAST_OF_SENTENCE = "etc inc ltd co corp jr sr a.m p.m ph.d m.d d.c usw т.д т.п г гг"
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
_MAY_END = frozenset(_LAST_OF_SENTENCE.split())
_ATTRIBUTION = re.compile(
    r"[^。！？!?.，,\n]{0,12}(?:说|說|道|问|問|表示|指出|称|稱|认为|認為|写道|寫道|回答|强调|強調|喊|叫)"
)
_WEAKER = ("；;", "，,、،؛：:", " \t\n")


def sentence_spans(text: str) -> tuple[Span, ...]:
    """The sentences of `text` in order, without white space around them.

    The spans cover every character that is not white space and do not overlap. A blank line always ends a sentence.
    """
    spans: list[Span] = []
    start = 0
    for gap in _PARAGRAPH_END.finditer(text):
        spans.extend(_in_paragraph(text, start, gap.start()))
        start = gap.end()
    spans.extend(_in_paragraph(text, start, len(text)))
    return tuple(spans)


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Span]:
    paragraph = text[start:end]
    enclosed = _enclosed(paragraph)
    position = following = 0
    for mark in _END.finditer(paragraph):
        while following < len(enclosed) and enclosed[following].end <= mark.end():
            following += 1
        inside = following < len(enclosed) and enclosed[following].start < mark.end()
        quotation = following > 0 and enclosed[following - 1].end == mark.end()
        if not inside and _ends(paragraph, mark, position, quotation=quotation):
            yield from _within_limit(paragraph, position, mark.end(), start)
            position = mark.end()
    yield from _within_limit(paragraph, position, len(paragraph), start)


def _enclosed(paragraph: str) -> list[Span]:
    """The outermost pairs of brackets and quotes that are short enough to be part of one sentence."""
    open_at: list[tuple[str, int]] = []
    pairs: list[Span] = []
    for found in _BRACKET.finditer(paragraph):
        mark, place = found.group(), found.start()
        if mark in _BRACKETS:
            open_at.append((mark, place))
        elif any(opening == _CLOSING[mark] for opening, _ in open_at[-4:]):
            while open_at[-1][0] != _CLOSING[mark]:
                open_at.pop()
            opened = open_at.pop()[1]
            if place - opened <= (_MAX_TITLE if mark in "》〉" else _MAX_ENCLOSED):
                while pairs and pairs[-1].start > opened:
                    pairs.pop()
                pairs.append(Span(opened, place + 1))
    return pairs


def _ends(paragraph: str, mark: re.Match[str], position: int, *, quotation: bool) -> bool:
    """True if the sentence that began at `position` ends with `mark`; `quotation` if that closes a short quotation."""
    end = mark.end()
    marks = mark.group().rstrip(CLOSERS)
    if end >= len(paragraph):
        return True
    rest = paragraph[end : end + 40]
    after = rest.lstrip()[:1]
    if after in "，,、；;：:" or (not marks.endswith(tuple(_HARD)) and after.islower()):
        return False
    if mark.group()[-1] in "》〉" and after.isalnum():
        return False
    if set(marks) <= {"…"} or len(marks) > 1 and set(marks) <= {".", "…"}:
        return rest[0].isspace() and after.isupper()
    if marks == "." or marks == "．":
        return _period_ends(paragraph, mark.start(), position, rest)
    if marks.endswith(tuple(_HARD)):
        return mark.group()[-1] not in _QUOTES or not _goes_on(paragraph, end, quotation=quotation)
    return rest[0].isspace() or not rest[0].isascii() or mark.group()[-1] in CLOSERS


def _goes_on(paragraph: str, end: int, *, quotation: bool) -> bool:
    """True if what follows a quotation still belongs to its sentence: who said it or, if it is short, a few words."""
    if _ATTRIBUTION.match(paragraph, end):
        return True
    stop = _END.search(paragraph, end, end + _SHORT_REST + 2)
    return quotation and stop is not None and paragraph[end : stop.start()].isalpha()


def _period_ends(paragraph: str, place: int, position: int, rest: str) -> bool:
    before = paragraph[max(position, place - 24) : place]
    if not rest[0].isspace():
        return re.fullmatch(f"[{HAN}]", before[-1:]) is not None or (
            before[-1:].islower() and re.match(f"[{HAN}“《]", rest) is not None
        )
    word = _WORD_BEFORE.search(before)
    token = word.group(1).lstrip("(\"'“‘[") if word else ""
    if token.lower() in _ABBREVIATIONS:
        return token.lower() in _MAY_END and rest.lstrip()[:1].isupper()
    if len(token) == 1 and token.isalpha() and token.isupper():
        return False
    return not (token.isdigit() and len(token) <= 3 and paragraph[position:place].strip() == token)


def _within_limit(paragraph: str, start: int, end: int, shift: int) -> Iterator[Span]:
    while start < end and paragraph[start].isspace():
        start += 1
    while start < end and paragraph[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE:
        cut = _cut(paragraph, start)
        stop = cut
        while stop > start and paragraph[stop - 1].isspace():
            stop -= 1
        yield Span(start + shift, stop + shift)
        start = cut
        while paragraph[start].isspace():
            start += 1
    if start < end:
        yield Span(start + shift, end + shift)


def _cut(paragraph: str, start: int) -> int:
    """Where to cut a stretch that is too long: after the last mark of the strongest kind in its second half."""
    low, high = start + MAX_SENTENCE // 2, start + MAX_SENTENCE
    for marks in _WEAKER:
        place = max(paragraph.rfind(mark, low, high) for mark in marks)
        if place >= 0:
            return place + 1
    return high

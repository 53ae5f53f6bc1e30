"""Chunks: a document's sections cut into passages at sentence ends, with exact offsets."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from langchain_text_splitters import RecursiveCharacterTextSplitter

from ingest.document import Chunk, Document, Span
from ingest.errors import YinjuError
from ingest.sentences import sentence_spans

# A paragraph shorter than this is a remark that needs its neighbour to be understood.
_TINY_PARAGRAPH = 60
# The search for even pieces cuts a paragraph about ten times; beyond so many pieces it is not worth its time.
_MOST_EVEN = 20
_WEAKER_MARKS = ("；", ";", "，", ",", "、", " ", "")


@dataclass(frozen=True, slots=True)
class ChunkSettings:
    """The most characters of a chunk, and how many of them may be whole sentences repeated from the chunk before."""

    size: int = 450
    overlap: int = 0

    def __post_init__(self) -> None:
        if self.size < 1 or not 0 <= self.overlap < self.size:
            raise YinjuError(
                f"A chunk of {self.size} characters with an overlap of {self.overlap} cannot be cut: "
                "give a size of at least 1 and a smaller overlap."
            )


def split_document(document: Document, settings: ChunkSettings = ChunkSettings()) -> tuple[Chunk, ...]:
    """The chunks of the lead and of each section, in the order of the text; none crosses a section."""
    chunks: list[Chunk] = []
    for section_id, paragraphs in _parts(document):
        spans = [span for group in _groups(paragraphs) for span in _split(document.text, group, settings.size)]
        for span in _overlapping(document.text, spans, settings):
            chunks.append(
                Chunk(f"{document.id}:{span.start}-{span.end}", document.id, section_id, span, span.of(document.text))
            )
    return tuple(chunks)


def _parts(document: Document) -> Iterator[tuple[str, tuple[Span, ...]]]:
    if document.lead_span is not None:
        yield "", (document.lead_span,)
    for section in document.sections:
        yield section.id, section.paragraphs


def _groups(paragraphs: Iterable[Span]) -> list[Span]:
    """The paragraphs, a tiny one together with its follower; a tiny last one with the one before."""
    groups: list[Span] = []
    tiny = False
    for paragraph in paragraphs:
        if tiny:
            groups[-1] = Span(groups[-1].start, paragraph.end)
        else:
            groups.append(paragraph)
        tiny = len(groups[-1]) < _TINY_PARAGRAPH
    if tiny and len(groups) > 1:
        last = groups.pop()
        groups[-1] = Span(groups[-1].start, last.end)
    return groups


def _split(text: str, whole: Span, size: int) -> Iterator[Span]:
    """The pieces of `whole`, as few as its sentences allow and even: all of them, or the last ones of very many."""
    if len(whole) <= size:
        yield whole
        return
    piece = whole.of(text)
    mark = _unused(piece)
    parts = _cut(_marked(piece, mark), mark, size)
    kept = 0 if len(parts) <= _MOST_EVEN else len(parts) - 2
    position = whole.start
    for part in (*parts[:kept], *_even("".join(parts[kept:]), mark, size)):
        plain = part.replace(mark, "")
        bare = plain.strip()
        if bare:
            start = position + len(plain) - len(plain.lstrip())
            yield Span(start, start + len(bare))
        position += len(plain)


def _even(marked: str, mark: str, size: int) -> list[str]:
    """`marked` cut with the smallest size that makes no more pieces than `size` does."""
    fewest = len(_cut(marked, mark, size))
    least = -(-(len(marked) - marked.count(mark)) // fewest)
    best = least + bisect_left(range(least, size), True, key=lambda limit: len(_cut(marked, mark, limit)) <= fewest)
    return _cut(marked, mark, best)


def _cut(marked: str, mark: str, size: int) -> list[str]:
    """The splitter's pieces, which put together are `marked` again; `mark` counts for nothing."""
    splitter = RecursiveCharacterTextSplitter(
        separators=[mark, *_WEAKER_MARKS],
        keep_separator="end",
        chunk_size=size,
        chunk_overlap=0,
        length_function=lambda part: len(part) - part.count(mark),
        strip_whitespace=False,
    )
    return splitter.split_text(marked)


def _marked(piece: str, mark: str) -> str:
    """`piece` with `mark` before each sentence but the first, so that white space stays with the sentence before."""
    starts = [span.start for span in sentence_spans(piece)][1:]
    bounds = [0, *starts, len(piece)]
    return mark.join(piece[start:end] for start, end in zip(bounds, bounds[1:], strict=False))


def _unused(piece: str) -> str:
    """A private character that `piece` does not hold."""
    return next(chr(code) for code in range(0xE000, 0x110000) if chr(code) not in piece)


def _overlapping(text: str, spans: Sequence[Span], settings: ChunkSettings) -> Iterator[Span]:
    """The spans, each but the first begun as many whole sentences earlier as the overlap holds."""
    for before, span in zip((None, *spans), spans, strict=False):
        start = span.start
        if before is not None and settings.overlap:
            room = min(settings.overlap, max(0, settings.size - len(span)))
            for sentence in reversed(sentence_spans(before.of(text))):
                if span.start - (before.start + sentence.start) > room:
                    break
                start = before.start + sentence.start
        yield Span(start, span.end)

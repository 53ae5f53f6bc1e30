"""A SQuAD-format set as articles: every paragraph a document of its own, so that offsets stay the paragraph's."""

import hashlib

from eval.squad import SquadParagraph, SquadSet
from index.encoder import Encoder, Progress
from index.passage_index import IndexSettings, PassageIndex
from ingest.document import Document, Section, SourceMap, Span


def build_squad_index(
    squad: SquadSet, encoder: Encoder, settings: IndexSettings | None = None, progress: Progress | None = None
) -> PassageIndex:
    """An index over all paragraphs of `squad`, through the code that indexes articles."""
    documents = [paragraph_document(squad.name, paragraph) for paragraph in squad.paragraphs]
    return PassageIndex.from_documents(documents, encoder, settings, progress=progress)


def paragraph_document(source: str, paragraph: SquadParagraph) -> Document:
    """The paragraph as an article of one section; its id is the paragraph's number."""
    whole = Span(0, len(paragraph.text))
    return Document(
        id=str(paragraph.number),
        title=paragraph.title,
        lead="",
        lead_span=None,
        text=paragraph.text,
        sections=(Section("s1", "", "", "", "", whole, (whole,)),),
        source=source,
        sha256=hashlib.sha256(paragraph.text.encode("utf-8", "surrogatepass")).hexdigest(),
        source_map=SourceMap((0,), (1,)),
    )

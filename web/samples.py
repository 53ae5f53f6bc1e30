"""Questions to try, made from what the articles say about themselves."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import zip_longest

from answer.answer import Answer
from ingest.document import Document, Section
from web import texts
from web.texts import Text

MAX_SAMPLES = 8
MAX_FOLLOW_UPS = 3


def sample_questions(documents: Iterable[Document]) -> tuple[Text, ...]:
    """Up to MAX_SAMPLES different questions: what the sections ask, who speaks of what, and what it is all about.

    The articles take turns, and in each of them every section has one before any has two.
    """
    turns = zip_longest(*(_from_document(document) for document in documents))
    unique = dict.fromkeys(sample for turn in turns for sample in turn if sample)
    return tuple(unique)[:MAX_SAMPLES]


def follow_ups(answer: Answer, documents: Mapping[str, Document], asked: Collection[str]) -> tuple[Text, ...]:
    """Up to MAX_FOLLOW_UPS questions that the sections answer which the answer quotes, and those after them.

    For an abstention they are about the nearest passages. None is among those `asked`.
    """
    places = [(citation.document_id, citation.span) for citation in answer.citations]
    places = places or [(passage.chunk.document_id, passage.chunk.span) for passage in answer.passages]
    if not places:
        return sample_questions(documents.values())[:MAX_FOLLOW_UPS]
    document_id, span = places[0]
    document = documents[document_id]
    here = next((at for at, section in enumerate(document.sections) if section.span.overlaps(span)), 0)
    sections = (*document.sections[here:], *document.sections[:here])
    unique = dict.fromkeys([*_across(sections), *_from_document(document)])
    return tuple(text for text in unique if not {text.zh, text.en} & set(asked))[:MAX_FOLLOW_UPS]


def _across(sections: Iterable[Section]) -> Iterator[Text]:
    """What the first section leaves to ask, then a question to each of the next ones."""
    for number, section in enumerate(sections):
        own = list(_from_section(section))
        yield from own if number == 0 else own[:1]


def _from_section(section: Section) -> Iterator[Text]:
    if section.question:
        yield Text(section.question, section.question)
    if section.expert:
        yield texts.SAMPLE_OPINION.fill(expert=section.expert)


def _from_document(document: Document) -> Iterator[Text]:
    yield from (sample for section in document.sections for sample in list(_from_section(section))[:1])
    speakers = [section for section in document.sections if section.expert]
    yield from (texts.SAMPLE_OPINION.fill(expert=section.expert) for section in speakers[:2])
    headed = [section for section in speakers if section.heading]
    # The last one, so that it does not give away the first expert's own sample.
    yield from (texts.SAMPLE_SPEAKER.fill(heading=section.heading) for section in headed[-1:])
    if document.title:
        yield texts.SAMPLE_OVERVIEW.fill(title=document.title)

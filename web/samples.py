"""Questions to try, made from what the articles say about themselves."""

from collections.abc import Iterable, Iterator

from ingest.document import Document
from web import texts
from web.texts import Text

MAX_SAMPLES = 8


def sample_questions(documents: Iterable[Document]) -> tuple[Text, ...]:
    """Up to MAX_SAMPLES different questions: what the sections ask, who speaks of what, and what it is all about."""
    unique = dict.fromkeys(sample for document in documents for sample in _from_document(document))
    return tuple(unique)[:MAX_SAMPLES]


def _from_document(document: Document) -> Iterator[Text]:
    yield from (Text(section.question, section.question) for section in document.sections if section.question)
    speakers = [section for section in document.sections if section.expert]
    yield from (texts.SAMPLE_OPINION.fill(expert=section.expert) for section in speakers[:2])
    headed = [section for section in speakers if section.heading]
    # The last one, so that it does not give away the first expert's own sample.
    yield from (texts.SAMPLE_SPEAKER.fill(heading=section.heading) for section in headed[-1:])
    if document.title:
        yield texts.SAMPLE_OVERVIEW.fill(title=document.title)

"""What a question is asked of: all the articles, or one of them alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from answer.intent import names_lead
from answer.speakers import Speaker, Speakers
from index.passage_index import SectionPlace
from ingest.document import Document
from ingest.errors import YinjuError


@dataclass(frozen=True, slots=True)
class Scope:
    """The articles by id, those who speak in them, and the places that a search is limited to; None for no limit."""

    documents: Mapping[str, Document]
    speakers: Speakers
    places: frozenset[SectionPlace] | None = None

    @classmethod
    def of_all(cls, documents: Mapping[str, Document]) -> "Scope":
        """All that is indexed."""
        return cls(documents, Speakers.of(documents.values()))

    def only(self, article: str) -> "Scope":
        """The article of that id alone, its lead and its sections; raises YinjuError if there is none."""
        if article not in self.documents:
            raise YinjuError(f"there is no article {article!r}: there are {', '.join(self.documents)}")
        document = self.documents[article]
        places = frozenset((article, id) for id in ("", *(section.id for section in document.sections)))
        return Scope({article: document}, Speakers.of([document]), places)

    def places_for(self, question: str, speakers: Sequence[Speaker]) -> Collection[SectionPlace] | None:
        """The sections that the question limits itself to: an expert's, or the leads; all of `places` if it names none.

        A lead that tells of the expert is one of those.
        """
        leads = [document for document in self.documents.values() if document.lead_span]
        if speakers:
            own = [place for speaker in speakers for place in speaker.places]
            told = [document for document in leads if any(speaker.name in document.lead for speaker in speakers)]
            return [*own, *((document.id, "") for document in told)]
        return [(document.id, "") for document in leads] if leads and names_lead(question) else self.places

"""What must hold of every answer, whatever was asked."""

from collections.abc import Mapping

from answer.answer import Answer
from ingest.document import Document


def assert_exact(answer: Answer, documents: Mapping[str, Document]) -> None:
    """Every quote and passage stands verbatim at its offsets, and an abstention shows no quote."""
    for number, citation in enumerate(answer.citations, start=1):
        document = documents[citation.document_id]
        assert citation.number == number
        assert citation.document_sha256 == document.sha256
        assert citation.quote == document.text[citation.span.start : citation.span.end] != ""
        assert citation.passage_span.start <= citation.span.start < citation.passage_span.end
        section = document.section_at(citation.span.start)
        assert citation.expert == section.expert if section else citation.expert in citation.quote
    for passage in answer.passages:
        assert passage.chunk.text == passage.chunk.span.of(documents[passage.chunk.document_id].text)
    assert (answer.text is None) == answer.abstained == (answer.kind == "none") == (not answer.citations)
    assert (answer.text or "") == "\n".join(citation.quote for citation in answer.citations)
    assert 0 <= answer.confidence <= 1

"""One index of the real article and one of small articles, with the real model, for all tests of answers."""

from pathlib import Path

import pytest
from small_articles import small_articles

from answer.answerer import QuestionAnswerer
from index.encoder import SentenceEncoder
from index.passage_index import PassageIndex
from ingest.document import Document
from ingest.loaders import load_document

ARTICLE = Path(__file__).resolve().parents[2] / "data" / "articles" / "green-belt-and-road.txt"


@pytest.fixture(scope="session")
def article() -> Document:
    """The article that the project comes with."""
    return load_document(ARTICLE)


@pytest.fixture(scope="session")
def index(article: Document, encoder: SentenceEncoder) -> PassageIndex:
    """Of the article alone, as users have it at first."""
    return PassageIndex.from_documents([article], encoder)


@pytest.fixture(scope="session")
def answerer(index: PassageIndex) -> QuestionAnswerer:
    """Shared by all tests, as it is by all users of a server."""
    return QuestionAnswerer.from_index(index)


@pytest.fixture(scope="session")
def library(encoder: SentenceEncoder) -> QuestionAnswerer:
    """Answers from several small articles."""
    return QuestionAnswerer.from_index(PassageIndex.from_documents(small_articles(), encoder))


@pytest.fixture(scope="session")
def index_folder(index: PassageIndex, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The article's index as a command line finds it."""
    folder = tmp_path_factory.mktemp("answer") / "index"
    index.save(folder)
    return folder

"""The interface's requests and responses as types: what the OpenAPI document says of them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from answer.question import MAX_CHARACTERS

MAX_QUESTIONS = 1000


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


_ArticleId = Annotated[str | None, Field(description="The id of the one article to ask; all are asked without it.")]


class AskRequest(_Model):
    """One question."""

    question: str = Field(description=f"In any language, at most {MAX_CHARACTERS} characters.")
    article: _ArticleId = None


class BatchQuestionBody(_Model):
    """A question of a batch; its `id` comes back with its answer."""

    question: str
    id: Annotated[str | int | float | None, Field(description="Any string or number.")] = None
    article: _ArticleId = None


class BatchRequest(_Model):
    """Up to a thousand questions."""

    questions: list[BatchQuestionBody | str] = Field(min_length=1, max_length=MAX_QUESTIONS)


class SpanBody(_Model):
    """A half-open range of characters (code points) of the article's text."""

    start: int
    end: int


class CitationBody(_Model):
    """A quote, word for word, and where it stands; fields that the article does not give are empty."""

    number: int = Field(description="Counts from 1.")
    document_id: str
    document_sha256: str
    title: str
    expert: str
    affiliation: str
    heading: str
    section_question: str
    span: SpanBody
    quote: str
    passage_span: SpanBody
    source_line: int = Field(description="Counts from 1, in the article's file.")
    focus: SpanBody | None = Field(description="The part of the quote that answers most exactly.")


class PassageBody(_Model):
    """A passage that was found for the question."""

    rank: int
    chunk_id: str
    document_id: str
    section_id: str
    span: SpanBody
    text: str
    score: float
    dense_score: float
    lexical_score: float


class AnswerBody(_Model):
    """The answer, as `python -m answer --json` prints it; `text` is null if the articles do not answer."""

    question: str
    language: str
    kind: Literal["span", "sentences", "list", "overview", "none"]
    text: str | None
    confidence: float = Field(ge=0, le=1)
    citations: list[CitationBody]
    passages: list[PassageBody]
    timings_ms: dict[str, float]
    index_id: str


class ErrorDetail(_Model):
    """`code` is for programs, `message` for people."""

    code: str
    message: str


class ErrorBody(_Model):
    """Why a request was not answered."""

    error: ErrorDetail


class ArticleSummary(_Model):
    """An article in the list of articles."""

    id: str
    title: str
    source: str = Field(description="Its file's name.")
    sha256: str = Field(description="Of its file.")
    characters: int
    experts: list[str]


class SectionBody(_Model):
    """One expert's turn, or the text under one heading."""

    id: str
    heading: str
    question: str
    expert: str
    affiliation: str
    span: SpanBody
    paragraphs: list[SpanBody]


class ArticleBody(ArticleSummary):
    """An article with its text; all spans count characters of `text`."""

    lead: str
    text: str
    sections: list[SectionBody]


class PassageTextBody(_Model):
    """A range of an article's text and what it belongs to."""

    document_id: str
    title: str
    span: SpanBody
    text: str
    expert: str
    affiliation: str
    heading: str
    section_question: str
    source_line: int


class HealthBody(_Model):
    """Whether the server lives, or is ready."""

    status: Literal["ok"]

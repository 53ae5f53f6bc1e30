"""What the scripts of our own pages ask for: answers as HTML, articles, exports and votes.

Not part of the interface for programs: only pages of this server may call, and they need no token.
"""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse, PlainTextResponse

from answer.answer import Answer
from web import conversation, rendering
from web.article_html import article_html
from web.checks import check_content_type, check_origin, client_of
from web.exports import ExportFormat, export
from web.feedback import FeedbackFile
from web.language import language_tag
from web.markup import in_language
from web.problems import Problem
from web.service import AnswerService, problem_of

_MEDIA_TYPES: dict[ExportFormat, str] = {
    "text": "text/plain",
    "markdown": "text/markdown",
    "json": "application/json",
}


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TurnRequest(_Body):
    """A question of a conversation, `earlier` being the one before it; `literally` forbids to add anything to it.

    `article` is the id of the article that is asked, None for all.
    """

    question: str
    earlier: str = ""
    number: int = Field(1, ge=1, le=10**6)
    literally: bool = False
    article: str | None = None


class TurnBody(_Body):
    """An answer as HTML; `question` is what was answered, also where another was typed."""

    question: str
    answer: str
    evidence: str
    follow_ups: str
    abstained: bool


class ExportedQuestion(_Body):
    """A question as it was answered, and what was typed if that was another."""

    question: str
    asked: str = ""


class ExportRequest(_Body):
    """Which answers to write down; `article` is the one that gave them, None for all."""

    questions: list[ExportedQuestion] = Field(min_length=1, max_length=conversation.MAX_TURNS_KEPT)
    form: ExportFormat
    language: Literal["zh", "en"]
    article: str | None = None


class VoteRequest(_Body):
    """A like or a dislike for the answer to a question, of one article or of all."""

    question: str
    liked: bool
    article: str | None = None


def page_router(service: AnswerService, feedback: FeedbackFile | None, *, api_token: str) -> APIRouter:
    """The routes under /page; with a token, exports are written for pages alone: they hold what /api answers."""

    def guard(request: Request) -> None:
        check_origin(request, ())

    router = APIRouter(prefix="/page", include_in_schema=False, dependencies=[Depends(guard)])
    json_body = [Depends(check_content_type)]

    @router.post("/turn", dependencies=json_body)
    async def turn(body: TurnRequest, request: Request) -> TurnBody:
        return await _turn(service, body, client_of(request))

    @router.post("/export", dependencies=json_body)
    async def write_down(body: ExportRequest, request: Request) -> Response:
        if api_token:
            _check_page(request)
        questions = [conversation.sendable(one.question) for one in body.questions]
        service.admit_export(client_of(request), questions, body.article)
        answers = [await _understood(service, one, body.article) for one in body.questions]
        return PlainTextResponse(export(answers, body.form, body.language), media_type=_MEDIA_TYPES[body.form])

    @router.post("/vote", dependencies=json_body)
    async def vote(body: VoteRequest, request: Request) -> Response:
        if feedback is None:
            raise Problem(404, "no_feedback", "this server keeps no likes and dislikes")
        service.admit(client_of(request))
        feedback.add(await _asked(service, body.question, body.article), liked=body.liked)
        return Response(status_code=204)

    @router.get("/articles/{id}")
    async def article(id: Annotated[str, "of a document"]) -> HTMLResponse:
        document = service.articles(id)[id]
        return HTMLResponse(f"<div{in_language(language_tag(document.text))}>{article_html(document)}</div>")

    return router


def _check_page(request: Request) -> None:
    """Raises Problem 403 for a request that names no page: browsers send `Origin` with what a page's script posts."""
    if "origin" not in request.headers:
        raise Problem(403, "page_only", "only the page may call here: programs call /api/ask with the bearer token")


async def _turn(service: AnswerService, body: TurnRequest, client: str) -> TurnBody:
    service.admit(client)
    documents = service.articles(body.article)
    question = conversation.sendable(body.question)
    earlier = conversation.sendable(body.earlier)
    try:
        understood = await conversation.understand(
            service, question, earlier, literally=body.literally, article=body.article
        )
    except Exception as error:
        raise problem_of(error) from error
    shown = conversation.turn_of(body.number, understood, documents, {earlier})
    return TurnBody(
        question=shown.question,
        answer=shown.answer,
        evidence=shown.evidence,
        follow_ups=rendering.follow_ups_html(shown.follow_ups),
        abstained=understood.answer.abstained,
    )


async def _understood(service: AnswerService, one: ExportedQuestion, article: str | None) -> conversation.Understood:
    question, asked = conversation.sendable(one.question), conversation.sendable(one.asked)
    answer = await _asked(service, question, article)
    return conversation.Understood(answer.question, asked if asked != question else "", answer)


async def _asked(service: AnswerService, question: str, article: str | None) -> Answer:
    try:
        return await service.ask(conversation.sendable(question), article)
    except Exception as error:
        raise problem_of(error) from error

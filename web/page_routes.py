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
    """A question of a conversation, `earlier` being the one before it; `literally` forbids to add anything to it."""

    question: str
    earlier: str = ""
    number: int = Field(1, ge=1, le=10**6)
    literally: bool = False


class TurnBody(_Body):
    """An answer as HTML; `question` is what was answered, also where another was typed."""

    question: str
    answer: str
    evidence: str
    follow_ups: str
    abstained: bool


class ExportRequest(_Body):
    """Which answers to write down."""

    questions: list[str] = Field(min_length=1, max_length=200)
    form: ExportFormat
    language: Literal["zh", "en"]


class VoteRequest(_Body):
    """A like or a dislike for the answer to a question."""

    question: str
    liked: bool


def page_router(service: AnswerService, feedback: FeedbackFile | None) -> APIRouter:
    """The routes under /page."""

    def guard(request: Request) -> None:
        check_origin(request, ())

    router = APIRouter(prefix="/page", include_in_schema=False, dependencies=[Depends(guard)])
    json_body = [Depends(check_content_type)]

    @router.post("/turn", dependencies=json_body)
    async def turn(body: TurnRequest, request: Request) -> TurnBody:
        return await _turn(service, body, client_of(request))

    @router.post("/export", dependencies=json_body)
    async def write_down(body: ExportRequest, request: Request) -> Response:
        service.admit(client_of(request), len(body.questions))
        answers = [await _asked(service, question) for question in body.questions]
        return PlainTextResponse(export(answers, body.form, body.language), media_type=_MEDIA_TYPES[body.form])

    @router.post("/vote", dependencies=json_body)
    async def vote(body: VoteRequest, request: Request) -> Response:
        if feedback is None:
            raise Problem(404, "no_feedback", "this server keeps no likes and dislikes")
        service.admit(client_of(request))
        feedback.add(await _asked(service, body.question), liked=body.liked)
        return Response(status_code=204)

    @router.get("/articles/{id}")
    async def article(id: Annotated[str, "of a document"]) -> HTMLResponse:
        if id not in service.documents:
            raise Problem(404, "no_such_article", "there is no such article")
        return HTMLResponse(article_html(service.documents[id]))

    return router


async def _turn(service: AnswerService, body: TurnRequest, client: str) -> TurnBody:
    service.admit(client)
    question = conversation.sendable(body.question)
    earlier = conversation.sendable(body.earlier)
    try:
        understood = await conversation.understand(service, question, earlier, literally=body.literally)
    except Exception as error:
        raise problem_of(error) from error
    shown = conversation.turn_of(body.number, understood, service.documents, {earlier})
    return TurnBody(
        question=shown.question,
        answer=shown.answer,
        evidence=shown.evidence,
        follow_ups=rendering.follow_ups_html(shown.follow_ups),
        abstained=understood.answer.abstained,
    )


async def _asked(service: AnswerService, question: str) -> Answer:
    try:
        return await service.ask(conversation.sendable(question))
    except Exception as error:
        raise problem_of(error) from error

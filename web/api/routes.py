"""The interface for programs: questions, articles, health and metrics, with its documentation."""

import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import fastapi_offline
from fastapi import APIRouter, Depends, Request, Response
from fastapi import Path as PathParameter
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.responses import FileResponse, HTMLResponse, StreamingResponse

from ingest.document import Document
from web.api.articles import article_of, passage_of, summary_of
from web.api.models import (
    AnswerBody,
    ArticleBody,
    ArticleSummary,
    AskRequest,
    BatchQuestionBody,
    BatchRequest,
    ErrorBody,
    HealthBody,
    PassageTextBody,
)
from web.checks import api_check, check_content_type, check_token, client_of
from web.metrics import Metrics
from web.problems import Problem
from web.service import AnswerService, problem_of
from web.settings import WebSettings

_DOCS_ASSETS = Path(fastapi_offline.__file__).parent / "static"
_ASSET_NAMES = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}
# Beyond what any article has; keeps the number's text short.
_OFFSET = PathParameter(ge=0, le=10**12)


def api_router(service: AnswerService, settings: WebSettings) -> APIRouter:
    """What stands under /api; every route asks for the operator's token, if there is one."""
    guards = [Depends(api_check(settings))]
    router = APIRouter(prefix="/api", tags=["api"], dependencies=guards, responses=_errors(401, 403, 422))
    _add_asking(router, service)
    _add_articles(router, service)
    return router


def operation_router(service: AnswerService, metrics: Metrics, settings: WebSettings) -> APIRouter:
    """What an operator's tools look at."""
    router = APIRouter(tags=["operation"])

    @router.head("/healthz", include_in_schema=False)
    @router.get("/healthz")
    async def healthz() -> HealthBody:
        """The process lives."""
        return HealthBody(status="ok")

    @router.head("/readyz", include_in_schema=False)
    @router.get("/readyz", responses=_errors(503))
    async def readyz() -> HealthBody:
        """Questions are taken; 503 once the server is being stopped."""
        if not service.ready:
            raise Problem(503, "stopping", "the server is being stopped")
        return HealthBody(status="ok")

    @router.get("/metrics", responses=_errors(401), response_class=Response)
    async def prometheus(request: Request) -> Response:
        """Questions, abstentions, latency and queue, for Prometheus."""
        check_token(request, settings.admin_token)
        return Response(metrics.text(), media_type="text/plain; version=0.0.4")

    return router


def docs_router() -> APIRouter:
    """The interface's documentation, with its script and style sheet from this server."""
    router = APIRouter(include_in_schema=False)

    @router.get("/docs")
    async def docs(request: Request) -> HTMLResponse:
        root = str(request.scope.get("root_path", ""))
        return get_swagger_ui_html(
            openapi_url=f"{root}/openapi.json",
            title="Yinju API",
            swagger_js_url=f"{root}/docs/swagger-ui-bundle.js",
            swagger_css_url=f"{root}/docs/swagger-ui.css",
            swagger_favicon_url=f"{root}/favicon.ico",
        )

    @router.get("/docs/{name}")
    async def docs_asset(name: str) -> Response:
        if name not in _ASSET_NAMES:
            raise Problem(404, "not_found", "there is nothing here: the documentation is at /docs")
        return FileResponse(_DOCS_ASSETS / name, media_type=_ASSET_NAMES[name])

    return router


def _add_asking(router: APIRouter, service: AnswerService) -> None:
    json_body = [Depends(check_content_type)]
    problems = _errors(400, 413, 415, 429, 503)

    @router.post("/ask", dependencies=json_body, responses={200: {"model": AnswerBody}, **_errors(404), **problems})
    async def ask(body: AskRequest, request: Request) -> Response:
        """The answer to one question, in the articles' own words, or the nearest passages if there is none."""
        service.admit(client_of(request))
        answer = await _answered(service, body.question, body.article)
        return Response(json_bytes(answer), media_type="application/json")

    described = {"description": "A JSON object a line, in the order of the questions.", "content": {_LINES: {}}}
    lines: dict[int | str, dict[str, Any]] = {200: described}

    @router.post("/batch", dependencies=json_body, responses={**lines, **problems}, response_class=StreamingResponse)
    async def batch(body: BatchRequest, request: Request) -> StreamingResponse:
        """Answers as JSON lines, each as soon as it is there; a question that fails gets an `error` instead."""
        service.admit(client_of(request), len(body.questions))
        return StreamingResponse(_answer_lines(service, body.questions), media_type=_LINES)


_LINES = "application/x-ndjson"


def _add_articles(router: APIRouter, service: AnswerService) -> None:
    def article(id: str) -> Document:
        return service.articles(id)[id]

    @router.get("/articles")
    async def articles() -> list[ArticleSummary]:
        """All articles."""
        return [summary_of(document) for document in service.documents.values()]

    @router.get("/articles/{id}", responses=_errors(404))
    async def read_article(document: Annotated[Document, Depends(article)]) -> ArticleBody:
        """An article with its sections and its text."""
        return article_of(document)

    @router.get("/articles/{id}/passages/{start}-{end}", responses=_errors(404))
    async def read_passage(
        document: Annotated[Document, Depends(article)],
        start: Annotated[int, _OFFSET],
        end: Annotated[int, _OFFSET],
    ) -> PassageTextBody:
        """The characters from `start` up to `end` of an article's text."""
        return passage_of(document, start, end)


async def _answered(service: AnswerService, question: str, article: str | None) -> dict[str, Any]:
    """The answer's JSON; whatever went wrong as a Problem."""
    try:
        return (await service.ask(question, article)).to_json()
    except Exception as error:
        raise problem_of(error) from error


async def _answer_lines(service: AnswerService, questions: Sequence[BatchQuestionBody | str]) -> AsyncIterator[bytes]:
    for item in questions:
        asked = BatchQuestionBody(question=item) if isinstance(item, str) else item
        head = {} if asked.id is None else {"id": asked.id}
        try:
            line = head | await _answered(service, asked.question, asked.article)
        except Problem as problem:
            line = head | {"question": asked.question} | problem.to_json()
        yield json_bytes(line) + b"\n"


def json_bytes(data: object) -> bytes:
    """As `python -m answer --json` writes it; a lone surrogate of a question becomes an escape."""
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": ErrorBody} for status in statuses}

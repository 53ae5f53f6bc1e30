"""Two tools for agents over the Model Context Protocol, `ask` and `read_passage`, where the operator wants them."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from answer.question import QuestionError
from ingest.errors import YinjuError
from web import texts
from web.api.articles import passage_of
from web.checks import check_origin, check_token, client_of
from web.problems import Problem
from web.service import AnswerService
from web.settings import WebSettings

PATH = "/mcp"


@dataclass(frozen=True, slots=True)
class AgentTools:
    """The endpoint's routes, and what has to run while they are served."""

    routes: tuple[BaseRoute, ...]
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]


def agent_tools(service: AnswerService, settings: WebSettings) -> AgentTools:
    """The tools at PATH; raises YinjuError where the protocol's library is not installed."""
    try:
        from mcp.server.mcpserver import MCPServer  # noqa: PLC0415
        from mcp.server.transport_security import TransportSecuritySettings  # noqa: PLC0415
    except ImportError as error:
        message = "--mcp needs one more package: pip install -r requirements-mcp.txt"
        raise YinjuError(message) from error
    server = MCPServer("yinju", title=texts.TITLE, instructions=texts.SUBTITLE.en)
    _add_tools(server, service)
    # Who may call is checked by `_Gate`, as everywhere; the library's own list knows this machine's names alone.
    application = server.streamable_http_app(
        streamable_http_path=PATH,
        stateless_http=True,
        json_response=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with server.session_manager.run():
            yield

    routes = [Route(PATH, _Gate(application, service, settings))]
    return AgentTools(tuple(routes), lifespan)


def _add_tools(server: Any, service: AnswerService) -> None:
    from mcp.server.mcpserver.exceptions import ToolError  # noqa: PLC0415

    @server.tool()
    async def ask(question: str, article: str | None = None) -> dict[str, Any]:
        """Answers a question in any language by verbatim quotes with their exact places, or says there is no answer.

        All articles are asked, or the one with the id `article`, as a citation's `document_id` gives it.
        """
        try:
            return (await service.ask(question, article)).to_json()
        except (QuestionError, Problem) as error:
            raise ToolError(str(error)) from error

    @server.tool()
    async def read_passage(document_id: str, start: int, end: int) -> dict[str, Any]:
        """Reads the characters from `start` up to `end` of an article, as citations and passages give them."""
        if document_id not in service.documents:
            raise ToolError(f"there is no article {document_id!r}: there are {', '.join(service.documents)}")
        try:
            return passage_of(service.documents[document_id], start, end).model_dump()
        except Problem as problem:
            raise ToolError(problem.message) from problem


class _Gate:
    """ASGI application: the token, the origin and the limit of the interface hold for agents too."""

    def __init__(self, app: ASGIApp, service: AnswerService, settings: WebSettings) -> None:
        self._app = app
        self._service = service
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        try:
            check_origin(request, self._settings.allow_origins)
            check_token(request, self._settings.api_token)
            self._service.admit(client_of(request))
        except Problem as problem:
            await problem.to_response()(scope, receive, send)
            return
        await self._app(scope, receive, send)

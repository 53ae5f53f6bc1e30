"""Every error of the server in one shape, and never a traceback."""

import logging
from collections.abc import Awaitable, Callable, Sequence

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from eval.runs.file_error import QuestionFileError
from ingest.errors import YinjuError
from web.checks import path_of
from web.problems import Problem

_CODES = {400: "bad_request", 404: "not_found", 405: "wrong_method"}
_MESSAGES = {
    400: "the body cannot be read: send JSON in UTF-8",
    404: "there is nothing at this address: /docs lists what there is",
    405: "this address does not take that method: /docs lists those that it takes",
}
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"]

log = logging.getLogger(__name__)


def add_error_handlers(app: FastAPI) -> None:
    """Problems and refused bodies as `{"error": {"code", "message"}}`; what breaks is left to `Failures`."""
    handlers: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
        Problem: _problem,
        YinjuError: _bad_input,
        RequestValidationError: _invalid,
        HTTPException: _http,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def add_unknown_addresses(app: FastAPI, routers: Sequence[APIRouter]) -> None:
    """Answers for addresses of ours that none of `routers` answers, before the page mounted behind takes them."""
    ours = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]

    async def unknown(request: Request) -> Response:
        path = path_of(request.scope)
        methods = {method for route in ours if route.path_regex.match(path) for method in route.methods or ()}
        status = 405 if methods else 404
        headers = {"Allow": ", ".join(sorted(methods))} if methods else None
        return Problem(status, _CODES[status], _MESSAGES[status], headers).to_response()

    for path in dict.fromkeys(("/api", "/api/{rest:path}", *(route.path for route in ours))):
        app.add_api_route(path, unknown, methods=_METHODS, include_in_schema=False)


def add_page_error_handlers(page: FastAPI) -> None:
    """The same for what is not there on Gradio's page and for what breaks there.

    Its other errors keep the shape that its own script reads.
    """
    for kind in (404, 405):
        page.add_exception_handler(kind, _http)
    page.add_exception_handler(Exception, _failed)


class Failures:
    """ASGI middleware: what breaks goes to the log, and who asked gets a Problem 500 if nothing was sent before."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI hands it over."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def noticed(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, noticed)
        except Exception as error:
            log.error("%s %s failed", scope["method"], scope["path"], exc_info=error)
            if not started:
                await _failure().to_response()(scope, receive, send)


async def _problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return error.to_response()


async def _bad_input(_: Request, error: Exception) -> Response:
    chinese = error.chinese if isinstance(error, QuestionFileError) else ""
    return Problem(400, "bad_input", str(error), chinese=chinese).to_response()


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return Problem(400, "bad_json", "the body is not JSON: send a JSON object").to_response()
    place = ".".join(str(part) for part in first["loc"])
    return Problem(422, "invalid_request", f"{place}: {first['msg']}").to_response()


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code, message = _CODES.get(error.status_code, "error"), _MESSAGES.get(error.status_code, str(error.detail))
    return Problem(error.status_code, code, message, dict(error.headers or {})).to_response()


async def _failed(_: Request, __: Exception) -> Response:
    """Without a line in the log: the error goes on to `Failures`."""
    return _failure().to_response()


def _failure() -> Problem:
    return Problem(500, "failed", "something went wrong here: the server's log has the details")

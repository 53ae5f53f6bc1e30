"""Every error of the server in one shape, and never a traceback."""

import logging
from collections.abc import Awaitable, Callable, Sequence

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from eval.runs.file_error import QuestionFileError
from ingest.errors import YinjuError
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
    """Problems, refused bodies and what breaks, as `{"error": {"code", "message"}}`."""
    handlers: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
        Problem: _problem,
        YinjuError: _bad_input,
        RequestValidationError: _invalid,
        HTTPException: _http,
        Exception: _failed,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def add_unknown_addresses(app: FastAPI, routers: Sequence[APIRouter]) -> None:
    """Answers for addresses of ours that none of `routers` answers, before the page mounted behind takes them."""
    ours = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]

    async def unknown(request: Request) -> Response:
        path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
        methods = {method for route in ours if route.path_regex.match(path) for method in route.methods or ()}
        status = 405 if methods else 404
        headers = {"Allow": ", ".join(sorted(methods))} if methods else None
        return Problem(status, _CODES[status], _MESSAGES[status], headers).to_response()

    for path in dict.fromkeys(("/api", "/api/{rest:path}", *(route.path for route in ours))):
        app.add_api_route(path, unknown, methods=_METHODS, include_in_schema=False)


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


async def _failed(request: Request, error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return Problem(500, "failed", "something went wrong here: the server's log has the details").to_response()

"""Checks on a request before it is looked at: its size, where it comes from, what it carries."""

import asyncio
import hmac
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.problems import Problem

_BODY_BYTES = 1_000_000
# A thousand questions of a thousand Chinese characters in JSON's escapes are six million bytes.
_BATCH_BYTES = 8_000_000
# A hundred thousand questions with their answers take some twenty million bytes.
_QUESTION_FILE_BYTES = 50_000_000
_LONGER = {"/api/batch": _BATCH_BYTES, "/runs/list": _QUESTION_FILE_BYTES}
_BODY_SECONDS = 20.0
LOCAL_CLIENTS = ("127.0.0.1", "::1", "")
_LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")


class BodyLimit:
    """ASGI middleware: 413 for a body that is too long, 408 for one that takes too long to come."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI hands it over."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        limit = next((limit for path, limit in _LONGER.items() if scope["path"].endswith(path)), _BODY_BYTES)
        try:
            body = await asyncio.wait_for(_whole_body(scope, receive, limit), _BODY_SECONDS)
        except TimeoutError:
            slow = Problem(
                408, "slow_request", f"the body did not come within {_BODY_SECONDS:g} seconds: send it again"
            )
            await slow.to_response()(scope, receive, send)
            return
        except Problem as problem:
            await problem.to_response()(scope, receive, send)
            return
        await self.app(scope, _replayed(body, receive), send)


async def _whole_body(scope: Scope, receive: Receive, limit: int) -> bytes:
    too_long = Problem(413, "body_too_long", f"the body is longer than {limit} bytes: send less at once")
    length = HTTPConnection(scope).headers.get("content-length", "")
    if length.isdigit() and int(length) > limit:
        raise too_long
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > limit:
            raise too_long
        if not message.get("more_body", False):
            return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return messages.pop() if messages else await receive()

    return replay


def client_of(connection: HTTPConnection) -> str:
    """The address that a request comes from; behind a proxy on this machine, the one that the proxy names."""
    return connection.client.host if connection.client else ""


def check_origin(request: Request, allowed: tuple[str, ...]) -> None:
    """Raises Problem 403 if a page of another site than the allowed ones makes the request."""
    origin = request.headers.get("origin")
    if origin is None or origin.lower() in allowed:
        return
    hosts = (request.headers.get("host"), request.headers.get("x-forwarded-host"))
    if origin == "null" or urlsplit(origin).netloc not in hosts:
        raise Problem(403, "unknown_origin", "this site may not call here: the operator can allow it (--allow-origin)")


def check_token(request: Request, token: str) -> None:
    """Raises Problem 401 unless the request carries the bearer token; an empty one asks for none."""
    given = request.headers.get("authorization", "")
    scheme, _, value = given.partition(" ")
    right = scheme.lower() == "bearer" and hmac.compare_digest(value.strip().encode(), token.encode())
    if token and not right:
        raise Problem(
            401,
            "wrong_token",
            "the bearer token is missing or wrong: send the header Authorization: Bearer TOKEN",
            {"WWW-Authenticate": "Bearer"},
        )


def check_local_or_token(request: Request, token: str) -> None:
    """Raises Problem 401 without the bearer token; where there is none, 403 unless this machine asks itself.

    A request from this machine under another name is a proxy's, or that of a page which had its own name point here.
    """
    check_token(request, token)
    local = client_of(request) in LOCAL_CLIENTS and request.url.hostname in _LOCAL_NAMES
    if not token and not local:
        raise Problem(403, "operator_only", "only this server's own machine may do this: set --admin-token for others")


def check_content_type(request: Request) -> None:
    """Raises Problem 415 for a body that is not JSON."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != "application/json":
        raise Problem(415, "not_json", "the body must be JSON: send the header Content-Type: application/json")

"""Checks on a request before it is looked at: its size, where it comes from, what it carries."""

import asyncio
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.problems import Problem
from web.settings import WebSettings

# Raises Problem for a request that may not be made.
Check = Callable[[Request], None]

_BODY_BYTES = 1_000_000
# A thousand questions of a thousand Chinese characters in JSON's escapes are six million bytes.
_BATCH_BYTES = 8_000_000
# A hundred thousand questions with their answers take some twenty million bytes.
_QUESTION_FILE_BYTES = 50_000_000
_BODY_SECONDS = 20.0
LOCAL_CLIENTS = ("127.0.0.1", "::1", "")
# Compared as a string: what cannot be parsed is no name of this machine.
_LOCAL_HOST = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{1,5})?", re.IGNORECASE)
_PORT = re.compile(r":[0-9]{1,5}$")


@dataclass(frozen=True, slots=True)
class LongBody:
    """How many bytes a body may have, and the check that its sender has to pass before any of them is kept."""

    limit: int
    check: Check


def long_bodies(settings: WebSettings) -> dict[str, LongBody]:
    """The addresses that take longer bodies than others, by path."""
    bodies = {"/api/batch": LongBody(_BATCH_BYTES, api_check(settings))}
    if settings.runs is not None:
        bodies["/runs/list"] = LongBody(_QUESTION_FILE_BYTES, operator_check(settings))
    return bodies


class BodyLimit:
    """ASGI middleware: 413 for a body that is too long, 408 for one that takes too long to come.

    `longer` are the paths with a limit of their own.
    """

    def __init__(self, app: ASGIApp, longer: Mapping[str, LongBody] | None = None) -> None:
        self.app = app
        self._longer = longer or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI hands it over."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        longer = self._longer.get(path_of(scope))
        try:
            if longer:
                longer.check(Request(scope))
            limit = longer.limit if longer else _BODY_BYTES
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


class Preflights:
    """ASGI middleware: a Problem 403 for the preflight of a site that is not allowed; Starlette's own is plain text."""

    def __init__(self, app: ASGIApp, allowed: Sequence[str] = ()) -> None:
        self.app = app
        self._allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI hands it over."""
        app = self.app
        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            headers = Headers(scope=scope)
            if "access-control-request-method" in headers and headers.get("origin") not in (None, *self._allowed):
                app = _unknown_origin({"Vary": "Origin"}).to_response()
        await app(scope, receive, send)


class KnownHosts:
    """ASGI middleware: a Problem 403 for a request that addresses the server by another name than those `allowed`.

    A page can have its own name point to a server that only its visitor reaches, and is then no other site to the
    browser. The names of the server's own machine are always allowed, and all where `allowed` is empty.
    """

    def __init__(self, app: ASGIApp, allowed: Sequence[str] = ()) -> None:
        self.app = app
        self._allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI hands it over."""
        app = self.app
        if scope["type"] == "http" and self._allowed:
            host = Headers(scope=scope).get("host", "")
            if not _LOCAL_HOST.fullmatch(host) and _PORT.sub("", host).lower() not in self._allowed:
                message = "this server is not addressed by that name: the operator can allow it (--allow-host)"
                app = Problem(403, "unknown_host", message).to_response()
        await app(scope, receive, send)


def path_of(scope: Scope) -> str:
    """The path as the routes know it, without that under which a reverse proxy shows the server."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path.removeprefix(root)


def client_of(connection: HTTPConnection) -> str:
    """The address that a request comes from; behind a proxy on this machine, the one that the proxy names."""
    return connection.client.host if connection.client else ""


def check_origin(request: Request, allowed: tuple[str, ...]) -> None:
    """Raises Problem 403 if a page of another site than the allowed ones makes the request."""
    origin = request.headers.get("origin")
    if origin is None or origin.lower() in allowed:
        return
    hosts = (request.headers.get("host"), request.headers.get("x-forwarded-host"))
    # Compared as strings: an origin may be one that cannot be parsed.
    scheme, _, host = origin.partition("://")
    if scheme not in ("http", "https") or not host or host not in hosts:
        raise _unknown_origin()


def _unknown_origin(headers: dict[str, str] | None = None) -> Problem:
    message = "this site may not call here: the operator can allow it (--allow-origin)"
    return Problem(403, "unknown_origin", message, headers)


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
    local_name = _LOCAL_HOST.fullmatch(request.headers.get("host", ""))
    if not token and not (local_name and client_of(request) in LOCAL_CLIENTS):
        raise Problem(403, "operator_only", "only this server's own machine may do this: set --admin-token for others")


def api_check(settings: WebSettings) -> Check:
    """What every request under /api has to pass."""

    def check(request: Request) -> None:
        check_origin(request, settings.allow_origins)
        check_token(request, settings.api_token)

    return check


def operator_check(settings: WebSettings) -> Check:
    """What every request for the operator's runs has to pass."""

    def check(request: Request) -> None:
        check_origin(request, ())
        check_local_or_token(request, settings.admin_token)

    return check


def check_content_type(request: Request) -> None:
    """Raises Problem 415 for a body that is not JSON."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != "application/json":
        raise Problem(415, "not_json", "the body must be JSON: send the header Content-Type: application/json")

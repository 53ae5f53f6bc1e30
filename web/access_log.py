"""A JSON line a request, without what was asked."""

import json
import logging
from datetime import UTC, datetime
from time import perf_counter

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.checks import client_of

log = logging.getLogger("yinju.access")


class AccessLog:
    """ASGI middleware: when the request came, client, method, path, status, bytes, milliseconds.

    Never the query, which may be a question.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI hands it over."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        came, started, status, size = datetime.now(UTC), perf_counter(), 0, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, counted)
        finally:
            entry = {
                "time": came.isoformat(timespec="milliseconds"),
                "client": client_of(HTTPConnection(scope)),
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "bytes": size,
                "ms": round(1000 * (perf_counter() - started), 1),
            }
            log.info(json.dumps(entry))

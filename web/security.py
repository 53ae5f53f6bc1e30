"""What every answer of the server carries, and what it never answers.

Gradio serves, uploads and even fetches files for its components. This page has no component that needs any of it, so
the guard refuses those routes whole instead of judging what they are asked for.
"""

import re
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import unquote

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio's page needs inline scripts and eval; `script-src-attr 'none'` still stops handlers in attributes.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "script-src-attr 'none'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
REFUSED_ROUTES = re.compile(
    r"gradio_api/+(file[=/]|proxy=|upload|stream/|process_recording|deep_link|run-history|runs|dev/|vibe|undo-vibe|profiling)"
    r"|/monitoring",
    re.IGNORECASE,
)


def is_refused(path: str) -> bool:
    """True for a path, percent-encoded up to twice, to a route of Gradio's that this page does not need."""
    spellings = (path, unquote(path), unquote(unquote(path)))
    return any(REFUSED_ROUTES.search(spelling.replace("\\", "/")) for spelling in spellings)


class Guard:
    """ASGI middleware: 403 for the refused routes, security headers on everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        app = PlainTextResponse("not served here", 403) if is_refused(scope["path"]) else self.app

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(message, scope["path"])
            await send(message)

        await app(scope, receive, send_with_headers)


def _add_headers(message: MutableMapping[str, Any], path: str) -> None:
    headers = MutableHeaders(raw=message.setdefault("headers", []))
    for name, value in HEADERS.items():
        headers[name] = value
    if "/assets/" in path and message["status"] == 200:
        # Their names carry a hash of what is in them.
        headers["Cache-Control"] = "public, max-age=31536000, immutable"

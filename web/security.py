"""What every answer of the server carries, and what it never answers.

Gradio serves, uploads and even fetches files for its components. This page has no component that needs any of it, so
the guard refuses those routes whole instead of judging what they are asked for.
"""

import re
from collections.abc import MutableMapping, Sequence
from typing import Any
from urllib.parse import unquote

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.checks import path_of
from web.problems import Problem

# Gradio's page needs inline scripts and eval; `script-src-attr 'none'` still stops handlers in attributes.
_GRADIO_SCRIPTS = "'self' 'unsafe-inline' 'unsafe-eval'"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
REFUSED_ROUTES = re.compile(
    r"gradio_api/+(file[=/]|proxy=|upload|stream/|process_recording|deep_link|run-history|runs|dev/|vibe|undo-vibe|profiling)"
    r"|^/+monitoring(?:/|$)",
    re.IGNORECASE,
)
# Pages that need no inline script.
OWN_PAGES = re.compile(r"^/(?:widget|api|runs)(?:/|$)")
# Gradio's own, whose names carry a hash of what is in them.
_HASHED_ASSETS = re.compile(r"^/assets/[^/]+[-.][\w-]{8,}\.\w+$")


def is_refused(path: str) -> bool:
    """True for a path, percent-encoded up to twice, to a route of Gradio's that this page does not need.

    The path is that of `web.checks.path_of`.
    """
    spellings = (path, unquote(path), unquote(unquote(path)))
    return any(REFUSED_ROUTES.search(spelling.replace("\\", "/")) for spelling in spellings)


def content_security_policy(scripts: str, ancestors: Sequence[str]) -> str:
    """The policy of a page that runs `scripts`, talks to this server alone and may be framed by `ancestors`."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src {scripts}",
            "script-src-attr 'none'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            " ".join(("frame-ancestors 'self'", *ancestors)),
        )
    )


class Guard:
    """ASGI middleware: 403 for the refused routes, security headers on everything else.

    `ancestors` are the origins whose pages may frame ours.
    """

    def __init__(self, app: ASGIApp, ancestors: Sequence[str] = ()) -> None:
        self.app = app
        self._gradio_policy = content_security_policy(_GRADIO_SCRIPTS, ancestors)
        self._own_policy = content_security_policy("'self'", ancestors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI hands it over."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = path_of(scope)
        app = _not_served() if is_refused(path) else self.app

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(message, path)
            await send(message)

        await app(scope, receive, send_with_headers)

    def _add_headers(self, message: MutableMapping[str, Any], path: str) -> None:
        headers = MutableHeaders(raw=message.setdefault("headers", []))
        own = OWN_PAGES.match(path)
        headers["Content-Security-Policy"] = self._own_policy if own else self._gradio_policy
        for name, value in _HEADERS.items():
            headers[name] = value
        if message["status"] == 200 and _HASHED_ASSETS.match(path):
            headers["Cache-Control"] = "public, max-age=31536000, immutable"


def _not_served() -> ASGIApp:
    return Problem(403, "not_served", "this server does not serve that: /docs lists what there is").to_response()

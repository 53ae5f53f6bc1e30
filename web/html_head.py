"""ASGI middleware that makes the head of the HTML page ours: what we put there comes first."""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Link previews would show Gradio's name, and its picture from another host.
PREVIEW_TAGS = re.compile(rb'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')
_GRADIO = b"window.gradio_config"


class HtmlHead:
    """Inserts `head` before all else in the page's head; Gradio's own option runs too late to choose a language."""

    def __init__(self, app: ASGIApp, head: str) -> None:
        self.app = app
        self.head = b"<head>" + head.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI hands it over."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def hold_html(message: Message) -> None:
            starts_html = message["type"] == "http.response.start" and _is_html(message)
            if not (held or starts_html):
                await send(message)
                return
            held.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                await self._send_page(held, send)

        await self.app(scope, receive, hold_html)

    async def _send_page(self, held: list[Message], send: Send) -> None:
        start, *parts = held
        body = self.rewrite(b"".join(part.get("body", b"") for part in parts))
        MutableHeaders(raw=start["headers"])["Content-Length"] = str(len(body))
        await send(start)
        await send({"type": "http.response.body", "body": body})

    def rewrite(self, page: bytes) -> bytes:
        """The page without preview tags and with our head; a page that is not Gradio's as it is."""
        if _GRADIO not in page:
            return page
        return PREVIEW_TAGS.sub(b"", page).replace(b"<head>", self.head, 1)


def _is_html(message: Message) -> bool:
    headers = Headers(raw=message["headers"])
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers

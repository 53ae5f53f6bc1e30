"""What a portal embeds: the loader `/widget.js` and the small chat `/widget` that it opens in a frame."""

import json
from collections.abc import Iterable
from pathlib import Path

from fastapi import APIRouter, Response
from starlette.responses import HTMLResponse

from ingest.document import Document
from web import rendering, texts
from web.markup import verbatim
from web.own_pages import asset_text
from web.problems import Problem
from web.samples import sample_questions
from web.service import AnswerService

HERE = Path(__file__).parent
_ASSETS = {"chat.js": "text/javascript", "chat.css": "text/css"}
# Long enough for a visit, short enough for a portal to get a new version within the hour.
_CACHE = "public, max-age=3600"
_SAMPLES = 4


def widget_router(service: AnswerService, *, feedback: bool) -> APIRouter:
    """The loader, the page in the frame, and that page's script and style sheet."""
    router = APIRouter(include_in_schema=False)

    @router.head("/widget.js")
    @router.get("/widget.js")
    async def loader() -> Response:
        headers = {"Cache-Control": _CACHE, "Cross-Origin-Resource-Policy": "cross-origin"}
        return Response((HERE / "widget.js").read_text(encoding="utf-8"), media_type="text/javascript", headers=headers)

    @router.get("/widget")
    async def chat(article: str = "") -> HTMLResponse:
        if article and article not in service.documents:
            return HTMLResponse(_page_html(_unknown_html(), feedback, asking=False), 404)
        return HTMLResponse(_page_html(_welcome_html(service.articles(article or None).values()), feedback))

    @router.get("/widget/{name}")
    async def asset(name: str) -> Response:
        if name not in _ASSETS:
            raise Problem(404, "not_found", "there is nothing here: the widget is at /widget")
        return Response(asset_text(HERE / name), media_type=_ASSETS[name], headers={"Cache-Control": _CACHE})

    return router


def _welcome_html(documents: Iterable[Document]) -> str:
    samples = rendering.questions_html(sample_questions(documents)[:_SAMPLES])
    return f"<p>{texts.WELCOME.html()} {texts.WELCOME_HINT.html()}</p>{samples}"


def _unknown_html() -> str:
    return f"<p>{texts.REFUSALS['no_such_article'].html()}</p>"


def _page_html(welcome: str, feedback: bool, *, asking: bool = True) -> str:
    """The page that opens with `welcome`; without `asking` it has nothing to ask with, but can be closed."""
    hidden = "" if asking else " hidden"
    return f"""<!doctype html>
<html lang="zh-CN"{' data-feedback="on"' if feedback else ""}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{verbatim(texts.TITLE)}</title>
<link rel="icon" href="favicon.ico">
<link rel="stylesheet" href="widget/chat.css">
<script src="widget/chat.js" defer></script>
</head>
<body data-texts="{verbatim(json.dumps(_script_texts(), ensure_ascii=False))}">
<header>
<h1>{texts.WIDGET_TITLE.html()}</h1>
<button type="button" id="language">中 / En</button>
<button type="button" id="new"{hidden}>{texts.NEW_CHAT.html()}</button>
<button type="button" id="close">{texts.CLOSE.html()}</button>
</header>
<main id="log" aria-live="polite">
<div class="welcome">{welcome}</div>
<noscript>{verbatim(texts.SCRIPT_NEEDED.zh)} {verbatim(texts.SCRIPT_NEEDED.en)}</noscript>
</main>
<form id="ask"{hidden}>
<label class="unseen" for="question">{texts.QUESTION_LABEL.html()}</label>
<textarea id="question" rows="1" autocomplete="off"></textarea>
<button type="submit">{texts.ASK.html()}</button>
</form>
</body>
</html>
"""


def _script_texts() -> dict[str, dict[str, str]]:
    """The sentences that the script shows by itself: refusals by their code, and some more."""
    more = {
        "placeholder": texts.QUESTION_PLACEHOLDER,
        "reading": texts.READING,
        "offline": texts.OFFLINE,
        "refused": texts.REFUSED,
        "sources": texts.EVIDENCE,
    }
    return {code: text.by_language() for code, text in {**texts.REFUSALS, **more}.items()}

"""The web application: the page, the widget, the interface for programs, and what guards them."""

import asyncio
import json
import logging
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path

import gradio as gr
from fastapi import APIRouter, FastAPI, Response
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount

from answer.answerer import QuestionAnswerer
from web import texts
from web.access_log import AccessLog
from web.agents import agent_tools
from web.api.errors import Failures, add_error_handlers, add_page_error_handlers, add_unknown_addresses
from web.api.routes import api_router, docs_router, operation_router
from web.checks import BodyLimit, KnownHosts, Preflights, long_bodies
from web.feedback import FeedbackFile
from web.html_head import HtmlHead
from web.markup import verbatim
from web.metrics import Metrics
from web.page import build_page
from web.page_routes import page_router
from web.runs.routes import runs_router
from web.runs.run_queue import RunQueue
from web.runs.run_store import RunStore
from web.samples import sample_questions
from web.security import Guard
from web.service import AnswerService
from web.settings import WebSettings
from web.widget.routes import widget_router

HERE = Path(__file__).parent
# Plain names of installed fonts: a web font would be a request to another host.
FONTS = ("PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", "system-ui", "sans-serif")
# Enough to prepare for passages of most lengths.
_WARMING = 4
MONOSPACE = ("Noto Sans Mono CJK SC", "monospace")


@dataclass(frozen=True, slots=True)
class WebApplication:
    """What is served, and what has to be drained before it stops."""

    app: FastAPI
    service: AnswerService
    runs: RunQueue | None = None

    async def drain(self, seconds: float) -> None:
        """Takes no more questions, and returns when what runs has ended, or after `seconds`."""
        stopped = asyncio.to_thread(self.runs.close, seconds) if self.runs else asyncio.sleep(0)
        await asyncio.gather(self.service.drain(seconds), stopped)


def build_application(answerer: QuestionAnswerer, settings: WebSettings, version: str = "") -> WebApplication:
    """Everything that is served; raises YinjuError where the settings ask for what cannot be had."""
    metrics = Metrics()
    service = AnswerService(answerer, settings, metrics)
    feedback = FeedbackFile.open(settings.feedback) if settings.feedback else None
    agents = agent_tools(service, settings) if settings.mcp else None
    runs = _open_runs(answerer, settings)
    app = FastAPI(
        title="Yinju",
        version=version or "0",
        summary=texts.SUBTITLE.en,
        # FastAPI's own documentation page loads scripts from a CDN.
        docs_url=None,
        redoc_url=None,
        lifespan=agents.lifespan if agents else None,
    )
    routers = [
        api_router(service, settings),
        operation_router(service, metrics, settings),
        docs_router(),
        page_router(service, feedback, api_token=settings.api_token),
        widget_router(service, feedback=feedback is not None),
        _icon_router(),
    ]
    if runs:
        routers.append(runs_router(*runs, settings))
    for router in routers:
        app.include_router(router)
    app.router.routes += agents.routes if agents else ()
    add_error_handlers(app)
    add_unknown_addresses(app, routers)
    _add_middleware(app, settings, feedback is not None)
    samples = sample_questions(service.documents.values())[:_WARMING]
    service.warm_up((sample.zh for sample in samples), answerer.preparations())
    return WebApplication(_with_page(app, service, settings), service, runs[1] if runs else None)


def _open_runs(answerer: QuestionAnswerer, settings: WebSettings) -> tuple[RunStore, RunQueue] | None:
    if settings.runs is None:
        return None
    store = RunStore.open(settings.runs, answerer.documents, answerer.index_id, answerer.provenance)
    return store, RunQueue(store, answerer)


def _add_middleware(app: FastAPI, settings: WebSettings, feedback: bool) -> None:
    """The last one added is the outermost."""
    app.add_middleware(BodyLimit, longer=long_bodies(settings))
    # Without a policy of ours, by this very class, Gradio answers every origin with its credentials.
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.allow_origins,
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type"],
        expose_headers=["Retry-After"],
    )
    app.add_middleware(Preflights, allowed=settings.allow_origins)
    app.add_middleware(HtmlHead, head=_head_html(feedback))
    app.add_middleware(Failures)
    app.add_middleware(KnownHosts, allowed=settings.allow_hosts)
    app.add_middleware(Guard, ancestors=settings.allow_origins)
    if settings.access_log:
        app.add_middleware(AccessLog)
    for name, shown in (("yinju.access", settings.access_log), ("yinju.questions", settings.log_questions)):
        _log_to_stderr(name, shown)


def _log_to_stderr(name: str, shown: bool) -> None:
    logger = logging.getLogger(name)
    logger.propagate = False
    logger.handlers = [logging.StreamHandler(sys.stderr)] if shown else [logging.NullHandler()]
    logger.setLevel(logging.INFO)


def _with_page(app: FastAPI, service: AnswerService, settings: WebSettings) -> FastAPI:
    """The page is mounted last: it takes every address that nothing before it takes."""
    mounting = gr.mount_gradio_app(
        app,
        # A token would be worth nothing beside an open endpoint for the same.
        build_page(service, exposed=not settings.api_token, runs=settings.runs is not None),
        path="/",
        theme=_theme(),
        css=(HERE / "style.css").read_text(encoding="utf-8"),
        footer_links=[],
        allowed_paths=[],
        max_file_size=0,
        show_error=False,
        run_history=False,
        enable_monitoring=False,
        mcp_server=False,
        ssr_mode=False,
    )
    page = mounting.router.routes[-1]
    assert isinstance(page, Mount) and isinstance(page.app, FastAPI)
    add_page_error_handlers(page.app)
    return mounting


def _head_html(feedback: bool) -> str:
    script = (HERE / "page.js").read_text(encoding="utf-8")
    said = {"done": texts.DONE.by_language(), "failed": texts.NOT_DONE.by_language()}
    metas = f'<meta name="yinju-texts" content="{verbatim(json.dumps(said, ensure_ascii=False))}">'
    metas += '<meta name="yinju-feedback" content="on">' if feedback else ""
    return f'<title>{escape(texts.TITLE)}</title><link rel="icon" href="./favicon.ico">{metas}<script>{script}</script>'


def _theme() -> gr.themes.Base:
    """Soft, with greys and greens dark enough for a contrast of 4.5 to 1 (WCAG 2.2, level AA)."""
    return gr.themes.Soft(primary_hue="teal", neutral_hue="slate", font=FONTS, font_mono=MONOSPACE).set(
        # Soft's own page colour, which set() puts back to white unless it is named.
        background_fill_primary="*neutral_50",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_300",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover_dark="*primary_800",
        checkbox_label_background_fill_selected="*primary_700",
        checkbox_label_background_fill_selected_dark="*primary_700",
    )


def _icon_router() -> APIRouter:
    icon = (HERE / "favicon.svg").read_text(encoding="utf-8")
    manifest = json.dumps(
        {
            "name": texts.TITLE,
            "short_name": texts.TITLE,
            "start_url": "./",
            "display": "standalone",
            "icons": [{"src": "favicon.ico", "sizes": "any", "type": "image/svg+xml"}],
        },
        ensure_ascii=False,
    )
    router = APIRouter(include_in_schema=False)

    @router.get("/favicon.ico")
    def favicon() -> Response:
        return Response(icon, media_type="image/svg+xml")

    @router.get("/manifest.json")
    def web_manifest() -> Response:
        return Response(manifest, media_type="application/manifest+json")

    return router

"""The web application: the page, its icon and manifest, and a health check, behind the guard."""

import json
from html import escape
from pathlib import Path

import gradio as gr
from fastapi import FastAPI, Response
from starlette.middleware.cors import CORSMiddleware

from web import texts
from web.conversation import Answerer
from web.html_head import HtmlHead
from web.page import build_page
from web.security import Guard

HERE = Path(__file__).parent
# Plain names of installed fonts: a web font would be a request to another host.
FONTS = ("PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", "system-ui", "sans-serif")
MONOSPACE = ("Noto Sans Mono CJK SC", "monospace")


def build_application(answerer: Answerer) -> FastAPI:
    """Everything that is served; FastAPI's own documentation pages are off, for they load scripts from a CDN."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    _add_routes(app)
    # Without a policy of ours, Gradio answers every origin with its credentials.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(HtmlHead, head=_head_html())
    app.add_middleware(Guard)
    return gr.mount_gradio_app(
        app,
        build_page(answerer),
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


def _head_html() -> str:
    script = (HERE / "page.js").read_text(encoding="utf-8")
    return f'<title>{escape(texts.TITLE)}</title><link rel="icon" href="./favicon.ico"><script>{script}</script>'


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


def _add_routes(app: FastAPI) -> None:
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

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return Response(icon, media_type="image/svg+xml")

    @app.get("/manifest.json")
    def web_manifest() -> Response:
        return Response(manifest, media_type="application/manifest+json")

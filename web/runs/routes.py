"""The operator's page `/runs`: files of questions asked in the background, their results, and comparisons."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, HTMLResponse

from eval.runs.comparison import compare_outcomes, timed_outcomes
from eval.runs.outcome import Outcome
from eval.runs.report_texts import Language
from eval.runs.run_folder import RunFolder
from web.checks import operator_check
from web.own_pages import asset_text
from web.problems import Problem
from web.runs.page_html import page_html
from web.runs.results import curves_of, result_of, rows_of
from web.runs.run_queue import RunQueue
from web.runs.run_store import FILES, RunStore
from web.settings import WebSettings

HERE = Path(__file__).parent
_ASSETS = {"runs.js": "text/javascript", "runs.css": "text/css"}
_ROWS = 200
_SHOWN = 50


def runs_router(store: RunStore, queue: RunQueue, settings: WebSettings) -> APIRouter:
    """The page with its assets for everybody, and what it shows for the operator alone."""
    router = APIRouter(prefix="/runs", include_in_schema=False)

    @router.get("")
    async def page() -> HTMLResponse:
        return HTMLResponse(page_html())

    @router.get("/assets/{name}")
    async def asset(name: str) -> Response:
        if name not in _ASSETS:
            raise Problem(404, "not_found", "there is nothing here: the page is at /runs")
        return Response(asset_text(HERE / name), media_type=_ASSETS[name])

    router.include_router(_operator_router(store, queue, [Depends(operator_check(settings))]))
    return router


def _operator_router(store: RunStore, queue: RunQueue, guards: list[Any]) -> APIRouter:
    router = APIRouter(dependencies=guards)
    _add_running(router, store, queue)
    _add_results(router, store, queue)
    return router


def _add_running(router: APIRouter, store: RunStore, queue: RunQueue) -> None:
    @router.post("/list", status_code=201)
    async def start(
        request: Request, name: Annotated[str, Query(max_length=255)], language: Language = "zh"
    ) -> dict[str, str]:
        content = await request.body()
        id_ = await run_in_threadpool(store.create, name, content)
        queue.add(id_, language)
        return {"id": id_}

    @router.post("/list/{id}/{action}")
    async def act(id: str, action: Literal["stop", "resume"], language: Language = "zh") -> dict[str, str]:
        store.load(id)
        if action == "stop":
            queue.stop(id)
        else:
            queue.add(id, language)
        return {"id": id}


def _add_results(router: APIRouter, store: RunStore, queue: RunQueue) -> None:
    def run(id: str) -> RunFolder:
        return store.load(id)

    @router.get("/list")
    def every() -> list[dict[str, Any]]:
        return [result_of(store, queue, id_) for id_ in store.ids()]

    @router.get("/list/{id}")
    def one(found: Annotated[RunFolder, Depends(run)], language: Language = "zh") -> dict[str, Any]:
        curves = curves_of(found, language)
        return {**result_of(store, queue, found.path.name), "curves": curves, "manifest": asdict(found.manifest)}

    @router.get("/list/{id}/rows")
    def rows(
        found: Annotated[RunFolder, Depends(run)], start: Annotated[int, Query(ge=0, le=10**9)] = 0
    ) -> list[dict[str, Any]]:
        return rows_of(found, start, _ROWS)

    @router.get("/list/{id}/files/{name}")
    def file(found: Annotated[RunFolder, Depends(run)], name: str) -> FileResponse:
        path = found.path / name
        if name not in FILES or not path.is_file():
            raise Problem(404, "no_such_file", f"this run has no such file: there are {', '.join(FILES)} once it ends")
        return FileResponse(path, media_type=FILES[name], filename=f"{found.path.name}-{name}")

    @router.get("/compare")
    def compare(first: str, second: str) -> dict[str, Any]:
        return _compared(run(first), run(second))


def _compared(first: RunFolder, second: RunFolder) -> dict[str, Any]:
    comparison = compare_outcomes(timed_outcomes(first), timed_outcomes(second))
    return {
        "differences": [{**asdict(one), "change": one.change} for one in comparison.differences],
        "settings": first.manifest.changed_in(second.manifest),
        "only_before": comparison.only_before,
        "only_after": comparison.only_after,
        "won": _pairs(comparison.won),
        "lost": _pairs(comparison.lost),
    }


def _pairs(pairs: Sequence[tuple[Outcome, Outcome]]) -> dict[str, Any]:
    """How many there are, and the first of them."""
    return {"count": len(pairs), "shown": [_pair(before, after) for before, after in pairs[:_SHOWN]]}


def _pair(before: Outcome, after: Outcome) -> dict[str, Any]:
    return {"id": before.id, "question": before.question, "before": before.text, "after": after.text}

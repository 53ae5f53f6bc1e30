"""What a run has come to, as JSON for the operator's page."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from eval.runs.outcome import Outcome
from eval.runs.plots import run_plots
from eval.runs.report_texts import Language
from eval.runs.run_folder import ANSWERS, OUTCOMES, RunFolder
from eval.runs.run_manifest import FORMAT
from ingest.errors import YinjuError
from web.runs.run_queue import RunQueue
from web.runs.run_store import FILES, RunStore

_MEASURES = ("correct", "EM", "F1", "quotes exact")


def result_of(store: RunStore, queue: RunQueue, id_: str) -> dict[str, Any]:
    """Name, state, progress and figures of a run; one that is damaged has the state "failed" and says so."""
    try:
        run = store.load(id_)
        metrics = run.metrics()
    except YinjuError as error:
        return {"id": id_, "name": id_, "state": "failed", "error": str(error), "done": 0, "total": 0}
    total = run.manifest.total
    # A run that a crash ended has answers, but no figures or old ones.
    ended = metrics is not None and metrics["questions"] == total
    state, reason = ("done" if ended else "stopped"), ""
    if job := queue.job(id_):
        state, reason = job.state, job.error
    return {
        "id": id_,
        "name": run.manifest.questions,
        "started": run.manifest.started,
        "state": state,
        "error": reason,
        "done": run.written(),
        "total": total,
        "resumable": state in ("stopped", "failed")
        and run.manifest.format == FORMAT
        and store.questions_of(run) is not None,
        "notices": run.manifest.notices,
        "files": [name for name in FILES if (run.path / name).is_file()],
        "figures": _figures(metrics or {}),
        "failures": (metrics or {}).get("failures", {}),
    }


def curves_of(run: RunFolder, language: Language) -> list[str]:
    """The curves of its report, as SVG; none before the run has figures."""
    metrics = run.metrics()
    return run_plots(metrics, language) if metrics else []


def rows_of(run: RunFolder, start: int, count: int) -> list[dict[str, Any]]:
    """Up to `count` answers from the one at `start`, in the order of the questions, judged if the run has ended."""
    if not (run.path / ANSWERS).is_file():
        return []
    answers = islice(run.answers(), start, start + count)
    judged = islice(run.outcomes(), start, start + count) if (run.path / OUTCOMES).is_file() else iter(())
    return [_row(answer, next(judged, None)) for answer in answers]


def _row(answer: Mapping[str, Any], outcome: Outcome | None) -> dict[str, Any]:
    citations = answer.get("citations", [])
    return {
        "id": answer["id"],
        "question": answer["question"],
        "text": answer.get("text"),
        "error": answer.get("error", {}).get("message", ""),
        "confidence": answer.get("confidence", 0.0),
        "places": [{"name": one["expert"] or one["heading"], "line": one["source_line"]} for one in citations],
        "correct": outcome.correct if outcome else None,
        "failure": outcome.failure if outcome else "",
    }


def _figures(metrics: Mapping[str, Any]) -> dict[str, float]:
    """The few figures that runs are compared by, as far as the run has them."""
    measures = {name: metrics.get("measures", {}).get(name, {}).get("mean") for name in _MEASURES}
    abstention, calibration = metrics.get("abstention", {}), metrics.get("calibration", {})
    figures = {
        **measures,
        "abstention F1": abstention.get("f1"),
        "calibration error": calibration.get("error"),
        "p50 ms": metrics.get("latency", {}).get("p50"),
    }
    return {name: value for name, value in figures.items() if value is not None}

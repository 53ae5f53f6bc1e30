"""Asks the runs' questions in the background, one at a time, so that the chat goes on."""

import logging
import threading
from collections import deque
from dataclasses import dataclass
from typing import Literal

from eval.runs.finishing import finish_run
from eval.runs.report_texts import Language
from eval.runs.runner import Answerer, ask_into
from ingest.errors import YinjuError
from web.problems import Problem
from web.runs.run_store import RunStore

State = Literal["waiting", "running", "stopped", "done", "failed"]
_WAITING = 20

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Job:
    """A run that is asked or waits for it; `error` says why it failed."""

    id: str
    language: Language
    state: State = "waiting"
    error: str = ""
    stop: bool = False


class RunQueue:
    """One thread that works through the jobs in the order in which they came."""

    def __init__(self, store: RunStore, answerer: Answerer) -> None:
        self._store = store
        self._answerer = answerer
        self._jobs: dict[str, Job] = {}
        self._waiting: deque[Job] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="runs", daemon=True)
        self._thread.start()

    def add(self, id_: str, language: Language) -> None:
        """Asks the run's questions once its turn comes; raises Problem where it is under way or too many wait."""
        with self._changed:
            job = self._jobs.get(id_)
            if job and job.state in ("waiting", "running"):
                raise Problem(409, "under_way", "this run is under way already")
            if len(self._waiting) >= _WAITING:
                raise Problem(429, "too_many_runs", "too many runs are waiting: start it later", {"Retry-After": "60"})
            self._jobs[id_] = job = Job(id_, language)
            self._waiting.append(job)
            self._changed.notify()

    def job(self, id_: str) -> Job | None:
        """What became of the run since the server started; None if nothing."""
        return self._jobs.get(id_)

    def stop(self, id_: str) -> None:
        """Stops the run after the question that is being asked; what is answered stays."""
        with self._changed:
            job = self._jobs.get(id_)
            if job is None or job.state not in ("waiting", "running"):
                raise Problem(409, "not_running", "this run is not under way")
            job.stop = True
            if job.state == "waiting":
                self._waiting.remove(job)
                job.state = "stopped"

    def close(self, seconds: float) -> None:
        """Stops whatever runs, and returns when it has, or after `seconds`."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            for job in self._jobs.values():
                job.stop = True
            self._changed.notify()
        self._thread.join(seconds)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closed)
                if self._closed:
                    return
                job = self._waiting.popleft()
                job.state = "running"
            try:
                self._ask(job)
            except (YinjuError, Problem) as error:
                job.state, job.error = "failed", str(error)
            except Exception as error:
                log.error("the run %s failed", job.id, exc_info=error)
                job.state, job.error = "failed", "something went wrong here: the server's log has the details"

    def _ask(self, job: Job) -> None:
        run = self._store.load(job.id)
        questions = self._store.questions_of(run)
        if questions is None:
            raise YinjuError("the file of questions is not in this run's folder; start it anew")
        self._store.check_same(run, questions)
        answers = ask_into(run, self._answerer, questions, workers=1)
        try:
            for _ in answers:
                if job.stop:
                    break
        finally:
            answers.close()
        finish_run(run, self._store.documents, questions, job.language)
        job.state = "done" if run.written() == run.manifest.total else "stopped"

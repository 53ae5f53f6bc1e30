"""The one way to an answer for the page, the widget and programs: limited, timed, counted, and remembered."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Thread
from time import monotonic, perf_counter
from typing import Protocol

from answer.answer import Answer
from answer.question import QuestionError
from index.cpu import available_cores
from ingest.document import Document
from web.checks import LOCAL_CLIENTS
from web.limits import RateLimiter
from web.metrics import Metrics, Outcome
from web.problems import Problem, no_such_article, too_many_questions, unavailable
from web.recent_answers import RecentAnswers
from web.settings import DEFAULT_RATE_LIMIT, WebSettings

# The same question gives the same answer, so recent answers are kept: about 10 kB each.
_REMEMBERED = 512
# Questions that may wait: at six answers a second the last of them waits half a minute, the default time-out.
WAITING = 200

log = logging.getLogger("yinju.questions")


class Answerer(Protocol):
    """What is needed of `answer.answerer.QuestionAnswerer`."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """The articles by id."""

    def answer(self, question: str, *, article: str | None = None) -> Answer:
        """The answer of the article of that id, of all for None; raises QuestionError for what cannot be a question."""


class AnswerService:
    """Answers on as many threads as there are cores, so that the event loop stays free."""

    def __init__(self, answerer: Answerer, settings: WebSettings, metrics: Metrics) -> None:
        self._answerer = answerer
        self._settings = settings
        self._metrics = metrics
        limit = DEFAULT_RATE_LIMIT if settings.rate_limit is None else settings.rate_limit
        self._questions = RateLimiter(limit)
        self._exports = RateLimiter(limit)
        self._answer = RecentAnswers(lambda question, article: answerer.answer(question, article=article), _REMEMBERED)
        self._threads = ThreadPoolExecutor(available_cores(), thread_name_prefix="answer")
        self._running = 0
        self._stopping = False

    @property
    def documents(self) -> Mapping[str, Document]:
        """The articles by id."""
        return self._answerer.documents

    def articles(self, id: str | None) -> Mapping[str, Document]:
        """The article of that id alone, all for None; raises Problem 404 if there is no such one."""
        if id is None:
            return self.documents
        if id not in self.documents:
            raise no_such_article()
        return {id: self.documents[id]}

    @property
    def ready(self) -> bool:
        """Whether questions are taken: not any more once the server is being stopped."""
        return not self._stopping

    def admit(self, client: str, questions: int = 1) -> None:
        """Counts the questions towards the client's limit; raises Problem 429 if they are too many."""
        self._admit(self._questions, client, questions)

    def admit_export(self, client: str, questions: Sequence[str], article: str | None = None) -> None:
        """Counts one export, and as questions those that have to be answered anew; raises Problem 429 if too many.

        Who has asked all that may be asked can still take away what was answered.
        """
        self._admit(self._exports, client, 1)
        if forgotten := sum((question, article) not in self._answer for question in questions):
            self._admit(self._questions, client, forgotten)

    def _admit(self, limiter: RateLimiter, client: str, count: int) -> None:
        if self._settings.rate_limit is None and client in LOCAL_CLIENTS:
            return
        if seconds := limiter.seconds_to_wait(client, count):
            raise too_many_questions(seconds)

    async def ask(self, question: str, article: str | None = None) -> Answer:
        """The answer; raises QuestionError as the answerer does, and Problem 503 if it would take too long.

        `article` is the id of the one that is asked, None for all; raises Problem 404 if there is no such one.
        """
        self.articles(article)
        if self._stopping:
            raise unavailable("stopping", "the server is being stopped: ask again in a moment")
        if self._running >= WAITING:
            raise unavailable("busy", "too many questions are waiting: ask again in a moment")
        started = perf_counter()
        outcome: Outcome = "failed"
        self._running += 1
        self._metrics.queue.set(self._running)
        try:
            answer = await self._answered(question, article)
            outcome = "abstained" if answer.abstained else "answered"
            return answer
        except QuestionError:
            outcome = "refused"
            raise
        finally:
            self._running -= 1
            self._metrics.queue.set(self._running)
            self._metrics.count(outcome, perf_counter() - started)
            if self._settings.log_questions:
                time = datetime.now(UTC).isoformat(timespec="milliseconds")
                log.info(json.dumps({"time": time, "question": question, "outcome": outcome}))

    def warm_up(self, questions: Iterable[str], preparations: Iterable[Callable[[], object]] = ()) -> None:
        """Answers the questions and makes the other calls in the background.

        The first people then do not wait for what is prepared once, and memory is soon what it will be.
        """
        for question in questions:
            self._threads.submit(self._answer, question)
        Thread(target=self._prepare, args=(preparations,), name="preparing", daemon=True).start()

    def _prepare(self, preparations: Iterable[Callable[[], object]]) -> None:
        """Not on the threads that answer: whoever asks meanwhile waits for one call and not for all."""
        for preparation in preparations:
            if self._stopping:
                return
            preparation()

    async def drain(self, seconds: float) -> None:
        """Takes no more questions, and returns when the running ones are answered, or after `seconds`."""
        self._stopping = True
        deadline = monotonic() + seconds
        while self._running and monotonic() < deadline:
            await asyncio.sleep(0.02)
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _answered(self, question: str, article: str | None) -> Answer:
        running = asyncio.get_running_loop().run_in_executor(self._threads, self._answer, question, article)
        try:
            return await asyncio.wait_for(running, self._settings.timeout)
        except TimeoutError as error:
            seconds = f"{self._settings.timeout:g}"
            raise unavailable("timeout", f"no answer within {seconds} seconds: ask again in a moment") from error


def problem_of(error: Exception) -> Problem:
    """The problem to tell of for an error of `AnswerService`: what broke goes to the log and is not given away."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, QuestionError):
        return Problem.from_question_error(error)
    logging.getLogger(__name__).error("a question could not be answered", exc_info=error)
    return Problem(500, "failed", "something went wrong here: the server's log has the details")

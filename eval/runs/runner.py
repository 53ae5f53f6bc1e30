"""Asks the questions of a run, several at once, and writes the answers in the order of the questions."""

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from answer.answer import Answer
from answer.question import QuestionError
from eval.runs.json_lines import write_line
from eval.runs.question_files import read_run_questions, silent
from eval.runs.record import RunQuestion
from eval.runs.run_folder import ANSWERS, TIMINGS, RunFolder, named_errors


class Answerer(Protocol):
    """What is needed of `answer.answerer.QuestionAnswerer`."""

    def answer(self, question: str) -> Answer:
        """The answer; raises QuestionError for a question that cannot be one."""


def ask_all(answerer: Answerer, questions: Iterable[RunQuestion], workers: int) -> Iterator[dict[str, Any]]:
    """The answers as JSON with their ids, in order, the same for any number of `workers`, timings aside."""
    with ThreadPoolExecutor(workers) as pool:
        remaining = iter(questions)
        running: deque[Future[dict[str, Any]]] = deque()
        try:
            # Twice as many as are asked at once keep every worker busy behind a slow question, and memory small.
            running.extend(pool.submit(_ask, answerer, question) for question in islice(remaining, 2 * workers))
            while running:
                answer = running.popleft().result()
                running.extend(pool.submit(_ask, answerer, question) for question in islice(remaining, 1))
                yield answer
        finally:
            for future in running:
                future.cancel()


def ask_into(folder: RunFolder, answerer: Answerer, path: Path, workers: int) -> Generator[int]:
    """Adds the answers to the questions of the file that the folder lacks; how many are there, after each of them."""
    done = folder.answered()
    rest = islice(read_run_questions(path, silent), done, None)
    with (
        named_errors(folder.path),
        folder.timed(),
        (folder.path / ANSWERS).open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as answers,
        (folder.path / TIMINGS).open("a", encoding="utf-8", newline="\n") as timings,
    ):
        for number, answer in enumerate(ask_all(answerer, rest, workers), start=done + 1):
            times = answer.pop("timings_ms", {})
            # Timings first: an answer without its time would be asked again, a time without its answer is cut off.
            write_line(timings, times)
            write_line(answers, answer)
            yield number


def _ask(answerer: Answerer, question: RunQuestion) -> dict[str, Any]:
    try:
        return {"id": question.id, **answerer.answer(question.question).to_json()}
    except QuestionError as error:
        return {"id": question.id, "question": question.question, "error": {"code": error.code, "message": str(error)}}

"""Asks the questions of a run, several at once, and writes the answers in the order of the questions."""

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Any

from tqdm import tqdm

from answer.answerer import QuestionAnswerer
from answer.question import QuestionError
from eval.runs.record import RunQuestion
from eval.runs.run_folder import ANSWERS, TIMINGS, RunFolder, named_errors, write_line


def ask_all(answerer: QuestionAnswerer, questions: Iterable[RunQuestion], workers: int) -> Iterator[dict[str, Any]]:
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


def ask_into(
    folder: RunFolder, answerer: QuestionAnswerer, questions: Iterable[RunQuestion], total: int, workers: int
) -> None:
    """Adds the answers that the folder lacks; `total` questions are there in all."""
    done = folder.answered()
    rest = islice(iter(questions), done, None)
    progress = tqdm(total=total, initial=done, unit="question", file=sys.stderr)
    with (
        named_errors(folder.path),
        (folder.path / ANSWERS).open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as answers,
        (folder.path / TIMINGS).open("a", encoding="utf-8", newline="\n") as timings,
        progress,
    ):
        for answer in ask_all(answerer, rest, workers):
            times = answer.pop("timings_ms", {})
            # Timings first: an answer without its time would be asked again, a time without its answer is cut off.
            write_line(timings, times)
            write_line(answers, answer)
            progress.update()


def _ask(answerer: QuestionAnswerer, question: RunQuestion) -> dict[str, Any]:
    try:
        return {"id": question.id, **answerer.answer(question.question).to_json()}
    except QuestionError as error:
        return {"id": question.id, "question": question.question, "error": {"code": error.code, "message": str(error)}}

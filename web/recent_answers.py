"""The answers to the questions that were asked last, of all articles or of one."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from answer.answer import Answer


class RecentAnswers:
    """Gives the answers of `answer` and keeps those that were asked for last, `size` of them.

    What is asked is a question and the id of an article, None for all; `in` takes the two as a pair.
    May be called from several threads at once; raises what `answer` raises.
    """

    def __init__(self, answer: Callable[[str, str | None], Answer], size: int) -> None:
        self._answer = answer
        self._size = size
        self._kept: OrderedDict[tuple[str, str | None], Answer] = OrderedDict()
        self._lock = Lock()

    def __contains__(self, asked: object) -> bool:
        return asked in self._kept

    def __call__(self, question: str, article: str | None = None) -> Answer:
        """The answer, at once if it is among those that are kept."""
        asked = (question, article)
        with self._lock:
            if asked in self._kept:
                self._kept.move_to_end(asked)
                return self._kept[asked]
        answer = self._answer(question, article)
        with self._lock:
            self._kept[asked] = answer
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return answer

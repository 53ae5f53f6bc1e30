"""How many questions a client may ask: the generic cell rate algorithm, which keeps one number a client."""

import math
import time
from collections.abc import Callable

_WINDOW_SECONDS = 60.0
# Clients whose number is kept; beyond it those who have nothing to wait for are forgotten.
_CLIENTS = 10_000


class RateLimiter:
    """`limit` questions a minute for each client, also all at once; 0 for no limit."""

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval = _WINDOW_SECONDS / limit if limit else 0.0
        self._limit = limit
        self._clock = clock
        self._spent_until: dict[str, float] = {}

    def seconds_to_wait(self, client: str, questions: int = 1) -> int:
        """0 if the client may ask now, and then it counts; else after how many seconds, rounded up.

        More questions at once than the limit count as many as the limit.
        """
        now = self._clock()
        cost = self._interval * min(questions, self._limit)
        spent_until = max(now, self._spent_until.get(client, now)) + cost
        # Sums of intervals miss the window by rounding errors.
        over = round(spent_until - now - _WINDOW_SECONDS, 6)
        if over > 0:
            return math.ceil(over)
        if len(self._spent_until) >= _CLIENTS:
            self._spent_until = {name: until for name, until in self._spent_until.items() if until > now}
        self._spent_until[client] = spent_until
        return 0

"""How many questions a client may ask: the generic cell rate algorithm, which keeps one number a client."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import AddressValueError, IPv6Address, IPv6Network

_WINDOW_SECONDS = 60.0
# Clients whose number is kept; beyond it whoever asked longest ago is forgotten.
CLIENTS = 10_000
# A household or a rented machine has all addresses of a network of this size.
_NETWORK_BITS = 64


class RateLimiter:
    """`limit` questions a minute for each client, also all at once; 0 for no limit."""

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval = _WINDOW_SECONDS / limit if limit else 0.0
        self._limit = limit
        self._clock = clock
        self._spent_until: OrderedDict[str, float] = OrderedDict()

    def seconds_to_wait(self, client: str, questions: int = 1) -> int:
        """0 if the client may ask now, and then it counts; else after how many seconds, rounded up.

        More questions at once than the limit count as many as the limit. `client` is an address; those of one IPv6
        network count together.
        """
        client = _network_of(client)
        now = self._clock()
        cost = self._interval * min(questions, self._limit)
        spent_until = max(now, self._spent_until.get(client, now)) + cost
        # Sums of intervals miss the window by rounding errors.
        over = round(spent_until - now - _WINDOW_SECONDS, 6)
        if over > 0:
            return math.ceil(over)
        self._spent_until[client] = spent_until
        self._spent_until.move_to_end(client)
        if len(self._spent_until) > CLIENTS:
            self._spent_until.popitem(last=False)
        return 0


def _network_of(client: str) -> str:
    try:
        address = IPv6Address(client)
    except AddressValueError:
        return client
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), _NETWORK_BITS), strict=False))

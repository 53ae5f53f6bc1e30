"""Listening on a port, and serving an application there until someone presses Ctrl-C."""

import errno
import logging
import os
import socket
from collections.abc import Awaitable, Callable

import uvicorn
from starlette.types import ASGIApp

from ingest.errors import YinjuError

WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}
# Less than the ten seconds after which service managers commonly kill.
_DRAIN_SECONDS = 8.0
# A process may commonly have 1024 files open: beyond this uvicorn answers 503 while it still can.
_CONNECTIONS = 900

Drain = Callable[[float], Awaitable[None]]


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to the address, so that a port in use is noticed before a model is loaded.

    Raises YinjuError if the address cannot be had. Port 0 takes any free port.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
    except OSError as error:
        raise YinjuError(f"cannot listen on host {host!r}: {error.strerror}; try --host 127.0.0.1") from error
    try:
        if os.name == "posix":
            # A port whose last connections are still closing counts as free; elsewhere the option would steal a port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        # Binding alone would not keep a second server from binding too; a browser that comes early waits.
        listener.listen()
    except OSError as error:
        listener.close()
        raise YinjuError(_explain(error, host, port)) from error
    return listener


def serve(app: ASGIApp, listener: socket.socket, root_path: str, drain: Drain) -> None:
    """Serves until interrupted, printing the address once it answers; raises KeyboardInterrupt on Ctrl-C.

    `root_path` is the path under which a reverse proxy shows the server. When it is to stop, `drain` is awaited with
    the seconds that running answers have to finish.
    """
    config = uvicorn.Config(
        app,
        log_level="warning",
        timeout_graceful_shutdown=1,
        root_path=root_path,
        server_header=False,
        limit_concurrency=_CONNECTIONS,
    )
    _AnnouncingServer(config, drain).run(sockets=[listener])


class _AnnouncingServer(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, drain: Drain) -> None:
        super().__init__(config)
        self._drain = drain

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or []:
            print(_url(listener), flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._drain(_DRAIN_SECONDS)
        # Every open page holds a stream for as long as it is open; cutting it off is no error worth a traceback.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    shown = WILDCARDS.get(host, host)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _explain(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {host} is in use; choose another with --port {port + 1 if port < 65535 else 7860}"
    if error.errno == errno.EACCES:
        return f"port {port} needs administrator rights; choose one above 1023 with --port"
    return f"cannot listen on {host} port {port}: {error.strerror}; try --host 127.0.0.1"

"""`python without_network.py FILE …`: app.py where nothing but this machine can be reached; attempts go to FILE.

Python's audit events come before every connection and every look-up of a name, whichever library makes them.
"""

import ipaddress
import runpy
import sys
from pathlib import Path
from typing import Any

APP = Path(__file__).resolve().parents[2] / "app.py"
LOCAL = ("localhost", "", None, b"localhost", b"")


def is_local(host: Any) -> bool:
    """True for this machine's own addresses and names."""
    if host in LOCAL:
        return True
    try:
        address = ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def refuse(attempts: Path, event: str, arguments: tuple[Any, ...]) -> None:
    """Raises OSError for what would leave this machine, and writes it down."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto"):
        address = arguments[-1]
        host = address[0] if isinstance(address, tuple) else ""
    else:
        return
    if not is_local(host):
        with attempts.open("a", encoding="utf-8") as file:
            file.write(f"{event} {host}\n")
        raise OSError(f"{host} cannot be reached: there is no network here")


if __name__ == "__main__":
    attempts = Path(sys.argv[1])
    sys.addaudithook(lambda event, arguments: refuse(attempts, event, arguments))
    sys.argv = [str(APP), *sys.argv[2:]]
    sys.path[0] = str(APP.parent)
    runpy.run_path(str(APP), run_name="__main__")

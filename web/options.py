"""The options of `python app.py`: from the command line, from YINJU_… variables, and from a TOML file, in this order.

Imports nothing but the standard library: `--help` and `--version` are answered at once.
"""

import argparse
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

VARIABLE = "YINJU_"
_HOST = re.compile(r"[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\]")
READERS = ("auto", "span", "sentence")
_DEFAULTS: dict[str, Any] = {
    "host": "127.0.0.1",
    "port": 7860,
    "index": None,
    "articles": None,
    "model": None,
    "reader": "auto",
    "allow_origin": [],
    "allow_host": [],
    "api_token": "",
    "admin_token": "",
    "rate_limit": None,
    "timeout": 30.0,
    "feedback": None,
    "access_log": False,
    "log_questions": False,
    "mcp": False,
    "runs": None,
    "root_path": "",
}
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def parse_options(argv: Sequence[str] | None, environment: Mapping[str, str], version: str) -> argparse.Namespace:
    """Every option with its value; exits with status 2 and one line on standard error for a bad one."""
    given = vars(_parser(version).parse_args(argv))
    config = given.pop("config", None) or environment.get(VARIABLE + "CONFIG")
    from_file = _from_file(Path(config), version) if config else {}
    return argparse.Namespace(**{**_DEFAULTS, **from_file, **_from_environment(environment, version), **given})


class _Parser(argparse.ArgumentParser):
    source = ""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"yinju: {self.source}{message}; --help lists the options\n")


def _parser(version: str, source: str = "") -> _Parser:
    parser = _Parser(
        prog="app.py",
        description="Ask articles questions in the browser; answers are verbatim quotes.",
        epilog=f"Every option can stand in a TOML file under its name (port = 8000) or in a variable ({VARIABLE}PORT).",
        argument_default=argparse.SUPPRESS,
    )
    parser.source = source
    _add_serving(parser)
    _add_answering(parser)
    _add_protection(parser)
    parser.add_argument("--version", action="version", version=f"Yinju {version}")
    return parser


def _add_serving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", metavar="FILE.toml", help="read options from this file")
    parser.add_argument("--host", help=f"address to listen on (default: {_DEFAULTS['host']})")
    parser.add_argument(
        "--port", type=_port, help=f"port to listen on, 0 for any free one (default: {_DEFAULTS['port']})"
    )
    parser.add_argument(
        "--root-path", type=_root_path, metavar="/PATH", help="the path under which a reverse proxy shows the server"
    )


def _add_answering(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--index", type=Path, help="folder of a saved index")
    parser.add_argument("--articles", type=Path, help="folder of articles, or one article")
    parser.add_argument("--model", help="sentence-transformers model, a folder or a name (default: the bundled one)")
    parser.add_argument(
        "--reader",
        choices=READERS,
        help="what finds the answer: the trained reader, or whole sentences compared (default: auto)",
    )


def _add_protection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--allow-origin",
        action="append",
        type=_origin,
        metavar="https://HOST",
        help="a site that may embed the chat and call the interface; may be given several times",
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        type=_host,
        metavar="HOST",
        help="a name by which this server may be addressed, beside those of its own machine; may be given several "
        "times (default: any name)",
    )
    parser.add_argument("--api-token", help="the bearer token that /api asks for (default: none)")
    parser.add_argument("--admin-token", help="the bearer token that /metrics and /runs ask for (default: none)")
    parser.add_argument(
        "--rate-limit",
        type=_count,
        metavar="N",
        help="questions a minute from one client, 0 for no limit (default: 120 over the network, none on this machine)",
    )
    parser.add_argument("--timeout", type=_seconds, help="seconds that one answer may take (default: 30)")
    parser.add_argument("--feedback", type=Path, metavar="FILE.jsonl", help="add likes and dislikes to this file")
    parser.add_argument("--access-log", action="store_true", help="log a JSON line a request, without questions")
    parser.add_argument("--log-questions", action="store_true", help="log the texts of questions too")
    parser.add_argument(
        "--runs",
        type=Path,
        metavar="FOLDER",
        help="offer batches and evaluation at /runs, kept in this folder: to whoever has the admin token or, without "
        "one, to this machine alone",
    )
    parser.add_argument("--mcp", action="store_true", help="offer the tools ask and read_passage to agents at /mcp")


def _from_file(path: Path, version: str) -> dict[str, Any]:
    parser = _parser(version, f"{path}: ")
    try:
        options = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        parser.error(f"cannot be read: {error.strerror}")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        parser.error(f"not TOML: {error}")
    arguments: list[str] = []
    for key, value in options.items():
        name = key.replace("-", "_")
        if name not in _DEFAULTS:
            parser.error(f"there is no option {key!r}; there are {', '.join(_DEFAULTS)}")
        if isinstance(_DEFAULTS[name], bool):
            if not isinstance(value, bool):
                parser.error(f"{key} must be true or false, not {value!r}")
            arguments += [_flag(name)] * value
        elif isinstance(value, dict | bool) or (isinstance(value, list) and not isinstance(_DEFAULTS[name], list)):
            parser.error(f"{key} cannot be {value!r}")
        else:
            arguments += [f"{_flag(name)}={one}" for one in (value if isinstance(value, list) else [value])]
    return vars(parser.parse_args(arguments))


def _from_environment(environment: Mapping[str, str], version: str) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for name, default in _DEFAULTS.items():
        variable = VARIABLE + name.upper()
        if variable not in environment:
            continue
        parser, value = _parser(version, f"{variable}: "), environment[variable]
        if isinstance(default, bool):
            if value.lower() not in _TRUE | _FALSE:
                parser.error(f"must be true or false, not {value!r}")
            options[name] = value.lower() in _TRUE
        elif isinstance(default, list):
            options |= vars(parser.parse_args([f"{_flag(name)}={one}" for one in value.replace(",", " ").split()]))
        else:
            options |= vars(parser.parse_args([f"{_flag(name)}={value}"]))
    return options


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port number from 0 to 65535")
    return int(text)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above 0")
    return seconds


def _host(text: str) -> str:
    """A name or an address without a port, in lower case as it is compared."""
    if not _HOST.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a host's name without a port, such as portal.example")
    return text.lower()


def _origin(text: str) -> str:
    """Scheme, host and port alone: what a browser sends as Origin."""
    origin = text.rstrip("/")
    try:
        parts = urlsplit(origin)
        valid = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        valid = False
    if (
        not valid
        or f"{parts.scheme}://{parts.netloc}" != origin
        or set(origin) & set(" ;,'\"*@\\")
        or not text.isascii()
    ):
        raise argparse.ArgumentTypeError(f"{text!r} is not an origin such as https://portal.example")
    return origin.lower()


def _root_path(text: str) -> str:
    path = text.rstrip("/")
    if path and not (
        path.startswith("/") and path.isascii() and "//" not in path and not set(path) & set("?#;, '\"\\")
    ):
        raise argparse.ArgumentTypeError(f"{text!r} is not a path such as /portal/qa")
    return path

"""Yinju in the browser: `python app.py`, then open the address that it prints."""

import argparse
import os
import sys
import tomllib
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NoReturn


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status: 0 after Ctrl-C; 2 for bad options or a bad environment, named in one line on standard error."""
    try:
        return run(parse_arguments(argv))
    except KeyboardInterrupt:
        return 0


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command line's options; exits with status 2 for bad ones."""
    parser = _Parser(prog="app.py", description="Ask articles questions in the browser; answers are verbatim quotes.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port", default=7860, type=_port, help="port to listen on, 0 for any free one (default: %(default)s)"
    )
    parser.add_argument("--index", type=Path, help="folder of a saved index")
    parser.add_argument("--articles", type=Path, help="folder of articles, or one article")
    parser.add_argument("--model", help="sentence-transformers model, a folder or a name (default: the bundled one)")
    parser.add_argument(
        "--reader",
        choices=("auto", "span", "sentence"),
        default="auto",
        help="what finds the answer: the trained reader, or whole sentences compared (default: %(default)s)",
    )
    parser.add_argument("--version", action="version", version=f"Yinju {_version()}")
    return parser.parse_args(argv)


def run(arguments: argparse.Namespace) -> int:
    """Loads the index and serves the page until Ctrl-C; the exit status if that cannot be."""
    # --help and --version are answered at once; even the errors' package takes a second to import.
    from ingest.errors import YinjuError  # noqa: PLC0415

    try:
        _serve(arguments)
    except YinjuError as error:
        _say(f"yinju: {error}")
        return 2
    return 0


def _serve(arguments: argparse.Namespace) -> None:
    # A port in use is noticed before torch and gradio are imported, which takes seconds.
    from web.server import bind, serve  # noqa: PLC0415

    with bind(arguments.host, arguments.port) as listener:
        _stay_offline(arguments.model)
        from answer.answerer import QuestionAnswerer  # noqa: PLC0415

        answerer = QuestionAnswerer.open(
            index=arguments.index,
            articles=arguments.articles,
            model=arguments.model,
            reader=arguments.reader,
            notice=_say,
        )
        from web.application import build_application  # noqa: PLC0415

        serve(build_application(answerer), listener)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"yinju: {message}; --help lists the options\n")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port number from 0 to 65535")
    return int(text)


def _stay_offline(model: str | None) -> None:
    """Gradio and the model libraries look up other hosts when imported, unless they are told not to before."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    if model is None:
        # Who names a model may mean one that has to be fetched.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")


def _version() -> str:
    try:
        return version("yinju")
    except PackageNotFoundError:
        project = tomllib.loads(Path(__file__).with_name("pyproject.toml").read_text(encoding="utf-8"))
        return str(project["project"]["version"])


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""Yinju in the browser: `python app.py`, then open the address that it prints."""

import argparse
import os
import sys
import tomllib
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from web.options import parse_options


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status: 0 after Ctrl-C; 2 for bad options or a bad environment, named in one line on standard error."""
    try:
        return run(parse_options(argv, os.environ, _version()))
    except KeyboardInterrupt:
        return 0


def run(options: argparse.Namespace) -> int:
    """Loads the index and serves the page until Ctrl-C; the exit status if that cannot be."""
    # --help and --version are answered at once; even the errors' package takes a second to import.
    from ingest.errors import YinjuError  # noqa: PLC0415

    try:
        _serve(options)
    except YinjuError as error:
        _say(f"yinju: {error}")
        return 2
    return 0


def _serve(options: argparse.Namespace) -> None:
    # A port in use is noticed before torch and gradio are imported, which takes seconds.
    from web.server import bind, serve  # noqa: PLC0415

    with bind(options.host, options.port) as listener:
        _stay_offline(options.model)
        from answer.answerer import QuestionAnswerer  # noqa: PLC0415

        answerer = QuestionAnswerer.open(
            index=options.index, articles=options.articles, model=options.model, reader=options.reader, notice=_say
        )
        from web.application import build_application  # noqa: PLC0415
        from web.settings import WebSettings  # noqa: PLC0415

        settings = WebSettings.from_options(options)
        built = build_application(answerer, settings, _version())
        serve(built.app, listener, options.root_path, built.drain)


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

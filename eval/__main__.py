"""`python -m eval run`, `compare`, `article`, `squad`, `read`, `floors` and others: measure, print, hold the floors."""

import argparse
import sys
from collections.abc import Sequence

from answer.readers import READERS
from eval import (
    ablation_command,
    article_command,
    articles_command,
    bench_command,
    calibrate_command,
    compare_command,
    floors_command,
    read_command,
    run_command,
    squad_command,
)
from ingest.errors import YinjuError

COMMANDS = (
    run_command,
    compare_command,
    article_command,
    articles_command,
    squad_command,
    read_command,
    floors_command,
    calibrate_command,
    ablation_command,
    bench_command,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status: 0; 1 where a floor, comparison or quote fails; 2 for bad input, named in one line on stderr."""
    parser = argparse.ArgumentParser(prog="python -m eval", description="Measure quality and speed.")
    parser.add_argument("--model", help="sentence-transformers model, a folder or a name (default: the bundled one)")
    parser.add_argument(
        "--reader", choices=READERS, default="auto", help="what finds the answer (default: %(default)s)"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    arguments = parser.parse_args(argv)
    try:
        status: int = arguments.run(arguments)
    except YinjuError as error:
        print(f"eval: {error}", file=sys.stderr)
        return 2
    return status


if __name__ == "__main__":
    sys.exit(main())

"""What the command lines of training have in common."""

import argparse


def share(text: str) -> float:
    """The number from 0 to 1 that `text` is; raises ArgumentTypeError for anything else."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return number

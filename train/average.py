"""`python -m train.average FIRST SECOND --share 0.6 --output DIR`: the mean of two trainings, weight by weight.

Two trainings of one start differ in noise that the mean loses (Wortsman et al., 2022, "Model soups").
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from answer.span_weights import SpanWeights, save_weights
from index.bundled import bundled_model
from ingest.errors import YinjuError
from train.arguments import share


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status: 0; 2 for weights that cannot be read, or that belong to another model."""
    parser = argparse.ArgumentParser(prog="python -m train.average", description="Average the weights of two readers.")
    parser.add_argument("first", type=Path, help="folder of weights")
    parser.add_argument("second", type=Path, help="folder of weights")
    parser.add_argument("--share", type=share, default=0.5, help="of the second, from 0 to 1 (default: %(default)s)")
    parser.add_argument("--output", type=Path, required=True, help="folder for the mean")
    options = parser.parse_args(argv)
    try:
        average(options.first, options.second, options.share, options.output)
    except YinjuError as error:
        print(f"train: {error}", file=sys.stderr)
        return 2
    return 0


def average(first: Path, second: Path, share: float, output: Path) -> SpanWeights:
    """Writes the mean of two folders' weights, the second one's `share` in it, to a third folder."""
    backbone = bundled_model()
    sides = [SpanWeights.find(folder) for folder in (first, second)]
    for side in sides:
        side.check_backbone(backbone)
    one, other = (side.tensors() for side in sides)
    mean = {name: (1 - share) * one[name].float() + share * other[name].float() for name in one}
    return save_weights(mean, backbone, output)


if __name__ == "__main__":
    sys.exit(main())

"""`python -m train --data DIR --output answer/weights`: trains the reader from SQuAD-format question sets."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from answer.span_network import SpanNetwork
from answer.span_weights import WEIGHTS, SpanWeights, save_weights
from eval.written import WRITTEN
from index.bundled import bundled_model
from index.cpu import available_cores
from ingest.errors import YinjuError
from train.arguments import share
from train.curriculum import curriculum
from train.examples import load_sets, sample_examples, training_examples
from train.features import batches_of, features_of
from train.log import loss_svg, read_log
from train.loop import TrainSettings, train

# How often what was written for this project comes.
_WRITTEN_TIMES = 1


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status: 0; 2 for bad input, named in one line on standard error; 130 after Ctrl-C, to be gone on with."""
    try:
        _train(_parser().parse_args(argv))
    except YinjuError as error:
        print(f"train: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("train: stopped; the same command goes on from the last checkpoint", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m train",
        description="Train the span reader.",
        epilog="`python -m eval read FILE --held-out` measures the result on paragraphs that training leaves out.",
    )
    parser.add_argument(
        "--data", type=Path, nargs="+", default=[Path("../shared/datasets")], help="folders of SQuAD-format files"
    )
    parser.add_argument(
        "--written",
        type=Path,
        nargs="+",
        default=[WRITTEN],
        help="folders of more such files, all of which are learned from (default: the project's own)",
    )
    parser.add_argument("--share", type=share, default=1.0, help="of what --data gives, drawn at random (default: 1)")
    parser.add_argument("--output", type=Path, default=WEIGHTS, help="folder for the weights (default: %(default)s)")
    parser.add_argument("--work", type=Path, default=Path("build/train"), help="folder for checkpoint, log and plot")
    parser.add_argument("--start", type=Path, help="go on from the weights in this folder, on a new pass over the data")
    parser.add_argument("--seed", type=int, default=0, help="of data and dropout (default: %(default)s)")
    parser.add_argument("--steps", type=int, help="train on so few batches only, to try things out")
    return parser


def _train(options: argparse.Namespace) -> None:
    settings = TrainSettings(seed=options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_num_threads(available_cores())
    backbone = bundled_model()
    tokenizer = Tokenizer.from_file(str(backbone / "tokenizer.json"))
    start = SpanWeights.find(options.start) if options.start else None
    if start:
        start.check_backbone(backbone)
    public = [squad for folder in options.data for squad in load_sets(folder)]
    written = [squad for folder in options.written for squad in load_sets(folder)]
    examples = (
        *sample_examples(training_examples(public, settings.seed), options.share, settings.seed),
        *training_examples(written, settings.seed, _WRITTEN_TIMES),
    )
    windows = curriculum(examples, tokenizer, settings.seed)
    features = features_of(windows, tokenizer, settings.max_tokens)
    batches = batches_of(features, settings.batch_tokens, tokenizer.token_to_id("<pad>") or 0, settings.seed)
    if options.steps is not None:
        batches = batches[: options.steps]
    print(f"{len(features)} windows of {len(examples)} questions in {len(batches)} steps, on {device}")
    options.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings.seed)
    network = SpanNetwork.from_backbone(backbone, settings.dropout)
    if start:
        network.load_trained(start.tensors())
    train(network, batches, settings, options.work, device)
    weights = save_weights(network.trained_tensors(), backbone, options.output)
    (options.work / "loss.svg").write_text(loss_svg(read_log(options.work / "log.jsonl")), encoding="utf-8")
    print(f"wrote {weights.path}, {weights.path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    sys.exit(main())

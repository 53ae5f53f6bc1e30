"""`python -m index build ARTICLES --output FOLDER` and `python -m index info FOLDER`."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from index.encoder import ENGINES, Progress, SentenceEncoder
from index.folder import refuse_foreign
from index.manifest import Manifest, check_files
from index.opening import build_index
from ingest.errors import YinjuError
from ingest.loaders import load_documents


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status: 0, or 2 for bad input, named in one line on standard error."""
    arguments = _parser().parse_args(argv)
    try:
        arguments.run(arguments)
    except YinjuError as error:
        print(f"index: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description="Build and look into passage indexes.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="index an article or a folder of articles")
    build.add_argument("articles", type=Path, help="an article, or a folder of them")
    build.add_argument("--output", type=Path, required=True, help="folder for the index, replaced in one step")
    build.add_argument("--model", help="sentence-transformers model, a folder or a name (default: the bundled one)")
    build.add_argument("--engine", choices=ENGINES, default="auto", help="what runs the model (default: %(default)s)")
    build.set_defaults(run=_build)
    info = commands.add_parser("info", help="say what an index holds, and check its files")
    info.add_argument("folder", type=Path, help="the index")
    info.set_defaults(run=_info)
    return parser


def _build(arguments: argparse.Namespace) -> None:
    documents = load_documents(arguments.articles)
    refuse_foreign(arguments.output)
    encoder = SentenceEncoder.load(arguments.model, engine=arguments.engine)
    started = time.perf_counter()
    with tqdm(desc="encoding", unit="text", file=sys.stderr) as bar:
        built = build_index(
            documents,
            encoder,
            arguments.output,
            articles=arguments.articles,
            reason="asked for",
            notice=lambda sentence: tqdm.write(sentence, file=sys.stderr),
            progress=_moves(bar),
        )
    seconds = time.perf_counter() - started
    print(f"{built.manifest.passages} passages in {seconds:.1f} s ({built.manifest.passages / seconds:.1f} a second)")
    _info(argparse.Namespace(folder=arguments.output))


def _moves(bar: "tqdm[None]") -> Progress:
    def move(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return move


def _info(arguments: argparse.Namespace) -> None:
    manifest = Manifest.read(arguments.folder)
    check_files(arguments.folder, manifest)
    size = sum(file.bytes for file in manifest.files)
    vectors = manifest.passages + manifest.sentences
    rows = (
        ("index", manifest.index_id),
        ("format", str(manifest.format_version)),
        ("model", f"{manifest.model}, {manifest.dimension} dimensions, fingerprint {manifest.model_fingerprint}"),
        ("settings", ", ".join(f"{name} {value}" for name, value in manifest.settings.items())),
        ("articles", manifest.articles),
        ("passages", f"{manifest.passages}, with {manifest.sentences} sentences"),
        ("on disk", f"{size / 1e6:.2f} MB, {size / manifest.passages / 1e3:.1f} kB a passage"),
        (
            "vectors",
            f"{vectors} in memory, {vectors * manifest.dimension * 2 / manifest.passages / 1e3:.1f} kB a passage",
        ),
        ("files", "all there and unaltered"),
    )
    for name, value in rows:
        print(f"{name:<10}{value}")
    for document in manifest.documents:
        print(f"{'':<10}{document.id}  {document.source}  sha256 {document.sha256[:16]}…")


if __name__ == "__main__":
    sys.exit(main())

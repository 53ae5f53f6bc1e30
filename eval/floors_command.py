"""`python -m eval floors`: everything that has a floor, measured and checked against eval/floors.json."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from answer.answerer import QuestionAnswerer
from eval.article_command import QUESTIONS, measure_article, report_article, write_article
from eval.article_run import grade_all
from eval.articles_command import ARTICLES, grade_articles, measure_articles, report_articles
from eval.floors import Floors, Measurement, check_floors, load_floors, raise_floors, write_floors
from eval.held_out import held_out_questions
from eval.questions import load_questions
from eval.squad import SquadQuestion, SquadSet, join_contexts, load_squad, sample_questions
from eval.squad_command import BuiltSet, ask_set, build_set, measure_set, report_set
from index.encoder import SentenceEncoder

FLOORS = Path(__file__).with_name("floors.json")
DATA = Path("../shared/datasets")
_CONTEXTS = "xquadr_even.zh"
LANGUAGES = ("en", "es", "de", "ru", "ar", "vi", "hi", "th", "tr", "el")
# Paragraphs, then the question files asked of them.
_SETS: dict[str, tuple[str, ...]] = {
    "cmrc2018_trial": ("cmrc2018_trial",),
    "DRCD_dev": ("DRCD_dev",),
    _CONTEXTS: (_CONTEXTS, *(f"xquadr_even.{language}" for language in LANGUAGES)),
}
_SAMPLED: dict[str, tuple[str, ...]] = {_CONTEXTS: (_CONTEXTS, "xquadr_even.en")}
_SAMPLE = 60
_ARTICLE, _ARTICLES = "article", "articles"
# Another processor rounds otherwise, and then a question or two of a few hundred fall the other way.
_NOISE, _NOISE_OF_FEW = 0.005, 0.03


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command and its options."""
    parser = commands.add_parser("floors", help="measure everything that has a floor and check it")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets (default: %(default)s)")
    parser.add_argument("--sample", action="store_true", help="the article and a sample of XQuAD: under two minutes")
    parser.add_argument("--update", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--allow-lower", action="store_true", help="with --update: lower floors as well")
    parser.add_argument("--output", type=Path, help="write the figures about the article as JSON to this file")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    measured = dict(_measure_all(arguments))
    floors = load_floors(FLOORS) if FLOORS.exists() else Floors()
    if arguments.update:
        for name, measurement in measured.items():
            noise = _NOISE_OF_FEW if name in (_ARTICLE, _ARTICLES) or measurement.sample else _NOISE
            floors = raise_floors(floors, {name: measurement}, noise=noise, allow_lower=arguments.allow_lower)
        write_floors(FLOORS, floors)
        print(f"floors written to {FLOORS.name}")
        return 0
    violations = check_floors(measured, floors)
    for violation in violations:
        print(f"floor undercut: {violation}")
    if not violations:
        print(f"all floors hold ({len(measured)} of {len(floors.sets)} sets measured)")
    return 1 if violations else 0


def _measure_all(arguments: argparse.Namespace) -> Iterator[tuple[str, Measurement]]:
    graded = grade_all(QuestionAnswerer.open(model=arguments.model, reader=arguments.reader), load_questions(QUESTIONS))
    print(report_article(graded))
    if arguments.output:
        write_article(graded, arguments.output)
    yield _ARTICLE, measure_article(graded, QUESTIONS)
    if not arguments.sample:
        found = grade_articles(ARTICLES, arguments.model, arguments.reader)
        print("\n" + report_articles(found))
        yield _ARTICLES, measure_articles(found, ARTICLES)
    encoder = SentenceEncoder.load(arguments.model)
    sample = _SAMPLE if arguments.sample else None
    for contexts_name, names in (_SAMPLED if arguments.sample else _SETS).items():
        path = arguments.data / f"{contexts_name}.json"
        if not path.is_file():
            print(f"\n{contexts_name}: skipped, {path} is not there")
            continue
        contexts = load_squad(path)
        built = build_set(contexts, encoder)
        for name in names:
            squad = contexts if name == contexts_name else join_contexts(_load(arguments.data, name), contexts)
            if not arguments.sample:
                yield squad.name, _measure(built, squad, squad.questions, "sentence", None)
            chosen = sample_questions(held_out_questions(squad), sample)
            label = f"held out, {sample} questions" if sample else "held out"
            yield f"{squad.name} ({label})", _measure(built, squad, chosen, arguments.reader, sample)


def _load(data: Path, name: str) -> SquadSet:
    return load_squad(data / f"{name}.json")


def _measure(
    built: BuiltSet, squad: SquadSet, questions: Sequence[SquadQuestion], reader: str, sample: int | None
) -> Measurement:
    """The questions' figures, printed as well; the sentence reader shows retrieval as it is, before any reading."""
    asked = ask_set(built, squad, questions, reader, abstain=False)
    print("\n" + report_set(squad, built, asked))
    return measure_set(squad, asked, sample)

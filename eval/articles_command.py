"""`python -m eval articles`: articles of other kinds than the first, each with its questions."""

import argparse
import hashlib
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from answer.answerer import QuestionAnswerer
from eval.article_command import failures, figures_with_floors, side_of
from eval.article_run import Graded, grade_all, overall, table
from eval.floors import Measurement
from eval.machine import machine_name
from eval.questions import load_questions
from eval.report import group_table, joined, value_rows
from ingest.errors import YinjuError

ARTICLES = Path(__file__).with_name("articles")
_QUESTIONS = ".questions.jsonl"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command and its options."""
    parser = commands.add_parser("articles", help="ask the questions about six articles of other kinds")
    parser.add_argument(
        "--folder",
        type=Path,
        default=ARTICLES,
        help=f"articles, each with a {_QUESTIONS} file of the same name (default: %(default)s)",
    )
    parser.add_argument("--failures", action="store_true", help="list the questions that were answered wrongly")
    parser.set_defaults(run=_run)


def grade_articles(folder: Path, model: str | None, reader: str) -> dict[str, tuple[Graded, ...]]:
    """Every article of `folder` that has questions, by name, asked them alone; raises YinjuError if there is none."""
    found: dict[str, tuple[Graded, ...]] = {}
    for name, (article, questions) in articles_with_questions(folder).items():
        with tempfile.TemporaryDirectory() as index:
            answerer = QuestionAnswerer.open(Path(index) / "index", article, model, reader, notice=lambda _: None)
            found[name] = grade_all(answerer, load_questions(questions))
    return found


def articles_with_questions(folder: Path) -> dict[str, tuple[Path, Path]]:
    """The file of every article of `folder` that has questions, and the file of those, by name.

    Raises YinjuError if there is none, or questions have no article.
    """
    found: dict[str, tuple[Path, Path]] = {}
    for questions in sorted(folder.glob(f"*{_QUESTIONS}")):
        name = questions.name.removesuffix(_QUESTIONS)
        article = next((file for file in sorted(folder.glob(f"{name}.*")) if file != questions), None)
        if article is None:
            raise YinjuError(f"{questions} has no article beside it: put {name}.txt or {name}.md there")
        found[name] = article, questions
    if not found:
        raise YinjuError(f"{folder} holds no {_QUESTIONS} file: give a folder of articles with questions")
    return found


def report_articles(found: dict[str, tuple[Graded, ...]]) -> str:
    """The tables by article, answerable questions and others apart, and abstention, as text."""
    graded = [item for items in found.values() for item in items]
    article_of = {item.question.id: name for name, items in found.items() for item in items}
    parts = [f"machine: {machine_name()}"]
    for title, chosen in (
        ("answerable", [item for item in graded if item.question.answerable]),
        ("unanswerable", [item for item in graded if not item.question.answerable]),
    ):
        counts = Counter(article_of[item.question.id] for item in chosen)
        parts.append(group_table(title, table(chosen, lambda question: article_of[question.id]), counts))
    parts.append(group_table("all", table(graded, side_of), Counter(side_of(item.question) for item in graded)))
    return joined([*parts, value_rows("all questions", overall(graded))])


def measure_articles(found: dict[str, tuple[Graded, ...]], folder: Path) -> Measurement:
    """The figures that floors are set for, over all articles."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.glob(f"*{_QUESTIONS}")))).hexdigest()
    return Measurement(digest, None, figures_with_floors(_all_of(found)))


def _run(arguments: argparse.Namespace) -> int:
    found = grade_articles(arguments.folder, arguments.model, arguments.reader)
    print(report_articles(found))
    if arguments.failures:
        print(failures(_all_of(found)))
    return 0


def _all_of(found: dict[str, tuple[Graded, ...]]) -> Sequence[Graded]:
    return [item for items in found.values() for item in items]

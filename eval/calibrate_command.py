"""`python -m eval calibrate`: fits the confidence to public sets, with and without the paragraph that answers."""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from tqdm import tqdm

from answer.answerer import Examined, QuestionAnswerer
from answer.confidence import CALIBRATION_FILE, Calibration, features_of
from eval.ablation_command import RememberingEncoder
from eval.confidence_metrics import auroc, expected_calibration_error
from eval.floors_command import DATA, LANGUAGES
from eval.squad import SquadQuestion, SquadSet, join_contexts, load_squad, sample_questions
from eval.squad_command import build_set
from index.encoder import SentenceEncoder
from index.passage_index import SectionPlace
from ingest.document import Span

_SETS: dict[str, tuple[str, ...]] = {
    "cmrc2018_trial": ("cmrc2018_trial",),
    "xquadr_even.zh": ("xquadr_even.zh", *(f"xquadr_even.{language}" for language in LANGUAGES)),
}
# The share of right answers that may be lost to abstaining; what it lets through is in the command's output.
_LOST_ANSWERS = 0.05


@dataclass(frozen=True, slots=True)
class Example:
    """What was found for a question, and whether it was right."""

    examined: Examined
    right: bool


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command and its options."""
    parser = commands.add_parser("calibrate", help="fit the confidence and write answer/calibration.json")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets (default: %(default)s)")
    parser.add_argument("--limit", type=int, default=400, help="questions a set (default: %(default)s)")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    encoder = RememberingEncoder(SentenceEncoder.load(arguments.model))
    examples: list[Example] = []
    for contexts_name, names in _SETS.items():
        contexts = load_squad(arguments.data / f"{contexts_name}.json")
        answerer = QuestionAnswerer.from_index(build_set(contexts, encoder).index)
        for name in names:
            squad = contexts
            if name != contexts_name:
                squad = join_contexts(load_squad(arguments.data / f"{name}.json"), contexts)
            share = arguments.limit if name == contexts_name else arguments.limit // len(names)
            examples += _examples(answerer, squad, sample_questions(squad.questions, share))
    calibration = _fit(examples)
    CALIBRATION_FILE.write_text(json.dumps(asdict(calibration), indent=1) + "\n", encoding="utf-8")
    _report(calibration, examples)
    return 0


def _examples(answerer: QuestionAnswerer, squad: SquadSet, questions: Sequence[SquadQuestion]) -> Iterator[Example]:
    """Each question asked of its article, once as it is and once without the paragraphs that answer it."""
    articles: dict[str, list[int]] = defaultdict(list)
    for paragraph in squad.paragraphs:
        articles[paragraph.title].append(paragraph.number)
    everything = [paragraph.number for paragraph in squad.paragraphs]
    for question in tqdm(questions, desc=squad.name, file=sys.stderr, leave=False):
        gold = squad.relevant_paragraphs(question)
        article = articles[squad.paragraphs[question.paragraph].title]
        for numbers in (article, everything):
            yield from _example(answerer, question, numbers)
            yield from _example(answerer, question, [number for number in numbers if number not in gold])


def _example(answerer: QuestionAnswerer, question: SquadQuestion, numbers: Sequence[int]) -> Iterator[Example]:
    places: set[SectionPlace] = {(str(number), "s1") for number in numbers}
    if places and (examined := answerer.examine(question.question, places)):
        yield Example(examined, _is_right(question, examined))


def _is_right(question: SquadQuestion, examined: Examined) -> bool:
    start = question.answer_starts[0]
    gold = Span(start, start + len(question.answers[0]))
    chunk = examined.best.passage.chunk
    return chunk.document_id == str(question.paragraph) and examined.best.span.overlaps(gold)


def _fit(examples: Sequence[Example]) -> Calibration:
    names = list(features_of(examples[0].examined.evidence))
    inputs = np.array([list(features_of(example.examined.evidence).values()) for example in examples])
    right = np.array([example.right for example in examples])
    scaler = StandardScaler().fit(inputs)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(scaler.transform(inputs), right)
    weights = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - weights @ scaler.mean_)
    fitted = Calibration(intercept, {name: float(weight) for name, weight in zip(names, weights, strict=True)}, 0.0)
    confidences = [fitted.confidence(example.examined.evidence) for example in examples if example.right]
    return Calibration(fitted.intercept, fitted.weights, round(float(np.quantile(confidences, _LOST_ANSWERS)), 4))


def _report(calibration: Calibration, examples: Sequence[Example]) -> None:
    confidences = [calibration.confidence(example.examined.evidence) for example in examples]
    right = [example.right for example in examples]
    passed = [value >= calibration.threshold for value in confidences]
    wrong = [ok for ok, true in zip(passed, right, strict=True) if not true]
    print(f"examples           {len(examples)}, right {np.mean(right):.3f}")
    print(f"AUROC              {auroc(confidences, right):.3f}")
    print(f"calibration error  {expected_calibration_error(confidences, right):.3f}")
    print(f"threshold          {calibration.threshold}, lets {np.mean(wrong):.3f} of the wrong candidates through")

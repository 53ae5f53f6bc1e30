"""`python -m eval calibrate`: fits the confidence to question sets, with and without the paragraph that answers."""

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from tqdm import tqdm

from answer.answerer import Examined, QuestionAnswerer
from answer.confidence import CALIBRATION_FILE, Calibration, features_of
from answer.reader import Reader, SentenceReader
from answer.readers import SPAN_CALIBRATION_FILE, span_reader
from eval.ablation_command import RememberingEncoder
from eval.confidence_metrics import auroc, expected_calibration_error
from eval.floors_command import DATA, LANGUAGES
from eval.held_out import held_out_questions
from eval.near_misses import shared_name, with_another_figure, with_another_name, with_neighbouring_name
from eval.squad import SquadQuestion, SquadSet, join_contexts, load_squad, sample_questions
from eval.squad_command import build_set
from eval.written import WRITTEN
from index.encoder import SentenceEncoder
from index.passage_index import SectionPlace
from ingest.document import Span
from ingest.sentences import sentence_spans

# Public sets of paragraphs with questions of their own, and sets of the same questions in other languages.
_SETS: dict[str, tuple[str, ...]] = {
    "cmrc2018_trial": (),
    "xquadr_even.zh": tuple(f"xquadr_even.{language}" for language in LANGUAGES),
}
# An answer that is less likely right than this is none. Chosen for what it refuses and gives up on the questions about
# the articles; what it lets through is in the command's output.
_LEAST_CONFIDENCE = 0.08
# The sentence reader cannot tell a near miss: the share of its right answers that may be lost to abstaining, where
# question and article share a language and where they do not.
_LOST_ANSWERS = 0.05
# Of the questions that people ask, the share that is answered: that of SQuAD 2.0's training set (Rajpurkar et al.,
# 2018). Every question here is asked more often without its answer than with it.
_ANSWERABLE = 2 / 3
_SEED = 0


@dataclass(frozen=True, slots=True)
class Example:
    """What was found for a question and whether it was right; `answerable` if anything found could have been.

    `crossing`: the question is in another language than the text.
    """

    examined: Examined
    answerable: bool
    right: bool
    crossing: bool


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command and its options."""
    parser = commands.add_parser("calibrate", help="fit the reader's confidence and write it beside the reader")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets (default: %(default)s)")
    parser.add_argument("--limit", type=int, default=400, help="questions a set (default: %(default)s)")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    encoder = RememberingEncoder(SentenceEncoder.load(arguments.model))
    sentence = arguments.reader == "sentence"
    reader: Reader = SentenceReader() if sentence else span_reader()
    file = CALIBRATION_FILE if sentence else SPAN_CALIBRATION_FILE
    examples: list[Example] = []
    for contexts, joined in _sets(arguments.data):
        index = build_set(contexts, encoder).index
        answerer = QuestionAnswerer(index, reader, Calibration(0.0, {}, 0.0))
        for squad in (contexts, *joined):
            share = arguments.limit // (len(joined) + 1 if squad is not contexts else 1)
            # What the trained reader has learned from would make it look surer than it is.
            examples += _examples(answerer, squad, sample_questions(held_out_questions(squad), share))
    calibration = _fit(examples)
    threshold = _quantile_threshold(calibration, examples) if sentence else _LEAST_CONFIDENCE
    calibration = replace(calibration, threshold=threshold)
    file.write_text(json.dumps(asdict(calibration), indent=1) + "\n", encoding="utf-8")
    _report(calibration, examples)
    return 0


def _sets(data: Path) -> Iterator[tuple[SquadSet, tuple[SquadSet, ...]]]:
    """Sets of paragraphs with their own questions, each with the questions of parallel sets joined to them."""
    for name, names in _SETS.items():
        contexts = load_squad(data / f"{name}.json")
        yield contexts, tuple(join_contexts(load_squad(data / f"{other}.json"), contexts) for other in names)
    for path in sorted(WRITTEN.glob("*.json")):
        yield load_squad(path), ()


def _examples(answerer: QuestionAnswerer, squad: SquadSet, questions: Sequence[SquadQuestion]) -> Iterator[Example]:
    """Each question asked of its article and of the whole set, with and without the paragraphs that answer it.

    A near miss of it, if one can be made, is asked of its article as well: nothing answers that.
    """
    articles: dict[str, list[int]] = defaultdict(list)
    for paragraph in squad.paragraphs:
        articles[paragraph.title].append(paragraph.number)
    everything = [paragraph.number for paragraph in squad.paragraphs]
    rng = random.Random(_SEED)
    names: dict[int, list[str]] = defaultdict(list)
    for question in squad.questions:
        names[question.paragraph] += filter(None, [shared_name(question.question, _text(squad, question))])
    for question in tqdm(questions, desc=squad.name, file=sys.stderr, leave=False):
        gold = squad.relevant_paragraphs(question)
        crossing = squad.question_language != squad.language
        article = articles[squad.paragraphs[question.paragraph].title]
        if not gold:
            yield from _unanswered(answerer, question.question, (article, everything), crossing)
            continue
        for numbers in (article, everything):
            if examined := _examined(answerer, question.question, numbers):
                yield Example(examined, True, _is_right(question, examined), crossing)
            if examined := _examined(answerer, question.question, [number for number in numbers if number not in gold]):
                yield Example(examined, False, False, crossing)
        for near_miss in _near_misses(question, squad, names, rng):
            if examined := _examined(answerer, near_miss, article):
                yield Example(examined, False, False, crossing)


def _unanswered(
    answerer: QuestionAnswerer, question: str, places: Sequence[Sequence[int]], crossing: bool
) -> Iterator[Example]:
    """A question that nothing answers, asked of each of `places`."""
    for numbers in places:
        if examined := _examined(answerer, question, numbers):
            yield Example(examined, False, False, crossing)


def _near_misses(
    question: SquadQuestion, squad: SquadSet, names: Mapping[int, Sequence[str]], rng: random.Random
) -> list[str]:
    """The question about another figure or name, and about another thing that its own paragraph speaks of."""
    asked, text = question.question, _text(squad, question)
    name = shared_name(asked, text)
    everywhere = [other for found in names.values() for other in found]
    elsewhere = with_another_figure(asked, text, rng) or with_another_name(asked, name, everywhere, text, rng)
    gold = _gold(question)
    evidence = " ".join(span.of(text) for span in sentence_spans(text) if span.overlaps(gold))
    beside = with_neighbouring_name(asked, name, names[question.paragraph], text, evidence, rng)
    return [near_miss for near_miss in (elsewhere, beside) if near_miss]


def _text(squad: SquadSet, question: SquadQuestion) -> str:
    return squad.paragraphs[question.paragraph].text


def _examined(answerer: QuestionAnswerer, question: str, numbers: Sequence[int]) -> Examined | None:
    places: set[SectionPlace] = {(str(number), "s1") for number in numbers}
    return answerer.examine(question, places) if places else None


def _is_right(question: SquadQuestion, examined: Examined) -> bool:
    chunk = examined.best.passage.chunk
    return chunk.document_id == str(question.paragraph) and examined.best.span.overlaps(_gold(question))


def _gold(question: SquadQuestion) -> Span:
    start = question.answer_starts[0]
    return Span(start, start + len(question.answers[0]))


def _fit(examples: Sequence[Example]) -> Calibration:
    names = list(features_of(examples[0].examined.evidence))
    inputs = np.array([list(features_of(example.examined.evidence).values()) for example in examples])
    right = np.array([example.right for example in examples])
    scaler = StandardScaler().fit(inputs)
    answerable = np.array([example.answerable for example in examples])
    shares = np.where(answerable, _ANSWERABLE / answerable.mean(), (1 - _ANSWERABLE) / (1 - answerable.mean()))
    model = LogisticRegression(C=1.0, max_iter=1000).fit(scaler.transform(inputs), right, shares)
    weights = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - weights @ scaler.mean_)
    return Calibration(intercept, {name: float(weight) for name, weight in zip(names, weights, strict=True)}, 0.0)


def _quantile_threshold(fitted: Calibration, examples: Sequence[Example]) -> float:
    confidences: dict[bool, list[float]] = defaultdict(list)
    for example in examples:
        if example.right:
            confidences[example.crossing].append(fitted.confidence(example.examined.evidence))
    return round(min(float(np.quantile(group, _LOST_ANSWERS)) for group in confidences.values()), 4)


def _report(calibration: Calibration, examples: Sequence[Example]) -> None:
    confidences = [calibration.confidence(example.examined.evidence) for example in examples]
    right = [example.right for example in examples]
    passed = [value >= calibration.threshold for value in confidences]
    wrong = [ok for ok, true in zip(passed, right, strict=True) if not true]
    print(f"examples           {len(examples)}, right {np.mean(right):.3f}")
    print(f"AUROC              {auroc(confidences, right):.3f}")
    print(f"calibration error  {expected_calibration_error(confidences, right):.3f}")
    kept = [ok for ok, true in zip(passed, right, strict=True) if true]
    print(
        f"threshold          {calibration.threshold}, gives up {1 - np.mean(kept):.3f} of the right candidates, "
        f"lets {np.mean(wrong):.3f} of the wrong ones through"
    )

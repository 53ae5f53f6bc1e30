"""`python -m eval calibrate`: fits the confidence to question sets, with and without the paragraph that answers."""

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from answer.answerer import Examined, QuestionAnswerer
from answer.confidence import CALIBRATION_FILE, Calibration
from answer.reader import Reader, SentenceReader
from answer.readers import SPAN_CALIBRATION_FILE, span_reader
from eval.ablation_command import RememberingEncoder
from eval.article_command import QUESTIONS
from eval.article_run import grade_all
from eval.articles_command import ARTICLES, articles_with_questions
from eval.calibration_fit import Asked, Example, fitted_to, quantile_threshold, scaled_to
from eval.confidence_metrics import auroc, expected_calibration_error
from eval.floors_command import DATA, LANGUAGES
from eval.held_out import held_out_questions
from eval.near_misses import shared_name, with_another_figure, with_another_name, with_neighbouring_name
from eval.questions import load_questions
from eval.squad import SquadQuestion, SquadSet, join_contexts, load_squad, sample_questions
from eval.squad_command import build_set
from eval.written import WRITTEN
from index.encoder import Encoder, SentenceEncoder
from index.opening import DEFAULT_ARTICLES
from index.passage_index import PassageIndex, SectionPlace
from ingest.document import Span
from ingest.loaders import load_documents
from ingest.sentences import sentence_spans

# Public sets of paragraphs with questions of their own, and sets of the same questions in other languages.
_SETS: dict[str, tuple[str, ...]] = {
    "cmrc2018_trial": (),
    "xquadr_even.zh": tuple(f"xquadr_even.{language}" for language in LANGUAGES),
}
# An answer that is less likely right than this is none. Chosen for what it refuses and gives up on the questions about
# the articles; what it lets through is in the command's output.
_LEAST_CONFIDENCE = 0.35
_SEED = 0


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command and its options."""
    parser = commands.add_parser("calibrate", help="fit the reader's confidence and write it beside the reader")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets (default: %(default)s)")
    parser.add_argument("--limit", type=int, default=400, help="questions a set (default: %(default)s)")
    parser.add_argument(
        "--scale-only", action="store_true", help="keep the weights of the features, fit the scale alone"
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    encoder = RememberingEncoder(SentenceEncoder.load(arguments.model))
    sentence = arguments.reader == "sentence"
    reader: Reader = SentenceReader() if sentence else span_reader()
    file = CALIBRATION_FILE if sentence else SPAN_CALIBRATION_FILE
    examples = [] if arguments.scale_only else _all_examples(arguments.data, arguments.limit, encoder, reader)
    before = Calibration.load(file) if arguments.scale_only else None
    fitted = before or fitted_to(examples)
    calibration = scaled_to(fitted, _asked_of_articles(encoder, reader, fitted))
    threshold = quantile_threshold(calibration, examples) if sentence and examples else _LEAST_CONFIDENCE
    calibration = replace(calibration, threshold=threshold)
    file.write_text(json.dumps(asdict(calibration), indent=1) + "\n", encoding="utf-8")
    if examples:
        _report(calibration, examples)
    return 0


def _all_examples(data: Path, limit: int, encoder: RememberingEncoder, reader: Reader) -> list[Example]:
    examples: list[Example] = []
    for contexts, joined in _sets(data):
        index = build_set(contexts, encoder).index
        answerer = QuestionAnswerer(index, reader, Calibration(0.0, {}, 0.0))
        for squad in (contexts, *joined):
            share = limit // (len(joined) + 1 if squad is not contexts else 1)
            # What the trained reader has learned from would make it look surer than it is.
            examples += _examples(answerer, squad, sample_questions(held_out_questions(squad), share))
    return examples


def _sets(data: Path) -> Iterator[tuple[SquadSet, tuple[SquadSet, ...]]]:
    """Sets of paragraphs with their own questions, each with the questions of parallel sets joined to them."""
    for name, names in _SETS.items():
        contexts = load_squad(data / f"{name}.json")
        yield contexts, tuple(join_contexts(load_squad(data / f"{other}.json"), contexts) for other in names)
    for path in sorted(WRITTEN.rglob("*.json")):
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


def _asked_of_articles(encoder: Encoder, reader: Reader, fitted: Calibration) -> Iterator[Asked]:
    """Every question about the articles, always answered."""
    places = [(DEFAULT_ARTICLES, QUESTIONS), *articles_with_questions(ARTICLES).values()]
    for article, questions in tqdm(places, desc="articles", file=sys.stderr, leave=False):
        index = PassageIndex.from_documents(load_documents(article), encoder)
        answerer = QuestionAnswerer(index, reader, replace(fitted, threshold=0.0))
        for item in grade_all(answerer, load_questions(questions)):
            # What is composed for a whole article or section is certain, not judged by its evidence.
            if 0 < item.answer.confidence < 1:
                answerable = item.question.answerable
                yield Asked(item.answer.confidence, answerable, answerable and item.correct)


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

"""What the reader learns from: questions on texts, with the span that answers or without any."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.held_out import held_out_paragraphs
from eval.near_misses import shared_name
from eval.squad import SquadQuestion, SquadSet, join_contexts, load_squad
from index.folding import simplified
from index.lexical import tokenize
from ingest.document import Span
from ingest.errors import YinjuError
from ingest.sentences import sentence_spans
from train.gloss import glossed
from train.rivals import rival_paragraphs

# A set is repeated at most so often, and not beyond so many questions: sets differ in how much of a sentence their
# answers take, and one of 700 questions among 15,000 would not be heard.
_REPEATS, _REPEATED_UP_TO = 4, 3000


@dataclass(frozen=True, slots=True)
class Example:
    """A question on a text; `answer` is a span of `text`, None where the text does not answer.

    `golds` are all right answers as strings, `group` the data set, questions before texts; `language` and
    `question_language` are two-letter codes. `name` is what the question shares with the text in its own language,
    empty if nothing. `rivals` are texts that a retriever finds for the question and that do not answer it, best first.
    `lure` is the span that would answer a question much like this one, or that is nearest to a question which the text
    does not answer; None where nothing is known to be.
    """

    id: str
    group: str
    language: str
    question_language: str
    question: str
    text: str
    answer: Span | None
    golds: tuple[str, ...] = ()
    name: str = ""
    rivals: tuple[str, ...] = ()
    lure: Span | None = None


def load_sets(folder: Path) -> tuple[SquadSet, ...]:
    """Every SQuAD-format file in a folder or below it, by name; raises YinjuError if there is none, or a broken one."""
    paths = sorted(folder.rglob("*.json"))
    if not paths:
        raise YinjuError(f"{folder} holds no .json file: give a folder of SQuAD-format question sets with --data")
    return tuple(load_squad(path) for path in paths)


def sample_examples(examples: Sequence[Example], share: float, seed: int) -> tuple[Example, ...]:
    """`share` of the examples, from 0 to 1, drawn at random and in their order."""
    drawn = random.Random(seed).sample(range(len(examples)), round(share * len(examples)))
    return tuple(examples[place] for place in sorted(drawn))


def training_examples(sets: Sequence[SquadSet], seed: int, times: int | None = None) -> tuple[Example, ...]:
    """What the sets give to learn from: each question on its own text, parallel sets also on texts of other languages.

    Paragraphs held out are left out, also as texts that do not answer. Of parallel sets the questions of every language
    are asked of the Chinese texts, if there are such; every fourth one is also asked of the texts in its own language,
    another fourth of those in one drawn at random. A set by itself comes so many `times`; by default several times if
    it is small, so that its kind of answer counts: see `_REPEATED_UP_TO`. Of the Chinese questions on Chinese texts
    every third comes once more in simplified characters, if it was in traditional ones, and every fourth word by word
    in English.
    """
    rng = random.Random(seed)
    examples: list[Example] = []
    for own in sets:
        held_out = held_out_paragraphs(own)
        rivals = rival_paragraphs(own, held_out)
        for squad in _with_partners(own, sets, rng):
            learned = [question for question in squad.questions if question.paragraph not in held_out]
            alone = times or max(1, min(_REPEATS, _REPEATED_UP_TO // max(1, len(learned))))
            repeated = learned * (1 if _parallel_to(own, sets) else alone)
            examples += (_example(question, squad, own, rivals) for question in repeated)
    chinese = [example for example in examples if example.question_language == example.language == "zh"]
    examples += map(_in_simplified, chinese[::3])
    examples += map(_in_english, chinese[1::4])
    return tuple(examples)


def _with_partners(own: SquadSet, sets: Sequence[SquadSet], rng: random.Random) -> Iterator[SquadSet]:
    """The set itself and, if it is one of several parallel ones, its questions joined with the texts of others."""
    partners = _parallel_to(own, sets)
    yield own if own.language == "zh" or not partners else replace(own, questions=own.questions[1::4])
    for other in partners:
        if other.language == "zh":
            yield join_contexts(own, other)
    rest = [other for other in partners if other.language != "zh"]
    if rest:
        joined = join_contexts(own, rng.choice(rest))
        yield replace(joined, questions=joined.questions[::4])


def _parallel_to(own: SquadSet, sets: Sequence[SquadSet]) -> list[SquadSet]:
    return [other for other in sets if other is not own and _is_parallel(own, other)]


def _is_parallel(one: SquadSet, other: SquadSet) -> bool:
    ids = {question.id for question in one.questions}
    return len(one.paragraphs) == len(other.paragraphs) and any(question.id in ids for question in other.questions)


def _example(question: SquadQuestion, squad: SquadSet, own: SquadSet, rivals: Mapping[str, tuple[int, ...]]) -> Example:
    texts = [squad.paragraphs[number].text for number in rivals[question.id]]
    text = squad.paragraphs[question.paragraph].text
    return Example(
        id=question.id,
        group=squad.name,
        language=squad.language,
        question_language=squad.question_language,
        question=question.question,
        text=text,
        answer=_span(question),
        golds=question.answers,
        name=shared_name(question.question, own.paragraphs[question.paragraph].text),
        rivals=tuple(text for text in texts if not any(gold in text for gold in question.answers)),
        lure=None if question.answers else _nearest_sentence(question.question, text),
    )


def _nearest_sentence(question: str, text: str) -> Span | None:
    """The sentence that shares most terms with the question, the first of several as near."""
    terms = set(tokenize(question))
    return max(sentence_spans(text), key=lambda span: len(terms.intersection(tokenize(span.of(text)))), default=None)


def _span(question: SquadQuestion) -> Span | None:
    """The commonest of the gold answers, the first of several as common."""
    if not question.answers:
        return None
    places = list(zip(question.answer_starts, question.answers, strict=True))
    start, answer = max(places, key=places.count)
    return Span(start, start + len(answer))


def _in_simplified(example: Example) -> Example:
    """The example in simplified characters, every offset as it was."""
    return replace(
        example,
        question=simplified(example.question),
        text=simplified(example.text),
        golds=tuple(map(simplified, example.golds)),
        name=simplified(example.name),
        rivals=tuple(map(simplified, example.rivals)),
    )


def _in_english(example: Example) -> Example:
    """The example with its question in English words; what it is about is then no longer found in the text."""
    return replace(example, question=glossed(example.question), question_language="en", name="")


def by_group(examples: Iterable[Example]) -> dict[str, list[Example]]:
    """The examples by group, groups in order of appearance."""
    groups: dict[str, list[Example]] = {}
    for example in examples:
        groups.setdefault(example.group, []).append(example)
    return groups

"""Question sets in SQuAD's format: paragraphs, questions about them, and gold answers that stand in the paragraphs.

The format is SQuAD 1.1's (`data[].paragraphs[].qas[]`) with two additions: questions without an answer as in SQuAD 2.0
(`is_impossible`, or no `answers`), and `sentence_breaks` of a paragraph as in XQuAD-R (Roy et al., 2020).
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.json_field import JsonField, read_json
from eval.language import language_of
from ingest.document import Span
from ingest.errors import YinjuError


@dataclass(frozen=True, slots=True)
class SquadParagraph:
    """One context; `number` counts from 0 in file order, `sentences` are spans of `text`, empty if not given."""

    number: int
    title: str
    text: str
    sentences: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question on the paragraph of number `paragraph`; `answers` is empty if that does not answer it.

    `answers[i]` stands at character `answer_starts[i]` of the paragraph's text, always. Repeated answers are kept.
    """

    id: str
    question: str
    paragraph: int
    answers: tuple[str, ...]
    answer_starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SquadSet:
    """A file of questions, or the questions of one file joined with the paragraphs of another.

    `language` is that of the paragraphs and so of the answers. `sha256` is the hex digest of the file's bytes; of a
    joined set, the digest of both files' digests. `duplicates` groups the paragraphs whose texts are identical.
    `misplaced` counts answers whose `answer_start` was wrong in the file and was moved to the nearest place where the
    answer stands; `left_out` the questions that cannot be asked: blank ones, and in a joined set those without a
    partner.
    """

    name: str
    language: str
    question_language: str
    sha256: str
    paragraphs: tuple[SquadParagraph, ...]
    questions: tuple[SquadQuestion, ...]
    duplicates: tuple[frozenset[int], ...] = ()
    misplaced: int = 0
    left_out: int = 0

    def relevant_paragraphs(self, question: SquadQuestion) -> frozenset[int]:
        """The numbers of the question's paragraph and of every one with identical text; empty if unanswerable."""
        if not question.answers:
            return frozenset()
        alone = frozenset({question.paragraph})
        return next((group for group in self.duplicates if question.paragraph in group), alone)


def load_squad(path: Path) -> SquadSet:
    """The question set in a SQuAD-format file; YinjuError, naming file and place, where it is not one."""
    file = read_json(path, "SQuAD")
    contents = _Contents()
    for article in file.root.member("data").elements():
        member = article.optional("title")
        title = member.string() if member else ""
        for paragraph in article.member("paragraphs").elements():
            contents.add_paragraph(paragraph, title)
    if not contents.questions:
        raise YinjuError(
            f"{path}: there is no question in it; give a file with questions under data[].paragraphs[].qas."
        )
    hint = _language_hint(path)
    return SquadSet(
        name=path.stem,
        language=language_of("\n".join(paragraph.text for paragraph in contents.paragraphs), hint),
        question_language=language_of("\n".join(question.question for question in contents.questions), hint),
        sha256=file.sha256,
        paragraphs=tuple(contents.paragraphs),
        questions=tuple(contents.questions),
        duplicates=_identical(contents.paragraphs),
        misplaced=contents.misplaced,
        left_out=contents.left_out,
    )


def join_contexts(questions: SquadSet, contexts: SquadSet) -> SquadSet:
    """The questions of one set on the paragraphs of another, with that one's answers, matched by question id.

    Questions keep their set's order; those without a partner are left out. Raises YinjuError if none has one.
    """
    partners = {question.id: question for question in contexts.questions}
    joined = tuple(
        replace(partners[question.id], question=question.question)
        for question in questions.questions
        if question.id in partners
    )
    if not joined:
        raise YinjuError(
            f"{questions.name} and {contexts.name} share no question id; give two files of one parallel data set."
        )
    return replace(
        contexts,
        name=f"{questions.name}+{contexts.name}",
        question_language=questions.question_language,
        sha256=hashlib.sha256(f"{questions.sha256} {contexts.sha256}".encode()).hexdigest(),
        questions=joined,
        left_out=questions.left_out + len(questions.questions) - len(joined),
    )


def sample_questions(questions: Sequence[SquadQuestion], limit: int | None, seed: int = 0) -> tuple[SquadQuestion, ...]:
    """At most `limit` of the questions, in their own order; all for None. Raises YinjuError for a limit below 1.

    A question is chosen by the hash of its id, so a larger sample holds the smaller one, and sets in several languages
    with the same ids give the same questions.
    """
    if limit is None:
        return tuple(questions)
    if limit < 1:
        raise YinjuError(f"a sample has at least 1 question, not {limit}; give a larger number.")
    drawn = sorted(questions, key=lambda question: hashlib.sha256(f"{seed} {question.id}".encode()).digest())[:limit]
    chosen = {question.id for question in drawn}
    return tuple(question for question in questions if question.id in chosen)


def _language_hint(path: Path) -> str:
    """The "de" of "xquad.de.json"; empty if the name has none."""
    hint = path.with_suffix("").suffix[1:].lower()
    return hint if len(hint) == 2 and hint.isalpha() else ""


class _Contents:
    """What has been read of a file so far."""

    def __init__(self) -> None:
        self.paragraphs: list[SquadParagraph] = []
        self.questions: list[SquadQuestion] = []
        self.misplaced = 0
        self.left_out = 0
        self._place_of_id: dict[str, str] = {}

    def add_paragraph(self, field: JsonField, title: str) -> None:
        """Appends a paragraph and its questions."""
        text = field.member("context").string()
        if not text.strip():
            raise field.error("has a blank context; remove the paragraph")
        number = len(self.paragraphs)
        self.paragraphs.append(SquadParagraph(number, title, text, _sentences(field, text)))
        for question in field.member("qas").elements():
            self._add_question(question, self.paragraphs[-1])

    def _add_question(self, field: JsonField, paragraph: SquadParagraph) -> None:
        question_id = self._new_id(field)
        question = field.member("question").string().strip()
        answers, starts = [], []
        for answer in _answers(field):
            text, given, start = _answer(answer, paragraph.text)
            answers.append(text)
            starts.append(start)
            self.misplaced += start != given
        if question:
            self.questions.append(SquadQuestion(question_id, question, paragraph.number, tuple(answers), tuple(starts)))
        else:
            self.left_out += 1

    def _new_id(self, field: JsonField) -> str:
        """The question's id as a string (some sets number their questions), not used before."""
        member = field.member("id")
        own = str(member.integer()) if isinstance(member.value, int) else member.string()
        if own in self._place_of_id:
            raise field.error(f"has the id {own!r} of {self._place_of_id[own]}; give every question an id of its own")
        self._place_of_id[own] = field.place
        return own


def _sentences(field: JsonField, text: str) -> tuple[Span, ...]:
    """The paragraph's sentence breaks as spans: pairs of start and end, ascending, inside the text."""
    breaks = field.optional("sentence_breaks")
    spans: list[Span] = []
    for pair in breaks.elements() if breaks else ():
        ends = [end.integer() for end in pair.elements()]
        done = spans[-1].end if spans else 0
        if len(ends) != 2 or not done <= ends[0] < ends[1] <= len(text):
            raise pair.error(f"is no sentence: two offsets from {done} to {len(text)} were wanted, not {ends}")
        spans.append(Span(*ends))
    return tuple(spans)


def _answers(field: JsonField) -> Iterable[JsonField]:
    """The question's answers; none where it is marked impossible, which must then have none."""
    flag = field.optional("is_impossible")
    impossible = flag is not None and flag.boolean()
    if impossible and field.optional("answers") is None:
        return ()
    answers = field.member("answers").elements()
    if impossible and answers:
        raise field.error("is marked is_impossible and has answers; keep one of the two")
    return answers


def _answer(field: JsonField, context: str) -> tuple[str, int, int]:
    """An answer's text, the start that the file gives, and the nearest start at which it stands in the context."""
    text, given = field.member("text").string(), field.member("answer_start").integer()
    if not text.strip():
        raise field.error("has a blank text; an unanswerable question has an empty list of answers instead")
    if given >= 0 and context.startswith(text, given):
        return text, given, given
    starts = [start for start in range(len(context)) if context.startswith(text, start)]
    if not starts:
        raise field.error(f"has the text {text[:40]!r}, which is nowhere in its context; correct the text")
    return text, given, min(starts, key=lambda start: abs(start - given))


def _identical(paragraphs: Iterable[SquadParagraph]) -> tuple[frozenset[int], ...]:
    """The groups, of two and more, of paragraphs with identical text."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for paragraph in paragraphs:
        numbers[paragraph.text].append(paragraph.number)
    return tuple(frozenset(group) for group in numbers.values() if len(group) > 1)

"""The part of a question set that the reader never learns from: to choose by, and to report on."""

import hashlib

from eval.squad import SquadQuestion, SquadSet

# Enough to measure F1 within about four points either way; a small set keeps most of its questions for learning.
_QUESTIONS = 300
_SHARE = 0.3


def held_out_paragraphs(squad: SquadSet) -> frozenset[int]:
    """The numbers of the paragraphs held out: those with 300 questions, or with 0.3 of all if that is less.

    Drawn by the id of a paragraph's first question, so that parallel sets hold the same paragraphs out.
    """
    questions: dict[int, list[SquadQuestion]] = {}
    for question in squad.questions:
        questions.setdefault(question.paragraph, []).append(question)
    drawn = sorted(questions, key=lambda number: hashlib.sha256(questions[number][0].id.encode()).digest())
    most = min(_QUESTIONS, _SHARE * len(squad.questions))
    chosen: set[int] = set()
    count = 0
    for number in drawn:
        if count >= most:
            break
        chosen.add(number)
        count += len(questions[number])
    same = {other for group in squad.duplicates if group & chosen for other in group}
    return frozenset(chosen | same)


def held_out_questions(squad: SquadSet) -> tuple[SquadQuestion, ...]:
    """The questions on the paragraphs held out, in the set's order."""
    paragraphs = held_out_paragraphs(squad)
    return tuple(question for question in squad.questions if question.paragraph in paragraphs)

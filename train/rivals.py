"""Texts that a retriever takes for the answer to a question: the hardest texts to say no to."""

from itertools import islice

from eval.squad import SquadSet
from index.lexical import LexicalIndex

_RIVALS = 4


def rival_paragraphs(squad: SquadSet, excluded: frozenset[int]) -> dict[str, tuple[int, ...]]:
    """For every question's id the paragraphs, by number and best first, that BM25 ranks highest beside its own.

    Those in `excluded` are never among them.
    """
    index = LexicalIndex.from_texts([paragraph.text for paragraph in squad.paragraphs])
    rivals = {}
    for question in squad.questions:
        own = squad.relevant_paragraphs(question) | {question.paragraph} | excluded
        ranked = (-index.scores(question.question)).argsort(kind="stable").tolist()
        rivals[question.id] = tuple(islice((number for number in ranked if number not in own), _RIVALS))
    return rivals

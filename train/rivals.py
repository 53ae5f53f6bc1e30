"""Texts that a retriever takes for the answer to a question: the hardest texts to say no to."""

from eval.squad import SquadSet
from index.lexical import LexicalIndex

_RIVALS = 4


def rival_paragraphs(squad: SquadSet) -> dict[str, tuple[int, ...]]:
    """For every question's id the paragraphs, by number and best first, that BM25 ranks highest beside its own."""
    index = LexicalIndex.from_texts([paragraph.text for paragraph in squad.paragraphs])
    rivals = {}
    for question in squad.questions:
        ranked = (-index.scores(question.question)).argsort(kind="stable")[: _RIVALS + 4]
        own = squad.relevant_paragraphs(question) | {question.paragraph}
        rivals[question.id] = tuple(int(number) for number in ranked if int(number) not in own)[:_RIVALS]
    return rivals

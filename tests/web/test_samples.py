"""What the page suggests to ask is answered by the article that it is suggested for."""

from pathlib import Path

import pytest

from answer.answerer import QuestionAnswerer
from web.samples import follow_ups, sample_questions


@pytest.fixture(scope="module")
def answerer(options: tuple[str, ...], server: str) -> QuestionAnswerer:
    """Over the articles of the running server."""
    return QuestionAnswerer.open(index=Path(options[3]), articles=Path(options[1]))


def test_every_question_that_is_suggested_is_answered(answerer: QuestionAnswerer) -> None:
    """In both languages: the samples, and what is suggested after each of their answers, or after none."""
    suggested = list(sample_questions(answerer.documents.values()))
    asked: set[str] = set()
    while suggested:
        text = suggested.pop()
        for question in {text.zh, text.en} - asked:
            asked.add(question)
            answer = answerer.answer(question)
            assert not answer.abstained, question
            suggested += follow_ups(answer, answerer.documents, asked)
    nothing = answerer.answer("1998年世界杯足球赛的冠军是哪个国家？")
    assert nothing.abstained
    assert all(not answerer.answer(text.zh).abstained for text in follow_ups(nothing, answerer.documents, ()))
    assert len(asked) > len(answerer.documents["green-belt-and-road"].sections)

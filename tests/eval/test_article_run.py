"""Grading answers to the article's questions: what counts as right, and that the project's own floors are met."""

from pathlib import Path

import pytest

from answer import QuestionAnswerer
from eval.article_run import grade_all, overall, table
from eval.questions import Question, load_questions
from index import PassageIndex
from ingest import load_documents

PROJECT = Path(__file__).resolve().parents[2]
# Every other one, of every kind and language: half of the time.
QUESTIONS = load_questions(PROJECT / "eval" / "questions.jsonl")[::2]


@pytest.fixture(scope="module")
def answerer(encoder) -> QuestionAnswerer:
    return QuestionAnswerer.from_index(
        PassageIndex.from_documents(load_documents(PROJECT / "data" / "articles"), encoder)
    )


@pytest.fixture(scope="module")
def graded(answerer):
    return grade_all(answerer, QUESTIONS)


def side(question: Question) -> str:
    if not question.answerable:
        return "unanswerable"
    return "zh" if question.language == "zh" else "other"


def test_every_quote_of_every_answer_is_exact(graded) -> None:
    assert all(item.measures["quotes exact"] == 1 for item in graded)


def test_the_quoted_answer_holds_the_gold_answer_as_often_as_promised(graded) -> None:
    sides = table(graded, side)
    assert sides["zh"]["gold in answer"].mean >= 0.85
    assert sides["other"]["gold in answer"].mean >= 0.70


def test_the_right_section_is_cited_as_often_as_promised(graded) -> None:
    right = [item.measures["right section"] for item in graded if "right section" in item.measures]
    assert sum(right) / len(right) >= 0.88


def test_confidence_tells_answerable_questions_from_others_better_than_chance(graded) -> None:
    assert overall(graded)["AUROC answerable"] > 0.7


def test_a_figure_inside_a_longer_figure_is_not_the_gold_answer(answerer) -> None:
    question = Question("q", "清洁能源占绿色投资总额的多少？", "zh", "figure", answers=("0.39%",))
    assert not grade_all(answerer, [question])[0].correct


def test_an_unanswerable_question_is_right_only_if_the_answerer_abstains(answerer) -> None:
    question = Question("q", "雅万高铁预计减少多少碳排放？", "zh", "unanswerable")
    assert not grade_all(answerer, [question])[0].correct

"""Answers in the article's own words."""

from answer.answer import Answer, Citation
from answer.answerer import QuestionAnswerer
from answer.question import QuestionError

__all__ = ["Answer", "Citation", "QuestionAnswerer", "QuestionError"]

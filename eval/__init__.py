"""Measures answers: whole files of questions, public sets, floors."""

from eval.runs.frame import evaluate

__all__ = ["evaluate"]

"""Asks a file of questions and prints what to look at first: `python examples/evaluate.py [QUESTIONS]`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from answer import QuestionAnswerer
from eval import evaluate

questions = sys.argv[1] if len(sys.argv) > 1 else "eval/questions.jsonl"
frame = evaluate(QuestionAnswerer.open(), questions)
# A measure that applies to no question, as where no gold answers are given, has no column.
measures = [name for name in ("gold in answer", "F1", "confidence") if name in frame]
print(frame.groupby("language")[measures].mean().round(3))
print(frame.loc[frame["failure"] != "", ["question", "text", "failure"]].head(10).to_string())

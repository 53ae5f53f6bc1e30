"""How an answer is judged: by the gold answer's language, a list by all its items, what broke by nothing."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.runs.language_names import language_code
from eval.runs.outcome import outcome_of
from eval.runs.question_files import read_run_questions
from eval.runs.record import RunQuestion
from ingest import load_documents
from ingest.document import Document

ARTICLES = Path(__file__).resolve().parents[2] / "data" / "articles"


def article(text: str) -> dict[str, Document]:
    """An article of one text, with the id `d`."""
    return {"d": replace(load_documents(ARTICLES)[0], text=text)}


def answer(text: str, *quotes: str) -> dict[str, Any]:
    """An answer as JSON that quotes the given parts of the text."""
    spans = [(text.index(quote), text.index(quote) + len(quote)) for quote in quotes]
    citations = [
        {
            "document_id": "d", "span": {"start": start, "end": end}, "quote": text[start:end], "expert": "",
            "heading": "", "source_line": 1, "focus": None,
        }
        for start, end in spans
    ]  # fmt: skip
    said = "\n".join(quotes) or None
    return {"text": said, "kind": "span", "confidence": 0.9, "language": "", "citations": citations, "passages": []}


ERROR = {"id": "1", "question": "？", "error": {"code": "no_words", "message": "no words"}}
LIST = "出口甲、乙、丙。别的是丁。"


@pytest.mark.parametrize("language", ["", "zh", "en", "中文", "Chinese", "xx"])
def test_exactness_goes_by_the_gold_answer_whatever_the_question_s_language(language: str) -> None:
    text = "减少33万吨。"
    question = RunQuestion("1", "How much?", 1, ("33 万吨",), language=language)
    outcome = outcome_of(question, answer(text, "33万吨"), article(text), 1.0)
    assert (outcome.measures["EM"], outcome.measures["F1"]) == (1, 1)


def test_a_gold_answer_without_words_goes_by_the_article_s_language() -> None:
    """The point of 3.5 is part of a number by the Chinese definition alone."""
    for text, exact in (("增长了35，很多。", 0), ("It rose by 35, and that is a lot.", 1)):
        question = RunQuestion("1", "?", 1, ("3.5",))
        assert outcome_of(question, answer(text, "35"), article(text), 1.0).measures["EM"] == exact


def test_a_language_s_natural_names_are_one_group() -> None:
    codes = [language_code(name) for name in ("中文", "Chinese", "cn", "zh", "English", "zh-Hant", "tlh")]
    assert codes == ["zh", "zh", "zh", "zh", "en", "zh-Hant", "tlh"]
    text = "减少33万吨。"
    question = RunQuestion("1", "?", 1, language="中文")
    assert outcome_of(question, answer(text, text), article(text), 1.0).groups == {"language": "zh"}


@pytest.mark.parametrize("answers", [(), ("甲",)])
def test_a_list_is_right_only_when_it_is_complete(answers: tuple[str, ...]) -> None:
    question = RunQuestion("1", "?", 1, answers, items=("甲", "乙", "丙"))
    one, all_, none = (
        outcome_of(question, answer(LIST, quote), article(LIST), 1.0) for quote in ("甲", "甲、乙、丙", "别的是丁。")
    )
    assert [(one.correct, one.failure), (all_.correct, all_.failure)] == [(False, "incomplete list"), (True, "")]
    assert (none.correct, none.failure) == (False, "wrong passage")
    assert one.measures["F1"] < all_.measures["F1"] == all_.measures["EM"] == 1
    assert one.measures["citation recall"] == pytest.approx(1 / 3)
    assert all_.measures["answer length / gold"] == 1


def test_a_list_may_be_quoted_in_several_pieces() -> None:
    question = RunQuestion("1", "?", 1, items=("甲", "乙", "丙"))
    outcome = outcome_of(question, answer(LIST, "甲", "乙", "丙"), article(LIST), 1.0)
    assert (outcome.correct, outcome.measures["EM"]) == (True, 1)


def test_what_could_not_be_asked_counts_as_wrong_and_not_as_a_refusal() -> None:
    question = RunQuestion("1", "？", 1, ("甲",), expert="某人")
    outcome = outcome_of(question, ERROR, article(LIST), 0.0)
    assert (outcome.correct, outcome.failure, outcome.abstained) == (False, "error", False)
    assert outcome.measures == {"EM": 0, "F1": 0, "gold in answer": 0, "citation precision": 0, "right expert": 0}
    refused = outcome_of(RunQuestion("1", "？", 1, type="unanswerable"), ERROR, article(LIST), 0.0)
    assert (refused.correct, refused.abstained, dict(refused.measures)) == (False, False, {})


@pytest.mark.parametrize("name", ["evidence", "证据", "依據"])
def test_evidence_is_read_from_a_column(tmp_path: Path, name: str) -> None:
    path = tmp_path / "q.csv"
    path.write_text(f"question,{name}\n甲？,第一句话。|第二句话。\n", encoding="utf-8")
    assert [one.evidence for one in read_run_questions(path, print)] == [("第一句话。", "第二句话。")]


def test_citations_are_held_against_the_gold_evidence() -> None:
    """One of two quotes is evidence, one of three pieces is quoted; a refusal quotes nothing."""
    text = "第一句话。第二句话。第三句话。第四句话。"
    question = RunQuestion("1", "?", 1, evidence=("第一句话。", "第三句话。", "第四句话。"))
    outcome = outcome_of(question, answer(text, "第一句话", "第二句话。"), article(text), 1.0)
    assert outcome.correct is None
    assert outcome.measures["evidence precision"] == 0.5
    assert outcome.measures["evidence recall"] == pytest.approx(1 / 3)
    refused = outcome_of(question, answer(text), article(text), 1.0)
    assert (refused.measures["evidence precision"], refused.measures["evidence recall"]) == (0, 0)


def test_a_quote_that_is_not_the_article_s_text_is_wrong_whatever_it_holds() -> None:
    said = answer(LIST, "甲、乙、丙")
    outcome = outcome_of(RunQuestion("1", "?", 1, ("甲",)), said, article(LIST.replace("乙", "已")), 1.0)
    assert (outcome.correct, outcome.failure, outcome.measures["quotes exact"]) == (False, "quote not exact", 0)
    unjudged = outcome_of(RunQuestion("1", "?", 1), said, article(LIST.replace("乙", "已")), 1.0)
    assert (unjudged.correct, unjudged.failure) == (None, "quote not exact")

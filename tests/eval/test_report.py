"""The report of a run: every figure with its interval, in the reader's language, each failure under its heading."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import regex

from answer import Answer, QuestionAnswerer
from eval.__main__ import main
from eval.runs.html_report import report_html
from eval.runs.metrics import run_metrics
from eval.runs.outcome import FAILURES, Failure, Outcome
from eval.runs.plots import run_plots
from eval.runs.report_texts import Language, word
from eval.runs.run_manifest import RunManifest

MANIFEST = RunManifest(
    "q.csv",
    "0",
    1,
    "i",
    {"reader": "span", "model": "m", "<b>": "1"},
    {"numpy": "2"},
    "m",
    "t",
    notices=("甲 as question",),
)


def outcome(number: int, failure: Failure, kind: str = "fact") -> Outcome:
    unanswerable = failure == "should have abstained"
    correct = failure in ("", "wrong span")
    return Outcome(
        str(number), f"问{number}", "答", ("金",), "span", (number % 10) / 10, number % 7 == 0, unanswerable, correct,
        failure, {"F1": float(correct), "gold in answer": float(correct)}, {"type": kind}, 100.0 + number,
    )  # fmt: skip


def report(outcomes: list[Outcome], language: Language) -> str:
    answered: list[tuple[Outcome, dict[str, Any]]] = [(one, {"citations": []}) for one in outcomes]
    return report_html(MANIFEST, run_metrics(outcomes), outcomes, answered, {}, language)


ALL = [outcome(n, ("", *FAILURES)[n % (len(FAILURES) + 1)], f"种类{n % 2}") for n in range(60)]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (
            "zh",
            ["拒答精确率", "拒答召回率", "拒答 F1", "风险覆盖曲线下面积（AURC）", "校准误差（ECE）", "回答含标准答案"],
        ),
        ("en", ["abstention precision", "abstention recall", "abstention F1", "risk-coverage area", "gold in answer"]),
    ],
)
def test_figures_stand_with_their_intervals_in_the_reader_s_language(language: Language, names: list[str]) -> None:
    page = report(ALL, language)
    for name in names:
        assert regex.search(rf"<td>{regex.escape(name)}</td>(<td class=\"number\">[\d.–]+</td>){{3}}", page), name


def test_a_chinese_report_has_chinese_names_and_no_python() -> None:
    page = report(ALL, "zh")
    text = regex.sub(r"<(script|style)>.*?</\1>|<[^>]+>", " ", page, flags=regex.DOTALL)
    for english in ("gold in answer", "abstention", "questions_sha256", "settings", "type", "risk", "{'", "fact"):
        assert english not in text, english
    assert "阅读器: span" in text
    assert "&lt;b&gt;: 1" in text
    assert "甲 as question" in text


def test_every_group_has_its_abstention_and_calibration() -> None:
    page = report(ALL, "en")
    table = next(one for one in regex.findall(r"<table>.*?</table>", page) if "<th>type</th>" in one)
    assert regex.findall(r"<th class=\"number\">(.*?)</th>", table)[1:] == [
        *("correct", "F1", "abstention F1", "risk-coverage area", "calibration error"),
    ]
    assert (
        len(regex.findall(r"<td class=\"number\">[\d.]+ <span class=\"meta\">[\d.]+–[\d.]+</span></td>", table)) == 10
    )


def test_of_many_groups_the_largest_are_listed() -> None:
    many = [outcome(n, "", f"kind {n}") for n in range(50)] + [outcome(99, "", "kind 49")]
    page = report(many, "en")
    assert "20 more groups are in metrics.json" in page
    assert "<td>kind 49</td>" in page
    assert "<td>kind 48</td>" not in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_failure_has_a_heading_with_its_count(language: Language) -> None:
    bodies = regex.findall(
        r'<tbody><tr class="heading"><th colspan="2">(.*?) \((\d+)\)</th></tr>(.*?)</tbody>', report(ALL, language)
    )
    states = (*FAILURES, "right")
    assert [name for name, _, _ in bodies] == [word(state, language) for state in states]
    for state, (_, count, rows) in zip(states, bodies, strict=True):
        assert regex.findall(r'<tr data-failure="(.*?)"', rows) == [state] * int(count)


def test_words_marked_wrongly_are_no_failure() -> None:
    page = report([outcome(1, "wrong span"), outcome(2, "wrong passage"), outcome(3, "")], "en")
    failed = regex.search(r"<h2>What failed</h2><table>(.*?)</table><p>(.*?)</p>", page)
    assert failed
    assert regex.findall(r"<td>(.*?)</td>", failed[1]) == ["wrong passage"]
    assert failed[2] == "1 more were right, with other words marked."


def test_a_run_with_a_quote_that_is_not_exact_does_not_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = QuestionAnswerer.answer

    def misquote(self: QuestionAnswerer, question: str) -> Answer:
        answer = ask(self, question)
        return replace(answer, citations=tuple(replace(one, quote=one.quote[1:] + "？") for one in answer.citations))

    monkeypatch.setattr(QuestionAnswerer, "answer", misquote)
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"question": "雅万高铁预计减少多少碳排放？"}\n', encoding="utf-8")
    assert main(["--reader", "sentence", "run", str(questions), "--output", str(tmp_path / "run")]) == 1
    assert "a quote is not its article's text" in capsys.readouterr().err
    assert "引文与原文不符 (1)" in (tmp_path / "run" / "report.html").read_text(encoding="utf-8")


def test_the_curve_of_risk_says_which_questions_it_is_of() -> None:
    metrics = run_metrics(ALL)
    assert "文章有答案的题" in run_plots(metrics, "zh")[0]
    assert "questions with an answer" in run_plots(metrics, "en")[0]
    assert all(one[0] < other[0] for one, other in pairwise(metrics["risk"]["curve"]))


def test_a_thousand_questions_of_as_many_groups_stay_below_two_million_bytes() -> None:
    many = [
        Outcome(
            str(n), "问" * 1000, "答" * 1000, ("金" * 1000,), "span", 0.5, False, False, n % 2 == 0, "",
            {"F1": 0.5}, dict.fromkeys(("type", "expert", "section", "language"), f"{n}" + "组" * 500),
        )
        for n in range(200)
    ]  # fmt: skip
    text = "文" * 400
    citation = {
        "document_id": "d", "span": {"start": 0, "end": 200}, "quote": "文" * 200, "expert": "专" * 300, "heading": "",
        "source_line": 1,
    }  # fmt: skip
    many *= 5
    page = report_html(
        MANIFEST,
        run_metrics(many[:200]),
        many,
        [(one, {"citations": [citation] * 3}) for one in many],
        {"d": text},
        "zh",
    )
    assert len(page.encode()) < 2_000_000
    assert "answers.xlsx" in page

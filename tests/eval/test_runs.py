"""Whole files of questions: read from any form, asked once each, reported, compared; and nothing is lost."""

import csv
import json
import random
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from answer import Answer, QuestionAnswerer
from eval import evaluate
from eval.__main__ import main
from eval.make_questions import main as make_questions
from eval.runs.comparison import compare_outcomes
from eval.runs.html_report import report_html
from eval.runs.metrics import run_metrics
from eval.runs.outcome import Outcome, outcome_of
from eval.runs.question_files import read_run_questions
from eval.runs.record import RunQuestion, check_golds
from eval.runs.run_folder import RunFolder
from eval.runs.run_manifest import RunManifest
from eval.runs.tables import neutral
from ingest.errors import YinjuError

PROJECT = Path(__file__).resolve().parents[2]
QUESTIONS = [
    {"id": "a", "question": "雅万高铁预计减少多少碳排放？", "answers": ["33 万吨"], "type": "figure", "expert": "陈刚"},
    {"id": "b", "question": "1998年世界杯的冠军是哪个国家？", "type": "unanswerable"},
    {"id": "c", "question": "谁提到了熊猫债？"},
    {"id": "=1+1", "question": "？"},
]


def said(_: str) -> None:
    """Whatever is noticed."""


def read(path: Path) -> list[RunQuestion]:
    return list(read_run_questions(path, said))


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in QUESTIONS), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def answerer() -> QuestionAnswerer:
    return QuestionAnswerer.open(reader="sentence")


def rows_with(question: str) -> list[list[str]]:
    header = ["id", "question", "答案", "note"]
    return [header, ["1", question, "答一|答二", "x"], ["", "", "", ""], ["2", "丙\n丁？", "", ""]]


SIMPLIFIED, TRADITIONAL = "我国与共建国家在绿色能源领域有哪些合作？", "我國與共建國家在綠色能源領域有哪些合作？"


@pytest.mark.parametrize(
    ("encoding", "question"),
    [(name, SIMPLIFIED) for name in ("utf-8", "utf-8-sig", "gb18030", "utf-16")] + [("big5", TRADITIONAL)],
)
@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_tables_in_any_encoding_give_the_same_questions(
    tmp_path: Path, encoding: str, question: str, suffix: str
) -> None:
    path = tmp_path / f"questions{suffix}"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter="," if suffix == ".csv" else "\t").writerows(rows_with(question))
    first, second = read(path)
    assert (first.id, first.question, first.answers) == ("1", question, ("答一", "答二"))
    assert (second.id, second.question, second.answers) == ("2", "丙\n丁？", ())


def test_a_workbook_gives_the_same_questions_and_no_formula_is_computed(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for row in [*rows_with(SIMPLIFIED), ["", "戊？", "", "=1+1"]]:
        workbook.active.append(row)
    workbook.save(tmp_path / "questions.xlsx")
    first, second, third = read(tmp_path / "questions.xlsx")
    assert (first.id, first.answers, second.question) == ("1", ("答一", "答二"), "丙\n丁？")
    assert third.id == "5"


def test_what_a_column_was_taken_for_is_said(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("Gold answer;Query;remark\nx;甲？;y\n", encoding="utf-8")
    notices: list[str] = []
    list(read_run_questions(path, notices.append))
    assert notices == ['q.csv: "Gold answer" as answers, "Query" as question; ignored: "remark"']


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("q.csv", "a,b\n1,2\n", 'q.csv, line 1: no column is the question.*name one "question"'),
        ("q.csv", "question,问题\nx,y\n", "both the question; rename"),
        ("q.csv", "", "holds no question"),
        ("q.csv", "id,question\n1,x\n1,y\n", 'line 3: the id "1" stands in line 2 too'),
        ("q.csv", "question\n" + "长" * 300_000 + "\n", "line 2: not a table .*shorten"),
        ("q.csv", "id,question\n1,\n", "line 2: the question is empty"),
        ("q.jsonl", "", "holds no question"),
        ("q.jsonl", '{"question": "x"}\n{', "line 2: not JSON"),
        ("q.jsonl", "[1]", "line 1: not a JSON object"),
        ("q.jsonl", '{"question": ["x"]}', 'line 1: "question" must be a text'),
        ("q.jsonl", json.dumps({"question": "长" * 1_000_000}), "1000000 characters; 100000 are the most"),
        ("q.xlsx", "no workbook", "not an .xlsx file; save it again"),
        ("q.pdf", "x", "save the file as one of these"),
    ],
)
def test_a_bad_file_is_named_with_line_and_cure(tmp_path: Path, name: str, content: str, complaint: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(YinjuError, match=complaint):
        read(tmp_path / name)


def test_mixed_encodings_are_named_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes('{"question": "甲？"}\n'.encode() + '{"question": "乙？"}\n'.encode("gb18030"))
    with pytest.raises(YinjuError, match="q.jsonl, line 2: not UTF-8"):
        read(path)


def test_a_workbook_with_macros_and_one_that_unpacks_to_too_much_are_refused(tmp_path: Path) -> None:
    cases = (("xl/vbaProject.bin", 10, "holds macros"), ("xl/sheet.xml", 310_000_000, "over 300 MB"))
    for name, size, complaint in cases:
        path = tmp_path / "q.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as entry:
            for _ in range(0, size, 1_000_000):
                entry.write(bytes(min(size, 1_000_000)))
        with pytest.raises(YinjuError, match=complaint):
            read(path)


def test_a_gold_answer_that_no_article_holds_is_named(answerer: QuestionAnswerer) -> None:
    question = RunQuestion("1", "甲？", 7, answers=("没有这句话",))
    with pytest.raises(YinjuError, match=r"q.csv, line 7: the gold answer .*copy it from the article"):
        check_golds(question, answerer.documents, "q.csv")


def test_a_run_writes_everything_and_the_same_bytes_with_any_number_of_workers(questions: Path, tmp_path: Path) -> None:
    for workers in ("1", "4"):
        output = tmp_path / workers
        assert main(["--reader", "sentence", "run", str(questions), "--output", str(output), "--workers", workers]) == 0
    one, four = tmp_path / "1", tmp_path / "4"
    assert (one / "answers.jsonl").read_bytes() == (four / "answers.jsonl").read_bytes()
    assert (one / "outcomes.jsonl").read_bytes() == (four / "outcomes.jsonl").read_bytes()
    answers = [json.loads(line) for line in (one / "answers.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", "c", "=1+1"]
    assert answers[3]["error"]["code"] == "no_words"
    metrics = json.loads((one / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["measures"]["quotes exact"]["mean"] == 1
    assert metrics["questions"] == 4
    assert metrics["judged"] == 2
    with (one / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[4][0] == "'=1+1"
    sheet = openpyxl.load_workbook(one / "answers.xlsx").active
    assert sheet["A5"].value == "'=1+1"
    assert sheet["A5"].data_type == "s"
    report = (one / "report.html").read_text(encoding="utf-8")
    assert "雅万高铁预计减少多少碳排放？" in report
    assert "http://" not in report
    assert "https://" not in report


def test_a_run_that_was_cut_off_goes_on_and_asks_nothing_again(
    questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also in the middle of a line; the whole is what one run would have given."""
    arguments = ["--reader", "sentence", "run", str(questions), "--output"]
    assert main([*arguments, str(tmp_path / "whole")]) == 0
    assert main([*arguments, str(tmp_path / "cut")]) == 0
    for name in ("answers.jsonl", "timings.jsonl"):
        path = tmp_path / "cut" / name
        content = path.read_bytes()
        path.write_bytes(content[: content.index(b"\n", content.index(b"\n") + 1) + 20])
    asked: list[str] = []
    ask = QuestionAnswerer.answer

    def remember(self: QuestionAnswerer, question: str) -> Answer:
        asked.append(question)
        return ask(self, question)

    monkeypatch.setattr(QuestionAnswerer, "answer", remember)

    assert main([*arguments, str(tmp_path / "cut"), "--resume"]) == 0
    assert asked == ["谁提到了熊猫债？", "？"]
    for name in ("answers.jsonl", "outcomes.jsonl"):
        assert (tmp_path / "cut" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_a_folder_with_another_run_is_left_alone(
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--reader", "sentence", "run", str(questions), "--output", str(tmp_path / "run")]
    assert main(arguments) == 0
    before = (tmp_path / "run" / "answers.jsonl").read_bytes()
    assert main(arguments) == 2
    assert "--resume" in capsys.readouterr().err
    assert main(["--reader", "span", *arguments[2:], "--resume"]) == 2
    assert "library (reader, reader_fingerprint, reading, calibration); name another folder" in capsys.readouterr().err
    questions.write_text('{"question": "别的问题？"}\n', encoding="utf-8")
    assert main([*arguments, "--resume"]) == 2
    assert "other questions" in capsys.readouterr().err
    assert (tmp_path / "run" / "answers.jsonl").read_bytes() == before


def test_a_run_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(YinjuError, match="format 99.*run the questions again"):
        RunFolder.load(tmp_path)
    with pytest.raises(YinjuError, match="holds no run"):
        RunFolder.load(tmp_path / "nothing")


def test_a_full_disk_keeps_what_is_done_and_says_how_to_go_on(tmp_path: Path) -> None:
    """/dev/full is a disk that is always full."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this machine")
    manifest = RunManifest("q", "0", 1, "i", {}, {}, "m", "t")
    folder = RunFolder.begin(tmp_path / "run", manifest, resume=False)
    (folder.path / "outcomes.jsonl").symlink_to("/dev/full")
    from eval.runs.run_folder import named_errors  # noqa: PLC0415

    outcome = Outcome("1", "甲？", None, (), "none", 0.1, True, False, None)
    with pytest.raises(YinjuError, match="is full; make room and go on with --resume"), named_errors(folder.path):
        folder.write_outcomes([outcome] * 10_000)
    assert (folder.path / "manifest.json").exists()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_spreadsheet_takes_a_cell_for_a_formula(text: str) -> None:
    assert neutral(text) == "'" + text
    assert neutral("a=1") == "a=1"


def _answer(text: str | None, focus: tuple[int, int] | None = None, passage: str = "") -> dict[str, object]:
    """An answer as JSON that quotes `text` from the article's very beginning."""
    span = {"start": 0, "end": len(text or "")}
    citation = {
        "document_id": "d", "span": span, "quote": text, "expert": "某人", "heading": "节", "source_line": 1,
        "focus": {"start": focus[0], "end": focus[1]} if focus else None,
    }  # fmt: skip
    return {
        "text": text,
        "kind": "span" if text else "none",
        "confidence": 0.9,
        "citations": [citation] if text else [],
        "passages": [{"text": passage or text or ""}],
    }


@pytest.mark.parametrize(
    ("question", "answer", "failure"),
    [
        (RunQuestion("1", "?", 1, ("33万吨",)), _answer("减少33万吨。"), ""),
        (RunQuestion("1", "?", 1, ("33万吨",)), _answer("减少33万吨。", (2, 6)), ""),
        (RunQuestion("1", "?", 1, ("33万吨",)), _answer("减少33万吨。", (0, 2)), "wrong span"),
        (RunQuestion("1", "?", 1, ("33万吨",)), _answer("减少", passage="减少33万吨。"), "wrong sentence"),
        (RunQuestion("1", "?", 1, ("33万吨",)), _answer("减少"), "wrong passage"),
        (RunQuestion("1", "?", 1, ("33万吨",)), _answer(None), "should not have abstained"),
        (RunQuestion("1", "?", 1, type="unanswerable"), _answer(None), ""),
        (RunQuestion("1", "?", 1, type="无答案"), _answer("减少"), "should have abstained"),
        (RunQuestion("1", "?", 1), _answer("减少"), ""),
    ],
)
def test_failures_are_told_apart(answerer, question: RunQuestion, answer: dict[str, object], failure: str) -> None:
    document = replace(next(iter(answerer.documents.values())), text="减少33万吨。")
    outcome = outcome_of(question, answer, {"d": document}, 1.0)
    assert outcome.failure == failure
    assert outcome.correct is (None if not question.judged else failure in ("", "wrong span"))


def test_a_report_of_a_thousand_questions_stays_below_two_million_bytes(answerer: QuestionAnswerer) -> None:
    """Also where all of them are long, failed and quote much; markup in them stays text."""
    text = next(iter(answerer.documents.values())).text
    citation = {
        "document_id": "d", "span": {"start": 400, "end": 1400}, "quote": text[400:1400], "expert": "某某某",
        "heading": text[:20], "source_line": 123,
    }  # fmt: skip
    long = ("<script>x</script>" + text)[:1000]
    outcomes = [
        Outcome(str(n), long, long, (long,), "list", 0.5, False, False, False, "wrong passage", {"F1": 0.1})
        for n in range(1200)
    ]
    answers = [{"citations": [citation] * 5}] * len(outcomes)
    manifest = RunManifest("q<b>.csv", "0", 1, "i", {}, {}, "m", "t")
    report = report_html(
        manifest, run_metrics(outcomes), outcomes, zip(outcomes, answers, strict=True), {"d": text}, "en"
    )
    assert len(report.encode()) < 2_000_000
    assert "<script>x" not in report
    assert "<b>" not in report
    assert "answers.xlsx has all" in report
    short = [replace(outcome, question="甲？", text="乙", golds=("丙",)) for outcome in outcomes[:1000]]
    report = report_html(
        manifest, run_metrics(short), short, [(one, {"citations": []}) for one in short], {"d": text}, "en"
    )
    assert report.count("<tr data-failure") == 1000


def _outcome(id_: str, correct: bool, f1: float, confidence: float = 0.5) -> Outcome:
    return Outcome(id_, f"问{id_}", "答", ("金",), "span", confidence, False, False, correct, "", {"F1": f1})


def test_metrics_are_what_a_hand_computes() -> None:
    """Two of four right, the surer half right."""
    outcomes = [_outcome(str(n), n < 2, [1, 0.5, 0, 0][n], [0.95, 0.85, 0.35, 0.25][n]) for n in range(4)]
    metrics = run_metrics(outcomes)
    assert metrics["measures"]["correct"]["mean"] == 0.5
    assert metrics["measures"]["F1"]["mean"] == 0.375
    assert dict(map(tuple, metrics["risk"]["curve"]))[0.5] == 0
    assert metrics["calibration"]["error"] == pytest.approx((0.05 + 0.15 + 0.35 + 0.25) / 4)


def test_a_refusal_says_nothing_of_confidence() -> None:
    """It is sure of nothing, and may well be right."""
    answered = _outcome("a", True, 1, 0.75)
    refused = replace(answered, id="b", abstained=True, unanswerable=True, confidence=0.0)
    assert run_metrics([answered, refused])["calibration"] == {"error": pytest.approx(0.25), "bins": [[0.75, 1.0, 1]]}


def test_a_comparison_pairs_questions_and_finds_what_was_won_and_lost() -> None:
    before = [_outcome(str(n), n % 2 == 0, 0.5) for n in range(40)]
    after = [_outcome(str(n), n % 2 == 0 or n < 10, 0.5 + 0.3 * (n < 10)) for n in range(40)]
    random.Random(0).shuffle(after)
    comparison = compare_outcomes(before, after)
    assert sorted(pair[0].id for pair in comparison.won) == ["1", "3", "5", "7", "9"]
    assert comparison.lost == ()
    f1 = next(one for one in comparison.differences if one.measure == "F1")
    assert (f1.before, f1.change) == pytest.approx((0.5, 0.075))
    assert f1.p_value < 0.05
    same = compare_outcomes(before, before)
    assert all(one.p_value == 1 for one in same.differences)


def test_a_comparison_fails_where_it_is_told_to(
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = [str(tmp_path / name) for name in "ab"]
    for run in runs:
        assert main(["--reader", "sentence", "run", str(questions), "--output", run]) == 0
    assert main(["compare", *runs]) == 0
    assert main(["compare", *runs, "--fail-on", "f1<-0.01"]) == 0
    assert main(["compare", *runs, "--fail-on", "f1>-0.01"]) == 1
    assert main(["compare", *runs, "--fail-on", "nothing<0"]) == 2
    assert main(["compare", *runs, "--fail-on", "f1 falls"]) == 2
    assert main(["compare", runs[0]]) == 2
    assert "correct" in capsys.readouterr().out


def test_three_lines_give_a_frame(answerer: QuestionAnswerer, questions: Path) -> None:
    frame = evaluate(answerer, questions)
    assert list(frame["id"]) == ["a", "b", "c", "=1+1"]
    assert frame.set_index("id").loc["a", "gold in answer"] == 1
    assert frame["quotes exact"].dropna().eq(1).all()


def test_drafts_carry_answers_that_stand_in_the_article(tmp_path: Path, answerer: QuestionAnswerer) -> None:
    output = tmp_path / "drafts.jsonl"
    article = PROJECT / "data" / "articles" / "green-belt-and-road.txt"
    assert make_questions([str(article), "--output", str(output)]) == 0
    drafts = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    text = next(iter(answerer.documents.values())).text
    assert {draft["type"] for draft in drafts} == {"fact", "speaker", "list", "figure"}
    assert all(draft["draft"] for draft in drafts)
    for draft in drafts:
        assert text[draft["span"]["start"] : draft["span"]["end"]] == draft["answers"][0]
    for question in read(output):
        check_golds(question, answerer.documents, output.name)

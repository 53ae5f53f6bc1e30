"""The operator's page: a file of questions asked in the background, its results, comparisons, and who may see them."""

import csv
import json
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest
from browsing import needs_browser, serious_violations
from playwright.sync_api import Browser, Page, expect

from eval.runs.outcome import Outcome
from eval.runs.run_folder import RunFolder
from eval.runs.run_manifest import RunManifest
from ingest.document import Document

ROWS = (
    ("编号", "问题", "答案", "类型"),
    ("a", "雅万高铁预计减少多少碳排放？", "33 万吨", "figure"),
    ("b", "1998年世界杯足球赛的冠军是哪个国家？", "", "无答案"),
    ("=1+1", '<img src=x onerror="window.attacked=1">是谁制造的？', "", ""),
    ("d", "？", "", ""),
    ("e", "雅万高铁预计减少多少碳排放？", "氧气", ""),
)
RUN_MS = 60_000


@pytest.fixture(scope="module")
def http(allowing: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{allowing}/runs/", timeout=60) as client:
        yield client


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "问题 表.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(ROWS)
    return path


def content_of(questions: int) -> bytes:
    """A file of so many questions, each another."""
    lines = (json.dumps({"question": f"雅万高铁第{number}年减少多少碳排放？"}) for number in range(questions))
    return "\n".join(lines).encode()


def wait_for(http: httpx.Client, id_: str, *states: str) -> dict[str, Any]:
    """The run once it is in one of the states."""
    for _ in range(600):
        result: dict[str, Any] = http.get(f"list/{id_}").json()
        if result["state"] in states:
            return result
        time.sleep(0.1)
    pytest.fail(f"the run is still {result['state']}")


def test_a_run_writes_what_the_command_line_writes(
    http: httpx.Client, questions: Path, documents: dict[str, Document]
) -> None:
    """Workbook, table, JSON lines and report; every quote stands in an article."""
    id_ = http.post("list", params={"name": questions.name}, content=questions.read_bytes()).json()["id"]
    result = wait_for(http, id_, "done")
    assert (result["done"], result["total"], result["name"]) == (5, 5, questions.name)
    names = ["answers.xlsx", "answers.csv", "answers.jsonl", "report.html", "metrics.json", "manifest.json"]
    assert result["files"] == names
    files = {name: http.get(f"list/{id_}/files/{name}") for name in ("answers.jsonl", "answers.csv", "report.html")}
    answers = [json.loads(line) for line in files["answers.jsonl"].text.splitlines()]
    assert [answer["id"] for answer in answers] == [row[0] for row in ROWS[1:]]
    assert all(one["quote"] in documents[one["document_id"]].text for one in answers[0]["citations"])
    assert "'=1+1" in files["answers.csv"].text
    assert "<img" not in files["report.html"].text
    assert all("attachment" in file.headers["content-disposition"] for file in files.values())
    metrics, manifest = (http.get(f"list/{id_}/files/{name}").json() for name in ("metrics.json", "manifest.json"))
    assert metrics["questions"] == 5
    assert manifest["finished"] >= manifest["started"]
    assert manifest["settings"]["reader"] == "span"


def test_what_each_column_was_taken_for_is_said(http: httpx.Client, questions: Path) -> None:
    """Also later, and to whoever did not start the run."""
    id_ = http.post("list", params={"name": questions.name}, content=questions.read_bytes()).json()["id"]
    (notice,) = wait_for(http, id_, "done")["notices"]
    assert '"编号" as id' in notice
    assert '"答案" as answers' in notice


@pytest.fixture
def two_runs(runs_folder: Path) -> Iterator[tuple[str, str]]:
    """The ids of two runs by two readers: the second has 60 more right, one more wrong and one more question."""
    manifest = RunManifest("q.csv", "0", 61, "i", {"reader": "sentence"}, {"numpy": "2"}, "m", "2000-01-01T00:00:00")
    runs = (manifest, replace(manifest, settings={"reader": "span"}))
    ids = ("20000101-000000-a", "20000101-000001-b")
    for id_, made, better in zip(ids, runs, (False, True), strict=True):
        folder = RunFolder.begin(runs_folder / id_, made, resume=False)
        right = [better] * 60 + [not better] + [True] * better
        folder.write_outcomes(
            Outcome(str(number), f"问题{number}？", "答", ("答",), "span", 0.5, False, False, correct)
            for number, correct in enumerate(right)
        )
        (folder.path / "timings.jsonl").write_text('{"total": 1.0}\n' * len(right), encoding="utf-8")
        (folder.path / "report.html").touch()
    yield ids
    for id_ in ids:
        shutil.rmtree(runs_folder / id_)


def test_a_comparison_counts_all_questions_and_shows_the_first(http: httpx.Client, two_runs: tuple[str, str]) -> None:
    found = http.get("compare", params={"first": two_runs[0], "second": two_runs[1]}).json()
    assert (found["won"]["count"], len(found["won"]["shown"])) == (60, 50)
    assert (found["lost"]["count"], len(found["lost"]["shown"])) == (1, 1)
    assert found["settings"] == {"reader": ["sentence", "span"]}
    assert (found["only_before"], found["only_after"]) == (0, 1)


def test_a_run_of_the_earlier_format_is_shown_but_not_gone_on_with(
    http: httpx.Client, runs_folder: Path, two_runs: tuple[str, str]
) -> None:
    path = runs_folder / two_runs[0] / "manifest.json"
    values = {**json.loads(path.read_text(encoding="utf-8")), "format": 2}
    path.write_text(json.dumps(values), encoding="utf-8")
    (path.parent / "questions").mkdir()
    (path.parent / "questions" / "q.csv").write_text("question\n甲？\n", encoding="utf-8")
    result = http.get(f"list/{two_runs[0]}").json()
    assert (result["state"], result["resumable"]) == ("stopped", False)
    assert http.get("compare", params={"first": two_runs[0], "second": two_runs[1]}).status_code == 200


def test_a_run_is_stopped_gone_on_with_and_asks_nothing_twice(http: httpx.Client, runs_folder: Path) -> None:
    id_ = http.post("list", params={"name": "many.jsonl"}, content=content_of(40)).json()["id"]
    while not http.get(f"list/{id_}").json()["done"]:
        time.sleep(0.05)
    assert http.post(f"list/{id_}/resume").json()["error"]["code"] == "under_way"
    assert http.post(f"list/{id_}/stop").status_code == 200
    stopped = wait_for(http, id_, "stopped")
    before = (runs_folder / id_ / "answers.jsonl").read_text(encoding="utf-8")
    assert 0 < len(before.splitlines()) == stopped["done"] < 40
    assert http.post(f"list/{id_}/resume").status_code == 200
    wait_for(http, id_, "done")
    after = (runs_folder / id_ / "answers.jsonl").read_text(encoding="utf-8")
    assert after.startswith(before)
    assert [json.loads(line)["id"] for line in after.splitlines()] == [str(number) for number in range(1, 41)]


def test_a_run_that_a_crash_ended_can_be_gone_on_with(http: httpx.Client, runs_folder: Path, questions: Path) -> None:
    """What was answered is counted, and kept."""
    whole = http.post("list", params={"name": questions.name}, content=questions.read_bytes()).json()["id"]
    wait_for(http, whole, "done")
    crashed = runs_folder / "20000101-000000-crashed"
    (crashed / "questions").mkdir(parents=True)
    for name in ("manifest.json", "answers.jsonl", "timings.jsonl", f"questions/{questions.name}"):
        lines = (runs_folder / whole / name).read_bytes().splitlines(keepends=True)
        (crashed / name).write_bytes(b"".join(lines[:3] if name.endswith(".jsonl") else lines))
    result = http.get(f"list/{crashed.name}").json()
    assert (result["state"], result["done"], result["total"], result["resumable"]) == ("stopped", 3, 5, True)
    assert http.post(f"list/{crashed.name}/resume").status_code == 200
    wait_for(http, crashed.name, "done")
    assert (crashed / "answers.jsonl").read_bytes() == (runs_folder / whole / "answers.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("q.csv", b"a,b\n1,2\n", "q.csv, line 1: no column is the question"),
        ("q.jsonl", b"{", "q.jsonl, line 1: not JSON"),
        ("q.jsonl", b"", "the file holds no question"),
        ("q.pdf", b"%PDF", "questions are read from"),
        ("q.xlsx", b"PK", "not an .xlsx file"),
        ("../../q.jsonl", b'{"question": "a", "answers": ["elsewhere"]}', "stands in no article"),
    ],
)
def test_a_bad_file_is_told_what_is_wrong_and_leaves_nothing(
    http: httpx.Client, runs_folder: Path, name: str, content: bytes, said: str
) -> None:
    before = sorted(runs_folder.iterdir())
    response = http.post("list", params={"name": name}, content=content)
    assert response.status_code == 400
    error = response.json()["error"]
    assert said in error["message"]
    assert error["message_zh"].startswith(error["message"].partition(":")[0].partition(",")[0])
    assert any("\u4e00" <= character <= "\u9fff" for character in error["message_zh"])
    assert sorted(runs_folder.iterdir()) == before


@pytest.mark.parametrize("path", ["list/..%2Fq", "list/%2e%2e", "list/x/files/manifest.json", "assets/..%2froutes.py"])
def test_nothing_else_is_served(http: httpx.Client, path: str) -> None:
    assert http.get(path).status_code == 404


def test_a_file_of_any_name_lands_in_its_own_folder(http: httpx.Client, runs_folder: Path) -> None:
    """Not above it, and not in place of what the run writes, in any case."""
    written = ("answers.jsonl", "timings.jsonl", "outcomes.jsonl", "Answers.jsonl")
    for name in ("../../../q.jsonl", "C:\\q.jsonl", *written, "甲" * 80 + ".jsonl"):
        answer = http.post("list", params={"name": name}, content=b'{"question": "?"}').json()
        result = wait_for(http, answer["id"], "done")
        assert (runs_folder / result["id"] / "questions" / result["name"]).read_bytes() == b'{"question": "?"}'


def test_another_site_may_not_start_a_run(http: httpx.Client) -> None:
    response = http.post("list", params={"name": "q.jsonl"}, headers={"Origin": "https://evil.example"})
    assert (response.status_code, response.json()["error"]["code"]) == (403, "unknown_origin")


@pytest.mark.parametrize("headers", [{"X-Forwarded-For": "192.0.2.7"}, {"Host": "portal.example"}])
def test_without_a_token_only_this_machine_may_see_runs(http: httpx.Client, headers: dict[str, str]) -> None:
    """Not who comes through a proxy, nor a page that had its own name point to this machine."""
    response = http.get("list", headers=headers)
    assert (response.status_code, response.json()["error"]["code"]) == (403, "operator_only")
    assert http.get("list").status_code == 200


@pytest.fixture
def page(browser: Browser, allowing: str) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 860}, accept_downloads=True)
    page = context.new_page()
    page.goto(allowing)
    page.locator("#menu a").click()
    yield page
    context.close()


def run_file(page: Page, path: Path) -> None:
    """Uploads the file and waits for the end of its run."""
    page.set_input_files("#file", path)
    page.locator("#upload button").click()
    expect(page.locator("#run-name")).to_have_text(path.name)
    expect(page.locator("#run-state")).to_contain_text("已完成", timeout=RUN_MS)


@needs_browser
def test_an_editor_runs_a_file_and_reads_what_came_of_it(page: Page, questions: Path, tmp_path: Path) -> None:
    """Upload, progress, table, filter, download; a question's markup is shown and not obeyed."""
    run_file(page, questions)
    rows = page.locator("#rows tr")
    expect(rows).to_have_count(5)
    expect(page.locator("#notices")).to_contain_text("列的读法：")
    expect(page.locator("#notices")).to_contain_text('"编号" as id')
    expect(rows.first).to_contain_text("33 万吨")
    expect(rows.first).to_contain_text("答对")
    expect(rows.nth(2)).to_contain_text('<img src=x onerror="window.attacked=1">')
    assert page.evaluate("window.attacked") is None
    page.locator("#shown").select_option("wrong")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("无法提问")
    expect(rows.last).to_contain_text(re.compile("段落找错|句子找错"))
    with page.expect_download() as downloading:
        page.locator("#downloads button", has_text="answers.xlsx").click()
    downloading.value.save_as(tmp_path / "answers.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "answers.xlsx").active
    assert sheet is not None
    assert sheet.max_row == len(ROWS)


@needs_browser
def test_an_engineer_compares_two_runs(page: Page, questions: Path) -> None:
    """Curves of both, and what changed between them, in both languages."""
    run_file(page, questions)
    # Under another name, so that the end of the first run is not taken for that of the second.
    run_file(page, questions.rename(questions.with_name("again.csv")))
    page.locator("#tab-evaluation").click()
    for place in (0, 1):
        page.locator("#runs input:enabled").nth(place).check()
    expect(page.locator("#curves svg")).to_have_count(4)
    expect(page.locator("#differences tr", has_text="答对")).to_contain_text("0.000")
    page.locator("#language").click()
    expect(page.get_by_role("heading", name="Comparison", exact=True)).to_be_visible()


@needs_browser
def test_a_comparison_names_what_changed_and_how_many_questions_it_lists(page: Page, two_runs: tuple[str, str]) -> None:
    page.locator("#tab-evaluation").click()
    for id_ in two_runs:
        page.get_by_label(f"选择 {id_}").check()
    expect(page.locator("#changes li")).to_have_text("阅读器：sentence → span")
    expect(page.locator("#compared")).to_contain_text("另有 0 题只在前者，1 题只在后者")
    expect(page.get_by_role("heading", name="由错变对（60 题，列出前 50 题）")).to_be_visible()
    expect(page.get_by_role("heading", name="由对变错（1 题）")).to_be_visible()
    page.locator("#language").click()
    expect(page.locator("#changes li")).to_have_text("reader: sentence → span")
    expect(page.get_by_role("heading", name="Now right (60; the first 50 are listed)")).to_be_visible()


@needs_browser
@pytest.mark.parametrize("width", [1280, 768, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_everybody_can_use_the_page(page: Page, width: int, dark: bool) -> None:
    """Nothing scrolls sideways but the tables, and axe finds nothing serious, on either tab."""
    page.set_viewport_size({"width": width, "height": 800})
    if dark:
        page.locator("#theme").click()
    page.locator("#tab-evaluation").click()
    expect(page.locator("#runs tr").first).to_be_visible()
    for tab in ("evaluation", "batch"):
        page.locator(f"#tab-{tab}").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert serious_violations(page) == []


@needs_browser
def test_a_bad_file_is_refused_in_one_sentence(page: Page, tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    page.set_input_files("#file", tmp_path / "q.csv")
    page.locator("#upload button").click()
    notice = page.locator("#notice")
    expect(notice).to_contain_text("没有一列是问题")
    page.locator("#language").click()
    page.locator("#upload button").click()
    expect(notice).to_contain_text("no column is the question")

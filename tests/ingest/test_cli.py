"""`python -m ingest` shows how an article is read, on any terminal."""

import json
import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
ARTICLE = REPOSITORY / "data" / "articles" / "green-belt-and-road.txt"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "ingest", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


def test_json_has_exactly_the_documented_fields_and_exact_offsets() -> None:
    done = run(str(ARTICLE), "--json", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    printed = json.loads(done.stdout.decode("utf-8"))
    assert list(printed) == ["id", "title", "lead", "text", "sections"]
    assert "携手共建绿色".encode() in done.stdout
    for section in printed["sections"]:
        assert list(section) == ["heading", "question", "expert", "affiliation", "start", "end", "paragraphs"]
        assert section["start"] == section["paragraphs"][0]["start"]
        assert section["end"] == section["paragraphs"][-1]["end"]
        assert printed["text"][: section["start"]].endswith(f"{section['expert']}（{section['affiliation']}）：\n\n")


def test_the_page_names_title_experts_and_headings() -> None:
    done = run(str(ARTICLE), PYTHONIOENCODING="ascii", LC_ALL="C")
    page = done.stdout.decode("utf-8")
    assert done.returncode == 0
    for fact in ("携手共建绿色“一带一路”", "龚巍巍", "绿色清洁能源合作大有可为", "section 4 of 4"):
        assert fact in page


def test_an_error_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    done = run(str(tmp_path / "没有.txt"), PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode("utf-8").count("\n") == 1
    assert "There is no file" in done.stderr.decode("utf-8")


def test_a_closed_pipe_is_no_error() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest", str(ARTICLE), "--json"],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=60), errors) == (0, b"")

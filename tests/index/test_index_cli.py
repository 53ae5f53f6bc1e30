"""`python -m index` builds an index, says what one holds, and answers a mistake with one line and status 2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from index_articles import ARTICLES, documents

from index.__main__ import main
from index.passage_index import PassageIndex

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command line as a user starts it."""
    command = [sys.executable, "-m", "index", *map(str, arguments)]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def folder(hash_encoder, tmp_path) -> Path:
    """An index."""
    PassageIndex.from_documents(documents(), hash_encoder, articles="articles").save(tmp_path / "index")
    return tmp_path / "index"


def test_an_index_is_built_and_described(encoder, tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in ARTICLES.items():
        (articles / f"{name}.txt").write_text(text, encoding="utf-8")
    done = run("build", articles, "--output", tmp_path / "index")
    assert done.returncode == 0, done.stderr
    assert f"building the index of 2 articles in {tmp_path / 'index'}: asked for" in done.stderr
    loaded = PassageIndex.load(tmp_path / "index", encoder)
    assert loaded.index_id in done.stdout
    assert done.stdout.startswith("6 passages in ")
    assert loaded.search("伊拉克", top_k=1)[0].chunk.document_id == "energy"


def test_info_says_what_an_index_holds(folder, hash_encoder, capsys):
    assert main(["info", str(folder)]) == 0
    lines = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert lines["index"] == PassageIndex.load(folder, hash_encoder).index_id
    assert lines["model"] == "hash, 64 dimensions, fingerprint fingerprint-of-hash"
    assert lines["passages"] == "6, with 10 sentences"
    assert lines["files"] == "all there and unaltered"
    assert lines["energy"].startswith("energy.txt  sha256 ")
    assert "railway" in lines


def test_info_names_a_damaged_file(folder, capsys):
    path = next(folder.glob("generation-*/documents.jsonl"))
    path.write_bytes(path.read_bytes()[:-2])
    assert main(["info", str(folder)]) == 2
    assert_one_line(capsys.readouterr(), "its file documents.jsonl is damaged: build it again")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["info", "missing"], "no index in missing: build one with"),
        (["build", "missing", "--output", "index"], "There is no file missing"),
        (["build", "empty", "--output", "index"], "The folder empty holds no article"),
        (["build", "articles", "--output", "articles"], "articles holds 'a.txt' and no index"),
        (["build", "articles", "--output", "articles/a.txt"], "is a file: name a folder"),
        (["build", "articles", "--output", "index", "--model", "no/such/model"], "no/such/model"),
    ],
)
def test_a_mistake_is_one_line_and_status_2(arguments, reason, tmp_path, monkeypatch, capsys):
    (tmp_path / "empty").mkdir()
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("一篇文章。", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert_one_line(capsys.readouterr(), reason)
    assert not (tmp_path / "index").exists()


def assert_one_line(written, reason: str) -> None:
    assert written.out == ""
    assert len(written.err.splitlines()) == 1
    assert written.err.startswith("index: ")
    assert reason in written.err


def test_a_mistake_shows_no_traceback(tmp_path):
    done = run("info", tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        f"index: no index in {tmp_path}: build one with `python -m index build ARTICLES --output {tmp_path}`\n"
    )


@pytest.mark.parametrize("arguments", [[], ["demolish"], ["build", "articles"]])
def test_an_incomplete_command_says_how_it_is_used(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m index" in capsys.readouterr().err

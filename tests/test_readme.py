"""What the READMEs tell a person to do is there and works, and the two tell the same."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
ENGLISH, CHINESE = (PROJECT / name for name in ("README.md", "README.zh.md"))


def code_blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)


def links(path: Path) -> list[str]:
    return re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["sh", "python"])
def test_both_readmes_give_the_same_commands(language: str) -> None:
    without_remarks = [
        [re.sub(r"\s*#.*", "", block) for block in code_blocks(path, language)] for path in (ENGLISH, CHINESE)
    ]
    assert without_remarks[0] == without_remarks[1]
    assert without_remarks[0]


def test_both_readmes_give_the_same_figures() -> None:
    figures = [re.findall(r"\d+\.\d{2,}", path.read_text(encoding="utf-8")) for path in (ENGLISH, CHINESE)]
    assert figures[0] == figures[1]


@pytest.mark.parametrize("path", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_every_link_leads_to_a_file(path: Path) -> None:
    assert [link for link in links(path) if not (PROJECT / link).exists()] == []


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?m)(?:^|`)make ([a-z-]+)", ENGLISH.read_text(encoding="utf-8")))
    assert {"run", "test"} <= named <= targets


def test_the_python_example_quotes_the_article() -> None:
    example = code_blocks(ENGLISH, "python")[0]
    run = subprocess.run(
        [sys.executable, "-c", example], cwd=PROJECT, capture_output=True, text=True, encoding="utf-8", timeout=120
    )
    assert run.returncode == 0, run.stderr
    assert "熊猫债" in run.stdout


@pytest.mark.parametrize("module", ["ingest", "index", "answer", "eval", "app"])
def test_every_command_explains_itself(module: str) -> None:
    command = [sys.executable, "app.py"] if module == "app" else [sys.executable, "-m", module]
    run = subprocess.run([*command, "--help"], cwd=PROJECT, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0
    assert "usage:" in run.stdout

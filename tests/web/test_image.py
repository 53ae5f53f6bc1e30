"""What the Dockerfile copies is all that the server needs."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]
_COPY = re.compile(r"^COPY (?:--\S+ )?(.+) (\S+)$", re.MULTILINE)


def test_the_server_starts_from_the_files_of_the_image(tmp_path: Path) -> None:
    for sources, target in _COPY.findall((PROJECT / "Dockerfile").read_text(encoding="utf-8")):
        for source in sources.split():
            place = tmp_path / target
            if (PROJECT / source).is_dir():
                shutil.copytree(PROJECT / source, place, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(PROJECT / source, place)
    done = subprocess.run(
        [sys.executable, "-c", "import web.application"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_nothing_that_the_image_copies_is_kept_from_it() -> None:
    let_in = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = _COPY.findall((PROJECT / "Dockerfile").read_text(encoding="utf-8"))
    assert [name for sources, _ in copied for name in sources.split() if f"!{name}" not in let_in] == []

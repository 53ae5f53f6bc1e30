"""An index that is ready to be asked: loaded where it is fresh, built where there is none or it is stale."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.centering import LanguageMeans
from index.encoder import Encoder, Progress, SentenceEncoder
from index.folder import refuse_foreign
from index.manifest import FORMAT_VERSION, MANIFEST_NAME, Manifest, check_files
from index.passage_index import DOCUMENTS_FILE, IndexSettings, PassageIndex
from index.remembered import RememberedVectors
from index.storage import read_documents
from ingest.document import Document
from ingest.errors import YinjuError
from ingest.loaders import load_documents

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_ARTICLES = PROJECT / "data" / "articles"
DEFAULT_INDEX = PROJECT / "data" / "index"

Notice = Callable[[str], None]


def open_index(
    index: Path | None = None,
    articles: Path | None = None,
    model: str | None = None,
    *,
    notice: Notice = print,
    progress: Progress | None = None,
) -> PassageIndex:
    """The index in the folder `index` over the articles in `articles`.

    With neither named, both defaults. With `index` alone, that folder as it was built, and built again only where the
    articles that it was built from have changed since. With `articles` named, whatever is missing, damaged, of another
    model or stale is built again. `notice` is told why. Raises YinjuError where that cannot be done.
    """
    if index is not None and articles is None:
        Manifest.read(index)
        return _open_saved(index, _load_encoder(model, notice), notice, progress)
    folder = index or DEFAULT_INDEX
    source = articles or DEFAULT_ARTICLES
    documents = load_documents(source)
    encoder = _load_encoder(model, notice)
    reason = _reason_to_build(folder, documents, encoder)
    if not reason:
        try:
            return PassageIndex.load(folder, encoder)
        except YinjuError:
            reason = "a file of the one there is missing or damaged"
    return build_index(documents, encoder, folder, articles=source, reason=reason, notice=notice, progress=progress)


def _load_encoder(model: str | None, notice: Notice) -> SentenceEncoder:
    """Last of all that can fail: it takes seconds."""
    with _announced(notice):
        encoder = SentenceEncoder.load(model)
        LanguageMeans.of(encoder)
    return encoder


def build_index(
    documents: Sequence[Document],
    encoder: Encoder,
    folder: Path,
    *,
    articles: Path,
    reason: str,
    notice: Notice,
    progress: Progress | None = None,
    settings: IndexSettings | None = None,
) -> PassageIndex:
    """A new index over `documents`, saved in `folder`; raises YinjuError as `PassageIndex` does.

    Of an index that stands there already, the vectors of texts that have not changed are taken over.
    """
    refuse_foreign(folder)
    count = len(documents)
    notice(f"building the index of {count} article{'s' if count > 1 else ''} in {folder}: {reason}")
    built = PassageIndex.from_documents(
        documents,
        encoder,
        settings,
        articles=str(articles.resolve()),
        earlier=RememberedVectors.of_index(folder, encoder.fingerprint),
        progress=progress,
    )
    built.save(folder)
    return built


@contextmanager
def _announced(notice: Notice) -> Iterator[None]:
    """Tells `notice` what the model cache is doing, which takes long enough to be taken for a standstill."""
    log = logging.getLogger("index.model_cache")
    handler, level = _NoticeHandler(notice), log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(level)


class _NoticeHandler(logging.Handler):
    def __init__(self, notice: Notice) -> None:
        super().__init__()
        self._notice = notice

    def emit(self, record: logging.LogRecord) -> None:
        self._notice(record.getMessage())


def _open_saved(folder: Path, encoder: Encoder, notice: Notice, progress: Progress | None) -> PassageIndex:
    saved = PassageIndex.load(folder, encoder)
    articles = Path(saved.manifest.articles)
    if not saved.manifest.articles or not articles.exists():
        return saved
    documents = load_documents(articles)
    if reason := _changed_articles(saved.manifest, documents) or _changed_settings(saved.manifest):
        return build_index(
            documents, encoder, folder, articles=articles, reason=reason, notice=notice, progress=progress
        )
    return saved


def _reason_to_build(folder: Path, documents: Sequence[Document], encoder: Encoder) -> str:
    """Why the index in `folder` cannot serve `documents` and `encoder`; empty if nothing speaks against it."""
    if not (folder / MANIFEST_NAME).exists():
        return "there is none yet"
    try:
        manifest = Manifest.read(folder)
    except YinjuError:
        return f"the one there is damaged or not of format version {FORMAT_VERSION}"
    if manifest.model_fingerprint != encoder.fingerprint:
        return f"it was built with the model {manifest.model!r}, and {encoder.name!r} is asked for"
    return _changed_articles(manifest, documents) or _changed_settings(manifest)


def _changed_articles(manifest: Manifest, documents: Sequence[Document]) -> str:
    before = {document.id: document.sha256 for document in manifest.documents}
    after = {document.id: document.sha256 for document in documents}
    if before == after:
        return ""
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    others = f" and {len(changed) - 1} more were" if len(changed) > 1 else " was"
    return f"{changed[0]!r}{others} added, changed or removed"


def _changed_settings(manifest: Manifest) -> str:
    return "" if manifest.settings == IndexSettings().to_json() else "its settings are not today's"


def read_indexed_documents(folder: Path) -> tuple[Document, ...]:
    """The articles in the index in `folder`, without loading a model; raises YinjuError as `PassageIndex.load` does."""
    manifest = Manifest.read(folder)
    check_files(folder, manifest)
    return read_documents(folder / manifest.generation / DOCUMENTS_FILE)

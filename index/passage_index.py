"""The index: every passage and every sentence of it as a vector, every passage as terms, and the search over both."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from index.centering import LanguageMeans, centred
from index.encoder import Encoder, Progress, Vectors
from index.folder import write_folder
from index.fusion import FusionWeights, fuse, standardized
from index.indexed_passage import IndexedPassage, passages_of
from index.lexical import LexicalIndex
from index.manifest import FORMAT_VERSION, IndexedDocument, Manifest, check_files, damaged
from index.passage import Passage, SentenceMatch
from index.remembered import RememberedVectors, encode_new
from index.rows import RowLayout, Rows
from index.storage import read_documents, read_passages, write_documents, write_passages
from index.vectors import VectorIndex
from ingest.chunking import ChunkSettings
from ingest.document import Chunk, Document, Span
from ingest.errors import YinjuError
from ingest.sections import READING_VERSION

DOCUMENTS_FILE = "documents.jsonl"
_PASSAGES_FILE = "passages.jsonl"
_VECTORS_FILE = "vectors.faiss"
_LANGUAGES_FILE = "language_means.npy"
_LANGUAGE_NAMES_FILE = "languages.json"

# A document's id and a section's.
SectionPlace = tuple[str, str]

# A section of so many characters at most may lean on its question (`多少钱？` `十元。`), as long as that at most.
_SHORT_ANSWER = 160
# Nearest vectors looked at for a question; with the best by BM25 they belong to 90 to 190 passages on the public sets.
_NEAREST_VECTORS = 256
_LEXICAL_PASSAGES = 50
_QUESTIONS_KEPT = 8
# A token each; OpenVINO prepares itself for every fourth length.
_USUAL_QUESTION_WORDS = range(1, 42, 4)


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """What decides how an index is built from the same articles and model."""

    chunks: ChunkSettings = field(default_factory=ChunkSettings)
    context: bool = True

    def to_json(self) -> dict[str, Any]:
        """The settings by name, as the manifest keeps them, and how articles are read: with another version, anew."""
        return {**asdict(self), "reading": READING_VERSION}


class PassageIndex:
    """Retrieves passages for a question; made by `from_documents` or `load`."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        passages: tuple[IndexedPassage, ...],
        vectors: VectorIndex,
        lexical: LexicalIndex,
        languages: LanguageMeans,
        encoder: Encoder,
        encoded: RememberedVectors,
        manifest: Manifest,
        weights: FusionWeights | None = None,
    ) -> None:
        self.weights = weights or FusionWeights()
        self.documents = documents
        self.manifest = manifest
        self._passages = passages
        self._vectors = vectors
        self._lexical = lexical
        self._languages = languages
        self._encoder = encoder
        self._encoded = encoded
        self._layout = RowLayout.of(passages)
        # One question is often searched several times: for each of the experts named, and beyond them.
        self._looked_at = lru_cache(_QUESTIONS_KEPT)(self._look_at)
        self._numbers: dict[str, list[int]] = {}
        for number, passage in enumerate(passages):
            self._numbers.setdefault(passage.chunk.document_id, []).append(number)

    @classmethod
    def from_documents(
        cls,
        documents: Iterable[Document],
        encoder: Encoder,
        settings: IndexSettings | None = None,
        *,
        articles: str = "",
        earlier: RememberedVectors | None = None,
        progress: Progress | None = None,
    ) -> "PassageIndex":
        """An index over `documents`; raises YinjuError if they hold no text or share an id.

        `articles` is where they were read from, kept to notice later changes. Texts that an `earlier` build with the
        same model encoded are not encoded again.
        """
        settings = settings or IndexSettings()
        by_id = _by_id(documents)
        passages = passages_of(by_id.values(), settings.chunks)
        if not passages:
            raise YinjuError("there is no text to index: name at least one article with some text")
        manifest = Manifest(
            format_version=FORMAT_VERSION,
            model=encoder.name,
            model_fingerprint=encoder.fingerprint,
            dimension=encoder.dimension,
            settings=settings.to_json(),
            articles=articles,
            documents=tuple(IndexedDocument(item.id, item.source, item.sha256) for item in by_id.values()),
            passages=len(passages),
            sentences=sum(len(passage.sentences) for passage in passages),
        )
        encoded = encode_new(_texts_to_encode(passages, by_id, settings), encoder, earlier, progress)
        vectors = VectorIndex.from_vectors(_centred(encoded.decoded(), len(passages)))
        lexical = LexicalIndex.from_texts([_with_question(passage.chunk, by_id) for passage in passages])
        return cls(by_id, passages, vectors, lexical, LanguageMeans.of(encoder), encoder, encoded, manifest)

    def with_weights(self, weights: FusionWeights) -> "PassageIndex":
        """The same index, fusing its scores with other weights."""
        parts = (self.documents, self._passages, self._vectors, self._lexical, self._languages)
        return PassageIndex(*parts, self._encoder, self._encoded, self.manifest, weights)

    @property
    def index_id(self) -> str:
        """Names what decides the answers: articles, model, settings and format."""
        return self.manifest.index_id

    def preparations(self) -> list[Callable[[], object]]:
        """Calls that encode a question of each usual length, so that nobody waits for OpenVINO to prepare itself."""
        return [partial(self._encoder.encode_queries, ["a " * words]) for words in _USUAL_QUESTION_WORDS]

    def search(self, question: str, top_k: int = 10, sections: Collection[SectionPlace] | None = None) -> list[Passage]:
        """The `top_k` best passages for `question`, best first.

        `sections` limits the search to these places. Equal scores stand in index order.
        """
        overlap, vector, lexical = self._looked_at(question)
        candidates = self._candidates(vector, lexical, sections)
        if not candidates.size:
            return []
        dense, best, sentences = self._dense_scores(vector, candidates)
        fused = fuse(dense, best, standardized(lexical)[candidates], overlap, self.weights)
        order = np.argsort(-fused, kind="stable")[:top_k]
        return [
            Passage(
                chunk=self._passages[candidates[place]].chunk,
                score=float(fused[place]),
                rank=rank,
                dense_score=float(dense[place]),
                lexical_score=float(lexical[candidates[place]]),
                sentences=self._sentence_matches(int(candidates[place]), sentences(place)),
                speaker=self._speaker(self._passages[candidates[place]].chunk),
                asked=_asked(self._passages[candidates[place]].chunk, self.documents),
            )
            for rank, place in enumerate(order, start=1)
        ]

    def _look_at(self, question: str) -> tuple[float, Vectors, Vectors]:
        """The share of the question's terms that the articles have, its vector, and every passage's score by BM25."""
        overlap = self._lexical.coverage(question)
        shift = self.weights.question_shift * (1 - overlap)
        vector = self._languages.shifted(self._encoder.encode_queries([question])[0], shift)
        return overlap, vector, self._lexical.scores(question)

    def _candidates(self, vector: Vectors, lexical: Vectors, sections: Collection[SectionPlace] | None) -> Rows:
        """The numbers of the passages worth scoring, ascending."""
        if sections is not None:
            documents = {document for document, _ in sections}
            numbers = sorted(number for document in documents for number in self._numbers.get(document, ()))
            inside = [number for number in numbers if _place(self._passages[number]) in sections]
            return np.array(inside, dtype=np.int64)
        dense = self._layout.passages_of(self._vectors.nearest(vector, _NEAREST_VECTORS))
        best = np.argsort(-lexical, kind="stable")[:_LEXICAL_PASSAGES]
        return np.union1d(dense, best[lexical[best] > 0])

    def _dense_scores(self, vector: Vectors, candidates: Rows) -> tuple[Vectors, Vectors, Callable[[int], Vectors]]:
        """Each candidate's own cosine and that of its best sentence, and what gives those of all by the place of it."""
        cosines = self._vectors.cosines(vector, self._layout.rows_of(candidates))
        lengths = 1 + self._layout.sentence_counts(candidates)
        starts = np.cumsum(lengths) - lengths
        sentences = cosines.copy()
        sentences[starts] = -np.inf
        best = np.maximum.reduceat(sentences, starts)
        return cosines[starts], best, lambda place: cosines[starts[place] + 1 : starts[place] + lengths[place]]

    def _sentence_matches(self, passage: int, scores: Vectors) -> tuple[SentenceMatch, ...]:
        spans = self._passages[passage].sentences
        return tuple(SentenceMatch(span, float(score)) for span, score in zip(spans, scores, strict=True))

    def _speaker(self, chunk: Chunk) -> str:
        section = self.documents[chunk.document_id].section_at(chunk.span.start)
        return section.expert if section else ""

    def overlap(self, question: str) -> float:
        """The share of the question's terms, 0 to 1, that the indexed articles have."""
        return self._lexical.coverage(question)

    def passage_span(self, document_id: str, span: Span) -> Span:
        """The span of the passage in which `span` begins; `span` itself where no passage holds it (a byline)."""
        for number in self._numbers.get(document_id, ()):
            chunk = self._passages[number].chunk
            if chunk.span.start <= span.start < chunk.span.end:
                return chunk.span
        return span

    def section_sentences(self, place: SectionPlace) -> tuple[tuple[Span, ...], Vectors]:
        """The spans of the section's sentences in reading order, and their vectors, shape (sentences, dimension)."""
        numbers = [number for number in self._numbers.get(place[0], ()) if _place(self._passages[number]) == place]
        spans = tuple(span for number in numbers for span in self._passages[number].sentences)
        rows = [row for number in numbers for row in self._layout.rows_of([number])[1:]]
        return spans, self._vectors.take(rows)

    def save(self, folder: Path) -> None:
        """Write the index to `folder`, replacing the one there in a single step.

        Raises YinjuError if the folder holds something else or cannot be written; the earlier index is then untouched.
        """
        self.manifest = write_folder(folder, self.manifest, self._write_files)

    def _write_files(self, folder: Path) -> None:
        write_documents(folder / DOCUMENTS_FILE, self.documents.values())
        write_passages(folder / _PASSAGES_FILE, self._passages)
        self._vectors.save(folder / _VECTORS_FILE)
        self._lexical.save(folder)
        self._encoded.save(folder)
        np.save(folder / _LANGUAGES_FILE, self._languages.means, allow_pickle=False)
        (folder / _LANGUAGE_NAMES_FILE).write_text(json.dumps(self._languages.languages), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> "PassageIndex":
        """The index in `folder`; raises YinjuError if it is missing, damaged or built with another model."""
        manifest = Manifest.read(folder)
        if manifest.model_fingerprint != encoder.fingerprint:
            raise YinjuError(
                f"the index in {folder} was built with the model {manifest.model!r}, not with {encoder.name!r}: "
                f"name that model with --model, or build the index again"
            )
        generation = folder / manifest.generation
        check_files(folder, manifest)
        try:
            documents = {document.id: document for document in read_documents(generation / DOCUMENTS_FILE)}
            texts = {document.id: document.text for document in documents.values()}
            passages = read_passages(generation / _PASSAGES_FILE, texts)
            vectors = VectorIndex.load(generation / _VECTORS_FILE)
            lexical = LexicalIndex.load(generation, len(passages))
            languages = _read_languages(generation)
            encoded = RememberedVectors.load(generation)
        except (KeyError, TypeError, ValueError, RuntimeError, OSError) as error:
            raise damaged(folder, manifest.generation, "cannot be read") from error
        return cls(documents, passages, vectors, lexical, languages, encoder, encoded, manifest)


def _by_id(documents: Iterable[Document]) -> dict[str, Document]:
    by_id: dict[str, Document] = {}
    for document in documents:
        if document.id in by_id:
            raise YinjuError(f"two articles have the id {document.id!r}: rename {document.source} or its namesake")
        by_id[document.id] = document
    return by_id


def _place(passage: IndexedPassage) -> SectionPlace:
    return passage.chunk.document_id, passage.chunk.section_id


def _centred(encoded: Vectors, passages: int) -> Vectors:
    """The first `passages` rows are passages and the others sentences: each kind loses a mean of its own."""
    return np.concatenate([centred(part) for part in np.split(encoded, [passages])])


def _read_languages(folder: Path) -> LanguageMeans:
    names = json.loads((folder / _LANGUAGE_NAMES_FILE).read_text(encoding="utf-8"))
    return LanguageMeans(tuple(names), np.load(folder / _LANGUAGES_FILE, allow_pickle=False))


def _texts_to_encode(
    passages: Sequence[IndexedPassage], documents: Mapping[str, Document], settings: IndexSettings
) -> list[str]:
    """The passages' texts, then their sentences', in row order."""
    texts = [_with_context(item.chunk, documents) if settings.context else item.chunk.text for item in passages]
    for passage in passages:
        text = documents[passage.chunk.document_id].text
        texts += [span.of(text) for span in passage.sentences]
    return texts


def _with_context(chunk: Chunk, documents: Mapping[str, Document]) -> str:
    """The chunk's text after its section's heading and expert, which only the encoder sees."""
    section = documents[chunk.document_id].section_at(chunk.span.start)
    parts = (section.heading, section.question, section.expert) if section else ()
    return "\n".join([part for part in parts if part] + [chunk.text])


def _with_question(chunk: Chunk, documents: Mapping[str, Document]) -> str:
    """The chunk's text after the question that its section answers in a few words."""
    return "\n".join(part for part in (_asked(chunk, documents), chunk.text) if part)


def _asked(chunk: Chunk, documents: Mapping[str, Document]) -> str:
    """The question that the chunk's section leans on: a short one does, unless somebody else answered before."""
    document = documents[chunk.document_id]
    section = document.section_at(chunk.span.start)
    if section is None or max(len(section.span), len(section.question)) > _SHORT_ANSWER:
        return ""
    first = next(other for other in document.sections if other.question == section.question)
    return section.question if section is first else ""

"""The faster engine: OpenVINO, on a graph that is converted once from the PyTorch model and kept in the cache."""

import importlib.metadata
import json
import logging
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from index.cpu import available_cores
from index.engine import unit_rows
from index.model_cache import cache_root, cached_folder
from index.model_folder import ModelFolder
from index.openvino_runtime import Graph, rounded_up, write_graph
from index.probe_questions import probe_questions
from index.tokenizing import shared_tokenizer

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

LOG = logging.getLogger(__name__)
# Raised when what `_convert` writes changes.
FORMAT = 4
GRAPH, TOKENIZER, FACTS = "model.xml", "tokenizer.json", "facts.json"
PLAIN_MODULES = (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
# A converted graph is kept only if it gives what PyTorch gives; float32 agrees to 0.99999 where a conversion is right.
LEAST_AGREEMENT = 0.999
# So many questions of each language show a conversion how large activations become.
_EXAMPLES = 3
PROBES = ("", "绿色发展是什么？", "The Belt and Road Initiative, in 2013.", "ÀÉ ﬁ １２ " * 10, "长 text " * 2000)


@dataclass(frozen=True, slots=True)
class GraphFacts:
    """What is needed beside the graph to run it; `agreement` is the least cosine with PyTorch over the probes."""

    dimension: int
    max_tokens: int
    pad_id: int
    agreement: float


class OpenVINOEngine:
    """A converted sentence-transformers model; starts without PyTorch.

    One text runs on all threads together. Several are divided among the threads, one stream each: on two cores without
    8-bit products that takes 0.125 s of processor time a passage of 300 characters instead of 0.165, and 100 MB more
    memory. With them one stream is as fast.
    """

    def __init__(self, graph: Path, tokenizer: Tokenizer, facts: GraphFacts, precision: str, threads: int) -> None:
        self.dimension = facts.dimension
        self.max_tokens = facts.max_tokens
        self._pad_id = facts.pad_id
        self._tokenizer = tokenizer
        self._graph = Graph(graph, precision, threads)
        self._streams = 1 if precision == "int8" else threads

    @classmethod
    def load(cls, model: ModelFolder, precision: str, threads: int, cache: Path | None) -> "OpenVINOEngine | None":
        """The model in a precision; None where its conversion does not agree with PyTorch.

        The first call for a model converts it (about 20 s, PyTorch included), later ones take 1 to 2 s.
        """
        key = f"openvino-{importlib.metadata.version('openvino')}-{model.fingerprint}-v{FORMAT}"
        folder = cached_folder(cache_root(cache), key, partial(_convert, model.path))
        facts = GraphFacts(**json.loads((folder / FACTS).read_text(encoding="utf-8")))
        if not facts.agreement >= LEAST_AGREEMENT:  # also where it is not a number
            return None
        engine = cls(folder / GRAPH, shared_tokenizer(folder / TOKENIZER), facts, precision, threads)
        engine.embed([""], "")  # compiles what a question needs
        return engine

    @cached_property
    def _single(self) -> list[Any]:
        return self._graph.requests()

    @cached_property
    def _parallel(self) -> list[Any]:
        return self._graph.requests(self._streams)

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """As of any engine."""
        return [len(encoding) for encoding in self._encode(texts)]

    def embed(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        """As of any engine."""
        rows = self._encode([prompt + text for text in texts])
        requests = self._parallel if len(rows) > 1 and self._streams > 1 else self._single
        share = -(-len(rows) // len(requests))
        parts = [rows[start : start + share] for start in range(0, len(rows), share)]
        busy = requests[: len(parts)]
        for request, part in zip(busy, parts, strict=True):
            request.start_async(self._inputs(part))
        for request in busy:
            request.wait()
        return unit_rows(np.concatenate([request.get_output_tensor().data for request in busy]))

    def _encode(self, texts: Sequence[str]) -> list[Encoding]:
        most = self.max_tokens - self._tokenizer.num_special_tokens_to_add(is_pair=False)
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        for encoding in encodings:
            encoding.truncate(most)
        return [self._tokenizer.post_process(encoding) for encoding in encodings]

    def _inputs(self, rows: Sequence[Encoding]) -> dict[str, NDArray[Any]]:
        shape = (len(rows), rounded_up(max(map(len, rows))))
        ids, mask = np.full(shape, self._pad_id, np.int64), np.zeros(shape, np.int64)
        for i, row in enumerate(rows):
            ids[i, : len(row)] = row.ids
            mask[i, : len(row)] = 1
        return self._graph.inputs(ids, mask)


def is_plain(folder: Path) -> bool:
    """Whether the model is a transformer, a pooling of its tokens and perhaps a normalisation: what is converted."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        return [module["type"].rpartition(".")[2] for module in modules] in PLAIN_MODULES
    except (OSError, ValueError, TypeError, KeyError):
        return False


def _convert(source: Path, folder: Path) -> None:
    # PyTorch takes seconds to import and is needed for the conversion alone.
    from index.torch_engine import load_sentence_transformer  # noqa: PLC0415

    LOG.info("converting %s for OpenVINO, once", source)
    model = load_sentence_transformer(source, "float32")
    try:
        facts = _write_graph(model, source, folder)
    except OSError:  # says nothing about the model
        raise
    except Exception as error:  # whatever a model outside the ordinary makes three libraries raise
        LOG.warning("%s stays with PyTorch: its conversion failed (%s)", source, error)
        facts = GraphFacts(dimension=0, max_tokens=0, pad_id=0, agreement=0.0)
    (folder / FACTS).write_text(json.dumps(asdict(facts)), encoding="utf-8")


def _write_graph(model: "SentenceTransformer", source: Path, folder: Path) -> GraphFacts:
    dimension, max_tokens = model.get_embedding_dimension(), model.max_seq_length
    if dimension is None or max_tokens is None:
        raise ValueError("it declares no dimension or no greatest length")
    examples = [question for language in probe_questions().values() for question in language[:_EXAMPLES]]
    example = model.tokenizer(examples, padding=True, return_tensors="pt")
    inputs = {name: example[name] for name in ("input_ids", "attention_mask")}
    write_graph(_pipeline(model), inputs, folder / GRAPH)
    _write_tokenizer(model.tokenizer.backend_tokenizer, source, folder / TOKENIZER)
    facts = GraphFacts(dimension, max_tokens, pad_id=int(model.tokenizer.pad_token_id), agreement=0.0)
    return replace(facts, agreement=_agreement(model, folder, facts))


def _write_tokenizer(tokenizer: Tokenizer, source: Path, path: Path) -> None:
    """The model's own file, where it gives the same tokens: whoever else reads with that file then shares it."""
    tokenizer.no_padding()
    tokenizer.no_truncation()
    own = source / TOKENIZER
    if own.is_file():
        shutil.copyfile(own, path)
        copied = Tokenizer.from_file(str(path))
        if all(copied.encode(probe).ids == tokenizer.encode(probe).ids for probe in PROBES):
            return
    tokenizer.save(str(path), pretty=False)


def _pipeline(model: "SentenceTransformer") -> "torch.nn.Module":
    import torch  # noqa: PLC0415 (see _convert)

    class Pipeline(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            return torch.as_tensor(self.model(features)["sentence_embedding"])

    return Pipeline()


def _agreement(model: "SentenceTransformer", folder: Path, facts: GraphFacts) -> float:
    tokenizer = shared_tokenizer(folder / TOKENIZER)
    engine = OpenVINOEngine(folder / GRAPH, tokenizer, facts, "float32", available_cores())
    wanted = model.encode(list(PROBES), prompt="", normalize_embeddings=True, show_progress_bar=False)
    together = engine.embed(PROBES, "")
    alone = np.concatenate([engine.embed([probe], "") for probe in PROBES])
    return float(min((wanted * together).sum(1).min(), (wanted * alone).sum(1).min()))

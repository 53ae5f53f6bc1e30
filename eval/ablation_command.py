"""`python -m eval ablation FILE.json`: what each part of retrieval gives, and the curve of each weight."""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from eval.machine import machine_name
from eval.ranking_metrics import hit_at_k, reciprocal_rank
from eval.squad import SquadSet, join_contexts, load_squad, sample_questions
from eval.squad_command import build_set
from index.encoder import Progress, SentenceEncoder, Vectors
from index.fusion import FusionWeights
from index.passage_index import PassageIndex

_TOP_K = 40
_CURVES: dict[str, tuple[float, ...]] = {
    "sentence": (0.0, 0.5, 1.0, 1.5, 2.0),
    "lexical": (0.0, 0.25, 0.5, 0.7, 1.0, 1.5, 2.0),
    "question_shift": (0.0, 0.3, 0.6, 0.9),
}


class RememberingEncoder:
    """An encoder that encodes each question once, however often it is asked."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self.name = encoder.name
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self._encoder = encoder
        self._vectors: dict[str, Vectors] = {}

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As the encoder gives them."""
        for text in texts:
            if text not in self._vectors:
                self._vectors[text] = self._encoder.encode_queries([text])[0]
        return np.stack([self._vectors[text] for text in texts])

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """As the encoder gives them."""
        return self._encoder.encode_passages(texts, progress)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command and its options."""
    parser = commands.add_parser("ablation", help="what each part of retrieval gives on a SQuAD-format set")
    parser.add_argument("file", type=Path, help="the paragraphs, and questions about them")
    parser.add_argument("--questions", type=Path, nargs="*", default=[], help="question files in other languages")
    parser.add_argument("--limit", type=int, help="ask a sample of this many questions of each file")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    contexts = load_squad(arguments.file)
    sets = [contexts, *(join_contexts(load_squad(path), contexts) for path in arguments.questions)]
    index = build_set(contexts, RememberingEncoder(SentenceEncoder.load(arguments.model))).index
    print(f"machine: {machine_name()}\n\nrecall@1 / MRR@10".ljust(40), *(squad.name for squad in sets), sep="  ")
    for name, weights in _variants().items():
        varied = index.with_weights(weights)
        cells = [_scores(varied, squad, arguments.limit) for squad in sets]
        print(name.ljust(28), *cells, sep="  ", flush=True)
    return 0


def _variants() -> Mapping[str, FusionWeights]:
    chosen = FusionWeights()
    alone = FusionWeights(passage=0, sentence=0, lexical=0)
    variants = {
        "as chosen": chosen,
        "passages alone": replace(alone, passage=1, question_shift=0),
        "best sentence alone": replace(alone, sentence=1, question_shift=0),
        "BM25 alone": replace(alone, lexical=1),
    }
    for field, values in _CURVES.items():
        variants |= {f"{field} {value}": replace(chosen, **{field: value}) for value in values}
    return variants


def _scores(index: PassageIndex, squad: SquadSet, limit: int | None) -> str:
    found = list(_ranked(index, squad, limit))
    recall = np.mean([hit_at_k(ranking, relevant, 1) for ranking, relevant in found])
    rank = np.mean([reciprocal_rank(ranking, relevant) for ranking, relevant in found])
    return f"{recall:.3f} / {rank:.3f}"


def _ranked(index: PassageIndex, squad: SquadSet, limit: int | None) -> Iterator[tuple[list[int], frozenset[int]]]:
    questions = sample_questions(squad.questions, limit)
    for question in tqdm(questions, desc=squad.name, file=sys.stderr, leave=False):
        passages = index.search(question.question, _TOP_K)
        ranking = list(dict.fromkeys(int(passage.chunk.document_id) for passage in passages))
        yield ranking, squad.relevant_paragraphs(question)

"""`python -m eval bench`: how fast encoding, indexing, retrieval and answers are, as ratios of one run."""

import argparse
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from answer.answerer import QuestionAnswerer
from eval.article_command import QUESTIONS
from eval.latency import latency_percentiles
from eval.machine import machine_name
from eval.questions import load_questions
from eval.report import latency_rows
from index.encoder import SentenceEncoder
from index.indexed_passage import passages_of
from index.opening import DEFAULT_ARTICLES
from index.passage_index import IndexSettings, PassageIndex
from ingest.document import Document
from ingest.loaders import load_documents

Result = TypeVar("Result")

_PASSAGE_CHARACTERS = 300
# Enough that preparing for each length, which comes once, does not count for much.
_PASSAGES = 240


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command and its options."""
    parser = commands.add_parser("bench", help="measure speed")
    parser.add_argument("--articles", type=Path, default=DEFAULT_ARTICLES, help="articles to take the text from")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    print(f"machine: {machine_name()}")
    documents = load_documents(arguments.articles)
    seconds, encoder = _timed(lambda: SentenceEncoder.load(arguments.model))
    print(f"model       loaded in {seconds:.1f} s, engine {encoder.engine_name}, {encoder.precision}")
    _bench_encoding(encoder, documents)
    index = _bench_index(encoder, documents)
    _bench_answers(index, QuestionAnswerer.from_index(index, arguments.reader))
    return 0


def _bench_encoding(encoder: SentenceEncoder, documents: tuple[Document, ...]) -> None:
    text = "".join(document.text for document in documents)
    starts = np.linspace(0, max(0, len(text) - _PASSAGE_CHARACTERS), _PASSAGES, dtype=int)
    passages = [text[start : start + _PASSAGE_CHARACTERS] for start in starts]
    encoder.encode_passages(passages[:4])
    seconds, _ = _timed(lambda: encoder.encode_passages(passages))
    print(f"encoding    {_PASSAGES / seconds:.1f} passages of {_PASSAGE_CHARACTERS} characters a second")


def _bench_index(encoder: SentenceEncoder, documents: tuple[Document, ...]) -> PassageIndex:
    passages = passages_of(documents, IndexSettings().chunks)
    texts = [item.chunk.text for item in passages]
    by_id = {document.id: document.text for document in documents}
    texts += [span.of(by_id[item.chunk.document_id]) for item in passages for span in item.sentences]
    PassageIndex.from_documents(documents[:1], encoder)
    alone, _ = _timed(lambda: encoder.encode_passages(texts))
    seconds, index = _timed(lambda: PassageIndex.from_documents(documents, encoder))
    print(f"indexing    {seconds:.2f} s for {len(passages)} passages and their {len(texts) - len(passages)} sentences")
    print(f"            {seconds / alone:.2f} times what the encoder alone takes for the same texts")
    return index


def _bench_answers(index: PassageIndex, answerer: QuestionAnswerer) -> None:
    questions = [item.question for item in load_questions(QUESTIONS)]
    # As a server does when it starts.
    for prepare in answerer.preparations():
        prepare()
    alone = [1000 * _timed(partial(index.search, question))[0] for question in questions]
    print(latency_rows(f"retrieval alone, {len(questions)} questions", {"retrieval": latency_percentiles(alone)}))
    timings = [answerer.answer(question).timings_ms for question in questions]
    stages = {stage: latency_percentiles([timing[stage] for timing in timings]) for stage in timings[0]}
    print(latency_rows(f"answers     {len(questions)} questions", stages))


def _timed(action: Callable[[], Result]) -> tuple[float, Result]:
    started = time.perf_counter()
    result = action()
    return time.perf_counter() - started, result

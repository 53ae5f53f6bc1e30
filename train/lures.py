"""What in a text without an answer looks most like one: the sentence that a retriever would have read first."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from tqdm import tqdm

from index.encoder import Encoder, Vectors
from ingest.document import Span
from ingest.sentences import sentence_spans
from train.examples import Example


def with_lures(examples: Sequence[Example], encoder: Encoder) -> list[Example]:
    """The examples in order; those with neither answer nor lure have the sentence closest in meaning as `lure`.

    Closeness is the cosine of question and sentence as `encoder` embeds them, which is blind to their languages.
    """
    bare = [example for example in examples if example.answer is None and example.lure is None]
    spans = {example.text: sentence_spans(example.text) for example in bare}
    rows = {text: row for row, text in enumerate(sorted({span.of(text) for text in spans for span in spans[text]}))}
    with tqdm(total=len(rows), desc="embedding sentences", unit="") as bar:
        vectors = encoder.encode_passages(list(rows), lambda done, _: bar.update(done - bar.n))
    questions = {question: row for row, question in enumerate(sorted({example.question for example in bare}))}
    asked = encoder.encode_queries(list(questions))

    def lure_of(example: Example) -> Span | None:
        places = spans[example.text]
        found = vectors[[rows[span.of(example.text)] for span in places]]
        return _closest(asked[questions[example.question]], found, places)

    return [
        replace(example, lure=lure_of(example)) if example.answer is None and example.lure is None else example
        for example in examples
    ]


def _closest(question: Vectors, sentences: Vectors, places: Sequence[Span]) -> Span | None:
    return places[int(np.argmax(sentences @ question))] if places else None

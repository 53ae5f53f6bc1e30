"""What answers come from beside the articles, for whoever compares answers of two days."""

import hashlib
import json
from dataclasses import asdict, dataclass

from answer.confidence import Calibration
from answer.reader import Reader, SentenceReader
from answer.span_reader import SpanReader
from index.manifest import Manifest

_NAMES: dict[type, str] = {SpanReader: "span", SentenceReader: "sentence"}


@dataclass(frozen=True, slots=True)
class Provenance:
    """The model that encoded the index, the reader that reads, and how sure it makes the answerer.

    `reader` is "span" or "sentence", whichever was opened, or its class's name. `reader_fingerprint` identifies its
    trained weights and `reading` says how much it reads and how exactly it computes; both are empty where it has no
    weights. `calibration` identifies weights and threshold of the confidence. Fingerprints are sixteen hex digits.
    """

    model: str
    model_fingerprint: str
    reader: str
    reader_fingerprint: str
    reading: str
    calibration: str

    @classmethod
    def of(cls, index: Manifest, reader: Reader, calibration: Calibration) -> "Provenance":
        """Where answers from these come from."""
        return cls(
            model=index.model,
            model_fingerprint=index.model_fingerprint,
            reader=_NAMES.get(type(reader), type(reader).__name__),
            reader_fingerprint=reader.model.fingerprint if isinstance(reader, SpanReader) else "",
            reading=_reading(reader) if isinstance(reader, SpanReader) else "",
            calibration=hashlib.sha256(json.dumps(asdict(calibration), sort_keys=True).encode()).hexdigest()[:16],
        )


def _reading(reader: SpanReader) -> str:
    settings = ", ".join(f"{name} {value}" for name, value in asdict(reader.settings).items())
    return f"{settings}, {reader.model.precision}"

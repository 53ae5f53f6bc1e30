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
    trained weights and is empty where it has none; `calibration` identifies weights and threshold of the confidence.
    Each is sixteen hex digits.
    """

    model: str
    model_fingerprint: str
    reader: str
    reader_fingerprint: str
    calibration: str

    @classmethod
    def of(cls, index: Manifest, reader: Reader, calibration: Calibration) -> "Provenance":
        """Where answers from these come from."""
        return cls(
            model=index.model,
            model_fingerprint=index.model_fingerprint,
            reader=_NAMES.get(type(reader), type(reader).__name__),
            reader_fingerprint=reader.model.fingerprint if isinstance(reader, SpanReader) else "",
            calibration=hashlib.sha256(json.dumps(asdict(calibration), sort_keys=True).encode()).hexdigest()[:16],
        )

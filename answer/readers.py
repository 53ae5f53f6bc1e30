"""Which reader answers: the trained one where it can run, else the one that compares sentences."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from answer.confidence import CALIBRATION_FILE, Calibration
from answer.reader import Reader, SentenceReader
from answer.span_model import SpanModel
from answer.span_reader import SpanReader
from answer.span_weights import WEIGHTS
from ingest.errors import YinjuError

READERS = ("auto", "span", "sentence")
SPAN_CALIBRATION_FILE = WEIGHTS / "calibration.json"


@dataclass(frozen=True, slots=True)
class CalibratedReader:
    """A reader, and how sure its candidates make the answerer."""

    reader: Reader
    calibration: Calibration


def open_reader(name: str = "auto", notice: Callable[[str], None] = print) -> CalibratedReader:
    """The reader called `name`; "auto" is the trained one, or the sentence reader where that cannot be loaded.

    `notice` is told why it cannot. Raises YinjuError for another name, and for "span" where it cannot be loaded.
    """
    if name not in READERS:
        raise YinjuError(f"There is no reader {name!r}: choose one of {', '.join(READERS)}.")
    if name != "sentence":
        try:
            return CalibratedReader(span_reader(), Calibration.load(SPAN_CALIBRATION_FILE))
        except YinjuError as error:
            if name == "span":
                raise
            notice(f"whole sentences are compared, the trained reader cannot run: {error}")
    return CalibratedReader(SentenceReader(), Calibration.load(CALIBRATION_FILE))


@cache
def span_reader() -> SpanReader:
    """The trained reader, one for all answerers of the process: it takes 100 MB and a second to load."""
    return SpanReader(SpanModel.load())

"""Where the question sets that were written for this project stand."""

from pathlib import Path

WRITTEN = Path(__file__).parent.parent / "train" / "data"

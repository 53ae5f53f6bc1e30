"""Likes and dislikes, added to a file line by line; kept only where the operator names one."""

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

from answer.answer import Answer
from ingest.errors import YinjuError


class FeedbackFile:
    """A file that grows by one JSON object a vote."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: Path) -> "FeedbackFile":
        """The file at `path`, made if there is none; raises YinjuError if it cannot be written."""
        try:
            path.open("a", encoding="utf-8").close()
        except OSError as error:
            message = f"cannot write {path}: {error.strerror}; name another file with --feedback"
            raise YinjuError(message) from error
        return cls(path)

    def add(self, answer: Answer, *, liked: bool) -> None:
        """A vote on an answer; nothing about who gave it."""
        entry = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "liked": liked,
            "question": answer.question,
            "kind": answer.kind,
            "confidence": round(answer.confidence, 4),
            "text": answer.text,
            "index_id": answer.index_id,
        }
        line = json.dumps(entry, ensure_ascii=False) + "\n"
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            file.write(line)

"""What the server counts, in Prometheus' text format."""

from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

Outcome = Literal["answered", "abstained", "refused", "failed"]
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """Questions by outcome, seconds from question to answer, and questions that wait or are being answered."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._questions = Counter(
            "yinju_questions", "Questions asked, by outcome.", ["outcome"], registry=self._registry
        )
        self._abstentions = Counter("yinju_abstentions", "Questions that no article answers.", registry=self._registry)
        self._seconds = Histogram(
            "yinju_answer_seconds", "Seconds from question to answer.", buckets=_SECONDS, registry=self._registry
        )
        self.queue = Gauge("yinju_queue", "Questions that wait or are being answered.", registry=self._registry)

    def count(self, outcome: Outcome, seconds: float) -> None:
        """One question more."""
        self._questions.labels(outcome).inc()
        if outcome == "abstained":
            self._abstentions.inc()
        if outcome in ("answered", "abstained"):
            self._seconds.observe(seconds)

    def text(self) -> bytes:
        """The exposition format."""
        return generate_latest(self._registry)

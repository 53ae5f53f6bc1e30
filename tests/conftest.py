"""What tests in every package share."""

import pytest
from hypothesis import settings

from answer.readers import span_reader
from answer.span_model import SpanModel
from index.encoder import SentenceEncoder

# How long an example takes says more about what else runs on the machine.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    """The bundled model as users get it, from the user's own cache: loading it is the slowest step of the tests."""
    return SentenceEncoder.load()


@pytest.fixture(scope="session")
def span_model() -> SpanModel:
    """The trained reader's network as it is shipped."""
    return span_reader().model

"""What tests in every package share."""

import pytest

from index.encoder import SentenceEncoder


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    """The bundled model as users get it, from the user's own cache: loading it is the slowest step of the tests."""
    return SentenceEncoder.load()

"""What the tests of the index share."""

import pytest
from hash_encoder import HashEncoder


@pytest.fixture(scope="session")
def cache(tmp_path_factory) -> str:
    """A model cache for encoders that exist in tests only."""
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def hash_encoder(monkeypatch, cache) -> HashEncoder:
    """A quick encoder; what is kept of it stays out of the user's cache."""
    monkeypatch.setenv("YINJU_CACHE", cache)
    return HashEncoder()

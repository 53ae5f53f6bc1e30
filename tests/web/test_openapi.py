"""Whatever is sent to the interface, it answers as its own description says, and never with an error of its own."""

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

OPERATIONS = (
    ("POST", "/api/ask"),
    ("POST", "/api/batch"),
    ("GET", "/api/articles"),
    ("GET", "/api/articles/{id}"),
    ("GET", "/api/articles/{id}/passages/{start}-{end}"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
)
REQUESTS = [(schemathesis.GenerationMode.POSITIVE, *operation) for operation in OPERATIONS] + [
    (schemathesis.GenerationMode.NEGATIVE, method, path)
    for method, path in OPERATIONS
    if method == "POST" or "{start}" in path
]
# A question without a word is a string as described, and refused as described.
CHECKS = [
    not_a_server_error,
    *(status_code_conformance, content_type_conformance, response_schema_conformance),
]


@pytest.fixture(scope="module")
def description(server: str) -> schemathesis.BaseSchema:
    """The running server's."""
    return schemathesis.openapi.from_url(f"{server}/openapi.json")


def test_every_operation_is_tried(server: str) -> None:
    paths = httpx.get(f"{server}/openapi.json").json()["paths"]
    described = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert described == set(OPERATIONS)


@pytest.mark.parametrize(("mode", "method", "path"), REQUESTS)
def test_every_answer_is_as_described(
    description: schemathesis.BaseSchema, mode: schemathesis.GenerationMode, method: str, path: str
) -> None:
    """Status, type and shape of what comes back, for requests as described and for all others."""
    requests = description[path][method].as_strategy(generation_mode=mode)

    @settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=requests)
    def answered_as_described(case: schemathesis.Case) -> None:
        case.call_and_validate(timeout=60, checks=CHECKS)

    answered_as_described()

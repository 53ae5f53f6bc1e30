"""The words of the operator's page: whatever a run can come to has its own in both languages."""

import pytest

from answer.provenance import Provenance
from eval.runs.outcome import FAILURES
from web.runs.words import SCRIPT


@pytest.mark.parametrize("failure", FAILURES)
def test_every_failure_has_words(failure: str) -> None:
    assert SCRIPT[failure].zh != SCRIPT[failure].en


@pytest.mark.parametrize("name", ["questions_sha256", "index_id", *Provenance.__slots__, "machine"])
def test_every_setting_that_may_change_has_a_name(name: str) -> None:
    assert SCRIPT[f"name {name}"].zh != SCRIPT[f"name {name}"].en

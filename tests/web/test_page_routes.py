"""What the page's own scripts may ask for, and what others may not."""

from collections.abc import Mapping

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from answer.answer import Answer
from answer.question import clean_question
from ingest.document import Document
from web.api.errors import add_error_handlers
from web.metrics import Metrics
from web.page_routes import page_router
from web.service import AnswerService
from web.settings import WebSettings


class Abstainer:
    """Has an answer to nothing."""

    documents: Mapping[str, Document] = {}

    def answer(self, question: str, *, article: str | None = None) -> Answer:
        return Answer(clean_question(question), "zh", "none", None, 0.0, (), ())


EXPORT = {"questions": [{"question": "陈刚还说了什么？", "asked": "他呢？"}], "form": "json", "language": "zh"}


def page(api_token: str = "") -> TestClient:
    """A server with the page's routes alone."""
    app = FastAPI()
    app.include_router(page_router(AnswerService(Abstainer(), WebSettings(), Metrics()), None, api_token=api_token))
    add_error_handlers(app)
    return TestClient(app, base_url="http://yinju.example")


def test_with_a_token_an_export_is_written_for_the_page_alone() -> None:
    """It holds what /api answers, and browsers say which page asks."""
    client = page(api_token="geheim")
    refused = client.post("/page/export", json=EXPORT)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "page_only")
    assert client.post("/page/export", json=EXPORT, headers={"Origin": "http://yinju.example"}).status_code == 200
    assert client.post("/page/export", json=EXPORT, headers={"Origin": "http://other.example"}).status_code == 403


def test_without_a_token_anyone_may_export() -> None:
    assert page().post("/page/export", json=EXPORT).status_code == 200


@pytest.mark.parametrize(("asked", "written"), [("他呢？", "他呢？"), ("", "陈刚还说了什么？")])
def test_an_export_says_what_was_typed_and_what_was_understood(asked: str, written: str) -> None:
    """Also where both are the same."""
    body = {**EXPORT, "questions": [{"question": "陈刚还说了什么？", "asked": asked}]}
    [answer] = page().post("/page/export", json=body).json()
    assert (answer["asked"], answer["question"]) == (written, "陈刚还说了什么？")

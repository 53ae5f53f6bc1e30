"""A chat that a portal puts beside one article, and a program that names one, are answered from that one alone."""

import json
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from answer.answerer import QuestionAnswerer
from index.encoder import SentenceEncoder
from index.passage_index import PassageIndex
from ingest.sections import document_from_text
from web import texts
from web.api.errors import add_error_handlers
from web.api.routes import api_router
from web.metrics import Metrics
from web.page_routes import page_router
from web.service import AnswerService
from web.settings import WebSettings
from web.widget.routes import widget_router

ARTICLES = {
    "sky": """天文馆夜话

赵六（天文馆馆长）：

土星的光环主要由冰块组成。木星有九十多颗卫星。

钱七（气象台台长）：

台风的中心叫台风眼，那里几乎没有风。
""",
    "sea": """海洋笔谈

张三（国家海洋研究所所长）：

海水变暖，珊瑚正在大面积白化。珊瑚礁养活了四分之一的海洋鱼类。

王五（近海水产学会会长）：

红树林的根系能够固碳，也能够挡住风浪。保护红树林要做三件事。一是停止填海；二是补种幼苗；三是监测水质。
""",
}
RINGS = "土星的光环由什么组成？"


@pytest.fixture(scope="module")
def http(encoder: SentenceEncoder) -> Iterator[TestClient]:
    """A server of two articles, with what the widget and programs call."""
    documents = [document_from_text(text, source=f"{id}.txt", sha256="0", id=id) for id, text in ARTICLES.items()]
    answerer = QuestionAnswerer.from_index(PassageIndex.from_documents(documents, encoder))
    service = AnswerService(answerer, WebSettings(rate_limit=0), Metrics())
    app = FastAPI()
    routers = (
        page_router(service, None, api_token=""),
        widget_router(service, feedback=False),
        api_router(service, WebSettings()),
    )
    for router in routers:
        app.include_router(router)
    add_error_handlers(app)
    with TestClient(app) as client:
        yield client


def turn(http: TestClient, question: str, article: str | None = None, earlier: str = "") -> dict[str, str]:
    response = http.post("/page/turn", json={"question": question, "earlier": earlier, "article": article})
    assert response.status_code == 200
    return dict(response.json())


def test_the_widget_quotes_its_own_article_alone(http: TestClient) -> None:
    """What only the other tells is not answered, and not even shown as near."""
    assert "冰块" in turn(http, RINGS)["answer"]
    assert "冰块" in turn(http, RINGS, "sky")["answer"]
    of_another = turn(http, RINGS, "sea")
    assert of_another["abstained"]
    assert 'data-document="sea"' in of_another["evidence"]
    assert 'data-document="sky"' not in of_another["evidence"]


def test_the_widget_sums_up_its_own_article_and_suggests_questions_about_it(http: TestClient) -> None:
    for article, told, other in (("sky", "赵六", "张三"), ("sea", "张三", "赵六")):
        shown = turn(http, "这篇文章主要讲了什么？", article)
        assert not shown["abstained"]
        assert told in shown["answer"]
        assert not [part for part in shown.values() if other in str(part)]
        welcome = http.get(f"/widget?article={article}").text
        assert told in welcome
        assert other not in welcome


def test_a_follow_up_is_understood_from_what_the_article_answered(http: TestClient) -> None:
    assert "台风眼" in turn(http, "钱七呢？", "sky", earlier="赵六的主要观点是什么？")["answer"]
    assert turn(http, "他还说了什么？", "sea", earlier="张三的主要观点是什么？")["question"] == "张三还说了什么？"


def test_an_answer_is_taken_away_as_the_article_gave_it(http: TestClient) -> None:
    """And remembered apart from what all articles answer."""
    body = {"questions": [{"question": RINGS}], "form": "json", "language": "zh"}
    written = {
        article: http.post("/page/export", json={**body, "article": article}).json()[0]["text"]
        for article in (None, "sky", "sea")
    }
    assert "冰块" in written[None]
    assert "冰块" in written["sky"]
    assert written["sea"] is None


def test_a_program_may_name_the_article_that_it_asks(http: TestClient) -> None:
    """Without one, and with null, all are asked, and the answer is the same."""
    answers = [
        http.post("/api/ask", json={"question": RINGS, **more}).json()
        for more in ({}, {"article": None}, {"article": "sky"}, {"article": "sea"})
    ]
    timeless = [json.dumps({**answer, "timings_ms": {}}) for answer in answers]
    assert timeless[0] == timeless[1]
    assert {citation["document_id"] for citation in answers[2]["citations"]} == {"sky"}
    assert answers[3]["text"] is None
    assert {passage["document_id"] for passage in answers[3]["passages"]} == {"sea"}


def test_each_question_of_a_batch_may_name_its_article(http: TestClient) -> None:
    """One that is not there is told of in its line, and the others are answered."""
    articles = (None, "sky", "sea", "nothing")
    questions = [{"question": RINGS, "article": article, "id": number} for number, article in enumerate(articles)]
    response = http.post("/api/batch", json={"questions": questions})
    everything, sky, sea, nothing = [json.loads(line) for line in response.text.splitlines()]
    assert everything["text"] == sky["text"] is not None
    assert sea["text"] is None
    assert {passage["document_id"] for passage in sea["passages"]} == {"sea"}
    assert (nothing["id"], nothing["error"]["code"]) == (3, "no_such_article")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/ask", {"question": RINGS}),
        ("/page/turn", {"question": RINGS}),
        ("/page/export", {"questions": [{"question": RINGS}], "form": "json", "language": "zh"}),
    ],
)
@pytest.mark.parametrize("article", ["nothing", "", "\ud83d"])
def test_an_unknown_article_is_told_of(http: TestClient, path: str, body: dict[str, object], article: str) -> None:
    content = json.dumps({**body, "article": article}).encode()
    response = http.post(path, content=content, headers={"Content-Type": "application/json"})
    assert (response.status_code, response.json()["error"]["code"]) == (404, "no_such_article")


def test_a_widget_for_an_unknown_article_says_so_kindly_and_can_be_closed(http: TestClient) -> None:
    """In both languages, in a page; there is nothing to ask with and nothing to try."""
    response = http.get("/widget?article=nothing")
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    unknown = texts.REFUSALS["no_such_article"]
    assert response.text.count(f">{unknown.zh}<") == 1
    assert response.text.count(f">{unknown.en}<") == 1
    assert '<form id="ask" hidden>' in response.text
    assert '<button type="button" id="close">' in response.text
    assert "data-zh" not in response.text
    for known in ("/widget", "/widget?article=sea", "/widget?article="):
        assert http.get(known).status_code == 200
        assert '<form id="ask">' in http.get(known).text

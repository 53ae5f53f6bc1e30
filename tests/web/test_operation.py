"""A server in operation: what it writes down, and that it stops without losing an answer."""

import json
import signal
import threading
from pathlib import Path

import httpx
import pytest
from conftest import first_line, start_app

QUESTION = "雅万高铁预计减少多少碳排放？"


@pytest.mark.usefixtures("server")
def test_votes_and_accesses_are_written_down_and_running_answers_finish(
    options: tuple[str, ...], tmp_path: Path
) -> None:
    """The access log names no question, and being stopped is no error for who is being answered."""
    votes = tmp_path / "votes.jsonl"
    process = start_app(*options, "--feedback", str(votes), "--access-log")
    server = first_line(process)
    answered: list[httpx.Response] = []

    def ask(question: str) -> None:
        answered.append(httpx.post(f"{server}/api/ask", json={"question": question}, timeout=60))

    vote = httpx.post(f"{server}/page/vote", json={"question": QUESTION, "liked": True}, timeout=60)
    assert vote.status_code == 204
    asking = threading.Thread(target=ask, args=("绿色交通基础设施建设面临哪些挑战？",))
    asking.start()
    while "yinju_queue 1.0" not in httpx.get(f"{server}/metrics").text and asking.is_alive():
        pass
    process.send_signal(signal.SIGTERM)
    asking.join(timeout=30)
    _, errors = process.communicate(timeout=30)
    assert [response.status_code for response in answered] == [200]
    [kept] = [json.loads(line) for line in votes.read_text(encoding="utf-8").splitlines()]
    assert (kept["question"], kept["liked"]) == (QUESTION, True)
    accesses = [json.loads(line) for line in errors.splitlines() if line.startswith("{")]
    assert {"time", "client", "method", "path", "status", "bytes", "ms"} == set(accesses[0])
    assert ("/page/vote", 204) in {(access["path"], access["status"]) for access in accesses}
    assert "雅万高铁" not in errors
    assert "Traceback" not in errors


@pytest.mark.usefixtures("server")
def test_a_server_without_votes_keeps_none(server: str) -> None:
    response = httpx.post(f"{server}/page/vote", json={"question": QUESTION, "liked": True}, timeout=60)
    assert (response.status_code, response.json()["error"]["code"]) == (404, "no_feedback")

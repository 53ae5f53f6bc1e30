"""Agents reach the tools over the Model Context Protocol, with the protocol's own client."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from mcp import Client
from mcp.types import TextContent


@pytest.fixture
def endpoint(allowing: str) -> str:
    """Where the tools are offered."""
    return f"{allowing}/mcp"


def call(endpoint: str, tool: str, **arguments: object) -> Any:
    """What the tool gives back, as JSON; the error's text where it fails."""

    async def use() -> Any:
        async with Client(endpoint) as client:
            result = await client.call_tool(tool, arguments)
            (content,) = result.content
            assert isinstance(content, TextContent)
            return content.text if result.is_error else json.loads(content.text)

    return asyncio.run(use())


def test_an_agent_asks_and_reads_on(endpoint: str) -> None:
    """The quote is what stands at the place that the citation gives."""
    answer = call(endpoint, "ask", question="雅万高铁预计减少多少碳排放？")
    citation = answer["citations"][0]
    place = {"document_id": citation["document_id"], **citation["span"]}
    assert "33 万吨" in citation["quote"]
    assert call(endpoint, "read_passage", **place)["text"] == citation["quote"]
    article = citation["document_id"]
    of_one = call(endpoint, "ask", question="雅万高铁预计减少多少碳排放？", article=article)
    assert of_one["citations"] == answer["citations"]


def test_an_agent_is_told_what_is_wrong(endpoint: str) -> None:
    assert "empty" in call(endpoint, "ask", question=" ")
    assert "no such article" in call(endpoint, "ask", question="雅万高铁", article="x")
    assert "no article" in call(endpoint, "read_passage", document_id="x", start=0, end=1)
    assert "no characters" in call(endpoint, "read_passage", document_id="green-belt-and-road", start=5, end=1)


def test_pages_of_other_sites_reach_no_tool(endpoint: str) -> None:
    response = httpx.post(endpoint, json={}, headers={"Origin": "https://evil.example"})
    assert response.status_code == 403


def test_there_is_no_endpoint_unless_it_is_wanted(server: str) -> None:
    assert httpx.post(f"{server}/mcp", json={}).status_code == 404

"""Metadata at the top of a file is no text to answer from; a text between two rules is."""

import pytest

from ingest.document import Document
from ingest.errors import YinjuError
from ingest.sections import document_from_text

BODY = "灯塔建于1893年。\n\n港口每年吞吐33万吨。\n"
YAML = '---\ntitle: "港口的故事"\ndate: 2024-01-01\ntags:\n  - 海\n  - 港\n# 草稿\nurl: https://example.org/a\n---\n'
TOML = '+++\ntitle = "港口的故事"\n[extra]\nweight = 3\n+++\n'


def read(text: str) -> Document:
    return document_from_text(text, source="a.md", sha256="0", id="a")


@pytest.mark.parametrize("front", [YAML, TOML, YAML.replace("\n", "\r\n")])
def test_front_matter_gives_the_title_and_no_text(front: str) -> None:
    document = read(front + "\n" + BODY)
    assert document.title == "港口的故事"
    assert document.text == BODY.strip()


def test_a_heading_is_the_title_before_the_front_matters() -> None:
    assert read(YAML + "\n# 另一个标题\n\n" + BODY).title == "另一个标题"


def test_every_line_keeps_its_place_in_the_file() -> None:
    document = read(YAML + BODY)
    start = document.text.index("港口每年")
    assert document.source_map.line_at(start) == (YAML + BODY).split("\n").index("港口每年吞吐33万吨。") + 1


@pytest.mark.parametrize(
    "text",
    [
        "---\n这里没有元数据，只有一段话。\n---\n" + BODY,
        "---\ntitle: 没有结尾\n" + BODY,
        BODY + "---\ntitle: 不在开头\n---\n",
        "\n---\ntitle: 不在第一行\n---\n" + BODY,
    ],
)
def test_what_only_looks_like_front_matter_stays(text: str) -> None:
    for line in filter(None, text.split("\n")):
        assert line in read(text).text


def test_nothing_but_front_matter_is_no_article() -> None:
    with pytest.raises(YinjuError, match=r"a\.md is empty"):
        read(YAML)

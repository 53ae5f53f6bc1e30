"""What is printed around an article is not its title, and no heading."""

import pytest

from ingest.furniture import is_page_number, is_rubric
from ingest.sections import document_from_text

TITLE = "让县城留得住年轻人"
BODY = "年轻人愿不愿意留在县城，首先看有没有一份像样的工作。\n\n补齐这块短板，不能只靠盖楼。"


@pytest.mark.parametrize(
    "above",
    [
        "江淮时报 > 理论周刊 > 正文",
        "首页 / 研究成果 / 会议综述",
        "财经前哨 · 深度",
        "城市治理评论\n\n2023 年第 4 期（总第 88 期）",
        "56　绿周刊 No. 312\n\n专题座谈",
        "附件 2",
        "内部资料　注意保存\n\n第 12 期\n\n(总第 146 期)",
        "FOR JOURNALISTS\n\n3 February 2026",
        "《周五开讲》第 203 集　逐字稿\n\n播出日期：2024/05/17　21:00",
    ],
)
def test_the_title_stands_under_what_is_printed_over_it(above: str) -> None:
    document = document_from_text(f"{above}\n\n{TITLE}\n\n{BODY}\n", source="a.txt", sha256="0", id="a")
    assert document.title == TITLE
    assert all(line in document.text for line in above.replace("　", " ").split("\n\n"))


@pytest.mark.parametrize(
    "title", [TITLE, "2035年的乡村", "产业是县城的“压舱石”", "Who pays?", "三问国产动画", "评论区里的春天"]
)
def test_a_title_is_no_rubric(title: str) -> None:
    assert not is_rubric(title)


@pytest.mark.parametrize("text", ["· 35 ·", "- 3 -", "第 1 页 共 3 页", "12 / 30", "44"])
def test_page_numbers_are_told(text: str) -> None:
    assert is_page_number(text)

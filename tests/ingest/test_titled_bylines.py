"""A heading that names who speaks under it gives the section its expert, its office and its headline."""

import pytest

from ingest.document import Section
from ingest.sections import document_from_text

ONE = "很多人问我底在哪里，我的回答是，底不是一个点，而是一片区域，看挂牌量、看议价空间、看租金就知道了。"
OTHER = "房贷利率与租金回报率之间的差距是眼下最关键的变量，利率还有下调的空间，我们估计明年会看到第一步。"


def sections(text: str) -> tuple[Section, ...]:
    return document_from_text(text, source="a.md", sha256="0", id="a").sections


@pytest.mark.parametrize(
    ("form", "office"),
    [
        ("## {name}｜启元证券首席经济学家：{headline}", "启元证券首席经济学家"),
        ("## {name}（启元证券首席经济学家）：{headline}", "启元证券首席经济学家"),
        ("(一) {name}：{headline}\n［启元证券首席经济学家］", "启元证券首席经济学家"),
        ("{name}：“{headline}”", ""),
    ],
)
def test_name_office_and_headline_are_told_apart(form: str, office: str) -> None:
    heads = [
        form.format(name=name, headline=said) for name, said in (("濮阳川", "底部是区域"), ("甘露", "利率可以再降"))
    ]
    if "一" in heads[1][:3]:
        heads[1] = heads[1].replace("(一)", "(二)")
    text = f"# 楼市怎么走\n\n两位学者谈下半年。\n\n{heads[0]}\n\n{ONE}\n\n{heads[1]}\n\n{OTHER}\n"
    told = [(section.expert, section.affiliation, section.heading.strip("“”")) for section in sections(text)]
    assert told == [("濮阳川", office, "底部是区域"), ("甘露", office, "利率可以再降")]


def test_answers_under_such_a_heading_are_that_person_s() -> None:
    text = (
        "两问碳关税\n\n本刊采访了两位专家。\n\n濮阳川：“目的不是收钱”\n\n问：效果如何？\n\n"
        f"答：{ONE}\n\n甘露：“需要自己的尺子”\n\n问：日本会跟进吗？\n\n答：{OTHER}\n"
    )
    assert [(section.expert, section.question) for section in sections(text)] == [
        ("濮阳川", "效果如何？"),
        ("甘露", "日本会跟进吗？"),
    ]


def test_a_time_of_day_names_nobody() -> None:
    text = f"# 楼市\n\n财经前哨 ｜ 2025年7月2日 18:40\n\n{ONE}\n\n环球论坛 ｜ 2025年7月3日 19:20\n\n{OTHER}\n"
    assert not any(section.expert for section in sections(text))

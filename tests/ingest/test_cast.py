"""Short labels are given the full name that the article introduces; a label that may mean two people is left alone."""

import pytest

from ingest.document import Document, Section
from ingest.sections import document_from_text

SAID = "要看用几次。一个循环杯的碳排放大约是纸杯的九倍，所以用不到九次就不划算，反而更糟，这是我们四年里测出来的。"
ALSO = "今年六月的平均次数已经到十四次，当然还不够，但是方向是对的，我们会把回收桶放到车站和公司大楼的茶水间里去。"


def read(text: str) -> Document:
    return document_from_text(text, source="a.txt", sha256="0", id="a")


def spoken(text: str) -> list[Section]:
    return [section for section in read(text).sections if section.expert]


def interview(front: str, one: str, other: str) -> str:
    asked = "问：循环杯真的比较环保吗？\n\n"
    again = "问：店家怎么看？\n\n"
    return f"循环杯之后\n\n{front}\n\n{asked}{one}{SAID}\n\n{other}{ALSO}\n\n{again}{one}{ALSO}\n\n{other}{SAID}\n"


@pytest.mark.parametrize(
    ("front", "one", "other"),
    [
        ("本刊邀请东海大学环境系教授林秉勋、青禾公司执行长吴采薇对谈。", "林教授：", "吴执行长："),
        ("林秉勋　东海大学环境系教授\n\n吴采薇　青禾公司执行长", "林教授：", "吴执行长："),
        ("正方　林秉勋 / 东海大学环境系教授\n\n反方　吴采薇 / 青禾公司执行长", "正方：", "反方："),
        ("连线的是东海大学环境系教授林秉勋、青禾公司执行长吴采薇。", "【林】", "【吴】"),
    ],
)
def test_a_short_label_is_given_the_name_that_the_front_gives(front: str, one: str, other: str) -> None:
    sections = spoken(interview(front, one, other))
    assert [section.expert for section in sections] == ["林秉勋", "吴采薇"] * 2
    assert {section.affiliation for section in sections} == {"东海大学环境系教授", "青禾公司执行长"}


def test_a_title_within_a_name_is_no_part_of_it() -> None:
    text = interview("列席：东海大学环境系教授林秉勋、青禾公司执行长吴采薇。", "林教授秉勋：", "吴执行长采薇：")
    assert {section.expert for section in spoken(text)} == {"林秉勋", "吴采薇"}


def test_a_foreigner_s_last_name_stands_for_the_whole() -> None:
    front = "本刊采访了法国气候研究院研究员让-皮埃尔·莫雷尔（Jean-Pierre Morel）和本市环保局局长吴采薇。"
    sections = spoken(interview(front, "莫雷尔：", "吴采薇："))
    assert [section.expert for section in sections[:2]] == ["让-皮埃尔·莫雷尔", "吴采薇"]
    assert sections[0].affiliation == "法国气候研究院研究员"


def test_a_label_that_may_mean_two_people_stays_as_it_is() -> None:
    front = "本刊邀请东海大学教授林秉勋、南山大学教授林若水、青禾公司执行长吴采薇对谈。"
    assert spoken(interview(front, "林教授：", "吴执行长："))[0].expert == "林教授"


def test_english_surnames_stand_for_the_guests_that_are_listed() -> None:
    text = (
        "Who pays for the last degree?\n\nAROUND THE TABLE\nBisi Oyelaran, head of logistics, Meridian Pharma\n"
        "Tom Hackforth, managing director, Hackforth & Sons\nChair: Nora Whitlock, editor\n\n"
        "Whitlock: Let us start with the bill. What has changed?\n\n"
        "Hackforth: Everything that runs on a plug. We keep 140 trailers on shore power at night, dearly.\n\n"
        "Oyelaran: The cost that grew fastest with us is not energy but proof; somebody checks every record.\n\n"
        "Whitlock: Are you ready for the new rules?\n\n"
        "Hackforth: Trailers are easier, you replace them anyway. My worry is the fitters, of whom there are sixty.\n"
    )
    sections = spoken(text)
    assert [section.expert for section in sections] == ["Tom Hackforth", "Bisi Oyelaran", "Tom Hackforth"]
    assert sections[0].question == "Let us start with the bill. What has changed?"


def test_a_bold_name_is_a_byline_once_it_is_known() -> None:
    text = (
        f"# 循环杯\n\n**林秉勋**\n*东海大学环境系教授*\n\n{SAID}\n\n**吴采薇**\n*青禾公司总经理*\n\n{ALSO}\n\n"
        f"**林秉勋** {ALSO}\n\n**循环经济** {SAID}\n"
    )
    assert [section.expert for section in spoken(text)] == ["林秉勋", "吴采薇", "林秉勋"]


def test_a_transcript_s_times_are_no_part_of_a_name() -> None:
    text = (
        "夜行货车\n\n发言人：主播阿棠、彭立新\n\n00:01:37 主播阿棠\n先问彭师傅，一天开多少个小时？\n\n00:01:42 彭立新\n"
        f"{SAID}\n\n00:03:55 主播阿棠\n现在呢？\n\n00:04:03 彭立新\n{ALSO}\n"
    )
    assert [section.expert for section in spoken(text)] == ["彭立新", "彭立新"]

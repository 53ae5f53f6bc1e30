"""Experts are known by name, by surname and title, and by office."""

import pytest
from small_articles import small_article, small_articles

from answer.speakers import Speakers
from ingest.document import Document

NAMED = {
    "陈刚怎么看？": ["陈刚"],
    "陳剛怎麼看？": ["陈刚"],
    "陆如泉和陈翰的观点有何不同？": ["陆如泉", "陈翰"],
    "陈秘书长谈了哪些项目？": ["陈刚"],
    "陆院长的主要观点是什么？": ["陆如泉"],
    "龚高级工程师提到了什么？": ["龚巍巍"],
    "龚工程师提到了什么？": ["龚巍巍"],
    "陈主任如何看待绿色金融？": ["陈翰"],
    "陈副主任如何看待绿色金融？": ["陈翰"],
    "陈先生说了什么？": ["陈刚", "陈翰"],
    "中国石油集团经济技术研究院怎么看？": ["陆如泉"],
    "谁是中国石油集团经济技术研究院院长？": ["陆如泉"],
    "What does Chen Han say about green bonds?": ["陈翰"],
    "What did Ruquan Lu suggest?": ["陆如泉"],
    "绿色交通面临哪些挑战？": [],
    "研究院有几所？": [],
    "院长是谁？": [],
}


@pytest.mark.parametrize(("question", "names"), NAMED.items(), ids=NAMED)
def test_a_question_names_exactly_the_experts_that_it_speaks_of(
    article: Document, question: str, names: list[str]
) -> None:
    assert [speaker.name for speaker in Speakers.of([article]).named_in(question)] == names


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What does Mark Stone say?", ["Mark Stone"]),
        ("what does mark stone say?", ["Mark Stone"]),
        ("What is Stone's view?", ["Mark Stone"]),
        ("Stone说了什么？", ["Mark Stone"]),
        ("Are the markets small?", []),
        ("Markets in Greenland: are they small?", []),
        ("What makes a port green?", []),
        ("Which milestones are there?", []),
        ("What does Anna Green say about the green port?", ["Anna Green"]),
    ],
)
def test_western_names_are_found_as_whole_words_only(question: str, names: list[str]) -> None:
    """Ms Green is not meant by every green thing, nor Mark by the markets."""
    assert [speaker.name for speaker in Speakers.of(small_articles()).named_in(question)] == names


def test_a_surname_of_two_characters_is_taken_whole() -> None:
    """`欧教授` is someone else."""
    document = small_article("访谈录\n\n欧阳晓燕（理工大学教授）：\n\n月球背面很安静。那里适合观测。\n", "moon")
    speakers = Speakers.of([document])
    assert [speaker.name for speaker in speakers.named_in("欧阳教授怎么看？")] == ["欧阳晓燕"]
    assert speakers.named_in("欧教授怎么看？") == ()


def test_part_of_a_transliterated_name_is_enough() -> None:
    document = small_article("访谈录\n\n让·皮埃尔（世界银行顾问）：\n\n农业贷款难，难在缺少抵押物。\n", "bank")
    assert [speaker.name for speaker in Speakers.of([document]).named_in("皮埃尔先生怎么看？")] == ["让·皮埃尔"]


def test_an_expert_of_several_sections_is_one_speaker_with_all_their_places() -> None:
    text = "笔谈\n\n张三（海洋所所长）：\n\n海水变暖了。\n\n李四（林大教授）：\n\n树会固碳。\n\n张三：\n\n鱼群北移。\n"
    documents = [small_article(text, "a"), small_article(text, "b")]
    (speaker,) = Speakers.of(documents).named_in("张三")
    assert speaker.places == (("a", "s1"), ("a", "s3"), ("b", "s1"), ("b", "s3"))


def test_an_expert_who_says_nothing_is_known_and_has_no_place() -> None:
    (speaker,) = Speakers.of(small_articles()).named_in("李四说了什么？")
    assert speaker.places == ()


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("曾国强（理工大学教授）", "What does Zeng Guoqiang say?"),
        ("曾国强（理工大学教授）", "What did Professor Zeng suggest?"),
        ("吕志强（理工大学教授）", "What does Lyu Zhi-qiang say?"),
        ("José García（Universidad de Vigo教授）", "What does Garcia say?"),
        ("Tom O’Neill（Law School教授）", "What does Tom O'Neill say about courts?"),
    ],
)
def test_names_are_found_as_they_are_written_abroad_and_typed_in_haste(line: str, question: str) -> None:
    document = small_article(f"访谈录\n\n{line}：\n\n月球背面很安静。那里适合观测。\n", "moon")
    assert [speaker.name for speaker in Speakers.of([document]).named_in(question)] == [line.partition("（")[0]]


def test_the_longer_of_two_names_is_the_one_that_is_named() -> None:
    text = "访谈录\n\n王伟（大学教授）：\n\n月球很安静。\n\n王伟民（研究院院长）：\n\n那里适合观测。\n"
    speakers = Speakers.of([small_article(text, "moon")])
    assert [speaker.name for speaker in speakers.named_in("王伟民怎么看？")] == ["王伟民"]
    assert [speaker.name for speaker in speakers.named_in("王伟和王伟民怎么看？")] == ["王伟", "王伟民"]


def test_an_institute_asked_about_is_not_its_expert() -> None:
    text = "访谈录\n\n李敏（国务院发展研究中心研究员）：\n\n退休应当有弹性。\n"
    speakers = Speakers.of([small_article(text, "work")])
    assert speakers.named_in("国务院发展研究中心何时成立？") == ()
    assert [speaker.name for speaker in speakers.named_in("国务院发展研究中心的专家怎么看？")] == ["李敏"]

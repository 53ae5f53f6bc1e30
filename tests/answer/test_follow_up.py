"""A question that leans on the one before is made to stand alone; any other is left as it is."""

import pytest

from answer.answer import Answer, cite
from answer.follow_up import standing_alone
from ingest.document import Document, Section, SourceMap, Span

QUOTE = "我国参与建设的雅万高铁项目，预计减少约33万吨碳排放。"
EXPERTS = ("陈刚", "龚巍巍")


def previous(question: str, expert: str = "陈刚", answered: bool = True) -> Answer:
    """The answer before, a quote of `expert`, or an abstention."""
    whole = Span(0, len(QUOTE))
    section = Section("s1", "", "", expert, "", whole, (whole,))
    document = Document("d1", "", "", None, QUOTE, (section,), "", "", SourceMap((0,), (1,)))
    citations = (cite(1, document, whole, whole),) if answered else ()
    return Answer(question, "zh", "span" if answered else "none", QUOTE if answered else None, 0.9, citations, ())


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("他还说了什么？", "陈刚还说了什么？"),
        ("这位专家怎么看资金？", "陈刚怎么看资金？"),
        ("What else did he say?", "What else did 陈刚 say?"),
        ("What is his view on finance?", "What is 陈刚's view on finance?"),
        ("还有呢？", "陈刚还说了什么？"),
        ("它什么时候通车？", "雅万高铁什么时候通车？"),
        ("When did it open?", "When did 雅万高铁 open?"),
        ("那资金方面呢？", "雅万高铁预计减少多少碳排放？资金方面呢？"),
        ("what about finance?", "雅万高铁预计减少多少碳排放？ what about finance?"),
    ],
)
def test_what_is_left_out_is_taken_from_before(question: str, expected: str) -> None:
    assert standing_alone(question, previous("雅万高铁预计减少多少碳排放？"), EXPERTS) == expected


def test_another_expert_is_asked_the_same() -> None:
    assert standing_alone("那龚巍巍呢？", previous("陈刚怎么看挑战？"), EXPERTS) == "龚巍巍怎么看挑战？"


def test_another_year_is_asked_the_same() -> None:
    before = previous("2023年的投资额是多少？")
    assert standing_alone("2024年呢？", before, EXPERTS) == "2024年的投资额是多少？"


@pytest.mark.parametrize(
    "question",
    [
        "谁提到了熊猫债？",
        "其他国家有哪些项目？",
        "龚巍巍说他面临哪些挑战？",
        "What challenges does green transport face?",
        "",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(question: str) -> None:
    assert standing_alone(question, previous("雅万高铁预计减少多少碳排放？"), EXPERTS) is None


def test_nothing_is_guessed_where_nothing_was_answered() -> None:
    """No expert was quoted, and nothing is known to be spoken of."""
    before = previous("1998年世界杯的冠军是谁？", answered=False)
    assert standing_alone("他还说了什么？", before, EXPERTS) is None
    assert standing_alone("它多高？", before, EXPERTS) is None


def test_who_is_meant_by_he_is_not_guessed_among_two() -> None:
    before = previous("陈刚和龚巍巍有什么不同看法？")
    assert standing_alone("他还说了什么？", before, EXPERTS) is None

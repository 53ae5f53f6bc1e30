"""Question words tell what kind of answer is asked for."""

import pytest

from answer.intent import Intent, asks_what_was_said, asks_who_that_is, compares_on_everything, count_asked, intent_of

QUESTIONS: dict[Intent, tuple[str, ...]] = {
    "list": (
        "绿色交通面临哪些挑战？",
        "綠色交通面臨哪些挑戰？",
        "三个主要挑战是什么？",
        "列举三项措施",
        "主要内容包括哪几个方面？",
        "主要内容有哪三条？",
        "陈刚提到了哪几个项目？",
        "绿色合作有什么亮点？",
        "What are the challenges of green transport?",
        "Which challenges does green transport face?",
        "Which green projects were mentioned?",
        "Name three suggestions.",
        "What kind of problems remain?",
        "Quels sont les défis ?",
        "Какие проблемы есть?",
        "どのような課題がありますか",
    ),
    "speaker": (
        "谁提到了海龟孕育中心？",
        "谁觉得这条线路只能当备用？",
        "是谁反对把援助当成送硬件？",
        "“治沙的天花板是水”这话出自谁口？",
        "Who doubts that the fund will last?",
        "誰提到了海龜孕育中心？",
        "哪位专家谈到绿色金融？",
        "Who mentioned the sea turtles?",
        "Which expert speaks of ports?",
        "누가 언급했습니까?",
    ),
    "comparison": (
        "陈刚和陈翰的观点有何不同？",
        "比较一下两位专家的看法",
        "Compare the views of the two experts.",
        "How do the experts differ?",
    ),
    "overview": (
        "文章的主要观点是什么？",
        "主要观点有哪些？",
        "总结一下陈刚的发言",
        "这篇文章讲了什么？",
        "Summarize the article.",
        "What is this article about?",
        "What are the main points?",
    ),
    "reason": (
        "为什么要发展绿色交通？",
        "如何推进绿色金融？",
        "Why are tariffs high?",
        "How can ports become greener?",
    ),
    "fact": (
        "雅万高铁减少多少碳排放？",
        "除谁之外？",
        "第二个问题是什么？",
        "2024年的排放总量是多少？",
        "How many countries are there?",
        "Which port is the largest in the Mediterranean?",
        "Which country has the most turtles?",
        "When was the railway opened?",
    ),
}


@pytest.mark.parametrize(("intent", "question"), [(kind, text) for kind, texts in QUESTIONS.items() for text in texts])
def test_the_kind_of_answer_is_told_by_the_question_words(intent: Intent, question: str) -> None:
    assert intent_of(question) == intent


NOT_SO: dict[Intent, tuple[str, ...]] = {
    "participants": (
        "延迟退休会影响哪些人？",
        "新政策适用于哪些人群？",
        "受访者认为有哪些好处？",
        "一个护工要照看几位老人？",
    ),
    "overview": (
        "新规的主要内容是什么？",
        "会议总结了哪些经验？",
        "文章说什么时候开始实施？",
        "When will the discussion resume?",
        "What is Smith's main argument against exemptions?",
    ),
    "title": ("他新书的标题是什么？",),
    "comparison": (
        "目前比较严重的污染来自哪里？",
        "What difference did the reform make?",
        "Who studied comparable cases?",
    ),
    "speaker": ("哪个人工智能模型表现最好？", "What share of respondents who said yes were women?"),
    "list": (
        "Which campus is older?",
        "Quel est le prix du blé ?",
        "Welche Stadt ist die größte?",
        "Which virus was it?",
    ),
}


@pytest.mark.parametrize(("intent", "question"), [(kind, text) for kind, texts in NOT_SO.items() for text in texts])
def test_words_that_also_mean_something_else_tell_nothing(intent: Intent, question: str) -> None:
    assert intent_of(question) != intent


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("李敏在哪里工作？", True),
        ("李敏是哪个单位的？", True),
        ("李敏的单位和职务是什么？", True),
        ("Who is Jane Smith?", True),
        ("What is Jane Smith's position?", True),
        ("李敏认为最大的受益者是谁？", False),
        ("李敏如何看待农民工的身份认同问题？", False),
        ("What does Smith say about job losses?", False),
        ("According to Jane Smith, who is hit hardest?", False),
    ],
)
def test_who_someone_is_is_asked_for_with_nothing_else(question: str, alone: bool) -> None:
    assert asks_who_that_is(question, ["李敏", "Jane Smith"]) is alone


@pytest.mark.parametrize("question", ["谁和谁的观点有何不同？", "Who differs from whom?"])
def test_a_comparison_of_people_is_a_comparison(question: str) -> None:
    """Though it asks for people, too."""
    assert intent_of(question) == "comparison"


@pytest.mark.parametrize(
    ("typed", "plain"), [("ＷＨＯ said so?", "who said so?"), ("WHY?", "why?"), ("誰說的", "谁说的")]
)
def test_width_case_and_script_make_no_difference(typed: str, plain: str) -> None:
    assert intent_of(typed) == intent_of(plain)


@pytest.mark.parametrize("question", ["陈刚说了什么？", "陈刚都讲了些什么", "What did Chen Gang say?"])
def test_all_that_someone_said_is_asked_for_on_no_subject(question: str) -> None:
    assert asks_what_was_said(question)


@pytest.mark.parametrize(
    "question", ["陆如泉谈人才方面说了什么？", "陈刚对资金说了什么？", "What did Chen Gang say about ports?"]
)
def test_what_someone_said_on_a_subject_is_not_all_that_they_said(question: str) -> None:
    assert not asks_what_was_said(question)


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("绿色投融资要做好哪三项工作？", 3),
        ("有哪两个方面？", 2),
        ("What are the three steps to shore power?", 3),
        ("What are the two years?", None),
        ("第四个项目是什么？", None),
        ("面临哪些挑战？", None),
    ],
)
def test_how_many_things_are_asked_for_is_told(question: str, count: int | None) -> None:
    assert count_asked(question) == count


@pytest.mark.parametrize(
    "question",
    [
        "比较陈立群和赵敏之的观点",
        "两位专家的看法有什么不同？",
        "Compare the views of Ann Lee and Bo Chen.",
        "How do Lee and Chen's positions differ?",
        "What do the experts have in common?",
    ],
)
def test_a_comparison_of_people_alone_is_on_everything(question: str) -> None:
    assert compares_on_everything(question, ["陈立群", "赵敏之", "Ann Lee", "Bo Chen"])


@pytest.mark.parametrize(
    "question",
    [
        "陈立群和赵敏之对绿肥的看法有何不同？",
        "How do Lee and Chen differ on subsidies?",
        "陈立群的观点是什么？",
        "茶园在哪里？",
    ],
)
def test_a_comparison_on_a_subject_is_not_on_everything(question: str) -> None:
    assert not compares_on_everything(question, ["陈立群", "赵敏之", "Ann Lee", "Bo Chen"])

"""A question asked of one article is answered from that one, as if there were no other."""

import pytest
from exactness import assert_exact
from small_articles import small_article, small_articles

from answer.answer import Answer
from answer.answerer import QuestionAnswerer
from answer.scope import Scope
from index.encoder import SentenceEncoder
from index.passage_index import PassageIndex
from ingest.errors import YinjuError

ALL = {document.id: document for document in small_articles()}
# By the article that tells, or whose expert is named.
QUESTIONS = {
    "harbours": ("How long do the batteries last?", "What does Anna Green say?", "What is the title of this article?"),
    "reefs": ("保护红树林要做哪些事？", "张三的主要观点是什么？", "珊瑚礁养活了多少海洋鱼类？"),
    "conversation": ("土星的光环由什么组成？", "赵六是谁？", "谁提到了台风眼？"),
    "library": ("图书馆每晚开放到几点？", "去年夜间有多少读者？", "这篇文章主要讲了什么？"),
}


@pytest.fixture(scope="module")
def alone(encoder: SentenceEncoder) -> QuestionAnswerer:
    """Answers from one of the small articles; the others are not there."""
    return QuestionAnswerer.from_index(PassageIndex.from_documents([ALL["conversation"]], encoder))


def without_timings(answer: Answer) -> dict[str, object]:
    return {name: value for name, value in answer.to_json().items() if name != "timings_ms"}


def experts(answer: Answer) -> list[str]:
    return [citation.expert for citation in answer.citations]


def test_the_places_of_an_article_are_its_lead_and_its_sections() -> None:
    """All articles have no limit; an expert's words and leads are looked for within one."""
    everything = Scope.of_all(ALL)
    assert everything.places is None
    assert everything.places_for("红树林怎么样？", ()) is None
    harbours = everything.only("harbours")
    assert harbours.places == {("harbours", id) for id in ("", "s1", "s2", "s3")}
    assert harbours.places_for("红树林怎么样？", ()) == harbours.places
    assert list(harbours.places_for("What does the introduction say?", ()) or ()) == [("harbours", "")]
    assert [speaker.name for speaker in harbours.speakers.all] == ["Mark Stone", "Anna Green", "Li Wei"]
    assert harbours.speakers.named_in("张三的主要观点是什么？") == ()


def test_an_expert_of_two_articles_is_quoted_from_the_one_that_is_asked() -> None:
    texts = {"a": "张三（所长）：\n\n珊瑚正在白化。", "b": "张三（所长）：\n\n红树林能够固碳。"}
    documents = {id: small_article(text, id) for id, text in texts.items()}
    speakers = Scope.of_all(documents).only("b").speakers.named_in("张三怎么看？")
    assert [place for speaker in speakers for place in speaker.places] == [("b", "s1")]


@pytest.mark.parametrize("article", ALL)
@pytest.mark.parametrize("question", [question for asked in QUESTIONS.values() for question in asked])
def test_only_the_article_that_is_asked_is_quoted_and_searched(
    library: QuestionAnswerer, question: str, article: str
) -> None:
    """Whichever article tells, and whoever is named."""
    answer = library.answer(question, abstain=False, article=article)
    assert answer.passages
    assert {passage.chunk.document_id for passage in answer.passages} == {article}
    assert {citation.document_id for citation in answer.citations} == {article}
    assert_exact(answer, library.documents)


@pytest.mark.parametrize("article", ALL)
def test_rules_for_a_single_article_hold_for_the_one_that_is_asked(library: QuestionAnswerer, article: str) -> None:
    """It can be summed up without a sentence that matches; and who is known in another alone is nobody here."""
    answer = library.answer("这篇文章主要讲了什么？", article=article)
    assert answer.kind == "overview"
    assert dict.fromkeys(filter(None, experts(answer))).keys() == {
        section.expert for section in ALL[article].sections if section.expert and section.span
    }


def test_what_another_article_tells_is_not_answered(library: QuestionAnswerer) -> None:
    """Nor is it said to be somebody else's: the experts of the other article do not count."""
    assert not library.answer("土星的光环由什么组成？").abstained
    assert library.answer("土星的光环由什么组成？", article="library").abstained
    answer = library.answer("保护红树林要做哪些事？", article="reefs")
    assert (answer.kind, len(answer.citations)) == ("list", 3)


def test_an_answer_of_one_article_is_much_as_from_an_index_of_it_alone(
    library: QuestionAnswerer, alone: QuestionAnswerer
) -> None:
    for question in QUESTIONS["conversation"]:
        quotes = [
            [citation.quote for citation in answerer.answer(question, article="conversation").citations]
            for answerer in (library, alone)
        ]
        assert quotes[0] == quotes[1]


@pytest.mark.parametrize("question", [question for asked in QUESTIONS.values() for question in asked])
def test_without_an_article_all_are_asked_as_before(library: QuestionAnswerer, question: str) -> None:
    """Byte for byte, also after one of them was asked alone."""
    before = without_timings(library.answer(question))
    library.answer(question, article="reefs")
    assert without_timings(library.answer(question, article=None)) == before


def test_an_unknown_article_is_named(library: QuestionAnswerer) -> None:
    with pytest.raises(YinjuError, match="there is no article 'nothing'"):
        library.answer("珊瑚怎么样？", article="nothing")

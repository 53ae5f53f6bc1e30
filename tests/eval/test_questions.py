"""The evaluation set keeps its promises, and its loader explains every mistake that a file can hold."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.questions import Question, load_questions
from ingest import load_document
from ingest.document import Document
from ingest.errors import YinjuError

REPOSITORY = Path(__file__).resolve().parents[2]
QUESTIONS = load_questions(REPOSITORY / "eval" / "questions.jsonl")
ANSWERABLE = [question for question in QUESTIONS if question.answerable]
UNANSWERABLE = [question for question in QUESTIONS if not question.answerable]
EXPERTS = ("陈刚", "龚巍巍", "陆如泉", "陈翰")
GOOD = {"id": "a", "question": "谁？", "language": "zh", "type": "fact", "answers": ["甲"]}


@pytest.fixture(scope="module")
def article() -> Document:
    return load_document(REPOSITORY / "data" / "articles" / "green-belt-and-road.txt")


def squeeze(text: str) -> str:
    return "".join(text.split())


def place_of(question: Question, article: Document) -> str:
    """The text that must hold the question's answers: its experts' sections, else the whole article."""
    if not question.expert:
        return squeeze(article.text)
    names = question.experts or (question.expert,)
    return squeeze("".join(section.span.of(article.text) for section in article.sections if section.expert in names))


def test_the_set_is_large_and_reaches_every_language() -> None:
    answerable = Counter(question.language for question in ANSWERABLE)
    assert len(QUESTIONS) >= 150
    assert answerable["zh"] >= 75
    assert answerable["en"] >= 18
    assert min(answerable[language] for language in ("zh-Hant", "ja", "ko", "es", "fr", "de", "ru", "ar")) >= 3
    assert min(answerable[language] for language in ("vi", "th", "pt")) >= 1


def test_the_chinese_questions_cover_every_type() -> None:
    types = Counter(question.type for question in ANSWERABLE if question.language == "zh")
    assert types["fact"] + types["figure"] >= 40
    assert types["list"] >= 12
    assert types["speaker"] >= 10
    assert types["comparison"] >= 6
    assert types["overview"] >= 6


def test_the_questions_spread_over_the_lead_and_all_four_experts() -> None:
    experts = Counter(question.expert for question in ANSWERABLE)
    counts = [experts[expert] for expert in EXPERTS]
    assert min(counts) >= 0.75 * max(counts)
    assert experts[""] >= 10


def test_many_questions_are_unanswerable_and_most_of_those_are_near_misses() -> None:
    languages = Counter("zh" if question.language == "zh" else "other" for question in UNANSWERABLE)
    assert len(UNANSWERABLE) >= 40
    assert languages["zh"] >= 25
    assert languages["other"] >= 10
    assert sum(question.near_miss for question in UNANSWERABLE) > 0.75 * len(UNANSWERABLE)


def test_no_question_is_asked_twice() -> None:
    assert [text for text, times in Counter(q.question for q in QUESTIONS).items() if times > 1] == []


def test_every_id_names_its_language_and_type() -> None:
    assert [q.id for q in QUESTIONS if q.id.rsplit("-", 1)[0] != f"{q.language}-{q.type}"] == []


def test_an_unanswerable_question_has_no_gold_and_says_why() -> None:
    assert [q.id for q in UNANSWERABLE if q.answers or q.items or q.expert or q.section or not q.note] == []


def test_an_answerable_question_has_answers_and_only_a_list_has_items() -> None:
    assert [q.id for q in ANSWERABLE if not q.answers or q.near_miss] == []
    assert [q.id for q in ANSWERABLE if (len(q.items) >= 2) != (q.type == "list")] == []
    assert [q.id for q in ANSWERABLE if q.items and q.type != "list"] == []


def test_every_gold_answer_stands_where_the_set_says(article: Document) -> None:
    places = {q.id: place_of(q, article) for q in ANSWERABLE}
    assert [(q.id, answer) for q in ANSWERABLE for answer in q.answers if squeeze(answer) not in places[q.id]] == []


def test_the_items_of_a_list_stand_in_the_article_in_their_order(article: Document) -> None:
    for question in ANSWERABLE:
        place, position = place_of(question, article), 0
        for item in map(squeeze, question.items):
            found = place.find(item, position)
            assert found >= 0, f"{question.id}: {item} is missing, or stands before another item"
            position = found + len(item)


def test_a_question_on_several_experts_has_an_answer_from_each(article: Document) -> None:
    turns = {section.expert: squeeze(section.span.of(article.text)) for section in article.sections}
    silent = [
        (question.id, expert)
        for question in ANSWERABLE
        for expert in question.experts
        if not any(squeeze(answer) in turns[expert] for answer in question.answers)
    ]
    assert silent == []


def test_every_section_is_that_of_its_expert_in_the_article(article: Document) -> None:
    headings = {section.expert: section.heading for section in article.sections} | {"": ""}
    assert set(headings) == {*EXPERTS, ""}
    assert [q.id for q in ANSWERABLE if headings[q.expert] != q.section] == []
    assert [q.id for q in ANSWERABLE if q.experts and q.expert and q.expert != q.experts[0]] == []


def write(folder: Path, *lines: str) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_question_loads_with_defaults_for_what_the_line_leaves_out(tmp_path: Path) -> None:
    path = write(tmp_path, "", json.dumps(GOOD), "")
    assert load_questions(path) == (Question(id="a", question="谁？", language="zh", type="fact", answers=("甲",)),)


WORDS = st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip)


@given(question=WORDS, answers=st.lists(WORDS), note=st.text(st.characters(codec="utf-8")), near_miss=st.booleans())
def test_any_question_written_as_json_is_read_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, question: str, answers: list[str], note: str, near_miss: bool
) -> None:
    given_question = Question(
        "x", question, "zh", "list", tuple(answers), tuple(answers), note=note, near_miss=near_miss
    )
    path = write(tmp_path_factory.mktemp("set"), json.dumps(asdict(given_question), ensure_ascii=False))
    assert load_questions(path) == (given_question,)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        (json.dumps({**GOOD, "question": " "}), '"question" is missing or empty'),
        (json.dumps({"id": "a", "language": "zh", "type": "fact"}), '"question" is missing or empty'),
        (json.dumps({**GOOD, "id": 7}), '"id" must be a string'),
        (json.dumps({**GOOD, "answers": "甲"}), '"answers" must be a list of strings'),
        (json.dumps({**GOOD, "items": [1]}), '"items" must be a list of strings'),
        (json.dumps({**GOOD, "answers": [""]}), '"answers" must be a list of strings that are not empty'),
        (json.dumps({**GOOD, "near_miss": "yes"}), '"near_miss" must be true or false'),
        (json.dumps({**GOOD, "type": "riddle"}), 'unknown type "riddle"'),
        (json.dumps({**GOOD, "type": ["fact"]}), '"type" must be a string'),
    ],
)
def test_a_wrong_line_is_named_with_its_file_number_and_fault(tmp_path: Path, line: str, complaint: str) -> None:
    path = write(tmp_path, json.dumps({**GOOD, "id": "first"}), line)
    with pytest.raises(YinjuError) as error:
        load_questions(path)
    assert str(error.value).startswith("questions.jsonl, line 2: ")
    assert complaint in str(error.value)
    assert "\n" not in str(error.value)


def test_an_id_used_twice_is_refused_at_its_second_line(tmp_path: Path) -> None:
    with pytest.raises(YinjuError, match=r'^questions\.jsonl, line 3: the id "a" was used before'):
        load_questions(write(tmp_path, json.dumps(GOOD), "", json.dumps(GOOD)))


def test_a_file_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(YinjuError, match=r"^questions\.jsonl, line 1: the file holds no question"):
        load_questions(write(tmp_path, "", " "))


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(YinjuError, match=r"^absent\.jsonl: cannot be read"):
        load_questions(tmp_path / "absent.jsonl")


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.jsonl"
    path.write_bytes("谁？".encode("gb18030"))
    with pytest.raises(YinjuError, match=r"^old\.jsonl: not UTF-8"):
        load_questions(path)

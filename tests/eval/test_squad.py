"""Loading, joining and sampling question sets in SQuAD's format, and what is said about files that are not."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.language import language_of
from eval.squad import SquadParagraph, SquadQuestion, join_contexts, load_squad, sample_questions
from ingest.document import Span
from ingest.errors import YinjuError

DATASETS = Path(__file__).resolve().parents[2] / ".." / "shared" / "datasets"
needs_datasets = pytest.mark.skipif(not DATASETS.is_dir(), reason=f"the public question sets are not in {DATASETS}")

CONTEXT = "绿色是底色。共建国家有一百多个。绿色发展。"
PLACE = "data[0].paragraphs[0].qas[0]"


def question(id: object = "q1", text: object = "什么是底色？", **fields: Any) -> dict[str, Any]:
    return {"id": id, "question": text, "answers": [{"text": "绿色", "answer_start": 0}], **fields}


def paragraph(*questions: object, context: object = CONTEXT, **fields: Any) -> dict[str, Any]:
    return {"context": context, "qas": list(questions), **fields}


def squad(*paragraphs: object, title: object = "底色") -> dict[str, Any]:
    return {"version": "1", "data": [{"title": title, "paragraphs": list(paragraphs)}]}


def write(folder: Path, content: object, name: str = "set.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def complaint(path: Path) -> str:
    with pytest.raises(YinjuError) as caught:
        load_squad(path)
    message = str(caught.value)
    assert message.startswith(str(path)) and "\n" not in message and message.endswith(".")
    return message


def test_a_file_becomes_numbered_paragraphs_and_their_questions(tmp_path: Path) -> None:
    first = paragraph(question(), question("q2", "多少国家？", answers=[{"text": "一百多个", "answer_start": 11}]))
    path = write(tmp_path, squad(first, paragraph(question(3), context="又是绿色吗？绿色。")))
    loaded = load_squad(path)
    assert loaded.paragraphs == (SquadParagraph(0, "底色", CONTEXT), SquadParagraph(1, "底色", "又是绿色吗？绿色。"))
    assert loaded.questions[1] == SquadQuestion("q2", "多少国家？", 0, ("一百多个",), (11,))
    assert [(each.id, each.paragraph) for each in loaded.questions] == [("q1", 0), ("q2", 0), ("3", 1)]
    assert (loaded.name, loaded.language, loaded.question_language) == ("set", "zh", "zh")
    assert loaded.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_byte_order_mark_and_a_missing_title_are_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "bom.json"
    path.write_text(json.dumps({"data": [{"paragraphs": [paragraph(question())]}]}), encoding="utf-8-sig")
    assert load_squad(path).paragraphs[0].title == ""


def test_sentence_breaks_become_spans(tmp_path: Path) -> None:
    loaded = load_squad(write(tmp_path, squad(paragraph(question(), sentence_breaks=[[0, 6], [6, 16], [16, 21]]))))
    assert loaded.paragraphs[0].sentences == (Span(0, 6), Span(6, 16), Span(16, 21))


def test_a_paragraph_without_questions_is_kept_as_a_distractor(tmp_path: Path) -> None:
    loaded = load_squad(write(tmp_path, squad(paragraph(context="别的。"), paragraph(question()))))
    assert loaded.questions[0].paragraph == 1


def test_any_paragraph_with_the_same_text_is_relevant(tmp_path: Path) -> None:
    other = paragraph(question("q3"), context="绿色。")
    loaded = load_squad(write(tmp_path, squad(paragraph(question()), other, paragraph(question("q2")))))
    assert loaded.duplicates == (frozenset({0, 2}),)
    relevant = [sorted(loaded.relevant_paragraphs(each)) for each in loaded.questions]
    assert relevant == [[0, 2], [1], [0, 2]]


@pytest.mark.parametrize("fields", [{"answers": []}, {"answers": [], "is_impossible": True}])
def test_an_unanswerable_question_has_no_answer_and_no_relevant_paragraph(
    tmp_path: Path, fields: dict[str, Any]
) -> None:
    loaded = load_squad(write(tmp_path, squad(paragraph(question(**fields)))))
    assert loaded.questions[0].answers == () and loaded.relevant_paragraphs(loaded.questions[0]) == frozenset()


def test_an_impossible_question_may_lack_the_list_of_answers(tmp_path: Path) -> None:
    impossible = {"id": "q1", "question": "多少？", "is_impossible": True}
    assert load_squad(write(tmp_path, squad(paragraph(impossible)))).questions[0].answers == ()


@pytest.mark.parametrize(("given", "nearest"), [(1, 0), (14, 16), (99, 16), (-1, 0)])
def test_a_misplaced_answer_moves_to_where_it_stands_nearest_and_is_counted(
    tmp_path: Path, given: int, nearest: int
) -> None:
    asked = question(answers=[{"text": "绿色", "answer_start": given}, {"text": "绿色", "answer_start": 16}])
    loaded = load_squad(write(tmp_path, squad(paragraph(asked))))
    assert loaded.questions[0].answer_starts == (nearest, 16)
    assert loaded.misplaced == 1


def test_a_blank_question_is_left_out_and_counted(tmp_path: Path) -> None:
    loaded = load_squad(write(tmp_path, squad(paragraph(question("q1", " "), question("q2")))))
    assert [each.id for each in loaded.questions] == ["q2"] and loaded.left_out == 1


@pytest.mark.parametrize(
    ("content", "place", "says"),
    [
        ([], "the file", "must be an object"),
        ({"rows": []}, "the file", "lacks the member 'data'"),
        ({"data": {}}, "data", "must be a list"),
        ({"data": [{"title": "a"}]}, "data[0]", "lacks the member 'paragraphs'"),
        (squad(title=7), "data[0].title", "must be a string"),
        (squad("text"), "data[0].paragraphs[0]", "must be an object"),
        (squad(paragraph(question(), context=" ")), "data[0].paragraphs[0]", "blank context"),
        (squad({"context": CONTEXT}), "data[0].paragraphs[0]", "lacks the member 'qas'"),
        (squad(paragraph({"question": "谁？", "answers": []})), PLACE, "lacks the member 'id'"),
        (squad(paragraph(question(True))), f"{PLACE}.id", "must be a whole number"),
        (squad(paragraph({"id": "a", "question": "谁？"})), PLACE, "lacks the member 'answers'"),
        (squad(paragraph(question(text=None))), f"{PLACE}.question", "must be a string"),
        (squad(paragraph(question(is_impossible=True))), PLACE, "is_impossible"),
        (squad(paragraph(question(answers=[{"text": "绿色"}]))), f"{PLACE}.answers[0]", "'answer_start'"),
        (squad(paragraph(question(answers=[{"text": "", "answer_start": 0}]))), f"{PLACE}.answers[0]", "blank text"),
        (squad(paragraph(question(answers=[{"text": "红色", "answer_start": 0}]))), f"{PLACE}.answers[0]", "'红色'"),
        (
            squad(paragraph(question(answers=[{"text": "绿色", "answer_start": "0"}]))),
            f"{PLACE}.answers[0].answer_start",
            "must be a whole number",
        ),
        (squad(paragraph(question(), sentence_breaks=[[0, 6], [5, 9]])), "sentence_breaks[1]", "is no sentence"),
        (squad(paragraph(question(), sentence_breaks=[[0, 99]])), "sentence_breaks[0]", "is no sentence"),
        (squad(paragraph(), paragraph(question(), question())), "data[0].paragraphs[1].qas[1]", "qas[0]; give every"),
        ({"data": []}, "", "there is no question"),
        (squad(paragraph(question(text=""))), "", "there is no question"),
    ],
)
def test_what_is_not_in_the_format_is_named_with_its_place(
    tmp_path: Path, content: object, place: str, says: str
) -> None:
    message = complaint(write(tmp_path, content))
    assert f"{place} " in message and says in message


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"id,question\n1,what", "not JSON"),
        (b"[" * 200_000, "not JSON"),
        ('{"data": "绿色"}'.encode("gb18030"), "not UTF-8"),
        (b'{"data": [{"paragraphs": [{"context": "\\ud83d", "qas": []}]}]}', "surrogate"),
    ],
)
def test_a_file_that_is_not_json_in_utf8_is_named(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    assert says in complaint(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert "No such file" in complaint(tmp_path / "none.json")
    assert "cannot be read" in complaint(tmp_path)


def test_questions_of_one_file_are_joined_with_paragraphs_of_another(tmp_path: Path) -> None:
    there = paragraph(
        question("b", "What?", answers=[{"text": "green", "answer_start": 5}]),
        question("a", "How many nations are there in the world?", answers=[]),
        question("c", "Unshared?", answers=[]),
        context="It's green, the colour of the hills and of the sea.",
    )
    english = load_squad(write(tmp_path, squad(there), "all.en.json"))
    chinese = load_squad(write(tmp_path, squad(paragraph(question("a"), question("b"), question("d"))), "all.zh.json"))
    joined = join_contexts(english, chinese)
    assert joined.paragraphs == chinese.paragraphs
    assert joined.questions[0] == SquadQuestion("b", "What?", 0, ("绿色",), (0,))
    assert [each.id for each in joined.questions] == ["b", "a"] and joined.left_out == 1
    assert (joined.name, joined.language, joined.question_language) == ("all.en+all.zh", "zh", "en")
    assert joined.sha256 not in {english.sha256, chinese.sha256, join_contexts(chinese, english).sha256}


def test_files_that_share_no_id_cannot_be_joined(tmp_path: Path) -> None:
    left = load_squad(write(tmp_path, squad(paragraph(question("a"))), "left.json"))
    right = load_squad(write(tmp_path, squad(paragraph(question("b"))), "right.json"))
    with pytest.raises(YinjuError, match="left and right share no question id"):
        join_contexts(left, right)


QUESTIONS = tuple(SquadQuestion(f"q{number}", "？", 0, (), ()) for number in range(40))


@given(st.integers(1, 45), st.integers(1, 45), st.integers(0, 9))
def test_a_larger_sample_holds_the_smaller_one_in_the_same_order(first: int, second: int, seed: int) -> None:
    small, large = (sample_questions(QUESTIONS, limit, seed) for limit in sorted((first, second)))
    assert len(small) == min(first, second, 40)
    assert small == tuple(each for each in large if each in small)
    assert large == tuple(each for each in QUESTIONS if each in large)


def test_a_sample_is_the_same_everywhere_and_differs_by_seed() -> None:
    assert [each.id for each in sample_questions(QUESTIONS, 4)] == ["q6", "q13", "q22", "q25"]
    assert sample_questions(QUESTIONS, 4, seed=1) != sample_questions(QUESTIONS, 4)
    assert sample_questions(QUESTIONS, None) == QUESTIONS


def test_a_sample_of_nothing_is_refused() -> None:
    with pytest.raises(YinjuError, match="not 0"):
        sample_questions(QUESTIONS, 0)


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("绿色发展 NBA", "", "zh"),
        ("绿色发展", "en", "zh"),
        ("東京タワーは高い", "", "ja"),
        ("它的日文名是《となりのトトロ》" + "绿色发展之路" * 20, "", "zh"),
        ("녹색 발전", "", "ko"),
        ("Зелёный путь", "", "ru"),
        ("Зелений шлях", "uk", "uk"),
        ("The colour of the hills and of the sea", "de", "en"),
        ("Die Verteidigung der Panthers", "de", "de"),
        ("Die Verteidigung der Panthers", "zh", "und"),
        ("Die Verteidigung der Panthers", "", "und"),
        ("12 + 5", "zh", "und"),
    ],
)
def test_the_script_tells_the_language_and_a_hint_only_refines_it(text: str, hint: str, language: str) -> None:
    assert language_of(text, hint) == language


@needs_datasets
@pytest.mark.parametrize(
    ("name", "language", "paragraphs", "questions", "misplaced", "left_out"),
    [
        ("cmrc2018_trial", "zh", 256, 1000, 5, 2),
        ("DRCD_dev", "zh", 1000, 3524, 0, 0),
        ("xquadr_even.th", "th", 120, 612, 0, 0),
        ("xquadr_even.vi", "vi", 120, 612, 0, 0),
    ],
)
def test_public_sets_load_with_their_known_flaws_counted(
    name: str, language: str, paragraphs: int, questions: int, misplaced: int, left_out: int
) -> None:
    loaded = load_squad(DATASETS / f"{name}.json")
    assert (loaded.language, len(loaded.paragraphs), len(loaded.questions)) == (language, paragraphs, questions)
    assert (loaded.misplaced, loaded.left_out) == (misplaced, left_out)
    for each in loaded.questions:
        for answer, start in zip(each.answers, each.answer_starts, strict=True):
            assert loaded.paragraphs[each.paragraph].text[start:].startswith(answer)


@needs_datasets
def test_english_questions_meet_every_chinese_paragraph_of_the_parallel_set() -> None:
    english, chinese = (load_squad(DATASETS / f"xquadr_even.{language}.json") for language in ("en", "zh"))
    joined = join_contexts(english, chinese)
    assert len(joined.questions) == 612 and joined.left_out == 0
    asked = joined.questions[0]
    assert asked.question == "How many points did the Panthers defense surrender?" and asked.answers == ("308",)
    ids = [each.id for each in sample_questions(joined.questions, 50)]
    assert ids == [each.id for each in sample_questions(chinese.questions, 50)]

"""Articles with questions of their own are asked one by one."""

from pathlib import Path

import pytest

from eval.articles_command import ARTICLES, grade_articles, measure_articles, report_articles
from eval.gold_matching import holds
from eval.questions import load_questions
from ingest import load_documents
from ingest.errors import YinjuError

TOWER = "灯塔建于1810年，高三十二米，由石匠陆远修造。\n\n守塔人每天点灯一次，冬天点两次。\n"
QUESTIONS = (
    '{"id": "t-1", "question": "灯塔是谁修造的？", "language": "zh", "type": "fact", "answers": ["陆远"]}\n'
    '{"id": "t-2", "question": "今年的奥运会在哪里举行？", "language": "zh", "type": "unanswerable"}\n'
)


def test_every_gold_answer_of_the_six_articles_stands_in_its_article() -> None:
    files = sorted(ARTICLES.glob("*.questions.jsonl"))
    assert len(files) == 6
    documents = {document.source: document for document in load_documents(ARTICLES)}
    assert len(documents) == 6
    for file in files:
        name = file.name.removesuffix(".questions.jsonl")
        text = next(document.text for source, document in documents.items() if Path(source).stem == name)
        questions = load_questions(file)
        assert len(questions) == 45
        for question in questions:
            assert all(holds(text, [gold]) for gold in (*question.answers, *question.items)), question.id


def test_the_round_tables_among_them_are_read_by_expert() -> None:
    experts = {
        Path(document.source).stem: {s.expert for s in document.sections} for document in load_documents(ARTICLES)
    }
    assert experts["digital"] - {""} == {"顾明川", "沈若溪", "白立群", "艾晓岚"}
    assert experts["aging"] - {""} == {"林淑媛", "何志恆", "陳柏宏"}
    assert experts["rail"] - {""} == {"周启岚", "韩牧野", "沈一苇", "罗振坤"}
    assert experts["ocean"] - {""} == {"Ingrid Halloway", "Tomás Quintela", "Adaeze Obiora", "Rory Pendreigh"}
    assert experts["museum"] == experts["desert"] == {""}


def test_a_folder_s_articles_are_asked_and_measured(tmp_path: Path) -> None:
    (tmp_path / "tower.txt").write_text(TOWER, encoding="utf-8")
    (tmp_path / "tower.questions.jsonl").write_text(QUESTIONS, encoding="utf-8")
    found = grade_articles(tmp_path, None, "auto")
    assert [item.correct for item in found["tower"]] == [True, True]
    assert "tower" in report_articles(found)
    assert measure_articles(found, tmp_path).metrics["zh: gold in answer"] == 1


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(YinjuError, match=r"holds no .questions.jsonl file"):
        grade_articles(tmp_path, None, "auto")
    (tmp_path / "tower.questions.jsonl").write_text(QUESTIONS, encoding="utf-8")
    with pytest.raises(YinjuError, match=r"no article beside it: put tower.txt"):
        grade_articles(tmp_path, None, "auto")

"""A SQuAD-format set asked through the code that serves users."""

import json
from pathlib import Path

import pytest

from eval.__main__ import main

PARAGRAPHS = (
    ("中老铁路全线设置了亚洲象专属迁徙通道。通车三年来，红外监测显示亚洲象跨境活动明显增长。", "亚洲象专属迁徙通道"),
    ("蒙内铁路连接蒙巴萨和内罗毕，全长480公里。它由中国企业承建，2017年5月通车。", "480公里"),
    ("比雷埃夫斯港是希腊最大的港口。停靠的船舶可以关闭柴油发电机，接入岸上的电网。", "希腊"),
    ("熊猫债是外国机构在中国境内发行的人民币债券。埃及政府发行了35亿元熊猫债。", "35亿元"),
)
QUESTIONS = (
    "中老铁路为亚洲象设置了什么？",
    "蒙内铁路有多长？",
    "比雷埃夫斯港在哪个国家？",
    "埃及政府发行了多少熊猫债？",
)


def squad(questions: tuple[str, ...] = QUESTIONS) -> dict:
    paragraphs = [
        {
            "context": context,
            "qas": [
                {
                    "id": f"q{number}",
                    "question": questions[number],
                    "answers": [{"text": answer, "answer_start": context.index(answer)}],
                }
            ],
        }
        for number, (context, answer) in enumerate(PARAGRAPHS)
    ]
    return {"data": [{"title": "绿色丝绸之路", "paragraphs": paragraphs}]}


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sets")
    english = (
        "What was built for the Asian elephants on the China-Laos railway?",
        "How long is the Mombasa-Nairobi railway?",
        "In which country is the port of Piraeus?",
        "How large was Egypt's panda bond?",
    )
    (folder / "zh.json").write_text(json.dumps(squad(), ensure_ascii=False), encoding="utf-8")
    (folder / "en.json").write_text(json.dumps(squad(english), ensure_ascii=False), encoding="utf-8")
    return folder


def predictions(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_prediction_names_paragraphs_and_a_span_that_holds_the_answer(sets: Path, tmp_path: Path, capsys) -> None:
    output = tmp_path / "out.jsonl"
    assert main(["squad", str(sets / "zh.json"), "--always-answer", "--predictions", str(output)]) == 0
    assert "recall@1                1.0000" in capsys.readouterr().out
    for number, line in enumerate(predictions(output)):
        context, gold = PARAGRAPHS[number]
        assert line["id"] == f"q{number}"
        assert line["paragraphs"][0] == line["paragraph"] == number
        assert sorted(line["paragraphs"]) == [0, 1, 2, 3]
        assert context[line["start"] : line["end"]] == line["answer"]
        assert gold in line["answer"]
        assert 0 <= line["confidence"] <= 1


def test_questions_of_one_language_are_asked_of_the_paragraphs_of_another(sets: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    command = ["squad", str(sets / "en.json"), "--contexts", str(sets / "zh.json"), "--predictions", str(output)]
    assert main([*command, "--always-answer"]) == 0
    assert [line["paragraphs"][0] for line in predictions(output)] == [0, 1, 2, 3]


def test_a_limit_asks_the_same_sample_every_time(sets: Path, tmp_path: Path) -> None:
    samples = []
    for name in ("first.jsonl", "second.jsonl"):
        command = ["squad", str(sets / "zh.json"), "--limit", "2", "--predictions", str(tmp_path / name)]
        assert main(command) == 0
        samples.append([line["id"] for line in predictions(tmp_path / name)])
    assert samples[0] == samples[1]
    assert len(samples[0]) == 2


def test_an_abstention_is_null_in_the_predictions(sets: Path, tmp_path: Path) -> None:
    questions = ("蒙内铁路在2009年运送了多少旅客？", *QUESTIONS[1:])
    (tmp_path / "off.json").write_text(json.dumps(squad(questions), ensure_ascii=False), encoding="utf-8")
    output = tmp_path / "out.jsonl"
    assert main(["squad", str(tmp_path / "off.json"), "--predictions", str(output)]) == 0
    line = predictions(output)[0]
    assert (line["answer"], line["paragraph"], line["start"], line["end"]) == (None, None, None, None)
    assert line["paragraphs"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "JSON"),
        ('{"data": 3}', "data"),
        ('{"data": []}', "question"),
    ],
)
def test_a_file_that_is_no_question_set_is_named_in_one_line(
    tmp_path: Path, capsys, content: str, message: str
) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content, encoding="utf-8")
    assert main(["squad", str(path)]) == 2
    error = capsys.readouterr().err
    assert "bad.json" in error
    assert message in error
    assert error.count("\n") == 1


def test_a_limit_below_one_is_refused(sets: Path, capsys) -> None:
    assert main(["squad", str(sets / "zh.json"), "--limit", "0"]) == 2
    assert "--limit" in capsys.readouterr().err

"""Small question sets in the SQuAD format."""

import json
from pathlib import Path


def squad_json(title: str, paragraphs: dict[str, list[tuple[str, str]]]) -> str:
    """A SQuAD-format file: for each text its questions, each with an answer that stands in the text."""
    contexts = []
    for number, (text, pairs) in enumerate(paragraphs.items()):
        questions = [
            {
                "id": f"{title}-{number}-{place}",
                "question": question,
                "answers": [{"text": answer, "answer_start": text.index(answer)}],
            }
            for place, (question, answer) in enumerate(pairs)
        ]
        contexts.append({"context": text, "qas": questions})
    return json.dumps({"data": [{"title": title, "paragraphs": contexts}]}, ensure_ascii=False)


def towers(parent: Path) -> Path:
    """The folder `data`, made below `parent`."""
    folder = parent / "data"
    folder.mkdir()
    paragraphs = {
        f"第{number}燈塔建於{1800 + number}年。它高{20 + number}公尺，由漁民出資。每年有許多人來參觀。": [
            (f"第{number}燈塔建於哪一年？", f"{1800 + number}年"),
            (f"第{number}燈塔有多高？", f"{20 + number}公尺"),
        ]
        for number in range(10, 18)
    }
    (folder / "towers.json").write_text(squad_json("towers", paragraphs), encoding="utf-8")
    return folder

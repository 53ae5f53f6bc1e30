"""A small network and a small question set: training them takes a second."""

import json
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from index.bundled import bundled_model


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    """The bundled model's own."""
    return Tokenizer.from_file(str(bundled_model() / "tokenizer.json"))


@pytest.fixture(scope="session")
def small_backbone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A transformer of two layers with the bundled model's vocabulary."""
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=250_037, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32
    )
    folder = tmp_path_factory.mktemp("backbone")
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


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


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with one set of eight paragraphs, two questions each."""
    folder = tmp_path / "data"
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

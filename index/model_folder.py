"""The sentence-transformers folder of a model: where it is, what identifies it, and its own prompts."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import snapshot_download
from huggingface_hub.errors import LocalEntryNotFoundError

from index.bundled import BUNDLED_NAME, bundled_model
from index.model_cache import FileRecord, file_record, read_manifest
from ingest.errors import YinjuError

HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")
# What a model is made of; safetensors only, since other weight files are pickles.
MODEL_FILES = ("*.json", "*.txt", "*.model", "*.safetensors")
# Copies of the same model for other engines, which hub folders often hold.
OTHER_ENGINES = {"onnx", "openvino"}
QUERY_PROMPTS = ("query",)
PASSAGE_PROMPTS = ("passage", "document")


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model on disk; `fingerprint` identifies weights, tokenizer and settings, whatever engine runs them."""

    name: str
    path: Path
    fingerprint: str
    query_prompt: str
    passage_prompt: str


def find_model(model: str | None, cache: Path | None = None) -> ModelFolder:
    """The bundled model where `model` is None, else the one in that folder or of that name on the hub.

    Only a hub name that is not in the local Hugging Face cache yet is fetched over the network; a folder never is.
    Prompts are those that the model declares, empty where it declares none. Raises YinjuError where there is no such
    model.
    """
    if model is None:
        path = bundled_model(cache)
        return _described(BUNDLED_NAME, path, read_manifest(path))
    path = _local_or_hub(model)
    if not (path / "config.json").is_file() and not (path / "modules.json").is_file():
        raise YinjuError(f"{path} holds no sentence-transformers model: it has neither modules.json nor config.json.")
    return _described(model, path, [file_record(path, file) for file in _model_files(path)])


def _local_or_hub(model: str) -> Path:
    path = Path(model).expanduser()
    if path.is_dir():
        return path
    if path.exists() or path.is_absolute() or not HUB_NAME.fullmatch(model) or model.startswith("."):
        raise YinjuError(f"There is no model folder {model}: give a sentence-transformers folder or a hub name.")
    hub_name = model if "/" in model else f"sentence-transformers/{model}"
    try:
        return Path(snapshot_download(hub_name, local_files_only=True))
    except LocalEntryNotFoundError:
        return _download(hub_name)


def _download(hub_name: str) -> Path:
    try:
        return Path(snapshot_download(hub_name, allow_patterns=list(MODEL_FILES)))
    except Exception as error:  # the hub client raises its own, httpx's and the system's errors for one cause
        raise YinjuError(
            f"The model {hub_name} is neither a folder here nor in the Hugging Face cache, and it could not be "
            f"downloaded ({type(error).__name__}): give a folder, or leave --model out for the bundled model."
        ) from error


def _model_files(folder: Path) -> list[Path]:
    found = {path for pattern in MODEL_FILES for path in folder.rglob(pattern) if path.is_file()}
    return sorted(path for path in found if OTHER_ENGINES.isdisjoint(path.relative_to(folder).parts))


def _described(name: str, path: Path, records: Iterable[FileRecord]) -> ModelFolder:
    prompts = _prompts(path)
    return ModelFolder(
        name=name,
        path=path,
        fingerprint=_fingerprint(records),
        query_prompt=_first(prompts, QUERY_PROMPTS),
        passage_prompt=_first(prompts, PASSAGE_PROMPTS),
    )


def _fingerprint(records: Iterable[FileRecord]) -> str:
    lines = sorted(f"{record.sha256} {record.name}\n" for record in records)
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:16]


def _prompts(path: Path) -> dict[str, str]:
    try:
        settings = json.loads((path / "config_sentence_transformers.json").read_text(encoding="utf-8"))
        return dict(settings.get("prompts") or {})
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise YinjuError(f"{path / 'config_sentence_transformers.json'} is not readable JSON settings.") from error


def _first(prompts: dict[str, str], names: Iterable[str]) -> str:
    return next((prompts[name] for name in names if prompts.get(name)), "")

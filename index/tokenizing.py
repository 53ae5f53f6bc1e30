"""Tokenizers, loaded once however many parts of the program cut texts into the same tokens."""

import threading
from pathlib import Path

from tokenizers import Tokenizer

from index.model_cache import sha256_of

_loaded: dict[str, Tokenizer] = {}
_LOADING = threading.Lock()


def shared_tokenizer(file: Path) -> Tokenizer:
    """The tokenizer in `file`, which must not be changed: files of the same bytes share one.

    The bundled model's takes 290 MB.
    """
    with _LOADING:
        key = sha256_of(file)
        if key not in _loaded:
            _loaded[key] = Tokenizer.from_file(str(file))
        return _loaded[key]

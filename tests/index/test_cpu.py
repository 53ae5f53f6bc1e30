"""What the processor's flags say about the fastest numbers to compute with."""

from pathlib import Path

import pytest

from index import cpu


@pytest.mark.parametrize(
    ("flags", "precision"),
    [
        ("fpu avx2 fma", "float32"),
        ("fpu avx2 avx512f avx512_bf16", "float32"),  # computes bfloat16, but slower than float32
        ("fpu avx2 avx512f avx512_vnni avx512_bf16", "int8"),
        ("fpu avx2 avx_vnni", "int8"),
        ("fpu avx512f avx512_vnni amx_bf16 amx_tile amx_int8", "bfloat16"),
    ],
)
def test_a_processor_computes_with_what_it_multiplies_fastest(
    flags: str, precision: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cpuinfo").write_text(f"processor\t: 0\nflags\t\t: {flags}\nbugs\t\t: spectre\n")
    monkeypatch.setattr(cpu, "CPUINFO", tmp_path / "cpuinfo")
    assert cpu.fastest_precision() == precision


def test_an_unknown_processor_computes_with_float32(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpu, "CPUINFO", tmp_path / "there is none")
    assert cpu.fastest_precision() == "float32"

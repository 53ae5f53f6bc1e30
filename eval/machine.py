"""The machine that figures were measured on."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("torch", "openvino", "faiss-cpu", "sentence-transformers")


def machine_name() -> str:
    """Processor, cores in use, Python and the libraries that speed depends on, in one line."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return f"{_processor()}, {cores} cores, {platform.system()}, Python {platform.python_version()}, {libraries}"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()

"""What this machine's processor offers to inference."""

import os
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")
TOPOLOGY = "/sys/devices/system/cpu/cpu{}/topology/thread_siblings_list"
CGROUP_QUOTA = Path("/sys/fs/cgroup/cpu.max")
# With it, bfloat16 products run more than twice as fast as float32. `avx512_bf16` alone makes them slower: 65 GFLOPS a
# core where float32 reached 110.
BFLOAT16_FLAG = "amx_bf16"
# With either, 8-bit products run two to three times as fast as float32; without, no faster.
INT8_FLAGS = {"avx512_vnni", "avx_vnni"}


def available_cores() -> int:
    """How many physical cores this process may use, at least 1: hyper-threads and container quotas are seen."""
    if hasattr(os, "sched_getaffinity"):
        cores = len({_siblings(cpu) for cpu in os.sched_getaffinity(0)})
    else:
        cores = os.cpu_count() or 1
    return max(1, min(cores, _quota(cores)))


def fastest_precision() -> str:
    """ "bfloat16" or "int8", whichever the processor multiplies in hardware; "float32" where that cannot be told."""
    try:
        lines = CPUINFO.read_text(encoding="utf-8").splitlines()
    except OSError:
        return "float32"
    flags = next((line.partition(":")[2] for line in lines if line.startswith("flags")), "").split()
    if BFLOAT16_FLAG in flags:
        return "bfloat16"
    return "float32" if INT8_FLAGS.isdisjoint(flags) else "int8"


def _siblings(cpu: int) -> str:
    try:
        return Path(TOPOLOGY.format(cpu)).read_text(encoding="utf-8").strip()
    except OSError:
        return str(cpu)


def _quota(otherwise: int) -> int:
    try:
        quota, period = CGROUP_QUOTA.read_text(encoding="utf-8").split()
        return round(int(quota) / int(period))
    except (OSError, ValueError):  # no such file, or "max"
        return otherwise

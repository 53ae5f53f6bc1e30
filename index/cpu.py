"""What this machine's processor offers to inference."""

import os
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")
TOPOLOGY = "/sys/devices/system/cpu/cpu{}/topology/thread_siblings_list"
CGROUP_QUOTA = Path("/sys/fs/cgroup/cpu.max")
# With either, bfloat16 products run at least twice as fast as float32; without, they are emulated and slower.
BFLOAT16_FLAGS = {"amx_bf16", "avx512_bf16"}


def available_cores() -> int:
    """How many physical cores this process may use, at least 1: hyper-threads and container quotas are seen."""
    if hasattr(os, "sched_getaffinity"):
        cores = len({_siblings(cpu) for cpu in os.sched_getaffinity(0)})
    else:
        cores = os.cpu_count() or 1
    return max(1, min(cores, _quota(cores)))


def has_fast_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 in hardware; False where that cannot be told."""
    try:
        lines = CPUINFO.read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    flags = next((line.partition(":")[2] for line in lines if line.startswith("flags")), "")
    return not BFLOAT16_FLAGS.isdisjoint(flags.split())


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

"""What a running program has taken so far."""

import os
from pathlib import Path


def processor_seconds(pid: int) -> float:
    """Return the processor time that a program has used, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> tuple[float, float]:
    """Return a program's memory in MB: RSS and PSS."""
    sums = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    found = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in sums if line.endswith("kB")}
    return found["Rss"], found["Pss"]

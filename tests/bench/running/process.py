"""What a running program has taken so far."""

import os
from dataclasses import dataclass
from pathlib import Path


def processor_seconds(pid: int) -> float:
    """Return the processor time that a program has used, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Memory:
    """A program's memory in MB: all that it has in the machine's (RSS); the same with what is shared divided
    among those that share it (PSS); what is its own, and was written to; and what others have, too."""

    resident: float
    proportional: float
    own: float
    shared: float


def memory(pid: int) -> Memory:
    """Return a program's memory."""
    sums = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    found = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in sums if line.endswith("kB")}
    shared = found["Shared_Clean"] + found["Shared_Dirty"]
    return Memory(found["Rss"], found["Pss"], found["Private_Dirty"], shared)

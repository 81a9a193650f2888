"""How long a process has worked: time in which it waits for a processor does not count."""

import sys
import time

_SCHEDULED = (
    2  # CPUCLOCK_SCHED: what the scheduler gave all its threads; see clock_getcpuclockid(3)
)


def processor_seconds(pid: int) -> float:
    """Seconds of processor time of a process so far; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0.0
    try:
        return time.clock_gettime(~pid << 3 | _SCHEDULED)
    except OSError:  # it has ended
        return 0.0

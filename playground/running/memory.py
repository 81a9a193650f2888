"""The memory of a child where the kernel takes no address-space limit: macOS and Windows.

On Linux `confine` limits the address space. macOS keeps no such limit, so a running child is looked
at; Windows has job objects, which refuse an allocation as Linux does.
"""

import contextlib
import subprocess
import sys
from typing import Any

POLLED = sys.platform == "darwin"
"""Whether a child's memory has to be looked at while it runs."""

OWN = 120_000_000
"""Bytes that Python and SQLAlchemy take before the learner's code begins, generously."""

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_PROCESS_MEMORY = 0x100
_KILL_ON_CLOSE = 0x2000


def resident_bytes(pid: int) -> int:
    """Bytes of memory that a process has now; 0 where `ps` does not tell."""
    with contextlib.suppress(OSError, ValueError, subprocess.TimeoutExpired):
        told = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, timeout=2, check=False
        )
        return int(told.stdout) * 1024
    return 0


def job_of(process: "subprocess.Popen[bytes]") -> "JobObject | None":
    """A job object around a process just started; None where there are none, or it is refused."""
    handle = getattr(process, "_handle", None)  # what Windows alone has
    if handle is None:
        return None
    try:
        return JobObject(int(handle))
    except OSError:
        return None


class JobObject:
    """A Windows job that holds one process: limits its memory, ends it when the job is closed.

    See "Job Objects" and `JOBOBJECT_EXTENDED_LIMIT_INFORMATION` of the Windows API.
    """

    def __init__(self, process: int) -> None:
        """Take a process into a new job, by its handle. Raises OSError where that is refused."""
        self._kernel = _kernel()
        self._handle = self._kernel.CreateJobObjectW(None, None)
        if not self._handle:
            raise _last_error()
        try:
            self.limit(0)
            if not self._kernel.AssignProcessToJobObject(self._handle, process):
                raise _last_error()
        except OSError:
            self.close()
            raise

    def limit(self, memory: int) -> None:
        """Limit the memory of the process to so many bytes; 0 leaves it free. Raises OSError."""
        import ctypes

        limits = job_limits(memory)
        done = self._kernel.SetInformationJobObject(
            self._handle, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
        )
        if not done:
            raise _last_error()

    def close(self) -> None:
        """Let the job go; a process that still runs in it is ended."""
        handle, self._handle = self._handle, None
        if handle:
            self._kernel.CloseHandle(handle)


def job_limits(memory: int) -> Any:
    """`JOBOBJECT_EXTENDED_LIMIT_INFORMATION` for a memory limit in bytes, 0 for none."""
    import ctypes

    class Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", ctypes.c_uint32),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", ctypes.c_uint32),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", ctypes.c_uint32),
            ("SchedulingClass", ctypes.c_uint32),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    limits = Extended()
    limits.BasicLimitInformation.LimitFlags = _KILL_ON_CLOSE | (_PROCESS_MEMORY if memory else 0)
    limits.ProcessMemoryLimit = memory
    return limits


def _kernel() -> Any:
    import ctypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
    kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    kernel.SetInformationJobObject.argtypes = (
        ctypes.c_void_p,
        ctypes.c_int,
        ctypes.c_void_p,
        ctypes.c_uint32,
    )
    kernel.CloseHandle.argtypes = (ctypes.c_void_p,)
    return kernel


def _last_error() -> OSError:
    import ctypes

    return OSError(ctypes.get_last_error(), "the job object was refused")  # type: ignore[attr-defined,unused-ignore]

"""Limits that the system itself keeps, where it has them (POSIX); elsewhere only time is limited."""

from typing import Any

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_STATM = "/proc/self/statm"
_DEFAULT_BASE = 400_000_000


def address_space() -> int:
    """Bytes of address space this process has now (an estimate where the system does not tell)."""
    try:
        with open(_STATM, "rb") as file:  # noqa: PTH123
            pages = int(file.read().split()[0])
    except (OSError, ValueError, IndexError):
        return _DEFAULT_BASE
    assert resource is not None
    return pages * resource.getpagesize()


def apply(job: dict[str, Any]) -> None:
    """Bound memory, processor time, file sizes; before the first line of the learner's."""
    if resource is None:
        return
    seconds = int(job["seconds"]) + 2
    bounds = {
        "RLIMIT_AS": address_space() + job["memory_mb"] * 1_000_000,
        "RLIMIT_CPU": seconds,
        "RLIMIT_FSIZE": job["file_bytes"],
        "RLIMIT_CORE": 0,
    }
    for name, value in bounds.items():
        number = getattr(resource, name, None)
        if number is not None:
            _lower(number, value)


def _lower(number: int, value: int) -> None:
    assert resource is not None
    hard = resource.getrlimit(number)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(number, (value, value))
    except (OSError, ValueError):  # macOS refuses RLIMIT_AS below what is in use
        return

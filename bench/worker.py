"""A warm process that does one thing each time it is told to, and says how long it took."""

import subprocess
import sys
from pathlib import Path

_LOOP = """
import sys as _sys, time as _time
print("ready", flush=True)
for _line in _sys.stdin:
    _start, _busy = _time.perf_counter(), _time.process_time()
    action()
    _cost = (_time.perf_counter() - _start) * 1000, (_time.process_time() - _busy) * 1000
    print(*_cost, flush=True)
"""
_ROOT = Path(__file__).parent.parent


class Worker:
    """A context manager; `code` prepares and defines `action()`."""

    def __init__(self, code: str) -> None:
        """The process starts in the checkout, so that the project's own modules can be imported."""
        self._process = subprocess.Popen(
            [sys.executable, "-c", code + _LOOP],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=_ROOT,
        )

    def __enter__(self) -> "Worker":
        assert self._answer() == "ready"
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def elapsed(self) -> float:
        """Do it once; milliseconds that passed, as the process itself measured them."""
        return float(self._ask().split()[0])

    def busy(self) -> float:
        """Do it once; milliseconds of processor time, which other programs disturb less."""
        return float(self._ask().split()[1])

    def _ask(self) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

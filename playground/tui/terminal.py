"""The terminal as a thing that ends: a signal, or a window that is closed, leaves the app in order.

Textual's driver for POSIX knows neither. When the terminal vanishes its writing thread dies of the
first error, the app then waits for ever for room in that thread's queue, and the thread that reads
keys spins at an end of file that never ends.
"""

import asyncio
import os
import select
import signal
import threading
from collections.abc import Callable
from typing import IO, Any

from textual.drivers.linux_driver import LinuxDriver

_BY_SIGNAL = 128
"""A process that a signal ended has this and the signal's number as its exit status."""


class TerminalDriver(LinuxDriver):
    """Calls the app's `leave(status)` on SIGTERM, on SIGHUP, and when the terminal has gone."""

    def __init__(self, app: Any, **options: Any) -> None:
        """Listen from now on; `options` are those of `LinuxDriver`."""
        super().__init__(app, **options)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, app.leave, _BY_SIGNAL + number)

        def gone() -> None:
            loop.call_soon_threadsafe(app.leave, _BY_SIGNAL + signal.SIGHUP)

        self._file = _Output(self._file, gone)  # type: ignore[assignment, arg-type]
        watch = threading.Thread(target=_watch, args=(self.fileno, gone), daemon=True)
        watch.start()


class _Output:
    """A terminal's file, to which writing goes on after the terminal has gone."""

    def __init__(self, file: IO[str], gone: Callable[[], None]) -> None:
        self._file = file
        self._gone = gone
        self._stands = True

    def write(self, text: str) -> None:
        """Write, while there is somebody to read it."""
        self._try(lambda: self._file.write(text))

    def flush(self) -> None:
        """Hand over what was written."""
        self._try(self._file.flush)

    def fileno(self) -> int:
        """The number of the file."""
        return self._file.fileno()

    def _try(self, work: Callable[[], object]) -> None:
        if not self._stands:
            return
        try:
            work()
        except OSError:  # Linux says EIO
            self._stands = False
            self._gone()


def _watch(terminal: int, gone: Callable[[], None]) -> None:
    """Wait until nobody holds the terminal's other end; for a thread that the process outlives."""
    if not os.isatty(terminal) or not hasattr(select, "poll"):
        return
    poll = select.poll()
    poll.register(terminal, 0)  # a hang-up is told unasked
    if any(event & select.POLLHUP for _file, event in poll.poll()):
        gone()

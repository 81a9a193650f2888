"""A program in a pseudo-terminal: keys go in, and one waits until a text stands on its screen."""

import codecs
import contextlib
import os
import re
import select
import signal
import struct
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.measure import Skipped

_ESCAPES = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|.)"
)
_BEGUN = re.compile(r"\x1b[^\x1b]{0,80}\Z")
"""An escape sequence whose end may not have been read yet."""
_CHUNK = 1 << 16
_TIMEOUT = 30.0


class Terminal:
    """A context manager. Times are `time.perf_counter()` seconds."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 140,
        rows: int = 40,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        try:
            import fcntl
            import pty
            import termios
        except ImportError as error:
            raise Skipped("there are no pseudo-terminals on this system") from error
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._seen = ""
        self._begun = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            cwd=Path(__file__).parent.parent,
            env={
                # An installed program has its bytecode; a checkout may be told not to write it.
                **{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                **(environ or {}),
            },
        )
        os.close(slave)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        self.wait_end(5)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._master)

    @property
    def pid(self) -> int:
        """Of the program."""
        return self._process.pid

    def busy_ms(self) -> float:
        """Processor time of the program's threads so far, without its children; 0 where nothing tells."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        with contextlib.suppress(OSError):
            return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6
        return 0

    def type(self, keys: str) -> float:
        """Press keys; returns when."""
        self._seen = ""
        when = time.perf_counter()
        os.write(self._master, keys.encode())
        return when

    def wait_for(self, text: str, timeout: float = _TIMEOUT) -> float:
        """Until `text` was drawn since the last keys; returns when. Give it a single word.

        Raises:
            TimeoutError: it never was; the message ends with what was drawn.
        """
        limit = time.perf_counter() + timeout
        while text not in self._seen:
            left = limit - time.perf_counter()
            if left <= 0 or not self._read(left):
                raise TimeoutError(f"{text!r} was not drawn; the end was {self._seen[-600:]!r}")
        return time.perf_counter()

    def settle(self, quiet: float = 0.3, most: float = 3.0) -> None:
        """Until nothing has been drawn for `quiet` seconds; a cursor may blink, so `most` ends it."""
        limit = time.perf_counter() + most
        while time.perf_counter() < limit and self._read(quiet):
            pass

    def wait_end(self, timeout: float = _TIMEOUT) -> None:
        """Until the program has ended; what it draws at its end is read, or it could wait for that."""
        limit = time.perf_counter() + timeout
        while self._process.poll() is None and time.perf_counter() < limit:
            self._read(0.1)

    def _read(self, timeout: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], timeout)
        if not ready:
            return False
        try:
            data = os.read(self._master, _CHUNK)
        except OSError:  # Linux says EIO when the program has gone
            return False
        self._take(self._decoder.decode(data))
        return bool(data)

    def _take(self, text: str) -> None:
        """Add what was drawn; a sequence that has only begun waits for its end."""
        text = self._begun + text
        begun = _BEGUN.search(_ESCAPES.sub(lambda found: "\0" * len(found[0]), text))
        whole = text if begun is None else text[: begun.start()]
        self._begun = text[len(whole) :]
        self._seen += _ESCAPES.sub("", whole)

"""A run whose further rows can still be asked for."""

import threading
import time
from collections.abc import Callable

from .channel import ChildEnded, DeadlinePassed, OutputFull
from .process import Child
from .run import Row, Run
from .wire import InvalidFrame, decode_page

PAGE = 500
"""Rows that come with a run that is not asked for all of them."""
_MAX_PAGE = 10_000
_PAGE_SECONDS = 5.0
_PAGE_BYTES = 64 * 1024 * 1024


class LiveRun:
    """A run with its child, which has no processor time but while a page is read.

    Thread-safe. Close it when its rows are no longer on show.
    """

    def __init__(
        self,
        run: Run,
        child: Child | None = None,
        release: Callable[[Child], None] | None = None,
    ) -> None:
        self.run = run
        self._child = child
        self._release = release
        self._lock = threading.Lock()

    def page(self, start: int, count: int) -> list[Row]:
        """Rows `start` to `start + count` of the result, at most 10,000 of them.

        Fewer, or none, where there are no more or where the child is gone: what a child says is
        a claim, and one that does not answer in time is ended.
        """
        result = self.run.result
        if result is None or start < 0 or count <= 0 or start >= result.total:
            return []
        count = min(count, _MAX_PAGE, result.total - start)
        if start + count <= len(result.rows):
            return result.rows[start : start + count]
        with self._lock:
            rows = self._ask(start, count, len(result.columns))
        return result.rows[start : start + count] if rows is None else rows

    def close(self) -> None:
        """End the child and remove what it left."""
        with self._lock:
            self._end()

    def _ask(self, start: int, count: int, columns: int) -> list[Row] | None:
        if self._child is None:
            return None
        channel = self._child.channel
        deadline = time.monotonic() + _PAGE_SECONDS
        try:
            self._child.thaw()
            channel.send(f"[{start},{count}]".encode(), deadline=deadline)
            frame = channel.receive(deadline=deadline, limit=_PAGE_BYTES)
            rows = decode_page(frame, columns=columns, count=count)
            self._child.freeze()
        except (ChildEnded, DeadlinePassed, InvalidFrame, OutputFull):
            self._end()
            return None
        return rows

    def _end(self) -> None:
        if self._child is not None and self._release is not None:
            self._release(self._child)
        self._child = None

"""Rows kept ready to send: encoded in chunks, in memory first, then in a file of the run.

A result of a million rows is never a million Python objects: each chunk is encoded and let go.
"""

import json
import os
from array import array
from typing import Any

from . import frames

CHUNK = 500
"""Rows encoded together; a page decodes only the chunks it touches."""
_MEMORY_BYTES = 16_000_000
_FILE = ".spool"


class Spool:
    """Encoded rows that can be read by page."""

    def __init__(self) -> None:
        self.total = 0
        self.bytes = 0
        self._memory: list[bytes] = []
        self._file: int | None = None
        self._places = array("Q", [0])
        self._pending: list[Any] = []

    def add(self, row: list[Any]) -> None:
        """Keep one row of cells."""
        self._pending.append(row)
        self.total += 1
        if len(self._pending) == CHUNK:
            self.flush()

    def flush(self) -> None:
        """Encode what waits; called before the first page is read."""
        if not self._pending:
            return
        encoded = frames.encode(self._pending)[1:-1]
        self._pending = []
        self.bytes += len(encoded)
        if self._file is None and self.bytes <= _MEMORY_BYTES:
            self._memory.append(encoded)
            return
        if self._file is None:
            self._file = os.open(_FILE, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        os.write(self._file, encoded)
        self._places.append(self._places[-1] + len(encoded))

    def everything(self) -> list[bytes]:
        """All rows, encoded: parts of one JSON list without its brackets."""
        parts: list[bytes] = []
        for number in range(self._chunks()):
            if number:
                parts.append(b",")
            parts.append(self._chunk(number))
        return parts

    def page(self, start: int, count: int) -> bytes:
        """Rows `start` to `start + count` as a JSON list."""
        rows: list[Any] = []
        stop = min(start + count, self.total)
        for number in range(start // CHUNK, -(-stop // CHUNK)):
            first = number * CHUNK
            chunk = json.loads(b"[" + self._chunk(number) + b"]")
            rows.extend(chunk[max(start - first, 0) : stop - first])
        return frames.encode(rows)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _chunks(self) -> int:
        return len(self._memory) + len(self._places) - 1

    def _chunk(self, number: int) -> bytes:
        if number < len(self._memory):
            return self._memory[number]
        number -= len(self._memory)
        start, stop = self._places[number], self._places[number + 1]
        assert self._file is not None
        os.lseek(self._file, start, os.SEEK_SET)
        return os.read(self._file, stop - start)

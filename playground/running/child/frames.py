"""Frames between a child and the trusted side: an 8-byte big-endian length, then UTF-8 JSON.

`channel` on the trusted side speaks the same; nothing is ever pickled.
"""

import json
import os
import re
import select
import struct
from typing import Any

_HEADER = struct.Struct(">Q")
_SURROGATES = re.compile("[\ud800-\udfff]")


def encode(value: Any) -> bytes:
    """Compact JSON in valid UTF-8: a lone surrogate becomes U+FFFD."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return utf8(text)


def utf8(text: str) -> bytes:
    """The text as valid UTF-8, lone surrogates replaced."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text).encode()


class Wire:
    """The child's two ends of its channel: one to read from, one to write to."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self.read_fd = read_fd
        self.write_fd = write_fd

    @property
    def descriptors(self) -> tuple[int, ...]:
        """What must stay open."""
        return self.read_fd, self.write_fd

    def send(self, *parts: bytes | bytearray | memoryview) -> None:
        """Send one frame made of `parts`."""
        length = sum(memoryview(part).nbytes for part in parts)
        if length < 65536:
            self._write(_HEADER.pack(length) + b"".join(parts))
            return
        self._write(_HEADER.pack(length))
        for part in parts:
            self._write(part)

    def has_news(self, seconds: float) -> bool:
        """Whether a frame begins to come within `seconds`; False where that cannot be told."""
        if os.name != "posix":  # only sockets can be waited for there
            return False
        return bool(select.select([self.read_fd], [], [], seconds)[0])

    def receive(self) -> Any:
        """The next frame's JSON; ends the process quietly when the other side is gone."""
        return json.loads(self.receive_bytes())

    def receive_bytes(self) -> bytes:
        """The next frame as it came."""
        (length,) = _HEADER.unpack(self._read(_HEADER.size))
        return self._read(length)

    def _write(self, data: bytes | bytearray | memoryview) -> None:
        view = memoryview(data).cast("B")
        while view:
            view = view[os.write(self.write_fd, view) :]

    def _read(self, length: int) -> bytes:
        chunks = []
        while length:
            chunk = os.read(self.read_fd, min(length, 1 << 20))
            if not chunk:
                os._exit(0)
            chunks.append(chunk)
            length -= len(chunk)
        return b"".join(chunks)

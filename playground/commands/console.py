"""What the commands print, and where: nothing of it moves the cursor, whoever wrote it."""

import sys
from typing import Any

from playground.visible import json_line, visible


def say(*lines: str) -> None:
    """Print lines."""
    for line in lines:
        print(visible(line, multiline=True))


def say_error(*lines: str) -> None:
    """Print lines where errors go."""
    for line in lines:
        print(visible(line, multiline=True), file=sys.stderr)


def print_json(shape: Any) -> None:
    """One JSON document on standard output, in UTF-8 whatever the console's encoding is."""
    data = f"{json_line(shape)}\n".encode()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(data.decode())
    else:
        sys.stdout.flush()
        buffer.write(data)
        buffer.flush()

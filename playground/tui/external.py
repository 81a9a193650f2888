"""The learner's own editor, on a file that is gone afterwards."""

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path


def command(environ: Mapping[str, str] = os.environ) -> list[str]:
    """What `$VISUAL`, else `$EDITOR`, names, in words; empty if neither is set."""
    wanted = environ.get("VISUAL") or environ.get("EDITOR") or ""
    return shlex.split(wanted, posix=sys.platform != "win32")


def edit(text: str, suffix: str, words: list[str]) -> str:
    """Let the editor `words` have `text` in a file that ends in `suffix`; the text it left.

    Blocks until the editor ends.

    Raises:
        OSError: the editor cannot be started, or the file cannot be read back.
        UnicodeDecodeError: what it left is not UTF-8.
    """
    with tempfile.TemporaryDirectory(prefix="playground-") as folder:
        path = Path(folder) / f"answer{suffix}"
        path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        subprocess.run([*words, str(path)], check=False)
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")

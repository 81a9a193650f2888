"""Copying: OSC 52 through the terminal, and the system's own tool where there is one.

Each of the two fails somewhere without a word (macOS Terminal ignores OSC 52, ssh has no tool),
so both are tried.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from playground.texts import _, ngettext


def system_tool(environ: "os._Environ[str] | dict[str, str]" = os.environ) -> Sequence[str] | None:
    """The command that takes a text for this system's clipboard, or None."""
    if sys.platform == "darwin":
        candidates = [["pbcopy"]]
    elif sys.platform == "win32":
        candidates = [["clip"]]
    else:
        candidates = []
        if environ.get("WAYLAND_DISPLAY"):
            candidates.append(["wl-copy"])
        if environ.get("DISPLAY"):
            candidates += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    return next((command for command in candidates if shutil.which(command[0])), None)


def copy(text: str) -> str:
    """Copy a text with the system's program; a sentence on how that went. It blocks.

    The terminal is asked as well, by the app; nobody knows whether it listens.
    """
    count = ngettext("{count} character", "{count} characters", len(text))
    if hand_over(text):
        said = _("Copied: {count}.")
    else:
        said = _("Copied: {count}, through the terminal, if it allows that.")
    return said.format(count=count.format(count=f"{len(text):,}"))


def hand_over(text: str) -> bool:
    """Give `text` to the system's tool; blocks up to two seconds. True if it took it."""
    command = system_tool()
    if command is None:
        return False
    encoding = "utf-16-le" if sys.platform == "win32" else "utf-8"
    try:
        done = subprocess.run(
            command,
            input=text.encode(encoding, "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=2,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0

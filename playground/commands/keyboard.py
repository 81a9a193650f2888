"""Single key presses while something else goes on; whole lines where there is no terminal."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue


@contextmanager
def pressed_keys() -> Iterator["SimpleQueue[str]"]:
    """A queue of the keys pressed from now on; `""` says that there is no more input.

    The terminal is as it was afterwards, whatever happens inside.
    """
    keys: SimpleQueue[str] = SimpleQueue()
    with _single_keys():
        threading.Thread(target=_read, args=(keys,), daemon=True).start()
        yield keys


def _read(keys: "SimpleQueue[str]") -> None:
    while True:
        key = _one_key()
        keys.put(key)
        if not key:
            return


def _one_key() -> str:
    if sys.platform == "win32" and sys.stdin.isatty():
        import msvcrt

        return msvcrt.getwch()
    try:
        return sys.stdin.read(1)
    except (OSError, ValueError):
        return ""


@contextmanager
def _single_keys() -> Iterator[None]:
    """A terminal that hands over each key at once, without echo."""
    if sys.platform == "win32" or not sys.stdin.isatty():
        yield
        return
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)

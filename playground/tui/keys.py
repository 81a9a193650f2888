"""What terminals send for a key, where Textual's own table takes it for something else."""

from typing import cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS


def read_alt_digits() -> None:
    """Read Escape and a digit as Alt with that digit, which is what terminals send for it.

    Textual's table takes it for the sign that Option with the digit writes on a Mac: `£` for a 3.
    A Mac's terminal sends that sign itself, unless Option is to be Alt.
    """
    table = cast("dict[str, object]", ANSI_SEQUENCES_KEYS)
    for digit in "0123456789":
        table.pop(f"\x1b{digit}", None)

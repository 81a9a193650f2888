"""One row of the tables that tell which exception is which finding."""

import msgspec


class Rule(msgspec.Struct, frozen=True):
    """A finding, and how to know it; named groups of the pattern are facts of its message."""

    finding: str
    types: tuple[str, ...] = ()
    """Class names, of the exception or of the driver's own behind it."""
    message: str = ""
    """A pattern that the message must hold."""
    code: str | None = None
    """SQLAlchemy's error code."""

"""What opening and building a database can end in."""

from pathlib import Path

from playground.course import Place
from playground.running import BuildError
from playground.texts import _


class DatabaseError(Exception):
    """A database cannot be used; the text says why, to its author, in the reader's language."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        """The file, and the line where one is known."""

    @property
    def ours(self) -> bool:
        """Whether nothing of it was found wrong: the sandbox could not be used."""
        cause = self.__cause__
        return isinstance(cause, BuildError) and cause.ours

    def __str__(self) -> str:
        return self.message if self.place is None else f"{self.place}: {self.message}"


def unreadable(error: OSError, file: Path) -> DatabaseError:
    """What to raise where the system cannot read a file."""
    if isinstance(error, FileNotFoundError):
        return DatabaseError(_("There is no such file."), Place(file))
    reason = error.strerror or str(error)
    return DatabaseError(_("It cannot be read: {reason}.").format(reason=reason), Place(file))

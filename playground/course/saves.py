"""When files of a course are saved, for what shows or proves it anew."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

SUFFIXES = frozenset((".yaml", ".yml", ".sql", ".py", ".sqlite", ".sqlite3", ".db", ".db3", ".csv"))
"""What a course is made of; a log or a download beside a lesson is none of it."""


def saves(path: Path, *, over: Event | None = None, debounce_ms: int = 1600) -> Iterator[None]:
    """Yield after each save of files below `path`, a course folder, or beside it, a lesson file.

    Ends once `over` is set.

    Raises:
        KeyboardInterrupt: in the main thread, where it is interrupted.
    """
    from watchfiles import Change, DefaultFilter, watch

    passing = DefaultFilter()

    def counts(change: Change, name: str) -> bool:
        return Path(name).suffix.lower() in SUFFIXES and passing(change, name)

    # What a lesson names lies in its folder too.
    folder = path if path.is_dir() else path.absolute().parent
    for _changes in watch(folder, watch_filter=counts, stop_event=over, debounce=debounce_ms):
        yield

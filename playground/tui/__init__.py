"""The terminal app. It drives `playground.study` and draws plain data; it knows no SQLAlchemy."""

import gc
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from playground.records import Resume
    from playground.settings import Places, Settings
    from playground.study import Study

__all__ = ["run"]


def run(
    open_study: "Callable[[str], Study]",
    *,
    opening: "Resume | None",
    settings: "Settings",
    places: "Places",
    watched: "Path | None" = None,
) -> int:
    """Run the app until the learner leaves it; the exit status.

    Args:
        open_study: Opens the course and the records in the language of a tag. It blocks, and is
            called in a thread once the first picture stands; again when the language is changed.
        opening: What the first picture shows: the resume file, else a newcomer's first lesson
            (`playground.tui.opening.newcomer`), else None.
        settings: Keys and colours.
        places: Where the log stands.
        watched: A course folder or a lesson file: whenever a file there is saved, the course is
            read again, at the place where one is.
    """
    # A key is drawn, and a result shown, at the next frame: at most 4 ms off instead of 16.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    gc.disable()
    from playground.tui.app import PlaygroundApp
    from playground.tui.keys import read_alt_digits

    read_alt_digits()
    app = PlaygroundApp(
        _collecting_after(open_study),
        opening=opening,
        settings=settings,
        places=places,
        watched=watched,
    )
    try:
        app.run()
    finally:
        app.keep_draft()
    return app.return_code or 0


def _collecting_after(open_study: "Callable[[str], Study]") -> "Callable[[str], Study]":
    """Let the garbage collector rest until the course is open.

    What is imported and built until then stays until the end: to search it for garbage several
    times would take a tenth of the time to the first picture, and be felt at every pause later.
    """

    def opening(speech: str) -> "Study":
        try:
            return open_study(speech)
        finally:
            if not gc.isenabled():
                gc.freeze()
                gc.enable()

    return opening

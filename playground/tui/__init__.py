"""The terminal app. It drives `playground.study` and draws plain data; it knows no SQLAlchemy."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
) -> int:
    """Run the app until the learner leaves it; the exit status.

    Args:
        open_study: Opens the course and the records in the language of a tag. It blocks, and is
            called in a thread once the first picture stands; again when the language is changed.
        opening: What the first picture shows: the resume file, else a newcomer's first lesson
            (`playground.tui.opening.newcomer`), else None.
        settings: Keys and colours.
        places: Where the log stands.
    """
    from playground.tui.app import PlaygroundApp

    app = PlaygroundApp(open_study, opening=opening, settings=settings, places=places)
    try:
        app.run()
    finally:
        app.keep_draft()
    return app.return_code or 0

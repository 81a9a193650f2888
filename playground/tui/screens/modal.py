"""What every modal of the app has in common."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Modal(ModalScreen[Result]):
    """Closed once: keys that a fast hand sends after it was answered are too late."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close it with a result, unless it is closed already."""
        if self.app.screen is not self:
            return AwaitComplete()
        return super().dismiss(result)

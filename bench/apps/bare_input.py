"""The smallest Textual app that one can type into."""

from textual.app import App, ComposeResult
from textual.widgets import Input


class BareInput(App[None]):
    """One Input."""

    def compose(self) -> ComposeResult:
        """Nothing else."""
        yield Input(value="barely")


if __name__ == "__main__":
    BareInput().run()

"""A Textual app that is one TextArea without a language: `python -m bench.apps.plain_editor`."""

from textual.app import App, ComposeResult
from textual.widgets import TextArea


class PlainEditor(App[None]):
    """One TextArea with line numbers."""

    def compose(self) -> ComposeResult:
        """Nothing else."""
        yield TextArea("barely", show_line_numbers=True)


if __name__ == "__main__":
    PlainEditor().run()

"""The command palette."""

from textual.command import CommandPalette

from playground.tui.screens.modal import Modal


class Palette(CommandPalette, Modal[None]):
    """Textual's own, closed once."""

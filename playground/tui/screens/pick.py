"""One modal to choose one thing from a list: a theme, a language, a place in the course."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from playground.texts import _
from playground.tui.screens.modal import Modal


@dataclass(frozen=True)
class Choice:
    """One line of the list; without a key it is a heading."""

    key: str | None
    label: Content
    words: str = ""
    """What the filter looks in."""
    among: str = ""
    """What it belongs to: shown behind it where the lines around it are filtered away."""

    def shown(self, *, filtered: bool) -> Content:
        """The line as it is drawn."""
        if not filtered or not self.among:
            return self.label
        return Content.assemble(self.label, (f"  {self.among}", "$quiet"))


class PickModal(Modal[str | None]):
    """A list to choose from, with a filter where it is long. Dismissed with the key, or None."""

    DEFAULT_CSS = """
    PickModal {
        align: center middle; background: $background 60%;
        #modal {
            width: 90%; max-width: 70; height: auto; max-height: 90%;
            background: $background; padding: 1 2;
            border: round $line-focus; border-title-color: $foreground; border-title-style: bold;
        }
        #pick-list {
            height: auto; max-height: 100%; border: none; padding: 0; background: $background;
            scrollbar-size-vertical: 1;
        }
        Input, Input:focus {
            height: 1; border: none; padding: 0 1; margin-bottom: 1;
            background: $code-background; color: $foreground;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", show=False),
        Binding("down", "cursor(1)", show=False, priority=True),
        Binding("up", "cursor(-1)", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice] | None,
        *,
        current: str | None = None,
        filtered: bool = False,
        preview: Callable[[str], None] | None = None,
    ) -> None:
        """Offer `choices`.

        Args:
            title: What is chosen.
            choices: The lines; None where `offer` brings them later.
            current: The key that the cursor starts on.
            filtered: Whether there is a field to filter by.
            preview: Called with the key under the cursor as it moves.
        """
        super().__init__()
        self._title = title
        self._choices = choices
        self._current = current
        self._filtered = filtered
        self._preview = preview

    def compose(self) -> ComposeResult:
        """A frame with the filter and the list."""
        with Vertical(id="modal"):
            if self._filtered:
                yield Input(placeholder=_("Type to filter"), id="pick-filter")
            yield OptionList(id="pick-list", markup=False)

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one("#modal").border_title = self._title
        self._fill("")

    def offer(self, choices: Sequence[Choice], current: str | None) -> None:
        """Give the lines that were not known at first; what was typed meanwhile filters them."""
        self._choices, self._current = choices, current
        if self.query(OptionList):  # else it is on its way in or out
            self._fill(self.query_one("#pick-filter", Input).value)

    def _fill(self, wanted: str) -> None:
        if self._choices is None:
            waiting = Option(Content(_("Opening the course.")), disabled=True)
            self.query_one(OptionList).set_options([waiting])
            return
        words = wanted.casefold().split()
        shown = [
            choice
            for choice in self._choices
            if not words
            or (choice.key is not None and all(w in choice.words.casefold() for w in words))
        ]
        options = self.query_one(OptionList)
        options.clear_options()
        if not shown:
            options.add_option(Option(Content(_("Nothing found.")), disabled=True))
        options.add_options(
            Option(choice.shown(filtered=bool(words)), id=choice.key, disabled=choice.key is None)
            for choice in shown
        )
        keys = [choice.key for choice in shown]
        if self._current in keys and not words:
            options.highlighted = keys.index(self._current)
            self.call_after_refresh(self._centre)
        else:
            options.highlighted = next((i for i, key in enumerate(keys) if key is not None), None)

    def _centre(self) -> None:
        """Show what stands around the present line, such as the heading above it."""
        options = self.query_one(OptionList)
        middle = (options.highlighted or 0) - options.size.height // 2
        options.scroll_to(y=max(0, middle), animate=False)

    def action_cursor(self, step: int) -> None:
        """Move in the list, whatever has the focus."""
        options = self.query_one(OptionList)
        options.action_cursor_down() if step > 0 else options.action_cursor_up()

    def action_cancel(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted)
    def _take(self) -> None:
        self.query_one(OptionList).action_select()

    @on(OptionList.OptionHighlighted)
    def _show(self, event: OptionList.OptionHighlighted) -> None:
        if self._preview is not None and event.option_id is not None:
            self._preview(event.option_id)

    @on(OptionList.OptionSelected)
    def _done(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

"""Answers that are not typed as code: choices of a quiz, and lines to be put in order."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from playground.texts import _
from playground.tui.pieces import hanging
from playground.tui.words import emphasised


@dataclass(eq=False, repr=False)
class AnswerChanged(Message):
    """Something was chosen or moved."""

    answer: str


class _AtOnce(Widget):
    """Does what its keys are bound to at once.

    Textual does bound keys only after they have bubbled up to the app; a key of the app that
    follows closely would overtake them.
    """

    async def _on_key(self, event: events.Key) -> None:
        for binding in self.BINDINGS:
            if isinstance(binding, Binding) and event.key in binding.key.split(","):
                event.stop()
                event.prevent_default()
                await self.run_action(binding.action)
                return


class Choices(_AtOnce, can_focus=True):
    """The options of a quiz. Arrows move, Space and digits choose; so does a click."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("down,j", "move(1)", "down", show=False),
        Binding("space,enter", "take", "choose", show=False),
        *(Binding(str(n), f"pick({n})", show=False) for n in range(1, 10)),
    ]
    auto_links = False
    cursor: reactive[int] = reactive(0, layout=True)
    chosen: reactive[frozenset[int]] = reactive(frozenset())

    def __init__(self, options: tuple[str, ...], *, many: bool, answer: str = "") -> None:
        super().__init__()
        self._options = options
        self._many = many
        numbers = {int(part) for part in answer.replace(",", " ").split() if part.isdecimal()}
        self.set_reactive(
            Choices.chosen, frozenset(n - 1 for n in numbers if 0 < n <= len(options))
        )

    @property
    def answer(self) -> str:
        """The numbers of what is chosen, from 1, with commas."""
        return ",".join(str(index + 1) for index in sorted(self.chosen))

    def render(self) -> Content:
        """Every option with its sign; the one under the cursor stands out."""
        width = max(20, self.size.width)
        return Content("\n\n").join(hanging(line, width) for line in self._lines())

    def _lines(self) -> list[Content]:
        lines: list[Content] = []
        for index, option in enumerate(self._options):
            link = _click(f"pick({index + 1})")
            here = index == self.cursor and self.has_focus
            sign = self._sign(index)
            text = Content.assemble(
                ("▸ " if here else "  ", "bold $primary"),
                (f"{sign} ", "bold $primary" if index in self.chosen else "$quiet"),
                emphasised(option),
            )
            lines.append((text.stylize("bold") if here else text).stylize(link))
        return lines

    def watch_cursor(self) -> None:
        """Where the options take more room than there is, the one under the cursor is seen."""
        self.call_after_refresh(self._show_cursor)

    def _show_cursor(self) -> None:
        if not self.is_attached or not isinstance(self.parent, Widget):
            return
        width = max(20, self.size.width)
        heights = [str(hanging(line, width)).count("\n") + 1 for line in self._lines()]
        top = sum(heights[: self.cursor]) + self.cursor  # an empty line after each
        place = Region(0, top, self.size.width, heights[self.cursor])
        self.parent.scroll_to_region(
            place.translate(self.virtual_region.offset), animate=False, force=True
        )

    def _sign(self, index: int) -> str:
        if self._many:
            return "[x]" if index in self.chosen else "[ ]"
        return "(•)" if index in self.chosen else "( )"

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self.cursor = (self.cursor + step) % len(self._options)

    def action_pick(self, number: int) -> None:
        """Choose the option of that number."""
        if number <= len(self._options):
            self.cursor = number - 1
            self.action_take()

    def action_take(self) -> None:
        """Choose what the cursor is on, or take it back."""
        here = frozenset({self.cursor})
        self.chosen = self.chosen ^ here if self._many else here
        self.post_message(AnswerChanged(self.answer))

    def help_text(self) -> str:
        """What F1 says here."""
        if self._many:
            return _("Choose every right answer: arrows and Space, or the number of an option.")
        return _("Choose the right answer: arrows and Space, or the number of an option.")


class LineOrder(_AtOnce, can_focus=True):
    """Lines of code to be put in order, by keys or by the arrows at their ends."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "up", show=False),
        Binding("down", "move(1)", "down", show=False),
        Binding("alt+up,shift+up,K", "carry(-1)", "carry up", show=False),
        Binding("alt+down,shift+down,J", "carry(1)", "carry down", show=False),
    ]
    auto_links = False
    cursor: reactive[int] = reactive(0)

    def __init__(self, lines: list[str], language: str) -> None:
        super().__init__()
        self._lines = lines
        self._language = language

    @property
    def answer(self) -> str:
        """The lines as they stand."""
        return "\n".join(self._lines) + "\n"

    def render(self) -> Content:
        """Every line between the arrows that carry it and its code in colours."""
        from playground.tui.code import coloured

        rows: list[Content] = []
        for index, line in enumerate(self._lines):
            here = index == self.cursor and self.has_focus
            up = Content.styled("↑", "$primary").stylize(_click(f"carry_line({index}, -1)"))
            down = Content.styled("↓", "$primary").stylize(_click(f"carry_line({index}, 1)"))
            row = Content.assemble(
                ("▸ " if here else "  ", "bold $primary"), up, " ", down, "  ",
                coloured(line, self._language),
            )  # fmt: skip
            row = row.stylize_before(_click(f"choose({index})"))
            rows.append(row.stylize("bold") if here else row)
        return Content("\n").join(rows)

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def action_choose(self, index: int) -> None:
        """Put the cursor on a line."""
        self.cursor = index

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self.cursor = (self.cursor + step) % len(self._lines)

    def action_carry(self, step: int) -> None:
        """Carry the line under the cursor up or down."""
        self.action_carry_line(self.cursor, step)

    def action_carry_line(self, index: int, step: int) -> None:
        """Carry a line up (-1) or down (1), and the cursor with it."""
        target = index + step
        if not 0 <= target < len(self._lines):
            return
        lines = self._lines
        lines[index], lines[target] = lines[target], lines[index]
        self.cursor = target
        self.refresh()
        self.post_message(AnswerChanged(self.answer))

    def help_text(self) -> str:
        """What F1 says here."""
        return _(
            "Put the lines in order: Up and Down choose a line, Alt with them carries it; "
            "a click on an arrow does too."
        )


def _click(action: str) -> Style:
    return Style.from_meta({"@click": action})

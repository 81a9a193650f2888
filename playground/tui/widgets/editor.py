"""The editor of an answer: a text area that stays quick, coloured after one pauses."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.style import Style
from rich.text import Span as RichSpan
from rich.text import Text
from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Selection, TextAreaTheme

from playground.dialect import looks_like_sql
from playground.tui import colouring
from playground.tui.themes import SYNTAX

if TYPE_CHECKING:
    from playground.tui.completion import Completer

COLOUR_AFTER = 0.06
"""Seconds without a key after which the text is coloured anew."""
SAVE_AFTER = 0.8
"""Seconds without a key after which the draft is kept."""
LONG = 10
"""Lines from which on not all of a text may be seen at once."""
INDENT = "    "
STYLES = {
    **{kind: f"$syntax-{kind}" for kind in SYNTAX},
    "comment": "italic $syntax-comment",
    "marked": "bold on $chosen",
    "finding": "underline",
    "fault": "underline $error",
}
"""How code and marked lines are drawn.

Not component classes: Textual matches every rule of the stylesheet with each of those whenever the
editor's own styles may have changed, several times before the first picture.
"""
_GAP = re.compile(r"\.\.\.|^(?![ \t]*class\b).+:[ \t]*\n[ \t]*pass\b", re.MULTILINE)
"""What starters have in the place of what is to be written."""
_PAIRS = {"(": ")", "[": "]", "{": "}"}


class Editor(TextArea):
    """Where the answer is written.

    Colours follow `COLOUR_AFTER` behind the keys, so that typing costs what plain text costs.
    Escape leaves it (Tab indents).
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+slash,ctrl+underscore", "comment", "comment", show=False),
        Binding("ctrl+space,ctrl+at", "suggest", "next suggestion", show=False),
        Binding("shift+tab", "outdent", "outdent", show=False),
        Binding("ctrl+home", "edge(0)", "start of the text", show=False),
        Binding("ctrl+end", "edge(1)", "end of the text", show=False),
        Binding("ctrl+shift+home", "edge(0, True)", "select to the start", show=False),
        Binding("ctrl+shift+end", "edge(1, True)", "select to the end", show=False),
    ]

    @dataclass(eq=False, repr=False)
    class Paused(Message):
        """The text changed and no key came for `SAVE_AFTER` seconds."""

        text: str

    @dataclass(eq=False, repr=False)
    class LineChosen(Message):
        """The cursor came to another line (counted from 1)."""

        line: int

    def __init__(self, text: str = "", *, language: str = "python", id: str | None = None) -> None:  # noqa: A002
        super().__init__(
            text.rstrip("\n"),
            id=id,
            soft_wrap=True,
            tab_behavior="indent",
            show_line_numbers=True,
            highlight_cursor_line=True,
        )
        self.code_language = language
        self._either = False
        self.highlight = True
        """Whether code is coloured."""
        self._spans: colouring.Spans = {}
        self._styles: dict[str, Style] = {}
        self.completer: Completer | None = None
        """Suggests how a word may go on, once the database's names are known."""
        self._candidates: list[str] = []
        self._marked: frozenset[int] = frozenset()
        self._fault: int | None = None
        self._fault_kind: Literal["fault", "finding"] = "fault"
        self._colour_timer: Timer | None = None
        self._save_timer: Timer | None = None
        self._line = 1

    def on_mount(self) -> None:
        """Follow the theme; the screen asks for the colours once the first picture stands."""
        self._go_to_gap()
        self._follow_theme()
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._follow_theme())

    def _follow_theme(self) -> None:
        """Give the cursor's line a background alone, so that its words keep their colours."""
        line = self.get_component_rich_style("text-area--cursor-line")
        name = f"playground-{self.app.theme}"
        self.register_theme(TextAreaTheme(name, cursor_line_style=Style(bgcolor=line.bgcolor)))
        self.theme = name

    # What is shown

    def show(self, text: str, language: str, *, either: bool = False) -> None:
        """Replace the text by another answer's, forgetting undo and marks.

        With `either`, the language is guessed anew from what is typed.
        """
        self.code_language = language
        self._either = either
        self._fault = None
        self._marked = frozenset()
        self._spans = {}
        self.load_text(text.rstrip("\n"))
        self._go_to_gap()

    def _go_to_gap(self) -> None:
        """Begin where there is something to be filled in; else at the end, of a long text at its top."""
        gap = _GAP.search(self.text)
        if gap is not None:
            before = self.text[: gap.end()].split("\n")
            self.move_cursor((len(before) - 1, len(before[-1])), center=True)
        elif self.document.line_count <= LONG:
            self.move_cursor(self.document.end)
        else:
            self.move_cursor((0, 0))

    def mark(self, lines: frozenset[int]) -> None:
        """Light these lines (from 1): those that sent the statement which was chosen."""
        if lines != self._marked:
            self._marked = lines
            self._redraw()

    def mark_fault(self, line: int | None, kind: Literal["fault", "finding"] = "fault") -> None:
        """Mark the line (from 1) at which the code failed; None takes the mark away.

        With `finding`, more quietly: the code ran, and a verdict says something of that line.
        """
        if (line, kind) != (self._fault, self._fault_kind):
            self._fault, self._fault_kind = line, kind
            self._redraw()

    def colour(self) -> None:
        """Parse the text and colour it."""
        if self._either:
            self.code_language = "sql" if looks_like_sql(self.text) else "python"
        spans = colouring.colour(self.text, self.code_language) if self.highlight else {}
        if spans != self._spans:
            self._spans = spans
            self._redraw()

    def _redraw(self) -> None:
        super().notify_style_update()  # forgets the lines that were drawn
        self.refresh()

    def notify_style_update(self) -> None:
        """Colours follow the theme."""
        self._styles.clear()
        super().notify_style_update()

    def get_line(self, line_index: int) -> Text:
        """A line with its colours, for `TextArea` to draw."""
        line = super().get_line(line_index)
        if line_index + 1 == self._fault:
            line.stylize(self._style(self._fault_kind))
        elif line_index + 1 in self._marked:
            line.stylize(self._style("marked"))
        # Undo and `text` change lines behind the colours' back; a span beyond its line cannot be drawn.
        length = len(line)
        line.spans.extend(
            RichSpan(start, min(end, length), self._style(kind))
            for start, end, kind in self._spans.get(line_index, ())
            if start < length
        )
        return line

    def _style(self, kind: str) -> Style:
        """A style of `STYLES` in the theme's colours."""
        style = self._styles.get(kind)
        if style is None:
            style = self.app.stylesheet.parse_style(STYLES[kind]).rich_style
            self._styles[kind] = style
        return style

    # What is typed

    def edit(self, edit: Edit) -> EditResult:
        """Do an edit; the colours of what was not touched move with it."""
        top, bottom = edit.top, edit.bottom
        spans = self._spans
        self._spans = {}
        result = super().edit(edit)
        self._spans = colouring.moved(spans, top, bottom, result.end_location)
        self._fault = None
        return result

    def update_suggestion(self) -> None:
        """Suggest how the word before the cursor may go on."""
        self._candidates = self._find_candidates()
        self.suggestion = self._candidates[0] if self._candidates else ""

    def _find_candidates(self) -> list[str]:
        if self.completer is None or not self.selection.is_empty:
            return []
        row, column = self.cursor_location
        if self.document.get_line(row)[column : column + 1].isidentifier():
            return []  # in the middle of a word
        before = self.document.get_text_range((0, 0), (row, column))
        return self.completer.candidates(before, self.text, self.code_language)

    def action_suggest(self) -> None:
        """Suggest the next name that fits, or begin anew."""
        if not self._candidates:
            self.update_suggestion()
        else:
            self._candidates.append(self._candidates.pop(0))
            self.suggestion = self._candidates[0]

    @on(TextArea.Changed)
    def _plan(self) -> None:
        """Colour and keep the text once the keys pause."""
        if self._colour_timer is not None:
            self._colour_timer.stop()
        if self._save_timer is not None:
            self._save_timer.stop()
        self._colour_timer = self.set_timer(COLOUR_AFTER, self.colour)
        self._save_timer = self.set_timer(SAVE_AFTER, self._paused)

    def _paused(self) -> None:
        self.post_message(self.Paused(self.text))

    @on(events.Blur)
    def _left(self) -> None:
        self.post_message(self.Paused(self.text))

    @on(TextArea.SelectionChanged)
    def _tell_line(self) -> None:
        line = self.cursor_location[0] + 1
        if line != self._line:
            self._line = line
            self.post_message(self.LineChosen(line))

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and not self.read_only:
            event.stop()
            event.prevent_default()
            self._new_line()
            return
        if event.key == "tab" and self.suggestion:
            event.stop()
            event.prevent_default()
            self.insert(self.suggestion)
            return
        action = _own_actions().get(event.key)
        if action is not None and await self.app.run_action(action, self):
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)

    def _new_line(self) -> None:
        """A line break that keeps the indent, and opens one after a colon or a bracket."""
        start, end = sorted(self.selection)
        row, column = start
        before = self.document.get_line(row)[:column]
        indent = before[: len(before) - len(before.lstrip())]
        opener = before.rstrip()[-1:]
        after = self.document.get_line(end[0])[end[1] : end[1] + 1]
        if opener in _PAIRS and after == _PAIRS[opener]:
            self.replace(f"\n{indent}{INDENT}\n{indent}", start, end)
            self.move_cursor((row + 1, len(indent) + len(INDENT)))
            return
        deeper = opener in _PAIRS or (opener == ":" and self.code_language == "python")
        self.replace(f"\n{indent}{INDENT if deeper else ''}", start, end)

    def action_outdent(self) -> None:
        """Take one indent off the selected lines."""
        self._change_lines(lambda line: line[min(len(INDENT), len(line) - len(line.lstrip())) :])

    def action_edge(self, end: int, select: bool = False) -> None:
        """Go to the start (0) or the end (1) of the text."""
        self.move_cursor(self.document.end if end else (0, 0), select=select)

    def action_comment(self) -> None:
        """Comment the selected lines out, or in again."""
        sign = "-- " if self.code_language == "sql" else "# "
        first, last = self._selected_rows()
        lines = [self.document.get_line(row) for row in range(first, last + 1)]
        if all(line.lstrip().startswith(sign.strip()) for line in lines if line.strip()):
            self._change_lines(
                lambda line: line.replace(sign if sign in line else sign.strip(), "", 1)
            )
        else:
            self._change_lines(lambda line: sign + line if line.strip() else line)

    def _selected_rows(self) -> tuple[int, int]:
        start, end = sorted(self.selection)
        return start[0], end[0]

    def _change_lines(self, change: Callable[[str], str]) -> None:
        first, last = self._selected_rows()
        lines = [self.document.get_line(row) for row in range(first, last + 1)]
        changed = "\n".join(change(line) for line in lines)
        self.replace(changed, (first, 0), (last, len(lines[-1])), maintain_selection_offset=False)
        self.selection = Selection((first, 0), (last, len(changed.rsplit("\n", 1)[-1])))

    def find_next(self, wanted: str) -> bool:
        """Select the next place of `wanted` (case does not count), from the top after the last."""
        text, wanted = self.text.casefold(), wanted.casefold()
        if not wanted or len(text) != len(self.text):
            return False
        row, column = sorted(self.selection)[1]
        start = len("\n".join(self.text.split("\n")[:row])) + (1 if row else 0) + column
        place = text.find(wanted, start)
        place = text.find(wanted) if place < 0 else place
        if place < 0:
            return False
        before = self.text[:place].split("\n")
        at = (len(before) - 1, len(before[-1]))
        self.selection = Selection(at, (at[0], at[1] + len(wanted)))
        return True


@lru_cache(maxsize=1)
def _own_actions() -> dict[str, str]:
    """What the editor's own keys do.

    Textual does bound keys only after they have bubbled up to the app; a letter that follows
    closely would overtake them, so the editor does its own at once.
    """
    return {
        key.strip(): binding.action
        for binding in (*TextArea.BINDINGS, *Editor.BINDINGS)
        if isinstance(binding, Binding)
        for key in binding.key.split(",")
    }

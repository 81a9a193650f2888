"""The one-line widgets that frame the screen: header, tabs, verdict, footer."""

from dataclasses import dataclass
from typing import NamedTuple

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from playground.texts import N_, _
from playground.tui.actions import ACTIONS, BY_NAME, Action, shown_key
from playground.tui.words import emphasised


def action_link(name: str) -> Style:
    """A style that does an action of the table when it is clicked."""
    return Style.from_meta({"@click": f"screen.do('{name}')"})


def spread(left: Content, right: Content, width: int) -> Content:
    """`left` cut so that `right` stands whole at the end of a line of `width` cells."""
    room = width - right.cell_length
    if room < 8:
        return left.truncate(width, ellipsis=True)
    left = left.truncate(room - 1, ellipsis=True)
    return Content.assemble(left, " " * (room - left.cell_length), right)


class Place(NamedTuple):
    """Where the learner is, for the header."""

    module: str = ""
    lesson: str = ""
    marks: tuple[str, ...] = ()
    """One per exercise: passed, tried, seen, changed, none; empty until they are known."""
    exercises: int = 0
    """How many the lesson has."""
    exercise: int | None = None
    """The one that stands on the screen, from 0; None for the lesson's text alone."""
    variant: str = ""
    isolation: str = ""
    language: str = ""
    """A note when the text is not in the wanted language; else empty."""


MARK_SIGNS = {"passed": "●", "changed": "◍", "tried": "◐", "seen": "◇", "none": "○"}
MARK_STYLES = {"passed": "$success", "changed": "$warning", "tried": "$warning"}
_MOST_DOTS = 12
WIDE = 110
"""Columns from which there are panes instead of tabs."""


class Header(Widget):
    """Module ▸ lesson on the left; progress, data and isolation on the right."""

    auto_links = False
    place: reactive[Place] = reactive(Place())

    def __init__(self, place: Place) -> None:
        super().__init__(classes="line")
        self.set_reactive(Header.place, place)

    @property
    def narrow(self) -> bool:
        """Whether only the most needed fits."""
        return self.size.width < WIDE

    @dataclass(eq=False, repr=False)
    class Jump(Message):
        """The dot of an exercise was clicked."""

        index: int

    def render(self) -> Content:
        """The line at the present width."""
        place, width = self.place, self.size.width
        left = [(" ", ""), (_("Playground"), "bold $primary"), ("   ", "")]
        if self.narrow:
            left = [(" ", "")]
        elif place.module and place.module != place.lesson:
            left += [(place.module, "$quiet"), (" ▸ ", "$quiet")]
        left.append((place.lesson, "bold" if self.narrow else ""))
        return spread(Content.assemble(*left), Content.assemble(*self._right()), width)

    def _right(self) -> list[Content | str | tuple[str, str]]:
        place = self.place
        parts: list[Content | str | tuple[str, str]] = []
        if place.language and not self.narrow:
            parts += [(place.language, "$warning"), "   "]
        if place.exercises:
            parts += [*self._dots(), " ", self._count(), "   "]
        if place.variant and not self.narrow:
            parts += [(place.variant, "$quiet"), "   "]
        if place.isolation:
            word = (
                place.isolation
                if self.narrow
                else _("isolation {level}").format(level=place.isolation)
            )
            parts += [(word, "$quiet"), " "]
        return parts

    def _dots(self) -> list[Content]:
        marks = self.place.marks
        if len(marks) > _MOST_DOTS or (self.narrow and self.size.width < 60):
            return []
        dots = []
        for index, mark in enumerate(marks):
            link = Style.from_meta({"@click": f"jump({index})"})
            here = "bold underline " if index == self.place.exercise else ""
            dot = Content.styled(MARK_SIGNS.get(mark, "○"), here + MARK_STYLES.get(mark, "$quiet"))
            dots.append(dot.stylize(link))
        return dots

    def _count(self) -> str:
        index = self.place.exercise
        total = self.place.exercises
        return f"{index + 1}/{total}" if index is not None else f"–/{total}"

    def action_jump(self, index: int) -> None:
        """Tell which exercise was clicked."""
        self.post_message(self.Jump(index))


class TabLine(Widget):
    """The tabs of a narrow screen; a click or a number shows one."""

    auto_links = False
    active: reactive[str] = reactive("answer")

    def __init__(self, titles: tuple[tuple[str, str], ...]) -> None:
        """Make the tabs of (name, title as shown)."""
        super().__init__(classes="line")
        self.titles = titles

    @dataclass(eq=False, repr=False)
    class Chosen(Message):
        """A tab was clicked."""

        name: str

    def render(self) -> Content:
        """The titles, the active one standing out."""
        roomy = self.size.width >= 56
        air = " " if roomy else ""
        parts: list[Content | str] = [air]
        for name, title in self.titles:
            style = "bold reverse" if name == self.active else "$quiet"
            link = Style.from_meta({"@click": f"choose('{name}')"})
            parts += [Content.styled(f"{air}{title}{air}", style).stylize(link), " "]
        return Content.assemble(*parts).truncate(self.size.width)

    def action_choose(self, name: str) -> None:
        """Tell which tab was clicked."""
        self.post_message(self.Chosen(name))


class Line(NamedTuple):
    """A sign, a word and what is said; the sign's colour never stands alone."""

    sign: str = ""
    style: str = ""
    head: str = ""
    text: str = ""
    more: bool = False
    """Whether an explanation can be opened."""


class VerdictLine(Widget):
    """Always in the same place: what the last run or check came to."""

    auto_links = False
    line: reactive[Line] = reactive(Line())
    typing: reactive[bool] = reactive(True)
    """Whether letters go into a text, so that only other keys are told."""

    def __init__(self, line: Line, keymap: dict[str, str]) -> None:
        super().__init__(classes="line")
        self.set_reactive(VerdictLine.line, line)
        self.keymap = keymap

    def render(self) -> Content:
        """The line, with the way to its explanation at the end."""
        line, width = self.line, self.size.width
        left = Content.assemble(
            " ",
            (f"{line.sign} " if line.sign else "", f"bold {line.style}"),
            (line.head, f"bold {line.style}" if line.style else "bold"),
            "  " if line.head and line.text else "",
            emphasised(line.text.replace("\n", " ")),
        )
        more = Content("")
        if line.more:
            key = (shown_key("explain", self.keymap, typing=self.typing), "$primary")
            word = _("explain")
            more = Content.assemble(key, f" {word} ").stylize(action_link("explain"))
        if self.size.height < 2 or left.cell_length + more.cell_length + 2 <= width:
            return spread(left, more, width)
        return self._two_lines(left, more, width)

    def _two_lines(self, left: Content, more: Content, width: int) -> Content:
        wrapped = left.wrap(width - 1)
        first = wrapped[0]
        rest = Content(" ").join(wrapped[1:]) if len(wrapped) > 1 else Content("")
        return Content("\n").join([first, spread(Content.assemble(" ", rest), more, width)])


class Footer(Widget):
    """The actions that can be done now, each with its key; a click does it."""

    auto_links = False
    names: reactive[tuple[str, ...]] = reactive(())
    """Names of the available actions."""
    running: reactive[bool] = reactive(False)

    def __init__(self, names: tuple[str, ...], keymap: dict[str, str]) -> None:
        super().__init__(classes="line")
        self.set_reactive(Footer.names, names)
        self.keymap = keymap

    def render(self) -> Content:
        """As many as fit, the most needed ones; Escape at the end while something runs."""
        narrow = self.size.width < WIDE
        shown = [
            action._replace(title=action.tabs) if action.tabs else action
            for action in ACTIONS
            if action.footer and action.name in self.names and (narrow or not action.tabs)
        ]
        cancel = Content("")
        if self.running:
            cancel = self._entry(BY_NAME["back"]._replace(title=N_("cancel")))
        room = self.size.width - cancel.cell_length - 1
        entries: dict[str, Content] = {}
        for action in sorted(shown, key=lambda each: each.footer):
            entry = self._entry(action)
            if entry.cell_length <= room:
                room -= entry.cell_length
                entries[action.name] = entry
        line = Content.assemble(
            " ",
            *(entries[a.name] for a in sorted(shown, key=lambda a: a.footer) if a.name in entries),
        )
        return spread(line, cancel, self.size.width) if self.running else line

    def _entry(self, action: Action) -> Content:
        key = (shown_key(action.name, self.keymap), "$primary")
        text = Content.assemble(key, f" {_(action.title)}")
        return Content.assemble(text.stylize(action_link(action.name)), "  ")

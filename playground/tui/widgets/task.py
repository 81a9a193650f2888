"""The task of the exercise, always in sight, with its hints below it."""

from dataclasses import replace
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from playground.texts import _, ngettext
from playground.tui.pieces import Piece
from playground.tui.widgets.flow import Flow
from playground.tui.words import emphasised, first_line, pieces
from playground.visible import visible


class TaskView(NamedTuple):
    """What the pane shows of an exercise."""

    title: str = ""
    task: str = ""
    points: float | None = 1
    """None where nothing is judged."""
    hints: tuple[str, ...] = ()
    """Those that are open."""
    hints_total: int = 0
    changed: bool = False
    """The exercise was changed after it was passed."""
    lack: str = ""
    """What the exercise needs and is missing here, as a sentence."""


class TaskLine(Static):
    """The task's first words on a narrow screen, `LINES` lines of them; a cut one ends with `…`."""

    LINES = 2
    auto_links = False

    def __init__(self, task: str) -> None:
        super().__init__(id="task-line", markup=False)
        self._said = task

    def show(self, task: str) -> None:
        """Show another task."""
        self._said = task
        self.refresh(layout=True)

    def render(self) -> Content:
        """The lines at the present width."""
        words = first_line(self._said)
        shown = Content(words)
        more = words != " ".join(str(emphasised(self._said)).split())
        lines = shown.wrap(max(8, self.size.width))
        if len(lines) <= self.LINES and not more:
            return shown
        kept = lines[: self.LINES]
        last = kept[-1].rstrip()
        if last.cell_length + 2 > self.size.width:
            last = last.truncate(max(1, self.size.width - 2)).rstrip()
        return Content("\n").join([*(line.rstrip() for line in kept[:-1]), last.append(" …")])


def points_text(points: float) -> str:
    """`1 point`, `2.5 points`."""
    whole = int(points) if points == int(points) else points
    return ngettext("{count} point", "{count} points", 1 if points == 1 else 2).format(count=whole)


class TaskPane(VerticalScroll):
    """The words that are judged stand out; hints open one below the other."""

    ALLOW_MAXIMIZE = True

    def __init__(self, view: TaskView, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes="pane")
        self._text = Flow(_pieces(view))
        self._set_frame(view)

    def compose(self) -> ComposeResult:
        """The task with the hints that are open."""
        yield self._text

    @property
    def text(self) -> str:
        """What stands in the pane."""
        return self._text.text

    def show(self, view: TaskView) -> None:
        """Show an exercise; without one, the pane takes no room."""
        self._set_frame(view)
        self._text.show(_pieces(view))
        if view.hints:
            self.call_after_refresh(self.scroll_end, animate=False)

    def _set_frame(self, view: TaskView) -> None:
        self.set_class(not view.task, "-empty")
        title = visible(view.title)
        self.border_title = (
            _("Task ─ {title}").format(title=title) if view.points is not None else title
        )
        self.border_subtitle = points_text(view.points) if view.points is not None else ""

    def help_text(self) -> str:
        """What F1 says here."""
        return _(
            "The task. What it says about order, columns and names is what is judged. "
            "Hints open below it, one at a time."
        )


def _pieces(view: TaskView) -> list[Piece]:
    """The task, what is to be known of it, and the hints that are open."""
    shown = pieces(view.task)
    if view.changed:
        said = _("This exercise has changed since you passed it.")
        shown.append(Piece(Content.styled(said, "$warning")))
    if view.lack:
        skipped = _("Skipped.")
        shown.append(Piece(Content.styled(f"{skipped} {view.lack}", "$warning")))
    for number, hint in enumerate(view.hints, 1):
        said = _("hint {number} of {total}").format(number=number, total=view.hints_total)
        first, *rest = pieces(hint) or [Piece(Content(""))]
        label = Content.assemble((f"{said} ▸  ", "$quiet"), first.content)
        shown += [replace(first, content=label, tight=number > 1), *rest]
    return shown

"""The screen where one works: reading on the left, answer above results on the right.

It holds the widgets and shows what arrives; what a key does stands in `playground.tui.work`.
"""

from collections.abc import Callable, Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.css.query import NoMatches
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea
from textual.worker import Worker, WorkerState

from playground.texts import _, language
from playground.tui import messages
from playground.tui.actions import ACTIONS, BY_NAME, available, bindings, shown_key, waits
from playground.tui.desk import Desk
from playground.tui.state import State
from playground.tui.widgets.answer import AnswerLanguage, AnswerPane
from playground.tui.widgets.editor import Editor
from playground.tui.widgets.lines import WIDE, Footer, Header, Line, Place, TabLine, VerdictLine
from playground.tui.widgets.reading import BlockChosen, LessonPane
from playground.tui.widgets.task import TaskLine, TaskPane, TaskView
from playground.visible import visible

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from playground.records import Resume
    from playground.tui.widgets.markdown import Prose
    from playground.tui.widgets.result import ResultPane
    from playground.tui.widgets.schema import SchemaPane
    from playground.tui.widgets.table import ResultTable
    from playground.tui.widgets.timeline import Timeline

DRESS_AFTER = 0.02
"""Seconds after the first picture in which keys that were pressed meanwhile are shown."""
TABS = ("task", "answer", "results", "lesson", "schema")


class LessonScreen(Screen[None]):
    """One lesson with one of its exercises."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012  (Textual's own type)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (13, "-high")]  # noqa: RUF012
    AUTO_FOCUS = "#editor"

    def __init__(
        self,
        desk: Desk,
        opening: "Resume | None",
        keymap: dict[str, str],
        *,
        highlight: bool = True,
    ) -> None:
        super().__init__(classes=f"-tab-answer {_size_class()}")
        self.desk = desk
        self.state = State()
        self.keymap = keymap
        self.dressed = False
        """Whether the panes that the first paint did without are there."""
        self.opening = opening
        self._left: Widget | None = None
        """What had the focus when one set out for another place."""
        written_in: AnswerLanguage = "sql" if opening and opening.language == "sql" else "python"
        draft, kind = (opening.draft, opening.kind) if opening else ("", "code")
        task = opening.task if opening and kind != "code" else ""
        self.set_class(bool(task), "-asked")
        self.state.in_editor = kind == "code"
        self.answer = AnswerPane(
            draft, written_in, kind=kind, task=task, keymap=keymap, id="answer"
        )
        self.answer.editor.highlight = highlight

    # The picture

    def compose(self) -> ComposeResult:
        """What the first paint needs, filled in at once; `_dress` adds the rest."""
        opening = self.opening
        place, task = Place(), TaskView()
        if opening is not None:
            index = opening.exercise_index if opening.exercise else None
            place = Place(
                lesson=opening.lesson_title, exercise=index, exercises=opening.exercise_count
            )
            task = TaskView(opening.exercise_title, opening.task)
        yield Header(place)
        yield TabLine(
            (
                ("task", _("Task")),
                ("answer", _("Answer")),
                ("results", _("SQL+Rows")),
                ("lesson", _("Lesson")),
                ("schema", _("Schema")),
            )
        )
        with Horizontal(id="body"):
            with Vertical(id="reading"):
                yield LessonPane(place.lesson, opening.text if opening else "", id="lesson")
                yield TaskPane(task, id="task")
            with Vertical(id="working"):
                yield self.answer
                yield Horizontal(id="results")
        yield TaskLine(task.task)
        yield VerdictLine(self._idle(), self.keymap)
        yield Footer(self._possible(), self.keymap)

    def on_mount(self) -> None:
        """The rest comes once the first picture stands."""
        self.call_after_refresh(self.set_timer, DRESS_AFTER, self._dress)

    async def _dress(self) -> None:
        """Put in what the first paint did without, then open the course."""
        from playground.tui.widgets.result import ResultPane
        from playground.tui.widgets.schema import SchemaPane
        from playground.tui.widgets.timeline import Timeline

        self.open_course()
        with self.app.batch_update():
            await self.query_one("#results").mount(Timeline(), ResultPane())
            await self.query_one("#reading").mount(SchemaPane(), before=0)
            self.answer.editor.colour()
            self.dressed = True
            opening = self.opening
            if opening is not None:
                await self.lesson.show(opening.lesson, opening.lesson_title, opening.text)

    def open_course(self) -> None:
        """Open the course and the records in a thread."""
        spoken = language()
        self.do_in_thread("open", lambda: self.post_message(messages.Shown(self.desk.open(spoken))))

    # The parts

    @property
    def lesson(self) -> LessonPane:
        """The lesson's text."""
        return self.query_one(LessonPane)

    @property
    def timeline(self) -> "Timeline":
        """The SQL that was sent."""
        from playground.tui.widgets.timeline import Timeline

        return self.query_one(Timeline)

    @property
    def rows(self) -> "ResultPane":
        """What came back."""
        from playground.tui.widgets.result import ResultPane

        return self.query_one(ResultPane)

    @property
    def schema(self) -> "SchemaPane":
        """Tables and names."""
        from playground.tui.widgets.schema import SchemaPane

        return self.query_one(SchemaPane)

    @property
    def narrow(self) -> bool:
        """Whether there are tabs instead of panes."""
        return self.has_class("-narrow")

    @property
    def tab(self) -> str:
        """The tab that a narrow screen shows."""
        return self.query_one(TabLine).active

    @property
    def typing(self) -> bool:
        """Whether letters go into a text."""
        return isinstance(self.focused, TextArea | Input)

    # Doing

    def action_do(self, name: str) -> object:
        """Do an action of the table; to be awaited where it opens what further keys go to.

        Its key is seen before those that were pressed earlier and are still on their way from what
        has the focus up to the app, so the action goes the same way behind them. What asks for
        something opens at once, before the next key.
        """
        if BY_NAME[name].asks:
            return self._do(name)
        way = [] if self.focused is None else [self.focused, *self.focused.ancestors]
        if BY_NAME[name].leaves:
            self.set_out()
        self._follow(way, name)
        return None

    def set_out(self) -> None:
        """Let the keys from now on go nowhere: the place that they are meant for is on its way."""
        if not self.state.leaving:
            self.state.leaving, self._left = True, self.focused
            self.set_focus(None)

    def arrive(self, *, at_answer: bool = False) -> None:
        """Take keys again: at the answer, or where the focus was before one set out."""
        left, self._left = self._left, None
        had_left, self.state.leaving = self.state.leaving, False
        if had_left and left is not None and not at_answer and left in self.focus_chain:
            left.focus()
        elif had_left or at_answer:
            self.answer.focus_answer()

    def _follow(self, way: Sequence["DOMNode"], name: str) -> None:
        if not way or not way[0].call_later(self._follow, way[1:], name):
            self.call_later(self._do, name)

    def _do(self, name: str) -> object:
        from playground.tui.work import DO, running

        if name != "check" and waits(BY_NAME[name], self.state.situation()):
            running.wait_for_course(self, name, _("What you asked for comes in a moment."))
            return None
        return DO[name](self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a key through to an action only while it can be done."""
        if action != "do":
            return True
        asked, situation = BY_NAME[str(parameters[0])], self.state.situation()
        if not asked.anywhere and (self.typing or self.state.leaving):
            return False
        # Running is asked for in vain as well: then it says why.
        return available(asked, situation) or waits(asked, situation) or asked.name == "run"

    def do_in_thread(self, group: str, work: Callable[[], object]) -> None:
        """Do something that blocks off the screen's thread; a newer one of the group replaces it."""
        self.run_worker(work, thread=True, group=group, exclusive=True, exit_on_error=False)

    def refresh_situation(self) -> None:
        """Let the footer and the keys follow what can be done now."""
        self.state.in_editor = (
            self.answer.answering.in_editor and self.answer.answering.kind == "code"
        )
        footer = self.query_one(Footer)
        footer.names = self._possible()
        footer.running = self.state.work is not None
        self.refresh_bindings()

    def _possible(self) -> tuple[str, ...]:
        situation = self.state.situation()
        return tuple(action.name for action in ACTIONS if available(action, situation))

    @on(messages.BeginAgain)
    async def _begin_again(self) -> None:
        self.opening = None
        self.dressed = False
        self.state = State()
        highlight = self.answer.editor.highlight
        self.answer = AnswerPane("", "python", keymap=self.keymap, id="answer")
        self.answer.editor.highlight = highlight
        await self.recompose()
        await self._dress()

    # Saying

    def say(self, line: Line) -> None:
        """Put a line below the panes."""
        self.query_one(VerdictLine).line = line

    def say_idle(self) -> None:
        """Say how to begin."""
        self.say(self._idle())

    def _idle(self) -> Line:
        """The line before anything has run."""
        if self.state.in_editor:
            said = _("Press **{key}** to run the answer and see its SQL beside its rows.")
            return Line("▸", "$primary", "", said.format(key=shown_key("run", self.keymap)))
        keys = {name: shown_key(name, self.keymap) for name in ("check", "run")}
        if self.answer.answering.kind == "predict":
            said = _("Write what you expect, and {check} checks it; then {run} runs it.")
        else:
            said = _("Press **{check}** to check your answer.")
        return Line("▸", "$primary", "", said.format(**keys))

    def show_tab(self, name: str, *, focus: bool = True) -> None:
        """Show one tab of a narrow screen; on a wide one, only the focus moves."""
        self.query_one(TabLine).active = name
        for each in TABS:
            self.set_class(each == name, f"-tab-{each}")
        if name == "schema":
            from playground.tui.work.helping import read_ground

            read_ground(self)
        if focus:
            self.call_after_refresh(self.focus_tab, name)  # only what is displayed takes the focus

    def focus_tab(self, name: str) -> None:
        """Give the focus to what a tab is about."""
        if name == "answer":
            self.answer.focus_answer()
            return
        target = {"task": "#task", "results": "#table", "lesson": "#lesson", "schema": "#schema"}[
            name
        ]
        try:
            widget = self.query_one(target)
        except NoMatches:  # pressed before that pane was put in
            return
        if name == "results" and not widget.display:
            widget = self.timeline
        widget.focus()

    def show_task(self, view: TaskView) -> None:
        """Show a task in its pane, and its first words for a narrow screen."""
        self.query_one(TaskPane).show(view)
        self.query_one(TaskLine).show(view.task)

    def leave(self, status: int = 0) -> None:
        """Leave the app; what runs is cancelled, and the draft is kept on the way out."""
        if self.state.work is not None:
            self.state.work.cancel.set()
        self.app.exit(return_code=status)

    def keep_draft(self) -> None:
        """Keep what stands in the answer, here and now; it blocks."""
        if self.state.answered is not None:
            self.desk.keep(self.state.answered, self.answer.answer)

    def copier(self, text: str) -> None:
        """Put a text into the clipboard, in every way there is, and say so."""
        from playground.tui.clipboard import copy

        self.app.copy_to_clipboard(text)
        self.do_in_thread(
            "clipboard",
            lambda: self.app.call_from_thread(self.notify, copy(text), markup=False),
        )

    # What the panes tell

    @on(AnswerPane.Paused)
    def _keep(self) -> None:
        # What stands there now, not what stood there when the pause began: that may be the
        # answer to the exercise before.
        view, answer = self.state.answered, self.answer.answer
        if view is not None:
            self.do_in_thread("keep", lambda: self.desk.keep(view, answer))

    @on(Editor.LineChosen)
    def _point(self, message: Editor.LineChosen) -> None:
        if self.dressed:
            self.timeline.point_at(message.line)

    @on(BlockChosen)
    def _take_block(self, message: BlockChosen) -> None:
        from playground.tui.work.moving import open_scratch

        if self.narrow:
            self.show_tab("answer")
        open_scratch(self, message.code)

    def on_prose_followed(self, message: "Prose.Followed") -> None:
        """Follow a link: to another lesson, or out into the browser."""
        from playground.tui.work.moving import follow

        follow(self, message.target)

    @on(Header.Jump)
    def _jump(self, message: Header.Jump) -> None:
        from playground.tui.work.moving import go

        view = self.state.view
        if view is not None:
            go(self, view.lesson.id, view.lesson.exercises[message.index].id)

    @on(TabLine.Chosen)
    def _tab_chosen(self, message: TabLine.Chosen) -> None:
        self.show_tab(message.name)

    def on_descendant_focus(self) -> None:
        """Tell only keys that work where the focus is."""
        self.query_one(VerdictLine).typing = self.typing

    def on_resize(self, event: events.Resize) -> None:
        """Follow the terminal's size: panes, tabs, or too small to work in."""
        width, height = event.size
        tiny = width < 36 or height < 9
        self.set_class(tiny, "-tiny")
        if tiny and not self.query("#too-small"):
            self.mount(Static(_("Too small: 36x9 or more is needed."), id="too-small"))

    def on_timeline_entry_chosen(self, message: "Timeline.EntryChosen") -> None:
        """Light the lines that sent a statement."""
        self.answer.editor.mark(message.lines)

    def on_timeline_entry_opened(self, message: "Timeline.EntryOpened") -> None:
        """Show a whole statement."""
        from playground.tui.work.rows import open_statement

        open_statement(self, message.entry)

    def on_result_table_page_wanted(self, message: "ResultTable.PageWanted") -> None:
        """Read the rows that are about to be seen."""
        from playground.tui.work.rows import read_page

        read_page(self, message.generation, message.start)

    def on_result_table_cell_opened(self, message: "ResultTable.CellOpened") -> None:
        """Show a whole cell."""
        from playground.tui.work.rows import open_cell

        open_cell(self, message.column, message.cell)

    def on_result_pane_filter_changed(self, message: "ResultPane.FilterChanged") -> None:
        """Show only some rows."""
        from playground.tui.work.rows import apply_filter

        apply_filter(self, message.text)

    # What the threads tell

    @on(messages.Shown)
    @on(messages.OutlineRead)
    @on(messages.NamesKnown)
    @on(messages.GroundRead)
    @on(messages.SolutionRead)
    @on(messages.RunEnded)
    @on(messages.Checked)
    @on(messages.Looked)
    @on(messages.RowsRead)
    @on(messages.Filtered)
    @on(messages.PageRead)
    async def _told(self, message: Message) -> None:
        from playground.tui.work.telling import tell

        await tell(self, message)

    @on(Worker.StateChanged)
    def _worker_ended(self, event: Worker.StateChanged) -> None:
        error = event.worker.error
        if event.state is not WorkerState.ERROR or error is None:
            return
        if event.worker.group == "keep":
            self._tell_unkept(error)
            return
        if event.worker.group == "run":
            self.state.work = None
            self.refresh_situation()
            self.say_idle()
        self.arrive()
        self.post_message(messages.Broke(error))

    def _tell_unkept(self, error: BaseException) -> None:
        """Say once that drafts cannot be kept (a full disk, a read-only home); work goes on."""
        if not self.state.told_unkept:
            self.state.told_unkept = True
            said = _("What you write cannot be kept: {reason}").format(reason=visible(str(error)))
            self.notify(said, severity="warning", markup=False, timeout=15)


def _size_class() -> str:
    """The class that the terminal's width is likely to ask for, so that styles are found once."""
    return "-wide" if get_terminal_size().columns >= WIDE else "-narrow"

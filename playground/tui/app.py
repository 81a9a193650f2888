"""The terminal app: it wires the desk, the screen, the colours and the palette, and no more."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from playground.settings import Places, Settings
from playground.texts import _
from playground.tui import messages
from playground.tui.actions import ACTIONS, available, shown_key, usable_keymap
from playground.tui.desk import Desk
from playground.tui.screens.lesson import LessonScreen
from playground.tui.themes import THEMES, theme_named

if TYPE_CHECKING:
    from textual.driver import Driver

    from playground.records import Resume
    from playground.study import Study
    from playground.tui.work.rereading import Watcher

STYLES = Path(__file__).with_name("playground.tcss")


class PlaygroundApp(App[int]):
    """The app. `open_study` is called in a thread once the first picture stands."""

    BINDINGS: ClassVar[list[BindingType]] = []
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+backslash"
    """The table's own binding opens the palette; this one only has to be out of the way."""
    TITLE = "Playground"

    def __init__(
        self,
        open_study: "Callable[[str], Study]",
        *,
        opening: "Resume | None" = None,
        settings: Settings | None = None,
        places: Places | None = None,
        watched: "Path | None" = None,
    ) -> None:
        """Make the app.

        Args:
            open_study: Opens the course and the records in the language of that tag; blocks.
            opening: What the first paint shows.
            settings: Keys and colours.
            places: Where the log stands.
            watched: The course is read again whenever a file here is saved.
        """
        super().__init__()
        self._watched = watched
        self._watcher: Watcher | None = None
        self.settings = settings or Settings()
        self.places = places
        self.desk = Desk(open_study)
        self.opening = opening
        self._work: LessonScreen | None = None
        self.shown_keys, self._problems = usable_keymap(self.settings.keys)
        for theme in THEMES:
            self.register_theme(theme)
        wanted = self.settings.theme or (opening.theme if opening is not None else "")
        self.theme = theme_named(wanted)

    def get_default_screen(self) -> Screen[None]:
        """The screen where one works is the only one.

        The styles come with it: at `CSS_PATH` Textual would parse them once more, for the theme,
        before there is anything to draw.
        """
        self.stylesheet.read(STYLES)
        self._work = LessonScreen(
            self.desk, self.opening, self.shown_keys, highlight=self.settings.highlight
        )
        return self._work

    def get_driver_class(self) -> "type[Driver]":
        """Where it is a POSIX terminal's, the one that notices the terminal's end."""
        chosen = super().get_driver_class()
        if chosen.__name__ != "LinuxDriver":
            return chosen
        from playground.tui.terminal import TerminalDriver

        return TerminalDriver

    def action_help_quit(self) -> None:
        """Ctrl+C where nothing is selected: it copies, so say what leaves."""
        said = _("{key} leaves; your text and your place are kept.")
        self.notify(said.format(key=shown_key("quit", self.shown_keys)), markup=False)

    def leave(self, status: int = 0) -> None:
        """Leave from whatever screen one is in, with an exit status."""
        if self._work is not None:
            self._work.leave(status)

    def keep_draft(self) -> None:
        """Keep what stands in the answer; called after the app has ended, however it ended."""
        if self._work is not None:
            self._work.keep_draft()

    def on_mount(self) -> None:
        """Give actions the keys of the settings, and say what was wrong with them."""
        if self.shown_keys:
            self.set_keymap(self.shown_keys)
        for problem in self._problems:
            self.notify(problem, severity="warning", markup=False, timeout=10)
        if self._watched is not None:
            from playground.tui.work.rereading import Watcher

            self._watcher = Watcher(self, self._watched)

    def on_unmount(self) -> None:
        """Watch no longer."""
        if self._watcher is not None:
            self._watcher.close()

    @on(messages.FilesSaved)
    def _saved(self) -> None:
        from playground.tui.work.rereading import read_again

        if self._work is not None:
            read_again(self._work)

    @on(messages.ReadAgain)
    async def _read_again(self, message: messages.ReadAgain) -> None:
        from playground.tui.work.rereading import show_again

        if self._work is not None:
            await show_again(self._work, message)

    @on(messages.NotReadAgain)
    def _not_read_again(self, message: messages.NotReadAgain) -> None:
        from playground.tui.work.rereading import tell_fault

        if self._work is not None:
            tell_fault(self._work, message.text)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers: the table of actions, as far as they can be done now."""
        if not isinstance(screen, LessonScreen):
            return
        situation = screen.state.situation()
        for action in ACTIONS:
            if action.name == "palette" or not available(action, situation):
                continue
            key = shown_key(action.name, self.shown_keys)
            title = _(action.title)
            yield SystemCommand(
                f"{title[:1].upper()}{title[1:]}  ({key})",
                _(action.about),
                lambda name=action.name: screen.action_do(name),
            )

    @on(messages.Broke)
    def _tell(self, message: messages.Broke) -> None:
        """The one place where a failure without a name is told."""
        import traceback

        from textual.content import Content

        from playground.tui.screens.text import TextModal
        from playground.visible import visible

        error = message.error
        report = "".join(traceback.format_exception(error))
        screen = self.screen_stack[0]
        copier = screen.copier if isinstance(screen, LessonScreen) else None
        if _is_the_courses(error):
            said = Content(visible(str(error), multiline=True))
            whose = Content(_("This is not your fault; whoever wrote the course can mend it."))
            self.push_screen(TextModal(_("The course has a fault"), said, whose, copier=copier))
            return
        parts = [
            Content(_("Something in the program failed. Your text and your progress are kept.")),
            Content.styled(visible(f"{type(error).__name__}: {error}", multiline=True), "$error"),
        ]
        if self._write_log(report) and self.places is not None:
            parts.append(Content(_("The details stand in {file}.").format(file=self.places.log)))
        self.push_screen(TextModal(_("That did not work"), *parts, copies=report, copier=copier))

    @on(events.DeliveryComplete)
    def _delivered(self, event: events.DeliveryComplete) -> None:
        if event.path is not None:
            self.notify(_("Saved: {file}").format(file=event.path), markup=False)

    @on(events.DeliveryFailed)
    def _not_delivered(self, event: events.DeliveryFailed) -> None:
        error = event.exception
        reason = (error.strerror if isinstance(error, OSError) else None) or error
        said = _("It could not be saved: {reason}").format(reason=reason)
        self.notify(said, severity="error", markup=False)

    def _write_log(self, report: str) -> bool:
        """Write a report into the log; false where it cannot be written."""
        if self.places is None:
            return False
        try:
            self.places.log.parent.mkdir(parents=True, exist_ok=True)
            with self.places.log.open("a", encoding="utf-8", errors="replace") as log:
                log.write(report + "\n")
        except OSError:
            return False
        return True


def _is_the_courses(error: BaseException) -> bool:
    """Whether an error says what is wrong with the course's files."""
    from playground.course import CourseError, UnknownName
    from playground.databases import DatabaseError

    return isinstance(error, CourseError | UnknownName | DatabaseError)

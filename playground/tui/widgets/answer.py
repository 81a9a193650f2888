"""The pane of the answer: the editor, or what else an exercise is answered with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from playground.texts import _
from playground.tui.actions import shown_key
from playground.tui.widgets.editor import Editor
from playground.tui.widgets.flow import Flow
from playground.tui.words import pieces

if TYPE_CHECKING:
    from textual.widgets import Input

    from playground.course import Exercise
    from playground.tui.widgets.choices import AnswerChanged

AnswerLanguage = Literal["python", "sql"]
_LAST = 3
"""Lines that the last part takes beside code, choices and lines, empty ones around it with it."""


class Answering(NamedTuple):
    """How the exercise on the screen is answered."""

    kind: str = "code"
    """`code`, `quiz`, `predict`, `order`; `code` without an exercise is the scratch editor."""
    language: AnswerLanguage = "python"
    after: str = ""
    code: str = ""
    """The code whose outcome is predicted."""
    predict: str = ""
    options: tuple[str, ...] = ()
    choose: str = "one"
    either: bool = False
    """Whether it may be answered in either language."""
    task: str = ""
    """The whole task where it takes the room above the answer on a narrow screen."""

    @property
    def in_editor(self) -> bool:
        """Whether the answer is written in the editor."""
        return self.kind == "code" or self.predict in ("rows", "sql")

    @property
    def chosen(self) -> bool:
        """Whether the answer is chosen among options."""
        return self.kind == "quiz" and self.choose != "text"


def answering(exercise: "Exercise | None", language: AnswerLanguage = "python") -> Answering:
    """How `exercise` is answered, the editor beginning in `language`."""
    if exercise is None:
        return Answering(language=language, either=True)
    return Answering(
        kind=exercise.kind,
        language=language,
        either=exercise.kind == "code" and exercise.language == "any",
        after=exercise.after,
        code=exercise.code if exercise.kind == "predict" else "",
        predict=exercise.predict if exercise.kind == "predict" else "",
        options=tuple(option.text for option in exercise.options),
        choose=exercise.choose,
        task=exercise.task if exercise.kind != "code" else "",
    )


class AnswerPane(VerticalScroll, can_focus=False):
    """What the learner answers with. The text is the same plain string for every kind."""

    ALLOW_MAXIMIZE = True
    DEFAULT_CSS = """
    AnswerPane {
        overflow-y: hidden;
        #names {
            height: auto; max-height: 8; padding: 0 1; background: $code-background;
            overflow-y: auto;
        }
        #after, #predicted {
            height: auto; max-height: 40%; padding: 0 1; overflow-y: auto;
            border-top: solid $line; border-title-color: $quiet; color: $quiet;
        }
        #predicted { border-top: none; border-bottom: solid $line; color: $foreground; }
        #other { margin: 1 2; height: auto; }
        &.-docked Input#other, &.-docked #how { dock: bottom; }
        #asked { display: none; height: auto; padding: 1 2 0 2; }
        &.-scrolls { overflow-y: auto; }
        &.-scrolls #predicted { max-height: 999; }
        #how { margin: 0 2; height: auto; color: $quiet; }
        Input, Input:focus {
            height: 1; border: none; padding: 0 1; background: $code-background; color: $foreground;
        }
    }
    """

    @dataclass(eq=False, repr=False)
    class Paused(Message):
        """The answer changed, and there is time to keep it."""

        answer: str

    def __init__(
        self,
        text: str,
        language: AnswerLanguage,
        *,
        kind: str = "code",
        task: str = "",
        keymap: dict[str, str] | None = None,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Make the pane as the first picture needs it.

        Args:
            text: What was answered so far.
            language: Of the editor.
            kind: Of the exercise; without its options, all but code shows nothing yet but the task.
            task: The task of an exercise of another kind than code.
            keymap: Keys of the settings.
            id: Of the widget.
        """
        super().__init__(id=id, classes="pane")
        self._text = text
        self._changed: Callable[[], str | None] = lambda: None
        self._keymap = keymap
        self.answering = Answering(kind=kind, language=language, task=task)
        self.border_title = self._title()
        self.editor = Editor(text, language=language, id="editor")

    def compose(self) -> ComposeResult:
        """The editor stands from the first paint; the rest comes when an exercise asks for it."""
        if self.answering.task:
            yield self._asked()
        self.editor.display = self.answering.in_editor
        yield self.editor

    @property
    def answer(self) -> str:
        """The answer as it stands; also after the app has ended."""
        if self.answering.in_editor:
            return self.editor.text
        changed = self._changed()  # asked here: the message of a change may still be on its way
        return self._text if changed is None else changed

    async def show(self, how: Answering, answer: str) -> None:
        """Set the pane for an exercise that is answered in the way `how`, with what was kept."""
        self.answering = how
        self._text, self._changed = answer, lambda: None
        await self.query("#asked, #other, #how, #predicted, #after, #names").remove()
        self.editor.display = how.in_editor
        if how.in_editor:
            spoken = "sql" if how.predict == "sql" else how.language
            self.editor.show(answer, spoken, either=how.either)
        if how.code:
            from playground.tui.code import coloured

            code = Static(coloured(how.code, how.language), id="predicted")
            code.border_title = _("Before you run it")
            await self.mount(code, before=self.editor)
        if not how.in_editor:
            await self.mount(self._other(how, answer), after=self.editor)
        if how.chosen or how.kind == "order":
            said = (
                _("Space or its number chooses, {key} checks.")
                if how.chosen
                else _("Alt with Up or Down carries a line, {key} checks.")
            ).format(key=shown_key("check", self._keymap))
            await self.mount(Static(said, id="how", markup=False), after="#other")
        if how.after:
            from playground.tui.code import coloured

            after = Static(coloured(how.after, how.language), id="after")
            after.border_title = _("Locked ─ runs after yours")
            await self.mount(after)
        if how.task:
            await self.mount(self._asked(), before=0)
        self.set_class(not how.in_editor, "-scrolls")
        self.add_class("-docked")
        self.border_title = self._title()
        self.call_after_refresh(self.on_resize)

    def on_resize(self) -> None:
        """Keep the last part below the others, or in sight at the bottom where all do not fit.

        That is the field of a prediction, or how one chooses and orders.
        """
        others = self.query("#asked, #predicted, Choices, LineOrder").results(Widget)
        used = sum(each.outer_size.height for each in others if each.display)
        self.set_class(used + _LAST > self.size.height, "-docked")

    def _asked(self) -> Flow:
        return Flow(pieces(self.answering.task), id="asked")

    def _other(self, how: Answering, answer: str) -> Widget:
        from playground.tui.widgets.choices import Choices, LineOrder

        if how.kind == "order":
            order = LineOrder(answer.rstrip("\n").split("\n"), how.language)
            return self._answered_in(order, lambda: order.answer)
        if how.chosen:
            choices = Choices(how.options, many=how.choose == "many", answer=answer)
            return self._answered_in(choices, lambda: choices.answer)
        from textual.widgets import Input

        field = Input(answer, placeholder=_predicted(how.predict))
        return self._answered_in(field, lambda: field.value)

    def _answered_in(self, widget: Widget, read: Callable[[], str]) -> Widget:
        widget.id = "other"
        first = read()
        self._changed = lambda: None if read() == first else read()
        return widget

    def _title(self) -> str:
        return {
            "quiz": _("Answer ─ choose"),
            "order": _("Answer ─ put in order"),
            "predict": _("Answer ─ predict"),
        }.get(self.answering.kind) or _("Answer ─ {language}").format(language=self._language())

    def _language(self) -> str:
        if self.answering.either:
            return _("Python or SQL")
        return "SQL" if self.answering.language == "sql" else "Python"

    def focus_answer(self) -> None:
        """Give the focus to what is answered with."""
        if self.answering.in_editor:
            self.editor.focus()
        else:
            for other in self.query("#other"):  # none before the course is open
                other.focus()

    @property
    def names_shown(self) -> bool:
        """Whether the names that are ready to use are folded out."""
        return bool(self.query("#names"))

    async def show_names(self, content: Content) -> None:
        """Fold them out."""
        if not self.names_shown:
            fold = VerticalScroll(
                Static(id="names-text", markup=False), id="names", can_focus=False
            )
            await self.mount(fold, before=0)
        self.query_one("#names-text", Static).update(content)

    async def open_find(self) -> None:
        """Ask for the text to find."""
        from textual.widgets import Input

        if not self.query("#find"):
            await self.mount(Input(placeholder=_("Find …"), id="find"), before=self.editor)
        self.screen.set_focus(self.query_one("#find"))

    def close_extras(self) -> bool:
        """Put away what was folded out or opened above the editor; false if nothing was."""
        find = self.query("#find")
        if find:
            find.remove()
            self.editor.focus()
            return True
        if self.names_shown:
            self.query("#names").remove()
            return True
        return False

    @on(Editor.Paused)
    def _editor_paused(self, event: Editor.Paused) -> None:
        event.stop()
        self.post_message(self.Paused(event.text))

    def on_answer_changed(self, event: "AnswerChanged") -> None:
        """A choice or an order is kept at once."""
        event.stop()
        self.post_message(self.Paused(event.answer))

    def on_input_changed(self, event: "Input.Changed") -> None:
        """What is typed on one line is kept too."""
        event.stop()
        if event.input.id == "other":
            self.post_message(self.Paused(event.value))

    def on_input_submitted(self, event: "Input.Submitted") -> None:
        """Enter in the field goes to the next place."""
        event.stop()
        if event.input.id == "find" and not self.editor.find_next(event.value):
            self.notify(_("It is nowhere in the answer."), markup=False)

    def help_text(self) -> str:
        """What F1 says here."""
        return _(
            "Your answer. The models, engine, session and every name of SQLAlchemy are ready to use. "
            "The value of the last expression is the result. While a name is suggested, Tab takes it "
            "and Ctrl+Space shows the next; else Tab indents, and Escape leaves the editor."
        )


def _predicted(predict: str) -> str:
    return {
        "count": _("How many rows?"),
        "value": _("Which value?"),
        "statements": _("How many statements?"),
        "error": _("Which error?"),
    }.get(predict, _("Your answer"))

"""Go through the course and show where one is."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from playground.course import lack
from playground.texts import _
from playground.tui import messages
from playground.tui.actions import BY_NAME, available, shown_key
from playground.tui.widgets.answer import answering
from playground.tui.widgets.lines import Header, Place
from playground.tui.widgets.task import TaskView

if TYPE_CHECKING:
    from playground.study import ModuleEntry
    from playground.tui.desk import View
    from playground.tui.screens.lesson import LessonScreen


def next_exercise(screen: "LessonScreen") -> None:
    """Go on."""
    _move(screen, lambda: screen.desk.step(1))


def previous_exercise(screen: "LessonScreen") -> None:
    """Go back."""
    _move(screen, lambda: screen.desk.step(-1))


def scratch(screen: "LessonScreen") -> None:
    """Open the lesson's scratch editor, or go back to the exercise."""
    view = screen.state.view
    if view is not None and view.exercise is None:
        _move(screen, lambda: screen.desk.step(1))
    else:
        open_scratch(screen)


def open_scratch(screen: "LessonScreen", code: str | None = None) -> None:
    """Open the scratch editor, with `code` in it; the answer to the exercise stays as it is."""
    _move(screen, lambda: screen.desk.scratch(code))


def go(screen: "LessonScreen", lesson: str, exercise: str | None) -> None:
    """Go to a place by its ids."""
    _move(screen, lambda: screen.desk.go(lesson, exercise))


def follow(screen: "LessonScreen", target: str) -> None:
    """Follow a link of a lesson: `lesson:ID`, `lesson:ID/EXERCISE`, or an address of the web."""
    if target.startswith("lesson:"):
        lesson, _slash, exercise = target.removeprefix("lesson:").partition("/")
        go(screen, lesson, exercise or None)
    elif target.startswith(("https://", "http://")):
        screen.app.open_url(target)
        screen.notify(_("Opened in the browser: {address}").format(address=target), markup=False)


def _move(screen: "LessonScreen", step: "Callable[[], View]") -> None:
    """Keep the draft, then go to another place."""
    if screen.state.work is not None:
        screen.state.work.cancel.set()
        screen.state.work = None
    screen.set_out()
    view, draft = screen.state.answered, screen.answer.answer

    def work() -> None:
        if view is not None:
            screen.desk.keep(view, draft)
        screen.post_message(messages.Shown(step()))

    screen.do_in_thread("move", work)


async def show_view(screen: "LessonScreen", view: "View", *, moved: bool) -> None:
    """Show where the learner is now."""
    former = screen.state.view
    pending, screen.state.pending = screen.state.pending, None
    typed = former is None and _typed_early(screen, view)
    screen.state.view = view
    screen.state.answered = None if moved else view
    show_marks(screen, view)
    at_answer = False
    note = _("not translated yet") if view.lesson.untranslated else ""
    await screen.lesson.show(view.lesson.id, view.lesson.title, view.lesson.text, note)
    if moved:
        if screen.narrow and former is not None:
            if _is_new(view, former):
                screen.show_tab("lesson")
            elif view.place != former.place and screen.tab in ("results", "schema"):
                screen.show_tab("answer")  # what stood there was of another place
        at_answer = await _show_answer(screen, view, typed=typed)
        _clear_results(screen)
        screen.refresh_situation()
        screen.say_idle()
        _warm(screen, view)
    screen.refresh_situation()
    for notice in view.notices:
        screen.notify(notice, markup=False, timeout=10)
    if former is None:
        _read_outline(screen)
    if pending is not None and not available(BY_NAME[pending], screen.state.situation()):
        pending = None
    if pending is None or not BY_NAME[pending].leaves:
        screen.arrive(at_answer=at_answer)
    if pending is not None:
        screen.action_do(pending)


def _typed_early(screen: "LessonScreen", view: "View") -> bool:
    """Whether the answer to `view` was changed in the first picture, before the course stood."""
    opening = screen.opening
    return (
        opening is not None
        and view.place == (opening.lesson, opening.exercise)
        and screen.answer.editor.text.rstrip("\n") != opening.draft.rstrip("\n")
    )


def _warm(screen: "LessonScreen", view: "View") -> None:
    """Have ready what a run, a suggestion and a check need, in this order, in a thread."""

    def work() -> None:
        known = screen.desk.warm(view)
        _load_what_shows_a_run()
        screen.post_message(messages.NamesKnown(view, known))
        screen.desk.prepare(view)

    screen.do_in_thread("warm", work)


def _load_what_shows_a_run() -> None:
    """Import what the first result needs, and have its lexers compiled, before a key is pressed."""
    from playground.tui import outcomes, statements  # noqa: F401
    from playground.tui.code import coloured, formatted_sql

    coloured(formatted_sql("SELECT 1 AS a FROM b WHERE c = 2", 20), "sql")


def _is_new(view: "View", former: "View") -> bool:
    """Whether one has come from another lesson to one where nothing was tried yet."""
    return view.lesson.id != former.lesson.id and set(view.here.marks) <= {"none"}


async def _show_answer(screen: "LessonScreen", view: "View", *, typed: bool) -> bool:
    """Show what stands in the answer; what was `typed` since the first picture stays.

    Returns whether the focus belongs there now.
    """
    how = answering(view.exercise, view.here.language)
    stays = how == screen.answer.answering and (typed or screen.answer.answer == view.draft)
    if not stays:
        kept = typed and how.in_editor
        await screen.answer.show(how, screen.answer.answer if kept else view.draft)
    screen.state.answered = view
    screen.set_class(bool(how.task), "-asked")
    return not stays and (not screen.narrow or screen.tab == "answer")


def _clear_results(screen: "LessonScreen") -> None:
    live, screen.state.live = screen.state.live, None
    if live is not None:
        screen.do_in_thread("close", live.close)
    screen.state.run = screen.state.verdict = None
    screen.timeline.show(())
    screen.timeline.border_title = _("SQL")
    screen.timeline.border_subtitle = ""
    screen.rows.show_nothing()


def show_marks(screen: "LessonScreen", view: "View") -> None:
    """Show progress, hints and the task anew."""
    screen.query_one(Header).place = Place(
        view.here.module,
        view.lesson.title,
        view.here.marks,
        view.here.count,
        view.here.index,
        view.data,
        view.isolation,
    )
    exercise = view.exercise
    if exercise is None:
        screen.show_task(_scratch_task(view))
        return
    mark = view.here.marks[view.here.index] if view.here.index is not None else "none"
    screen.show_task(
        TaskView(
            exercise.title,
            exercise.task,
            exercise.points,
            view.hints,
            view.hints_total,
            mark == "changed",
            lack(exercise.tags),
        )
    )


def _scratch_task(view: "View") -> TaskView:
    """What stands in the task's place in a scratch editor; nothing in a lesson without exercises."""
    if not view.here.count:
        return TaskView()
    back = shown_key("scratch")
    about = _("Try anything here; nothing is checked. {key} leads back to the exercise.").format(
        key=back
    )
    return TaskView(_("Scratch pad"), about, None)


def contents(screen: "LessonScreen") -> object:
    """Let one choose from the course's outline, which is read meanwhile."""
    from playground.tui.contents import FAULTS
    from playground.tui.screens.pick import PickModal

    def chosen(key: str | None) -> None:
        screen.state.contents = None
        if key is None:
            return
        lesson, _slash, exercise = key.removeprefix(FAULTS).partition("/")
        if key.startswith(FAULTS):
            _tell_faults(screen, lesson)
        else:
            go(screen, lesson, exercise or None)

    modal = PickModal(_("Contents"), None, filtered=True)
    screen.state.contents, screen.state.pending = modal, None
    _read_outline(screen)
    return screen.app.push_screen(modal, chosen)


def _read_outline(screen: "LessonScreen") -> None:
    """Read what the contents wait for, if they do and the course is open."""
    if screen.state.contents is not None and screen.state.view is not None:
        screen.do_in_thread(
            "outline", lambda: screen.post_message(messages.OutlineRead(screen.desk.outline()))
        )


def offer_places(screen: "LessonScreen", modules: "tuple[ModuleEntry, ...]") -> None:
    """Offer every lesson and exercise with its mark."""
    from playground.tui.contents import choices, current

    if screen.state.contents is not None:
        screen.state.contents.offer(choices(modules), current(modules))


def _tell_faults(screen: "LessonScreen", lesson: str) -> None:
    """Say what is wrong with a lesson's files, and where."""
    from textual.content import Content

    from playground.tui.screens.text import TextModal
    from playground.visible import visible

    faults = "\n\n".join(screen.desk.faults(lesson))
    whose = _("This is not your fault; whoever wrote the course can mend it.")
    screen.app.push_screen(
        TextModal(
            _("The course has a fault"),
            Content(visible(faults, multiline=True)),
            Content(whose),
            copier=screen.copier,
        )
    )

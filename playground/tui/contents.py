"""The course as lines to choose from, with the learner's marks."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from playground.texts import N_, _, ngettext
from playground.tui.screens.pick import Choice
from playground.tui.widgets.lines import MARK_SIGNS, MARK_STYLES
from playground.visible import visible

if TYPE_CHECKING:
    from playground.study import ExerciseEntry, LessonEntry, ModuleEntry, Progress

MARK_WORDS = {"seen": N_("solution seen"), "changed": N_("passed, changed since")}
"""Behind the titles of exercises that are neither simply passed nor simply open."""
FAULTS = "!"
"""Begins the key of a lesson that cannot be opened: choosing it shows why."""


def choices(modules: "Iterable[ModuleEntry]") -> list[Choice]:
    """Modules as headings, lessons and exercises below them."""
    result: list[Choice] = []
    for module in modules:
        title = visible(module.title)
        note = ("  " + _("known"), "$success") if module.known else ""
        result.append(Choice(None, Content.assemble((title, "bold $primary"), note), title))
        for lesson in module.lessons:
            result.append(_lesson(lesson))
            if not lesson.faulty:
                result += [_exercise(lesson, exercise) for exercise in lesson.exercises]
    return result


def current(modules: "Iterable[ModuleEntry]") -> str | None:
    """What the line of the present place is chosen by."""
    for module in modules:
        for lesson in module.lessons:
            if lesson.current:
                here = next((e.id for e in lesson.exercises if e.current), "")
                return f"{lesson.id}/{here}"
    return None


def _lesson(lesson: "LessonEntry") -> Choice:
    title = visible(lesson.title)
    if lesson.faulty:
        note = ("  " + _("cannot be opened"), "$warning")
    else:
        note = (f"  {_counted(lesson.progress)}", "$quiet")
    label = Content.assemble("  ", (title, "bold"), note)
    return Choice(f"{FAULTS if lesson.faulty else ''}{lesson.id}/", label, f"{lesson.id} {title}")


def _counted(progress: "Progress") -> str:
    text = f"{progress.passed}/{progress.total}"
    if progress.seen:
        said = ngettext("{count} solution seen", "{count} solutions seen", progress.seen)
        text += " · " + said.format(count=progress.seen)
    return text


def _exercise(lesson: "LessonEntry", exercise: "ExerciseEntry") -> Choice:
    title = visible(exercise.title)
    sign = MARK_SIGNS.get(exercise.mark, "○")
    style = MARK_STYLES.get(exercise.mark, "$quiet")
    skipped = ("  " + _("skipped"), "$quiet") if exercise.lack else ""
    word = _(MARK_WORDS[exercise.mark]) if exercise.mark in MARK_WORDS else ""
    note = (f"  {word}" if word else "", "$quiet")
    label = Content.assemble("    ", (sign, style), " ", title, note, skipped)
    key = f"{lesson.id}/{exercise.id}"
    return Choice(key, label, f"{key} {lesson.title} {title}", among=visible(lesson.title))

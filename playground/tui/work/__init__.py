"""What the actions do: one function for each name of the table in `playground.tui.actions`.

Those that open something to type or to choose in give what can be awaited until it stands.
"""

from collections.abc import Callable

from playground.tui.screens.lesson import LessonScreen
from playground.tui.work import checking, closer, helping, looks, moving, rows, running, writing

DO: dict[str, Callable[[LessonScreen], object]] = {
    "run": running.run,
    "check": checking.check,
    "next": moving.next_exercise,
    "hint": helping.hint,
    "solution": helping.solution,
    "schema": helping.schema,
    "explain": checking.explain,
    "back": running.back,
    "previous": moving.previous_exercise,
    "contents": moving.contents,
    "scratch": moving.scratch,
    "pane": looks.next_pane,
    "show_task": looks.show_task,
    "show_answer": looks.show_answer,
    "show_results": looks.show_results,
    "show_lesson": looks.show_lesson,
    "maximise": looks.maximise,
    "parameters": running.parameters,
    "plan": closer.plan,
    "dialects": closer.dialects,
    "copy": rows.copy,
    "copy_rows": rows.copy_rows,
    "filter": rows.filter_rows,
    "save_csv": rows.save_csv,
    "save_markdown": rows.save_markdown,
    "select_all": writing.select_all,
    "find": writing.find,
    "external": writing.external_editor,
    "restart": writing.restart,
    "names": helping.names,
    "language": looks.language,
    "theme": looks.theme,
    "palette": looks.palette,
    "help": helping.help_here,
    "quit": looks.leave,
}

"""The one table of what a person can do: it feeds bindings, footer, palette, help and docs/keys.md.

An action is done by the function of the same name in `playground.tui.work`. Whether it can be
done now is told by `available` from a `Situation`, so that every front to it agrees.
"""

from typing import NamedTuple

from textual.binding import Binding

from playground.texts import N_, _


class Situation(NamedTuple):
    """What holds on the screen at this moment."""

    opened: bool = False
    """The course and its records are open (until then there is only what was painted first)."""
    exercise: bool = False
    code: bool = False
    """The answer is code."""
    runs: bool = False
    """There is code to run: the answer, or what was predicted and checked."""
    running: bool = False
    """A run or a check is under way."""
    hints_left: bool = False
    sql: bool = False
    """The last run sent statements."""
    rows: bool = False
    verdict: bool = False
    next: bool = False
    previous: bool = False


class Action(NamedTuple):
    """One thing that a person can do. `title` and `about` are English source texts."""

    name: str
    """Also the id under which `[keys]` of the settings gives it other keys."""
    keys: str
    """Comma-separated, as Textual names them."""
    title: str
    """A short imperative: the footer, the palette and the help."""
    about: str
    """One sentence: the palette and the help."""
    needs: tuple[str, ...] = ()
    """Fields of `Situation` that must hold."""
    anywhere: bool = True
    """Whether its keys work while text is typed; single letters do not."""
    footer: int = 0
    """Place in the footer; 0 keeps it out. Where room is short, high numbers go first."""
    asks: bool = False
    """Whether it opens something to type or to choose in: the keys behind its own go there."""
    leaves: bool = False
    """Whether it leads away from the answer: the keys behind its own are not meant for that one."""
    tabs: str = ""
    """Its title in the footer of a narrow screen, which alone has tabs; others leave it out."""


ACTIONS: tuple[Action, ...] = (
    Action(
        "run",
        "f5,ctrl+j,ctrl+enter",
        N_("run"),
        N_("Run the answer and show the SQL it sends beside the rows that come back."),
        ("runs",),
        footer=1,
    ),
    Action(
        "check",
        "f8",
        N_("check"),
        N_("Check the answer on every variant of the data."),
        ("exercise",),
        footer=2,
    ),
    Action(
        "next",
        "f9,ctrl+n",
        N_("next"),
        N_("Go on to the next exercise."),
        ("opened", "next"),
        footer=4,
        leaves=True,
    ),
    Action(
        "hint",
        "f2",
        N_("hint"),
        N_("Open the next hint of this exercise."),
        ("exercise", "hints_left"),
        footer=5,
    ),
    Action(
        "solution",
        "f3",
        N_("solution"),
        N_("Show the solution, or what is still needed before it opens."),
        ("exercise",),
        footer=8,
        leaves=True,
    ),
    Action(
        "schema",
        "f4,alt+5",
        N_("schema"),
        N_("Show the tables of this database and the names that are ready to use."),
        ("opened",),
        footer=6,
    ),
    Action(
        "explain",
        "e,ctrl+g",
        N_("explain"),
        N_("Explain the verdict: what differs, the smallest data that shows it, and what to read."),
        ("verdict",),
    ),
    Action(
        "back",
        "escape",
        N_("back"),
        N_("Cancel what runs; else leave the pane, the enlarged view or the schema."),
    ),
    Action(
        "previous",
        "ctrl+b",
        N_("previous"),
        N_("Go back to the exercise before this one."),
        ("opened", "previous"),
        leaves=True,
    ),
    Action(
        "contents",
        "ctrl+t",
        N_("contents"),
        N_("Choose a lesson or an exercise from the whole course, with your progress."),
        footer=10,
        asks=True,
    ),
    Action(
        "scratch",
        "f7",
        N_("scratch pad"),
        N_("Open an editor beside the exercises where nothing is checked; again leads back."),
        ("opened",),
        leaves=True,
    ),
    Action(
        "pane",
        "f6",
        N_("next pane"),
        N_("Move the focus on to the next pane."),
        footer=3,
        tabs=N_("tabs"),
    ),
    Action(
        "show_task",
        "alt+1",
        N_("show task"),
        N_("Go to the task and its hints."),
    ),
    Action(
        "show_answer",
        "alt+2",
        N_("show answer"),
        N_("Go to the answer."),
    ),
    Action(
        "show_results",
        "alt+3",
        N_("show SQL+rows"),
        N_("Go to the SQL that was sent and the rows that came back."),
    ),
    Action(
        "show_lesson",
        "alt+4",
        N_("show lesson"),
        N_("Go to the text of the lesson."),
    ),
    Action(
        "maximise",
        "f12,z",
        N_("enlarge"),
        N_("Give the pane that has the focus the whole screen; Escape brings the others back."),
    ),
    Action(
        "parameters",
        "p",
        N_("parameters"),
        N_("Show or hide the parameters that travelled with each statement."),
        ("sql",),
        anywhere=False,
    ),
    Action(
        "plan",
        "x",
        N_("plan"),
        N_("Show how the database finds the rows of the chosen statement."),
        ("sql",),
        anywhere=False,
    ),
    Action(
        "dialects",
        "d",
        N_("dialects"),
        N_("Show the chosen statement as PostgreSQL, MySQL, Oracle and SQL Server write it."),
        ("sql",),
        anywhere=False,
    ),
    Action(
        "copy",
        "y",
        N_("copy"),
        N_("Copy what the focus is on: a statement, a cell, the output or the task."),
        anywhere=False,
    ),
    Action(
        "copy_rows",
        "shift+y",
        N_("copy rows"),
        N_("Copy all rows as Markdown."),
        ("rows",),
        anywhere=False,
    ),
    Action(
        "filter",
        "slash",
        N_("filter"),
        N_("Show only the rows that contain some text."),
        ("rows",),
        anywhere=False,
        asks=True,
    ),
    Action(
        "save_csv",
        "s",
        N_("save CSV"),
        N_("Save all rows as a CSV file."),
        ("rows",),
        anywhere=False,
    ),
    Action(
        "save_markdown",
        "m",
        N_("save Markdown"),
        N_("Save all rows as a Markdown table."),
        ("rows",),
        anywhere=False,
    ),
    Action(
        "select_all",
        "alt+a",
        N_("select all"),
        N_("Select the whole answer."),
        ("code",),
    ),
    Action(
        "find",
        "ctrl+f",
        N_("find"),
        N_("Find text in the answer; Enter goes to the next place."),
        ("code",),
        asks=True,
    ),
    Action(
        "external",
        "ctrl+o",
        N_("open in editor"),
        N_("Write the answer in your own editor ($VISUAL or $EDITOR)."),
        ("code",),
    ),
    Action(
        "restart",
        "ctrl+r",
        N_("start again"),
        N_("Put the exercise's starter back into the answer; undo brings yours back."),
        ("opened", "exercise"),
    ),
    Action(
        "names",
        "ctrl+s",
        N_("names"),
        N_("Fold out the names that are ready to use in the answer."),
        ("opened", "code"),
    ),
    Action(
        "language",
        "ctrl+l",
        N_("language"),
        N_("Choose the language of the lessons and of the program."),
        asks=True,
    ),
    Action(
        "theme",
        "f10",
        N_("theme"),
        N_("Choose the colours: dark, light, high contrast or those of your terminal."),
        asks=True,
    ),
    Action(
        "palette",
        "ctrl+p",
        N_("commands"),
        N_("Find any command by its name."),
        footer=7,
        asks=True,
    ),
    Action(
        "help",
        "f1",
        N_("help"),
        N_("Explain the pane that has the focus, and list every key."),
        footer=9,
        asks=True,
    ),
    Action(
        "quit",
        "ctrl+q",
        N_("quit"),
        N_("Leave; your text and your place are kept."),
    ),
)

BY_NAME = {action.name: action for action in ACTIONS}
UNBINDABLE = frozenset({"ctrl+m", "ctrl+i", "ctrl+h", "ctrl+left_square_bracket"})
"""Keys that terminals send as Enter, Tab, Backspace and Escape."""


def available(action: Action, situation: Situation) -> bool:
    """Whether `action` can be done in `situation`."""
    return all(getattr(situation, need) for need in action.needs)


def waits(action: Action, situation: Situation) -> bool:
    """Whether `action` is asked for before the course is open, and so is to be done then."""
    return not situation.opened and not {"opened", "exercise", "hints_left"}.isdisjoint(
        action.needs
    )


def bindings() -> list[Binding]:
    """The table as Textual bindings; each keeps its action's name as its id."""
    return [
        Binding(
            action.keys,
            f"do('{action.name}')",
            action.title,
            id=action.name,
            show=bool(action.footer),
            priority=action.anywhere or action.asks,
        )
        for action in ACTIONS
    ]


_SHOWN = {"slash": "/", "escape": "Esc", "question_mark": "?"}


def shown_key(name: str, keymap: dict[str, str] | None = None, *, typing: bool = False) -> str:
    """The first key of an action as people write it: `F5`, `^J`, `/`.

    With `typing`, the first that works while letters go into a text, if there is one.
    """
    keys = [key.strip() for key in ((keymap or {}).get(name) or BY_NAME[name].keys).split(",")]
    first = next((key for key in keys if len(key) > 1), keys[0]) if typing else keys[0]
    if first in _SHOWN:
        return _SHOWN[first]
    *modifiers, key = first.split("+")
    key = _SHOWN.get(key, key)
    if "ctrl" in modifiers:
        return f"^{key.upper()}"
    if modifiers:
        return "+".join([*(m.capitalize() for m in modifiers), key.upper()])
    return key.upper() if key[:1] == "f" and key[1:].isdigit() else key


def usable_keymap(wanted: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """The part of a keymap from the settings that can be used, and what is wrong with the rest."""
    keymap: dict[str, str] = {}
    problems: list[str] = []
    for name, keys in wanted.items():
        if name not in BY_NAME:
            problems.append(_("There is no action named {name}.").format(name=name))
        elif refused := UNBINDABLE.intersection(key.strip() for key in keys.split(",")):
            problems.append(
                _("{key} cannot be used for {name}: terminals send another key for it.").format(
                    key=min(refused), name=name
                )
            )
        else:
            keymap[name] = keys
    return keymap, problems


def keys_page() -> str:
    """`docs/keys.md`: the table as Markdown, in English."""
    lines = [
        "# Keys",
        "",
        "Made from the table of actions by `python -m playground.tui.actions`; a test keeps it true.",
        "Every action is also in the command palette (Ctrl+P), and other keys are given to it by its",
        'name under `[keys]` of `config.toml`: `run = "f5"`.',
        "",
        "| Action | Keys | What it does |",
        "|---|---|---|",
    ]
    for action in ACTIONS:
        keys = ", ".join(f"`{key}`" for key in action.keys.split(","))
        lines.append(f"| {action.name} | {keys} | {action.about} |")
    return "\n".join(lines) + "\n"


assert all(need in Situation._fields for a in ACTIONS for need in a.needs)

if __name__ == "__main__":
    import sys

    sys.stdout.write(keys_page())

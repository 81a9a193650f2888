"""The lessons line by line, for a screen reader, a dumb terminal or a pipe.

Nothing here moves the cursor, draws or spins. An answer is typed over as many lines as it needs
and ended by a lone `.`; commands begin with a colon.
"""

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from difflib import get_close_matches
from pathlib import Path

from playground.commands.console import say
from playground.commands.marks import count_text, sign_of, word_of
from playground.commands.printing import (
    plan_lines,
    run_lines,
    schema_lines,
    verdict_lines,
    written_lines,
)
from playground.commands.reading import readable, width
from playground.course import CourseError, Exercise, UnknownName, lack
from playground.databases import DatabaseError, parents_first, referring
from playground.running import Run, Statement
from playground.study import Study, seen_not_passed
from playground.texts import N_, _
from playground.visible import visible

COMMANDS = {
    "run": N_("run the answer, show its SQL and its rows"),
    "check": N_("check the answer"),
    "hint": N_("open the next hint"),
    "solution": N_("show the solution, or why it is closed"),
    "edit": N_("write the answer in your own editor"),
    "show": N_("show the answer as it stands"),
    "task": N_("read the task again"),
    "lesson": N_("read the lesson again"),
    "tables": N_("show the tables of the database"),
    "plan": N_(
        "NUMBER: show how the database finds the rows of that statement; without it, of the first"
    ),
    "dialects": N_("NUMBER: show that statement as other systems write it; without it, the first"),
    "list": N_("list lessons and exercises"),
    "go": N_("LESSON-ID or LESSON-ID/EXERCISE-ID: go there"),
    "next": N_("go to the next exercise"),
    "back": N_("go to the exercise before"),
    "help": N_("show these commands"),
    "quit": N_("end; everything is kept"),
}
"""The words after the colon, each with what it does."""


def converse(study: Study) -> int:
    """Work with a learner over standard input and output until either ends."""
    plain = PlainMode(study)
    plain.open_lesson()
    lines = _lines()
    first = next(lines, None)
    if first is None:
        plain.show_first_example()
        return 0
    plain.hear(first)
    for line in lines:
        if plain.over:
            break
        plain.hear(line)
    plain.end_of_input()
    return 0


class PlainMode:
    """The state of one conversation: the lines of an answer that is being typed."""

    def __init__(self, study: Study) -> None:
        self.over = False
        self._study = study
        self._typed: list[str] = []
        self._ran: tuple[str, Run] | None = None
        """The code that was run last here, and what came of it."""
        self._doing: dict[str, Callable[[str], None]] = {
            name: getattr(self, f"_do_{name}") for name in COMMANDS
        }

    def hear(self, line: str) -> None:
        """One line of input: a command, the end of an answer, or a part of one."""
        word, _space, rest = line.strip().partition(" ")
        if word == ".":
            self._take_answer()
            self._run_or_check()
        elif word.startswith(":") and word[1:] in COMMANDS:
            self._take_answer()
            self._doing[word[1:]](rest.strip())
        elif word.startswith(":") and not self._typed:
            self._unknown(word)
        else:
            self._typed.append(line)

    def end_of_input(self) -> None:
        """The input ended: an answer that was begun is run and checked."""
        if self._typed and not self.over:
            self._take_answer()
            if self._exercise is None or self._exercise.kind == "code":
                self._do_run("")
            if self._exercise is not None:
                self._do_check("")

    def open_lesson(self) -> None:
        """Say where one is: the lesson's text, then the task."""
        self._do_lesson("")
        self._do_task("")
        say(
            "",
            _("End an answer with a line that is a lone dot. :help lists the commands."),
            _("Where a lesson says F5, :run does it; :check is F8, :hint is F2, :next is F9."),
        )

    def show_first_example(self) -> None:
        """Run the lesson's first example: what there is to see without typing."""
        for block in self._study.examples()[:1]:
            say("", _("The first example:"), *("  " + line for line in block.code.splitlines()))
            with closing(self._study.run_block(block)) as live:
                say("", *run_lines(live.run))

    # What the commands do

    def _do_run(self, _rest: str) -> None:
        code = self._study.where.code_to_run(self._study.draft())
        if code is None:
            say(self._nothing_to_run())
            return
        try:
            with closing(self._study.run(code)) as live:
                say("", *run_lines(live.run))
                self._ran = code, live.run
        except DatabaseError as error:
            say(str(error))

    def _do_check(self, _rest: str) -> None:
        if self._exercise is None:
            say(_("There is nothing to check here; :run runs what you type."))
            return
        verdict = self._study.check(self._study.draft())
        say(*verdict_lines(verdict))
        if verdict.verdict == "pass":
            reached = self._study.milestone()
            if reached is not None:
                say(_("Finished: {title}").format(title=reached.title))
                say(*filter(None, [seen_not_passed(reached.progress)]))
            if self._study.where.has_next:
                say(_(":next goes on."))

    def _do_hint(self, _rest: str) -> None:
        hint = self._study.open_hint()
        opened = self._study.hints()
        if hint is None:
            say(_("There are no more hints."), *opened[-1:])
            return
        exercise = self._exercise
        of = len(exercise.hints) if exercise else 0
        say(_("Hint {number} of {of}: {hint}").format(number=len(opened), of=of, hint=hint.strip()))

    def _do_solution(self, rest: str) -> None:
        solution = self._study.solution()
        if solution.text is None and not solution.why_locked and rest == "open":
            solution = self._study.open_solution()
        if solution.text is not None:
            say(_("The solution:"), solution.text.rstrip())
        elif solution.why_locked:
            say(solution.why_locked)
        else:
            say(solution.cost, _(":solution open shows it."))

    def _do_edit(self, _rest: str) -> None:
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not editor or not sys.stdin.isatty():
            say(_("Set VISUAL or EDITOR to your editor; type the answer here meanwhile."))
            return
        suffix = ".sql" if self._study.where.language == "sql" else ".py"
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, f"answer{suffix}")
            file.write_text(self._study.draft(), encoding="utf-8", errors="surrogatepass")
            try:
                subprocess.run([*shlex.split(editor), str(file)], check=False)
                text = file.read_text(encoding="utf-8", errors="replace")
            except OSError as error:
                say(
                    _("{editor} did not start: {reason}.").format(
                        editor=editor, reason=error.strerror
                    )
                )
                return
        self._study.keep_draft(text)
        self._run_or_check()

    def _do_show(self, _rest: str) -> None:
        say(_("Your answer:"), *("  " + line for line in self._study.draft().splitlines()))

    def _do_task(self, _rest: str) -> None:
        here = self._study.where
        exercise = here.exercise
        if exercise is None or here.index is None:
            return
        say("", f"{here.index + 1}/{here.count} {exercise.title}")
        say(*readable(exercise.task.strip(), width()))
        say(*_what_is_given(exercise))
        draft = self._study.draft()
        if exercise.kind in ("code", "order") and draft.strip():
            said = (
                _("Lines to put in order:") if exercise.kind == "order" else _("The answer so far:")
            )
            say(said, *("  " + line for line in draft.splitlines()))

    def _do_lesson(self, _rest: str) -> None:
        here = self._study.where
        title = here.lesson.title
        if here.module != title:  # a lesson file's only lesson is its course
            title = f"{here.module}: {title}"
        say(title, "", *readable(here.lesson.text, width()))

    def _do_tables(self, _rest: str) -> None:
        try:
            tables = self._study.schema()
        except DatabaseError as error:
            say(str(error))
            return
        if not tables:
            say(_("This database has no tables yet."))
        references = referring(tables)
        for table in parents_first(tables):
            say("", *schema_lines(table, references[table.name]))

    def _do_plan(self, rest: str) -> None:
        here = self._study.where
        for _code, run, statement in self._numbered(rest):
            place = next(n for n, each in enumerate(run.statements) if each is statement)
            say(*plan_lines(self._study.ground(here).plan(run.statements, place)))

    def _do_dialects(self, rest: str) -> None:
        here = self._study.where
        for code, _run, statement in self._numbered(rest):
            ground = self._study.ground(here)
            say(*written_lines(ground.written(code, here.exercise, statement.sql)))

    def _do_list(self, _rest: str) -> None:
        for module in self._study.outline():
            say(module.title)
            for lesson in module.lessons:
                done = lesson.progress
                counted = count_text(done.passed, done.total, done.seen)
                say(f"  {lesson.id}: {lesson.title} ({counted})")
                if lesson.current:
                    for exercise in lesson.exercises:
                        here = " *" if exercise.current else ""
                        word = word_of(exercise.mark)
                        skipped = " (" + _("skipped") + ")" if exercise.lack else ""
                        sign = sign_of(exercise.mark)
                        say(f"    {sign} {exercise.ref}: {exercise.title}{word}{skipped}{here}")

    def _do_go(self, rest: str) -> None:
        lesson, _slash, exercise = rest.partition("/")
        before = self._study.where.lesson.id
        try:
            self._study.go(lesson, exercise or None)
        except UnknownName as unknown:
            say(str(unknown))
            if unknown.nearest:
                say(_("Did you mean {names}?").format(names=", ".join(unknown.nearest)))
            return
        except CourseError as error:
            say(*map(str, error.faults))
            return
        self._arrive(before)

    def _do_next(self, _rest: str) -> None:
        before = self._study.where
        if not before.has_next:
            say(_("This was the last exercise."))
            return
        self._study.next()
        self._arrive(before.lesson.id)

    def _do_back(self, _rest: str) -> None:
        before = self._study.where
        if not before.has_back:
            say(_("This is the first exercise."))
            return
        self._study.back()
        self._arrive(before.lesson.id)

    def _do_help(self, _rest: str) -> None:
        say(*(f":{name}  {_(what)}" for name, what in COMMANDS.items()))

    def _do_quit(self, _rest: str) -> None:
        self.over = True

    # Inside

    @property
    def _exercise(self) -> Exercise | None:
        return self._study.where.exercise

    def _take_answer(self) -> None:
        if self._typed:
            self._study.keep_draft("\n".join(self._typed) + "\n")
            self._typed = []

    def _run_or_check(self) -> None:
        """Code is run, so that one sees before one is judged; a choice is checked."""
        if self._exercise is None or self._exercise.kind == "code":
            self._do_run("")
        else:
            self._do_check("")

    def _numbered(self, number: str) -> Iterator[tuple[str, Run, Statement]]:
        """The statement of the last run with that number, the first without one; else say why not."""
        code, run = self._ran or ("", None)
        sent = [each for each in run.statements if each.kind != "transaction"] if run else []
        if run is None or not sent:
            say(_("Nothing was sent yet; :run runs your answer."))
        elif number and not (number.isdecimal() and 0 < int(number) <= len(sent)):
            say(_("The last run sent statements 1 to {last}.").format(last=len(sent)))
        else:
            yield code, run, sent[int(number or 1) - 1]

    def _nothing_to_run(self) -> str:
        if self._exercise is not None and self._exercise.kind == "predict":
            said = _("Write what you expect, and {check} checks it; then {run} runs it.")
        else:
            said = _("There is nothing to run here; {check} checks your answer.")
        return said.format(check=":check", run=":run")

    def _arrive(self, lesson_before: str) -> None:
        self._ran = None
        if self._study.where.lesson.id != lesson_before:
            say("")
            self._do_lesson("")
        self._do_task("")

    def _unknown(self, word: str) -> None:
        nearest = get_close_matches(word[1:], COMMANDS, n=1)
        say(_("There is no command {name}.").format(name=visible(word)))
        if nearest:
            say(_("Did you mean {names}?").format(names=f":{nearest[0]}"))
        else:
            self._do_help("")


def _lines() -> Iterator[str]:
    """Lines of standard input until it ends, with a prompt where someone types them."""
    while True:
        if sys.stdin.isatty():
            sys.stdout.write("> ")
        sys.stdout.flush()
        try:
            line = sys.stdin.readline()
        except UnicodeDecodeError:
            say(_("This line is not UTF-8 text; it was left out."))
            continue
        if not line:
            return
        yield line.rstrip("\r\n")


def _what_is_given(exercise: Exercise) -> Iterator[str]:
    """What the task is about besides its words: choices, code, lines to put in order."""
    if exercise.kind == "quiz" and exercise.choose != "text":
        yield from (f"{n}. {option.text}" for n, option in enumerate(exercise.options, 1))
        if exercise.choose == "many":
            yield _("Answer with the numbers of all right choices, such as 1,3.")
        else:
            yield _("Answer with the number of the right choice.")
    elif exercise.kind == "predict":
        yield from ("  " + line for line in exercise.code.splitlines())
    elif exercise.kind == "order":
        yield _("Type these lines in the right order.")
    if exercise.after:
        yield _("This runs after your answer:")
        yield from ("  " + line for line in exercise.after.splitlines())
    missing = lack(exercise.tags)
    if missing:
        yield _("Skipped.") + " " + missing

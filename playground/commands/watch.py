"""`playground watch`: every file is checked as it is saved, in whatever editor."""

import argparse
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event

from playground.commands.console import say
from playground.commands.context import CommandError, Context, no_such, read_answer
from playground.commands.keyboard import pressed_keys
from playground.commands.printing import verdict_lines
from playground.commands.reading import readable, width
from playground.course import CourseError, Exercise, UnknownName
from playground.running import Language
from playground.study import Study, answer_of, answer_place
from playground.texts import _

EXAMPLE = """\
  playground take null-logic homework
  playground watch homework"""

KEYS_EVERY_MS = 200


def arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of this command."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=_("the folder of the files"))
    parser.add_argument("--lessons", type=Path, help=_("a course folder or a lesson file"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Check files as they are saved, until `q` or the end of the input and an interrupt."""
    if not args.folder.is_dir():
        raise CommandError(_("{file} is no folder.").format(file=args.folder))
    watch = Watch(context.study(args.lessons), args.folder.absolute())
    say(
        _("Watching {folder}. Save a file to check it; h hint, n next, q quit.").format(
            folder=args.folder
        )
    )
    watch.greet()
    with pressed_keys() as keys:
        for saved in _saved_files(watch.folder, keys, watch):
            watch.check(saved)
    return 0


def _saved_files(folder: Path, keys: "SimpleQueue[str]", watch: "Watch") -> Iterator[Path]:
    """Files as they are saved, also by rename; ends when the learner quits."""
    from watchfiles import Change
    from watchfiles import watch as changes

    stop = Event()
    batches = changes(
        folder, stop_event=stop, rust_timeout=KEYS_EVERY_MS, yield_on_timeout=True, debounce=100
    )
    for batch in batches:
        for change, name in sorted(batch):
            if change is not Change.deleted:
                yield Path(name)
        with suppress(Empty):
            watch.press(keys.get_nowait())
        if watch.over:
            stop.set()


class Watch:
    """The exercise whose file was saved last is the one that hints and `n` are about."""

    def __init__(self, study: Study, folder: Path) -> None:
        self.over = False
        self.folder = folder
        self._study = study

    def greet(self) -> None:
        """Say what is to be done: the first exercise in the folder that is not passed."""
        taken = [
            lesson.id
            for module in self._study.outline()
            for lesson in module.lessons
            if not lesson.progress.done and Path(self.folder, lesson.id).is_dir()
        ]
        if taken:
            self._study.go(taken[0])
        self.tell_task()

    def tell_task(self) -> None:
        """Say what the exercise at hand asks."""
        exercise = self._study.where.exercise
        if exercise is not None:
            say("", exercise.ref, *readable(exercise.task.strip(), width()))

    def check(self, file: Path) -> None:
        """Check a saved file; what is no answer's file is passed over."""
        ref = answer_place(file, self.folder)
        if ref is None:
            return
        lesson, _slash, name = ref.partition("/")
        try:
            here = self._study.go(lesson, name)
        except UnknownName as unknown:
            say("", no_such(unknown.name, unknown.nearest))
            return
        except CourseError as error:
            say("", *map(str, error.faults))
            return
        if here.exercise is not None:
            self._judge(here.exercise, file)

    def press(self, key: str) -> None:
        """One key: hint, next, quit."""
        if key in ("q", "\x03", "\x04"):
            self.over = True
        elif key == "h":
            hint = self._study.open_hint()
            say("", hint.strip() if hint else _("There are no more hints."))
        elif key == "n":
            self._study.next()
            self.tell_task()

    def _judge(self, exercise: Exercise, file: Path) -> None:
        try:
            text = read_answer(str(file))
        except CommandError as error:
            say("", str(error))
            return
        language: Language | None = None
        if exercise.kind == "code":
            language = "sql" if file.suffix == ".sql" else "python"
        verdict = self._study.check(answer_of(exercise, text), language=language)
        say("", exercise.ref, *verdict_lines(verdict))

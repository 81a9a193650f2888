"""The `playground` command: finds the subcommand that was asked for, and imports no other."""

import argparse
import errno
import gettext
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

from playground import __version__, settings, texts
from playground.texts import N_, _

COMMANDS = {
    "play": N_("open the terminal app"),
    "list": N_("list modules, lessons and exercises with your progress"),
    "run": N_("run code, print its SQL beside its rows"),
    "check": N_("check an answer to an exercise"),
    "take": N_("write a lesson's exercises as files, for your own editor"),
    "watch": N_("check those files each time you save one"),
    "new": N_("begin a lesson, a course or a database of your own"),
    "prove": N_("prove that a course is sound"),
    "grade": N_("grade a folder of answers into one table"),
    "progress": N_("show, export, import or reset your records"),
    "schema": N_("print the JSON Schema of the lesson files"),
    "doctor": N_("say what this installation has and lacks"),
}
"""Every command with its one line of help; `playground.commands.NAME` does it."""

WRONG_USE = 2
OWN_FAULT = 70  # EX_SOFTWARE of sysexits.h
UNWRITABLE = 74  # EX_IOERR
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line `argv` (default: the process's own); returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _make_streams_total()
    places = settings.find_places(_peek(arguments, "--home"))
    chosen, problems = settings.load(places)
    _speak(_peek_text(arguments, "--lang") or chosen.language or _language_so_far(places))
    name = _command_name(arguments)
    if not name:
        name = "play"
        if not {"-h", "--help", "--version"} & set(arguments):
            arguments.append(name)
    if name not in COMMANDS:
        return _unknown_command(name)
    for problem in problems:
        print(problem, file=sys.stderr)
    try:
        return _call(name, _parsed(name, arguments), chosen, places)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception:  # noqa: BLE001  (the one place where a fault of ours ends: told, and logged)
        return _own_fault(places)


def _call(
    name: str, parsed: argparse.Namespace, chosen: settings.Settings, places: settings.Places
) -> int:
    """Run the command; what it made is closed, however it ends."""
    from playground.commands.console import say_error
    from playground.commands.context import CommandError, Context

    context = Context(parsed, chosen, places)
    try:
        return int(import_module(f"playground.commands.{name}").run(parsed, context))
    except CommandError as stop:
        say_error(str(stop))
        return stop.status
    except BrokenPipeError:
        # The reader of our output went away (`| head`); there is nobody to tell.
        _give_up_output()
        return 141
    except OSError as error:
        if error.errno != errno.ENOSPC or error.filename is not None:
            raise
        _give_up_output()
        say_error(_("The output cannot be written: {reason}.").format(reason=error.strerror))
        return UNWRITABLE
    finally:
        context.close()


def _give_up_output() -> None:
    """Let what is left of the output go nowhere, also when Python flushes it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parsed(name: str, arguments: list[str]) -> argparse.Namespace:
    """The arguments, parsed; where they only open the app, it waits for no parser to be built."""
    match arguments:
        case ["play"]:
            return _play(None)
        case ["--home", folder, "play"] if not folder.startswith("-"):
            return _play(Path(folder))
        case _:
            return _parser(name).parse_args(arguments)


def _play(home: Path | None) -> argparse.Namespace:
    """What the parser makes of `playground`, but for `home`, without a flag."""
    return argparse.Namespace(
        command="play", home=home, speech=None, plain=False, path=None, watch=False
    )


def _parser(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="playground",
        allow_abbrev=False,
        description=_("Learn SQLAlchemy and SQL by doing, in the terminal."),
        epilog=_("Without a command, the app opens where you left it."),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"playground {__version__}",
        help=_("show program's version number and exit"),
    )
    _common(parser, top=True)
    subparsers = parser.add_subparsers(
        dest="command", metavar=_("COMMAND"), title=_("commands"), required=False
    )
    for command, help_text in COMMANDS.items():
        subparser = subparsers.add_parser(
            command,
            allow_abbrev=False,
            help=_(help_text),
            description=_(help_text)[:1].upper() + _(help_text)[1:] + ".",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        _common(subparser, top=False)
        if command == name:
            module = import_module(f"playground.commands.{command}")
            module.arguments(subparser)
            subparser.epilog = _("example:") + "\n" + module.EXAMPLE
    return parser


def _common(parser: argparse.ArgumentParser, *, top: bool) -> None:
    """The flags that stand before the command or after it; the later ones win."""
    absent = None if top else argparse.SUPPRESS
    parser.add_argument(
        "--home", type=Path, default=absent, metavar=_("DIR"), help=_("keep everything in DIR")
    )
    parser.add_argument(
        "--lang",
        dest="speech",
        default=absent,
        metavar=_("TAG"),
        help=_("language of texts and lessons: {tags}").format(tags=", ".join(texts.LANGUAGES)),
    )
    parser.add_argument(
        "--plain",
        action="store_true",
        default=False if top else argparse.SUPPRESS,
        help=_("plain lines instead of the app: for screen readers and pipes"),
    )


def _command_name(arguments: Sequence[str]) -> str:
    """The first word that is neither a flag nor a flag's value; empty if there is none."""
    skip = False
    for argument in arguments:
        if skip:
            skip = False
        elif argument in ("--home", "--lang"):
            skip = True
        elif not argument.startswith("-"):
            return argument
    return ""


def _peek(arguments: Sequence[str], flag: str) -> Path | None:
    text = _peek_text(arguments, flag)
    return Path(text) if text else None


def _peek_text(arguments: Sequence[str], flag: str) -> str | None:
    """A flag's value, before there is a parser: its language decides how the parser speaks."""
    for position, argument in enumerate(arguments):
        if argument == flag and position + 1 < len(arguments):
            return arguments[position + 1]
        if argument.startswith(flag + "="):
            return argument.partition("=")[2]
    return None


def _language_so_far(places: settings.Places) -> str:
    """The language of the last time, else the system's."""
    from playground.records import resume

    last = resume.read(places.resume)
    return (last.speech if last is not None else "") or settings.system_language()


def _speak(wanted: str) -> None:
    texts.use(texts.closest_language(wanted) if wanted else "en")
    # argparse asks gettext itself for its words, by the environment's language.
    os.environ["LANGUAGE"] = texts.language().replace("-", "_")
    gettext.bindtextdomain("playground", str(Path(texts.__file__).parent / "locales"))
    gettext.textdomain("playground")


def _unknown_command(name: str) -> int:
    nearest = get_close_matches(name, COMMANDS, n=1)
    message = _("playground has no command {name}.").format(name=name)
    if nearest:
        message += " " + _("Did you mean {nearest}?").format(nearest=nearest[0])
    print(message, file=sys.stderr)
    print(_("Commands: {names}").format(names=", ".join(COMMANDS)), file=sys.stderr)
    return WRONG_USE


def _own_fault(places: settings.Places) -> int:
    """Keep the traceback of the exception at hand in the log, and tell the user where it is."""
    import traceback
    from datetime import UTC, datetime

    report = (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} playground {__version__}\n{traceback.format_exc()}"
    )
    try:
        places.log.parent.mkdir(parents=True, exist_ok=True)
        with places.log.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(report)
        where = str(places.log)
    except OSError:
        print(report, file=sys.stderr)
        where = _("above")
    print(
        _(
            "playground failed; this is a fault of ours. What you typed is kept. Details: {where}"
        ).format(where=where),
        file=sys.stderr,
    )
    return OWN_FAULT


def _make_streams_total() -> None:
    """Whatever the console's encoding, a character that it lacks never ends the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")

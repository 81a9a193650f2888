"""Run by the tests in a fresh interpreter: confine this process, try things, tell what came of them.

Standard input is one JSON object; standard output is one JSON object `{name: outcome}`. An outcome
is the name of an errno, of an exception class, or `ok: ` with the value's `repr`.
"""

import errno
import json
import os
import sys


def outcome(snippet: str, names: dict[str, object]) -> str:
    """What running `snippet` gives: its last line is an expression, its value the outcome."""
    *lines, last = snippet.strip().split("\n")
    try:
        exec("\n".join(lines), names)
        return f"ok: {eval(last, names)!r}"
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, type(error).__name__)
    except BaseException as error:  # noqa: BLE001 - whatever comes is the outcome
        return type(error).__name__


def main() -> None:
    order = json.load(sys.stdin)
    sys.path.extend(folder for folder in order["packages"] if folder not in sys.path)
    sys.path.insert(0, order["source"])
    import confine

    sys.path.pop(0)
    for name in order["imports"]:
        __import__(name)
    exec(order["before"], {})
    plans = order["plans"]
    for plan in plans:
        if plan["stage"] == "zygote":
            plan["readable"] = confine.readable_paths()
    try:
        for plan in plans:
            if plan["stage"] == "spare" and order["fork"]:
                fork_and_wait()
            confine.apply(confine.Plan(**plan))
    except confine.ConfinementError as error:
        tell({"refused": str(error)})
    names: dict[str, object] = dict(order["names"])
    tell({name: outcome(snippet, names) for name, snippet in order["snippets"].items()})


def fork_and_wait() -> None:
    """Go on in a child; the parent ends as the child did."""
    child = os.fork()
    if child:
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os._exit(status if status >= 0 else 128 - status)


def tell(outcomes: dict[str, str]) -> None:
    """Print the outcomes and end."""
    sys.stdout.write(json.dumps(outcomes))
    sys.stdout.flush()
    os._exit(0)


main()

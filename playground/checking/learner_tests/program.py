"""Runs the tests that stand in `__main__` with pytest; its text is sent to a child.

It imports the standard library and pytest alone, and its names begin with an underscore: they
come to stand beside those of the tests.
"""

import sys as _sys
from pathlib import Path as _Path
from typing import Any as _Any

_FILE = "test_answer.py"
_SETTINGS = "pytest.ini"
_OFF = ("cacheprovider", "terminal", "warnings", "logging", "faulthandler", "junitxml")
"""Plugins that write, print, or change what the process does elsewhere."""
_LONGEST = 300


def _run_with_pytest() -> list[dict[str, _Any]]:
    """What came of each test of `__main__`; pytest reads no file, all is in the module already."""
    import pytest

    class Answer(pytest.Module):
        def _getobj(self) -> _Any:
            return _sys.modules["__main__"]

    outcomes = _Outcomes(Answer)
    _Path(_FILE).write_text("", encoding="utf-8")
    _Path(_SETTINGS).write_text("[pytest]\n", encoding="utf-8")  # none of a folder above
    off = [word for name in _OFF for word in ("-p", f"no:{name}")]
    status = pytest.main(
        ["-c", _SETTINGS, "--assert", "plain", "-s", *off, _FILE], plugins=[outcomes]
    )
    if status not in (0, 1, 5):
        raise RuntimeError(f"pytest ended with {status!r}")
    return outcomes.rows()


class _Outcomes:
    """A plugin of pytest: one row for each test, its name, the outcome, why, and on which line."""

    def __init__(self, module: _Any) -> None:
        self._module = module
        self._outcomes: dict[str, str] = {}
        self._why: dict[str, tuple[str, int | None]] = {}

    def pytest_pycollect_makemodule(self, module_path: _Path, parent: _Any) -> _Any:
        """The module of the answer in place of the file."""
        return self._module.from_parent(parent, path=module_path)

    def pytest_exception_interact(self, node: _Any, call: _Any) -> None:
        """Keep what was raised, and the innermost line of the answer that it came through."""
        error = call.excinfo.value
        missing = getattr(error, "argname", None)  # pytest's own error of a fixture
        text = " ".join((f"there is no fixture {missing!r}" if missing else str(error)).split())
        said = f"{type(error).__name__}: {text}" if text else type(error).__name__
        line, trace = None, call.excinfo.tb
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == "answer.py":
                line = trace.tb_lineno
            trace = trace.tb_next
        self._why[_name(node)] = (said[:_LONGEST], line)

    def pytest_runtest_logreport(self, report: _Any) -> None:
        """One row when a test was called, or when what is around it failed or skipped it."""
        if report.when != "call" and report.outcome == "passed":
            return
        around = report.outcome == "failed" and report.when != "call"
        self._outcomes[_name(report)] = "error" if around else report.outcome

    def rows(self) -> list[dict[str, _Any]]:
        """All of them, in the order in which they ran."""
        return [
            dict(zip(("test", "outcome", "message", "line"), (name, outcome, *why), strict=True))
            for name, outcome in self._outcomes.items()
            for why in [self._why.get(name, ("", None))]
        ]


def _name(item: _Any) -> str:
    return str(item.nodeid.partition("::")[2])


_run_with_pytest()

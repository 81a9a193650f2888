"""A study that does what a test wrote down, at once: the app's states without processes."""

import threading
from collections.abc import Callable
from pathlib import Path

from playground.checking import (
    CheckOutcome,
    Difference,
    Finding,
    Plan,
    PlanStep,
    Verdict,
    Written,
)
from playground.course import Exercise, Fault, Lesson, LessonOutline, Option, Place
from playground.databases import ColumnSchema, TableSchema
from playground.running import Cell, LiveRun, Preloaded, Result, Row, Run, RunError, Statement
from playground.study import (
    ExerciseEntry,
    Here,
    LessonEntry,
    Milestone,
    ModuleEntry,
    Progress,
    Solution,
)
from playground.study.answers import starter_of

LESSON_TEXT = """# Nothing equals NULL

A missing rating is not zero. It is *unknown*.

```python run
select(Review.rating).limit(3)
```

Press **F5**.
"""


def statement(
    sql: str,
    line: int | None = 1,
    parameters: list[Cell] | None = None,
    lazy_load: str | None = None,
) -> Statement:
    """A statement, or a transaction mark."""
    word = sql.split()[0].lower()
    kind = word if word in ("select", "insert", "update", "delete") else "transaction"
    rows = None if kind == "transaction" else 7
    return Statement(sql, parameters, None, kind, line, lazy_load, rows, 0.4, 1)  # type: ignore[arg-type]


def rows_run(rows: list[Row], columns: list[str] | None = None, output: str = "") -> Run:
    """A run that gave rows."""
    return Run(
        "ok",
        "A",
        3.2,
        [
            statement("BEGIN", None),
            statement("SELECT reviews.id \nFROM reviews \nWHERE reviews.rating > ?", 2, [3]),
            statement("ROLLBACK", None),
        ],
        Result(columns or ["id", "name"], rows[:500], len(rows), False),
        output,
    )


class Live:
    """A run whose rows all stand in memory."""

    def __init__(self, run: Run, rows: list[Row]) -> None:
        self.run = run
        self.rows = rows
        self.closed = False

    def page(self, start: int, count: int) -> list[Row]:
        """Rows as `LiveRun.page` gives them."""
        return self.rows[start : start + count]

    def close(self) -> None:
        """Remember that it was closed."""
        self.closed = True


EXERCISES = (
    Exercise(
        "unrated",
        "null-logic",
        "Reviews without a rating",
        "Return the **id** of every review without a rating,\nlowest id first.",
        starter="select(Review.id)\n",
        hints=("Nothing equals `NULL`.", "Columns have `.is_()`."),
        solution="select(Review.id).where(Review.rating.is_(None))\n",
    ),
    Exercise(
        "layer",
        "null-logic",
        "Which layer",
        "Who sends the bytes?",
        kind="quiz",
        options=(Option("The DBAPI driver", right=True), Option("The ORM"), Option("The reader")),
    ),
    Exercise(
        "lines",
        "null-logic",
        "In order",
        "Put the lines in order.",
        kind="order",
        solution="review = session.get(Review, 1)\nreview.rating = 5\nsession.commit()\n",
    ),
    Exercise(
        "count",
        "null-logic",
        "How many",
        "How many rows will come?",
        kind="predict",
        code="select(Review.id)\n",
        after="",
    ),
    Exercise(
        "locked",
        "null-logic",
        "One page",
        "Send few queries.",
        starter="customers = []\n",
        after="[(c.name, len(c.orders)) for c in customers]\n",
        points=4,
    ),
)


class ScriptedCourse:
    """What the app asks of a course: where a lesson that cannot be opened is wrong."""

    faults = (Fault(Place(Path("broken.yaml"), 3, 1), "task: is missing"),)

    def outline(self, lesson_id: str) -> LessonOutline:
        """The outline of the broken lesson."""
        return LessonOutline(lesson_id, "A broken one", Path(f"{lesson_id}.yaml"), None, ())


class ScriptedGround:
    """The face of `Ground`, as far as statements are looked at more closely."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.plans = Plan((PlanStep("SCAN reviews", 0), PlanStep("SEARCH products", 1)))
        self.wait: Callable[[threading.Event], object] = lambda _cancel: None

    def plan(self, statements: list[Statement], place: int, cancel: threading.Event) -> Plan:
        """What the test wrote down."""
        self.asked.append(("plan", place))
        self.wait(cancel)
        return self.plans

    def written(
        self, code: str, exercise: Exercise | None, sql: str, cancel: threading.Event
    ) -> tuple[Written, ...]:
        """One system can, one cannot."""
        self.asked.append(("written", code, sql))
        return (
            Written("PostgreSQL", "SELECT reviews.id LIMIT %(param_1)s"),
            Written("Oracle", "", "CompileError: [/foo]"),
        )


class ScriptedStudy:
    """The face of `Study`, with outcomes that the test sets."""

    course = ScriptedCourse()

    def __init__(self) -> None:
        self.lesson = Lesson(
            "null-logic", "NULL and logic", "select", Path("x.yaml"), LESSON_TEXT, EXERCISES, "shop"
        )
        self.exercises: tuple[Exercise, ...] = EXERCISES
        self.index: int | None = 0
        self.drafts: dict[str, str] = {}
        self.marks = ["none"] * len(self.exercises)
        self.opened = 0
        self.settings: dict[str, str] = {}
        self.told: list[str] = []
        self.runs: list[str] = []
        self.checks: list[str] = []
        self.seen = False
        self.why_locked: str | None = None
        self.on_run: Callable[[str, threading.Event], Live] = lambda _code, _cancel: Live(
            rows_run([(1, "a"), (2, None)]), [(1, "a"), (2, None)]
        )
        self.grounds = ScriptedGround()
        self.on_check: Callable[[str], Verdict] = lambda _answer: failed()

    @property
    def where(self) -> Here:
        """Where the test put the learner."""
        exercise = None if self.index is None else self.exercises[self.index]
        return Here(
            self.lesson,
            exercise,
            self.index,
            len(self.exercises),
            "SELECT",
            "python",
            tuple(self.marks),  # type: ignore[arg-type]
            self.index != len(self.exercises) - 1,
            self.index != 0,
        )

    def go(self, lesson_id: str, exercise_id: str | None = None) -> Here:
        """Go to an exercise."""
        ids = [exercise.id for exercise in self.exercises]
        self.index = ids.index(exercise_id) if exercise_id else 0
        self.opened = 0
        return self.where

    def next(self) -> Here:
        """Go on."""
        self.index = 0 if self.index is None else min(self.index + 1, len(self.exercises) - 1)
        self.opened = 0
        return self.where

    def back(self) -> Here:
        """Go back."""
        self.index = max((self.index or 0) - 1, 0)
        return self.where

    def open_scratch(self, code: str | None = None) -> Here:
        """Open the scratch pad."""
        self.index = None
        if code is not None:
            self.keep_draft(code, self.where)
        return self.where

    def _key(self, at: Here) -> str:
        return at.exercise.id if at.exercise is not None else ""

    def draft(self, at: Here) -> str:
        """What was kept, else the starter."""
        starter = starter_of(at.exercise) if at.exercise is not None else ""
        return self.drafts.get(self._key(at), starter)

    def keep_draft(self, text: str, at: Here) -> None:
        """Keep a draft."""
        self.drafts[self._key(at)] = text

    def run(self, code: str, *, cancel: threading.Event, at: Here) -> LiveRun:
        """What the test wrote down."""
        self.runs.append(code)
        return self.on_run(code, cancel)  # type: ignore[return-value]

    def check(self, answer: str, *, cancel: threading.Event, at: Here) -> Verdict:
        """What the test wrote down."""
        self.checks.append(answer)
        verdict = self.on_check(answer)
        if at.index is not None:
            self.marks[at.index] = "passed" if verdict.verdict == "pass" else "tried"
        return verdict

    def ground(self, at: Here) -> "ScriptedGround":
        """What answers about statements, from what the test wrote down."""
        return self.grounds

    def milestone(self) -> Milestone | None:
        """A lesson is done when all its marks are."""
        if set(self.marks) != {"passed"}:
            return None
        return Milestone("lesson", "NULL and logic", Progress(5, 0, 5))

    def hints(self, at: Here) -> tuple[str, ...]:
        """Open hints."""
        return at.exercise.hints[: self.opened] if at.exercise is not None else ()

    def open_hint(self, at: Here) -> str | None:
        """Open one more."""
        self.opened += 1
        return None

    def solution(self, at: Here) -> Solution:
        """Locked, asked for, or open."""
        if self.seen:
            return Solution(text=EXERCISES[0].solution)
        if self.why_locked:
            return Solution(why_locked=self.why_locked)
        return Solution(cost="Opening it marks this exercise as seen.")

    def open_solution(self, at: Here) -> Solution:
        """Open it."""
        self.seen = True
        return self.solution(at)

    def outline(self) -> tuple[ModuleEntry, ...]:
        """One module with one lesson."""
        entries = tuple(
            ExerciseEntry(e.id, e.ref, e.title, e.kind, e.points, mark, index == self.index)  # type: ignore[arg-type]
            for index, (e, mark) in enumerate(zip(self.exercises, self.marks, strict=True))
        )
        lesson = LessonEntry(
            "null-logic", "NULL and logic", 15, False, entries, Progress(0, 0, 5), True
        )
        broken = LessonEntry("broken", "A broken one", None, True, (), Progress(), False)
        return (ModuleEntry("select", "SELECT", (lesson, broken), Progress(0, 0, 5)),)

    def schema(self, at: Here) -> tuple[TableSchema, ...]:
        """One table that refers to another."""
        products = (ColumnSchema("id", "INTEGER", False, True),)
        reviews = (
            ColumnSchema("id", "INTEGER", False, True),
            ColumnSchema("product_id", "INTEGER", True, False, "products.id"),
        )
        return (
            TableSchema("reviews", reviews, 66, "Review"),
            TableSchema("products", products, 1, "Product"),
        )

    def preloaded(self, at: Here) -> Preloaded:
        """One table."""
        from playground.running import PreloadedColumn, PreloadedName, PreloadedTable

        columns = (
            PreloadedColumn("id", "INTEGER", False, True),
            PreloadedColumn("product_id", "INTEGER", True, False, ("products.id",)),
        )
        return Preloaded(
            (PreloadedName("Review", "model", "reviews", ("id", "rating"), "models"),),
            (PreloadedTable("reviews", columns, "Review"),),
        )

    def variant(self, at: Here) -> str:
        """The data that is seen."""
        return "small"

    def isolation(self, at: Here) -> str:
        """The level of runs."""
        return "A"

    def warm(self, at: Here) -> None:
        """Nothing to warm."""

    def prepare(self, at: Here) -> None:
        """Nothing to prepare."""

    def set_setting(self, name: str, value: str) -> None:
        """Keep a choice."""
        self.settings[name] = value

    def notices(self) -> list[str]:
        """What to tell once."""
        told, self.told = self.told, []
        return told


def failed() -> Verdict:
    """A verdict with a difference to explain."""
    return Verdict(
        "null-logic/unrated",
        "fail",
        0,
        1,
        [CheckOutcome("result", "small", True, 0, 0), CheckOutcome("result", "nulls", False, 0, 1)],
        [
            Finding(
                "order-missing",
                "Right rows, but in no order: add `.order_by(…)`.",
                1,
                "Rows have **no order** of their own.",
            )
        ],
        run=rows_run([(1, "a")]),
        difference=Difference("nulls", ["id", "name"], [(1, "a")], [(2, None)], 3, 3),
    )


def passed() -> Verdict:
    """A pass."""
    return Verdict("null-logic/unrated", "pass", 1, 1, run=rows_run([(1, "a")]))


def broken_run(message: str = "division by zero", line: int | None = 1) -> Run:
    """A run that raised."""
    return Run("error", "A", 1.0, error=RunError("ZeroDivisionError", None, message, line))

"""The table of checks, as written in lessons and as typed options."""

import json
from pathlib import Path
from typing import Any

import pytest

from playground.course import CHECKS, Check, Combined, CourseError, Exercise, open_course

from .conftest import LESSON, Folder


def exercise_with(folder: Folder, checks: str) -> Exercise:
    """The exercise of a lesson with these checks, one a line."""
    body = "".join(f"      - {line}\n" for line in checks.split("\n"))
    return open_course(folder.write("a.yaml", LESSON + "    checks:\n" + body)).find(
        "nulls/unrated"
    )


def only(exercise: Exercise) -> Check:
    """Its one check."""
    (check,) = exercise.checks
    return check


@pytest.mark.parametrize(
    ("written", "name", "options"),
    [
        ("result: exact", "result", {"order": "exact"}),
        ("result: {order: any, columns: any-order, floats: 0.01, types: exact, from: statement}", "result",
         {"order": "any", "columns": "any-order", "floats": 0.01, "types": "exact", "from_": "statement"}),
        ("result: {}", "result", {"order": "auto", "columns": "positions", "floats": 1e-9, "from_": "anywhere"}),
        ("result:", "result", {"order": "auto"}),
        ("state: {tables: [orders], ignore: created_at}", "state", {"tables": ("orders",), "ignore": ("created_at",)}),
        ("state: orders", "state", {"tables": ("orders",)}),
        ("unchanged: [payments, customers]", "unchanged", {"tables": ("payments", "customers")}),
        ("statements: 3", "statements", {"max": 3, "min": None}),
        ("statements: {selects: 2, lazy_loads: 0, by_kind: {insert: 1}}", "statements",
         {"selects": 2, "lazy_loads": 0, "by_kind": {"insert": 1}}),
        ("sql: {uses: [group by, count], forbids: limit}", "sql", {"uses": ("group by", "count"), "forbids": ("limit",)}),
        ("parameters: {bound: [1, x, null], no_literals: true}", "parameters", {"bound": (1, "x", None), "no_literals": True}),
        ("code: {forbids: text}", "code", {"forbids": ("text",)}),
        ("transaction: committed", "transaction", {"ends": "committed", "savepoint": False, "one": False}),
        ("transaction: {savepoint: true}", "transaction", {"ends": None, "savepoint": True, "one": False}),
        ("error: IntegrityError", "error", {"type": "IntegrityError", "handled": False}),
        ("error: {type: IntegrityError, code: gkpj, handled: true}", "error", {"code": "gkpj", "handled": True}),
        ("warnings: none", "warnings", {"expected": "none"}),
        ("warnings: [SAWarning]", "warnings", {"expected": ("SAWarning",)}),
        ("schema: {tables: tags, columns: {tags: [id, name]}, types: {tags: {id: INTEGER}}}", "schema",
         {"tables": ("tags",), "columns": {"tags": ("id", "name")}, "types": {"tags": {"id": "INTEGER"}}}),
        ("mapping: {inheritance: {Employee: Person}}", "mapping", {"inheritance": {"Employee": "Person"}}),
        ("behaviour: {given: x = 1, when: x + 1, then: [2]}", "behaviour", {"given": "x = 1", "when": ("x + 1",), "then": (2,)}),
        ("plan: {uses_index: ix_orders, no_scan: true}", "plan", {"uses_index": ("ix_orders",), "no_scan": True}),
        ("plan: true", "plan", {"uses_index": True}),
        ("compiles: postgresql", "compiles", {"dialect": "postgresql"}),
        ("output: [one, two]", "output", {"lines": ("one", "two")}),
        ('output: "one\\ntwo\\n"', "output", {"lines": ("one", "two")}),
        ("data_frame: {types: false}", "data_frame", {"columns": True, "types": False}),
    ],
)  # fmt: skip
def test_options_are_typed(
    folder: Folder, written: str, name: str, options: dict[str, Any]
) -> None:
    check = only(exercise_with(folder, written))
    assert check.name == name
    assert {field: getattr(check.options, field) for field in options} == options


def test_tests_stand_beside_their_program_and_what_they_need(folder: Folder) -> None:
    program = '    setup: x = 1\n    tags: ["needs:pytest"]\n'
    file = folder.write("a.yaml", LESSON + program + "    checks:\n      - tests: 3\n")
    check = only(open_course(file).find("nulls/unrated"))
    assert (check.name, check.options.kill) == ("tests", 3)


def test_relationships_of_a_mapping(folder: Folder) -> None:
    check = only(
        exercise_with(
            folder, "mapping: {relationships: {Customer.orders: {target: Order, uselist: true}}}"
        )
    )
    relationship = check.options.relationships["Customer.orders"]
    assert (relationship.target, relationship.uselist, relationship.direction) == (
        "Order",
        True,
        None,
    )


def test_what_stands_beside_a_check(folder: Folder) -> None:
    check = only(
        exercise_with(folder, "{state: orders, on: [small], points: 2, says: 'Look again.'}")
    )
    assert (check.on, check.points, check.says) == (("small",), 2.0, "Look again.")
    assert check.place is not None
    assert (check.place.line, check.place.column) == (17, 10)


def test_on_is_a_name_and_no_truth_value(folder: Folder) -> None:
    assert only(exercise_with(folder, "{state: orders, on: [small, hidden]}")).on == (
        "small",
        "hidden",
    )


def test_result_and_state_can_be_switched_off(folder: Folder) -> None:
    checks = exercise_with(folder, "result: off\nstate: 'off'").checks
    assert [(check.name, check.options) for check in checks] == [("result", None), ("state", None)]


def test_checks_are_combined(folder: Folder) -> None:
    check = only(
        exercise_with(
            folder, "any_of: [{sql: exists}, {not: {sql: {uses: in}}}, {all_of: [{code: union}]}]"
        )
    )
    assert isinstance(check.options, Combined)
    assert [inner.name for inner in check.options.checks] == ["sql", "not", "all_of"]
    assert check.options.checks[1].options.checks[0].options.uses == ("in",)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("reslt: off", "“reslt” is not known here. Did you mean “result”?"),
        ("statements: off", "Only result and state can be switched off."),
        ("any_of: [{result: off}]", "Only result and state can be switched off."),
        (
            "any_of: [{sql: in, points: 2}]",
            "“points:” stands beside the outer check, not inside it.",
        ),
        ("any_of: []", "The checks to combine are missing here."),
        ("{sql: in, code: union}", "One entry has one check; give code an entry of its own."),
        ("on: [small]", "The name of a check is missing here."),
        ("result", "Wanted here: a mapping (name: value); found: the text “result”."),
        (
            "transaction: commited",
            "Wanted here: “committed” or “rolled_back”; found: the text “commited”.",
        ),
        ("statements: {mx: 1}", "“mx” is not known here. Did you mean “max”?"),
        (
            "statements: {by_kind: {inserts: 1}}",
            "“inserts” is not known here. Did you mean “insert”?",
        ),
        ("statements: {max: -1}", "This number must be at least 0."),
        ("error: {handled: true}", "“type:” is missing here."),
        ("behaviour: {when: x}", "“then:” is missing here."),
        (
            "sql: {uses: [1]}",
            'Wanted here: text; found: the number 1. For text, write it in quotes: "1"',
        ),
        ("sql: 1", 'Wanted here: text; found: the number 1. For text, write it in quotes: "1"'),
    ],
)
def test_a_wrong_check_is_refused(folder: Folder, written: str, words: str) -> None:
    with pytest.raises(CourseError) as caught:
        exercise_with(folder, written)
    (fault,) = caught.value.faults
    assert fault.message.startswith(words)


def test_points_of_checks_add_up(folder: Folder) -> None:
    exercise = exercise_with(
        folder, "{state: orders, points: 2}\n{transaction: committed, points: 1.5}"
    )
    assert exercise.points == 3.5


def test_every_check_has_its_line() -> None:
    for name, kind in CHECKS.items():
        assert kind.holds, name
        assert kind.first in kind.options.__struct_encode_fields__, name


class TestDigest:
    """A pass belongs to what is judged, not to how it is told."""

    def digest(self, folder: Folder, text: str) -> str:
        return open_course(folder.write("a.yaml", text)).find("nulls/unrated").digest

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("title: Unrated", "title: Other"),
            ("Return the unrated.", "Give the unrated."),
            ("Nothing equals NULL., Columns", "One hint. Columns"),
            ("    hints:", "    starter: select()\n    points: 3\n    tags: [a]\n    hints:"),
            ("    hints:", "    mistakes: [{answer: x, finding: missing-rows}]\n    hints:"),
        ],
    )
    def test_texts_do_not_count(self, folder: Folder, old: str, new: str) -> None:
        assert old in LESSON
        assert self.digest(folder, LESSON) == self.digest(folder, LESSON.replace(old, new))

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("select(Review.id)", "select(Review.rating)"),
            ("    hints:", "    also_accept: [x]\n    hints:"),
            ("    hints:", "    setup: x\n    hints:"),
            ("    hints:", "    after: x\n    hints:"),
            ("    hints:", "    language: any\n    hints:"),
            ("    hints:", "    checks: [result: exact]\n    hints:"),
            ("    hints:", "    kind: order\n    hints:"),
            ("database: none", "database: shop"),
        ],
    )
    def test_what_is_judged_counts(self, folder: Folder, old: str, new: str) -> None:
        assert old in LESSON
        assert self.digest(folder, LESSON) != self.digest(folder, LESSON.replace(old, new))

    def test_it_does_not_depend_on_the_way_of_writing(self, folder: Folder) -> None:
        plain = LESSON.replace("    hints:", "    checks: [state: orders]\n    hints:")
        long = LESSON.replace(
            "    hints:", "    checks:\n      - state:\n          tables: [orders]\n    hints:"
        )
        assert self.digest(folder, plain) == self.digest(folder, long)

    def test_it_is_stable(self, folder: Folder) -> None:
        """Records of real people hold this digest: a change of it makes every pass *changed since*."""
        assert self.digest(folder, LESSON).startswith("8e80ef20f5bac789")


class TestKinds:
    """Quiz, predict and order."""

    def exercise(self, folder: Folder, fields: dict[str, Any]) -> Exercise:
        exercise = {"id": "one", "title": "One", "task": "Do it.", **fields}
        lesson = {"format": 1, "id": "a", "title": "A", "exercises": [exercise]}
        file: Path = folder.write("a.yaml", json.dumps(lesson))
        return open_course(file).find("a/one")

    def test_a_quiz(self, folder: Folder) -> None:
        options = [{"text": "DBAPI", "right": True}, {"text": "ORM", "says": "It plans."}]
        exercise = self.exercise(folder, {"kind": "quiz", "options": options})
        assert [(option.text, option.right, option.says) for option in exercise.options] == [
            ("DBAPI", True, ""),
            ("ORM", False, "It plans."),
        ]
        assert exercise.choose == "one"

    def test_a_quiz_of_text(self, folder: Folder) -> None:
        fields = {"kind": "quiz", "choose": "text", "answers": ["four", 4]}
        assert self.exercise(folder, fields).answers == ("four", "4")

    def test_a_prediction(self, folder: Folder) -> None:
        exercise = self.exercise(folder, {"kind": "predict", "code": "select(a)", "predict": "sql"})
        assert (exercise.code, exercise.predict) == ("select(a)", "sql")

    def test_lines_to_order(self, folder: Folder) -> None:
        assert self.exercise(folder, {"kind": "order", "solution": "a\nb"}).kind == "order"

    @pytest.mark.parametrize(
        ("language", "more", "spoken"),
        [
            ("python", {}, "python"),
            ("sql", {}, "sql"),
            ("any", {}, "python"),
            ("any", {"solution_language": "sql"}, "sql"),
        ],
    )
    def test_the_language_of_the_solution(
        self, folder: Folder, language: str, more: dict[str, str], spoken: str
    ) -> None:
        exercise = self.exercise(folder, {"solution": "x", "language": language, **more})
        assert exercise.solution_language == spoken

    @pytest.mark.parametrize(
        ("written", "gate"),
        [
            (None, ("either", 3, True)),
            ("pass", ("pass", 3, True)),
            ("never", ("never", 3, True)),
            ({"attempts": 5}, ("either", 5, False)),
            ({"hints": "all"}, ("either", None, True)),
            ({"attempts": 2, "hints": "all"}, ("either", 2, True)),
        ],
    )
    def test_when_the_solution_opens(
        self, folder: Folder, written: Any, gate: tuple[str, int | None, bool]
    ) -> None:
        fields = {"solution": "x"} | ({} if written is None else {"solution_after": written})
        found = self.exercise(folder, fields).solution_after
        assert (found.rule, found.attempts, found.hints) == gate

"""The proof asks whether the data rejects what differs from the solution in one thing."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from playground.authoring import LessonProof
from playground.running import NoAnswer, Runner, Runners, World
from tests.authoring.conftest import FEW, MANY, ONE, TEA

Prove = Callable[..., LessonProof]

UP_TO_75 = "select(Tea.id).where(Tea.grams <= 75)"


def survivors(proof: LessonProof) -> list[str]:
    mark = "this mutant survives: "
    told = [f.message.split(mark)[1] for f in proof.all_faults() if mark in f.message]
    return [text.splitlines()[0] for text in told]


def test_few_rows_let_mutants_live_and_more_rows_do_not(proved: Prove) -> None:
    weak, strong = proved(UP_TO_75, FEW), proved(UP_TO_75, MANY)
    assert "SELECT tea.id FROM tea WHERE tea.grams < 75" in survivors(weak)
    assert survivors(strong) == []
    assert strong.exercises[0].mutants == weak.exercises[0].mutants > 2
    assert list(strong.all_faults()) == []


@pytest.mark.parametrize(
    ("solution", "mutant"),
    [
        ("select(Tea.rating)", "SELECT DISTINCT tea.rating FROM tea"),
        (
            "select(Origin.country, func.count(Tea.id)).outerjoin(Tea, Tea.origin_id == Origin.id)"
            ".group_by(Origin.id)",
            "SELECT origin.country, COUNT(tea.id) AS count_1 FROM origin "
            "JOIN tea ON tea.origin_id = origin.id GROUP BY origin.id",
        ),
        ("select(func.count(Tea.rating))", "SELECT COUNT(*) AS count_1 FROM tea"),
        (
            "select(Tea.id).where(or_(Tea.rating > 4, Tea.id == 1))",
            "SELECT tea.id FROM tea WHERE tea.rating >= 4 OR tea.id = 1",
        ),
        (
            "select(Tea.id).where(Tea.rating != 3)",
            "SELECT tea.id FROM tea WHERE (tea.rating <> 3 OR tea.rating IS NULL)",
        ),
        (
            "select(Tea.id).where(Tea.name.like('Ool%'))",
            "SELECT tea.id FROM tea WHERE tea.name LIKE 'Ool'",
        ),
        (
            "select(Tea.id).where(Tea.grams.between(50, 75))",
            "SELECT tea.id FROM tea WHERE (tea.grams > 50 AND tea.grams <= 75)",
        ),
    ],
)
def test_rows_that_tell_a_mutant_apart_kill_it(proved: Prove, solution: str, mutant: str) -> None:
    assert mutant in survivors(proved(solution, ONE))
    assert mutant not in survivors(proved(solution, MANY))


@pytest.mark.parametrize(
    "solution",
    [
        "select(Tea.id, Tea.name)",
        "select(Tea.name, Origin.country).join(Origin, Tea.origin_id == Origin.id)",
        "select(func.count(Tea.id))",
        "select(Tea.name, Tea.id).order_by(Tea.id, Tea.name)",
        "select(Tea.id, Origin.country).join(Origin, Tea.origin_id == Origin.id).order_by(Tea.id)",
        "select(Tea.id, Origin.country).where(Tea.origin_id == Origin.id).order_by(Tea.id)",
    ],
)
def test_what_keys_make_equivalent_is_not_asked(proved: Prove, solution: str) -> None:
    living = survivors(proved(solution, MANY))
    assert not any("DISTINCT" in m or "LEFT" in m or "COUNT(*)" in m for m in living)
    assert "SELECT tea.name, tea.id FROM tea ORDER BY tea.id" not in living


@pytest.mark.parametrize(
    "solution",
    [
        "select(Origin.id, Origin.country).join(Tea, Tea.origin_id == Origin.id)",
        "select(Tea.id).select_from(Origin).outerjoin(Tea, Tea.origin_id == Origin.id)",
        "select(Tea.id, Origin.country).join(Origin, Tea.origin_id <= Origin.id)",
    ],
)
def test_what_a_join_may_repeat_is_asked(proved: Prove, solution: str) -> None:
    living = survivors(proved(solution, ONE))
    assert any("DISTINCT" in mutant for mutant in living)


LEAN = TEA + "INSERT INTO tea VALUES (8, 'Assam', 100, 6, 2);\n"
ALIKE = TEA + "INSERT INTO tea VALUES (2, 'Assam', 2, 2, 2);\n"


@pytest.mark.parametrize(
    ("solution", "mutant", "rows"),
    [
        (  # FAN
            "select(Origin.country)",
            "SELECT origin.country FROM origin LEFT JOIN tea ON tea.origin_id = origin.id",
            LEAN,
        ),
        (  # IRP
            "select(Tea.id).where(Tea.grams.between(75, 100))",
            "SELECT tea.id FROM tea WHERE tea.grams BETWEEN 100 AND 100",
            LEAN,
        ),
        (  # IRD
            "select(Tea.rating).order_by(Tea.id)",
            "SELECT tea.origin_id FROM tea ORDER BY tea.id",
            ALIKE,
        ),
        ("select(Tea.grams, Tea.rating)", "SELECT tea.grams, tea.grams FROM tea", ALIKE),  # IRC
        (  # HAV: rows before and after they are grouped
            "select(Tea.origin_id, func.sum(Tea.grams)).group_by(Tea.origin_id)"
            ".having(func.sum(Tea.grams) > 60)",
            "SELECT tea.origin_id, SUM(tea.grams) AS sum_1 FROM tea WHERE tea.grams > 60 "
            "GROUP BY tea.origin_id",
            LEAN,
        ),
        (
            "select(Tea.origin_id, func.count()).where(Tea.grams > 50).group_by(Tea.origin_id)",
            "SELECT tea.origin_id, COUNT(*) AS count_1 FROM tea GROUP BY tea.origin_id "
            "HAVING tea.grams > 50",
            LEAN,
        ),
        ("select(Tea.id, Tea.rating)", "SELECT tea.id, COALESCE(tea.rating, 0) FROM tea", LEAN),
        ("select(func.sum(Tea.rating))", "SELECT SUM(DISTINCT tea.rating) AS sum_1 FROM tea", LEAN),
        ("select(Tea.grams - 60)", "SELECT ABS(tea.grams - 60) AS anon_1 FROM tea", LEAN),
    ],
)
def test_what_a_learner_may_mistake_is_asked(
    proved: Prove, solution: str, mutant: str, rows: str
) -> None:
    assert mutant in survivors(proved(solution, rows))
    assert mutant not in survivors(proved(solution, MANY))


def test_what_no_row_can_tell_apart_is_not_asked(proved: Prove) -> None:
    always = survivors(proved("select(Tea.id).where(or_(Tea.id == 1, literal(1) == 1))", FEW))
    assert not any("1 >= 1" in mutant or "WHERE" not in mutant for mutant in always)
    by_key = "select(Tea.id, func.count()).where(Tea.grams > 50).group_by(Tea.id)"
    assert not any("HAVING" in mutant for mutant in survivors(proved(by_key, MANY)))


@pytest.mark.long
@pytest.mark.parametrize(
    ("script", "mutant", "weak", "strong"),
    [
        (
            "DELETE FROM tea WHERE grams > 90",
            "DELETE FROM tea WHERE grams >= 90",
            FEW,
            "UPDATE tea SET grams = 90 WHERE id = 1;",
        ),
        (
            "UPDATE tea SET rating = 1, grams = 9 WHERE id = 1",
            "UPDATE tea SET rating = 1 WHERE id = 1",
            FEW + "UPDATE tea SET grams = 9 WHERE id = 1;",
            "",
        ),
        ("UPDATE tea SET rating = 9 WHERE grams = 100", "UPDATE tea SET rating = 9", LEAN, ""),
        (
            "INSERT INTO origin (country) VALUES ('Kenya'), ('Peru')",
            "INSERT INTO origin (country) VALUES ('Peru')",
            FEW + "CREATE TRIGGER once BEFORE INSERT ON origin WHEN NEW.country = 'Kenya' "
            "BEGIN SELECT RAISE(IGNORE); END;",
            "",
        ),
    ],
)
def test_sql_that_changes_data_is_mutated_too(
    proved: Prove, script: str, mutant: str, weak: str, strong: str
) -> None:
    change = f"{script} → {mutant}".rstrip()
    living = survivors(proved(script, weak, more="language: sql"))
    assert change in living
    proof = proved(script, FEW + strong, more="language: sql")
    assert change not in survivors(proof)
    assert proof.exercises[0].mutants > 1


@pytest.mark.long
def test_sql_within_python_is_mutated_too(proved: Prove) -> None:
    solution = """\
session.execute(text("UPDATE tea SET rating = :r WHERE grams > 90"), {"r": 1})
session.commit()"""
    assert any("WHERE grams >= 90" in mutant for mutant in survivors(proved(solution, FEW)))
    strong = proved(solution, FEW + "UPDATE tea SET grams = 90 WHERE id = 1;\n")
    assert not any("WHERE grams >= 90" in mutant for mutant in survivors(strong))


@pytest.mark.long
def test_a_solution_that_changes_data_is_mutated_as_python(proved: Prove) -> None:
    solution = """\
for tea in session.scalars(select(Tea).where(Tea.grams > 90)):
    tea.rating = 1
session.commit()"""
    weak = survivors(proved(solution, FEW))
    assert "Tea.grams > 90 → Tea.grams >= 90" in weak
    assert not any("commit" in mutant for mutant in weak)
    strong = proved(solution, FEW + "UPDATE tea SET grams = 90 WHERE id = 1;\n")
    assert "Tea.grams > 90 → Tea.grams >= 90" not in survivors(strong)


KILLED_BY_ROWS = [
    (UP_TO_75, FEW, "WHERE tea.grams < 75"),
    ("select(Tea.rating)", FEW, "DISTINCT"),
    ("select(Origin.country).join(Tea, Tea.origin_id == Origin.id)", FEW, "LEFT"),
    ("select(Origin.country)", LEAN, "LEFT JOIN tea"),
    ("select(Tea.id).where(Tea.rating != 3)", FEW, "IS NULL"),
    ("select(Tea.id).where(Tea.name.like('Ool%'))", FEW, "'%Ool%'"),
    ("select(Tea.id).order_by(Tea.grams, Tea.rating.desc())", FEW, "ORDER BY tea.grams"),
    (
        "select(Tea.origin_id, func.sum(Tea.grams)).group_by(Tea.origin_id)"
        ".having(func.sum(Tea.grams) > 60)",
        LEAN,
        "WHERE tea.grams > 60",
    ),
]


@pytest.mark.long
@pytest.mark.parametrize(("solution", "rows", "mutant"), KILLED_BY_ROWS)
def test_rows_that_would_kill_a_survivor_are_found_and_do(
    proved: Prove, solution: str, rows: str, mutant: str
) -> None:
    proof = proved(solution, rows)
    told = [f.message for f in proof.all_faults() if mutant in f.message.splitlines()[0]]
    assert told
    message = min(told, key=len)
    added = [line.strip() for line in message.splitlines() if line.startswith("    INSERT")]
    assert 1 <= len(added) <= 3
    shown = message.splitlines()[0].split("survives: ")[1]
    assert shown not in survivors(proved(solution, rows + "\n".join(added)))


@pytest.mark.long
def test_rows_that_would_kill_a_mutant_of_a_program_are_found(proved: Prove) -> None:
    solution = """\
for tea in session.scalars(select(Tea).where(Tea.grams > 90)):
    tea.rating = 1
session.commit()"""
    proof = proved(solution, FEW)
    (message,) = (f.message for f in proof.all_faults() if "grams >= 90" in f.message)
    added = [line.strip() for line in message.splitlines() if line.startswith("    INSERT")]
    assert not any("grams >= 90" in m for m in survivors(proved(solution, FEW + "\n".join(added))))


def test_what_is_declared_equivalent_is_left_out(proved: Prove) -> None:
    mutants = survivors(proved(UP_TO_75, FEW))
    entries = "".join(f'  - mutant: "{mutant}"\n    because: of the test.\n' for mutant in mutants)
    proof = proved(UP_TO_75, FEW, more=f"equivalent:\n{entries}")
    assert list(proof.all_faults()) == []
    assert proof.exercises[0].survivors == len(mutants) > 0


def test_a_declaration_that_fits_no_survivor_is_told_where_it_stands(proved: Prove) -> None:
    more = "equivalent:\n  - mutant: SELECT 1\n    because: it was one once."
    (fault,) = proved(UP_TO_75, MANY, more=more).all_faults()
    assert "SELECT 1" in fault.message
    assert fault.warning
    assert fault.place.line > 1


@pytest.mark.parametrize("strict", [False, True])
def test_a_strict_course_takes_neither_survivors_nor_idle_declarations(
    proved: Prove, strict: bool
) -> None:
    more = "equivalent:\n  - mutant: SELECT 1\n    because: it was one once."
    faults = list(proved(UP_TO_75, FEW, more=more, strict=strict).all_faults())
    assert len(faults) > 1
    assert {fault.warning for fault in faults} == {not strict}


def test_mutants_can_be_left_out(proved: Prove) -> None:
    proof = proved(UP_TO_75, FEW, mutants=False)
    assert list(proof.all_faults()) == []
    assert proof.exercises[0].mutants == 0


class Counting(Runners):
    """Runners that tell how often one was asked for."""

    asked = 0

    def of(self, world: World) -> Runner:
        self.asked += 1
        return super().of(world)


def test_what_has_not_changed_is_not_run_again(proved: Prove, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    runners = Counting()
    with closing(runners):
        first = proved(UP_TO_75, FEW, cache=kept, use=runners)
        before = runners.asked
        again = proved(UP_TO_75, FEW, cache=kept, use=runners)
        assert runners.asked == before
        assert list(first.all_faults()) == list(again.all_faults()) != []
        proved(UP_TO_75, MANY, cache=kept, use=runners)
        assert runners.asked > before


def test_a_damaged_entry_is_as_good_as_none(proved: Prove, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    first = proved(UP_TO_75, FEW, cache=kept)
    for file in (kept / "proofs").iterdir():
        file.write_bytes(b"{")
    again = proved(UP_TO_75, FEW, cache=kept)
    assert list(again.all_faults()) == list(first.all_faults())


def test_a_machine_too_busy_to_make_mutants_is_told_and_ends_no_proof(
    proved: Prove, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = Runner.ask

    def busy(runner: Runner, question: dict[str, Any]) -> Any:
        if "tables" in question:
            raise NoAnswer("no time", ours=True)
        return ask(runner, question)

    monkeypatch.setattr(Runner, "ask", busy)
    told = [fault.message for fault in proved(UP_TO_75, MANY).all_faults()]
    assert told == ["first/one: This failed: no time"]

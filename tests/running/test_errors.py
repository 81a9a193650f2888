"""How what the learner's code raises is told."""

import pytest

from .conftest import Go


@pytest.mark.parametrize(
    ("code", "kind", "line"),
    [
        ("x = 1\n1/0", "ZeroDivisionError", 2),
        ("def f():\n    1/0\n\nf()", "ZeroDivisionError", 2),
        ("select(Custmer)", "NameError", 1),
        ("if True\n    pass", "SyntaxError", 1),
        ("x = 1\n  y = 2", "IndentationError", 2),
        ("(" * 300 + ")" * 300, "SyntaxError", 1),
        ("x = 1\ny = '\0'", "SyntaxError", 2),
        ("x = 1\ny = '\ud800'", "SyntaxError", 2),
        ("-" * 200_000 + "1", "SyntaxError", 1),
        ("await x", "SyntaxError", 1),
        ("return 5", "SyntaxError", 1),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", 1),
        ("class E(BaseException): pass\nraise E('x')", "E", 2),
        ("def f(): f()\nf()", "RecursionError", 1),
        ("input()", "EOFError", 1),
        ("session.execute('SELECT 1')", "ArgumentError", 1),
        ("text('SELECT nonsense')", "OperationalError", 1),
        ("raise Exception", "Exception", 1),
    ],
)
def test_errors_have_class_and_line(go: Go, code: str, kind: str, line: int) -> None:
    run = go(code)
    assert run.status == "error"
    assert (run.error.type, run.error.line) == (kind, line)
    assert run.result is None


def test_a_byte_order_mark_and_crlf_are_no_error(go: Go) -> None:
    assert go("\ufeffx = 1\r\nx + 1\r\n").result.rows == [(2,)]


def test_only_own_lines_are_told(go: Go) -> None:
    run = go("def load():\n    session.get(Customer, 1, 2, 3)\n\nload()")
    assert run.error.lines == [4, 2]


def test_the_message_is_whole_without_the_link(go: Go) -> None:
    run = go("session.execute(text('SELECT nope FROM customers WHERE id = :i'), {'i': 5})")
    error = run.error
    assert error.code == "e3q8"
    assert error.orig == "OperationalError"
    assert "Background on this error" not in error.message
    assert "no such column: nope" in error.message
    assert "[parameters: (5,)]" in error.message
    assert error.context["orig"] == "no such column: nope"


def test_context_of_an_attribute_error(go: Go) -> None:
    run = go("Customer.nme")
    assert run.error.type == "AttributeError"
    assert run.error.context["name"] == "nme"
    assert run.error.context["class"] == "Customer"


def test_statements_before_an_error_are_kept(go: Go) -> None:
    run = go("print('before')\nsession.scalar(select(1))\n1/0")
    assert run.output == "before\n"
    assert len(run.statements) == 2


def test_an_error_whose_str_fails_is_told(go: Go) -> None:
    run = go("class E(Exception):\n    def __str__(self): return 1/0\nraise E")
    assert run.error.message == "<E: its str() raised ZeroDivisionError>"


def test_a_broken_mapping_does_not_reach_the_next_run(go: Go) -> None:
    broken = (
        "class Broken(Base):\n    __tablename__ = 'b'\n    id: Mapped[int] = mapped_column(primary_key=True)\n"
        "    x: Mapped['Nowhere'] = relationship()\nselect(Broken)"
    )
    run = go(broken)
    assert run.error.type == "InvalidRequestError"
    assert go("select(Customer)").result.total == 3

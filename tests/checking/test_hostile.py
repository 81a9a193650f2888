"""Answers that want the search for reasons to take long: it is done beside other students' runs."""

import time
from collections.abc import Callable

import pytest

from playground.checking import Verdict

FORGED = """
class {type}(Exception):
    pass
{before}
raise {type}({message})
"""
SENT = """
try:
    session.execute(text({sql}))
except Exception:
    pass
session.execute(select(Customer.email)).all()
"""
MANY = """
for number in range(19_500):
    session.execute(text("SELECT name FROM customers WHERE id = :id"), {"id": number})
session.execute(select(Customer.email)).all()
"""
UNKNOWN_NAME = """ "expression 'a' failed to locate a name (\\"name 'unknown'" """


@pytest.mark.parametrize(
    "answer",
    [
        FORGED.format(type="TypeError", before="", message="'n' * 20_000"),
        FORGED.format(type="TypeError", before="", message="'a.' * 10_000"),
        FORGED.format(type="AttributeError", before="", message="'n' * 20_000"),
        FORGED.format(
            type="InvalidRequestError",
            before="class Own:\n    x = 1\n" + "\n" * 100_000 + "    y = 2",
            message=UNKNOWN_NAME,
        ),
        SENT.format(sql="'SELECT ' + '[' * 100_000"),
        SENT.format(sql="'SELECT ' + '/* ' * 100_000"),
        MANY,
    ],
    ids=[
        "a long word",
        "a long dotted name",
        "a long attribute",
        "blank lines",
        "open brackets",
        "open comments",
        "many queries",
    ],
)
def test_a_reason_is_found_in_little_time(ask: Callable[..., Verdict], answer: str) -> None:
    began = time.process_time()
    verdict = ask("select(Customer.name)", answer)
    assert verdict.verdict in ("fail", "error")
    assert verdict.findings
    assert time.process_time() - began < 5

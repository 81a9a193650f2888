"""Whatever bytes a child sends, the trusted side has an answer or refuses it."""

import contextlib
import json
import os
import socket
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.running import Special
from playground.running.channel import DeadlinePassed, PolledChannel
from playground.running.child import frames
from playground.running.wire import (
    InvalidFrame,
    decode_answer,
    decode_page,
    decode_preloaded,
    decode_sign,
    decode_state,
)

ANSWER = ["ok", [], 0, None, [], False, None, None]
STATEMENT = ["SELECT ?", None, [1], None, "select", 1, None, 1, 0.5, 1]


def sent(value: object) -> bytes:
    return json.dumps(value).encode()


def changed(position: int, value: object) -> list[object]:
    return [*ANSWER[:position], value, *ANSWER[position + 1 :]]


def test_an_answer() -> None:
    answer = decode_answer(sent(changed(1, [STATEMENT])))
    assert answer.status == "ok"
    assert answer.statements[0].parameters == [1]
    row = ["x" * 10_000, ["int", "9" * 10_000, None]]
    result = decode_answer(
        sent(changed(7, [["a", "b"], 1, False, [None] * 2, None, False, [row]]))
    ).result
    assert result is not None
    assert result.rows == [(row[0], Special("int", "9" * 10_000, None))]


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"null",
        b"{}",
        b"[]",
        b"[" * 200_000,
        b"\x80\x04\x95",
        b"\xff\xfe",
        sent(ANSWER) + sent(ANSWER),
        sent([*ANSWER, 1]),
        sent(ANSWER[:-1]),
        sent(changed(0, "passed")),
        sent(changed(0, "sandbox-error")),
        sent(changed(2, -1)),
        sent(changed(2, 2**60)),
        sent(changed(2, True)),
        sent(changed(5, 1)),
        sent(changed(6, 7)),
        sent(changed(1, [STATEMENT[:-1]])),
        sent(changed(1, [STATEMENT] * 20_001)),
        sent(changed(1, [["x" * 1_000_001, *STATEMENT[1:]]])),
        sent(changed(1, [["x" * 900_000, *STATEMENT[1:]]] * 24)),
        sent(changed(1, [[*STATEMENT[:2], [["str", "x" * 10_000, None]] * 2_200, *STATEMENT[3:]]])),
        sent(changed(1, [[*STATEMENT[:2], [1] * 1_100_000, *STATEMENT[3:]]])),
        sent(changed(1, [[*STATEMENT[:6], "x" * 1_001, *STATEMENT[7:]]])),
        sent(changed(7, [["a"] * 10_001, 0, False, [None] * 10_001, None, False, []])),
        sent(changed(7, [["a" * 10_001], 0, False, [None], None, False, []])),
        sent(changed(1, [[*STATEMENT[:1], ["a"], [1, 2], *STATEMENT[3:]]])),
        sent(changed(1, [[*STATEMENT[:1], ["a", "a"], [1, 2], *STATEMENT[3:]]])),
        sent(changed(1, [[*STATEMENT[:4], "drop", *STATEMENT[5:]]])),
        sent(changed(1, [[*STATEMENT[:8], float("nan"), 1]])),
        sent(changed(7, [["a"], 1, False, [None], None, False, [[{"type": "x", "text": "y"}]]])),
        sent(changed(7, [["a"], 1, False, [None], None, False, [[float("inf")]]])),
        sent(changed(7, [["a"], 1, False, [None], None, False, [[1, 2]]])),
        sent(changed(7, [["a"], 0, False, [None], None, False, [[1]]])),
        sent(changed(7, [["a"], 1, False, [], None, False, [[1]]])),
        sent(changed(7, [["a"], 1, False, [None], 0, False, [[1]]])),
        sent(changed(7, [["a"], 1, False, [None], None, False, [[2**64]]])),
        sent(changed(7, [["a"], 1, False, [None], None, False, [["\ud800"]]])),
        sent(changed(7, [["a"], 1, False, [None], None, False, [["x" * 10_001]]])),
        sent(changed(7, [["a"], 1, False, [None], None, False, [[["int", "9" * 10_001, None]]]])),
        sent(changed(7, [["a"], 1, False, [None], None, False, [[["x" * 1001, "", None]]]])),
        sent(changed(3, ["E", None, "x" * 20_001, 1, [1], None, []])),
        sent(changed(3, ["E", None, "x", 1, [1] * 101, None, []])),
        sent(changed(4, [["W", "x" * 20_001, 1]])),
        sent(changed(4, [["W", "x", 1]] * 101)),
    ],
)
def test_hostile_answers_are_refused(frame: bytes) -> None:
    with pytest.raises(InvalidFrame):
        decode_answer(frame)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=20,
)
_decoders = [
    decode_answer,
    decode_state,
    decode_preloaded,
    decode_sign,
    lambda frame: decode_page(frame, columns=2, count=3),
]


@given(st.binary(max_size=300) | _json.map(sent), st.sampled_from(_decoders))
def test_no_bytes_raise_anything_else(frame: bytes, decode: object) -> None:
    with contextlib.suppress(InvalidFrame):
        decode(frame)  # type: ignore[operator]


@given(st.data())
def test_an_answer_with_one_part_changed_is_an_answer_or_refused(data: st.DataObject) -> None:
    value = changed(1, [STATEMENT])
    target: list[object] = value
    if data.draw(st.booleans()):
        target = value[1][0]  # type: ignore[index]
        target = value[1][0] = list(target)  # type: ignore[index]
    target[data.draw(st.integers(0, len(target) - 1))] = data.draw(_json)
    try:
        answer = decode_answer(sent(value))
    except InvalidFrame:
        return
    for statement in answer.statements:
        for cell in statement.parameters or []:
            assert cell is None or isinstance(cell, (bool, int, float, str, Special))


_cell = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
)


@given(st.lists(st.tuples(_cell, _cell), max_size=5))
def test_rows_arrive_as_they_were_sent(rows: list[tuple[object, object]]) -> None:
    got = decode_page(frames.encode(rows), columns=2, count=5)
    assert [[repr(cell) for cell in row] for row in got] == [
        [repr(cell) for cell in row] for row in rows
    ]


@given(st.text(max_size=50))
def test_text_is_always_sent_as_valid_utf8(text: str) -> None:
    frames.encode([text]).decode()


@pytest.mark.skipif(sys.platform == "win32", reason="nothing polls a pipe there")
def test_a_frame_that_is_there_when_the_deadline_has_passed_came_in_time() -> None:
    ours, theirs = socket.socketpair()
    reading, writing = os.pipe()
    channel = PolledChannel(ours, reading)
    wire = frames.Wire(theirs.fileno(), theirs.fileno())
    wire.send(b"first")
    wire.send(b"second" * 10_000)
    try:
        assert channel.receive(deadline=0.0) == b"first"
        assert channel.receive(deadline=0.0) == b"second" * 10_000
        with pytest.raises(DeadlinePassed):
            channel.receive(deadline=0.0)
    finally:
        channel.close()
        theirs.close()
        os.close(writing)

"""The picture of a database: keys, references both ways, at any width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from playground.databases import ColumnSchema, TableSchema
from playground.tui.picture import picture

ID = ColumnSchema("id", "INTEGER", False, True)


def column(name: str, references: str | None = None, *, key: bool = False) -> ColumnSchema:
    return ColumnSchema(name, "INTEGER", not key, key, references)


SHOP = (
    TableSchema(
        "order_items",
        (column("order_id", "orders.id", key=True), column("qty")),
        184,
        "OrderItem",
    ),
    TableSchema("orders", (ID, column("customer_id", "customers.id")), 77, "Order"),
    TableSchema(
        "customers", (ID, column("friend_id", "customers.id"), column("name")), 1, "Customer"
    ),
)


def lines(room: int) -> list[str]:
    return str(picture(SHOP, room)).split("\n")


def test_the_tree_tells_what_hangs_on_what() -> None:
    assert lines(40)[:3] == ["customers  → customers", "╰─ orders", "   ╰─ order_items"]


def test_a_box_has_keys_types_and_references_both_ways() -> None:
    shown = lines(60)
    start = shown.index("╭ orders ─ Order ─ 77 rows ────────────────╮")
    assert shown[start + 1 : start + 6] == [
        "│ PK id           INTEGER                  │",
        "│ FK customer_id  INTEGER?  → customers.id │",
        "├──────────────────────────────────────────┤",
        "│ ← order_items.order_id                   │",
        "╰──────────────────────────────────────────╯",
    ]
    assert any(line.startswith("│ PK FK order_id  INTEGER  → orders.id") for line in shown)


def test_where_there_is_less_room_a_reference_has_a_line_of_its_own() -> None:
    shown = lines(32)
    place = next(i for i, line in enumerate(shown) if "FK customer_id" in line)
    assert "→" not in shown[place]
    assert "→ customers.id" in shown[place + 1]


def test_boxes_stand_side_by_side_where_there_is_room() -> None:
    assert any(line.count("╭") == 2 for line in lines(120))
    assert all(line.count("╭") < 2 for line in lines(60))


def test_tables_in_a_circle_are_all_told() -> None:
    circle = (
        TableSchema("a", (column("b_id", "b.id"),), 0),
        TableSchema("b", (column("a_id", "a.id"), column("lost_id", "nowhere.id")), 0),
    )
    assert str(picture(circle, 40)).split("\n")[:3] == ["a", "╰─ b", "   ╰─ a"]


def test_no_tables_are_told() -> None:
    assert str(picture((), 40)) == "This database has no tables yet."


@pytest.mark.parametrize("model", [None, "A" * 50])
@given(name=st.text(max_size=60), kind=st.text(max_size=60), room=st.integers(16, 130))
def test_any_names_stay_in_their_room(model: str | None, name: str, kind: str, room: int) -> None:
    table = TableSchema(
        name, (ID, ColumnSchema(name, kind, True, False, f"{name}.id")), 10**12, model
    )
    boxes = str(picture((table, TableSchema("b", (ID,), 0)), room)).split("╭", 1)[1]
    assert all(cell_len(line) <= room for line in boxes.split("\n"))

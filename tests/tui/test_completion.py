"""What is suggested for the word before the cursor, on the names that a run really has."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.course import bundled_course
from playground.databases import Databases
from playground.running import Preloaded, Runners
from playground.tui.completion import Completer


@pytest.fixture(scope="module")
def completer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Completer]:
    with Runners() as runners:
        cache = tmp_path_factory.mktemp("images")
        database = Databases(bundled_course(), cache=cache, runners=runners).open(
            "shop", beside=None
        )
        known: Preloaded = runners.of(database.world).describe()
        yield Completer(known)


def whole_words(completer: Completer, before: str, language: str = "python") -> list[str]:
    word = before[len(before.rstrip("abcdefghijklmnopqrstuvwxyz_ABCDEFGHIJKLMNOPQRSTUVWXYZ")) :]
    return [word + rest for rest in completer.candidates(before, before, language)]


@pytest.mark.parametrize(
    ("before", "first"),
    [
        ("select(Rev", "Review"),
        ("select(Review.rat", "rating"),
        ("select(Review).wh", "where"),
        ("select(Review).where(Review.rating > 3).ord", "order_by"),
        ("select(Review)\n    .where(Review.rating.is_(None))\n    .lim", "limit"),
        ("session.comm", "commit"),
        ("session.scalars(select(Review)).al", "all"),
        ("session.execute(select(Review.id, Review.rating)).fetchm", "fetchmany"),
        ("select(Review.rating.is_n", "is_not"),
        ("update(Order).val", "values"),
        ("review = 1\nrev", "review"),
        ("sele", "select"),
        ("x = [select(Customer.ema", "email"),
    ],
)
def test_in_python(completer: Completer, before: str, first: str) -> None:
    assert whole_words(completer, before)[0] == first


@pytest.mark.parametrize(
    ("before", "first"),
    [
        ("SELECT * FROM rev", "reviews"),
        ("select id from reviews whe", "where"),
        ("SELECT id FROM reviews WHE", "WHERE"),
        ("select reviews.rat", "rating"),
        ("select r.id from reviews as r where r.rat", "rating"),
        ("select c.id from customers c where c.ema", "email"),
    ],
)
def test_in_sql(completer: Completer, before: str, first: str) -> None:
    assert whole_words(completer, before, "sql")[0] == first


@pytest.mark.parametrize(
    "before", ["", "s", "select", "nobody.na", "1.", "'text'.", ").", "Review.rating.desc.", "= "]
)
def test_nothing_is_suggested_where_nothing_is_known(completer: Completer, before: str) -> None:
    found = completer.candidates(before, before, "python")
    assert not found or before == "select"  # `select` may go on: selectinload


@given(before=st.text(max_size=60), language=st.sampled_from(["python", "sql"]))
def test_whatever_is_typed_a_suggestion_only_ends_the_word(before: str, language: str) -> None:
    completer = Completer(Preloaded((), ()))
    for rest in completer.candidates(before, before, language):
        assert rest
        assert all(letter == "_" or letter.isalnum() for letter in rest)

"""What every test shares: nothing of the developer's own settings leaks in."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground import texts


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, English texts, no settings from outside."""
    for name in list(os.environ):
        if name.startswith("PLAYGROUND_"):
            monkeypatch.delenv(name)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    monkeypatch.setenv("PLAYGROUND_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Texts are English unless a test asks for another language; it does not leak out."""
    texts.use("en")
    yield
    texts.use("en")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A long run hangs only when it takes far longer than the others may."""
    for item in items:
        if item.get_closest_marker("long") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(900))

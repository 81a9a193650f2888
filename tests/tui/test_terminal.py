"""How the app ends when its terminal does: a real process on a real pseudo-terminal."""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")

PROGRAM = """
import json, sys
from pathlib import Path
from playground import tui
from playground.settings import Settings, find_places
from tests.tui.scripted import ScriptedStudy
folder = Path(sys.argv[1])
study = ScriptedStudy()
status = tui.run(
    lambda _language: study, opening=None, settings=Settings(), places=find_places(folder)
)
(folder / "drafts.json").write_text(json.dumps(study.drafts))
sys.exit(status)
"""


class Session:
    """The app in a terminal that nobody else holds, and that is no controlling one."""

    def __init__(self, folder: Path) -> None:
        self.master, slave = os.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder)],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "140", "LINES": "40"},
        )
        os.close(slave)
        self.drawn = b""

    def read_until(self, text: bytes) -> None:
        """Read what is drawn until `text` is there, or nothing comes any more."""
        limit = time.monotonic() + 30
        while text not in self.drawn and time.monotonic() < limit:
            if not select.select([self.master], [], [], 1)[0]:
                continue
            try:
                data = os.read(self.master, 65536)
            except OSError:
                return
            self.drawn += data


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """The app, its course open, with a character typed into the answer."""
    session = Session(tmp_path)
    session.read_until(b"isolation")
    os.write(session.master, b"\xc2\xa7")
    session.read_until("§".encode())
    yield session
    session.process.kill()
    session.process.wait()
    with contextlib.suppress(OSError):
        os.close(session.master)


def kept(folder: Path) -> str:
    """The draft that the app left behind."""
    return str(json.loads((folder / "drafts.json").read_text())["unrated"])


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_keeps_the_draft_and_restores_the_terminal(
    session: Session, tmp_path: Path, name: str
) -> None:
    number = signal.Signals[name]
    session.process.send_signal(number)
    session.read_until(b"\x1b[?1049l")
    assert b"\x1b[?1049l" in session.drawn
    assert session.process.wait(30) == 128 + number
    assert "§" in kept(tmp_path)


def test_the_app_ends_with_its_terminal(session: Session, tmp_path: Path) -> None:
    os.close(session.master)
    assert session.process.wait(30) == 128 + signal.SIGHUP
    assert "§" in kept(tmp_path)


def test_alt_with_a_digit_goes_to_a_pane_and_types_nothing(
    session: Session, tmp_path: Path
) -> None:
    os.write(session.master, b"\x1b4")  # what terminals send for Alt+4: on to the lesson's text
    os.write(session.master, b"\x1b2")
    os.write(session.master, b"\xc2\xb6")
    session.read_until("¶".encode())
    session.process.send_signal(signal.SIGTERM)
    session.process.wait(30)
    draft = kept(tmp_path)
    assert "¶" in draft
    assert not set("¢™") & set(draft)

"""What comes back is a claim: forged frames, lying objects, a poisoned interpreter."""

import json
import pickle

import pytest

from playground.running import Limits
from tests.hostile.arena import QUICK, TITLES, Arena, peak_memory

DEEP = "[" * 200_000 + "]" * 200_000
FRAMES = {
    "nothing": b"",
    "no JSON": b"\xff\xfe\x00",
    "deep": DEEP.encode(),
    "NaN": b'["ok",[],0,null,[],false,null,[["a"],1,false,[null],null,false,[[NaN]]]]',
    "infinity": b'["ok",[],0,null,[],false,null,[["a"],1,false,[null],null,false,[[Infinity]]]]',
    "a huge number": b'["ok",[],0,null,[],false,null,[["a"],1,false,[null],null,false,[['
    + b"9" * 5000
    + b"]]]]",
    "an object": b'{"status": "ok", "status": "ok"}',
    "the word pass": b'"pass"',
    "a verdict": b'{"verdict": "pass", "points": 100}',
    "a status of ours": b'["sandbox-error",[],0,null,[],false,null,null]',
    "a row too long": b'["ok",[],0,null,[],false,null,[["a"],1,false,[null],null,false,[[1,2]]]]',
    "a negative total": b'["ok",[],0,null,[],false,null,[["a"],-1,false,[null],null,false,[]]]',
    "a statement too few": b'["ok",[],0,null,[],false,null,[["a"],1,false,[null],7,false,[[1]]]]',
    "a lone surrogate": b'["ok",[],0,null,[],false,null,[["\\ud800"],1,false,[null],null,false,[[1]]]]',
    "two values": b'["ok",[],0,null,[],false,null,null]["ok"]',
    "a pickle": pickle.dumps(print),
    "a pickle in text": json.dumps(pickle.dumps(print).decode("latin-1")).encode(),
}
WRITE = """
    import os, struct
    frame = {frame!r}
    data = struct.pack({header!r}, len(frame)) + frame
    for number in range(3, 40):
        try: os.write(number, data)
        except OSError: pass
    os._exit(0)
"""


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_that_is_none_is_refused(quick_arena: Arena, name: str) -> None:
    run = quick_arena.attack(WRITE.format(frame=FRAMES[name], header=">Q"), QUICK)
    assert run.status in ("invalid-result", "exited-early")
    assert run.result is None


@pytest.mark.parametrize("header", [2**40, 2**63, 2**64 - 1])
def test_a_length_that_lies_takes_no_memory(quick_arena: Arena, header: int) -> None:
    code = f"""
        import os, struct
        for number in range(3, 40):
            try: os.write(number, struct.pack('>Q', {header}) + b'x' * 1000)
            except OSError: pass
        while True: pass
    """
    run = quick_arena.attack(code, QUICK)
    assert run.status in ("invalid-result", "timeout")
    assert run.elapsed_ms < 5000


def test_a_frame_that_never_ends_is_a_timeout(quick_arena: Arena) -> None:
    code = """
        import os, struct
        for number in range(3, 40):
            try: os.write(number, struct.pack('>Q', 1000) + b'x')
            except OSError: pass
        while True: pass
    """
    assert quick_arena.attack(code, QUICK).status in ("timeout", "invalid-result")


def test_a_flood_of_frames_takes_no_memory(quick_arena: Arena) -> None:
    code = """
        import os
        while True:
            for number in range(3, 40):
                try: os.write(number, bytes(65536))
                except OSError: pass
    """
    run = quick_arena.attack(code, QUICK)
    assert run.status in ("timeout", "invalid-result", "output")


@pytest.mark.parametrize(
    "value", ["[1],", *(pytest.param(v, marks=pytest.mark.long) for v in ("[1.5],", '["aa"],'))]
)
def test_an_answer_of_many_small_values_takes_little_memory(quick_arena: Arena, value: str) -> None:
    code = f"""
        import os, struct
        value = {value!r}.encode()
        head = b'["ok",[],0,null,[],false,null,[["a"],90000000,false,[null],null,false,['
        rows = (value * (100_000_000 // len(value)))[:-1]
        data = struct.pack('>Q', len(head) + len(rows) + 3) + head + rows + b']]]'
        for number in range(3, 40):
            try:
                os.set_blocking(number, True)
                for start in range(0, len(data), 1_000_000): os.write(number, data[start:start + 1_000_000])
            except OSError: pass
    """
    before = peak_memory()
    run = quick_arena.attack(code, Limits(seconds=10.0, memory_mb=600))
    assert run.status in ("invalid-result", "exited-early")
    assert peak_memory() - before < 700_000_000


LISTED = {
    "statements without end": '[\'["",null,null,null,"select",1,null,1,0.1,1]\'] * 900_000',
    "a statement of 140 MB": "['[\"SELECT ' + 'x' * 140_000_000 + '\",null,null,null,\"select\",1,null,1,0.1,1]']",
    "a statement of many values": "['[\"\",null,[' + '1,' * 9_000_000 + '1],null,\"select\",1,null,1,0.1,1]']",
}


@pytest.mark.parametrize("name", LISTED)
def test_a_forged_list_of_statements_is_no_longer_than_one_of_ours(
    quick_arena: Arena, name: str
) -> None:
    code = f"""
        import os, struct
        data = ('["ok",[' + ','.join({LISTED[name]}) + '],0,null,[],false,null,null]').encode()
        view = memoryview(struct.pack('>Q', len(data)) + data)
        for number in range(3, 40):
            try:
                while view: view = view[os.write(number, view[:1_000_000]):]
            except OSError: pass
        os._exit(0)
    """
    run = quick_arena.attack(code, Limits(seconds=20.0))
    assert run.status == "invalid-result"


def test_a_forged_answer_is_a_claim_that_the_state_does_not_share(quick_arena: Arena) -> None:
    frame = b'["ok",[],0,null,[],true,"playground.db",[["n"],1,false,[null],null,false,[[99]]]]'
    run = quick_arena.attack(WRITE.format(frame=frame, header=">Q"), QUICK, state=True)
    if run.state is not None:
        table = run.state.table("songs")
        assert table is not None
        assert table.total == len(TITLES)


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../../etc/passwd",
        "/proc/self/mem",
        "/dev/zero",
        "",
        "\0",
        "x" * 5000,
        ".",
        "..",
    ],
)
def test_a_forged_name_of_the_database_reads_nothing_else(quick_arena: Arena, name: str) -> None:
    frame = json.dumps(["ok", [], 0, None, [], True, name, None]).encode()
    run = quick_arena.attack(WRITE.format(frame=frame, header=">Q"), QUICK, state=True)
    assert run.state is None or not run.state.tables


@pytest.mark.parametrize("name", ["deep", "a pickle"])
def test_a_frame_of_a_spawned_child_is_refused(arena: Arena, name: str) -> None:
    run = arena.attack(WRITE.format(frame=FRAMES[name], header=">Q"), QUICK)
    assert run.status in ("invalid-result", "exited-early")


LIARS = {
    "a text that equals everything": "class T(str):\n    def __eq__(self, other): return True\n    __hash__ = str.__hash__\n[(T('x'),)]",
    "a number that equals everything": "class N(int):\n    def __eq__(self, other): return True\n    __hash__ = int.__hash__\n[(N(1),)]",
    "a text that is another when read": "class T(str):\n    def __str__(self): return 'y'\n    def __repr__(self): return 'y'\n    def encode(self, *a): return b'y'\n[(T('x'),)]",
    "a row that grows": "class R(tuple):\n    def __len__(self): return 10 ** 9\n[R((1,))]",
    "a list that lies about its length": "class L(list):\n    def __len__(self): return -1\nL([(1,)])",
    "an object without a repr": "class A:\n    def __repr__(self): raise ValueError\nA()",
    "an object whose repr is no text": "class A:\n    def __repr__(self): return 1\nA()",
    "an object whose class lies": "class A:\n    __class__ = property(lambda self: list)\nA()",
    "an object that answers every name": "class A:\n    def __getattr__(self, name): return self\n    def __call__(self, *a, **k): return self\n    def __iter__(self): return self\n    def __next__(self): return self\nA()",
    "a list that holds itself": "l = []\nl.append(l)\nl",
    "a deep list": "l = []\nfor _ in range(100_000): l = [l]\nl",
    "a column with a strange name": "session.execute(text('SELECT 1 AS \"[@click=app.quit]x\\u001b[31m\"'))",
}


@pytest.mark.parametrize("name", LIARS)
def test_a_lying_value_is_only_data(quick_arena: Arena, name: str) -> None:
    run = quick_arena.attack(LIARS[name], QUICK)
    assert run.status in ("ok", "error", "crashed", "timeout", "memory", "invalid-result")
    if run.result is not None:
        kinds = {type(cell).__name__ for row in run.result.rows for cell in row}
        assert kinds <= {"str", "int", "Special", "NoneType", "float", "bool"}


def test_escapes_and_markup_come_as_text(quick_arena: Arena) -> None:
    run = quick_arena.attack("print('\\x1b]0;title\\x07[@click=app.quit]x')\n'=cmd()'", QUICK)
    assert run.output == "\x1b]0;title\x07[@click=app.quit]x\n"
    assert run.result is not None
    assert run.result.rows == [("=cmd()",)]


POISON = {
    "builtins": "import builtins\nbuiltins.len = builtins.list = builtins.str = builtins.isinstance = lambda *a: 1",
    "builtins taken away": "import builtins\nfor n in list(vars(builtins)): delattr(builtins, n)",
    "json": "import json\njson.dumps = json.dumps.__class__('', (), {}) if 0 else (lambda *a, **k: '\"pass\"')",
    "sqlalchemy.text": "import sqlalchemy\nsqlalchemy.text = sqlalchemy.select = None",
    "the dialect": "engine.dialect.do_execute = lambda *a, **k: None",
    "the events": "from sqlalchemy import event\nfrom sqlalchemy.engine import Engine\nevent.listen(Engine, 'before_cursor_execute', lambda *a: 1/0)",
    "the mapper": "Song.__mapper__.dispose() if hasattr(Song.__mapper__, 'dispose') else None\nclass Song2(Base):\n    __tablename__ = 'songs2'\n    id = mapped_column(Integer, primary_key=True)\n    other = relationship('Missing')",
    "the modules": "import sys\nfor n in list(sys.modules): sys.modules[n] = None",
    "the import system": "import sys\nsys.meta_path.clear()\nsys.path.clear()\nsys.path_hooks.clear()",
    "the streams": "import sys\nsys.stdout = sys.stderr = sys.__stdout__ = None",
    "the frames of the child": (
        "import sys\nf = sys._getframe()\nwhile f:\n    for v in list(f.f_locals.values()):\n"
        "        for n in ('status', 'answer', 'run', 'send'):\n"
        "            try: setattr(v, n, 'ok')\n            except Exception: pass\n    f = f.f_back"
    ),
    "the collector": "import gc\nfor o in gc.get_objects():\n    if isinstance(o, dict) and 'job' in o: o.clear()",
    "the database": "session.execute(text('DROP TABLE songs'))\nsession.commit()",
    "the file of the database": "import os\nfor n in os.listdir('.'): open(n, 'wb').write(b'not a database' * 1000)",
    "no file of the database": "import os\nfor n in os.listdir('.'): os.remove(n)",
    "the schema of the database": (
        "session.execute(text('PRAGMA writable_schema = 1'))\n"
        "session.execute(text(\"UPDATE sqlite_schema SET sql = 'garbage'\"))\nsession.commit()"
    ),
    "the pages of the database": "session.execute(text('PRAGMA max_page_count = 2'))\nsession.commit()",
}


@pytest.mark.parametrize("name", POISON)
def test_the_next_run_is_clean(quick_arena: Arena, name: str) -> None:
    quick_arena.attack(POISON[name], Limits(seconds=2.0), state=True)


@pytest.mark.parametrize("name", ["the database", "builtins"])
def test_the_next_run_of_a_spawned_child_is_clean(arena: Arena, name: str) -> None:
    arena.attack(POISON[name], Limits(seconds=2.0), state=True)

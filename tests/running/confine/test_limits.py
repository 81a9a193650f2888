"""Memory, processor time, files, descriptors and threads are bounded, and a crash is only a crash."""

import signal

from tests.running.confine.confined import Bench

MEBIBYTE = 1024 * 1024


def test_memory_ends_in_a_memory_error(bench: Bench) -> None:
    found = bench.attempt(
        {
            "a list": "len([0] * 10**10)",
            "a mapping": "import mmap\nmmap.mmap(-1, 4 * 1024**3)",
            "afterwards": "sum(range(10))",
        },
        plan={"memory_bytes": 512 * MEBIBYTE},
    )
    assert found == {"a list": "MemoryError", "a mapping": "ENOMEM", "afterwards": "ok: 45"}


def test_a_file_ends_at_its_limit(bench: Bench) -> None:
    found = bench.attempt(
        {
            "write": "open('big', 'wb').write(bytes(3 * 1024 * 1024))",
            "size": "import os\nos.path.getsize('big')",
            "allocate": "import os\nos.posix_fallocate(os.open('more', os.O_CREAT | os.O_WRONLY), 0, 9 << 20)",
            "a database": (
                "import sqlite3\nc = sqlite3.connect('big.db')\nc.execute('create table t (x)')\n"
                "c.execute('insert into t values (randomblob(9000000))')\nc.commit()"
            ),
        },
        plan={"file_bytes": MEBIBYTE},
    )
    assert found["write"] == "EFBIG"
    assert found["size"] == f"ok: {MEBIBYTE}"
    assert found["allocate"] == "EFBIG"
    assert found["a database"] == "OperationalError"


def test_descriptors_are_bounded(bench: Bench) -> None:
    found = bench.attempt({"open": "import os\nwhile True: os.dup(0)\n0"}, plan={"open_files": 40})
    assert found["open"] == "EMFILE"


def test_threads_are_bounded(bench: Bench) -> None:
    found = bench.attempt(
        {
            "start": (
                "import threading\nstop = threading.Event()\n"
                "for _ in range(500): threading.Thread(target=stop.wait).start()\n0"
            ),
            "afterwards": "stop.set()\nsum(range(10))",
        },
        plan={"memory_bytes": 512 * MEBIBYTE},
    )
    assert found == {"start": "RuntimeError", "afterwards": "ok: 45"}


def test_processor_time_ends_in_a_kill(bench: Bench) -> None:
    done = bench.start({"spin": "while True: pass\n0"}, plan={"cpu_seconds": 1})
    ended = (-signal.SIGKILL, 128 + signal.SIGKILL)
    assert done.returncode in ended


def test_an_abort_is_a_crash(bench: Bench) -> None:
    done = bench.start({"abort": "import os\nos.abort()"})
    assert done.returncode in (-signal.SIGABRT, 128 + signal.SIGABRT)


def test_a_bad_pointer_is_a_crash(bench: Bench) -> None:
    done = bench.start({"crash": "import ctypes\nctypes.string_at(0)"})
    assert done.returncode in (-signal.SIGSEGV, 128 + signal.SIGSEGV)


def test_only_the_named_descriptors_stay_open(bench: Bench) -> None:
    before = "import os\nfor number in (50, 51, 200): os.dup2(0, number)"
    snippet = (
        "import os\ndef is_open(n):\n    try: os.fstat(n)\n    except OSError: return False\n    return True\n"
        "[n for n in range(256) if is_open(n)]"
    )
    found = bench.attempt({"open": snippet}, before=before, plan={"keep": [51]})
    assert found["open"] == "ok: [0, 1, 2, 51]"


def test_limits_that_are_lower_already_stay(one_bench: Bench) -> None:
    before = "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (30, 30))"
    snippet = "import resource\nresource.getrlimit(resource.RLIMIT_NOFILE)"
    assert one_bench.attempt({"files": snippet}, before=before)["files"] == "ok: (30, 30)"


def test_no_core_is_written(bench: Bench) -> None:
    snippet = "import resource\nresource.getrlimit(resource.RLIMIT_CORE)"
    assert bench.attempt({"core": snippet})["core"] == "ok: (0, 0)"


def test_root_keeps_no_capability(bench: Bench) -> None:
    snippet = (
        "import ctypes, struct\nheader = ctypes.create_string_buffer(struct.pack('II', 0x20080522, 0))\n"
        "sets = ctypes.create_string_buffer(24)\nctypes.CDLL(None).capget(header, sets)\nsets.raw"
    )
    assert bench.attempt({"sets": snippet})["sets"] == f"ok: {bytes(24)!r}"

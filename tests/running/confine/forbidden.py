"""What a confined process must be refused: name, snippet, the error that it must give."""

import platform

CLOSED = ("EACCES", "ENOENT")
"""What Landlock says, and what a root says that holds nothing else."""

FILES = {
    "read a file": ("open(secret).read()", CLOSED),
    "read passwd": ("open('/etc/passwd').read()", CLOSED),
    "read a process's memory": ("import os\nopen(f'/proc/{os.getppid()}/mem')", CLOSED),
    "read its own environment": ("open('/proc/self/environ')", CLOSED),
    "read a command line": ("open('/proc/1/cmdline')", CLOSED),
    "list descriptors": ("import os\nos.listdir('/proc/self/fd')", CLOSED),
    "read the kernel's view": ("import os\nos.listdir('/sys')", CLOSED),
    "list the root": ("import os\nos.listdir('/')", CLOSED),
    "list the folder of packages": (
        "import os, sqlalchemy\nos.listdir(os.path.dirname(os.path.dirname(sqlalchemy.__file__)))",
        CLOSED,
    ),
    "write a file": ("open(secret, 'w')", CLOSED),
    "append to a file": ("open(secret, 'a')", CLOSED),
    "write the standard library": ("open(__import__('os').__file__, 'a')", CLOSED),
    "make a file elsewhere": ("open('/tmp/made-by-a-run', 'x')", CLOSED),
    "make a file beside its own": ("open('../made-by-a-run', 'x')", CLOSED),
    "remove a file": ("import os\nos.remove(secret)", CLOSED),
    "rename a file into its own": (
        "import os\nos.rename(secret, 'mine')",
        ("EACCES", "EXDEV", "ENOENT"),
    ),
    "rename its own out": (
        "import os\nopen('mine', 'w').close()\nos.rename('mine', '/tmp/made-by-a-run')",
        ("EACCES", "EXDEV", "ENOENT"),
    ),
    "truncate a file": ("import os\nos.truncate(secret, 0)", "EPERM"),
    "truncate while reading": (
        "import os\nos.open(os.__file__, os.O_RDONLY | os.O_TRUNC)",
        "EPERM",
    ),
    "open without any right asked": ("import os\nos.open(secret, 3)", "EPERM"),
    "make an unnamed file elsewhere": ("import os\nos.open('/tmp', os.O_TMPFILE | 1)", CLOSED),
    "change a mode": ("import os\nos.chmod(secret, 0)", "EPERM"),
    "change a mode by descriptor": ("import os\nos.fchmod(os.open(os.__file__, 0), 0)", "EPERM"),
    "change its own mode": (
        "import os\nopen('mode', 'w').close()\nos.chmod('mode', 0o777)",
        "EPERM",
    ),
    "change an owner": ("import os\nos.chown(secret, os.getuid(), os.getgid())", "EPERM"),
    "change a time": ("import os\nos.utime(secret)", "EPERM"),
    "make a folder": ("import os\nos.mkdir('folder')", "EPERM"),
    "remove a folder": ("import os\nos.rmdir('.')", "EPERM"),
    "make a symbolic link": ("import os\nos.symlink(secret, 'link')", "EPERM"),
    "make a hard link": ("import os\nos.link(secret, 'link')", "EPERM"),
    "make a pipe with a name": ("import os\nos.mkfifo('pipe')", "EPERM"),
    "make a device": ("import os\nos.mknod('device', 0o020666, os.makedev(1, 3))", "EPERM"),
    "read extended attributes": (
        "import os\nos.getxattr(secret, 'user.x')",
        ("EOPNOTSUPP", "ENOTSUP"),
    ),
    "write extended attributes": ("import os\nos.setxattr(secret, 'user.x', b'')", "EPERM"),
    "change the root": ("import os\nos.chroot('.')", "EPERM"),
    "ask for a file system": ("import os\nos.statvfs('/')", "EPERM"),
    "open another database": (
        "import sqlite3\nsqlite3.connect(f'file:{secret}?mode=ro', uri=True).execute('select 1 from t')",
        "OperationalError",
    ),
    "attach another database": (
        "import sqlite3\nsqlite3.connect(':memory:').execute('attach ? as x', (secret,))",
        "OperationalError",
    ),
    "make a lock across processes": ("import multiprocessing\nmultiprocessing.Lock()", CLOSED),
    "share memory by name": (
        "from multiprocessing.shared_memory import SharedMemory\nSharedMemory('x', True, 10)",
        CLOSED,
    ),
}

PROCESSES = {
    "fork": ("import os\nos.fork()", "EPERM"),
    "fork with a terminal": ("import os\nos.forkpty()", ("EPERM", *CLOSED)),
    "spawn": ("import os\nos.posix_spawn('/bin/true', ['true'], {})", "EPERM"),
    "subprocess": ("import subprocess\nsubprocess.run(['/bin/true'])", "EPERM"),
    "shell": ("import os\nos.system('exit 0')", "ok: 32512"),
    "popen": ("import os\nos.popen('true').read()", "EPERM"),
    "multiprocessing": (
        "import multiprocessing as m\nm.get_context('fork').Process(target=print).start()",
        "EPERM",
    ),
    "exec": ("import os\nos.execv('/bin/true', ['true'])", "EPERM"),
    "exec by descriptor": (
        "import os, sys\nos.execve(os.open(os.__file__, 0), ['x'], {})",
        "EPERM",
    ),
    "signal the parent": ("import os\nos.kill(os.getppid(), 0)", "EPERM"),
    "signal the first process": ("import os\nos.kill(1, 0)", "EPERM"),
    "signal everybody": ("import os\nos.kill(-1, 0)", "EPERM"),
    "signal its group": ("import os\nos.kill(0, 0)", "EPERM"),
    "signal its group by number": ("import os\nos.killpg(os.getpgid(0), 0)", "EPERM"),
    "signal by descriptor": (
        "import os, signal\nsignal.pidfd_send_signal(os.pidfd_open(os.getppid()), 0)",
        "EPERM",
    ),
    "signal by owning a descriptor": (
        "import fcntl, os\nfcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, os.getppid())",
        "EPERM",
    ),
    "choose the signal of a descriptor": (
        "import fcntl, os\nfcntl.fcntl(os.pipe()[0], fcntl.F_SETSIG, 9)",
        "EPERM",
    ),
    "signal by owning, through ioctl": (
        "import fcntl, os, struct\nfcntl.ioctl(os.pipe()[0], 0x8901, struct.pack('i', os.getppid()))",
        "EPERM",
    ),
    "type into the terminal": ("import fcntl\nfcntl.ioctl(0, 0x5412, b'x')", "EPERM"),
    "be more important": ("import os\nos.nice(-1)", "EPERM"),
    "choose processors": ("import os\nos.sched_setaffinity(0, {0})", "EPERM"),
    "leave the session": ("import os\nos.setsid()", "EPERM"),
    "leave the group": ("import os\nos.setpgid(0, 0)", "EPERM"),
    "become another user": ("import os\nos.setuid(os.getuid())", "EPERM"),
    "become another group": ("import os\nos.setgroups([])", "EPERM"),
}

LIMITS = {
    "raise the memory": (
        "import resource as r\nr.setrlimit(r.RLIMIT_AS, (-1, -1))",
        ("EPERM", "ValueError"),
    ),
    "raise the files": (
        "import resource as r\nr.setrlimit(r.RLIMIT_FSIZE, (-1, -1))",
        ("EPERM", "ValueError"),
    ),
    "set a limit of the parent": (
        "import os, resource as r\nr.prlimit(os.getppid(), r.RLIMIT_CPU, (1, 1))",
        "EPERM",
    ),
    "set a limit to what it is": (
        "import resource as r\nr.setrlimit(r.RLIMIT_CORE, (0, 0))",
        ("EPERM", "ValueError"),
    ),
}

NETWORK = {
    "a TCP socket": ("import socket\nsocket.socket()", "EPERM"),
    "a UDP socket": ("import socket\nsocket.socket(type=socket.SOCK_DGRAM)", "EPERM"),
    "a raw socket": ("import socket\nsocket.socket(socket.AF_PACKET, socket.SOCK_RAW)", "EPERM"),
    "a netlink socket": ("import socket\nsocket.socket(socket.AF_NETLINK, 3)", "EPERM"),
    "a virtual machine's socket": ("import socket\nsocket.socket(socket.AF_VSOCK)", "EPERM"),
    "a unix socket": ("import socket\nsocket.socket(socket.AF_UNIX)", "EPERM"),
    "a pair of datagrams": ("import socket\nsocket.socketpair(type=socket.SOCK_DGRAM)", "EPERM"),
    "a name": ("import socket\nsocket.gethostbyname('localhost.example')", "gaierror"),
    "a page": ("import urllib.request as u\nu.urlopen('http://127.0.0.1:9')", "URLError"),
    "pass a descriptor on": (
        "import socket\na, b = socket.socketpair()\nsocket.send_fds(a, [b'x'], [0])",
        "EPERM",
    ),
    "bind a pair": ("import socket\na, b = socket.socketpair()\na.bind('\\0name')", "EPERM"),
    "connect a pair": ("import socket\na, b = socket.socketpair()\na.connect('\\0name')", "EPERM"),
}

# name: (x86_64, aarch64, arguments). Arguments are such that the call would be harmless.
SYSTEM_CALLS: dict[str, tuple[int, int, tuple[int, ...]]] = {
    "ptrace": (101, 117, (0,)),
    "process_vm_readv": (310, 270, (1, 0, 0, 0, 0, 0)),
    "process_vm_writev": (311, 271, (1, 0, 0, 0, 0, 0)),
    "process_madvise": (440, 440, (-1,)),
    "process_mrelease": (448, 448, (-1,)),
    "pidfd_getfd": (438, 438, (-1, 0)),
    "kcmp": (312, 272, (1, 1, 0)),
    "io_uring_setup": (425, 425, (1, 0)),
    "io_uring_enter": (426, 426, (-1,)),
    "io_uring_register": (427, 427, (-1,)),
    "io_setup": (206, 0, (1, 0)),
    "bpf": (321, 280, (0, 0, 0)),
    "perf_event_open": (298, 241, (0, 0, -1, -1)),
    "keyctl": (250, 219, (0, 0)),
    "add_key": (248, 217, (0,)),
    "request_key": (249, 218, (0,)),
    "userfaultfd": (323, 282, (1,)),
    "mount": (165, 40, (0,)),
    "umount2": (166, 39, (0,)),
    "move_mount": (429, 429, (-1,)),
    "open_tree": (428, 428, (-1,)),
    "fsopen": (430, 430, (0,)),
    "mount_setattr": (442, 442, (-1,)),
    "pivot_root": (155, 41, (0,)),
    "setns": (308, 268, (-1, 0)),
    "unshare": (272, 97, (0,)),
    "unshare a user namespace": (272, 97, (0x10000000,)),
    "clone a user namespace": (56, 220, (0x10000000 | 17,)),
    "clone a thread's kind of process": (56, 220, (0x00000100 | 17,)),
    "memfd_create": (319, 279, (0, 0)),
    "memfd_secret": (447, 447, (0,)),
    "name_to_handle_at": (303, 264, (-1, 0)),
    "open_by_handle_at": (304, 265, (-1, 0)),
    "inotify_init1": (294, 26, (0,)),
    "fanotify_init": (300, 262, (0,)),
    "init_module": (175, 105, (0,)),
    "finit_module": (313, 273, (-1,)),
    "kexec_load": (246, 104, (0,)),
    "reboot": (169, 142, (0,)),
    "swapon": (167, 224, (0,)),
    "settimeofday": (164, 170, (0, 0)),
    "clock_settime": (227, 112, (0, 0)),
    "adjtimex": (159, 171, (0,)),
    "sethostname": (170, 161, (0, 0)),
    "syslog": (103, 116, (10,)),
    "acct": (163, 89, (0,)),
    "quotactl": (179, 60, (0,)),
    "personality": (135, 92, (0xFFFFFFFF,)),
    "shmget": (29, 194, (0, 4096, 0o1600)),
    "msgget": (68, 186, (0, 0o1600)),
    "semget": (64, 190, (0, 1, 0o1600)),
    "mq_open": (240, 180, (0,)),
    "mlock": (149, 228, (0, 0)),
    "sched_setscheduler": (144, 119, (0, 0, 0)),
    "ioprio_set": (251, 30, (1, 0, 0)),
    "rt_sigqueueinfo": (129, 138, (0,)),
    "rt_tgsigqueueinfo": (297, 240, (0,)),
    "pidfd_send_signal": (424, 424, (-1, 0)),
    "membarrier": (324, 283, (0, 0, 0)),
    "tkill": (200, 130, (1, 0)),
    "tgkill": (234, 131, (1, 1, 0)),
    "timer_create": (222, 107, (0, 0, 0)),
    "vmsplice": (278, 75, (-1,)),
    "landlock_restrict_self": (446, 446, (-1, 0)),
    "seccomp": (317, 277, (0, 0, 0)),
    "capset": (126, 91, (0, 0)),
    "prctl: new executable": (157, 167, (35, 0)),
    "prctl: allow tracing": (157, 167, (0x59616D61, -1)),
    "prctl: outlive the parent": (157, 167, (1, 0)),
    "prctl: a core again": (157, 167, (4, 1)),
}

OLD_FALLBACK = {
    "clone3": (435, 435, (0, 0)),
    "openat2": (437, 437, (-1, 0)),
    "from the future": (900, 900, ()),
}


def call(x86_64: int, aarch64: int, arguments: tuple[int, ...]) -> str:
    """A snippet that does a system call by number."""
    number = x86_64 if platform.machine() == "x86_64" else aarch64
    words = "".join(f", ctypes.c_long({value})" for value in arguments)
    return (
        "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        f"libc.syscall.restype = ctypes.c_long\nresult = libc.syscall(ctypes.c_long({number}){words})\n"
        "if result < 0: raise OSError(ctypes.get_errno(), '')\nresult"
    )

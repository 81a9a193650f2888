"""Which system calls a confined process may do, and with which arguments.

Everything that is not named here fails with EPERM (see `seccomp.program`). The reasons that are
not plain stand beside the rules; `docs/isolation.md` tells them to a reader of no C.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass

from .kernel import (
    PR_GET_NAME,
    PR_GET_NO_NEW_PRIVS,
    PR_SET_NAME,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_PDEATHSIG,
)

WHOLE_WORD = 0xFFFFFFFF


@dataclass(frozen=True)
class Test:
    """Holds when the low 32 bits of an argument, masked, are one of `values`.

    The arguments tested so are ints or flags: the kernel itself ignores their upper half.
    """

    argument: int
    values: tuple[int, ...]
    mask: int = WHOLE_WORD


@dataclass(frozen=True)
class IsNull:
    """Holds when a pointer argument is NULL (all 64 bits)."""

    argument: int


@dataclass(frozen=True)
class IsSelf:
    """Holds when an argument is the process's own id."""

    argument: int


Condition = Test | IsNull | IsSelf
Alternatives = tuple[tuple[Condition, ...], ...]
"""Allowed if all conditions of any one alternative hold."""

# Files: paths are Landlock's business, so that what remains here is what it does not govern.
# Absent on purpose: chmod, chown, utimensat, setxattr, link, symlink, mknod, truncate by path,
# statfs, inotify, fanotify, name_to_handle_at, mount and its kin.
_FILES = (
    "read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek close"
    " close_range dup dup2 dup3 flock fsync fdatasync ftruncate fallocate fadvise64 sendfile"
    " copy_file_range getdents getdents64 getcwd chdir fchdir umask stat fstat lstat newfstatat"
    " statx access faccessat faccessat2 readlink readlinkat rename renameat renameat2 unlink"
    " unlinkat creat"
)
_MEMORY = "mmap mprotect munmap mremap msync madvise mincore brk"
_THREADS = (
    "exit exit_group wait4 waitid futex set_robust_list rseq set_tid_address sched_yield"
    " sched_getaffinity getcpu gettid getpid getppid getpgid getpgrp getsid getuid"
    " geteuid getgid getegid getresuid getresgid getgroups getpriority restart_syscall capget"
)
_SIGNALS = (
    "rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend"
    " sigaltstack pause"
)
_TIME = (
    "clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times getrusage"
    " getitimer setitimer alarm timerfd_create timerfd_settime timerfd_gettime"
)
_WAITING = (
    "poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait"
    " epoll_pwait2 eventfd eventfd2 pipe pipe2"
)
_SOCKETS = "recvfrom shutdown getsockname getpeername getsockopt"
_SYSTEM = "uname sysinfo getrandom getrlimit"

PLAIN = tuple(
    " ".join((_FILES, _MEMORY, _THREADS, _SIGNALS, _TIME, _WAITING, _SOCKETS, _SYSTEM)).split()
)
"""Allowed whatever the arguments are."""

_O_TRUNC = 0o1000
# Truncating needs an open for writing: with read access alone Landlock before its third version
# let it pass. The access mode 3 opens without any right asked, for ioctl.
_OPEN_FLAGS = (0, 1, 2, 1 | _O_TRUNC, 2 | _O_TRUNC)
_OPEN_MASK = 3 | _O_TRUNC

_CLONE_THREAD = 0x00010000 | 0x00000100 | 0x00000800  # THREAD, VM, SIGHAND
_CLONE_FOREIGN = 0x7E020000 | 0x0000F000  # new namespaces, PTRACE, VFORK, PARENT, PIDFD
_CLONE_IS_THREAD = Test(0, (_CLONE_THREAD,), _CLONE_THREAD | _CLONE_FOREIGN)
_SIGCHLD = 17
# What the C library adds to a fork: CHILD_SETTID, CHILD_CLEARTID, PARENT_SETTID.
_CLONE_IS_FORK = Test(0, (_SIGCHLD,), WHOLE_WORD & ~0x01300000)

# No F_SETOWN and F_SETSIG (they make the kernel send signals to any process of the same user),
# no leases, no notification of other folders, no seals.
_FCNTL_COMMANDS = (0, 1, 2, 3, 4, 5, 6, 7, 1030, 36, 37, 38)
_IOCTLS = (0x5421, 0x5450, 0x5451, 0x5401, 0x541B)  # FIONBIO FIONCLEX FIOCLEX TCGETS FIONREAD

_AF_UNIX, _SOCK_STREAM = 1, 1

CHECKED: dict[str, Alternatives] = {
    "open": ((Test(1, _OPEN_FLAGS, _OPEN_MASK),),),
    "openat": ((Test(2, _OPEN_FLAGS, _OPEN_MASK),),),
    "clone": ((_CLONE_IS_THREAD,),),
    "fcntl": ((Test(1, _FCNTL_COMMANDS),),),
    "ioctl": ((Test(1, _IOCTLS),),),
    # asyncio wakes itself through a pair. Datagram sockets could send to any path.
    "socketpair": ((Test(0, (_AF_UNIX,)), Test(1, (_SOCK_STREAM,), 0xF)),),
    "sendto": ((IsNull(4),),),
    "kill": ((IsSelf(0),),),
    "tgkill": ((IsSelf(0),),),
    "prctl": ((Test(0, (PR_SET_NAME, PR_GET_NAME, PR_GET_NO_NEW_PRIVS)),),),
    "prlimit64": ((IsNull(2),),),
}
"""Allowed with these arguments, else EPERM."""

ANSWERED = {
    # The C library falls back to clone, whose flags can be looked at.
    "clone3": errno.ENOSYS,
    "openat2": errno.ENOSYS,
    # `shutil` takes this for a file system without extended attributes, and EPERM for a failure.
    "getxattr": errno.EOPNOTSUPP,
    "lgetxattr": errno.EOPNOTSUPP,
    "fgetxattr": errno.EOPNOTSUPP,
    "listxattr": errno.EOPNOTSUPP,
    "llistxattr": errno.EOPNOTSUPP,
    "flistxattr": errno.EOPNOTSUPP,
}
"""Refused with another errno than EPERM."""

ZYGOTE_PLAIN = (
    "fork",
    "mkdir",
    "mkdirat",
    "rmdir",
    "recvmsg",  # descriptors of its children come through its socket
    "sendmsg",
    "pidfd_open",
    "setsid",
    # Each can only take more away.
    "seccomp",
    "capset",
    "landlock_create_ruleset",
    "landlock_add_rule",
    "landlock_restrict_self",
)
"""What a zygote may do beside, to have children and to confine them further."""

_PRCTL_TO_CONFINE = (
    PR_SET_NAME,
    PR_GET_NAME,
    PR_GET_NO_NEW_PRIVS,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_PDEATHSIG,
    47,  # PR_CAP_AMBIENT, to clear it
)
ZYGOTE_CHECKED: dict[str, Alternatives] = {
    **CHECKED,
    "clone": ((_CLONE_IS_THREAD,), (_CLONE_IS_FORK,)),
    # Hard limits cannot be raised without the capability that is gone by then.
    "prlimit64": ((IsNull(2),), (Test(0, (0,)),)),
    "prctl": ((Test(0, _PRCTL_TO_CONFINE),),),
}

SIGNALS_TO_ONE = ("kill", "tgkill")
"""A zygote's children inherit its filter, which cannot know their ids. Where Landlock scopes
signals, the zygote's filter leaves these to it and to the children's own filter; elsewhere the
children lose them altogether (an abort still ends in a crash)."""

"""A tiny assembler for the classic BPF programs that seccomp takes (include/uapi/linux/filter.h)."""

from __future__ import annotations

import struct

LOAD = 0x20  # BPF_LD | BPF_W | BPF_ABS
AND = 0x54  # BPF_ALU | BPF_AND | BPF_K
JUMP = 0x05  # BPF_JMP | BPF_JA
IF_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
IF_AT_LEAST = 0x35  # BPF_JMP | BPF_JGE | BPF_K
RETURN = 0x06  # BPF_RET | BPF_K

LONGEST = 4096  # BPF_MAXINSNS
_FARTHEST = 255  # a conditional jump holds its distance in one byte


class Assembler:
    """Collects instructions with named jump targets; `assemble` resolves them.

    Jumps only go forward, as the kernel demands.
    """

    def __init__(self) -> None:
        self._code: list[tuple[int, str | None, str | None, int]] = []
        self._labels: dict[str, int] = {}
        self._fresh = 0

    def new_label(self) -> str:
        """A label name that nothing else has."""
        self._fresh += 1
        return f"_{self._fresh}"

    def label(self, name: str) -> None:
        """Give the next instruction the name `name`."""
        self._labels[name] = len(self._code)

    def load(self, offset: int) -> None:
        """Load the 32-bit word at `offset` of `struct seccomp_data`."""
        self._code.append((LOAD, None, None, offset))

    def mask(self, value: int) -> None:
        """Keep only the bits of `value`."""
        self._code.append((AND, None, None, value))

    def jump(self, target: str) -> None:
        """Go to `target`."""
        self._code.append((JUMP, target, None, 0))

    def if_equal(self, value: int, then: str | None, otherwise: str | None = None) -> None:
        """Go to `then` if the loaded word is `value`, else to `otherwise`; None goes on."""
        self._code.append((IF_EQUAL, then, otherwise, value))

    def if_at_least(self, value: int, then: str | None, otherwise: str | None = None) -> None:
        """Go to `then` if the loaded word is `value` or more, else to `otherwise`; None goes on."""
        self._code.append((IF_AT_LEAST, then, otherwise, value))

    def give(self, action: int) -> None:
        """End with the seccomp action `action`."""
        self._code.append((RETURN, None, None, action))

    def offset(self) -> int:
        """Byte offset of the operand of the next instruction, for `struct.pack_into`."""
        return len(self._code) * 8 + 4

    def assemble(self) -> bytes:
        """The program as an array of `struct sock_filter`; raises ValueError if it cannot be one."""
        if len(self._code) > LONGEST:
            raise ValueError(f"{len(self._code)} instructions")
        return b"".join(self._encode(place, *parts) for place, parts in enumerate(self._code))

    def _encode(
        self, place: int, code: int, then: str | None, otherwise: str | None, operand: int
    ) -> bytes:
        if code == JUMP and then is not None:
            return struct.pack("=HBBI", code, 0, 0, self._distance(place, then))
        yes, no = self._distance(place, then), self._distance(place, otherwise)
        if max(yes, no) > _FARTHEST:
            raise ValueError(f"jump too far at {place}")
        return struct.pack("=HBBI", code, yes, no, operand)

    def _distance(self, place: int, target: str | None) -> int:
        distance = 0 if target is None else self._labels[target] - place - 1
        if distance < 0:
            raise ValueError(f"jump backwards at {place}")
        return distance

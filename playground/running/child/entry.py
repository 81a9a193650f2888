"""Where a child process begins: as the zygote that forks spares, or as a spare of its own."""

import codecs
import gc
import io
import json
import os
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

from . import frames, spare
from .capture import Capture
from .errors import message_of
from .limits import Confinement
from .namespace import Namespace
from .prime import prime
from .world import MODELS_FILE, World

_REPLACE = "playground.replace"
_CONTROL_BYTES = 65536


def single(confinement: Confinement) -> None:
    """A spare of its own: frames on descriptors 0 and 1, the learner's output on 2."""
    wire = frames.Wire(os.dup(0), os.dup(1))
    _plain_streams(output=2)
    world, capture = _prepare(wire, confinement, keep=wire.descriptors)
    folder = Path(confinement.folder)
    spare.serve(wire, world, Namespace(world), capture, confinement, folder)


def zygote(control_fd: int, confinement: Confinement) -> None:
    """Fork a spare for every pair of descriptors that comes; reap those that are named."""
    control = socket.socket(fileno=control_fd)
    wire = frames.Wire(os.dup(0), os.dup(1))
    _plain_streams(output=2)
    world, capture = _prepare(wire, confinement, keep=(control_fd, *wire.descriptors))
    namespace = Namespace(world)
    gc.collect()
    gc.freeze()
    wire.send(frames.encode({"ready": True}))
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, _CONTROL_BYTES, 2)
        if not message:
            os._exit(0)
        order = json.loads(message)
        if "reap" in order:
            _reap(control, order["reap"], reply=order["reply"])
            continue
        if os.fork() == 0:
            control.close()
            os.close(wire.read_fd)
            os.close(wire.write_fd)
            _become_spare(order["directory"], descriptors, world, namespace, capture, confinement)
        for descriptor in descriptors:
            os.close(descriptor)


def _become_spare(
    directory: str,
    descriptors: list[int],
    world: World,
    namespace: Namespace,
    capture: Capture,
    confinement: Confinement,
) -> None:
    channel, output = descriptors
    try:
        os.setsid()
        if not confinement.confined:
            _die_with_parent()
        _plain_streams(output)
        os.close(output)
        wire = frames.Wire(channel, channel)
        spare.serve(wire, world, namespace, capture, confinement, Path(directory))
    finally:
        os._exit(1)  # never back into the zygote's loop


def _reap(control: socket.socket, pid: int, *, reply: bool) -> None:
    """Wait for a child that the trusted side has killed, or seen to end."""
    try:
        status = os.waitpid(pid, 0)[1]
    except ChildProcessError:
        status = -1
    if reply:
        control.send(json.dumps({"reaped": pid, "status": status}).encode())


def _prepare(
    wire: frames.Wire, confinement: Confinement, keep: tuple[int, ...]
) -> tuple[World, Capture]:
    """Read the world that this process is for, load it, run the first queries."""
    config = wire.receive()
    image = wire.receive_bytes()
    capture = Capture()
    capture.listen()
    world = World(config)
    confinement.before_models(keep)
    try:
        world.load(config["models"], image)
        prime(world, capture, on_file=False)
    except BaseException as error:  # noqa: BLE001  (a course's models may raise anything)
        wire.send(frames.encode({"failed": _reason(error)}))
        os._exit(0)
    return world, capture


def _reason(error: BaseException) -> str:
    lines = [
        number
        for frame, number in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == MODELS_FILE
    ]
    line = lines[-1] if lines else None
    if isinstance(error, SyntaxError) and error.filename == MODELS_FILE:
        line = error.lineno
    place = f"{MODELS_FILE}, line {line}: " if line else ""
    return f"{place}{type(error).__name__}: {message_of(error)}"


def _plain_streams(output: int) -> None:
    """Nothing to read on 0; `print` writes through to `output`, always valid UTF-8."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.close(nothing)
    codecs.register_error(_REPLACE, _replacement)
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        os.dup2(output, descriptor)
        raw = io.FileIO(descriptor, "w", closefd=False)
        stream = io.TextIOWrapper(
            io.BufferedWriter(raw), encoding="utf-8", errors=_REPLACE, line_buffering=True
        )
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _replacement(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "\ufffd".encode() * (error.end - error.start), error.end


def _die_with_parent() -> None:
    """Ask Linux to end this process when the zygote ends, however that ends."""
    import ctypes

    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, int(signal.SIGKILL), 0, 0, 0)


def start(arguments: dict[str, Any]) -> None:
    """Begin as `arguments` say; never returns."""
    sys.argv = [""]
    confinement = Confinement(arguments)
    if arguments["way"] == "zygote":
        zygote(arguments["control"], confinement)
    else:
        single(confinement)

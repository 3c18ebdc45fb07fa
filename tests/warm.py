"""A process that has imported what `claims` imports and begins each command as a copy of itself, which takes a tenth of
the time: run as a script, and from the tests the command that has it run one.

The copy has the caller's arguments, folder, environment, streams and signals, and nothing of another command.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import functools
import gc
import os
import select
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import termios
import time
import traceback
from importlib import import_module
from pathlib import Path

CLIENT = Path(__file__).with_name("warm_client.py")


@functools.cache
def warm(*before: str) -> list[str]:
    """The beginning of a command line that does what `claims` does, from a process that before has run these commands and
    imported what stands behind `import:`; it is begun when it is first asked for and ends with this one."""
    from conftest import surroundings

    folder = tempfile.mkdtemp(prefix="warm")  # the name of a socket has to be short
    command = [sys.executable, __file__, f"{folder}/socket", *before]
    process = subprocess.Popen(command, cwd=folder, env=surroundings(Path(folder), None), stdin=-1, stdout=-1)

    @atexit.register
    def end() -> None:
        process.communicate()
        shutil.rmtree(folder)

    assert process.stdout is not None
    assert process.stdout.readline() == b"warm\n"
    return [sys.executable, "-I", "-S", str(CLIENT), f"{folder}/socket"]


def _fields(given: bytes) -> list[bytes]:
    found = []
    while given:
        end = 4 + int.from_bytes(given[:4], "big")
        found.append(given[4:end])
        given = given[end:]
    return found


def _received(line: socket.socket) -> tuple[list[bytes], list[int]]:
    """The fields of what a client hands over, and its three streams."""
    head, streams, _, _ = socket.recv_fds(line, 4, 3)
    size, message = int.from_bytes(head, "big"), b""
    while len(message) < size:
        message += line.recv(size - len(message))
    return _fields(message), list(streams)


def _become(given: list[bytes], streams: list[int]) -> None:
    """This process is what the client would be."""
    folder, words, around = given
    os.chdir(folder)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    if os.isatty(0):  # so that Control-C typed there reaches the command
        os.setsid()
        with contextlib.suppress(OSError):  # it is the terminal of the tests
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.environb.clear()
    os.environb.update(dict(one.split(b"=", 1) for one in _fields(around)))  # type: ignore[arg-type]
    time.tzset()
    sys.argv = ["claims", *map(os.fsdecode, _fields(words))]
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        how = "backslashreplace" if name == "stderr" else "surrogateescape"  # as in Python's UTF-8 mode
        lines = name == "stderr" or os.isatty(number)
        opened = open(number, mode, encoding="utf-8", errors=how, buffering=1 if lines else -1, closefd=False)  # noqa: SIM115
        setattr(sys, name, opened)
        setattr(sys, f"__{name}__", opened)


def serve(place: str) -> bool:
    """Begins commands until standard input ends; in each that is begun it returns True."""
    running: dict[int, socket.socket] = {}
    woken, wakes = os.pipe()
    os.set_blocking(wakes, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakes)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal of the tests is theirs
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(place)
        listener.listen(16)
        os.write(1, b"warm\n")
        while True:
            ready = select.select([0, woken, listener, *running.values()], [], [])[0]
            if 0 in ready:
                return False
            if woken in ready:
                os.read(woken, 1 << 10)
                _ended(running)
            for number in [n for n, line in running.items() if line in ready]:  # the client was killed
                os.kill(number, signal.SIGKILL)
                os.waitpid(number, 0)
                running.pop(number).close()
            if listener in ready:
                line = listener.accept()[0]
                given, streams = _received(line)
                number = os.fork()
                if not number:
                    signal.set_wakeup_fd(-1)
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    signal.signal(signal.SIGINT, signal.default_int_handler)
                    for other in (line, *running.values()):
                        other.close()
                    os.close(woken), os.close(wakes)
                    listener.close()
                    _become(given, streams)
                    return True
                for stream in streams:
                    os.close(stream)
                running[number] = line
                line.sendall(number.to_bytes(4, "big"))


def _ended(running: dict[int, socket.socket]) -> None:
    """Tells each client whose command has ended with what."""
    for number in list(running):
        found, status = os.waitpid(number, os.WNOHANG)
        if found:
            with running.pop(number) as line, contextlib.suppress(BrokenPipeError):
                line.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))


def prepare(before: list[str]) -> None:
    """Runs commands and imports modules in this process, and nothing of them is seen."""
    from cli.main import invoke

    ended = {}
    with open(os.devnull, "w", encoding="utf-8") as sys.stdout, contextlib.redirect_stderr(sys.stdout):  # noqa: PTH123
        for one in before:
            kind, _, module = one.partition("import:")
            ended[one] = invoke(shlex.split(one)) if kind else int(import_module(module) is None)
    sys.stdout = sys.__stdout__
    assert not any(ended.values()), ended
    threads = Path("/proc/self/task")
    assert not threads.exists() or len(list(threads.iterdir())) == 1, "a copy would wait for them forever"


def end() -> None:
    """Runs the command and ends as Python does, but leaves the memory to the system: to take it apart copies all of it."""
    from cli.entry import run

    code: object = 0
    try:
        run()
    except SystemExit as e:
        code = e.code or 0
    except BaseException:
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(ValueError):  # it is closed
            stream.flush()
    os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    prepare(sys.argv[2:])
    gc.collect()
    gc.freeze()
    if serve(sys.argv[1]):
        end()

"""Who does the work of the quick way: this process, or, for a large ledger, one process a processor.

Each of them opens the ledger for itself and holds one state of it; a log that grows meanwhile does not matter, for all look
at the same first entries, and whatever does not fit together is left to the long way.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from hashlib import sha256
from queue import SimpleQueue
from typing import IO, Any, Protocol

import msgspec
from msgspec import Struct

from ledger import store
from ledger.audit.rows import Differs, anything_differs
from ledger.audit.stretches import LENGTH, Reader, Stretch

ALONE = 3 * LENGTH
"""Entries up to which it is not worth while to start others."""

MOST = 8
"""Processes; what they read comes from one disk."""

TERMS = 5000
PAGES_KIB = 128 * 1024
"""What the check of the pages may keep in memory; three times as fast as with the usual 2 MiB."""

Range = tuple[int, int]
Term = tuple[str, int, int]


class Held(Struct):
    """What is to be told of a range of kept files whose bytes are what their names say."""

    count: int
    gone: list[str]
    """Those whose bytes are not there."""


class Worker:
    """The tasks, each on one open ledger; Differs where something is not plainly in order."""

    def __init__(self, ledger: store.Ledger, reader: Reader) -> None:
        self._ledger = ledger
        self.stretch = reader.read
        self._index = reader.index

    def pages(self) -> int:
        """How many pages the file has, found sound by the engine."""
        with anything_differs(), _cached(self._ledger):
            if [row[0] for row in self._ledger.rows("PRAGMA integrity_check(1)")] != ["ok"]:
                raise Differs("pages")
            row = self._ledger.one("PRAGMA page_count")
            return int(row[0]) if row else 0

    def blobs(self, start: int, end: int) -> Held:
        """Kept files by the numbers of their rows."""
        held = Held(0, [])
        sql = "SELECT sha256, size, bytes FROM blob WHERE rowid >= ? AND rowid < ?"
        with anything_differs():
            for digest, size, data in self._ledger.each(sql, (start, end)):
                held.count += 1
                if data is None:
                    held.gone.append(digest)
                elif sha256(data).hexdigest() != digest or len(data) != size:
                    raise Differs("blobs")
        return held

    def terms(self, after: str) -> list[Term]:
        """Some terms of the index over the texts that were met, in order, from the one behind this; empty at the end."""
        sql = "SELECT term, doc, cnt FROM search_texts_terms WHERE term > ? ORDER BY term LIMIT ?"
        return [(row[0], row[1], row[2]) for row in self._index.rows(sql, (after, TERMS))]


@contextmanager
def _cached(ledger: store.Ledger) -> Iterator[None]:
    """Much of the file kept at hand: the engine looks up every row in every index, which it otherwise reads again and again."""
    row = ledger.one("PRAGMA cache_size")
    ledger.rows(f"PRAGMA cache_size = {-PAGES_KIB}")
    yield
    ledger.rows(f"PRAGMA cache_size = {row[0] if row else -2000}")
    ledger.rows("PRAGMA shrink_memory")


class Hands(Protocol):
    """Whoever does the tasks."""

    def pages(self) -> Future[int]: ...
    def stretches(self, ranges: Sequence[Range]) -> Iterator[Stretch]: ...
    def blobs(self, ranges: Sequence[Range]) -> Iterator[Held]: ...
    def terms(self) -> list[Iterator[Term]]: ...


@contextmanager
def hired(ledger: store.Ledger, *, touched: frozenset[str], sizes: frozenset[int], head: int) -> Iterator[Hands]:
    """Those who do the tasks on this ledger, until the block ends."""
    count = min(MOST, _processors())
    with ExitStack() as stack:
        if head <= ALONE or count == 1 or not sys.executable:
            reader = stack.enter_context(Reader(ledger, touched=touched, sizes=sizes))
            yield _Alone(Worker(ledger, reader))
        else:
            begin = _Begin(ledger.place, sorted(touched), sorted(sizes), head)
            yield _Crew([stack.enter_context(_process(begin)) for _ in range(count)], stack)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Alone:
    """Nobody else: one task after the other."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def pages(self) -> Future[int]:
        done: Future[int] = Future()
        done.set_result(self._worker.pages())
        return done

    def stretches(self, ranges: Sequence[Range]) -> Iterator[Stretch]:
        return (self._worker.stretch(*given) for given in ranges)

    def blobs(self, ranges: Sequence[Range]) -> Iterator[Held]:
        return (self._worker.blobs(*given) for given in ranges)

    def terms(self) -> list[Iterator[Term]]:
        return [_paged(self._worker.terms)]


def _paged(ask: Callable[[str], list[Term]]) -> Iterator[Term]:
    after = ""
    while lot := ask(after):
        yield from lot
        after = lot[-1][0]


# --- other processes ----------------------------------------------------------------------------------------------


class _Begin(Struct):
    """What a process is told before its tasks."""

    place: str
    touched: list[str]
    sizes: list[int]
    head: int


RESULTS: dict[str, Any] = {"pages": int, "stretch": Stretch, "blobs": Held, "terms": list[Term]}
SOURCE = "from ledger.audit.crew import serve; serve()"


class _Remote:
    """A process that does tasks, one at a time."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def ask(self, name: str, *given: Any) -> Any:
        assert self._process.stdin is not None and self._process.stdout is not None  # noqa: PT018, S101
        with anything_differs():
            _send(self._process.stdin, (name, given))
            answer = _receive(self._process.stdout)
            if not answer:
                raise Differs(name)
            return msgspec.msgpack.decode(answer, type=RESULTS[name])


@contextmanager
def _process(begin: _Begin) -> Iterator[_Remote]:
    path = os.pathsep.join(p or os.curdir for p in sys.path)
    process = subprocess.Popen(  # noqa: S603  this very interpreter, with our own line
        [sys.executable, "-c", SOURCE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip
    try:
        assert process.stdin is not None  # noqa: S101
        with anything_differs():
            _send(process.stdin, begin)
        yield _Remote(process)
    finally:
        process.kill()
        process.communicate()


class _Crew:
    """Several processes; results come in the order of the tasks."""

    def __init__(self, remotes: list[_Remote], stack: ExitStack) -> None:
        self._remotes = remotes
        self._idle: SimpleQueue[_Remote] = SimpleQueue()
        for remote in remotes:
            self._idle.put(remote)
        self._threads = ThreadPoolExecutor(len(remotes))
        # where the block ends early the processes are killed after this, which ends what the threads wait for
        stack.callback(self._threads.shutdown, wait=False, cancel_futures=True)

    def _run(self, name: str, *given: Any) -> Any:
        remote = self._idle.get()
        try:
            return remote.ask(name, *given)
        finally:
            self._idle.put(remote)

    def pages(self) -> Future[int]:
        return self._threads.submit(self._run, "pages")

    def stretches(self, ranges: Sequence[Range]) -> Iterator[Stretch]:
        return self._threads.map(lambda given: self._run("stretch", *given), ranges)

    def blobs(self, ranges: Sequence[Range]) -> Iterator[Held]:
        return self._threads.map(lambda given: self._run("blobs", *given), ranges)

    def terms(self) -> list[Iterator[Term]]:
        return [_paged(partial(remote.ask, "terms")) for remote in self._remotes]


def serve() -> None:
    """Does tasks from standard input until it ends; an empty answer says that something differs."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    begin = msgspec.msgpack.decode(_receive(source), type=_Begin)
    with store.open_ledger(begin.place, store.Open.READ) as ledger, ledger.snapshot():
        same = store.head(ledger) == begin.head
        with Reader(ledger, touched=begin.touched, sizes=begin.sizes) as reader:
            worker = Worker(ledger, reader)
            while data := _receive(source):
                name, given = msgspec.msgpack.decode(data)
                try:
                    if not same:
                        raise Differs("the log has grown")
                    answer = msgspec.msgpack.encode(getattr(worker, name)(*given))
                except Differs:
                    answer = b""
                _write(sink, answer)


def _send(pipe: IO[bytes], message: Any) -> None:
    _write(pipe, msgspec.msgpack.encode(message))


def _write(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(len(data).to_bytes(8, "big") + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    """The next message; empty where there is none."""
    return pipe.read(int.from_bytes(pipe.read(8), "big"))

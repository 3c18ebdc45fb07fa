"""The whole ledger as JSON Lines: a head, every blob, every entry. Read back into a new ledger it gives the same root.

Into a ledger that has entries it is taken only where it is the same log and longer.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator
from pathlib import Path

from ledger.errors import BadInput, ClaimsError, NotFound, Refused, Tampered
from ledger.exchange import Selection
from ledger.merkle import canonical, loads
from ledger.records import Entry, Json
from ledger.store import Ledger, Writer, create, entries, head, root
from ledger.store.log import blobs
from ledger.vocabulary import EntryKind

FORMAT = "claim-ledger-log"
VERSION = 1


def export(ledger: Ledger, selection: Selection | None = None) -> Iterator[bytes]:  # noqa: ARG001  always the whole log
    """The lines, in one consistent state, streaming."""
    with ledger.snapshot():
        size = head(ledger)
        yield _line({"format": FORMAT, "version": VERSION, "size": size, "root": root(ledger, size).hex()})
        for digest, length, kept in blobs(ledger):
            data = None if kept is None else base64.b64encode(kept).decode()
            yield _line({"blob": digest, "size": length, "bytes": data})
        for entry in entries(ledger):
            yield _line(_entry(entry))


def _line(data: Json) -> bytes:
    return canonical(data) + b"\n"


def _entry(e: Entry) -> Json:
    return {
        "seq": e.seq, "uid": e.uid, "at": e.recorded_at, "actor": e.actor, "kind": e.kind, "about": e.about,
        "batch": e.batch, "body_hash": e.body_hash.hex(), "leaf_hash": e.leaf_hash.hex(),
        "body": None if e.body is None else e.body.decode(),
    }  # fmt: skip


def is_log(path: str) -> bool:
    """True where a file is such an export, by its first line."""
    try:
        with Path(path).open("rb") as f:
            return FORMAT.encode() in f.readline(4096)
    except OSError:
        return False


def receive_new(source: str, target: str, *, actor: str) -> int:
    """Makes a ledger from an export; gives how many entries."""
    create(target, actor=actor, fill=lambda writer: _take(writer, source)).close()
    return int(_head_of(source)["size"])


def receive(writer: Writer, source: str) -> int:
    """Brings a ledger up to an export of the same log; gives how many entries are new."""
    first = _head_of(source)
    size = writer.size
    if size > first["size"] or not _extends(writer.ledger, source, size):
        raise Refused(
            f"{source} is not a continuation of {writer.ledger.place}",
            hint="import it into a ledger of its own: claims import FILE --ledger new.db",
        )
    _take(writer, source)
    return int(first["size"]) - size


def _extends(ledger: Ledger, source: str, size: int) -> bool:
    ours = {(e.seq, e.leaf_hash.hex()) for e in entries(ledger)}
    theirs = {(d["seq"], d.get("leaf_hash")) for d in _read(source) if _is_entry(d) and d["seq"] < size}
    return ours == theirs


def _is_entry(data: Json) -> bool:
    return isinstance(data.get("seq"), int) and isinstance(data.get("leaf_hash"), str)


def _head_of(source: str) -> Json:
    first = next(_read(source), {})
    shaped = isinstance(first.get("size"), int) and isinstance(first.get("root"), str)
    if first.get("format") != FORMAT or first.get("version") != VERSION or not shaped:
        raise BadInput(f"{source} is not an export of a ledger", hint="claims export --format ledger makes one")
    return first


def _read(source: str) -> Iterator[Json]:
    try:
        with Path(source).open("rb") as f:
            for number, line in enumerate(f, 1):
                data = loads(line)
                if not isinstance(data, dict):
                    raise BadInput(f"{source}, line {number}: not a JSON object")
                yield data
    except FileNotFoundError:
        raise NotFound(f"no such file: {source}") from None
    except OSError as e:
        raise BadInput(f"cannot read {source}: {e.strerror}") from None


def _take(writer: Writer, source: str) -> None:
    """Takes over blobs and the entries past our own, then holds the result against the export's root."""
    first = _head_of(source)
    named: set[str] = set()
    blank: set[str] = set()
    steps: dict[str, Callable[[Json], None]] = {
        "blob": lambda d: _take_blob(writer, d),
        "seq": lambda d: named.update(_take_entry(writer, d)),
    }
    for number, data in enumerate(_read(source), 1):
        step = next((steps[name] for name in steps if name in data), None)
        try:
            if step is not None:
                step(data)
            if "seq" in data and data["body"] is None:
                blank.add(data["uid"])
        except (KeyError, TypeError, AttributeError, ValueError, binascii.Error):
            raise BadInput(f"{source}, line {number} is damaged") from None
        except ClaimsError as e:
            raise type(e)(f"{source}, line {number}: {e.message}") from None
    if writer.size != first["size"] or root(writer.ledger, writer.size).hex() != first["root"]:
        raise Tampered(f"{source} does not lead to the root it names; nothing was imported")
    if not all(writer.redacted(uid) for uid in blank):
        raise Tampered(f"{source} lacks the words of an entry that was not redacted; nothing was imported")
    if missing := next((digest for digest in sorted(named) if writer.lacks(digest)), None):
        raise Tampered(f"{source} lacks the bytes {missing} that an entry names; nothing was imported")


def _take_blob(writer: Writer, data: Json) -> None:
    raw = None if data["bytes"] is None else base64.b64decode(data["bytes"], validate=True)
    writer.copy_blob(data["blob"], data["size"], raw)


def _take_entry(writer: Writer, data: Json) -> Iterator[str]:
    """Takes over an entry past our own; gives the hashes of the bytes that it names."""
    from ledger.audit.scan import BLOB_FIELDS

    if data["seq"] < writer.size:
        return
    entry = Entry(
        data["seq"], data["uid"], data["at"], data["actor"], data["kind"], data["about"], data["batch"],
        bytes.fromhex(data["body_hash"]), None if data["body"] is None else data["body"].encode(),
        bytes.fromhex(data["leaf_hash"]),
    )  # fmt: skip
    writer.copy(entry)
    fields = BLOB_FIELDS.get(EntryKind(entry.kind), ())
    body = loads(entry.body) if fields and entry.body else {}
    yield from (body[name] for name in fields if body.get(name) is not None)

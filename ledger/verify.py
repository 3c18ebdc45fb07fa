"""Check a Claim Ledger report bundle without Claim Ledger: one file, Python's standard library, no network.

    python -I -S verify.py [BUNDLE_FOLDER_OR_ZIP] [--vkey KEY] [--witness KEY]...
    python -I -S verify.py --proof FILE --leaf FILE [--body FILE] --vkey KEY

Exit code 0: everything holds. 6: something does not. 2: the question was not understood or the input cannot be read.
It checks RFC 6962 inclusion proofs (C2SP tlog-proof) under a checkpoint that the key signed (Ed25519) and witnesses cosigned.
"""
# ruff: noqa: T201

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

LARGEST, MOST, GAP = 1 << 28, 20_000, 24  # bytes and files of a bundle; bytes between two files of a zip
ANYBODY = "Without --vkey, ANYBODY could have made this. Compare this key with the one its makers publish elsewhere:"
NOT_SHOWN = """What this does NOT show:
- that anything a source said is true: only that these words were logged as they stand here;
- that the log is complete: things may have been left out of it, or out of this bundle;
- when something was logged: the times are the logger's own word. Only the order is proved. A time stamp, where
  there is one, can be checked: openssl ts -verify -data checkpoint -in checkpoint.tsr -CAfile AUTHORITY.pem;
- that others were shown the same log, unless a witness cosigned it: compare size and root with a copy from elsewhere."""


class Broken(Exception):
    """Something does not hold."""


P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]


def added(a: Point, b: Point) -> Point:
    """The sum of two points in extended coordinates."""
    u, v = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    s, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = v - u, z - s, z + s, v + u
    return e * f % P, g * h % P, f * g % P, e * h % P


def decoded(raw: bytes) -> Point | None:
    """The point that 32 bytes spell, None when they spell none or not in the one right way."""
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = decoded((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def signed_by(public: bytes, signature: bytes, message: bytes) -> bool:
    """True where the signature over the message is the public key's."""
    point = decoded(public) if len(public) == 32 and len(signature) == 64 else None
    s = int.from_bytes(signature[32:], "little")
    if point is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    minus = (P - point[0], point[1], 1, P - point[3])
    sums = [(0, 1, 1, 0), BASE, minus, added(BASE, minus)]
    total: Point = sums[0]
    for bit in range(253, -1, -1):  # [s]B - [k]A, both scalars in one pass
        total = added(total, total)
        which = (s >> bit & 1) | (k >> bit & 1) << 1
        total = added(total, sums[which]) if which else total
    inverse = pow(total[2], P - 2, P)
    x, y = total[0] * inverse % P, total[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


LIST = ("manifest.json", "manifest.note")
Key = tuple[str, bytes, bytes]  # name, id, public key
Head = tuple[int, bytes]  # size, root


def need(holds: object, problem: str) -> None:
    if not holds:
        raise Broken(problem)


def from_base64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        raise Broken("base64 text is misspelt") from None
    need(base64.b64encode(raw).decode() == text, "base64 text is misspelt")
    return raw


def as_text(data: bytes, what: str) -> str:
    try:
        text = data.decode("utf-8")
    except ValueError:
        raise Broken(f"{what} is not UTF-8 text") from None
    need(not any(c < " " and c != "\n" for c in text), f"{what} holds control characters")
    return text


def number(text: str, what: str) -> int:
    need(text.isascii() and text.isdigit() and len(text) < 20 and str(int(text)) == text, f"{what} is no number")
    return int(text)


def read_key(vkey: str, kind: bytes = b"\x01") -> Key:
    name, ident, spelt = (*vkey.strip().split("+", 2), "", "")[:3]
    raw = from_base64(spelt)
    expected = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    need(name and " " not in name and ident == expected.hex(), "the verifier key does not match its own id")
    need(raw[:1] == kind and len(raw) == 33, f"no Ed25519 key of the form name+id+base64 and type {kind[0]}")
    return name, expected, raw[1:]


def signed_lines(note: str, key: Key, what: str, *, witness: bool = False) -> list[str]:
    """The lines of a note that the key has signed; those of a witness carry a time, which is said."""
    log, ident, public = key
    text, blank, tail = note.rpartition("\n\n")
    need(blank and tail.endswith("\n") and len(tail) <= 256 * 1024, f"{what} is not a signed note")
    ours = []
    for line in tail[:-1].split("\n"):
        dash, name, spelt = (*line.split(" ", 2), "", "")[:3]
        raw = from_base64(spelt)
        need(dash == "—" and name and len(raw) > 4, f"a signature line of {what} is misspelt")
        if name == log and raw[:4] == ident:
            ours.append((int.from_bytes(raw[4:-64], "big"), raw[-64:], len(raw) == 68 + 8 * witness))
    said = [f"cosignature/v1\ntime {at}\n{text}\n" if witness else f"{text}\n" for at, _, _ in ours]
    good = all(fits and signed_by(public, s, m.encode()) for (_, s, fits), m in zip(ours, said, strict=True))
    need(good and 0 < len(ours) < (64 if witness else 5), f"{what} is not {'co' * witness}signed by the key of {log}")
    if witness:
        say(f"Cosigned by the witness {log}, {time.strftime('%Y-%m-%d %H:%M:%S UTC', time.gmtime(max(ours)[0]))}.")
    return text.split("\n")


def read_checkpoint(note: str, key: Key) -> Head:
    """The head of the log that the key has signed."""
    lines = signed_lines(note, key, "the checkpoint")
    need(len(lines) > 2 and all(lines) and lines[0] == key[0], f"the checkpoint is not one of the log {key[0]}")
    root = from_base64(lines[2])
    need(len(root) == 32, "the root in the checkpoint is not 32 bytes")
    return number(lines[1], "the size in the checkpoint"), root


def check_proof(text: str, leaf: bytes, key: Key, known: dict[str, Head]) -> tuple[int, Head]:
    """The index of the leaf and the head it is proved under; `known` holds the checkpoints already checked."""
    head, blank, note = text.partition("\n\n")
    lines = head.split("\n")
    need(blank and lines.pop(0) == "c2sp.org/tlog-proof@v1", "it is not a c2sp.org/tlog-proof@v1")
    if lines and lines[0].startswith("extra "):
        from_base64(lines.pop(0)[6:])
    need(lines and lines[0].startswith("index ") and len(lines) < 66, "the proof is misspelt")
    index = number(lines.pop(0)[6:], "the index in the proof")
    if note not in known:
        known[note] = read_checkpoint(note, key)
    check_inclusion(index, [*map(from_base64, lines)], hashlib.sha256(b"\x00" + leaf).digest(), known[note])
    return index, known[note]


def check_inclusion(index: int, hashes: list[bytes], at: bytes, head: Head) -> None:
    place, last = index, head[0] - 1  # RFC 9162 section 2.1.3.2
    need(index <= last, "the proof is of an entry past the end of the log")
    for sibling in hashes:
        need(last > 0 and len(sibling) == 32, "the proof does not fit the tree")
        if place & 1 or place == last:
            at = hashlib.sha256(b"\x01" + sibling + at).digest()
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            at = hashlib.sha256(b"\x01" + at + sibling).digest()
        place, last = place >> 1, last >> 1
    need(last == 0 and at == head[1], "the proof does not lead from the entry to the signed root")


def read_json(data: bytes, what: str) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise Broken(f"{what} is not JSON") from None
    need(isinstance(value, dict), f"{what} is not a JSON object")
    return dict(value)


def check_entry(leaf: bytes, body: bytes | None) -> str:
    """A sentence on who logged the entry and when, and whether its words are here; Broken when they are others."""
    fields = read_json(leaf, "the leaf")
    spelt = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(errors="replace")
    need(spelt == leaf and fields.get("v") == 1, "the leaf is not that of a claim ledger, version 1")
    kind, actor, at, logged = (fields.get(name) for name in ("kind", "actor", "at", "body"))
    said = f"{kind}, logged by {actor}, dated {at}"
    if body is None:
        return f"{said}; its words are NOT here (redacted or withheld), only what the log keeps about them"
    need(hashlib.sha256(body).hexdigest() == logged, "the entry's words are not those that were logged")
    return said


class Files(dict[str, bytes]):
    """The files of a bundle by name."""

    def __missing__(self, name: str) -> bytes:
        raise Broken(f"the bundle lacks {name}")


def members(place: Path) -> Iterator[tuple[str, Callable[[int], bytes]]]:
    """The name of each file in a folder or zip, and a function that reads at most so many bytes of it."""
    if place.is_dir():
        for path in sorted(place.rglob("*")):
            need(not path.is_symlink(), f"the bundle holds a link: {path.name}")
            if path.is_file():
                with path.open("rb") as file:
                    yield path.relative_to(place).as_posix(), file.read
        return
    end = -GAP
    with zipfile.ZipFile(place) as archive, place.open("rb") as raw:
        for it in sorted(archive.infolist(), key=lambda it: it.header_offset):
            need(it.compress_type in (0, 8), "the zip is packed in a way that unpacks without bounds")
            odd = it.external_attr >> 28 == 10 or zlib.crc32(it.filename.encode()).to_bytes(4, "little") in it.extra
            need(0 <= it.header_offset - end <= GAP and not odd, f"{it.filename} is a link, or hides another")
            raw.seek(it.header_offset + 26)
            a, b, c, d = raw.read(4)
            end = it.header_offset + 30 + a + c + 256 * (b + d) + it.compress_size
            with archive.open(it) as member:
                yield it.filename, member.read
        need(archive.start_dir - end <= GAP and not archive.comment, "the zip hides what is not listed")


def read_bundle(place: Path) -> Files:
    """Every file of the bundle by its name inside, from a folder or a zip."""
    files, left, seen = Files(), LARGEST, set()
    for name, read in members(place):
        need(name.casefold() not in seen, f"two files of one name: {name}")
        outside = name.startswith("/") or ".." in name.split("/") or set("\\:\0") & set(name)
        need(not outside and len(files) < MOST, f"the bundle holds {MOST} files, or one with a path out of it: {name}")
        files[name] = read(left + 1)
        left -= len(files[name])
        need(left >= 0, "the bundle unpacks to 256 MiB or more")
        seen.add(name.casefold())
    top = min((n for n in files if f"/{n}".endswith("/manifest.json")), key=len, default="").removesuffix(LIST[0])
    need(all(name.startswith(top) or name.endswith("/") for name in files), "a file lies outside the bundle's folder")
    return Files({name.removeprefix(top): data for name, data in files.items() if not name.endswith("/")})


def check_bundle(files: Files, trusted: str | None, witnesses: Sequence[str] = ()) -> list[str]:
    """Print what holds and give back what does not."""
    own = as_text(files["key.vkey"], "key.vkey").strip()
    key = read_key(trusted or own)
    if not trusted:
        say(f"{ANYBODY} {own}, SHA-256 {hashlib.sha256(key[2]).hexdigest()}")
    note = as_text(files["checkpoint"], "checkpoint")
    head = read_checkpoint(note, key)
    say(f"The checkpoint is signed by the key of {key[0]}: {head[0]} entries, root {head[1].hex()}.")
    for vkey in witnesses:
        signed_lines(note, read_key(vkey, b"\x04"), "the checkpoint", witness=True)
    lines = signed_lines(as_text(files["manifest.note"], "manifest.note"), key, "manifest.note")
    digest = hashlib.sha256(files["manifest.json"]).hexdigest()
    need(lines == [f"{key[0]}/bundle", f"sha256 {digest}"], "manifest.json is not the list of files that was signed")
    found = {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name not in LIST}
    listed = dict(read_json(files["manifest.json"], "manifest.json").get("files", {}))
    problems = [f"{n} is not as manifest.json lists it" for n in {**found, **listed} if found.get(n) != listed.get(n)]
    known, proved = {note: head}, 0
    numbers = {n.split("/")[1].split(".")[0] for n in files if n.startswith(("leaves/", "proofs/", "entries/"))}
    for n in sorted(numbers, key=lambda n: (len(n), n)):
        try:
            leaf = files[f"leaves/{n}.json"]
            index, under = check_proof(as_text(files[f"proofs/{n}.tlog-proof"], "the proof"), leaf, key, known)
            need(str(index) == n and under == head, "its proof is of another entry or another checkpoint")
            say(f"Entry {n} is in the log: {check_entry(leaf, files.get(f'entries/{n}.json'))}.")
            proved += 1
        except Broken as e:
            problems.append(f"entry {n}: {e}")
    if proved and not problems:
        say(f"All {proved} entries shown are in the log. The report and all files are those that the key signed.")
    return problems if proved else [*problems, "no entry is proved"]


def say(text: str) -> None:
    print("".join(c if c.isprintable() else ascii(c)[1:-1] for c in text))


def main(arguments: list[str]) -> int:
    """The exit code, after everything has been said."""
    parser = argparse.ArgumentParser(usage=__doc__, add_help=False, allow_abbrev=False)
    parser.add_argument("bundle", nargs="?")
    for name in ("--proof", "--leaf", "--body", "--vkey"):
        parser.add_argument(name)
    parser.add_argument("--witness", action="append", default=[])
    asked = parser.parse_args(arguments)
    single = bool(asked.proof and asked.leaf and asked.vkey)
    if bool(asked.bundle) == single or (asked.proof or asked.leaf or asked.body if asked.bundle else asked.witness):
        parser.error("give a bundle, or --proof, --leaf and --vkey")
    problems = []
    try:
        if single:
            key, leaf = read_key(asked.vkey), Path(asked.leaf).read_bytes()
            body = Path(asked.body).read_bytes() if asked.body else None
            index, head = check_proof(as_text(Path(asked.proof).read_bytes(), "the proof"), leaf, key, {})
            say(f"Entry {index} of {head[0]} is in the log {key[0]}: {check_entry(leaf, body)}.")
        else:
            problems = check_bundle(read_bundle(Path(asked.bundle)), asked.vkey, asked.witness)
    except Broken as e:
        problems = [str(e)]
    except Exception as e:  # a hostile zip raises many things: none of them may look like a success or a crash
        say(f"The input cannot be read: {type(e).__name__}: {e}")
        return 2
    for problem in problems:
        say(f"DOES NOT HOLD: {problem}.")
    print("\n" + NOT_SHOWN)
    return 6 if problems else 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    own = Path(__file__).parent  # without arguments the bundle that it lies in
    sys.exit(main(sys.argv[1:] or [str(own)] * (own / "manifest.note").is_file()))

"""Protected names: who an @handle stands for, in one file outside every ledger, readable by its owner alone.

The log, exports and reports know the handle only. Whatever is written to any ledger on this machine is searched for
these names, and refused where one of them stands in it.
"""

from __future__ import annotations

import json
import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import unquote_plus

from msgspec import Struct

from ledger import lexicon
from ledger.errors import BadInput, Refused, StoreError

OTHERS = 0o077
"""The permission bits by which anybody but the owner could touch the file."""
HANDLE = re.compile(r"@\w[\w.-]{1,39}")
SPACED = 10
"""Letters from which on a name is found with hyphens or spaces in its words too."""
SHORTEST = 4
"""Letters of the shortest name that can be protected: a shorter one would be found everywhere."""


class Names(Struct, frozen=True):
    """The protected names, folded, with their handles."""

    handles: Mapping[str, str]

    def __bool__(self) -> bool:
        return bool(self.handles)

    def found(self, text: str) -> list[str]:
        """The handles of the names that stand in a text, each once."""
        if not self.handles:
            return []
        forms = sorted(self.handles.items(), key=lambda form: len(form[0]), reverse=True)
        pattern, handles = _compiled(tuple(name for name, _ in forms)), [handle for _, handle in forms]
        hits = (m for reading in _readings(text) for m in pattern.finditer(folded(reading)))
        return list(dict.fromkeys(handles[(m.lastindex or 1) - 1] for m in hits))


def _readings(text: str) -> Iterator[str]:
    """A text as it stands, and with the escapes of addresses, JSON and HTML undone."""
    yield text
    if "%" in text:
        yield unquote_plus(text)
    if "\\" in text:
        yield ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else " ", text)
    if "&" in text:
        import html  # with a table of two thousand names

        yield html.unescape(text)


ESCAPE = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|[bfnrtvx])")
BLANK_LETTERS = re.compile("[\u115f\u1160]")
INITIAL = re.compile(r"(?<!\w)(\w)\.\s*")
PUNCTUATION = re.compile(r"(?:[^\w\0]|_)+")
FOREIGN = re.compile(r"[^\x00-\x7f]+")


def folded(text: str) -> str:
    """A text as names are looked for in it: in lower case, bare of marks and punctuation, look-alikes folded.

    The dot of an initial stays, so that "A. Lind" is found where "a Lind" is none.
    """
    plain = text.casefold()
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        plain = FOREIGN.sub(lambda m: _bare(m[0]), plain)
    letters = INITIAL.sub(r"\1\0 ", " ".join(plain.replace("\0", " ").split()))
    return PUNCTUATION.sub(" ", letters).replace("\0", ".").strip()


@lru_cache(maxsize=4096)
def _bare(letters: str) -> str:
    """Letters outside ASCII without marks and invisible ones, look-alikes folded."""
    seen = "".join(c for c in letters if unicodedata.category(c) not in ("Mn", "Cf"))
    return BLANK_LETTERS.sub(" ", seen).translate(_lookalikes())


@cache
def _lookalikes() -> dict[int, str]:
    return {ord(other): latin for other, latin in lexicon.values("lookalikes", "letters").items()}


@lru_cache(maxsize=4)
def _compiled(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"({_part(n)})" for n in names))


def _part(name: str) -> str:
    """Finds a form: one word alone; several with what a script attaches, with a middle initial, with letters set apart."""
    if " " not in name:
        return rf"(?<!\w){re.escape(name)}(?!\w)"
    whole = r" (?:\w\.? )?".join(map(re.escape, name.split()))
    if "." in name or len(name) < SPACED:
        return whole
    apart = " ".join(" ?".join(map(re.escape, word)) for word in name.split())
    return rf"{whole}|(?<!\w){apart}(?!\w)"


def path() -> Path:
    """Where the file is: CLAIMS_PROTECTED, else the platform's data folder."""
    if given := os.environ.get("CLAIMS_PROTECTED"):
        return Path(given)
    from ledger import folders

    return folders.data() / "protected.json"


def names() -> Names:
    """The protected names of this machine; none where there is no file, Refused where others can read it."""
    place = path()
    try:
        status = place.lstat()
        if not stat.S_ISREG(status.st_mode):
            from ledger.store.files import plain

            status = plain(place).stat()
    except FileNotFoundError:
        return NOBODY
    except OSError as e:
        raise StoreError(f"cannot read the protected names in {place}: {e.strerror}") from None
    if os.name == "posix" and status.st_mode & OTHERS:
        raise Refused(f"the protected names in {place} can be read by others", hint=f"chmod 600 {place}")
    return _read(str(place), status.st_mtime_ns, status.st_size)


NOBODY = Names({})


@lru_cache(maxsize=4)
def _read(place: str, _changed: int, _size: int) -> Names:
    forms = {}
    for handle, known in _load(Path(place)).items():
        for name in known:
            for form in _forms(name):
                forms[form] = handle
    return Names(forms)


def _load(place: Path) -> dict[str, list[str]]:
    try:
        data = json.loads(place.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as e:
        raise StoreError(f"cannot read the protected names in {place}: {e.strerror}") from None
    except ValueError:
        data = None
    if not isinstance(data, dict) or not all(isinstance(v, list) for v in data.values()):
        raise StoreError(f"{place} does not hold protected names", hint="restore it from a backup of yours")
    return {str(handle): [str(n) for n in known] for handle, known in data.items()}


def _forms(name: str) -> Iterator[str]:
    """The forms of a name: as given, in one word, with the family name first, with initials, as in an address."""
    yield folded(name)
    *first, last = [word for word in map(folded, name.split()) if word]
    if not first:
        return
    given = " ".join(first)
    joined = ("".join((*first, last)), "".join((last, *first)))
    yield from (f"{last} {given}", *(form.replace(" ", "") for form in joined))
    if len(last) > SHORTEST:
        yield first[0][0] + last.replace(" ", "")
    if len(last) >= SHORTEST:
        initials = [f"{word[0]}." for word in first]
        some = {initials[0], " ".join(initials), " ".join([first[0], *initials[1:]])}
        yield from (form for short in sorted(some) for form in (f"{short} {last}", f"{last} {short}"))


def protect(handle: str, known_as: Sequence[str]) -> None:
    """Keeps the real names of a handle, beside those kept before; durably, with mode 0600."""
    from ledger.store.files import neighbour

    if not HANDLE.fullmatch(handle):
        raise BadInput(f"not a handle: {handle[:60]}", hint="a handle is one word that begins with @, such as @baker")
    wanted = [" ".join(n.split()) for n in known_as if n.strip()]
    if not wanted:
        raise BadInput("whose handle is it? a name is needed", hint="it is kept outside the ledger: --name ...")
    if short := [n for n in wanted if len(n) < SHORTEST]:
        raise BadInput(f"too short to be looked for: {len(short[0])} letters", hint="give the name in full")
    place = path()
    known = _load(place)
    known[handle] = list(dict.fromkeys([*known.get(handle, []), *wanted]))
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as e:
        raise StoreError(f"cannot write the protected names in {place}: {e.strerror}") from None
    with neighbour(place) as part:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as f:
            f.write(json.dumps(known, ensure_ascii=False, indent=1).encode() + b"\n")
            f.flush()
            os.fsync(f.fileno())
        part.replace(place)


def refuse(text: str, known: Names) -> None:
    """Refused where a protected name stands in what is about to be logged; the refusal does not say the name."""
    if handles := known.found(text):
        raise Refused(
            f"the name of the protected source {handles[0]} stands in what would be logged",
            hint=f"write {handles[0]} instead; nothing was logged",
        )

"""Manners towards those who run a site: its robots.txt, a pause between two requests, and quiet where it asks for it.

What is known of a site stands in a file of the cache folder, under a lock, so that all processes of this machine keep to it.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ledger.errors import Unreachable

DAY = 24 * 3600.0
"""Seconds for which a robots.txt is taken as read (RFC 9309)."""
LONGEST = 30.0
"""Seconds of the longest pause that a robots.txt is given."""
ROBOTS = 500 * 1024
"""Bytes of a robots.txt that are read; RFC 9309 asks for no more."""


class Site:
    """A host as it is remembered: when it may be asked again, and what its robots.txt says."""

    def __init__(self, origin: str, host: str) -> None:
        from ledger import folders

        self.host = host
        self._place = folders.cache() / "web" / hashlib.sha256(origin.encode()).hexdigest()[:32]

    def turn(self, pause: float, longest: float) -> float:
        """Takes the next turn; gives the seconds until it comes, Unreachable where that is longer than one may wait."""
        with kept(self._place) as known:
            now = time.time()
            at = max(now, known.get("next", 0.0))
            if at - now > longest:
                raise self._asked_for_quiet(at - now)
            known["next"] = at + pause
        return float(at - now)

    def be_quiet(self, seconds: float) -> None:
        """Nobody here asks it again before so many seconds have passed."""
        with kept(self._place) as known:
            known["next"] = max(known.get("next", 0.0), time.time() + seconds)

    def robots(self, ask: Callable[[], str]) -> str:
        """Its robots.txt, asked for once a day."""
        with kept(self._place) as known:
            said, at = known.get("robots"), known.get("robots_at", 0.0)
        if not isinstance(said, str) or not 0 <= time.time() - at < DAY:
            said = ask()
            with kept(self._place) as known:
                known |= {"robots": said, "robots_at": time.time()}
        return said

    def _asked_for_quiet(self, seconds: float) -> Unreachable:
        wait = f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} minutes"
        return Unreachable(f"{self.host} is not asked again before {wait} have passed", hint="try again then")


def allowed(robots: str, url: str, agent: str) -> tuple[bool, float]:
    """Whether a robots.txt lets the address be fetched, and the pause that it asks for."""
    from protego import Protego

    rules = Protego.parse(robots)
    return rules.can_fetch(url, agent), min(float(rules.crawl_delay(agent) or 0), LONGEST)


@contextmanager
def kept(place: Path, *, make: bool = True) -> Iterator[dict[str, Any]]:
    """What a file of the cache holds, for this process alone; what is changed is written. Without a folder nothing is kept."""
    try:
        if not make and not place.exists():
            raise FileNotFoundError
        place.parent.mkdir(parents=True, exist_ok=True)
        file = place.open("a+", encoding="utf-8", errors="replace")
    except OSError:
        yield {}
        return
    with suppress(OSError), file:  # a full disk keeps nothing
        _lock(file.fileno())
        file.seek(0)
        before = file.read()
        known = _read(before)
        yield known
        if (after := json.dumps(known)) != before:
            file.truncate(0)
            file.write(after)


def _read(said: str) -> dict[str, Any]:
    """What was kept; nothing where it cannot be read, for a cache may be damaged, or the clock was set back."""
    try:
        known = json.loads(said)
    except (ValueError, RecursionError):
        return {}
    at = [known.get(t, 0.0) for t in ("next", "robots_at")] if isinstance(known, dict) else [None]
    sound = all(isinstance(t, int | float) and 0 <= t < time.time() + 2 * DAY for t in at)
    return known if sound else {}


def _lock(file: int) -> None:
    """Waits for the others; where the system or the disk has no such lock, two processes may take one turn."""
    with suppress(ImportError, OSError):
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)

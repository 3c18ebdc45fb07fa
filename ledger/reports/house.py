"""A newsroom's own look: its templates come before ours and run in a sandbox, and its mistakes are reported with file and line.

A folder may hold any of our templates by name, and `ours/NAME` is always ours, so that a template can extend the one that it
replaces. A single .css file takes the place of the empty house.css; any other single file that of report.html.
"""

from __future__ import annotations

import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.loaders import split_template_path
from jinja2.sandbox import SandboxedEnvironment

from ledger.errors import BadInput, ClaimsError, NotFound

SECONDS = 60
"""How long a newsroom's templates may take for a report or a page of a site."""
MEMORY = 2**30
"""How much memory they may take beside what is taken already."""
ENDINGS = {".html", ".htm", ".css", ".jinja", ".j2"}


@contextmanager
def mistakes_named(place: Path) -> Iterator[None]:
    """Turns what goes wrong in a newsroom's templates into BadInput that names the template and the line."""
    try:
        with _in_time(place), _in_memory():
            yield
    except ClaimsError:
        raise
    except TemplateSyntaxError as e:
        raise BadInput(f"{e.filename or e.name}, line {e.lineno}: {e.message}", hint=HINT) from None
    except TemplateNotFound as e:
        raise BadInput(f"no template {e.name!r} in {place} and none of ours", hint=HINT) from None
    except UnicodeDecodeError:
        raise BadInput(f"a template in {place} is not UTF-8") from None
    except MemoryError as e:
        raise BadInput(f"{_where(e, place)}: takes more than {MEMORY // 2**20:,} MB of memory", hint=HINT) from None
    except Exception as e:  # a template is somebody's program: whatever it raises is told by its line
        raise BadInput(f"{_where(e, place)}: {str(e) or type(e).__name__}", hint=HINT) from None


@contextmanager
def _in_time(place: Path) -> Iterator[None]:
    """Ends what takes too long, where the system can: a template's loops need no end."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(*_: object) -> None:
        raise BadInput(f"the templates of {place} took more than {SECONDS} s and were stopped", hint=HINT)

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _in_memory() -> Iterator[None]:
    """Bounds what a template may blow up, where the system tells how much is taken."""
    try:
        import resource

        taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    most = taken + MEMORY
    if before[0] == resource.RLIM_INFINITY or before[0] > most:
        resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


HINT = "what templates may use is in docs/templates.md"


def environment(place: Path) -> SandboxedEnvironment:
    """Our environment with the newsroom's files in front; a template reaches nothing but what it is given."""
    return SandboxedEnvironment(
        loader=_loader(place), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


class Inside(FileSystemLoader):
    """Templates of a folder; no link in it leads out."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        found = Path(self.searchpath[0], *split_template_path(template))
        if found.exists() and not found.resolve().is_relative_to(Path(self.searchpath[0]).resolve()):
            raise BadInput(
                f"{template} leads out of {self.searchpath[0]}: it is a link", hint="put the file itself there"
            )
        return super().get_source(environment, template)


def _loader(place: Path) -> BaseLoader:
    ours = PackageLoader("ledger.reports", "templates")
    return ChoiceLoader([*_theirs(place), PrefixLoader({"ours": ours}), ours])


def _theirs(place: Path) -> list[BaseLoader]:
    """The newsroom's files: a folder, or one file that replaces the style sheet or the page."""
    if place.is_dir():
        return [Inside(place)]
    if not place.is_file():
        raise NotFound(f"no such template: {place}", hint="name a folder of templates, a .css or an .html file")
    if place.suffix.lower() not in ENDINGS:
        raise BadInput(f"{place} is no template", hint="name a folder of templates, a .css or an .html file")
    name = "house.css" if place.suffix.lower() == ".css" else "report.html"
    source = place.read_text(encoding="utf-8")
    first = FunctionLoader(lambda wanted: (source, str(place), None) if wanted == name else None)
    return [first, Inside(place.parent)] if name == "report.html" else [first]


def _where(error: Exception, place: Path) -> str:
    """The innermost line of a template that the error passed through."""
    frames = traceback.extract_tb(error.__traceback__)
    named = [f for f in frames if Path(f.filename).suffix.lower() in ENDINGS]
    return f"{named[-1].filename}, line {named[-1].lineno}" if named else str(place)

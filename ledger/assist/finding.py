"""The statements of a text as the rules find them, with the help that was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ledger import suggest
from ledger.assist import Aided
from ledger.assist.merging import merged

if TYPE_CHECKING:
    from ledger.assist.model import Model
    from ledger.assist.server import Server


@dataclass(slots=True)
class Finder:
    """Finds statements by rule, then with a learned model, then with a language model; `problems` are told, not raised."""

    model: Model | None = None
    server: Server | None = None
    problems: list[str] = field(default_factory=list)
    """One line for each text of which a language model did not give all it should."""

    def __call__(self, text: str, published: str | None = None) -> list[Aided]:
        aided = [Aided(found) for found in suggest.find(text, published)]
        if self.model:
            from ledger.assist import tagging

            aided = tagging.improved(text, aided, self.model, published)
        return self._asked(text, published, aided) if self.server else aided

    def _asked(self, text: str, published: str | None, local: list[Aided]) -> list[Aided]:
        from ledger.assist import llm

        assert self.server  # noqa: S101
        asked = llm.suggest(self.server, text, published)
        if asked.problem:
            self.problems.append(asked.problem)
        return merged(local, asked.aided)

"""Column types that the schema's own text stands for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.types import TypeDecorator


class Truth(TypeDecorator[bool]):
    """A truth value, kept as 0 or 1 on both engines."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Any) -> int | None:  # noqa: ARG002
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Any) -> bool | None:  # noqa: ARG002
        return None if value is None else bool(value)

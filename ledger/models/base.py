"""What every class has in common: a registry of its own, and truth values."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Integer
from sqlalchemy.orm import declared_attr, registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel


class Row(SQLModel, registry=registry()):
    """A row of the ledger; classes of a program's own may have the same names."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805  ClaimView reads claim_view
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class Truth(TypeDecorator[bool]):
    """A truth value, kept as 0 or 1 on both engines."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Any) -> int | None:  # noqa: ARG002
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Any) -> bool | None:  # noqa: ARG002
        return None if value is None else bool(value)

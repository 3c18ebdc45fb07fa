"""The public surface: every name is there, and importing the package costs nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

import ledger


@pytest.mark.parametrize("name", ledger.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(ledger, name) is not None
    assert name in dir(ledger)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = ledger.nonsense


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import sys; before = set(sys.modules); import ledger; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['ledger']"

"""Documents that cannot lie: what README and tour show is run, generated pages are up to date, every verb has an example."""

from __future__ import annotations

import inspect
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from warm import warm

from cli import docs
from cli.apps import Handler, parameters
from cli.table import handlers
from ledger import errors
from ledger.reports import answer_rows

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


# --- what is shown is run -----------------------------------------------------------------------------------------


def steps(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Each command of the page's console blocks with the lines that its output must have; a block of sh is pasted whole."""
    for kind, block in re.findall(r"```(console|sh)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        if kind == "sh":
            yield block.rstrip(), [line[2:] for line in block.splitlines() if line.startswith("# ")]
            continue
        command, expected = "", []
        for line in block.splitlines():
            if line.startswith("$ "):
                if command:
                    yield command, expected
                command, expected = line[2:], []
            elif line.startswith(">"):
                command += "\n" + line[2:]
            elif line.strip():
                expected.append(line.strip())
        yield command, expected


def runnable(command: str) -> str:
    """The command without its installation, which the CI script runs; "" for one that would run these tests."""
    rest = re.sub(r"^pip install [^&]+&& ", "", command)
    return "" if rest == "pytest" else rest


COMMON = (
    "demo .", "add 'Government troops walked' --article A1 --no-input", "report -o q.html", "report all --site site",
    "export -o claims.csv", "import claims.csv --dry-run", "suggest A2",
)  # fmt: skip
"""What pages do often; a process that has done it does it again in a third of the time."""


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "docs/tour.md",
        "docs/imports.md",
        "docs/handing-out.md",
        "docs/claimreview.md",
        "docs/site.md",
        "docs/fields.md",
        "docs/sync.md",
    ],
)
def test_the_commands_of_a_page_print_what_it_says(page: str, tmp_path: Path, environment: dict[str, str]) -> None:
    shim = tmp_path / "bin" / "claims"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec {shlex.join(warm(*COMMON))} "$@"\n')
    shim.chmod(0o755)
    shown = [(c, e) for c, e in steps(ROOT / page) if runnable(c)]
    assert len(shown) > 5
    script = "\n".join(f"{runnable(c)}\nprintf '\\n@@%s@@\\n' $?" for c, _ in shown)
    work = tmp_path / "work"
    work.mkdir()
    env = {k: v for k, v in environment.items() if k != "CLAIMS_LEDGER"}
    env |= {"PATH": f"{shim.parent}{os.pathsep}{env['PATH']}", "COLUMNS": "200", "TMPDIR": str(tmp_path)}
    ran = subprocess.run(["bash", "-c", script], cwd=work, env=env, stdout=-1, stderr=-2, text=True, timeout=120)
    outputs = re.split(r"\n@@\d+@@\n", ran.stdout)
    assert len(outputs) == len(shown) + 1
    for (command, expected), output in zip(shown, outputs, strict=False):
        flat = " ".join(output.split())
        for line in expected:
            assert " ".join(line.split()) in flat, f"{command}\n\nshould print: {line}\n\nprinted:\n{output}"


def test_the_python_of_the_api_page_prints_what_it_says(tmp_path: Path, environment: dict[str, str]) -> None:
    page = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", page, re.DOTALL)
    assert len(blocks) > 3
    for command, _ in steps(ROOT / "docs/api.md"):
        words = [*warm(*COMMON), *command.split()[1:]]
        subprocess.run(words, cwd=tmp_path, env=environment, check=True, stdout=-3, stderr=-3, timeout=120)
    script = "".join(f"{code}\nprint('@@')\n" for code, _ in blocks)
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], cwd=tmp_path, env=environment, stdout=-1, stderr=-2, text=True
    )
    for (code, expected), printed in zip(blocks, ran.stdout.split("@@\n"), strict=False):
        assert printed == expected, f"{code}\n\nprinted:\n{printed}"
    assert ran.returncode == 0, ran.stdout


def test_a_block_that_is_pasted_holds_no_prompt_and_asks_nothing() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) >= 5
    lines = [line for block in blocks for line in block.splitlines()]
    assert not [line for line in lines if line.startswith(("$ ", "> "))]
    asking = [line for line in lines if line.startswith(("claims triage", "claims add", "claims redact"))]
    asking += [line for line in lines if line.startswith("claims capture") and "--publisher" not in line]
    assert asking == []
    paging = ("claims question show", "claims list", "claims show", "claims suggest", "claims history")
    assert not [block for block in blocks if any(line.startswith(paging) for line in block.splitlines()[1:])]


def test_the_two_commands_stand_in_the_readme_as_the_ci_script_looks_for_them() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "\n$ pip install . && claims demo\n" in readme
    assert '\n$ pip install -e ".[dev]" && pytest\n' in readme


# --- made from the program ----------------------------------------------------------------------------------------


def test_the_checks_run_on_each_python_that_the_classifiers_name() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [c.rpartition(" ")[2] for c in project["classifiers"] if "Python :: 3." in c]
    checks = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    assert f"python: {json.dumps(named)}" in checks
    assert project["requires-python"] == f">={named[0]}"


@pytest.mark.parametrize("name", docs.PAGES)
def test_a_generated_page_is_up_to_date(name: str) -> None:
    now = docs.PAGES[name]()
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == now, "stale: run make docs"


@pytest.mark.parametrize(("name", "handler"), [pytest.param(n, h, id=n) for n, h in handlers()])
def test_a_verb_has_help_and_an_example_of_itself(name: str, handler: Handler) -> None:
    help_text = inspect.cleandoc(handler.__doc__ or "")
    assert len(help_text.split("\n\n")[0]) > 10
    assert f"Example: claims {name}" in help_text
    for one in parameters(handler):
        assert one.declared.kind == "Argument" or one.declared.more.get("help"), f"{name} {one.name} has no help"


def test_every_error_has_its_paragraph_with_its_exit_code() -> None:
    text = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\w+)\n\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE))
    known = {n: e for n, e in vars(errors).items() if isinstance(e, type) and issubclass(e, errors.ClaimsError)}
    assert sections.keys() == known.keys()
    for name, error in known.items():
        assert name == "ClaimsError" or f"Exit code {error.exit_code}." in sections[name]


# --- links --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    for target, fragment in re.findall(r"\]\(([^)#\s]*)(#[^)\s]*)?\)", page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        place = page.parent / target if target else page
        assert place.exists(), f"{target} does not exist"
        if fragment:
            headings = re.findall(r"^#+ (.+)$", place.read_text(encoding="utf-8"), re.MULTILINE)
            assert fragment[1:] in {re.sub(r"[^\w -]", "", h).strip().lower().replace(" ", "-") for h in headings}


def test_no_page_copies_the_file_of_a_ledger_that_may_be_in_use() -> None:
    for page in PAGES:
        shown = re.findall(r"^(?:\$ | {4})(?:cp|mv|rsync|scp) .*\.db\b", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert shown == [], f"{page.name}: claims backup, which takes what is still in the write-ahead log"


def test_modules_that_the_architecture_names_exist() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    for name in re.findall(r"`((?:ledger|cli)/[\w/.]+)`", text):
        assert (ROOT / name).exists(), name


def test_what_the_architecture_says_of_a_file_stands_in_it() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = [row for row in text.partition("## Where is it?")[2].splitlines() if row.startswith("| ")]
    assert len(rows) > 20
    for row in rows:
        files = [ROOT / name for name in re.findall(r"`((?:ledger|cli|tests)/[\w/]+\.(?:py|toml))`", row)]
        code = "".join(file.read_text(encoding="utf-8") for file in files)
        for name in re.findall(r"`([A-Za-z]\w+)`", row) if files else ():
            assert re.search(rf"\b{name}\b", code), f"{name}: {row}"


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs/images").glob("*.png"))
    assert pictures
    assert max(p.stat().st_size for p in pictures) < 300_000


def test_examples_say_that_they_are_examples() -> None:
    texts = [p for p in (ROOT / "cli/examples").iterdir() if p.suffix != ".json"]
    assert len(texts) >= 5
    assert all("Example article written for Claim Ledger" in p.read_text(encoding="utf-8") for p in texts)


def test_what_the_page_on_trust_names_is_there() -> None:
    table = (
        (ROOT / "docs" / "trust.md").read_text(encoding="utf-8").partition("## What shows it")[2].partition("\n## ")[0]
    )
    tests = "".join(place.read_text(encoding="utf-8") for place in (ROOT / "tests").glob("test_*.py"))
    campaigns = (ROOT / "campaigns" / "__main__.py").read_text(encoding="utf-8")
    rows = re.findall(r"^\| .* \| (`.*`) \|$", table, re.MULTILINE)
    assert len(rows) > 10
    for shown in rows:
        for named in re.findall(r"`([^`]+)`", shown):
            kind, *names = named.split()
            if names:
                assert kind == "campaigns"
                assert all(f'"{name}": ' in campaigns for name in names), named
            else:
                assert f"def {kind}(" in tests, named


def test_each_column_of_a_question_s_data_is_documented() -> None:
    told = (ROOT / "docs" / "handing-out.md").read_text(encoding="utf-8")
    assert [name for name, means in answer_rows.COLUMNS.items() if f"| `{name}` | {means} |" not in told] == []

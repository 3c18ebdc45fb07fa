"""The page's API held against its own description by schemathesis: no answer that is not described, no error of the server.

Most requests are about what is in the ledger (campaigns/real_ids.py), so that writes come through; answers are counted.

python -m venv --without-pip api && ... install schemathesis      in an environment of its own: it brings thirty packages
python -m campaigns.described api/bin/schemathesis [EXAMPLES]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import invented
from serving import served

from ledger import audit, store

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def main(program: str, examples: str = "50") -> int:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "ledger.db"
        invented.build(place)
        kept = {k: v for k, v in os.environ.items() if not k.startswith("CLAIMS_")}
        kept |= {"CLAIMS_LEDGER": str(place), "CLAIMS_ACTOR": "desk", "CLAIMS_PROTECTED": f"{name}/protected.json"}
        with served(kept) as page:
            whole = f"{page.origin}{page.base}"
            tally = Path(name) / "tally"
            hooks = Path(__file__).with_name("real_ids.py")
            known = {"DESCRIBED_PAGE": whole, "DESCRIBED_COOKIE": page.cookie, "DESCRIBED_TALLY": str(tally)}
            ran = subprocess.run(
                [
                    str(Path(program).absolute()), "run", f"{whole}/api", "--url", whole, "-H", f"Cookie: {page.cookie}",
                    "-H", f"Origin: {page.origin}",
                    "--max-examples", examples, "--phases", "fuzzing", "--checks", CHECKS, "--workers", "1",
                ],
                check=False,
                cwd=name,
                env=os.environ | known | {"SCHEMATHESIS_HOOKS": str(hooks)},
            )  # fmt: skip
        with store.open_ledger(place, store.Open.READ) as ledger:
            assert audit.verify(ledger).ok
        _tell(tally.read_text(encoding="utf-8").splitlines())
    return ran.returncode


def _tell(answers: list[str]) -> None:
    """How many answers of each hundred, in all and of each operation."""
    hundreds = Counter(f"{line[:-2]}xx" for line in answers)
    for name in sorted({line.split()[0] for line in answers}):
        print(
            f"{name}: {', '.join(f'{n} {k.split()[1]}' for k, n in sorted(hundreds.items()) if k.split()[0] == name)}"
        )
    print(f"{len(answers)} answers: {dict(sorted(Counter(line[-3] + 'xx' for line in answers).items()))}")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

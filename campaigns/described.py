"""The page's API held against its own description by schemathesis: no answer that is not described, no error of the server.

python -m venv --without-pip api && ... install schemathesis      in an environment of its own: it brings thirty packages
python -m campaigns.described api/bin/schemathesis [EXAMPLES]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
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
            ran = subprocess.run(
                [
                    program, "run", f"{whole}/api", "--url", whole, "-H", f"Cookie: {page.cookie}",
                    "-H", f"Origin: {page.origin}",
                    "--max-examples", examples, "--phases", "fuzzing", "--checks", CHECKS,
                ],
                check=False,
            )  # fmt: skip
        with store.open_ledger(place, store.Open.READ) as ledger:
            assert audit.verify(ledger).ok
    return ran.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

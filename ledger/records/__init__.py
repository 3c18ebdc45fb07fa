"""Every noun as a frozen record: values, entry bodies (which are also the drafts) and read rows.

Offsets count code points of the captured text, half-open. Figures, scores and coordinates are decimal strings; a bound that
does not exist is None. Times are ISO 8601 / EDTF text with reduced precision ("2016-03", "2017-04-15T16").
"""

from ledger.records.desk import *  # noqa: F403
from ledger.records.entries import *  # noqa: F403  the package is one namespace, split in files by size alone
from ledger.records.pages import *  # noqa: F403
from ledger.records.rows import *  # noqa: F403
from ledger.records.values import *  # noqa: F403

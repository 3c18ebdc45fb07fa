"""One frozen report, gathered once, from which every format is written."""

from ledger.report.gathering import gather, uids
from ledger.report.shape import Report

__all__ = ["Report", "gather", "uids"]

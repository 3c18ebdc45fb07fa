"""A ledger as a folder of pages that link to each other: questions, articles, sources, a search without a server, a feed.

The same ledger gives the same files, byte for byte, whether they are written anew or brought up to date.
"""

from ledger.reports.site.writing import Written, write

__all__ = ["Written", "write"]

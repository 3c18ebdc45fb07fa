"""Claim Ledger: who said what, according to whom, and what other sources say."""

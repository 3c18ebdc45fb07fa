"""Canonical JSON, the RFC 6962 tree, and C2SP notes: what the log is proved with.

Pure: no file, no clock, no key. Signing and checking of signatures come in as callables.
"""

from ledger.merkle.jcs import canonical, loads, read_plain
from ledger.merkle.notes import (
    Checkpoint,
    Key,
    Proof,
    Sign,
    Verify,
    check_proof,
    format_proof,
    note_text,
    open_checkpoint,
    open_note,
    parse_checkpoint,
    parse_proof,
    parse_vkey,
    sign_note,
)
from ledger.merkle.tree import (
    EMPTY_ROOT,
    Frontier,
    Node,
    append_nodes,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    root_at,
    verify_consistency,
    verify_inclusion,
)

__all__ = [
    "EMPTY_ROOT",
    "Checkpoint",
    "Frontier",
    "Key",
    "Node",
    "Proof",
    "Sign",
    "Verify",
    "append_nodes",
    "canonical",
    "check_proof",
    "consistency_proof",
    "format_proof",
    "inclusion_proof",
    "leaf_hash",
    "loads",
    "node_hash",
    "note_text",
    "open_checkpoint",
    "open_note",
    "parse_checkpoint",
    "parse_proof",
    "parse_vkey",
    "read_plain",
    "root",
    "root_at",
    "sign_note",
    "verify_consistency",
    "verify_inclusion",
]

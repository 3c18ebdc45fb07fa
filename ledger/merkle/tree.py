"""The Merkle tree of RFC 6962 section 2.1 and RFC 9162 section 2.1, over SHA-256.

A node is named by (level, index): the root of the complete subtree over the 2^level leaves that start at
index * 2^level; level 0 holds the leaf hashes. Whoever keeps these nodes can append and prove in O(log n) steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from ledger.errors import Tampered

Node = Callable[[int, int], bytes]

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf's data."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree read leaf by leaf that remembers only the roots of its complete subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Adds the next leaf hash."""
        size = self.size
        while size & 1:
            leaf = sha256(b"\x01" + self._peaks.pop() + leaf).digest()
            size >>= 1
        self._peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves taken so far."""
        return fold(self._peaks)


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.add(leaf)
    return frontier.root()


def root_at(size: int, node: Node) -> bytes:
    """The root of the first `size` leaves."""
    return _range_root(0, size, node)


def append_nodes(size: int, leaf: bytes, node: Node) -> list[tuple[int, int, bytes]]:
    """The nodes (level, index, hash) that a leaf hash appended to `size` leaves completes, its own first."""
    made = [(0, size, leaf)]
    level = 0
    while size >> level & 1:
        leaf = node_hash(node(level, (size >> level) - 1), leaf)
        level += 1
        made.append((level, size >> level, leaf))
    return made


def _range_root(start: int, end: int, node: Node) -> bytes:
    """The root over leaves start to end, where start is a multiple of a power of two not below the length."""
    peaks = []
    while start < end:
        level = (end - start).bit_length() - 1
        peaks.append(node(level, start >> level))
        start += 1 << level
    return fold(peaks)


def fold(peaks: Sequence[bytes]) -> bytes:
    """The root over complete subtrees that stand side by side, the largest first."""
    if not peaks:
        return EMPTY_ROOT
    folded = peaks[-1]
    for peak in reversed(peaks[:-1]):
        folded = node_hash(peak, folded)
    return folded


def _split(length: int) -> int:
    """The largest power of two below the length."""
    return 1 << (length - 1).bit_length() - 1


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """The hashes from the leaf's sibling upward that lead to the root of the first `size` leaves."""
    if not 0 <= index < size:
        raise Tampered(f"entry {index} is not in a log of {size} entries")
    start, end, proof = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_range_root(middle, end, node))
            end = middle
        else:
            proof.append(_range_root(start, middle, node))
            start = middle
    return proof[::-1]


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """The hashes that show the first `old` leaves unchanged within the first `new` ones."""
    if not 0 < old <= new:
        raise Tampered(f"a log of {old} entries is no beginning of one of {new}")
    start, end, proof = 0, new, []
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(_range_root(middle, end, node))
            end = middle
        else:
            proof.append(_range_root(start, middle, node))
            start = middle
    if start:
        proof.append(_range_root(start, end, node))
    return proof[::-1]


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Checks that the proof leads from the leaf hash to the root; Tampered where it does not."""
    if not 0 <= index < size:
        raise Tampered(f"entry {index} is not in a log of {size} entries")
    _check_digests(leaf, root, *proof)
    # RFC 9162 section 2.1.3.2
    at, last = index, size - 1
    for sibling in proof:
        if last == 0:
            raise Tampered("the inclusion proof is longer than the tree is high")
        if at & 1 or at == last:
            leaf = node_hash(sibling, leaf)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            leaf = node_hash(leaf, sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise Tampered("the inclusion proof is shorter than the tree is high")
    if leaf != root:
        raise Tampered(f"the inclusion proof does not lead from entry {index} to the root")


def verify_consistency(old: int, new: int, proof: Sequence[bytes], root_old: bytes, root_new: bytes) -> None:
    """Checks that the first tree is the beginning of the second; Tampered where it is not."""
    if not 0 < old <= new:
        raise Tampered(f"a log of {old} entries is no beginning of one of {new}")
    _check_digests(*proof)
    if old == new:
        if proof or root_old != root_new:
            raise Tampered(f"two logs of {old} entries differ")
        return
    # RFC 9162 section 2.1.4.2
    path = [root_old, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        raise Tampered("the consistency proof is empty")
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise Tampered("the consistency proof is longer than the tree is high")
        if at & 1 or at == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise Tampered("the consistency proof is shorter than the tree is high")
    if before != root_old or after != root_new:
        raise Tampered(f"the log of {old} entries is not the beginning of the log of {new}")


def _check_digests(*hashes: bytes) -> None:
    if any(len(h) != 32 for h in hashes):
        raise Tampered("a hash of the proof is not 32 bytes")

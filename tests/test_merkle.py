"""The tree, canonical JSON and notes, against public vectors, the RFC's own definition and every flipped bit."""

import base64
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import merkle
from ledger.errors import BadInput, ClaimsError, Tampered
from ledger.vocabulary import EntryKind

SHARED = Path(os.environ.get("CLAIMS_SHARED", Path(__file__).resolve().parents[2] / "shared"))
VECTORS = SHARED / "vectors"
needs_vectors = pytest.mark.skipif(not VECTORS.is_dir(), reason="the public vectors are not here")

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = merkle.Key("ledger.example/log1", PRIVATE.public_key().public_bytes_raw())


def verifier(public: bytes) -> merkle.Verify:
    def verify(signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return verify


VERIFY = verifier(KEY.public)


# --- canonical JSON ---------------------------------------------------------------------------------------------------


@needs_vectors
def test_every_public_canonical_json_vector_is_reproduced() -> None:
    inputs = sorted((VECTORS / "jcs" / "input").glob("*.json"))
    assert inputs
    for path in inputs:
        value = merkle.loads(path.read_bytes(), floats=True)
        assert merkle.canonical(value, floats=True) == (VECTORS / "jcs" / "output" / path.name).read_bytes(), path.name


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
ascii_keys = st.text(st.characters(min_codepoint=1, max_codepoint=127))
integers = st.integers(-(2**53) + 1, 2**53 - 1)


def values(scalars: st.SearchStrategy[Any], keys: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=12)


@given(values(st.none() | st.booleans() | integers | texts, ascii_keys))
def test_an_entry_is_spelt_as_the_standard_spells_it_and_reads_back(value: Any) -> None:
    spelt = merkle.canonical(value)
    assert spelt == rfc8785.dumps(value) == merkle.canonical(value, floats=True)
    assert merkle.loads(spelt) == value


@given(values(st.none() | st.booleans() | integers | texts, ascii_keys))
def test_canonical_bytes_are_read_plainly_or_left_to_the_long_way(value: Any) -> None:
    assert merkle.read_plain(merkle.canonical(value)) in (value, None)
    assert merkle.read_plain(merkle.canonical({"text": value if isinstance(value, str) else "“forty”", "n": [1]}))


NOT_PLAIN = [
    b"", b" 1", b"1 ", b"1.5", b"1.0", b"1e3", b"-0", b"9007199254740992", b"-9007199254740992", b"NaN", b'{"b":1,"a":2}',
    b'{"a":1,"a":1}', b'{"a": 1}', b'"\\u0000"', b'"\\u0041"', b'"\\/"', b'"\\ud800"', b'"\\ud83d\\ude00"', b'"\xff"',
    b'"\xed\xa0\x80"', b'"\xc0\x80"', '{"stra\u00dfe":1}'.encode(), b"\xef\xbb\xbf1", b"[" * 101 + b"]" * 101,
]  # fmt: skip


@pytest.mark.parametrize("data", NOT_PLAIN)
def test_what_is_not_canonical_is_never_read_plainly(data: bytes) -> None:
    assert merkle.read_plain(data) is None


@given(values(st.none() | st.booleans() | integers | texts, ascii_keys), st.integers(0), st.integers(0, 255))
def test_changed_bytes_are_read_plainly_only_where_they_are_canonical(value: Any, at: int, byte: int) -> None:
    changed = bytearray(merkle.canonical(value))
    changed[at % len(changed)] = byte
    read = merkle.read_plain(bytes(changed))
    if read is not None:
        assert merkle.canonical(merkle.loads(bytes(changed))) == changed
        assert merkle.loads(bytes(changed)) == read


finite = st.floats(allow_nan=False, allow_infinity=False)


@given(values(st.none() | st.booleans() | integers | finite | texts, texts))
def test_the_whole_standard_is_spelt_as_another_implementation_does(value: Any) -> None:
    assert merkle.canonical(value, floats=True) == rfc8785.dumps(value)


def test_a_word_of_the_vocabulary_is_spelt_as_its_value() -> None:
    assert merkle.canonical({"kind": EntryKind.CLAIM}) == b'{"kind":"claim"}'


NUMBERS = [
    (1e21, b"1e+21"),
    (999999999999999900000.0, b"999999999999999900000"),
    (1e-6, b"0.000001"),
    (9.999999999999997e-7, b"9.999999999999997e-7"),
    (-0.0, b"0"),
    (5e-324, b"5e-324"),
    (1.7976931348623157e308, b"1.7976931348623157e+308"),
    (-123.456, b"-123.456"),
    (400.0, b"400"),
]


@pytest.mark.parametrize(("number", "spelt"), NUMBERS)
def test_numbers_are_printed_as_ecmascript_prints_them(number: float, spelt: bytes) -> None:
    assert merkle.canonical(number, floats=True) == spelt


NOT_ENTRIES: list[Any] = [
    1.5,
    {"figure": 400.0},
    [float("nan")],
    2**53,
    -(2**53),
    "a\0b",
    {"straße": 1},
    {"a\0": 1},
    {1: "one"},
    "\ud800",
    {"k\udc00": 1},
    ("a", "tuple"),
    b"bytes",
    {"set": {1}},
    type("Odd", (str,), {})("a str that is none"),
]


@pytest.mark.parametrize("value", NOT_ENTRIES, ids=repr)
def test_what_an_entry_may_not_hold_is_refused(value: Any) -> None:
    with pytest.raises(BadInput):
        merkle.canonical(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53, "\ud800", {1: 2}, b"", {"\udfff": 0}], ids=repr)
def test_what_no_json_may_hold_is_refused_with_floats_too(value: Any) -> None:
    with pytest.raises(BadInput):
        merkle.canonical(value, floats=True)


@pytest.mark.parametrize("floats", [True, False])
def test_deep_nesting_is_refused_both_ways(floats: bool) -> None:
    value: Any = 0
    for _ in range(101):
        value = [value]
    with pytest.raises(BadInput, match="deep"):
        merkle.canonical(value, floats=floats)
    with pytest.raises(BadInput, match="deep"):
        merkle.loads(json.dumps(value), floats=floats)
    assert merkle.loads(merkle.canonical(value[0], floats=floats)) == value[0]


NOT_READ: list[bytes | str] = [
    b"[" + b"0," * 100_001 + b"0]",
    "{" + ",".join(f'"{n}": ":"' for n in range(50_001)) + "}",
    b'{"a":1,"a":2}',
    b'{"x":{"a":1,"b":0,"a":1}}',
    b"[NaN]",
    b"Infinity",
    b"-Infinity",
    b"1" * 5000,
    b"9007199254740992",
    b'["\\ud800"]',
    b'{"\\uDC00":1}',
    '"\ud800"',
    b"[" * 100_000,
    b"[" * 500 + b"]" * 500,
    b'{"a":' * 100_000,
    b'"\xff"',
    b'\xff\xfe"\x00a\x00"\x00',
    b'\xef\xbb\xbf""',
    b"",
    b" ",
    b"[1,]",
    b"{'a':1}",
    b'"\x01"',
    b"01",
    b"+1",
    b".5",
    b"1 2",
    b'{"a" 1}',
    b"[1",
    b"tru",
    b'"\\x41"',
    b'"\\u12"',
    b"\x0c1",
]


@pytest.mark.parametrize("data", NOT_READ, ids=lambda d: repr(d)[:40])
@pytest.mark.parametrize("floats", [True, False])
def test_json_that_readers_disagree_about_is_refused(data: bytes | str, floats: bool) -> None:
    with pytest.raises(BadInput):
        merkle.loads(data, floats=floats)


def test_fractions_are_read_only_when_asked_for() -> None:
    assert merkle.loads("[1.5, 1e2]", floats=True) == [1.5, 100.0]
    for text in ("1.5", "1e2", "1E400"):
        with pytest.raises(BadInput):
            merkle.loads(text)
    with pytest.raises(BadInput):
        merkle.loads("1e400", floats=True)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_bytes_make_the_reader_fail_otherwise(data: bytes) -> None:
    with suppress(BadInput):
        merkle.loads(data, floats=True)


# --- the tree ---------------------------------------------------------------------------------------------------------


def vectors(folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((VECTORS / "rfc6962" / folder).rglob("*.json")):
        yield path.name, json.loads(path.read_text())


def raw(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def refused(check: Callable[[], None]) -> bool:
    try:
        check()
    except Tampered:
        return True
    return False


@needs_vectors
def test_every_public_inclusion_vector_gets_its_verdict() -> None:
    count = 0
    for name, v in vectors("inclusion"):
        proof = [raw(h) for h in v["proof"] or []]
        leaf, root = raw(v["leafHash"]), raw(v["root"])
        verdict = refused(lambda: merkle.verify_inclusion(v["leafIdx"], v["treeSize"], leaf, proof, root))  # noqa: B023
        assert verdict == v["wantErr"], name
        count += 1
    assert count == 98


@needs_vectors
def test_every_public_consistency_vector_gets_its_verdict() -> None:
    count = 0
    for name, v in vectors("consistency"):
        proof = [raw(h) for h in v["proof"] or []]
        old, new = raw(v["root1"]), raw(v["root2"])
        verdict = refused(lambda: merkle.verify_consistency(v["size1"], v["size2"], proof, old, new))  # noqa: B023
        assert verdict == v["wantErr"], name
        count += 1
    assert count == 98


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word, over leaf data."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\0" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\1" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


LEAVES = [f"entry {n}".encode() for n in range(300)]


class Kept(dict[tuple[int, int], bytes]):
    """The nodes of a growing tree, as the store keeps them; counts how many are read."""

    read = 0

    def node(self, level: int, index: int) -> bytes:
        self.read += 1
        return self[level, index]


def grown(size: int) -> Kept:
    kept = Kept()
    for n, data in enumerate(LEAVES[:size]):
        for level, index, digest in merkle.append_nodes(n, merkle.leaf_hash(data), kept.node):
            kept[level, index] = digest
    kept.read = 0
    return kept


WHOLE = grown(300)
ROOTS = [naive_root(LEAVES[:n]) for n in range(301)]


def test_roots_equal_the_definition_at_every_size() -> None:
    frontier = merkle.Frontier()
    for size in range(301):
        hashes = [merkle.leaf_hash(data) for data in LEAVES[:size]]
        assert merkle.root_at(size, WHOLE.node) == merkle.root(hashes) == frontier.root() == ROOTS[size]
        assert frontier.size == size
        if size < 300:
            frontier.add(merkle.leaf_hash(LEAVES[size]))


def test_a_kept_node_is_the_root_of_its_complete_subtree() -> None:
    assert len(WHOLE) == sum(300 >> level for level in range(9))
    for (level, index), digest in WHOLE.items():
        start = index << level
        assert digest == naive_root(LEAVES[start : start + (1 << level)])


def test_every_inclusion_proof_holds_and_reads_few_nodes() -> None:
    for size in range(1, 301, 7):
        for index in range(size):
            WHOLE.read = 0
            proof = merkle.inclusion_proof(index, size, WHOLE.node)
            assert WHOLE.read <= 2 * size.bit_length()
            merkle.verify_inclusion(index, size, merkle.leaf_hash(LEAVES[index]), proof, ROOTS[size])


def test_every_consistency_proof_holds_and_reads_few_nodes() -> None:
    for new in range(1, 301, 7):
        for old in range(1, new + 1):
            WHOLE.read = 0
            proof = merkle.consistency_proof(old, new, WHOLE.node)
            assert WHOLE.read <= 3 * new.bit_length()
            merkle.verify_consistency(old, new, proof, ROOTS[old], ROOTS[new])


sizes = st.integers(1, 300)


@given(st.data(), sizes)
def test_a_proof_of_another_entry_size_or_root_is_refused(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, 299).filter(lambda n: n != index))
    proof = merkle.inclusion_proof(index, size, WHOLE.node)
    leaf = merkle.leaf_hash(LEAVES[index])
    wrong: list[tuple[int, int, bytes, list[bytes], bytes]] = [
        (index, size, merkle.leaf_hash(LEAVES[other]), proof, ROOTS[size]),
        (other, size, leaf, proof, ROOTS[size]),
        (index, size, leaf, proof, ROOTS[size - 1]),
        (index, size, leaf, [*proof, leaf], ROOTS[size]),
        (index, size, leaf, proof[1:], ROOTS[size]) if proof else (size, size, leaf, proof, ROOTS[size]),
        (-1, size, leaf, proof, ROOTS[size]),
    ]
    for case in wrong:
        assert refused(lambda: merkle.verify_inclusion(*case)), case  # noqa: B023


@given(st.data(), st.integers(2, 300))
def test_a_rewritten_beginning_is_refused(data: st.DataObject, new: int) -> None:
    old = data.draw(st.integers(1, new - 1))
    proof = merkle.consistency_proof(old, new, WHOLE.node)
    forged = naive_root([b"rewritten", *LEAVES[1:old]])
    assert refused(lambda: merkle.verify_consistency(old, new, proof, forged, ROOTS[new]))
    assert refused(lambda: merkle.verify_consistency(old, new, proof, ROOTS[old], ROOTS[new - 1]))
    assert refused(lambda: merkle.verify_consistency(old, new, proof[:-1], ROOTS[old], ROOTS[new]))
    assert refused(lambda: merkle.verify_consistency(0, new, [], ROOTS[0], ROOTS[new]))
    assert refused(lambda: merkle.verify_consistency(new, old, proof, ROOTS[new], ROOTS[old]))


@pytest.mark.parametrize(("old", "new"), [(0, 5), (6, 5), (-1, 5)])
def test_no_consistency_proof_is_made_from_nothing_or_backwards(old: int, new: int) -> None:
    with pytest.raises(Tampered):
        merkle.consistency_proof(old, new, WHOLE.node)


# --- notes, checkpoints, proofs ---------------------------------------------------------------------------------------


def signed(size: int = 300, origin: str = KEY.name) -> str:
    text = merkle.note_text(merkle.Checkpoint(origin, size, ROOTS[size]))
    return merkle.sign_note(text, KEY, PRIVATE.sign)


def test_a_checkpoint_is_read_back() -> None:
    assert merkle.open_checkpoint(signed(), KEY, VERIFY) == merkle.Checkpoint(KEY.name, 300, ROOTS[300])
    assert signed().startswith(f"ledger.example/log1\n300\n{base64.b64encode(ROOTS[300]).decode()}\n\n— ledger.")


def test_a_verifier_key_is_read_back_and_a_mistyped_one_refused() -> None:
    assert merkle.parse_vkey(KEY.vkey) == KEY
    for wrong in ("", "a+b", KEY.vkey[:-1], KEY.vkey.replace("log1", "log2"), "x+00000000+AAAA", "\0+" + KEY.vkey):
        with pytest.raises(BadInput):
            merkle.parse_vkey(wrong)


def test_the_key_of_the_published_example_has_its_published_id() -> None:
    # the example key of the Go checksum database, a public constant
    vkey = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    assert merkle.parse_vkey(vkey).vkey == vkey


def test_signatures_of_others_are_passed_over_and_a_bad_one_of_ours_refuses_the_note() -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(32))
    witness = merkle.Key("witness.example", stranger.public_key().public_bytes_raw())
    note = signed()
    text = note.partition("\n\n")[0] + "\n"
    theirs = merkle.sign_note(text, witness, stranger.sign).rpartition("\n\n")[2]
    assert merkle.open_note(note + theirs, KEY, VERIFY) == text
    assert merkle.open_note(note + theirs, witness, verifier(witness.public)) == text
    with pytest.raises(Tampered, match="no signature"):
        merkle.open_note(note, witness, verifier(witness.public))
    bad = merkle.sign_note(text, KEY, stranger.sign).rpartition("\n\n")[2]
    with pytest.raises(Tampered, match="not that of"):
        merkle.open_note(note + bad, KEY, VERIFY)


def test_a_checkpoint_of_another_log_is_refused() -> None:
    with pytest.raises(Tampered, match="not of"):
        merkle.open_checkpoint(signed(origin="ledger.example/other"), KEY, VERIFY)


BODIES = [
    "ledger.example/log1\n007\n{root}\n",
    "ledger.example/log1\n-1\n{root}\n",
    "ledger.example/log1\n٣\n{root}\n",
    "ledger.example/log1\n3\n{root}=\n",
    "ledger.example/log1\n3\nAAAA\n",
    "ledger.example/log1\n3\n",
    "ledger.example/log1\n\n{root}\n",
    "\n3\n{root}\n",
    "ledger.example/log1\n3\n{root}\n\nextension\n",
    "ledger.example/log1\n99999999999999999999\n{root}\n",
]


@pytest.mark.parametrize("body", BODIES)
def test_a_misspelt_checkpoint_is_refused_though_signed(body: str) -> None:
    text = body.format(root=base64.b64encode(ROOTS[3]).decode())
    with pytest.raises(Tampered):
        merkle.open_checkpoint(merkle.sign_note(text, KEY, PRIVATE.sign), KEY, VERIFY)


def test_extension_lines_are_passed_over() -> None:
    text = merkle.note_text(merkle.Checkpoint(KEY.name, 3, ROOTS[3])) + "witnessed\n"
    note = merkle.sign_note(text, KEY, PRIVATE.sign)
    assert merkle.open_checkpoint(note, KEY, VERIFY).size == 3


def proof_text(index: int = 77, size: int = 300) -> str:
    return merkle.format_proof(index, merkle.inclusion_proof(index, size, WHOLE.node), signed(size))


def test_a_proof_is_read_back_and_holds() -> None:
    for index, size in ((0, 1), (0, 300), (77, 300), (299, 300), (5, 6)):
        text = proof_text(index, size)
        checkpoint = merkle.check_proof(merkle.parse_proof(text), LEAVES[index], KEY, VERIFY)
        assert checkpoint.size == size
        assert merkle.parse_proof(text.encode()) == merkle.parse_proof(text)
        with pytest.raises(Tampered):
            merkle.check_proof(merkle.parse_proof(text), b"other", KEY, VERIFY)


def test_extra_data_travels_with_a_proof() -> None:
    text = merkle.format_proof(0, [], signed(1)).replace("index 0", "extra YW55dGhpbmc=\nindex 0")
    assert merkle.parse_proof(text).extra == b"anything"


def flips(data: bytes) -> Iterator[bytes]:
    for position in range(len(data) * 8):
        changed = bytearray(data)
        changed[position // 8] ^= 1 << position % 8
        yield bytes(changed)


def refusal(check: Callable[[], object]) -> str | None:
    try:
        check()
    except ClaimsError as e:
        return e.message
    return None


def test_every_flipped_bit_of_a_proof_is_refused_with_one_line() -> None:
    for n, changed in enumerate(flips(proof_text().encode())):
        said = refusal(lambda: merkle.check_proof(merkle.parse_proof(changed), LEAVES[77], KEY, VERIFY))  # noqa: B023
        assert said, f"bit {n} was flipped and nothing was noticed"
        assert "\n" not in said, n


def test_every_flipped_bit_of_a_checkpoint_is_refused_with_one_line() -> None:
    for n, changed in enumerate(flips(signed().encode())):
        said = refusal(lambda: merkle.open_checkpoint(changed, KEY, VERIFY))  # noqa: B023
        assert said, f"bit {n} was flipped and nothing was noticed"
        assert "\n" not in said, n


def test_a_proof_or_note_beyond_all_measure_is_refused() -> None:
    for text in (proof_text() + "— x AAAAAAAA\n" * 50_000, "a" * 600_000):
        with pytest.raises(Tampered):
            merkle.check_proof(merkle.parse_proof(text), LEAVES[77], KEY, VERIFY)


@given(st.text() | st.binary())
@settings(max_examples=200)
def test_garbage_is_refused_never_a_failure(data: str | bytes) -> None:
    with pytest.raises(Tampered):
        merkle.check_proof(merkle.parse_proof(data), b"", KEY, VERIFY)
    with pytest.raises(Tampered):
        merkle.open_checkpoint(data, KEY, VERIFY)
    with pytest.raises(BadInput):
        merkle.parse_vkey(data if isinstance(data, str) else data.decode("latin-1"))

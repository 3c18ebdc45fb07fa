"""The stranger's verifier: alone, without this package, on good bundles, forged ones and garbage."""

import base64
import json
import random
import shutil
import struct
import subprocess
import sys
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import bundles
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import size

from ledger import merkle, verify

SCRIPT = Path(verify.__file__)
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = merkle.Key("ledger.example/log1", PRIVATE.public_key().public_bytes_raw())
SIZE = 13
SHOWN = (2, 5, 12)

Files = dict[str, bytes]


@pytest.fixture(scope="module", autouse=True)
def _a_signature_is_checked_once() -> Iterator[None]:
    """The same key, signature and message get the same verdict; most mutations leave two of the signatures as they were."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verify, "signed_by", cache(verify.signed_by))
        yield


def body_of(n: int) -> bytes:
    return merkle.canonical({"exact": f"at least {n}00 people", "salt": f"{n:032x}"})


def leaf_of(n: int) -> bytes:
    fields = {"v": 1, "uid": f"{n:032x}", "at": "2026-01-02T03:04:05.000000Z", "actor": "mira", "kind": "claim"}
    return merkle.canonical({**fields, "about": None, "batch": None, "body": sha256(body_of(n)).hexdigest()})


def tree() -> dict[tuple[int, int], bytes]:
    kept: dict[tuple[int, int], bytes] = {}
    for n in range(SIZE):
        for level, index, digest in merkle.append_nodes(n, merkle.leaf_hash(leaf_of(n)), lambda *at: kept[at]):
            kept[level, index] = digest
    return kept


def listed(files: Files) -> Files:
    """The files with a manifest that fits them."""
    digests = {name: sha256(data).hexdigest() for name, data in files.items() if name not in verify.LIST}
    return signed({**files, "manifest.json": merkle.canonical({"files": digests})})


def signed(files: Files, private: Ed25519PrivateKey = PRIVATE, key: merkle.Key = KEY) -> Files:
    """The files with a note over their manifest."""
    text = f"{key.name}/bundle\nsha256 {sha256(files['manifest.json']).hexdigest()}\n"
    return {**files, "manifest.note": merkle.sign_note(text, key, private.sign).encode()}


def bundle() -> Files:
    kept = tree()

    def node(level: int, index: int) -> bytes:
        return kept[level, index]

    checkpoint = merkle.Checkpoint(KEY.name, SIZE, merkle.root_at(SIZE, node))
    note = merkle.sign_note(merkle.note_text(checkpoint), KEY, PRIVATE.sign)
    files = {"report.html": b"<p>report</p>", "checkpoint": note.encode(), "key.vkey": KEY.vkey.encode() + b"\n"}
    for n in SHOWN:
        files[f"entries/{n}.json"] = body_of(n)
        files[f"leaves/{n}.json"] = leaf_of(n)
        files[f"proofs/{n}.tlog-proof"] = merkle.format_proof(n, merkle.inclusion_proof(n, SIZE, node), note).encode()
    files["verify.py"] = SCRIPT.read_bytes()
    return listed(files)


GOOD = bundle()


def written(files: Files, folder: Path) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def zipped(files: Files, path: Path, top: str = "bundle/") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(top + name, data)
    return path


def run(*arguments: object, script: Path = SCRIPT) -> tuple[int, str]:
    command = [sys.executable, "-I", "-S", str(script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert "Traceback" not in done.stderr + done.stdout
    return done.returncode, done.stdout + done.stderr


def verdict(files: Files, capsys: pytest.CaptureFixture[str], folder: Path, *more: str) -> tuple[int, str]:
    code = verify.main([str(written(files, folder)), *more])
    return code, capsys.readouterr().out


def test_it_is_one_short_file_of_the_standard_library() -> None:
    lines = SCRIPT.read_text(encoding="utf-8").splitlines()
    assert len(lines) < 330
    imported = {line.split()[1].split(".")[0] for line in lines if line.startswith(("import ", "from "))}
    assert imported <= set(sys.stdlib_module_names)


def test_a_bundle_holds_as_a_folder_and_as_a_zip_run_from_inside_itself(tmp_path: Path) -> None:
    folder = written(GOOD, tmp_path / "bundle")
    for place in (folder, zipped(GOOD, tmp_path / "out.zip"), zipped(GOOD, tmp_path / "flat.zip", top="")):
        code, said = run(place, script=folder / "verify.py")
        assert code == 0, said
        assert "All 3 entries shown are in the log" in said
        assert "Entry 5 is in the log: claim, logged by mira, dated 2026-01-02T03:04:05.000000Z." in said
        assert said.startswith("Without --vkey, ANYBODY could have made this. Compare this key with the one its makers")
        assert sha256(KEY.public).hexdigest() in said
        assert "does NOT show" in said
        for limit in ("true", "complete", "times"):
            assert limit in said
    assert run(script=folder / "verify.py") == run(folder, script=folder / "verify.py")


def test_a_redacted_entry_still_proves_who_and_when(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = listed({name: data for name, data in GOOD.items() if name != "entries/5.json"})
    code, said = verdict(files, capsys, tmp_path)
    assert code == 0
    assert "Entry 5 is in the log: claim, logged by mira" in said
    assert "NOT here (redacted or withheld)" in said


def test_one_proof_is_checked_by_itself(tmp_path: Path) -> None:
    folder = written(GOOD, tmp_path)
    proof, leaf, body = folder / "proofs/5.tlog-proof", folder / "leaves/5.json", folder / "entries/5.json"
    code, said = run("--proof", proof, "--leaf", leaf, "--body", body, "--vkey", KEY.vkey)
    assert code == 0, said
    assert "Entry 5 of 13 is in the log ledger.example/log1" in said
    assert run("--proof", proof, "--leaf", leaf, "--vkey", KEY.vkey)[0] == 0
    assert run("--proof", proof, "--leaf", folder / "leaves/2.json", "--vkey", KEY.vkey)[0] == 6
    assert run("--proof", proof, "--leaf", leaf, "--body", folder / "entries/2.json", "--vkey", KEY.vkey)[0] == 6
    stranger = merkle.Key(KEY.name, bytes(31) + b"\1")
    assert run("--proof", proof, "--leaf", leaf, "--vkey", stranger.vkey)[0] == 6


def test_a_key_given_by_hand_is_the_one_that_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verdict(GOOD, capsys, tmp_path, "--vkey", KEY.vkey)[0] == 0
    other = merkle.Key("ledger.example/other", KEY.public)
    assert verdict(GOOD, capsys, tmp_path, "--vkey", other.vkey)[0] == 6


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--help"],
        ["a", "b"],
        ["--proof", "x"],
        ["--vkey"],
        ["x", "--leaf", "y"],
        ["/no/such/bundle"],
        ["--nonsense"],
    ],
    ids=repr,
)
def test_a_question_not_understood_is_exit_code_2(arguments: list[str]) -> None:
    assert run(*arguments)[0] == 2


def swap(a: str, b: str) -> Files:
    return {**GOOD, a: GOOD[b], b: GOOD[a]}


def without(*names: str) -> Files:
    return {name: data for name, data in GOOD.items() if name not in names}


def resigned() -> Files:
    """The same log signed by somebody else under the same name, with the first key still shown."""
    thief = Ed25519PrivateKey.from_private_bytes(bytes(32))
    text = GOOD["checkpoint"].decode().partition("\n\n")[0] + "\n"
    note = merkle.sign_note(text, KEY, thief.sign).encode()
    return {name: data.replace(GOOD["checkpoint"], note) for name, data in GOOD.items()}


FORGED = {
    "words changed": {**GOOD, "entries/5.json": body_of(5).replace(b"500", b"900")},
    "words of another entry": swap("entries/2.json", "entries/5.json"),
    "leaf changed": {**GOOD, "leaves/5.json": leaf_of(5).replace(b"mira", b"myra")},
    "leaf respelt": {**GOOD, "leaves/5.json": json.dumps(json.loads(leaf_of(5))).encode()},
    "leaves and words swapped": {**swap("leaves/2.json", "leaves/5.json"), **swap("entries/2.json", "entries/5.json")},
    "another number": {
        **without("entries/5.json", "leaves/5.json", "proofs/5.tlog-proof"),
        "entries/7.json": body_of(5),
        "leaves/7.json": leaf_of(5),
        "proofs/7.tlog-proof": GOOD["proofs/5.tlog-proof"],
    },
    "a made-up entry": {**GOOD, "entries/7.json": body_of(7), "leaves/7.json": leaf_of(7)},
    "an entry without leaf": {**GOOD, "entries/7.json": body_of(7)},
    "signed by another": resigned(),
    "no proofs": {
        name: data for name, data in GOOD.items() if name.split("/")[0] not in ("proofs", "leaves", "entries")
    },
    "no checkpoint": without("checkpoint"),
    "no key": without("key.vkey"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_bundle_does_not_hold(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = verdict(listed(FORGED[name]), capsys, tmp_path)
    assert code == 6
    assert "DOES NOT HOLD" in said
    assert "All 3 entries" not in said


@pytest.mark.parametrize("change", ["changed", "removed", "added", "unlisted"])
def test_a_file_that_differs_from_the_list_is_named(
    change: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        "changed": {**GOOD, "report.html": b"<p>another</p>"},
        "removed": without("report.html"),
        "added": {**GOOD, "note.txt": b"!"},
        "unlisted": without("manifest.json"),
    }[change]
    code, said = verdict(files, capsys, tmp_path)
    assert code == 6
    assert {"added": "note.txt", "unlisted": "manifest.json"}.get(change, "report.html") in said


def test_a_proof_under_an_older_checkpoint_does_not_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tree()

    def node(level: int, index: int) -> bytes:
        return kept[level, index]

    text = merkle.note_text(merkle.Checkpoint(KEY.name, 8, merkle.root_at(8, node)))
    older = merkle.sign_note(text, KEY, PRIVATE.sign)
    proof = merkle.format_proof(5, merkle.inclusion_proof(5, 8, node), older).encode()
    code, said = verdict(listed({**GOOD, "proofs/5.tlog-proof": proof}), capsys, tmp_path)
    assert code == 6
    assert "another checkpoint" in said


def test_nothing_in_a_bundle_reaches_the_terminal_raw(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {**GOOD, "entries/\x1b[2J\u202e.json": b"", "key.vkey": b"\xe2\x80\xae+x+AAAA"}
    for one in (files, {**files, "key.vkey": GOOD["key.vkey"]}):
        verify.main([str(zipped(one, tmp_path / "b.zip"))])
        said = capsys.readouterr().out
        assert not set(said) & {"\x1b", "\u202e"}


def test_every_flipped_bit_of_what_is_signed_or_proved_is_refused(tmp_path: Path) -> None:
    rng = random.Random(3)
    for name in ("checkpoint", "proofs/5.tlog-proof", "leaves/5.json", "entries/5.json", "key.vkey", *verify.LIST):
        data = GOOD[name].rstrip(b"\n") if name == "key.vkey" else GOOD[name]
        for position in rng.sample(range(len(data) * 8), 60):
            changed = bytearray(data)
            changed[position // 8] ^= 1 << position % 8
            files = {**GOOD, name: bytes(changed)}
            files = files if name in verify.LIST else listed(files)
            assert problems_of(files), (name, position)


def problems_of(files: Files, trusted: str | None = None) -> list[str]:
    try:
        return verify.check_bundle(verify.Files(files), trusted)
    except verify.Broken as e:
        return [str(e)]


def test_every_flipped_bit_of_a_single_proof_is_refused() -> None:
    key, leaf, data = verify.read_key(KEY.vkey), leaf_of(5), GOOD["proofs/5.tlog-proof"]
    known = {GOOD["checkpoint"].decode(): verify.read_checkpoint(GOOD["checkpoint"].decode(), key)}
    for position in range(len(data) * 8):
        changed = bytearray(data)
        changed[position // 8] ^= 1 << position % 8
        with pytest.raises(verify.Broken):
            verify.check_proof(verify.as_text(bytes(changed), "proof"), leaf, key, dict(known))


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_a_garbage_bundle_is_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "garbage.zip"
    path.write_bytes(data)
    assert verify.main([str(path)]) == 2


def test_a_damaged_zip_is_refused_or_unchanged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rng = random.Random(7)
    whole = zipped(GOOD, tmp_path / "good.zip").read_bytes()
    path = tmp_path / "bad.zip"
    for _ in range(150):
        changed = bytearray(whole)
        changed[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
        path.write_bytes(changed[: rng.randrange(len(whole))] if rng.random() < 0.2 else changed)
        code = verify.main([str(path)])
        capsys.readouterr()
        assert code in (0, 2, 6)
        if code == 0:
            assert verify.read_bundle(path) == GOOD


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    packed = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with packed as archive, archive.open("manifest.json", "w") as member:
        for _ in range(257):
            member.write(bytes(1 << 20))
    code, said = run(path)
    assert code == 6
    assert "256 MiB" in said


BOMB = size(8, 64)
"""MiB in a file that says it holds nine bytes."""


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_that_unpacks_without_bounds_is_not_unpacked(method: int, tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", method) as archive, archive.open("manifest.json", "w") as member:
        for _ in range(BOMB):
            member.write(bytes(1 << 20))
    lied = path.read_bytes().replace((BOMB << 20).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    path.write_bytes(lied)
    code, said = run(path)
    assert code == 6
    assert "without bounds" in said


@pytest.mark.parametrize("name", ["/etc/passwd", "a/../../b", "..", "a\\b", "C:x", "REPORT.HTML", "report.html"])
def test_a_zip_with_a_name_that_is_read_two_ways_is_refused(name: str, tmp_path: Path) -> None:
    path = zipped(GOOD, tmp_path / "odd.zip", top="")
    with zipfile.ZipFile(path, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(zipfile.ZipInfo(name), b"x")
    code, said = run(path)
    assert code == 6
    assert "two files of one name" in said or "a path out of it" in said


@pytest.mark.parametrize("odd", ["before", "between", "behind", "comment", "link", "second name"])
def test_a_zip_that_other_programs_unpack_otherwise_is_refused(odd: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as archive:
        for name, data in GOOD.items():
            info = zipfile.ZipInfo(name)
            if name == "report.html" and odd == "link":
                info.external_attr = 0o120777 << 16
            if name == "report.html" and odd == "second name":  # Info-ZIP's Unicode path
                info.extra = b"up" + struct.pack("<HBI", 12, 1, zlib.crc32(name.encode())) + b"new.htm"
            if odd == "between":
                archive.fp.write(b"PK\3\4" + bytes(40))  # type: ignore[union-attr]
                archive.start_dir = archive.fp.tell()  # type: ignore[attr-defined,union-attr]
            archive.writestr(info, data)
        archive.comment = b"a word" * (odd == "comment")
        if odd == "behind":
            archive.fp.write(bytes(40))  # type: ignore[union-attr]
            archive.start_dir = archive.fp.tell()  # type: ignore[attr-defined,union-attr]
    whole = (tmp_path / "odd.zip").read_bytes()
    (tmp_path / "odd.zip").write_bytes(b"<p>another report</p>" * (odd == "before") + whole)
    code, said = run(tmp_path / "odd.zip")
    assert (code, "hides" in said) == (6, True), said


@pytest.mark.parametrize("name", ["report.html", "verify.py", "x/report.html", "bundl/report.html"])
def test_a_file_beside_the_bundles_own_folder_is_refused(name: str, tmp_path: Path) -> None:
    path = zipped(GOOD, tmp_path / "odd.zip", top="bundle/")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"<p>another report</p>")
    code, said = run(path)
    assert code == 6
    assert "outside the bundle's folder" in said


def test_a_link_in_an_unpacked_bundle_is_refused(tmp_path: Path) -> None:
    folder = written(GOOD, tmp_path / "bundle")
    (folder / "index.html").symlink_to(tmp_path / "elsewhere.html")
    code, said = run(folder)
    assert code == 6
    assert "holds a link" in said


def test_another_keys_whole_bundle_holds_only_where_no_key_is_given(tmp_path: Path) -> None:
    files = bundles.by_eve(GOOD, random.Random(1))
    assert run(zipped(files, tmp_path / "b.zip"))[1].startswith("Without --vkey, ANYBODY could have made this.")
    code, said = run(tmp_path / "b.zip", "--vkey", KEY.vkey)
    assert code == 6
    assert "not signed by the key" in said


def test_no_mutation_of_a_bundle_changes_what_a_reader_sees() -> None:
    dice = random.Random(11)
    for _ in range(300):
        files = bundles.forged(GOOD, dice, dice.choices(bundles.MUTATIONS, k=dice.randint(1, 4)))
        if not problems_of(files, KEY.vkey):
            assert bundles.seen(files) == bundles.seen(GOOD)


# --- Ed25519 against another implementation ---------------------------------------------------------------------------


def accepted_elsewhere(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0, 511), st.integers(0, 255))
@settings(max_examples=60, deadline=None)
def test_signatures_get_the_verdict_of_another_implementation(
    seed: bytes, message: bytes, in_signature: int, in_key: int
) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = private.public_key().public_bytes_raw(), private.sign(message)
    assert verify.signed_by(public, signature, message)
    bad_signature, bad_key = bytearray(signature), bytearray(public)
    bad_signature[in_signature // 8] ^= 1 << in_signature % 8
    bad_key[in_key // 8] ^= 1 << in_key % 8
    for case in (
        (public, bytes(bad_signature), message),
        (bytes(bad_key), signature, message),
        (public, signature, b"x" + message),
    ):
        assert not verify.signed_by(*case)
        assert not accepted_elsewhere(*case)


ORDER = 2**252 + 27742317777372353535851937790883648493


def test_a_signature_with_a_second_spelling_is_refused() -> None:
    signature = PRIVATE.sign(b"message")
    s = int.from_bytes(signature[32:], "little")
    twin = signature[:32] + (s + ORDER).to_bytes(32, "little")
    assert verify.signed_by(KEY.public, signature, b"message")
    assert not verify.signed_by(KEY.public, twin, b"message")


@pytest.mark.parametrize(
    ("public", "signature", "message"),
    [
        # RFC 8032 section 7.1, tests 1 and 2
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
            "",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
            "72",
        ),
    ],
)
def test_the_published_signatures_hold(public: str, signature: str, message: str) -> None:
    assert verify.signed_by(*map(bytes.fromhex, (public, signature, message)))


def test_it_reads_base64_in_its_one_spelling_only() -> None:
    assert verify.from_base64(base64.b64encode(b"ab").decode()) == b"ab"
    for text in ("YWJ=", "YWI", "YW I=", "YWI=\n", "é"):
        with pytest.raises(verify.Broken):
            verify.from_base64(text)


def test_a_third_verifier_accepts_the_signature(tmp_path: Path) -> None:
    """Anyone with the openssl command can check a checkpoint too."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("the openssl command is not here")
    text, _, line = GOOD["checkpoint"].decode().rpartition("\n\n")
    signature = base64.b64decode(line.split(" ")[2])[4:]
    pem = PRIVATE.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    folder = written({"text": f"{text}\n".encode(), "signature": signature, "key.pem": pem}, tmp_path)
    command = [openssl, "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "key.pem", "-in", "text"]
    for name, code in (("text", 0), ("key.pem", 1)):
        command[-1] = name
        done = subprocess.run([*command, "-sigfile", "signature"], cwd=folder, capture_output=True, check=False)
        assert done.returncode == code, done.stderr

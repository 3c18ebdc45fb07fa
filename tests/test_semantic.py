"""Ranking by meaning: pieces of words, vectors from a folder or a server, and the order that both give together."""

from __future__ import annotations

import json
import math
import sqlite3
import sys
import threading
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from conftest import Claims, begins
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.assist import embeddings, wordpiece
from ledger.assist.grounding import Unusable
from ledger.crossref.ranking import cosine, fused
from ledger.errors import BadInput, Refused, StoreError
from ledger.store.vectors import Vectors, beside

PIECES = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "ferry", "##s", "sank", "harbour", "bridge", "closed", "cafe", "北", "京", ".", ",",
    "'s", "##boat", "boat", "-",
]  # fmt: skip

# --- pieces of words ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model") / "vocab.txt"
    path.write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Ferrys sank.", ["ferry", "##s", "sank", "."]),
        ("ferryboats", ["ferry", "##boat", "##s"]),
        ("Café,CAFE\u0301", ["cafe", ",", "cafe"]),
        ("北京", ["北", "京"]),
        ("ferry-boat", ["ferry", "-", "boat"]),
        ("har\u00adbour\u200b", ["harbour"]),
        ("zebra ferry", ["[UNK]", "ferry"]),
        ("ferry\t\n\u00a0sank", ["ferry", "sank"]),
        ("x" * 101, ["[UNK]"]),
        ("", []),
    ],
)
def test_words_are_cut_into_the_longest_known_pieces(vocabulary: Path, text: str, pieces: list[str]) -> None:
    ids = wordpiece.of_file(vocabulary).ids(text, longest=64)
    assert [PIECES[n] for n in ids] == ["[CLS]", *pieces, "[SEP]"]


@given(st.text(max_size=400), st.integers(3, 40))
def test_any_text_gives_known_pieces_between_its_marks_and_never_too_many(text: str, longest: int) -> None:
    cut = wordpiece.WordPiece({piece: n for n, piece in enumerate(PIECES)})
    ids = cut.ids(text, longest=longest)
    assert (ids[0], ids[-1]) == (cut.start, cut.end)
    assert len(ids) <= longest
    assert all(0 <= n < len(PIECES) for n in ids)


def test_a_file_that_is_no_vocabulary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").write_text("just\nwords\n")
    with pytest.raises(BadInput, match="CLS"):
        wordpiece.of_file(tmp_path / "vocab.txt")
    with pytest.raises(BadInput, match="cannot read"):
        wordpiece.of_file(tmp_path / "none.txt")


# --- the order of both --------------------------------------------------------------------------------------------

SCORES = st.just(0.0) | st.floats(1e-6, 1e3)
"""What bm25 gives: nothing, or something that a scale does not round away."""
MARKS = st.lists(st.tuples(SCORES, st.floats(-1, 1)), min_size=1, max_size=20)


@given(MARKS)
def test_where_all_meanings_are_equally_near_the_order_is_that_of_the_words(pairs: list[tuple[float, float]]) -> None:
    words = sorted((w for w, _ in pairs), reverse=True)
    marks = fused(words, [0.5] * len(words))
    assert marks == sorted(marks, reverse=True)


@given(MARKS, st.floats(0.01, 100))
def test_the_scale_of_the_words_score_does_not_matter(pairs: list[tuple[float, float]], scale: float) -> None:
    words, near = [w for w, _ in pairs], [n for _, n in pairs]
    assert fused([w * scale for w in words], near) == pytest.approx(fused(words, near), abs=1e-9)


@given(MARKS)
def test_what_is_best_by_both_is_best(pairs: list[tuple[float, float]]) -> None:
    words, near = [*(w for w, _ in pairs), 1001.0], [*(n for _, n in pairs), 1.0]
    marks = fused(words, near)
    assert marks[-1] == max(marks) == pytest.approx(1.0)


def test_three_tenths_are_words_and_seven_meaning() -> None:
    assert fused([10, 5, 0], [0.0, 0.5, 1.0]) == pytest.approx([0.3, 0.5, 0.7])
    assert fused([0.0], [0.2]) == pytest.approx([0.14])
    assert fused([], []) == []


@example([5e-324, 5e-324])
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50))
def test_vectors_have_length_one_or_are_none(values: list[float]) -> None:
    try:
        vector = embeddings.unit(values)
    except Unusable:
        assert sum(v * v for v in values) == 0
        return
    assert math.isclose(cosine(vector, vector), 1.0, abs_tol=1e-5)


def test_vectors_of_different_length_have_nothing_in_common() -> None:
    assert cosine(array("f", [1, 0]), array("f", [1, 0, 0])) == 0


# --- a server -----------------------------------------------------------------------------------------------------

CLAIMS = (
    ("The ferry sank off Cape Lorn with 320 people on board", "Ferry sinks"),
    ("The ship went down near the cape at dawn", "Loss at sea"),
    ("A ferry to Cape Lorn was painted blue", "Ferry painted"),
    ("The mayor of Ostvik opened a bridge", "Bridge opened"),
)
SINKING = ("sank", "sinks", "went down", "loss at sea", "foundered")


def meaning(text: str) -> list[float]:
    """What the invented model makes of a text: whether a ship sank, and how long the text is."""
    lowered = text.lower()
    return [2.0 if any(word in lowered for word in SINKING) else 0.0, 1.0, len(text) / 1000]


@dataclass
class Played:
    """A server of embeddings, and what it was asked."""

    asked: list[Any] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answer: Callable[[list[str]], tuple[int, Any]] = lambda texts: (200, answered(texts))

    @property
    def texts(self) -> list[str]:
        return [text for _, body in self.asked for text in body["input"]]


def answered(texts: list[str]) -> dict[str, Any]:
    """The documented shape; the order of the items is theirs to choose."""
    data = [{"object": "embedding", "index": n, "embedding": meaning(text)} for n, text in enumerate(texts)]
    return {"object": "list", "data": data[::-1], "model": "tiny", "usage": {"prompt_tokens": 1, "total_tokens": 1}}


@pytest.fixture
def played(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> Iterator[Played]:
    made = Played()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(made))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    monkeypatch.setenv("CLAIMS_EMBEDDINGS_URL", f"http://127.0.0.1:{server.server_port}/v1")
    monkeypatch.setenv("CLAIMS_EMBEDDINGS_MODEL", "tiny")
    yield made
    server.shutdown()
    server.server_close()


def handler(played: Played) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            played.asked.append((self.path, body))
            played.headers.append(dict(self.headers))
            status, answer = played.answer(body["input"])
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        log_message = lambda *_: None  # noqa: E731

    return Handler


@begins
def filled(claims: Claims) -> Claims:
    lines = (
        {"article": {"file": f"{n}.txt", "title": title, "text": exact}, "exact": exact}
        for n, (exact, title) in enumerate(CLAIMS)
    )
    claims("init")
    claims("import", claims.file("in.jsonl", "\n".join(json.dumps(line) for line in lines)), "--no-input")
    return claims


def order(ran: Any) -> list[str]:
    return [row["claim"] for row in ran.json["ranked"]]


ASKED = "A ferry foundered off the cape"


def test_a_near_meaning_comes_before_shared_words(filled: Claims, played: Played) -> None:
    by_words = order(filled("similar", ASKED, "--json"))
    ran = filled("similar", ASKED, "--semantic", "--json")
    assert order(ran).index("C2") < order(ran).index("C3")
    assert by_words.index("C3") < by_words.index("C2")
    assert set(order(ran)) == set(by_words)
    assert all(row["reasons"][-1].startswith("meaning: ") for row in ran.json["ranked"])


def test_the_order_of_words_alone_asks_nobody_and_keeps_nothing(filled: Claims, played: Played) -> None:
    ran = filled("similar", ASKED, "--json")
    assert played.asked == []
    assert not beside(str(filled.ledger)).exists()
    assert "meaning" not in ran.out


def test_a_claim_is_read_once_and_the_server_gets_the_documented_body(filled: Claims, played: Played) -> None:
    first = filled("similar", ASKED, "--semantic", "--json")
    path, body = played.asked[0]
    assert (path, body) == ("/v1/embeddings", {"model": "tiny", "input": [ASKED], "encoding_format": "float"})
    assert "The ferry sank off Cape Lorn with 320 people on board. Ferry sinks" in played.texts
    before = len(played.texts)
    assert filled("similar", ASKED, "--semantic", "--json").out == first.out
    assert played.texts[before:] == [ASKED]


def test_a_claim_whose_words_were_amended_is_read_anew(filled: Claims, played: Played) -> None:
    filled("similar", ASKED, "--semantic")
    before = len(played.texts)
    filled("amend", "C3", "--says", "A ferry to the cape sank")
    filled("similar", ASKED, "--semantic")
    assert played.texts[before:] == [ASKED, "A ferry to the cape sank. Ferry painted"]


def test_another_model_reads_all_claims_anew(filled: Claims, played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    filled("similar", ASKED, "--semantic")
    before = len(played.texts)
    monkeypatch.setenv("CLAIMS_EMBEDDINGS_MODEL", "other")
    filled("similar", ASKED, "--semantic")
    assert len(played.texts) == 2 * before


def test_the_vectors_are_no_part_of_the_truth(filled: Claims, played: Played) -> None:
    filled("similar", ASKED, "--semantic")
    log = filled("verify", "--json").json
    filled("rebuild")
    beside(str(filled.ledger)).unlink()
    assert filled("verify", "--json").json["root"] == log["root"]
    filled("similar", ASKED, "--semantic")


def test_a_redaction_leaves_no_vectors(filled: Claims, played: Played) -> None:
    filled("similar", ASKED, "--semantic")
    assert beside(str(filled.ledger)).exists()
    filled("redact", "--yes", "C1", "--because", "a court order", "--no-input")
    assert not beside(str(filled.ledger)).exists()


def test_a_damaged_file_of_vectors_is_named_and_may_be_deleted(filled: Claims, played: Played) -> None:
    beside(str(filled.ledger)).write_bytes(b"no database at all" * 100)
    told = filled("similar", ASKED, "--semantic", code=5).err
    assert "ledger.db.embeddings is damaged" in told
    assert "delete ledger.db.embeddings" in told
    beside(str(filled.ledger)).unlink()
    filled("similar", ASKED, "--semantic")


def test_where_nothing_can_be_written_vectors_are_kept_in_memory(tmp_path: Path) -> None:
    vector = array("f", [0.6, 0.8])
    with Vectors(str(tmp_path / "no such folder" / "ledger.db"), "m") as kept:
        kept.keep({("c", b"w"): vector})
        assert kept.known([("c", b"w")]) == {"c": vector}
        assert kept.known([("c", b"other words")]) == {}


def test_vectors_that_are_no_vectors_are_damage(tmp_path: Path) -> None:
    with Vectors(str(tmp_path / "ledger.db"), "m") as kept:
        kept.keep({("c", b"w"): array("f", [1.0])})
    with sqlite3.connect(tmp_path / "ledger.db.embeddings") as db:
        db.execute("UPDATE embedding SET vector = x'010203'")
    db.close()
    with Vectors(str(tmp_path / "ledger.db"), "m") as kept, pytest.raises(StoreError, match="damaged"):
        kept.known([("c", b"w")])


@pytest.mark.parametrize(
    ("status", "answer", "told"),
    [
        (401, {"error": {"message": "sk-secret-1"}}, "the key is refused"),
        (404, {}, "no such model or address"),
        (500, {}, "it failed"),
        (200, {"data": []}, "another shape"),
        (200, [1, 2], "another shape"),
        (200, {"data": [{"index": 3, "embedding": [1.0]}]}, "another shape"),
        (200, {"data": [{"index": 0, "embedding": ["1"]}]}, "no number"),
        (200, {"data": [{"index": 0, "embedding": [0.0, 0.0]}]}, "no direction"),
        (200, {"data": [{"index": 0, "embedding": []}]}, "another shape"),
        (200, {"data": [{"index": 0}]}, "another shape"),
    ],
)
def test_a_server_that_gives_no_vectors_is_told_of(
    filled: Claims, played: Played, monkeypatch: pytest.MonkeyPatch, status: int, answer: Any, told: str
) -> None:
    monkeypatch.setenv("CLAIMS_EMBEDDINGS_KEY_FILE", str(filled.file("key", "sk-secret-1\n")))
    played.answer = lambda _: (status, answer)
    said = filled("similar", ASKED, "--semantic", code=4).err
    assert told in said
    assert "sk-secret" not in said
    assert played.headers[0]["Authorization"] == "Bearer sk-secret-1"


@given(st.recursive(st.none() | st.integers() | st.floats() | st.text(), lambda x: st.lists(x) | st.fixed_dictionaries(
    {"index": st.integers(-1, 2) | x, "embedding": x | st.lists(st.floats(), max_size=3)}), max_leaves=8))  # fmt: skip
def test_an_answer_of_any_shape_gives_vectors_of_length_one_or_is_unusable(data: Any) -> None:
    try:
        (vector,) = embeddings.vectors({"data": [data]}, 1)
    except Unusable:
        return
    assert math.isclose(cosine(vector, vector), 1.0, abs_tol=1e-5)


# --- configuration ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({}, "no embedding model is configured"),
        ({"CLAIMS_EMBEDDINGS_URL": "http://localhost/v1"}, "CLAIMS_EMBEDDINGS_MODEL is not set"),
        ({"CLAIMS_EMBEDDINGS_URL": "ftp://x/", "CLAIMS_EMBEDDINGS_MODEL": "m"}, "not a web address"),
        ({"CLAIMS_EMBEDDINGS_MODEL_DIR": "nowhere"}, "no model in nowhere"),
    ],
)
def test_what_is_not_configured_is_refused_with_its_name(environ: dict[str, str], told: str) -> None:
    with pytest.raises(BadInput, match=told):
        embeddings.configured(environ)


def test_without_a_model_nothing_is_ranked_by_meaning(filled: Claims) -> None:
    ran = filled("similar", ASKED, "--semantic", code=2)
    assert "no embedding model is configured" in ran.err
    assert "CLAIMS_EMBEDDINGS_MODEL_DIR" in ran.err
    assert ran.out == ""


# --- a model in a folder ------------------------------------------------------------------------------------------


def length_prefixed(number: int, data: bytes) -> bytes:
    return bytes([number << 3 | 2]) + varint(len(data)) + data


def varint(n: int) -> bytes:
    low, rest = n & 127, n >> 7
    return bytes([low | 128]) + varint(rest) if rest else bytes([low])


def number(field_number: int, n: int) -> bytes:
    return bytes([field_number << 3]) + varint(n)


def port(name: str, kind: int, axes: int) -> bytes:
    """A named input or output of so many axes of any size."""
    shape = b"".join(length_prefixed(1, length_prefixed(2, f"{name}{n}".encode())) for n in range(axes))
    tensor = number(1, kind) + length_prefixed(2, shape)
    return length_prefixed(1, name.encode()) + length_prefixed(2, length_prefixed(1, tensor))


def tiny_model(rows: list[list[float]], asks: str = "input_ids") -> bytes:
    """An ONNX model whose state for each piece is that piece's row: written by hand, field by field of the format."""
    flat = array("f", [v for row in rows for v in row])
    if sys.byteorder == "big":
        flat.byteswap()
    table = number(1, len(rows)) + number(1, len(rows[0])) + number(2, 1)
    table += length_prefixed(8, b"table") + length_prefixed(9, flat.tobytes())
    node = b"".join(length_prefixed(*f) for f in ((1, b"table"), (1, asks.encode()), (2, b"states"), (4, b"Gather")))
    graph = length_prefixed(1, node) + length_prefixed(2, b"tiny") + length_prefixed(5, table)
    graph += length_prefixed(11, port(asks, 7, 2)) + length_prefixed(12, port("states", 1, 3))
    return number(1, 8) + length_prefixed(7, graph) + length_prefixed(8, number(2, 13))


ROWS = [[float(n == k) + 0.25 for k in range(4)] for n in range(len(PIECES))]


@pytest.fixture
def folder(tmp_path: Path, vocabulary: Path) -> Path:
    place = tmp_path / "model"
    place.mkdir()
    (place / "vocab.txt").write_bytes(vocabulary.read_bytes())
    (place / "model.onnx").write_bytes(tiny_model(ROWS))
    return place


def test_states_are_averaged_over_the_words_and_not_over_the_padding(folder: Path) -> None:
    pytest.importorskip("onnxruntime", reason="the extra “semantic” is not installed")
    model = embeddings.configured({"CLAIMS_EMBEDDINGS_MODEL_DIR": str(folder)})
    long, short = model.embed(["ferry sank harbour bridge closed", "ferry"])
    ids = [PIECES.index(piece) for piece in ("[CLS]", "ferry", "[SEP]")]
    mean = [sum(ROWS[n][k] for n in ids) / 3 for k in range(4)]
    assert list(short) == pytest.approx(list(embeddings.unit(mean)), abs=1e-6)
    assert list(model.embed(["ferry"])[0]) == pytest.approx(list(short), abs=1e-6)
    assert list(long) != list(short)


def test_a_folder_ranks_too(filled: Claims, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("onnxruntime", reason="the extra “semantic” is not installed")
    monkeypatch.setenv("CLAIMS_EMBEDDINGS_MODEL_DIR", str(folder))
    ran = filled("similar", ASKED, "--semantic", "--json")
    assert any(reason.startswith("meaning: ") for row in ran.json["ranked"] for reason in row["reasons"])


@pytest.mark.parametrize(
    ("model", "told"), [(b"no model", "not a model"), (tiny_model(ROWS, "pixel_values"), "pixel_values")]
)
def test_a_file_that_is_no_such_model_is_refused(folder: Path, model: bytes, told: str) -> None:
    pytest.importorskip("onnxruntime", reason="the extra “semantic” is not installed")
    (folder / "model.onnx").write_bytes(model)
    with pytest.raises(BadInput, match=told):
        embeddings.configured({"CLAIMS_EMBEDDINGS_MODEL_DIR": str(folder)})


def test_without_the_extra_a_folder_is_refused_and_the_way_to_it_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(Refused, match="semantic") as refused:
        embeddings.configured({"CLAIMS_EMBEDDINGS_MODEL_DIR": str(folder)})
    assert refused.value.hint == "pip install 'claim-ledger[semantic]'"

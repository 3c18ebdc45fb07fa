"""Embeddings: vectors whose dot product says how near two texts are in meaning, from a model in a folder or from a server.

The folder holds model.onnx, a BERT-like encoder, and vocab.txt; its outputs are averaged over the words. The server has an
OpenAI-compatible /v1/embeddings. The environment says which of the two. Every vector has length 1.
"""

from __future__ import annotations

import hashlib
import math
import os
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from ledger.assist import server, wordpiece
from ledger.assist.grounding import Unusable
from ledger.errors import BadInput, Refused, Unreachable

FOLDER = "CLAIMS_EMBEDDINGS_MODEL_DIR"
VARIABLES = server.Variables(
    *("CLAIMS_EMBEDDINGS_URL", "CLAIMS_EMBEDDINGS_MODEL", "CLAIMS_EMBEDDINGS_KEY_FILE", "CLAIMS_EMBEDDINGS_SECONDS"),
    kind="embedding model",
    path="/embeddings",
    example="all-minilm",
)
LONGEST = 256
"""Pieces of a text that are read; a claim is rarely longer."""
LONGEST_SENT = 4000
"""Characters of a text that are sent to a server."""
TOGETHER = 32
"""Texts in one batch."""
DIMENSIONS_AT_MOST = 8192

Vector: TypeAlias = "array[float]"


class Embedder(Protocol):
    """Whatever makes vectors of texts."""

    @property
    def name(self) -> str:
        """The name of the model: vectors of different models cannot be compared."""

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """A vector of length 1 for each text, in order."""


def configured(environ: Mapping[str, str] | None = None) -> Embedder:
    """What the environment names, a folder before a server; BadInput where it names neither."""
    given = os.environ if environ is None else environ
    if folder := given.get(FOLDER, "").strip():
        return Local(Path(folder))
    if not given.get(VARIABLES.url, "").strip():
        raise BadInput(
            "no embedding model is configured",
            hint=f"set {FOLDER} to a folder with model.onnx and vocab.txt, or {VARIABLES.url} and {VARIABLES.model}",
        )
    return Remote(server.configured(VARIABLES, given))


def unit(values: Sequence[float]) -> Vector:
    """The vector of length 1 in this direction; Unusable where there is no direction."""
    largest = max(map(abs, values), default=0.0)
    if not 0 < largest < math.inf:
        raise Unusable("the vector has no direction")
    scaled = [v / largest for v in values]  # so that neither very small nor very large numbers are lost in the squares
    length = math.hypot(*scaled)
    if math.isnan(length):
        raise Unusable("the vector has no direction")
    return array("f", (v / length for v in scaled))


# --- a model in a folder ------------------------------------------------------------------------------------------


class Local:
    """A model on this machine; nothing is sent anywhere."""

    def __init__(self, folder: Path) -> None:
        model = folder / "model.onnx"
        if not model.is_file():
            raise BadInput(f"no model in {folder}", hint=f"{FOLDER} names a folder with model.onnx and vocab.txt")
        self._cut = wordpiece.of_file(folder / "vocab.txt")
        self._session = _session(model)
        self._inputs = [i.name for i in self._session.get_inputs()]
        with model.open("rb") as f:
            self.name = f"onnx:{hashlib.file_digest(f, 'sha256').hexdigest()}"

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Texts of similar length share a batch, since each is padded to the longest."""
        cut = [self._cut.ids(text, longest=LONGEST) for text in texts]
        order = sorted(range(len(cut)), key=lambda n: len(cut[n]))
        found: dict[int, Vector] = {}
        for at in range(0, len(order), TOGETHER):
            some = order[at : at + TOGETHER]
            found.update(zip(some, self._read([cut[n] for n in some]), strict=True))
        return [found[n] for n in range(len(cut))]

    def _read(self, batch: list[list[int]]) -> list[Vector]:
        import numpy as np

        width = max(len(ids) for ids in batch)
        padded = np.array([ids + [self._cut.padding] * (width - len(ids)) for ids in batch], dtype=np.int64)
        mask = np.array([[1] * len(ids) + [0] * (width - len(ids)) for ids in batch], dtype=np.int64)
        given = {"input_ids": padded, "attention_mask": mask, "token_type_ids": np.zeros_like(padded)}
        try:
            states = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        except Exception as e:  # the runtime has errors of its own for each fault of a model
            raise BadInput(f"the model in {FOLDER} cannot read text: {str(e)[:200]}") from None
        if states.ndim != 3 or states.shape[:2] != padded.shape:
            raise BadInput(f"the model in {FOLDER} gives no state for each word")
        sums = (states * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1)[:, None]
        return [unit(row) for row in sums.tolist()]


def _session(model: Path) -> Any:
    try:
        import onnxruntime
    except ImportError:
        raise Refused(
            "a model in a folder needs the optional extra “semantic”", hint="pip install 'claim-ledger[semantic]'"
        ) from None
    try:
        options = onnxruntime.SessionOptions()
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # waiting threads would hold the cores
        session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as e:  # as above
        raise BadInput(f"{model} is not a model that can be read: {str(e)[:200]}") from None
    unknown = {i.name for i in session.get_inputs()} - {"input_ids", "attention_mask", "token_type_ids"}
    if unknown:
        raise BadInput(f"{model} asks for {sorted(unknown)[0]}, which is not known", hint="export a BERT-like encoder")
    return session


# --- a server -----------------------------------------------------------------------------------------------------


class Remote:
    """A model on a server, to which the words of claims are sent."""

    def __init__(self, asked: server.Server) -> None:
        self.server = asked
        self.name = f"{asked.url} {asked.model}"

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Unreachable where the server gives no vector for each text."""
        found: list[Vector] = []
        for at in range(0, len(texts), TOGETHER):
            some = [text[:LONGEST_SENT] for text in texts[at : at + TOGETHER]]
            got = server.ask(self.server, {"model": self.server.model, "input": some, "encoding_format": "float"})
            try:
                found += vectors(server.good(got, self.server), len(some))
            except Unusable as e:
                raise Unreachable(f"{self.server.model} gave no embeddings: {e}") from None
        return found


def vectors(data: Mapping[str, Any], count: int) -> list[Vector]:
    """The vectors of an answer in the order of the texts; Unusable where one is missing or is no vector."""
    items = data.get("data")
    if not isinstance(items, list) or len(items) != count or not all(isinstance(i, dict) for i in items):
        raise Unusable("the server's answer has another shape")
    placed = {_index(item, n): _numbers(item.get("embedding")) for n, item in enumerate(items)}
    if set(placed) != set(range(count)) or len({len(v) for v in placed.values()}) != 1:
        raise Unusable("the server's answer has another shape")
    return [unit(placed[n]) for n in range(count)]


def _index(item: Mapping[str, Any], place: int) -> int:
    given = item.get("index", place)
    if not isinstance(given, int) or isinstance(given, bool):
        raise Unusable("the server's answer has another shape")
    return given


def _numbers(given: Any) -> list[float]:
    if not isinstance(given, list) or not 0 < len(given) <= DIMENSIONS_AT_MOST:
        raise Unusable("the server's answer has another shape")
    if not all(isinstance(v, int | float) and not isinstance(v, bool) and abs(v) < 1e30 for v in given):
        raise Unusable("a vector holds what is no number")
    return [float(v) for v in given]

"""Words cut into the pieces of a BERT vocabulary: lower case, without accents, the longest known piece first."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from ledger.errors import BadInput

START, END, UNKNOWN, PADDING = "[CLS]", "[SEP]", "[UNK]", "[PAD]"
LONGEST_WORD = 100
"""A longer word is unknown, so that the time stays linear in the text."""
IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2CEAF), (0x2F800, 0x2FA1F))
"""Each of these characters is a word by itself."""


class WordPiece:
    """Cuts text as the model was taught to read it."""

    def __init__(self, vocabulary: dict[str, int]) -> None:
        self.vocabulary = vocabulary
        self.start, self.end = vocabulary[START], vocabulary[END]
        self.unknown, self.padding = vocabulary[UNKNOWN], vocabulary[PADDING]

    def ids(self, text: str, *, longest: int) -> list[int]:
        """The ids of the pieces between the start and end marks, never more than `longest`."""
        pieces: list[int] = []
        for word in words(text[: longest * LONGEST_WORD]):
            pieces += self._pieces(word)
            if len(pieces) > longest - 2:
                break
        return [self.start, *pieces[: longest - 2], self.end]

    def _pieces(self, word: str) -> list[int]:
        """The longest known piece, again and again; one unknown where some rest has none."""
        if len(word) > LONGEST_WORD:
            return [self.unknown]
        found: list[int] = []
        at = 0
        while at < len(word):
            mark = "##" if at else ""
            ends = range(len(word), at, -1)
            cut = next((end for end in ends if mark + word[at:end] in self.vocabulary), None)
            if cut is None:
                return [self.unknown]
            found.append(self.vocabulary[mark + word[at:cut]])
            at = cut
        return found


def of_file(path: Path) -> WordPiece:
    """The vocabulary of a file with one piece a line; BadInput where it is not a vocabulary."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"cannot read {path}", hint="the folder of a model holds model.onnx and vocab.txt") from None
    known = {piece.rstrip("\r"): n for n, piece in enumerate(lines) if piece}
    if missing := [mark for mark in (START, END, UNKNOWN, PADDING) if mark not in known]:
        raise BadInput(f"{path} is no vocabulary of a BERT model: it has no {missing[0]}")
    return WordPiece(known)


def words(text: str) -> Iterator[str]:
    """The words: runs of letters and digits, and every mark and ideograph by itself."""
    run: list[str] = []
    for char in unicodedata.normalize("NFD", _clean(text).lower()):
        if unicodedata.category(char) == "Mn":
            continue
        alone = _is_mark(char) or _is_ideograph(char)
        if run and (alone or char == " "):
            yield "".join(run)
            run = []
        if alone:
            yield char
        elif char != " ":
            run.append(char)
    if run:
        yield "".join(run)


def _clean(text: str) -> str:
    """The text with every white space as a space, and without invisible characters."""
    return "".join(" " if c.isspace() else c for c in text if c.isspace() or not _is_hidden(c))


def _is_hidden(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char).startswith("C")


def _is_mark(char: str) -> bool:
    """Punctuation, and every sign of ASCII that is neither letter nor digit."""
    return (char.isascii() and char.isprintable() and not char.isalnum() and char != " ") or (
        unicodedata.category(char).startswith("P")
    )


def _is_ideograph(char: str) -> bool:
    return any(low <= ord(char) <= high for low, high in IDEOGRAPHS)

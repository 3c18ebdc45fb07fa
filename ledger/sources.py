"""Sources by name: how names are compared, what kind a name looks like, and the one place that adds a source.

The kind is guessed from the name alone and never asked for. `ledger/data/en/sources.toml` and `ledger/data/names.toml` are
the whole rule, read in this order:

1. a handle or an address;
2. a person with a title before the name ("President Ilham Aliyev", "Col. Ann Roe");
3. the head of the name, which is the last word before a preposition: "a source close to the army" is a source, and
   an army spokesman is the army;
4. names known whole (agencies, broadcasters, international bodies, armed groups);
5. any telling word; 6. the look of a person's name; else unknown.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ledger import lexicon
from ledger.errors import BadInput
from ledger.records import SourceDraft
from ledger.store import Writer
from ledger.text import folding
from ledger.vocabulary import EntryKind, SourceKind


def source_uid(writer: Writer, name: str, kind: SourceKind | None = None, *, guessed: bool = False) -> str:
    """The uid of the source that has this name, added to the log where there is none; `guessed` is said of the kind."""
    # a name is kept as it was given, every character of it; only the folded form decides whether two are one
    folded = folding.name(name)
    if not folded:
        raise BadInput(f"not the name of a source: {name[:80]!r}", hint='give a name, such as "Syrian television"')
    if known := writer.named(EntryKind.SOURCE, folded):
        return known
    draft = SourceDraft(name=name, folded=folded, kind=kind or guess_kind(name), kind_guessed=guessed or kind is None)
    return writer.append(EntryKind.SOURCE, draft)


def protected_uid(writer: Writer, handle: str, note: str | None = None) -> str:
    """A source that the log knows by its @handle alone."""
    draft = SourceDraft(
        name=handle,
        folded=folding.name(handle),
        kind=SourceKind.ANONYMOUS,
        kind_guessed=False,
        protected=True,
        note=note,
    )
    return writer.append(EntryKind.SOURCE, draft)


def publisher_kind(name: str) -> SourceKind:
    """The kind of a publisher: what its name says where that publishes, a news outlet otherwise."""
    kind = guess_kind(name)
    return SourceKind.NEWS_OUTLET if kind in NOT_PUBLISHERS else kind


def publisher_uid(writer: Writer, name: str) -> str:
    """The uid of the source with this name; a new outlet where the name is new."""
    return source_uid(writer, name, publisher_kind(name), guessed=True)


NOT_PUBLISHERS = frozenset({
    SourceKind.UNKNOWN, SourceKind.PERSON, SourceKind.ANONYMOUS, SourceKind.WITNESS, SourceKind.DOCUMENT,
})  # fmt: skip


@lru_cache(maxsize=4096)
def guess_kind(name: str, cue: str | None = None) -> SourceKind:
    """What kind of source the name (and the cue words beside it) look like; UNKNOWN where nothing tells."""
    shown = " ".join(_bare(name).split())
    folded = folding.wording(shown)
    if address := _address_kind(folded):
        return address
    if _titled_person(shown):
        return SourceKind.PERSON
    if shown.removeprefix("the ") == "WHO":
        return SourceKind.INTERNATIONAL_ORGANISATION
    if kind := _told_by_words(folded):
        titled = kind is SourceKind.MONITORING_GROUP and _titled_monitor(shown)
        return SourceKind.UNKNOWN if titled else kind
    if cue and _words(cue.casefold()) & _tables().posting:
        return SourceKind.SOCIAL_ACCOUNT
    if kind := _foreign_body(folded):
        return kind
    return SourceKind.PERSON if _looks_like_a_person(shown) else SourceKind.UNKNOWN


def _titled_monitor(shown: str) -> bool:
    """True for what is called a Monitor, as newspapers are, and of what is not said: a war monitor counts."""
    before, _, last = shown.rpartition(" ")
    return last == "Monitor" and before != "" and not set(before.casefold().split()) & _tables().monitored


def looks_private(name: str) -> bool:
    """True for a name that looks like a person's and comes with no title or office."""
    shown = " ".join(_bare(name).split())
    return not shown.startswith("@") and not _titled_person(shown) and guess_kind(name) is SourceKind.PERSON


# --- tables -------------------------------------------------------------------------------------------------------

SOCIAL_HOSTS = re.compile(
    r"\b(?:twitter|x|facebook|fb|instagram|youtube|tiktok|vk|reddit|t|telegram|bsky|threads)\.(?:com|me|app|net|org)/"
)
SITE = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,12}")
LETTERS = 3
"""A word of a body in another language that is no longer may be a name."""
WHOLE_ONLY = frozenset({SourceKind.NEWS_OUTLET, SourceKind.SOCIAL_ACCOUNT})


class _Tables:
    """The word lists, compiled once."""

    def __init__(self) -> None:
        self.heads = _kinds("en/sources", "heads")
        self.voices = _kinds("en/sources", "voices")
        self.monitored = lexicon.words("en/sources", "monitored")
        self.names = _kinds("names", "names") | dict.fromkeys(agencies(), SourceKind.WIRE_AGENCY)
        self.longest = max(name.count(" ") for name in self.names) + 1
        words = lexicon.table("en/sources", "words").items()
        self.words = [(SourceKind(kind), telling, lexicon.first_words(telling)) for kind, telling in words]
        self.foreign = tuple(word for word in lexicon.meanings("bodies", "words") if len(word) > LETTERS)
        self.first_of_foreign = lexicon.first_words(self.foreign)
        self.titles = lexicon.words("en/offices", "titles") | lexicon.words("en/offices", "posts")
        self.posting = lexicon.words("en/sources", "posting")
        self.seeing = lexicon.words("en/sources", "seeing")
        self.knowing = lexicon.words("en/sources", "knowing")
        self.prepositions = lexicon.words("en/sources", "prepositions")
        self.particles = lexicon.words("names", "particles")

    def known(self, folded: str) -> SourceKind | None:
        """The kind of the longest known name that the name begins or ends with."""
        words = folded.removesuffix("'s").replace("'s ", " ").split()
        for n in range(min(len(words), self.longest), 0, -1):
            first, last = " ".join(words[:n]), " ".join(words[-n:])
            kind = self.names.get(first)
            # an outlet's name followed by others is a different name: "Guardian Royal", "Sky Lim"
            if kind and (n == len(words) or kind not in WHOLE_ONLY or folded.startswith(f"{first}'s ")):
                return kind
            kind = self.names.get(last)
            if kind and kind not in WHOLE_ONLY and len(last) > 2:
                return kind
        national = folded.endswith(ON_AIR) and _national_broadcaster().fullmatch(folded)
        return SourceKind.STATE_BROADCASTER if national else None

    def word(self, folded: str) -> SourceKind | None:
        """The kind of which a word or phrase stands in the name; a pattern is compiled only where one may."""
        held = _words(folded)
        may = ((kind, telling) for kind, telling, firsts in self.words if not firsts.isdisjoint(held))
        return next((kind for kind, telling in may if _whole(telling).search(folded)), None)


@cache
def _whole(entries: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{lexicon.alternatives(entries)})(?!\w)")


ON_AIR = (" television", " tv", " radio")


@cache
def _national_broadcaster() -> re.Pattern[str]:
    """The television of a nation, which in the news we read is that of its state."""
    nations = lexicon.alternatives(lexicon.listed("en/sources", "nations"))
    return re.compile(rf"(?:\w+(?:ian|ean|ish|ese|ani|ench|reek|utch)|{nations})(?:{'|'.join(ON_AIR)})")


def _kinds(file: str, name: str) -> dict[str, SourceKind]:
    return {entry: SourceKind(kind) for entry, kind in lexicon.meanings(file, name).items()}


@cache
def _tables() -> _Tables:
    return _Tables()


@cache
def agencies() -> frozenset[str]:
    """The names of news agencies, folded."""
    return frozenset(
        map(folding.wording, lexicon.listed("agencies", "names") + lexicon.listed("agencies", "also_words"))
    )


# --- reading a name -----------------------------------------------------------------------------------------------


def _told_by_words(folded: str) -> SourceKind | None:
    """The kind that the head, a known name or a telling word gives."""
    tables, words = _tables(), folded.split()
    if not tables.knowing.isdisjoint(words):
        return SourceKind.ANONYMOUS
    seen = next((n for n, word in enumerate(words) if n and word in tables.seeing), len(words))
    folded = " ".join(words[:seen])
    head = _head(folded)
    if fallback := tables.voices.get(head):
        before, _, after = folded.partition(head)
        speakers = (_opened(part) for part in (after, before))
        return next((kind for part in speakers if part and (kind := _told_by_words(part))), fallback)
    return tables.heads.get(head) or tables.known(folded) or tables.word(folded)


@cache
def _foreign() -> re.Pattern[str]:
    return _whole(_tables().foreign)


def _foreign_body(folded: str) -> SourceKind | None:
    """The kind of a body that another language names; UNKNOWN for one whose kind the tables do not tell, which is no person."""
    if not lexicon.may_hold(folded, _tables().first_of_foreign):
        return None
    found = _foreign().search(folded)
    if found is None:
        return None
    meaning, rest = lexicon.meanings("bodies", "words")[found.group()], folded.split()
    if meaning == "agency" and len(rest) == 2 and lexicon.words("en/sources", "offices").isdisjoint(rest):
        return SourceKind.WIRE_AGENCY  # "Agenzia Nova"
    return _tables().known(meaning) or _tables().word(meaning) or SourceKind.UNKNOWN


def _opened(part: str) -> str:
    """A part of a name without the small words it opens with."""
    words = part.split()
    while words and (words[0] in _tables().prepositions or words[0] in ("a", "an", "the")):
        words = words[1:]
    return " ".join(words).removesuffix("'s")


def _bare(name: str) -> str:
    """The name without what stands in brackets after it: "Ann Roe (UN)"."""
    opening = name.find("(")
    return name[:opening] if opening > 0 else name


def _words(folded: str) -> set[str]:
    return set(re.findall(r"\w+", folded))


def _address_kind(folded: str) -> SourceKind | None:
    if re.fullmatch(r"[@#]\w[\w.]*", folded) or SOCIAL_HOSTS.search(folded):
        return SourceKind.SOCIAL_ACCOUNT
    if "://" in folded:
        return SourceKind.DOCUMENT
    return SourceKind.NEWS_OUTLET if SITE.fullmatch(folded) and "u.n." not in folded else None


def _head(folded: str) -> str:
    """The last word before a preposition or a comma."""
    last = ""
    for word in folded.split():
        if last and word in _tables().prepositions:
            break
        last = word.strip(",;:'\"")
        if word.endswith(","):
            break
    return last.removesuffix("'s")


def _titled_person(shown: str) -> bool:
    """True for a title with a name after it, and for "Name, title of something"."""
    words = shown.replace(",", " ,").split()
    for at, word in enumerate(words[:-1]):
        if word.casefold().rstrip(".") in _tables().titles:
            rest = words[at + 1 :]
            named, whole = (folding.wording(" ".join(part)) for part in (rest, words[at:]))
            body = _ends_as_a_body(rest) or _tables().word(named) or _tables().known(whole)
            if _looks_like_a_name(rest) and not body:
                return True
    name, _, description = (part.strip() for part in shown.partition(","))
    return bool(description) and (
        _looks_like_a_person(name) or (_looks_like_a_name([name]) and description[0].islower())
    )


def _looks_like_a_person(shown: str) -> bool:
    words = shown.split()
    named = 2 <= len(words) <= 4 and _looks_like_a_name(words)
    return named and not _ends_as_a_body(words) and words[0].casefold() not in ("al", "el", "the")


def _ends_as_a_body(words: list[str]) -> bool:
    return bool(words) and words[-1].casefold() in lexicon.words("en/sources", "bodies")


def _looks_like_a_name(words: list[str]) -> bool:
    """True where all words look like parts of a name: "Ann", "O'Neill", "de", "al-Assad", "J."."""
    if not words or len(words) > 5 or words[0][:3].casefold() == "al-":
        return False
    return all(_name_part(word) for word in words) and any(word[0].isupper() for word in words)


def _name_part(word: str) -> bool:
    if word.casefold() in _tables().particles or (len(word) == 2 and word[0].isupper() and word[1] == "."):
        return True
    if word.endswith(("'s", "’s")):
        return False
    letters = re.sub(r"['’\-]", "", word)
    return letters.isalpha() and not letters.isupper() and any(part[:1].isupper() for part in re.split(r"['’\-]", word))

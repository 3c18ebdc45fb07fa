"""Sources by name: how names are compared, what kind a name looks like, and the one place that adds a source.

The kind is guessed from the name alone and never asked for. The tables below are the whole rule, read in this order:

1. a handle or an address;
2. a person with a title before the name ("President Ilham Aliyev", "Col. Ann Roe");
3. the head of the name, which is the last word before a preposition: "a source close to the army" is a source, and
   an army spokesman is the army;
4. names known whole (agencies, broadcasters, international bodies, armed groups);
5. any telling word; 6. the look of a person's name; else unknown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from ledger import lexicon, text
from ledger.errors import BadInput
from ledger.records import SourceDraft
from ledger.store import Writer
from ledger.store.read import source_uid_by_folded
from ledger.vocabulary import EntryKind, SourceKind

INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Marks that change nothing a reader sees; joiners stay, because Persian and Hindi spelling needs them."""


@lru_cache(maxsize=4096)  # an import names the same few thousand again and again
def fold_name(name: str) -> str:
    """The name as look-ups compare it: NFKC, lower case, one kind of quote, dash and space, no leading "the"."""
    folded = unicodedata.normalize("NFKC", INVISIBLE.sub("", name))
    folded = unicodedata.normalize("NFKC", text.fold(folded).text.casefold())
    folded = " ".join(text.fold(folded).text.split())
    while folded.startswith("the "):
        folded = folded[4:]
    return folded


def source_uid(writer: Writer, name: str, kind: SourceKind | None = None, *, guessed: bool = False) -> str:
    """The uid of the source that has this name, added to the log where there is none; `guessed` is said of the kind."""
    # a name is kept as it was given, every character of it; only the folded form decides whether two are one
    folded = fold_name(name)
    if not folded:
        raise BadInput(f"not the name of a source: {name[:80]!r}", hint='give a name, such as "Syrian television"')
    if known := source_uid_by_folded(writer.ledger, folded):
        return known
    draft = SourceDraft(name=name, folded=folded, kind=kind or guess_kind(name), kind_guessed=guessed or kind is None)
    return writer.append(EntryKind.SOURCE, draft)


def protected_uid(writer: Writer, handle: str, note: str | None = None) -> str:
    """A source that the log knows by its @handle alone."""
    draft = SourceDraft(
        name=handle, folded=fold_name(handle), kind=SourceKind.ANONYMOUS, kind_guessed=False, protected=True, note=note
    )
    return writer.append(EntryKind.SOURCE, draft)


def publisher_kind(name: str) -> SourceKind:
    """The kind of a publisher: what its name says where that publishes, a news outlet otherwise."""
    kind = guess_kind(name)
    return SourceKind.NEWS_OUTLET if kind in NOT_PUBLISHERS else kind


NOT_PUBLISHERS = frozenset({
    SourceKind.UNKNOWN, SourceKind.PERSON, SourceKind.ANONYMOUS, SourceKind.WITNESS, SourceKind.DOCUMENT,
})  # fmt: skip


@lru_cache(maxsize=4096)
def guess_kind(name: str, cue: str | None = None) -> SourceKind:
    """What kind of source the name (and the cue words beside it) look like; UNKNOWN where nothing tells."""
    shown = " ".join(_bare(name).split())
    folded = fold_name(shown)
    if address := _address_kind(folded):
        return address
    if _titled_person(shown):
        return SourceKind.PERSON
    if shown.removeprefix("the ") == "WHO":
        return SourceKind.INTERNATIONAL_ORGANISATION
    if kind := _told_by_words(folded):
        return kind
    if cue and _words(cue.casefold()) & POSTING:
        return SourceKind.SOCIAL_ACCOUNT
    return SourceKind.PERSON if _looks_like_a_person(shown) else SourceKind.UNKNOWN


def looks_private(name: str) -> bool:
    """True for a name that looks like a person's and comes with no title or office."""
    shown = " ".join(_bare(name).split())
    return not shown.startswith("@") and not _titled_person(shown) and guess_kind(name) is SourceKind.PERSON


# --- tables -------------------------------------------------------------------------------------------------------

HEADS: dict[SourceKind, str] = {
    SourceKind.ANONYMOUS: (
        "source sources official officials activist activists diplomat diplomats insider insiders officer officers aide"
        " aides analyst analysts expert experts campaigner campaigners commander commanders negotiator negotiators"
        " opposition adviser advisers lawmaker lawmakers medic medics doctor doctors scientist scientists researcher"
        " researchers employee employees"
    ),
    SourceKind.WITNESS: (
        "witness witnesses eyewitness eyewitnesses resident residents survivor survivors villager villagers evacuee"
        " evacuees bystander bystanders refugee refugees neighbour neighbours neighbor neighbors relative relatives"
        " driver drivers passenger passengers local locals family families"
    ),
    SourceKind.WIRE_AGENCY: "agencies newswire newswires wires",
    SourceKind.ARMED_GROUP: (
        "militants rebels rebel insurgents insurgency jihadists jihadis fighters militia militias gunmen separatists"
        " extremists faction factions guerrillas paramilitaries"
    ),
    SourceKind.DOCUMENT: (
        "document documents memo memorandum dossier transcript filing filings letter cable cables paper report study leaflet"
    ),
    SourceKind.NEWS_OUTLET: "website websites newspaper newspapers outlet outlets site magazine daily",
}
"""Words that decide when they are the head of a name."""

VOICES: dict[SourceKind, str] = {
    SourceKind.ANONYMOUS: (
        "spokesperson spokesman spokeswoman spokespeople spokesmen workers volunteers crews crew team teams"
    ),
    SourceKind.DOCUMENT: "statement statements communique release",
}
"""Heads that speak for whom the rest of the name says ("an army spokesman"), and what they are where it says nothing."""

NAMES: dict[SourceKind, str] = {
    SourceKind.STATE_BROADCASTER: (
        "rt|russia today|sputnik|sputnik news|press tv|irib|cctv|cgtn|trt|trt world|al-ikhbariya|al ikhbariya|telesur|"
        "voice of america|vesti|channel one russia|rossiya 1|rossiya 24|al-alam|al alam|china global television network"
    ),
    SourceKind.INTERNATIONAL_ORGANISATION: (
        "un|u.n.|united nations|unesco|unicef|unhcr|ocha|wfp|iaea|opcw|eu|european union|european commission|nato|osce|"
        "arab league|league of arab states|african union|asean|imf|world bank|world food programme|world food program|"
        "world health organization|"
        "world health organisation|interpol|europol|icc|international criminal court|international court of justice|"
        "security council|gulf cooperation council|opec|unrwa|icrc|international committee of the red cross|"
        "council of europe|commonwealth of independent states"
    ),
    SourceKind.MONITORING_GROUP: "airwars|acled|bellingcat|sohr|snhr|iraq body count|liveuamap|flightradar24|netblocks",
    SourceKind.NGO: (
        "white helmets|syrian civil defence|syrian civil defense|amnesty international|amnesty|human rights watch|hrw|"
        "oxfam|save the children|msf|médecins sans frontières|doctors without borders|greenpeace|"
        "reporters without borders|transparency international|international crisis group"
    ),
    SourceKind.ARMED_GROUP: (
        "is|isis|isil|islamic state|daesh|al-qaeda|al qaeda|al-nusra|al-nusra front|nusra front|jabhat al-nusra|taliban|"
        "the taliban|hezbollah|hizbollah|hizbullah|hamas|islamic jihad|houthis|ansar allah|free syrian army|fsa|"
        "ahrar al-sham|hayat tahrir al-sham|jaish al-islam|syrian democratic forces|sdf|ypg|ypj|pkk|pyd|boko haram|"
        "al-shabaab|lebanese forces|m23|farc|eln|tamil tigers|rapid support forces|wagner|wagner group|"
        "peshmerga|popular mobilization forces|hashd al-shaabi"
    ),
    SourceKind.ARMED_FORCES: "idf|centcom|us central command|africom|general staff|coalition",
    SourceKind.GOVERNMENT: (
        "kremlin|white house|pentagon|downing street|state department|foreign office|élysée|quirinale|fbi|cia|nsa|nasa|fsb|"
        "gru|svr|mi5|mi6|mossad|shin bet|cdc|fema|usgs"
    ),
    SourceKind.SOCIAL_ACCOUNT: "x",
    SourceKind.NEWS_OUTLET: (
        "bbc|cnn|the guardian|guardian|al jazeera|al-jazeera|al arabiya|al-arabiya|asharq al-awsat|der spiegel|le monde|"
        "le figaro|el país|el pais|corriere della sera|la repubblica|haaretz|fox|sky|abc|nbc|cbs|npr|msnbc|economist|"
        "politico|axios|deutsche welle|france 24|euronews|ynet|ynetnews|novaya gazeta|meduza|kommersant"
    ),
}
"""Names known whole, folded and divided by bars; also recognised with words after them ("Reuters correspondent")."""

WORDS: tuple[tuple[SourceKind, str], ...] = (
    (SourceKind.SOCIAL_ACCOUNT, "twitter|facebook|telegram|instagram|youtube|tiktok|reddit|tweet|tweets|account"),
    (SourceKind.STATE_BROADCASTER, "state television|state tv|state media|state radio|state-run|state-owned|state broadcaster"),
    (SourceKind.WIRE_AGENCY, "news agency|news agencies|newswire|press agency|wire service|wire services"),
    (SourceKind.MONITORING_GROUP, "observatory|monitor|monitors|monitoring|watchdog|body count|network for human rights"
     "|documentation center|documentation centre|election observers"),
    (SourceKind.INTERNATIONAL_ORGANISATION, "un|u.n.|united nations|international committee|international federation|"
     "european union|intergovernmental|special tribunal|nato|eu"),
    (SourceKind.ARMED_GROUP, "rebel|rebels|insurgent|insurgents|militant|militants|jihadist|jihadists|militia|militias|"
     "liberation army|liberation front|resistance|free army|"
     "jaish|jaysh|jabhat|liwa|kataib|harakat|faylaq|islamist|islamists|islamic state|brigades|separatist"),
    (SourceKind.GOVERNMENT, "ministry|ministries|minister|government|president|presidency|presidential|secretary|"
     "parliament|senate|"
     "congress|cabinet|embassy|consulate|mayor|municipality|governor|governorate|authorities|authority|police|"
     "prosecutor|prosecutors|prosecution|court|department|regime|secretariat|administration|city council|treasury|"
     "central bank|statistics office|bureau of statistics|federal|coroner|intelligence|commission|chancellor|monarchy"),
    (SourceKind.ARMED_FORCES, "army|armed forces|forces|military|navy|air force|airforce|troops|general staff|"
     "led coalition|military coalition|"
     "defence force|defense force|central command|marines|coast guard|coastguard|air defence|air defense|brigade|"
     "battalion|regiment|joint staff|reconciliation center|reconciliation centre"),
    (SourceKind.NGO, "foundation|charity|charities|ngo|ngos|red crescent|red cross|civil defence|civil defense|"
     "human rights|rights group|rights groups|aid group|aid groups|aid agency|aid agencies|relief|institute|university|"
     "think tank|association|federation|society|union|unions|trust|coordination committee|coordination committees"),
    (SourceKind.COMPANY, "inc|inc.|ltd|ltd.|llc|plc|gmbh|s.a.|corp|corp.|corporation|company|airlines|airways|bank|holdings"),
    (SourceKind.NEWS_OUTLET, "news|times|post|daily|herald|tribune|gazette|journal|chronicle|observer|guardian|telegraph|"
     "independent|mirror|express|mail|sun|star|standard|press|magazine|newspaper|newspapers|tv|television|radio|"
     "broadcasting|channel|online|media|weekly|review|today|report|examiner|inquirer|bulletin|courier|echo|globe|"
     "outlet|outlets|blog"),
)  # fmt: skip
"""Telling words, tried in this order; each stands as a whole word anywhere in the name."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES = _listed(
    "mr mrs ms miss dr prof professor sir lady lord president minister secretary general gen lieutenant lt colonel col major"
    " maj captain capt sergeant sgt admiral adm brigadier brig commander marshal sheikh imam ayatollah pope bishop archbishop"
    " rabbi king queen prince princess emir chancellor premier ambassador envoy senator sen representative rep congressman"
    " congresswoman governor mayor judge justice spokesman spokeswoman spokesperson director chief chairman chairwoman"
    " commissioner correspondent reporter activist lawyer doctor analyst head leader official officer resident"
    " survivor witness medic scientist economist journalist blogger historian author student secretary-general"
)
POSTING = _listed("tweeted tweet posted retweeted instagram facebook twitter telegram")
PREPOSITIONS = _listed(
    "of in at on from for with within to by near inside close among who whose that under against via about speaking"
)
PARTICLES = _listed("de da do dos di du del della der den van von la le el al bin ibn bint ben abu abd ter ten y e")
SOCIAL_HOSTS = re.compile(
    r"\b(?:twitter|x|facebook|fb|instagram|youtube|tiktok|vk|reddit|t|telegram|bsky|threads)\.(?:com|me|app|net|org)/"
)
SITE = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,12}")
NATIONAL_BROADCASTER = re.compile(
    r"(?:\w+(?:ian|ean|ish|ese|ani|ench|reek|utch)|iraqi|yemeni|saudi|kuwaiti|qatari|omani|israeli|afghan|german|pakistani|"
    r"national|public) (?:television|tv|radio)"
)
"""The television of a nation, which in the news we read is that of its state."""


WHOLE_ONLY = frozenset({SourceKind.NEWS_OUTLET, SourceKind.SOCIAL_ACCOUNT})


class _Tables:
    """The tables above, compiled once."""

    def __init__(self) -> None:
        self.heads = {word: kind for kind, words in HEADS.items() for word in words.split()}
        self.voices = {word: kind for kind, words in VOICES.items() for word in words.split()}
        self.names = {name: kind for kind, names in NAMES.items() for name in names.split("|")}
        self.names |= dict.fromkeys(agencies(), SourceKind.WIRE_AGENCY)
        self.longest = max(name.count(" ") for name in self.names) + 1
        self.words = [
            (kind, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words.split('|')))})(?!\w)"))
            for kind, words in WORDS
        ]

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
        return SourceKind.STATE_BROADCASTER if NATIONAL_BROADCASTER.fullmatch(folded) else None

    def word(self, folded: str) -> SourceKind | None:
        return next((kind for kind, pattern in self.words if pattern.search(folded)), None)


@cache
def _tables() -> _Tables:
    return _Tables()


@cache
def agencies() -> frozenset[str]:
    """The names of news agencies, folded."""
    return frozenset(map(fold_name, lexicon.listed("agencies", "names") + lexicon.listed("agencies", "also_words")))


# --- reading a name -----------------------------------------------------------------------------------------------


def _told_by_words(folded: str) -> SourceKind | None:
    """The kind that the head, a known name or a telling word gives."""
    tables, head = _tables(), _head(folded)
    if fallback := tables.voices.get(head):
        before, _, after = folded.partition(head)
        speakers = (_opened(part) for part in (after, before))
        return next((kind for part in speakers if part and (kind := _told_by_words(part))), fallback)
    return tables.heads.get(head) or tables.known(folded) or tables.word(folded)


def _opened(part: str) -> str:
    """A part of a name without the small words it opens with."""
    words = part.split()
    while words and (words[0] in PREPOSITIONS or words[0] in ("a", "an", "the")):
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
        if last and word in PREPOSITIONS:
            break
        last = word.strip(",;:'\"")
        if word.endswith(","):
            break
    return last.removesuffix("'s")


def _titled_person(shown: str) -> bool:
    """True for a title with a name after it, and for "Name, title of something"."""
    words = shown.replace(",", " ,").split()
    for at, word in enumerate(words[:-1]):
        if word.casefold().rstrip(".") in TITLES:
            rest = words[at + 1 :]
            named, whole = (fold_name(" ".join(part)) for part in (rest, words[at:]))
            if _looks_like_a_name(rest) and not _tables().word(named) and not _tables().known(whole):
                return True
    name, _, description = (part.strip() for part in shown.partition(","))
    return bool(description) and (
        _looks_like_a_person(name) or (_looks_like_a_name([name]) and description[0].islower())
    )


def _looks_like_a_person(shown: str) -> bool:
    words = shown.split()
    return 2 <= len(words) <= 4 and _looks_like_a_name(words) and words[0].casefold() not in ("al", "el", "the")


def _looks_like_a_name(words: list[str]) -> bool:
    """True where all words look like parts of a name: "Ann", "O'Neill", "de", "al-Assad", "J."."""
    if not words or len(words) > 5 or words[0][:3].casefold() == "al-":
        return False
    return all(_name_part(word) for word in words) and any(word[0].isupper() for word in words)


def _name_part(word: str) -> bool:
    if word.casefold() in PARTICLES or (len(word) == 2 and word[0].isupper() and word[1] == "."):
        return True
    if word.endswith(("'s", "’s")):
        return False
    letters = re.sub(r"['’\-]", "", word)
    return letters.isalpha() and not letters.isupper() and any(part[:1].isupper() for part in re.split(r"['’\-]", word))

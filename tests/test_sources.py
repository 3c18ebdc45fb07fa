"""Sources by name: folding, guessed kinds, one source for one name."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger import store
from ledger.errors import BadInput
from ledger.sources import guess_kind, publisher_kind, source_uid
from ledger.store import read
from ledger.text import folding
from ledger.verbs import importing
from ledger.vocabulary import SourceKind

K = SourceKind


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Reuters", "reuters"),
        ("  The   Guardian\n", "guardian"),
        ("the The", "the"),
        ("Theo", "theo"),
        ("The", "the"),
        ("Children’s Fund", "children's fund"),
        ("Al‑Watan", "al-watan"),
        ("ＡＦＰ", "afp"),
        ("Straße", "strasse"),
        ("Cafe\u0301", "café"),
        ("Press\u00a0Office", "press office"),
        ("Ob\u00adserver\u200b\u200e", "observer"),
        ("وكالة سانا", "وكالة سانا"),
        ("", ""),
    ],
)
def test_name_is_folded(name: str, folded: str) -> None:
    assert folding.wording(name) == folded


@example("-\u2010\u2010\u2010")
@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert folding.name(folding.name(name)) == folding.name(name)


@given(st.text(alphabet="abcéß ’'-–\u00a0THE", max_size=40))
def test_folding_sees_neither_case_nor_composition(name: str) -> None:
    assert folding.name(name.upper()) == folding.name(name.lower()) == folding.name(unicodedata.normalize("NFD", name))


KINDS = {
    K.WIRE_AGENCY: ["Reuters", "AFP", "the Associated Press", "Xinhua", "TASS", "SANA", "Interfax", "Lapland News Agency",
                    "Russian news agencies", "Reuters correspondent", "AFP's bureau", "agencies",
                    "Agenzia Luce", "Nachrichtenagentur Holm"],
    K.STATE_BROADCASTER: ["Syrian television", "Iranian state TV", "state media", "state-run radio", "Ruritanian television",
                          "RT", "Press TV", "the state broadcaster"],
    K.GOVERNMENT: ["data from the health ministry", "coast guard", "Feuerwehr", "Policía Nacional",
                   "the fire brigade", "Harbour Fire Brigade", "rural fire brigades", "Ministry of Health",
                   "the Foreign Ministry", "Russian Defence Ministry", "the government", "the presidency",
                   "the Kremlin", "police", "Marsala city council", "the US State Department", "the Prosecutor's Office",
                   "Supreme Court", "local authorities", "the president",
                   "a statement from the foreign ministry", "the Pentagon's spokesman", "the interior secretary"],
    K.ARMED_FORCES: ["the army", "Ruritanian armed forces", "the air force", "the general staff", "US Central Command",
                     "the US-led coalition", "an army spokesman", "Ruritanian General Staff"],
    K.ARMED_GROUP: ["ISIS", "Islamic State", "rebels", "the militants", "Taliban", "Hezbollah", "Free Syrian Army",
                    "a rebel group", "a spokesman for the rebels", "Lapland's Hezbollah", "Liwa al-Marsa",
                    "Ruritania Liberation Front", "gunmen", "Hezbollah military media unit"],
    K.INTERNATIONAL_ORGANISATION: ["UN", "the United Nations", "UNESCO", "UNICEF", "NATO", "the UN refugee agency", "OPCW",
                                   "WHO",
                                   "the International Committee of the Red Cross", "the European Union"],
    K.MONITORING_GROUP: ["Syrian Observatory for Human Rights", "a war monitor", "Airwars", "ceasefire monitors",
                         "Lapland Conflict Monitor", "Lapland Network for Human Rights"],
    K.NGO: ["Amnesty International", "Human Rights Watch", "White Helmets", "Syrian Red Crescent", "an aid group",
            "Ruritania Civil Defence", "the Harbour Foundation", "University of Lapland"],
    K.COMPANY: ["Nordwind Shipping Ltd", "Lapland Airlines", "Acme Corp."],
    K.ANONYMOUS: ["a military source", "sources", "a source close to the president", "sources in the Defence Ministry",
                  "a senior official", "US officials", "activists", "a diplomat", "officials from the health ministry",
                  "a source who asked not to be named", "a spokesman", "opposition activists", "rescue workers",
                  "three people familiar with the merger", "a person briefed on the talks"],
    K.WITNESS: ["residents", "a witness", "eyewitnesses in Marsala", "survivors", "a resident of the old town",
                "an evacuee from the north"],
    K.PERSON: ["Ann Roe", "President Ann Roe", "Gen. Tomas Vik", "Foreign Minister Lena de Groot", "Jean-Luc O’Neill",
               "Ann Roe (health ministry)", "Ann Roe, head of the clinic", "J. R. Vik", "Omar al-Rashid", "Dr Vik",
               "rebel official Ann Roe",
               "Hassan, a resident of Marsala", "Ann Roe, who leads the clinic"],
    K.DOCUMENT: ["a leaked document", "a report by the clinic", "court filings", "an internal memo", "a statement",
                 "https://example.org/paper",
                 "radar data reviewed by Example Daily", "a copy of the deed seen by the BBC", "census data"],
    K.SOCIAL_ACCOUNT: ["@harbourwatch", "https://twitter.com/harbour/status/1", "t.me/harbour/12", "a Telegram channel",
                       "#marsala", "a Facebook post"],
    K.NEWS_OUTLET: ["Example Daily", "The Guardian", "BBC", "Al Jazeera", "Marsala Times", "local media", "example.org",
                    "Lapland Herald", "a pro-government website", "the BBC's Ann Roe"],
    K.UNKNOWN: ["", "?", "he", "Marsala", "the harbour", "somebody else altogether", "وكالة",
                "Rail Monitor", "Ukraine Monitor", "Harbour Board", "Tarn Council", "Rowing League",
                "Marsala General Hospital", "Nordwind Lines"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for kind, names in KINDS.items() for name in names])
def test_kind_is_guessed_from_the_name(name: str, kind: SourceKind) -> None:
    assert guess_kind(name) is kind


def test_cue_tells_a_post_where_the_name_tells_nothing() -> None:
    assert guess_kind("harbourwatch", "wrote on Twitter") is K.SOCIAL_ACCOUNT
    assert guess_kind("harbourwatch", "said") is K.UNKNOWN
    assert guess_kind("the army", "tweeted") is K.ARMED_FORCES


@given(st.text(max_size=60), st.none() | st.text(max_size=20))
def test_some_kind_is_guessed_from_any_name(name: str, cue: str | None) -> None:
    assert guess_kind(name, cue) in SourceKind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ann Roe", K.NEWS_OUTLET),
        ("Marsala", K.NEWS_OUTLET),
        ("Example Daily", K.NEWS_OUTLET),
        ("Reuters", K.WIRE_AGENCY),
        ("Ministry of Health", K.GOVERNMENT),
        ("Harbour Health Office", K.GOVERNMENT),
        ("Lodi Fire Service", K.GOVERNMENT),
        ("Amnesty International", K.NGO),
        ("@harbourwatch", K.SOCIAL_ACCOUNT),
    ],
)
def test_publisher_is_a_news_outlet_unless_its_name_says_otherwise(name: str, kind: SourceKind) -> None:
    assert publisher_kind(name) is kind


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[store.Writer]:
    with store.create(tmp_path / "ledger.db", actor="desk") as ledger, store.write(ledger, "desk") as writer:
        yield writer


def test_one_name_is_one_source_in_whatever_spelling(writer: store.Writer) -> None:
    uids = {source_uid(writer, name) for name in ("The Harbour Office", "harbour  office", "HARBOUR OFFICE\u200b")}
    assert len(uids) == 1
    (source,) = read.sources(writer.ledger)
    assert (source.name, source.kind_guessed) == ("The Harbour Office", True)


def test_kind_that_is_given_is_kept_and_not_marked_as_guessed(writer: store.Writer) -> None:
    source_uid(writer, "Harbour Office", SourceKind.COMPANY)
    source_uid(writer, "Marsala", SourceKind.NEWS_OUTLET, guessed=True)
    assert [(s.kind, s.kind_guessed) for s in read.sources(writer.ledger)] == [
        ("company", False),
        ("news_outlet", True),
    ]


def test_a_publisher_taken_for_an_outlet_gets_the_kind_that_a_claim_gives_it(tmp_path: Path) -> None:
    def line(exact: str, **more: object) -> str:
        article = {"file": f"{exact[:4]}.txt", "publisher": more.pop("publisher"), "text": exact}
        return json.dumps({"article": article, "exact": exact, **more})

    said = [{"source": "Marsala Glass", "kind": "company"}]
    told = (
        line("We close the works in May", publisher="Marsala Glass"),
        line("It closes the works in May", publisher="Example Daily", attribution=said),
        line("The works close in June", publisher="Post", attribution=[{"source": "Marsala Glass", "kind": "ngo"}]),
    )
    (tmp_path / "in.jsonl").write_text("\n".join(told), encoding="utf-8")
    with store.create(tmp_path / "ledger.db", actor="desk") as ledger:
        importing.import_files(ledger, importing.ImportFiles(files=(str(tmp_path / "in.jsonl"),)), actor="desk")
        found = {s.name: (s.kind, s.kind_guessed) for s in read.sources(ledger)}
    assert found["Marsala Glass"] == (K.COMPANY, False)
    assert found["Post"] == (K.NEWS_OUTLET, True)


@pytest.mark.parametrize("name", ["", "   ", "\u202e", "a\x00b", "\ud800"])
def test_what_is_no_name_is_refused(writer: store.Writer, name: str) -> None:
    with pytest.raises(BadInput):
        source_uid(writer, name)

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ledger.crossref.names import acronym, called, nameless, skeleton, suggest_aliases, tied, untitled
from ledger.crossref.officers import officers, shortened
from ledger.crossref.origins import Chain, Known, Link, Standing, Tie, agency_hint, links_of, named_agency, trace
from ledger.crossref.states import one_state
from ledger.records import Claim, Hop
from ledger.reports.counting import traced_words, why_traced
from ledger.text import folding
from ledger.vocabulary import Basis, Relating, Role, SourceKind

MONITOR = Link("s1", "Harbour Monitor", SourceKind.MONITORING_GROUP)
ARMY = Link("s2", "Freedonian Army", SourceKind.ARMED_FORCES)
MINISTRY = Link("s3", "Ministry of Defence of Freedonia", SourceKind.GOVERNMENT)
WIRE = Link("s4", "Reuters", SourceKind.WIRE_AGENCY, Role.RELAY)
SOMEBODY = Link("s5", "a military source", SourceKind.ANONYMOUS)
SPOKESMAN = Link("s6", "Igor Petrov", SourceKind.PERSON)
SPOKESWOMAN = Link("s8", f"Ann Roe ({MINISTRY.name} spokeswoman)", SourceKind.PERSON)
TELEVISION = Link("s7", "Freedonian state television", SourceKind.STATE_BROADCASTER, Role.RELAY)


def chain(claim, *links, outlet="Daily Post", article=None, **known):
    return Chain(claim, article or f"A{claim}", f"p:{folding.name(outlet)}", outlet, links, **known)


def interval(*chains, **known):
    traced = trace(chains, Known(**known))
    return traced.low, traced.high


# --- origins ------------------------------------------------------------------------------------------------------


def test_who_is_said_to_have_done_it_is_said_by_nobody_named():
    nobody = Link("n", "", SourceKind.UNKNOWN, named=True)  # "is understood to have paid"
    assert trace([chain("1", nobody), chain("2", MONITOR)]).high == 2


def test_outlets_that_quote_one_monitor_are_one_source():
    chains = [chain(str(n), WIRE, MONITOR, outlet=f"Outlet {n}") for n in range(5)]
    traced = trace(chains)
    assert (traced.low, traced.high) == (1, 1)
    assert [f.name for f in traced.families] == ["Harbour Monitor"]
    assert traced.same_origin("0", "4") is True


def test_the_publisher_is_the_origin_of_its_own_voice():
    origin = trace([chain("1", outlet="Daily Post")]).origins["1"]
    assert (origin.name, origin.standing) == ("Daily Post", Standing.PUBLISHER)


def test_what_two_sentences_of_one_outlet_rest_on_is_not_known_but_they_count_as_one():
    traced = trace([chain(n, outlet="Daily Post", article=f"A{n}") for n in "12"])
    assert traced.same_origin("1", "2") is None
    assert traced.one_family("1", "2")
    assert (traced.low, traced.high) == (1, 1)
    chains = [chain(n, outlet="Daily Post", article=f"A{n}") for n in "12"]
    assert trace(chains, Known(copies=(("1", "2"),))).same_origin("1", "2") is True


@pytest.mark.parametrize(
    "credit", ["With agency inputs", "AFP", "Reporting by Reuters; editing by X", "HARBOUR (AP) -"]
)
def test_a_credit_line_that_hints_at_an_agency_makes_the_origin_unknown(credit):
    traced = trace([chain("1", credit_line=credit), chain("2", MONITOR)])
    assert traced.origins["1"].standing is Standing.UNKNOWN
    assert traced.same_origin("1", "2") is None
    assert (traced.low, traced.high) == (1, 2)


def test_an_agency_that_credits_itself_speaks_in_its_own_voice():
    assert trace([chain("1", outlet="Reuters", credit_line="Reuters")]).origins["1"].standing is Standing.PUBLISHER


def test_an_attributed_claim_keeps_its_origin_whatever_the_credit_line():
    assert trace([chain("1", MONITOR, credit_line="AFP")]).origins["1"].name == "Harbour Monitor"


def test_anonymous_is_told_apart_from_a_named_one_and_proves_no_second_source():
    traced = trace([chain("1", SOMEBODY), chain("2", SOMEBODY), chain("3", ARMY)])
    assert traced.same_origin("1", "2") is None
    assert traced.same_origin("1", "3") is False
    assert (traced.low, traced.high) == (1, 3)


def test_one_description_in_one_article_is_one_source():
    traced = trace([chain("1", SOMEBODY, article="A1"), chain("2", SOMEBODY, article="A1")])
    assert traced.same_origin("1", "2") is True


def test_a_description_tied_to_an_outlet_is_one_source_everywhere():
    theirs = Link("s9", "military source (of Channel 5)", SourceKind.ANONYMOUS)
    assert trace([chain("1", theirs), chain("2", WIRE, theirs)]).same_origin("1", "2") is True
    own = Link("s9", "a Daily Post reader", SourceKind.ANONYMOUS)
    assert trace([chain("1", own), chain("2", own)]).same_origin("1", "2") is True


def test_an_unnamed_hop_is_anonymous_even_with_a_kind():
    traced = trace([chain("1", Link("s8", "The General", SourceKind.ARMED_FORCES, named=False))])
    assert traced.origins["1"].standing is Standing.ANONYMOUS


def test_a_person_quoted_by_way_of_his_own_body_speaks_for_it():
    traced = trace([chain("1", MINISTRY, SPOKESMAN), chain("2", MINISTRY)])
    assert traced.same_origin("1", "2") is True
    assert traced.families[0].name == "Ministry of Defence of Freedonia"


def test_a_person_quoted_by_way_of_media_does_not_speak_for_them():
    traced = trace([chain("1", TELEVISION, SPOKESMAN), chain("2", TELEVISION)])
    assert traced.same_origin("1", "2") is False


@pytest.mark.parametrize("relation", [Relating.SAME_AS, Relating.SPEAKS_FOR, Relating.PART_OF])
def test_families_are_closed_over_ties(relation):
    ties = (Tie("s6", relation, "s3"), Tie("s3", relation, "s2"))
    traced = trace([chain("1", SPOKESMAN), chain("2", ARMY)], Known(ties=ties, names={"s2": "The army"}))
    assert traced.same_origin("1", "2") is True
    assert traced.families[0].name == "The army"


@pytest.mark.parametrize("relation", [Relating.OWNED_BY, Relating.SYNDICATES, Relating.INDEPENDENT])
def test_other_ties_make_no_family(relation):
    assert interval(chain("1", SPOKESMAN), chain("2", ARMY), ties=(Tie("s6", relation, "s2"),)) == (2, 2)


def test_a_tie_holds_only_in_its_time():
    ties = (Tie("s6", Relating.SPEAKS_FOR, "s2", since="2015", until="2019"),)
    both = chain("1", SPOKESMAN), chain("2", ARMY)
    assert interval(*both, ties=ties, day="2018-05-01") == (1, 1)
    assert interval(*both, ties=ties, day="2021-05-01") == (2, 2)
    assert interval(*both, ties=ties, day="2014-05-01") == (2, 2)


def test_ties_in_a_circle_end():
    ties = (Tie("s6", Relating.SAME_AS, "s2"), Tie("s2", Relating.SAME_AS, "s6"))
    assert interval(chain("1", SPOKESMAN), chain("2", ARMY), ties=ties) == (1, 1)


def test_one_name_written_in_two_ways_is_one_source():
    other = Link("s99", "the HARBOUR monitor (HM)", SourceKind.MONITORING_GROUP)
    assert trace([chain("1", MONITOR), chain("2", other)]).same_origin("1", "2") is True


def test_whether_sources_of_one_side_are_one_is_not_known():
    both = [chain("1", ARMY), chain("2", MINISTRY)]
    sides = {"s2": "government", "s3": "government"}
    assert trace(both).same_origin("1", "2") is False
    assert trace(both, Known(sides=sides)).same_origin("1", "2") is None


def test_what_a_body_publishes_is_its_own_word():
    own, other = chain("1", outlet="Lake Bank"), chain("2", outlet="Post")
    traced = trace([own, other], Known(bodies=frozenset({own.publisher})))
    assert [traced.origins[c].standing for c in "12"] == [Standing.NAMED, Standing.PUBLISHER]


def test_somebody_not_named_of_a_body_may_be_the_body():
    assert interval(chain("1", MINISTRY), chain("2", MINISTRY, SOMEBODY)) == (1, 2)
    assert interval(chain("1", MINISTRY), chain("2", SOMEBODY)) == (1, 2)
    assert interval(chain("1", MINISTRY), chain("2", MINISTRY, SOMEBODY), chain("3", SOMEBODY)) == (1, 3)
    assert interval(chain("1", MINISTRY), chain("2", ARMY), chain("3", SOMEBODY)) == (2, 3)


def test_sources_of_one_side_may_be_one_source_unless_marked_independent():
    both = chain("1", ARMY), chain("2", MINISTRY), chain("3", MONITOR)
    sides = {"s2": "government", "s3": "government"}
    assert interval(*both, sides=sides) == (2, 3)
    assert interval(*both, sides=sides, ties=(Tie("s2", Relating.INDEPENDENT, "s3"),)) == (3, 3)
    families = trace(both, Known(sides=sides, parties=frozenset({"s1"}))).families
    assert [(f.party, f.side) for f in families] == [(True, "government"), (True, "government"), (True, None)]


def test_names_that_may_be_of_one_source_count_as_one_to_two_until_a_person_says():
    one, two = (
        Link(f"h{n}", name, SourceKind.GOVERNMENT) for n, name in enumerate(("Health Ministry", "Ministry of Health"))
    )
    both = chain("1", one), chain("2", two), chain("3", MONITOR)
    assert interval(*both) == (2, 3)
    assert trace(both).same_origin("1", "2") is None
    assert trace(both).same_origin("1", "3") is False
    assert interval(*both, ties=(Tie("h0", Relating.SAME_AS, "h1"),)) == (2, 2)
    assert interval(*both, ties=(Tie("h0", Relating.INDEPENDENT, "h1"),)) == (3, 3)
    assert interval(*both, apart=frozenset({frozenset({"h0", "h1"})})) == (3, 3)


def test_a_tie_takes_effect_on_a_description_and_on_a_body_s_own_speaker():
    crew = Link("d", "rescue crews", SourceKind.ANONYMOUS)
    said = trace([chain("1", crew), chain("2", MONITOR)], Known(ties=(Tie("d", Relating.SAME_AS, "s1"),)))
    assert (said.low, said.high, said.same_origin("1", "2")) == (1, 1, True)
    speaks = chain("1", MINISTRY, SPOKESMAN), chain("2", ARMY), chain("3", MINISTRY)
    assert interval(*speaks, ties=(Tie("s6", Relating.SAME_AS, "s2"),)) == (1, 1)
    nobody = chain("1", crew), chain("2", Link("e", "workers", SourceKind.ANONYMOUS))
    traced = trace(nobody, Known(ties=(Tie("d", Relating.SAME_AS, "e"),)))
    assert (traced.families[0].standing, len(traced.families)) == (Standing.ANONYMOUS, 1)


@pytest.mark.parametrize(
    ("who", "one"),
    [
        ("Ada Moss (Orm Bank)", True),
        ("Ada Moss (head of the Orm Bank)", True),
        ("Ada Moss (Orm Bank spokeswoman)", True),
        ("Ada Moss, Orm Bank spokeswoman", True),
        ("Ada Moss (Orm Bank director general)", True),
        ("Ada Moss (chief executive of Orm Bank)", True),
        ("Orm, Moss and Orm Bank", None),
        ("A spokeswoman for Orm Bank", True),
        ("press office of the Orm Bank", True),
        ("a customer of Orm Bank", False),
        ("Ada Moss (Orm Bank vice president)", None),
        ("Ada Moss (Orm Bank)", False),
    ],
)
def test_who_is_named_as_speaking_for_a_body_is_one_source_with_it(who, one):
    bank = chain("2", Link("b", "Orm Bank", SourceKind.COMPANY))
    apart = Known(apart=frozenset({frozenset({"a", "b"})})) if one is False else Known()
    assert trace([chain("1", Link("a", who, SourceKind.PERSON)), bank], apart).same_origin("1", "2") is one


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("Ada Moss (Orm Bank spokeswoman)", "Jan Voss (head of Orm Bank)", True),
        ("Ada Moss, chairwoman of Orm Bank", "Jan Voss, Orm Bank spokesman", True),
        ("Ada Moss (Orm Bank spokeswoman)", "Jan Voss (head of Hale Bank)", False),
        ("Ada Moss (police spokeswoman)", "Jan Voss (police spokesman)", False),
        ("Ada Moss (Labour)", "Jan Voss (Labour)", False),
    ],
)
def test_two_who_speak_for_one_body_are_one_source(a, b, one):
    told = [chain(str(n), Link(f"s{n}", who, SourceKind.PERSON)) for n, who in enumerate((a, b))]
    assert trace(told).same_origin("0", "1") is one


@pytest.mark.parametrize(
    ("who", "named", "one"),
    [
        ("The council", ["Orm Council"], True),
        ("the ministry", ["Ministry of Fisheries"], True),
        ("Ann Roe, a spokeswoman for the council", ["Orm Council", "Hale Ferries"], True),
        ("The council", ["Orm Council", "Hale Council"], False),
        ("a council", ["Orm Council"], False),
        ("the council cleaner", ["Orm Council"], False),
    ],
)
def test_the_body_that_is_meant_is_the_only_one_of_its_sort_that_is_named(who, named, one):
    others = [chain(str(n), Link(f"s{n}", name)) for n, name in enumerate(named)]
    assert trace([chain("x", Link("x", who)), *others]).same_origin("x", "0") is one


def test_a_reporter_known_by_trade_alone_is_no_named_source_and_one_in_every_outlet():
    there = Link("r", "Interwire journalist", SourceKind.NEWS_OUTLET)
    traced = trace([chain("1", there, outlet="X"), chain("2", there, outlet="Y"), chain("3", MONITOR)])
    assert (traced.same_origin("1", "2"), traced.low, traced.high) == (True, 1, 2)


def test_a_headline_without_a_source_has_that_of_the_sentence_with_its_figure():
    head = chain("1", article="A1", headline=True, figure="400")
    lead = chain("2", MONITOR, article="A1", figure="400")
    other = chain("3", ARMY, article="A1", figure="450")
    assert trace([head, other, lead]).same_origin("1", "2") is True
    assert trace([chain("1", article="A1", figure="400"), lead]).same_origin("1", "2") is False


def test_a_shared_passage_has_one_origin():
    own = chain("1", outlet="Daily Post"), chain("2", outlet="Evening Star")
    assert trace(own, Known(copies=(("1", "2"),))).same_origin("1", "2") is True
    traced = trace([*own, chain("3", WIRE, MONITOR)], Known(copies=(("1", "2"), ("2", "3"))))
    assert {o.name for o in traced.origins.values()} == {"Harbour Monitor"}


def test_a_shared_passage_does_not_unite_two_named_origins():
    traced = trace([chain("1", MONITOR), chain("2", ARMY)], Known(copies=(("1", "2"),)))
    assert traced.same_origin("1", "2") is False


def test_outlets_that_name_nobody_may_rest_on_those_who_are_named():
    assert interval(chain("1", MONITOR), chain("2", outlet="X"), chain("3", outlet="Y")) == (1, 3)
    assert interval(chain("2", outlet="X"), chain("3", outlet="Y")) == (1, 2)


@pytest.mark.parametrize(
    ("chains", "said"),
    [
        ([], "No source"),
        ([chain("1", MONITOR)], "1 named source, in 1 outlet"),
        ([chain("1", MONITOR), chain("2", ARMY)], "2 named sources, in 1 outlet"),
        (
            [chain("1", MONITOR), chain("2", outlet="X"), chain("3", outlet="Y")],
            "At least 1 named source, in 1 of 3 outlets",
        ),
        ([chain("2", outlet="X"), chain("3", outlet="Y")], "2 outlets, in their own words"),
    ],
)
def test_the_least_that_is_known_leads_and_the_interval_stays(chains, said):
    traced = trace(chains)
    assert traced_words(traced) == said


def test_why_there_may_be_fewer_sources_is_said_with_names():
    crew = Link("d", "rescue crews", SourceKind.ANONYMOUS)
    army, ministry, monitor = chain("1", ARMY), chain("2", MINISTRY), chain("3", MONITOR)
    sided = Known(sides={"s2": "government", "s3": "government"})
    traced = trace([army, ministry, monitor, chain("4", crew), chain("5", outlet="X")], sided)
    assert (traced.low, traced.high) == (2, 5)
    said = why_traced(traced)
    assert said.startswith("Counted: ")
    assert " are on one side and count once. " in said
    assert "Not counted, since not named: “rescue crews”." in said
    assert said.endswith("What outlets say in their own words is not counted.")
    bare = why_traced(trace([chain("1", outlet="X"), chain("2", outlet="Y")]))
    assert bare == "What outlets say in their own words is not counted."


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("Norland state television", "Norland government", True),
        ("Norlandian government", "Norland Interior Ministry", True),
        ("the government", "Norland army", True),
        ("Norland state media", "Norlandian army", True),
        ("Norland state television", "Freedonian government", False),
        ("Norland Interior Ministry", "Norland Health Ministry", False),  # neither speaks for the other
        ("Orm city government", "Norland government", False),
        ("Salvation Army", "the government", False),
        ("Harbour Television", "Norland government", False),
        ("Ada Moss", "Norland government", False),
    ],
)
def test_a_state_its_ministries_and_its_broadcaster_may_be_one_voice(a: str, b: str, one: bool) -> None:
    assert one_state(a, b) is one_state(b, a) is one
    chains = [chain(n, Link(n, name)) for n, name in (("1", a), ("2", b))]
    assert trace(chains).low == (1 if one else 2)
    assert trace(chains).same_origin("1", "2") is False, "two names are two origins all the same"
    assert (" may be one source." in why_traced(trace(chains))) is one
    apart = Known(ties=(Tie("1", Relating.INDEPENDENT, "2"),))
    assert trace(chains, apart).low == 2


def test_credit_lines_name_or_hint_at_agencies():
    assert agency_hint("(AFP, Daily Post)") == "AFP"
    assert agency_hint("Staff and wires") == "an agency"
    assert agency_hint("By Jane Doe") is None
    assert agency_hint(None) is None
    assert not named_agency("The Reuterswerd Gazette")


POLICE = Link("q", "Marsh Police", SourceKind.GOVERNMENT)
OFFICER = Link("r", "Ann Roe (Marsh Police inspector)", SourceKind.PERSON)
OFFICIALS = Link("o", "Freedonian officials", SourceKind.ANONYMOUS)


def told(claim, *links, article="A", figure="5"):
    """A claim with a figure in an article of the Post."""
    return replace(chain(claim, *links, article=article, outlet="Post"), figure=figure)


def test_a_figure_that_two_are_credited_with_is_not_known_to_be_restated_from_either():
    traced = trace([told("1", MONITOR), told("2", ARMY), told("3")])
    assert traced.basis("1", "3") is traced.basis("2", "3") is None


@pytest.mark.parametrize(
    ("a", "b", "known", "expected"),
    [
        (chain("1", WIRE, MONITOR), chain("2", MONITOR), {}, Basis.NAMED),
        (chain("1", MINISTRY, SPOKESMAN), chain("2", MINISTRY), {}, Basis.NAMED),
        (chain("1", MINISTRY, SPOKESMAN), chain("2", MINISTRY, Link("s8", "Ann Roe", SourceKind.PERSON)), {}, None),
        (chain("1", MINISTRY), chain("2", SPOKESWOMAN), {}, Basis.NAMED),
        (chain("1", MONITOR), chain("2", ARMY), {"ties": (Tie("s1", Relating.SAME_AS, "s2"),)}, Basis.SAID),
        (chain("1", outlet="Harbour Monitor"), chain("2", MONITOR), {}, Basis.NAMED),
        (chain("1", outlet="Post"), chain("2", outlet="Post"), {}, None),
        (chain("1", outlet="Post", article="A"), chain("2", outlet="Post", article="A"), {}, Basis.ONE_TEXT),
        (chain("1", SOMEBODY, article="A"), chain("2", SOMEBODY, article="A"), {}, Basis.ONE_TEXT),
        (chain("1", SOMEBODY), chain("2", SOMEBODY), {}, None),
        (chain("1", MONITOR), chain("2", outlet="Post"), {}, None),
        (chain("1", MONITOR), chain("2", outlet="Post"), {"retold": (("1", "2"),)}, Basis.RETOLD),
        (chain("1", MONITOR), chain("2", outlet="Post"), {"copies": (("1", "2"),)}, Basis.COPIED),
        (told("1", MONITOR), told("2"), {}, Basis.RESTATED),
        (told("1", MONITOR), told("2", OFFICIALS), {}, Basis.RESTATED),
        (told("1", MONITOR), told("2", SOMEBODY), {}, None),
        (told("1", MONITOR), told("2", ARMY), {}, None),
        (told("1", MONITOR), told("2", figure="6"), {}, None),
        (told("1", MONITOR), told("2", article="B"), {}, None),
        (told("1", POLICE), told("2", OFFICER), {}, Basis.ONE_TEXT),
        (told("1", POLICE), told("2", OFFICER, article="B"), {}, None),
        (told("1", POLICE), told("2", OFFICER, figure="6"), {}, None),
        (told("1", WIRE, SOMEBODY), told("2", WIRE, article="B"), {}, Basis.NAMED),
        (told("1", WIRE, SOMEBODY), told("2", WIRE, article="B", figure="6"), {}, None),
        (chain("1", MONITOR, outlet="Reuters"), chain("2", WIRE), {}, Basis.NAMED),
        (chain("1", outlet="Post"), chain("2", WIRE), {}, None),
    ],
)  # fmt: skip
def test_how_two_claims_are_known_to_rest_on_one_source(a, b, known, expected):
    traced = trace([a, b], Known(**known))
    assert traced.basis("1", "2") is traced.basis("2", "1") is expected


# --- names --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("a military source", None, True),
        ("harbour office", None, False),
        ("the water board", None, False),
        ("the coast guard", None, False),
        ("the coastguard", None, False),
        ("police", None, False),
        ("the army", None, False),
        ("local police", None, True),
        ("a navy", None, True),
        ("the Lodi police", None, False),
        ("the port authority", None, False),
        ("the news agency", None, True),
        ("a security guard", None, True),
        ("a water board", None, True),
        ("local council", None, True),
        ("Ema Roe (doctor)", SourceKind.WITNESS, False),
        ("Residents", SourceKind.WITNESS, True),
        ("Freedonian military source", None, True),
        ("activists", None, True),
        ("Lodi police", None, False),
        ("Lodi police source", None, True),
        ("unnamed media", None, True),
        ("two residents", None, True),
        ("the union Tallyman", None, False),
        ("the charity Oxbow", None, False),
        ("officials in Lodi", None, True),
        ("the office of M. Orsk", None, False),
        ("an office of the canton", None, True),
        ("district court in Lodi", None, False),
        ("a court in Lodi", None, True),
        ("some Freedonians", None, True),
        ("Jane Doe", SourceKind.ANONYMOUS, True),
        ("the Observatory", None, False),
        ("Freedonian state media", None, False),
        ("Reuters", None, False),
        ("Rami al-Halabi", None, False),
        ("de la Cruz", None, False),
        ("al-Masdar News", None, False),
        ("@harbourwatch", None, False),
        ("example.org", None, False),
        ("وكالة الأنباء", None, False),
        ("", None, False),
    ],
)
def test_descriptions_are_told_from_names(name, kind, expected):
    assert nameless(name, kind) is expected


@pytest.mark.parametrize(("body", "names"), [("Orm", ["Ada Moss"]), ("Orm Bank", ["Orm Bank", "Ada Moss"])])
def test_a_place_does_not_speak_through_its_president_and_a_bank_does(body: str, names: list[str]) -> None:
    hops = Hop(source=body, role=Role.AFFILIATION), Hop(source=f"the president of {body}, Ada Moss", role=Role.ORIGIN)
    assert [link.name for link in links_of(Claim(id="C1", exact="", attribution=hops))] == names


@pytest.mark.parametrize(
    ("name", "alone"),
    [
        ("the mayor of Orm, Ada Moss", "Ada Moss"),
        ("the wife of Jan Ost, Ann Ost", "Ann Ost"),
        ("its chief executive Ada Moss", "Ada Moss"),
        ("the town of Orm, Norland", None),
        ("the university of Orm, Norland", None),
        ("the coast guard, Norland", None),
    ],
)
def test_only_who_holds_an_office_has_a_name_behind_it(name: str, alone: str | None) -> None:
    assert called(name) == (alone or name)


@pytest.mark.parametrize(
    ("name", "alone"),
    [
        ("Harbour Police Superintendent Ada Moss", "Ada Moss"),
        ("Superintendent of Police Ada Moss", "Ada Moss"),
        ("Secretary of State Ada B. Moss", "Ada B. Moss"),
        ("district administrator Ada Moss", "Ada Moss"),
        ("Det Sgt Ada Moss", "Ada Moss"),
        ("Ada Moss, regional officer of the Orm Board", "Ada Moss"),
        ("Ada Moss, Orm", None),
        ("Mayor Moss", None),
        ("Orm Post, edition of 5 May", None),
        ("Director of Public Prosecutions", None),
        ("King Olav University", None),
    ],
)
def test_a_person_is_known_by_his_names_whatever_office_he_holds(name: str, alone: str | None) -> None:
    assert untitled(name) == (alone or name)


def test_a_person_under_two_titles_is_one_source_unless_a_person_says_not():
    told = ("Mayor Ada Moss", "town clerk Ada Moss", "Ada Moss", "Mayor Moss")
    chains = [chain(f"{n}", Link(f"s{n}", who), outlet=f"Post {n}") for n, who in enumerate(told)]
    assert trace(chains).same_origin("0", "1") is trace(chains).same_origin("1", "2") is True
    assert trace(chains).same_origin("0", "3") is None
    assert trace(chains).basis("0", "1") is Basis.NAMED
    assert trace(chains, Known(apart=frozenset({frozenset({"s0", "s1"})}))).same_origin("0", "1") is False


def test_folding_forgets_case_articles_accents_and_the_own_acronym():
    assert folding.name("The Harbour Monitor (HM)") == folding.name("harbour  monitor") == "harbour monitor"
    assert folding.name("Café") == folding.name("cafe")
    assert folding.name("Freedonian Army (north)") != folding.name("Freedonian Army")


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("Harbour Monitor for Human Rights", "HMHR", "acronym"),
        ("World Food Bureau", "W.F.B.", "acronym"),
        ("Abdel Rahman", "Abdulrahman", "transliteration"),
        ("Abd al-Rahman", "Abdurrahman", "transliteration"),
        ("Muhammad Hussein", "Mohammed Husayn", "transliteration"),
        ("Qasim Sharif", "Kassem Cherif", "transliteration"),
        ("the Observatory", "Harbour Observatory for Human Rights", "short name"),
        ("Al Halabi", "Rami Al Halabi", "short name"),
        ("Rami", "Rami Al Halabi", None),
        ("The Daily Post", "Daily Post", "spelling"),
        ("Reuters", "Xinhua", None),
        ("army", "navy", None),
        ("the union Tallyman", "Tallyman", "introduced"),
        ("Health Ministry", "Ministry of Health", "other words"),
        ("Freedonian Ministry of Defense", "Defence Ministry of Freedonia", "other words"),
        ("Freedonian Red Crescent", "Freedonia Red Crescent Society", "other words"),
        ("health ministry", "Freedonian Ministry of Health", "full name"),
        ("Harbour Board", "Harbour Board blog", "short name"),
        ("Governor's Office", "state governor's office", "short name"),
        ("Health Ministry", "state health ministry", "short name"),
        ("transport ministry", "وزارة النقل", "other words"),
        ("Freedonian Fire Service", "消防队", "full name"),
        ("وزارة الصحة السورية", "Freedonian Ministry of Health", "other script"),
        ("Ministère de la Santé", "Ministry of Health", "other words"),
        ("Iranian Health Ministry", "Irish Health Ministry", None),
        ("Ministry of Health", "Ministry of Transport", None),
        ("North Harbour Council", "South Harbour Council", None),
        ("United Nations", "United Nations Seafarers' Fund", None),
        ("Ann Roe (harbour inspector)", "Ann Roe", "spelling"),
        ("Inspector Ann Roe", "Ann Roe (harbour inspector)", "short name"),
        ("Roe, the inspector", "Ann Roe", None),
        ("Ms. Roe", "Ann Roe", "person"),
        ("A. Roe", "Ann Roe", "person"),
        ("Igor Petrov", "Igor Ivanovich Petrov", "person"),
        ("Ann Roe", "Ada Roe", None),
        ("John Roe", "Jane Roe", None),
        ("Roe Ann", "Ann Roe", None),
        ("Ann Roe (UN envoy)", "United Nations", "spokesman"),
        ("Inspector Ann Roe (harbour police)", "Freedonian Harbour Police", "spokesman"),
        ("Sir Jan Voss (Voltar chairman)", "Voltar", "spokesman"),
        ("Ann Roe (harbour chief executive)", "Voltar", None),
        ("Ada Moss (health minister)", "Ministry of Health", "spokesman"),
        ("Ada Moss (health minister)", "Ministry of Transport", None),
        ("Ann Roe (coastguard spokeswoman)", "coastguard", "spokesman"),
        ("Ann Roe (mayor of Marsala)", "Marsala", None),
        ("Ministry of Defence of Peru", "Peruvian Ministry of Defence", "other words"),
        ("Norwegian Ministry of Health", "Ministry of Health of Norway", "other words"),
        ("Petrov", "Igor Petrov", "person"),
        ("P. Roe of the grid company Voltar", "Mayor Petra Roe", "person"),
        ("The company", "P. Roe of the grid company Voltar", None),
    ],
)
def test_names_that_may_be_of_one_source_are_suggested(a, b, reason):
    found = suggest_aliases([a, b])
    assert [(g.a, g.b, g.reason) for g in found] == ([(a, b, reason)] if reason else [])


def test_a_short_name_that_fits_two_is_not_suggested():
    assert not suggest_aliases(["the Observatory", "Harbour Observatory", "Hill Observatory"])


def test_a_description_of_the_only_monitor_is_suggested():
    names = ["Harbour Observatory", "the Britain-based monitoring group", "Freedonian Army"]
    kinds = {"Harbour Observatory": SourceKind.MONITORING_GROUP}
    assert [(g.a, g.b, g.reason) for g in suggest_aliases(names, kinds)] == [(names[0], names[1], "description")]


def test_parts_of_names():
    assert acronym("Harbour Monitor for Human Rights") == "HMHR"
    assert acronym("Reuters") is None
    assert skeleton("Abdel Rahman") == skeleton("Abdul Rahman")
    assert tied("an AFP correspondent")
    assert not tied("a US official")


# --- laws ---------------------------------------------------------------------------------------------------------

LINKS = st.sampled_from([MONITOR, ARMY, MINISTRY, WIRE, SOMEBODY, SPOKESMAN, TELEVISION])
CHAINS = st.lists(
    st.tuples(
        st.lists(LINKS, max_size=3),
        st.sampled_from(["Daily Post", "Evening Star", "Reuters"]),
        st.sampled_from([None, "With agency inputs"]),
        st.sampled_from(["A1", "A2", "A3"]),
    ),
    max_size=7,
).map(
    lambda rows: [
        chain(str(n), *links, outlet=outlet, credit_line=credit, article=article)
        for n, (links, outlet, credit, article) in enumerate(rows)
    ]
)
KNOWN = st.builds(
    Known,
    ties=st.lists(
        st.builds(
            Tie,
            st.sampled_from(["s1", "s2", "s3", "s6"]),
            st.sampled_from(Relating),
            st.sampled_from(["s1", "s2", "s3"]),
        ),
        max_size=3,
    ).map(tuple),
    sides=st.dictionaries(st.sampled_from(["s1", "s2", "s3"]), st.sampled_from(["north", "south"])),
    copies=st.lists(st.tuples(st.sampled_from("012"), st.sampled_from("345")), max_size=2).map(tuple),
)


@given(CHAINS, KNOWN)
def test_the_interval_is_one(chains, known):
    traced = trace(chains, known)
    assert traced.low <= traced.high == len(traced.families)
    assert (traced.low == 0) == (not chains)
    assert sorted(c for f in traced.families for c in f.claims) == sorted(c.claim for c in chains)


@given(CHAINS, KNOWN, st.sampled_from([MONITOR, ARMY, MINISTRY]))
def test_another_outlet_that_quotes_a_known_origin_never_raises_the_count(chains, known, origin):
    chains = [*chains, chain("known", origin)]
    before = trace(chains, known)
    after = trace([*chains, chain("new", WIRE, origin, outlet="New Gazette", article="A9")], known)
    assert (after.low, after.high) == (before.low, before.high)


@given(CHAINS, KNOWN)
def test_same_origin_is_symmetric_and_true_within(chains, known):
    traced = trace(chains, known)
    for a in chains:
        assert traced.same_origin(a.claim, a.claim) is True
        for b in chains:
            assert traced.same_origin(a.claim, b.claim) is traced.same_origin(b.claim, a.claim)


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_names_can_be_asked_for_aliases(names):
    for found in suggest_aliases(names):
        assert found.a != found.b
        assert found.a in names
        assert found.b in names


def test_a_company_that_is_introduced_is_meant_by_the_company():
    found = suggest_aliases(
        ["Voltar", "The company", "P. Roe of the grid company Voltar", "Ann Ruiz", "Ida Ruiz", "Ruiz"]
    )
    assert [(g.a, g.b, g.reason) for g in found] == [("Voltar", "The company", "description")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tarrow Lines and its head, Ada Moss, were fined.", [("p", "b", True)]),
        ("The fire was out, said Ada Moss, regional director of the Tarrow Lines.", [("p", "b", True)]),
        ("Tarrow Lines spokeswoman Ada Moss said so.", [("p", "b", True)]),
        ("Tarrow Lines cut its count. One ship was listed twice, spokesperson Ada Moss said.", [("p", "b", True)]),
        ("Tarrow Lines engineer Ada Moss said so.", [("p", "b", False)]),
        ("Ada Moss sued Tarrow Lines.", []),
        ("Ada Moss met the chairman of Tarrow Lines.", []),
    ],
)
def test_whose_officer_somebody_is_the_texts_tell(text, found):
    assert list(officers({"p": "Ada Moss"}, {"b": "Tarrow Lines"}, [text])) == found


def test_a_short_form_is_the_body_behind_whose_name_a_text_puts_it():
    names = {"s": "ORO", "b": "Orm Relief Office"}
    text = "The Orm Relief Office (ORO) said so. ORO chairwoman Ada Moss agreed."
    assert list(shortened(names, [text])) == [("s", "b")]
    assert ("p", "b", True) in list(officers({"p": "Ada Moss, ORO"}, names, [text]))
    assert not list(shortened(names, ["ORO said so."]))

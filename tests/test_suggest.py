import re
import time

import pytest
from conftest import Claims
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import suggest
from ledger.records import Found, plain
from ledger.suggest.quotations import quotations
from ledger.text import stretches
from ledger.vocabulary import Mode, Role

# sentence, source, cue, parts of the statement
STATEMENTS = [
    # the statement behind its source
    ("The ministry said that nine bridges were closed.", "The ministry", "said that", ["nine bridges were closed"]),
    ("The ministry said nine bridges were closed.", "The ministry", "said", ["nine bridges were closed"]),
    (
        "Officials have repeatedly denied that the dam leaked.",
        "Officials",
        "have repeatedly denied that",
        ["the dam leaked"],
    ),
    ("She told reporters that the port would open.", "She", "told", ["the port would open"]),
    ("The mayor said on Tuesday in a statement that water was safe.", "The mayor", "said", ["water was safe"]),
    ("Ana Ruiz, a judge in Lima, said the vote was void.", "Ana Ruiz", "said", ["the vote was void"]),
    (
        "A poll of 900 farmers found that half had sold land.",
        "A poll of 900 farmers",
        "found that",
        ["half had sold land"],
    ),
    ("In a letter to staff, the director warned that jobs would go.", "the director", "warned that", ["jobs would go"]),
    ("On Monday the court ruled that the ban was legal.", "the court", "ruled that", ["the ban was legal"]),
    ("Doctors put the number of dead at seven.", "Doctors", "put", ["the number of dead at seven"]),
    (
        "The firm that built the bridge, Morvan & Sons, denied that cheap steel was used.",
        "Morvan & Sons",
        "denied that",
        ["cheap steel was used"],
    ),
    (
        "The company that rented out the stand, Tribun AB, said it had seen no email.",
        "Tribun AB",
        "said",
        ["it had seen no email"],
    ),
    (
        "The driver who saw the crash in Lund, Sweden, said the lights failed.",
        "The driver",
        "said",
        ["the lights failed"],
    ),
    ("A woman who lives there, who asked for help, said it was cold.", "A woman", "said", ["it was cold"]),
    (
        "Prices rose, the bank said in a report released on Friday.",
        "the bank",
        "said",
        ["Prices rose"],
    ),
    ("The club rejected that figure.", "The club", "rejected", ["that figure"]),
    ("The engineer said that was untrue.", "The engineer", "said", ["that was untrue"]),
    ('Emil Batt called that figure "a joke".', "Emil Batt", "called", ['that figure "a joke"']),
    ('Emil Batt denied that "rents" had risen.', "Emil Batt", "denied that", ['"rents" had risen']),
    (
        "The council says it sent four notes, the last on 2 May.",
        "The council",
        "says",
        ["it sent four notes, the last on 2 May"],
    ),
    (
        "The club admitted that mistakes and delays cost it.",
        "The club",
        "admitted that",
        ["mistakes and delays cost it"],
    ),
    ("The union put the cost at more than a million.", "The union", "put", ["the cost at more than a million"]),
    (
        "Some 430 pupils are ill, Maud Rey wrote in a letter to parents seen by the Courier.",
        "Maud Rey",
        "wrote",
        ["Some 430 pupils are ill"],
    ),
    ("Maud Rey said in an email to staff that 40 were ill.", "Maud Rey", "said", ["40 were ill"]),
    ("The clerk said in a note to the port that it was shut.", "The clerk", "said", ["it was shut"]),
    ("The medical officer, Per Voss, said it was shut.", "The medical officer, Per Voss", "said", ["it was shut"]),
    ("Parents, who had complained since autumn, said it was cold.", "Parents", "said", ["it was cold"]),
    ("Greta Moe of the think tank Havn said it was cold.", "Greta Moe of the think tank Havn", "said", ["it was cold"]),
    ("The union plans to strike in May.", "The union", "plans", ["to strike in May"]),
    # before it
    ("The dam was safe, the operator said.", "the operator", "said", ["The dam was safe"]),
    ("The dam was safe, the operator said on Friday.", "the operator", "said", ["The dam was safe"]),
    (
        "Nine people drowned when the ferry sank, rescue workers said.",
        "rescue workers",
        "said",
        ["Nine people drowned when the ferry sank"],
    ),
    ("Nine people drowned off the coast a monitor said.", "a monitor", "said", ["Nine people drowned off the coast"]),
    # around it
    ("The dam, the operator said, was safe.", "the operator", "said", ["The dam", "was safe"]),
    # inverted
    (
        "The rebels lost nine men, said the Valley Monitor, a local group.",
        "the Valley Monitor",
        "said",
        ["The rebels lost nine men"],
    ),
    ('"We are ready," said Omar Haddad, who leads the crew.', "Omar Haddad", "said", ["We are ready"]),
    # according to
    (
        "According to the Transport Ministry, its crews cleared 30 roads.",
        "the Transport Ministry",
        "According to",
        ["its crews cleared 30 roads"],
    ),
    (
        "Its crews cleared 30 roads, according to the Transport Ministry.",
        "the Transport Ministry",
        "according to",
        ["Its crews cleared 30 roads"],
    ),
    ("Some 400 houses burned, per the fire service.", "the fire service", "per", ["Some 400 houses burned"]),
    ("Officials put the toll at 58.", "Officials", "put", ["the toll at 58"]),
    ("Nine men died, aid agencies estimate.", "aid agencies", "estimate", ["Nine men died"]),
    (
        "Two people familiar with the matter, who asked not to be named, told the crew the ship was lost.",
        "Two people familiar with the matter",
        "told",
        ["the ship was lost"],
    ),
    ("In a report published on Tuesday, Amnesty condemned the raid.", "Amnesty", "condemned", ["the raid"]),
    ("Asked about the dam, the chief engineer said: “It will hold.”", "the chief engineer", "said", ["It will hold."]),
    (
        "The toll has risen to 90, the ministry said, with 20 people missing.",
        "the ministry",
        "said",
        ["The toll has risen to 90", "with 20 people missing"],
    ),
    (
        "The strike killed nine people, including two children, a relative, Ahmed Saleh, told investigators.",
        "a relative, Ahmed Saleh",
        "told",
        ["The strike killed nine people, including two children"],
    ),
    ('Ann Lee said in an interview with "Late News" that the bill was dead.', "Ann Lee", "said", ["the bill was dead"]),
    ("Nine barns burned, the insurer claims.", "the insurer", "claims", ["Nine barns burned"]),
    ("Two roads were shut, the Met Office said.", "the Met Office", "said", ["Two roads were shut"]),
    (
        "The baker put the number of loaves sold at a minimum of 900.",
        "The baker",
        "put",
        ["the number of loaves sold at a minimum of 900"],
    ),
    ("A rower who saw the crash said 4 boats sank.", "A rower", "said", ["4 boats sank"]),
    # passive
    ("The raid was described by Amnesty as a crime.", "Amnesty", "was described", ["The raid", "as a crime"]),
    ("a policy that Amnesty described as a crime", "Amnesty", "described as", ["a policy", "a crime"]),
    ("It was a policy that Amnesty described as a crime.", "Amnesty", "described as", ["a policy", "a crime"]),
    # nouns
    (
        "Reporters checked the rebels' claim that the town had fallen.",
        "the rebels'",
        "claim that",
        ["the town had fallen"],
    ),
    # participles of a noun
    ("Neighbours got letters saying the well was poisoned.", "letters", "saying", ["the well was poisoned"]),
    # headlines
    ("Army retakes border town: state TV", "state TV", ":", ["Army retakes border town"]),
    ('Minister: "We will rebuild"', "Minister", ":", ["We will rebuild"]),
    # quotations
    ('"The bridge is closed," the mayor said.', "the mayor", "said", ["The bridge is closed"]),
    ("“The bridge is closed,” the mayor said.", "the mayor", "said", ["The bridge is closed"]),
    ("``The bridge is closed,'' the mayor said.", "the mayor", "said", ["The bridge is closed"]),
    ("‘The bridge is closed,’ the mayor said.", "the mayor", "said", ["The bridge is closed"]),
    ('"The bridge is closed,” the mayor said.', "the mayor", "said", ["The bridge is closed"]),
    ('“The bridge is closed," the mayor said.', "the mayor", "said", ["The bridge is closed"]),
    ('The mayor said: "The bridge is closed."', "The mayor", "said", ["The bridge is closed."]),
    ('"The bridge," the mayor said, "is closed."', "the mayor", "said", ["The bridge", "is closed."]),
    (
        '"The bridge is closed," the mayor said. "Nobody may cross."',
        "the mayor",
        "said",
        ["The bridge is closed", "Nobody may cross."],
    ),
    ('"Is it closed?" the mayor asked.', "the mayor", "asked", ["Is it closed?"]),
    ('"It is closed. Nobody may cross," the mayor said.', "the mayor", "said", ["It is closed. Nobody may cross"]),
    ("The mayor said the bridge was ‘closed for good’.", "The mayor", "said", ["the bridge was ‘closed for good’"]),
    ('The mayor said:\n"The bridge is closed."', "The mayor", "said", ["The bridge is closed."]),
    (
        '"The bridge is closed," the mayor said.\n"Nobody may cross."',
        "the mayor",
        "said",
        ["The bridge is closed", "Nobody may cross."],
    ),
    (
        '"The bridge is closed.\n"Nobody may cross," the mayor said.',
        "the mayor",
        "said",
        ["The bridge is closed.", "Nobody may cross"],
    ),
    ("The port office cut its estimate to 40 rafts.", "The port office", "cut", ["its estimate to 40 rafts"]),
    ("Gardeners at the park fear that 12 elms will die.", "Gardeners at the park", "fear that", ["12 elms will die"]),
    ("The WHO said it had sent 90 tents.", "The WHO", "said", ["it had sent 90 tents"]),
    ("Per Lindahl, a baker, said 12 ovens broke.", "Per Lindahl", "said", ["12 ovens broke"]),
    ("Per the bakery, 12 ovens broke.", "the bakery", "Per", ["12 ovens broke"]),
    ("The guild said as many as 30 looms broke.", "The guild", "said", ["as many as 30 looms broke"]),
    ("The baker denied that her oven had burst.", "The baker", "denied that", ["her oven had burst"]),
    (
        "Rain will stop in May, the bureau forecast.",
        "the bureau",
        "forecast",
        ["Rain will stop in May"],
    ),
    ("Bakers have not said when the oven will open.", "Bakers", "have not said", ["when the oven will open"]),
    ("The oven broke, fire chief Omar Said said.", "fire chief Omar Said", "said", ["The oven broke"]),
    ("A poll put her at 40 percent.", "A poll", "put", ["her at 40 percent"]),
    (
        "A poll published on May 18 put the bakers at 40 percent.",
        "A poll",
        "put",
        ["the bakers at 40 percent"],
    ),
    (
        "A study by the bakers found salt 60 times the limit.",
        "A study by the bakers",
        "found",
        ["salt 60 times the limit"],
    ),
    ("Bakery must repay guests, tribunal rules", "tribunal", "rules", ["Bakery must repay guests"]),
    (
        "The baker said, contrary to what had been reported, that nobody was hurt.",
        "The baker",
        "said",
        ["nobody was hurt"],
    ),
    (
        "Ovens broke in March, accounts filed in June show.",
        "accounts filed in June",
        "show",
        ["Ovens broke in March"],
    ),
]


def attributed(text: str, published: str | None = None) -> list[Found]:
    return [f for f in suggest.find(text, published) if f.attribution]


@pytest.mark.parametrize(("text", "source", "cue", "parts"), STATEMENTS, ids=[row[0][:48] for row in STATEMENTS])
def test_a_statement_is_found_with_source_and_cue(text: str, source: str, cue: str, parts: list[str]) -> None:
    found = attributed(text)
    assert [(f.attribution[-1].text, f.attribution[-1].cue, [text[a:b] for a, b in f.content]) for f in found] == [
        (source, cue, parts)
    ]


NOT_STATEMENTS = [
    "Orlov rejected the offer.",
    "Two of the lamps proposed in May were sold.",
    "The guild rejected an offer of 4 percent.",
    "Under European rules, ovens may hold 40 loaves.",
    "The baker saw the fire and reported it to the police two days later.",
    "Bakers found 40 coins in the oven.",
    "The warden raised the flag after 40 calls.",
    "The board dismissed the director.",
    "The state of the road is poor.",
    "Reports of floods reached the town.",
    "Her plans for the garden were modest.",
    "The two states share a river.",
    "Oil prices fell.",
    "The club sought a licence.",
    "The bank backed scheme is one of 12.",
    "The index gained 21 points to 1,804.",
    "Police are examining a car that hit 3 cyclists.",
    "Sugar tax: 4 in 10 back it",
    "The coach put three men at the back.",
    "Town loses 40 jobs, new rules",
    "He has a letter seen by the Courier.",
    "The cook put the pan on four bricks.",
    "The council put the plan at risk.",
]


@pytest.mark.parametrize("text", NOT_STATEMENTS)
def test_nouns_that_look_like_verbs_report_nothing(text: str) -> None:
    assert attributed(text) == []


SPEAKERS = [
    ("The vet spoke of 40 lame cows, the farmer of fewer than 12.", ["40 lame cows", "fewer than 12"]),
    ("The army reported 12 dead, the rebels 40.", ["12 dead", "40"]),
    ("The firm says 9 cooks left, the union that 12 were fired.", ["9 cooks left", "12 were fired"]),
    ("Doctors say the drug works, regulators that it fails.", ["the drug works", "it fails"]),
    ("The firm says it hired 9, people that others fired.", ["it hired 9, people that others fired"]),
    ("The miners said 6 shafts were shut, the firm four.", ["6 shafts were shut", "four"]),
    ("The mayor said 12 barns burned on Monday, Tuesday 4.", ["12 barns burned on Monday, Tuesday 4"]),
    ("The board said 300 doctors left, nurses 120.", ["300 doctors left, nurses 120"]),
    ("The board said Norland sold 40 tons, Sudland 30 tons.", ["Norland sold 40 tons, Sudland 30 tons"]),
    ("The mayor said 12 barns were hit, the school 3 times.", ["12 barns were hit, the school 3 times"]),
    ("The mayor said 400 barns burned, the most in 20 years.", ["400 barns burned, the most in 20 years"]),
    ("The school said 300 pupils were absent, mostly on Mondays.", ["300 pupils were absent, mostly on Mondays"]),
]


@pytest.mark.parametrize(("text", "said"), SPEAKERS)
def test_a_second_speaker_without_a_verb_has_his_own_figure(text: str, said: list[str]) -> None:
    found = attributed(text)
    assert [f.exact for f in found] == said
    assert len({f.attribution[-1].source for f in found}) == len(said)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Molly L Tarn, from Hull, said the mill was shut.", "Molly L Tarn"),
        ("Omar Haddad, for his part, said the mill was shut.", "Omar Haddad"),
        (
            "The firm's head for Canadian rates, Ann Roe, said the mill was shut.",
            "The firm's head for Canadian rates, Ann Roe",
        ),
        ("WHO: 40 new cases", "WHO"),
        ("Save the Bees said the mill was shut.", "Save the Bees"),
    ],
)
def test_a_name_is_whole_and_no_more(text: str, name: str) -> None:
    assert [f.attribution[-1].source for f in attributed(text)] == [name]


MODES = [
    ('"The bridge is closed," the mayor said.', Mode.DIRECT),
    ('The mayor said the bridge was "closed for good" after the storm had passed.', Mode.MIXED),
    ("The mayor said the bridge was closed.", Mode.INDIRECT),
]


@pytest.mark.parametrize(("text", "mode"), MODES)
def test_the_mode_says_whether_the_words_are_quoted(text: str, mode: Mode) -> None:
    assert [f.mode for f in attributed(text)] == [mode]


def chain(found: Found) -> list[tuple[str, str, bool]]:
    return [(m.role.value, m.text, m.implicit) for m in found.attribution]


def test_a_quoted_source_makes_a_chain_of_relay_and_origin() -> None:
    (found,) = attributed("Cuban radio quoted a naval officer saying the ship was lost.")
    assert chain(found) == [("relay", "Cuban radio", False), ("origin", "a naval officer", False)]
    assert [m.cue for m in found.attribution] == ["quoted", "saying"]
    assert found.exact == "the ship was lost"


def test_as_saying_makes_the_same_chain() -> None:
    (found,) = attributed("The agency cited a naval officer as saying that the ship was lost.")
    assert chain(found) == [("relay", "The agency", False), ("origin", "a naval officer", False)]
    assert found.exact == "the ship was lost"


def test_the_source_again_keeps_its_relay_implied() -> None:
    text = 'Cuban radio quoted a naval officer saying the ship was lost. "Nobody survived," the officer said.'
    _, again = attributed(text)
    relay, origin = again.attribution
    assert (relay.text, relay.implicit, relay.start, relay.cue) == ("Cuban radio", True, None, None)
    assert (origin.text, origin.stands_for, origin.implicit) == ("the officer", "a naval officer", False)


def test_a_post_names_the_body_it_belongs_to() -> None:
    text = (
        "Nine men died, said the Valley Monitor for Peace. "
        '"It is a heavy loss," Monitor director Omar Haddad said, adding that more may follow.'
    )
    _, first, second = attributed(text)
    want = [("affiliation", "the Valley Monitor for Peace", True), ("origin", "Monitor director Omar Haddad", False)]
    assert chain(first) == want
    assert chain(second) == want
    assert second.attribution[-1].cue == "adding that"


def test_a_body_named_for_the_first_time_stands_in_the_text() -> None:
    text = "A spokesman for the Harbour Authority said the pier was safe."
    (found,) = attributed(text)
    body = found.attribution[0]
    assert (body.role, body.text, body.implicit) == (Role.AFFILIATION, "the Harbour Authority", False)
    assert text[body.start : body.end] == body.text


def test_an_outlet_that_was_told_relays() -> None:
    (found,) = attributed("A naval officer told the Daily Post that the ship was lost.")
    assert chain(found) == [("relay", "the Daily Post", False), ("origin", "A naval officer", False)]


def test_an_outlet_that_something_is_confirmed_to_relays() -> None:
    for text in (
        "Nine schools will close, the ministry confirmed to AFP.",
        "The ministry confirmed to AFP that it closed.",
    ):
        (found,) = attributed(text)
        assert [h.source.lower() for h in found.attribution] == ["afp", "the ministry"]


def test_what_follows_a_speaker_and_his_place_is_looked_at() -> None:
    _, found = suggest.find("Forty sheep died, the vet said on Monday in Lund, and 12 farms were closed.")
    assert (found.exact, [u.why for u in found.unsure]) == ("12 farms were closed", ["unheard"])


def test_behind_a_semicolon_a_report_speaks_for_itself() -> None:
    text = "It fed 130, its owner told the Prell Echo; the inspector's report, which the paper has seen, says 180 came."
    assert [f.attribution[-1].text for f in attributed(text)] == ["its owner", "the inspector's report"]


def test_an_outlet_may_be_named_by_a_number() -> None:
    (found,) = attributed("The ministry told Channel Nine that it closed.")
    assert chain(found) == [("relay", "Channel Nine", False), ("origin", "The ministry", False)]


def test_those_who_are_told_do_not_relay_unless_they_are_an_outlet() -> None:
    (found,) = attributed("A naval officer told parliament that the ship was lost.")
    assert chain(found) == [("origin", "A naval officer", False)]


def test_a_source_that_is_cited_is_the_origin() -> None:
    (found,) = attributed("The agency reported that nine bridges were closed, citing two officials.")
    assert chain(found) == [("relay", "The agency", False), ("origin", "two officials", False)]
    assert found.exact == "nine bridges were closed"
    (found,) = attributed("Nine bridges were closed, said the warden, citing a count made on Friday.")
    assert [h.source for h in found.attribution] == ["the warden", "a count"]


def test_a_source_cited_beside_the_relay_is_the_origin() -> None:
    (found,) = attributed("State media, citing the health ministry, reported 45 deaths.")
    assert chain(found) == [("relay", "State media", False), ("origin", "the health ministry", False)]


def test_bodies_that_share_a_word_are_not_one() -> None:
    text = "The navy's defence council said nine men died. An official with the Harbour Defence said 40 men died."
    assert [m.text for m in attributed(text)[1].attribution] == [
        "the Harbour Defence",
        "An official with the Harbour Defence",
    ]


def test_a_statement_inside_a_statement_is_found_too() -> None:
    outer, inner = attributed("A medic said the army had announced that nine bridges were closed.")
    assert chain(outer) == [("origin", "A medic", False)]
    assert chain(inner) == [("relay", "A medic", False), ("origin", "the army", False)]
    assert inner.exact == "nine bridges were closed"


def test_a_relative_pronoun_stands_for_what_it_follows() -> None:
    (found,) = attributed("He met Omar Haddad, who said the road was safe.")
    assert [(m.text, m.stands_for) for m in found.attribution] == [("who", "Omar Haddad")]


SHORT = [
    ("The Valley Monitor said nine men died. The monitor said more may follow.", "The Valley Monitor"),
    ("Omar Haddad said nine men died. Haddad said more may follow.", "Omar Haddad"),
    ("Omar Haddad said nine men died. He said more may follow.", "Omar Haddad"),
    ("The Valley Monitor said nine men died. It warned that more may follow.", "The Valley Monitor"),
]


@pytest.mark.parametrize(("text", "full"), SHORT)
def test_a_short_mention_stands_for_the_full_one(text: str, full: str) -> None:
    assert attributed(text)[-1].attribution[-1].stands_for == full


def test_hearsay_has_an_origin_without_a_name() -> None:
    (found,) = attributed("The general has reportedly left the country.")
    assert [(m.text, m.start, m.cue) for m in found.attribution] == [("", None, "reportedly")]


def test_two_verbs_of_one_subject_make_two_statements() -> None:
    found = attributed("The minister praised the crews and said the road would open.")
    assert [(f.attribution[-1].text, f.exact) for f in found] == [
        ("The minister", "the crews"),
        ("The minister", "the road would open"),
    ]


def test_a_participle_goes_on_with_the_same_source() -> None:
    found = attributed("The mayor said the bridge was closed, adding that nobody may cross.")
    assert [(f.attribution[-1].text, f.attribution[-1].cue, f.exact) for f in found] == [
        ("The mayor", "said", "the bridge was closed"),
        ("The mayor", "adding that", "nobody may cross"),
    ]


def test_the_publishers_own_voice_is_suggested_with_a_figure_or_an_event_below_the_rest() -> None:
    text = "Crews cleared 30 roads.\nThe army seized the port.\nThe valley is green.\nThe mayor said 40 roads were cleared."
    found = suggest.find(text)
    assert [(f.exact, bool(f.attribution)) for f in found] == [
        ("Crews cleared 30 roads", False),
        ("The army seized the port", False),
        ("40 roads were cleared", True),
    ]
    scores = [float(f.score) for f in found]
    assert scores[2] > scores[0] > scores[1]


def test_a_surname_alone_begins_what_explains_it() -> None:
    (find,) = suggest.find("Nine boats were lost in the storm, Ruiz, an officer from the harbour, told Reuters.")
    assert (find.exact, find.attribution[-1].text) == ("Nine boats were lost in the storm", "Ruiz")


def test_a_text_may_end_where_a_statement_would_begin() -> None:
    assert [find.exact for find in suggest.find("the mayor said , that")] == []


def test_a_dateline_is_no_source() -> None:
    text = (
        "Aden: Government crews cleared the last of the roads into the old harbour district on the edge of the city "
        "today after a week of heavy work."
    )
    assert attributed(text) == []


def test_figures_and_times_stand_in_the_statement() -> None:
    text = "On Thursday, the Transport Ministry said at least 40 roads were cleared in May 2015."
    (found,) = attributed(text, "2016-03-27")
    assert [(q.text, q.low, q.high) for q in found.quantities] == [("at least 40", "40", None)]
    assert [t.text.removeprefix("in ") for t in found.times] == ["On Thursday", "May 2015"]
    assert all(text[q.start : q.end] == q.text for q in found.quantities)


MARKED = [
    (
        "The rebels lost at least 40 men in the valley, said the Valley Monitor.",
        "at least 40",
        "The rebels lost at least 40 men in the valley",
        "the Valley Monitor",
    ),
    (
        "According to the navy, its boats made 30 trips in a day, carrying 158 people.",
        "158",
        "carrying 158 people",
        "the navy",
    ),
    (
        "According to the navy, its boats made 30 trips in a day, carrying 158 people.",
        "30 trips",
        "its boats made 30 trips in a day",
        "the navy",
    ),
    ("The valley has 30 wells; most are dry.", "30", "The valley has 30 wells", None),
    ("The valley is green; most wells are dry.", "green", "The valley is green", None),
    ("The dam, the operator said, was safe.", "safe", "The dam, the operator said, was safe", "the operator"),
    (
        "The mayor said 60 boats left on Monday.",
        "The mayor said 60 boats left",
        "The mayor said 60 boats left",
        "The mayor",
    ),
    (
        "The mayor said 60 boats left. A sailor said none did.",
        "mayor said 60 boats left. A sailor said none did",
        "mayor said 60 boats left. A sailor said none did",
        None,
    ),
]


@pytest.mark.parametrize(("text", "fragment", "clause", "origin"), MARKED)
def test_a_fragment_grows_to_its_clause(text: str, fragment: str, clause: str, origin: str | None) -> None:
    start = text.index(fragment)
    found = suggest.at(text, start, start + len(fragment))
    assert (found.exact, found.attribution[-1].text if found.attribution else None) == (clause, origin)


def test_a_fragment_over_two_paragraphs_is_taken_as_it_is() -> None:
    found = suggest.at("One line.\nAnother line.", 4, 16)
    assert (found.start, found.end) == (4, 16)


QUOTATIONS = [
    ('He said "yes" and "no".', ["yes", "no"]),
    ("He said “yes, ‘maybe’ then”.", ["yes, ‘maybe’ then"]),
    ("The town’s ‘last stand’ wasn’t the soldiers’ choice.", ["last stand"]),
    ("the 'old' town and the '90s", ["old"]),
    ('"It ends here', ["It ends here"]),
    ('We had to leave" he said.', ["We had to leave"]),
    ("«Nous partons», dit-il.", ["Nous partons"]),
]


@pytest.mark.parametrize(("text", "inside"), QUOTATIONS)
def test_quotation_marks_pair_by_their_place(text: str, inside: list[str]) -> None:
    assert [text[q.inner_start : q.inner_end] for q in quotations(text, 0, len(text))] == inside


PIECES = """said says “ ” ‘ ’ " ' `` '' — - , . : ; ? ! ( ) the a mayor Omar Haddad according to reportedly that who which
he they it told was described by as and but adding saying claim 40 at least roads on Thursday U.S. Mr. quoted source in of"""
WORDS = st.sampled_from([*PIECES.split(), '"We are ready,"', "\n", "\n\n"])
PROSE = st.lists(WORDS, max_size=60).map(" ".join)


def lawful(text: str, found: Found) -> None:
    assert text[found.start : found.end] == found.exact
    assert found.content
    assert all(found.start <= a < b <= found.end for a, b in found.content)
    assert (found.content[0][0], found.content[-1][1]) == (found.start, found.end)
    assert all(b <= c for (_, b), (c, _) in zip(found.content, found.content[1:], strict=False))
    for mention in found.attribution:
        if mention.start is not None:
            assert text[mention.start : mention.end] == mention.text
        if mention.cue_start is not None:
            assert text[mention.cue_start : mention.cue_end] == mention.cue
    for piece in (*found.quantities, *found.times):
        assert text[piece.start : piece.end] == piece.text
    assert not found.attribution or found.attribution[-1].role is Role.ORIGIN
    assert found.pattern
    assert found.reason
    assert re.fullmatch(r"0\.[0-9]{2}", found.score)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), PROSE))
def test_every_span_is_verbatim_whatever_the_text(text: str) -> None:
    found = suggest.find(text)
    for each in found:
        lawful(text, each)
        plain(each)
    assert [(f.start, f.end) for f in found] == sorted((f.start, f.end) for f in found)


@settings(max_examples=100, deadline=None)
@given(PROSE.filter(bool), st.data())
def test_any_fragment_grows_to_something_that_holds_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = suggest.at(text, start, end)
    assert found.start <= start
    assert end <= found.end
    lawful(text, found)


@settings(max_examples=50, deadline=None)
@given(PROSE)
def test_the_same_text_gives_the_same_finds(text: str) -> None:
    assert suggest.find(text) == suggest.find(text)


HOSTILE = [
    '"',
    "said ",
    '"a," he said. ',
    "'a ",
    "‘a ",
    "a, ",
    "according to ",
    "— ",
    "that ",
    "a",
    ". ",
    "(",
    "U.S. ",
    "a said\n",
    '"a\n',
    "A. ",
    "if 4 ",
    "a third is 4 and ",
    "one is 4 and ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_repetition_comes_to_an_end(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    started = time.process_time()
    for each in suggest.find(text):
        lawful(text, each)
    assert time.process_time() - started < 60


@pytest.mark.parametrize(
    "text",
    [
        "More than 20 skiers reported missing after the avalanche.",
        "At least 12 reported injured and two barns destroyed in the storm.",
        "Fifteen confirmed dead.",
    ],
)
def test_those_reported_hurt_report_nothing(text: str) -> None:
    assert not [find for find in suggest.find(text) if find.attribution]


def test_a_long_text_is_read_a_stretch_at_a_time(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"The harbour office said that at least {n + 40} boats sank off Marsala." for n in range(9)]
    body = "\n".join(lines)
    whole = suggest.find(body)
    monkeypatch.setattr(stretches, "AT_ONCE", 3 * len(lines[0]) + 10)
    for name, most in (("IN_ALL", len(body)), ("STEPS", 17)):  # nine figures, eight ends of sentences
        assert stretches.readable(body) == body
        monkeypatch.setattr(stretches, name, most - 1)
        assert len(stretches.readable(body)) == 6 * len(lines[0]) + 6
        monkeypatch.setattr(stretches, name, most)
    monkeypatch.setattr(stretches, "IN_ALL", 10)
    assert suggest.find(body) == whole
    for found in whole:
        assert suggest.at(body, found.start + 3, found.start + 9).exact == found.exact
    assert suggest.at(body, 0, len(body) - 20).start == 0  # a place that no stretch holds
    (claims.folder / "long.txt").write_text(body)
    claims("capture", "long.txt", "--title", "Boats", "--publisher", "The Example", "--no-input")
    read = f"the first {len(lines[0]) * 3 + 3} of {len(body)} characters were read"
    begun = claims("suggest", "A1", "--json")
    assert (len(begun.out.splitlines()), read in begun.err) == (3, True)
    assert read in claims("suggest", "long.txt").err
    assert len(claims("suggest", "A1", "--whole", "--json").out.splitlines()) == 9
    claims("suggest", "A1", "--accept", "all")
    rest = claims("suggest", "A1", "--json")
    assert (len(rest.out.splitlines()), rest.err) == (9, "")

"""What a source does with a statement: read from cue and words, told to people, weighed in comparison."""

import json
import time

import pytest
from conftest import Claims, begins
from hypothesis import given
from hypothesis import strategies as st

from ledger import quantity, suggest
from ledger.crossref import compare, guess
from ledger.records import Found
from ledger.suggest.stance import of_cue
from ledger.text import agreeing, combined, framed, polarity, stance_words
from ledger.vocabulary import Stance

A, DENIES, DOUBTS, ASKS, ANNOUNCES = Stance.ASSERTS, Stance.DENIES, Stance.DOUBTS, Stance.ASKS, Stance.ANNOUNCES

# sentence, source, stance, statement
STATEMENTS = [
    # a verb that denies
    ("The clinic denied that 14 patients got the wrong drug.", "The clinic", DENIES, "14 patients got the wrong drug"),
    ("Officials have repeatedly denied that the dam leaked.", "Officials", DENIES, "the dam leaked"),
    ("The zoo ruled out that a keeper left the gate open.", "The zoo", DENIES, "a keeper left the gate open"),
    ("The museum disputes that the vase was stolen.", "The museum", DENIES, "the vase was stolen"),
    # ... or a claim
    ("Nordbank rejected allegations that it hid 300 accounts.", "Nordbank", DENIES, "it hid 300 accounts"),
    ("The coach dismissed recent reports that nine players want to leave.", "The coach", DENIES, "nine players want to leave"),
    ("Rail bosses called claims that 60 trains were cancelled baseless.", "Rail bosses", DENIES, "60 trains were cancelled"),
    ("The museum denies having sold 12 vases.", "The museum", DENIES, "having sold 12 vases"),
    ("The airline's denial that 3 pilots were drunk came late.", "The airline's", DENIES, "3 pilots were drunk"),
    ("The singer has denied claims she owed 2 million pounds.", "The singer", DENIES, "she owed 2 million pounds"),
    ("The theatre dismissed as false a report that 80 actors were unpaid.", "The theatre", DENIES, "80 actors were unpaid"),
    ("Claims that 12 wells were poisoned have been dismissed by the mayor.", "the mayor", DENIES, "12 wells were poisoned"),
    ("The league scoffed at suggestions that 5 games were fixed.", "The league", DENIES, "5 games were fixed"),
    ("The club shot down rumours that it owed 90 million euros.", "The club", DENIES, "it owed 90 million euros"),
    ("The brewer said it was not true that 20 jobs would go.", "The brewer", DENIES, "20 jobs would go"),
    ("The driver denied responsibility for the crash.", "The driver", DENIES, "responsibility for the crash"),
    ("The keeper said the guide was wrong to say 6 seals had drowned.", "The keeper", DENIES, "6 seals had drowned"),
    ("The vet said Moss had lied when he spoke of 70 lame horses.", "The vet", DENIES, "70 lame horses"),
    ("The nurse said it was absurd to suggest that 9 beds were empty.", "The nurse", DENIES, "9 beds were empty"),
    ("“It is not true that 6 seals drowned,” the keeper said.", "the keeper", DENIES, "6 seals drowned"),
    ("The rower rejected the club's figure of 30.", "The rower", DENIES, "the club's figure of 30"),
    ("“There is no way 9 beds were empty,” the nurse said.", "the nurse", DENIES, "9 beds were empty"),
    ("It is a myth that 9 beds were empty, the nurse said.", "the nurse", DENIES, "9 beds were empty"),
    ("The nurse called the figure of 900 beds absurd.", "The nurse", DENIES, "the figure of 900 beds"),
    ("The miners claimed 6 lives were lost.", "The miners", A, "6 lives were lost"),
    ("Orlin Foods rejected the report.", "Orlin Foods", DENIES, "the report"),
    ("The union dismissed the latest figures.", "The union", DENIES, "the latest figures"),
    ("The airline has rubbished claims that 9 jets were unsafe.", "The airline", DENIES, "9 jets were unsafe"),
    ("The singer quashed rumours that 3 shows were off.", "The singer", DENIES, "3 shows were off"),
    ("The bank poured cold water on talk that 12 branches would shut.", "The bank", DENIES, "12 branches would shut"),
    ("The mill disagrees that 6 looms are unsafe.", "The mill", DENIES, "6 looms are unsafe"),
    ("The mill does not accept that 6 looms failed.", "The mill", DENIES, "6 looms failed"),
    # what rejects a plan denies nothing
    ("The council rejected the proposal to close 12 schools.", "The council", A, "the proposal to close 12 schools"),
    ("The porters are threatening to close 12 gates.", "The porters", ANNOUNCES, "to close 12 gates"),
    # not said, not confirmed
    ("Divers not involved in the search were sceptical that 9 crates lay there.",
     "Divers not involved in the search", DOUBTS, "9 crates lay there"),
    ("“We never said the barge held 80 cows,” the keeper said.", "the keeper", DOUBTS, "the barge held 80 cows"),
    ("“I did not say it would cost 30 million,” the mayor said.", "the mayor", DOUBTS, "it would cost 30 million"),
    ("The clinic said it could not confirm reports that 6 babies died.", "The clinic", DOUBTS, "6 babies died"),
    ("“We never said no to the 9 nurses,” the vet said.", "the vet", A, "We never said no to the 9 nurses"),
    ("The firm did not say how many of its 300 workers were ill.", "The firm", DOUBTS, "how many of its 300 workers were ill"),
    ("The hospital could not confirm that six babies had died.", "The hospital", DOUBTS, "six babies had died"),
    ("Police declined to say whether 4 shots were fired.", "Police", DOUBTS, "4 shots were fired"),
    ("The airline has not said if 150 seats were sold twice.", "The airline", DOUBTS, "150 seats were sold twice"),
    ("Police have yet to confirm that 2 bodies were found.", "Police", DOUBTS, "2 bodies were found"),
    ("The lawyer stopped short of saying that 17 shares were hidden.", "The lawyer", DOUBTS, "17 shares were hidden"),
    ("Experts cast doubt on reports that 200 seals died.", "Experts", DOUBTS, "200 seals died"),
    ("Analysts doubt that the bank lost 3 billion euros.", "Analysts", DOUBTS, "the bank lost 3 billion euros"),
    ("The mayor refused to rule out that 10 houses would be razed.", "The mayor", DOUBTS, "10 houses would be razed"),
    ("The port neither confirms nor denies that 4 cranes fell.", "The port", DOUBTS, "4 cranes fell"),
    ("The port neither accepts nor rejects the claim that 4 cranes fell.", "The port", DOUBTS, "4 cranes fell"),
    ("The coach said he doubted that 9 men would play.", "The coach", DOUBTS, "9 men would play"),
    ("The coach said she had never claimed that 9 men cheated.", "The coach", DOUBTS, "9 men cheated"),
    ("The baker had expected 900 guests.", "The baker", DOUBTS, "900 guests"),
    ("Vets once thought that 3 strains existed.", "Vets", DOUBTS, "3 strains existed"),
    ("The dairy has so far declined to say how many of its 90 cows died.", "The dairy", DOUBTS, "how many of its 90 cows died"),
    # asked
    ("The senator wondered whether the bridge could carry 50 trucks.", "The senator", ASKS, "the bridge could carry 50 trucks"),
    ("He asked if the farm had sold 20 goats.", "He", ASKS, "the farm had sold 20 goats"),
    ("“Were the 8 climbers roped?” the coroner asked.", "the coroner", ASKS, "Were the 8 climbers roped?"),
    ("Critics ask how a school of 90 pupils needs 12 buses.", "Critics", ASKS, "how a school of 90 pupils needs 12 buses"),
    ("Inspectors tried to determine whether 12 boilers were faulty.", "Inspectors", ASKS, "12 boilers were faulty"),
    ("The panel will examine whether the firm hid 40 invoices.", "The panel", ASKS, "the firm hid 40 invoices"),
    ("Vets are looking into whether 12 goats were poisoned.", "Vets", ASKS, "12 goats were poisoned"),
    ("Auditors are checking how many of the 90 vans exist.", "Auditors", ASKS, "how many of the 90 vans exist"),
    ("Teachers want to know how 40 desks vanished.", "Teachers", ASKS, "how 40 desks vanished"),
    # not said yet
    ("The ministry will say on Friday that 2,000 posts are to go.", "The ministry", ANNOUNCES, "2,000 posts are to go"),
    ("The regulator is expected to say that 40 banks failed the test.", "The regulator", ANNOUNCES, "40 banks failed the test"),
    ("The brewer plans to announce that it is closing 6 pubs.", "The brewer", ANNOUNCES, "it is closing 6 pubs"),
    ("The union plans to strike in May.", "The union", ANNOUNCES, "to strike in May"),
    ("The firm plans to offer tools that join 3 chips.", "The firm", ANNOUNCES, "to offer tools that join 3 chips"),
    ("The zoo announced that it will sell 3 of its 11 bears.", "The zoo", ANNOUNCES, "it will sell 3 of its 11 bears"),
    ("The choir promised that 40 tickets would be free.", "The choir", ANNOUNCES, "40 tickets would be free"),
    ("The dairy announced that it had sold 40 cows.", "The dairy", A, "it had sold 40 cows"),
    ("Nordbo is to shed 40 jobs, the brewer said.", "the brewer", ANNOUNCES, "Nordbo is to shed 40 jobs"),
    ("The bank said it will close 3 branches.", "The bank", ANNOUNCES, "it will close 3 branches"),
    ("The bank said prices will rise by 3 percent.", "The bank", A, "prices will rise by 3 percent"),
    ("The airline dismissed as “pure invention” a report that it lost 9 bags.", "The airline", DENIES, "it lost 9 bags"),
    ("The port is to close 2 docks, the firm announced.", "the firm", ANNOUNCES, "The port is to close 2 docks"),
    # a negation or a condition of the statement's own is its own
    ("The coach said he had said that 9 men would play.", "The coach", A, "he had said that 9 men would play"),
    ("It is absurd that 9 nurses share a room, Moll said.", "Moll", A, "It is absurd that 9 nurses share a room"),
    ("The coach said not 12 but 9 players were hurt.", "The coach", A, "not 12 but 9 players were hurt"),
    ("The clinic said 30 patients had not been tested.", "The clinic", A, "30 patients had not been tested"),
    ("The baker said that if it rains 20 stalls will close.", "The baker", A, "if it rains 20 stalls will close"),
    ("The minister has talked about 40 new trams.", "The minister", A, "40 new trams"),
    ("The spokesman would only say that 40 guests left.", "The spokesman", A, "40 guests left"),
    ("The airline would neither confirm nor deny that 6 pilots were ill.", "The airline", DOUBTS, "6 pilots were ill"),
]  # fmt: skip


def one(text: str) -> Found:
    (found,) = suggest.find(text, "2024-03-05")
    assert text[found.start : found.end] == found.exact
    return found


# who asks stands behind the question, and who is asked behind what is asked
STATEMENTS += [
    ("How many of the 52 lifts work, the board wanted to know.", "the board", ASKS, "How many of the 52 lifts work"),
    ("Why were 60 elms felled, residents wanted to know.", "residents", ASKS, "Why were 60 elms felled"),
    ("Whether 40 boats had left, the harbour board wondered.", "the harbour board", ASKS, "Whether 40 boats had left"),
    ("Were 40 votes lost? The court wants to know.", "The court", ASKS, "Were 40 votes lost"),
    ("Who took the 12 vases? Police are asking.", "Police", ASKS, "Who took the 12 vases"),
    ("“Who pays for 9 lamps?” the clerk wondered.", "the clerk", ASKS, "Who pays for 9 lamps?"),
]
ANSWERED = [
    ("Asked if 200 nurses had quit, the dean replied, “I wouldn't put it that high.”", DOUBTS, "200 nurses had quit"),
    ("Asked whether 40 boats had left, the dean said no.", DENIES, "40 boats had left"),
    ("Asked whether nine lambs had died, the dean said he did not know.", DOUBTS, "nine lambs had died"),
    ("Quizzed on whether 14 bolts were loose, the dean said: “Absolutely not.”", DENIES, "14 bolts were loose"),
    ("Asked whether 18 pupils had left, the dean said that was untrue.", DENIES, "18 pupils had left"),
    ("Asked if the club lost 40 fans, the dean answered: “Nowhere near that.”", DENIES, "the club lost 40 fans"),
    ("Pressed on whether 90 jobs would go, the dean said, “No.”", DENIES, "90 jobs would go"),
]


@pytest.mark.parametrize(("text", "stance", "statement"), ANSWERED)
def test_who_is_asked_answers_what_is_asked(text: str, stance: Stance, statement: str) -> None:
    first = suggest.find(text)[0]
    assert (first.attribution[-1].text, first.stance, first.exact) == ("the dean", stance, statement)


def test_a_yes_and_a_question_that_nobody_asks_are_left_alone() -> None:
    yes = suggest.find("Asked if 12 nurses had quit, the dean answered, “Yes, and more will.”")
    assert [(f.stance, bool(f.attribution)) for f in yes] == [(ASKS, False), (A, True)]
    assert [f.exact for f in suggest.find("Did the pump fail? Roe said it did.")] == ["it did"]


@pytest.mark.parametrize(("text", "source", "stance", "statement"), STATEMENTS)
def test_the_stance_is_read_and_its_words_are_the_cue(text: str, source: str, stance: Stance, statement: str) -> None:
    found = one(text)
    assert (found.attribution[-1].text, found.stance, found.exact) == (source, stance, statement)


@pytest.mark.parametrize(
    "text",
    [
        "The bank must explain whether 40 loans were lost.",
        "The club should say if 9 men left.",
        "He has to say why 9 left.",
    ],
)
def test_who_is_called_on_to_say_it_has_not_said_it(text: str) -> None:
    assert not [f for f in suggest.find(text) if f.attribution]


@pytest.mark.parametrize(
    ("denial", "denied"),
    [
        ("Arken rejected that.", True),
        ("The union denied it on Monday.", True),
        ("Her deputy disputed the figure.", True),
        ("Moll called that untrue.", True),
        ("Moll called that absurd.", False),
        ("Moll rejected the plan.", False),
    ],
)
def test_a_denial_may_be_of_what_was_said_just_before(denial: str, denied: bool) -> None:
    found = suggest.find(f"The firm said 30 clerks had left. {denial}")
    told = [(f.attribution[-1].text, f.stance) for f in found if f.exact == "30 clerks had left"]
    assert told == [
        ("The firm", A),
        *(
            [
                (
                    denial.split(" rej", maxsplit=1)[0]
                    .split(" den", maxsplit=1)[0]
                    .split(" dis", maxsplit=1)[0]
                    .split(" cal", maxsplit=1)[0],
                    DENIES,
                )
            ]
            if denied
            else []
        ),
    ]


def test_of_two_statements_before_it_none_is_denied() -> None:
    found = suggest.find("Ann Roe said 3 left, and Bo Lund said 5 did. Moll rejected that.")
    assert not [f for f in found if f.stance is DENIES]


OWN = [
    ("It was unclear whether 18 miners were underground.", DOUBTS, "18 miners were underground"),
    ("No one has said that 25 wolves escaped.", DOUBTS, "25 wolves escaped"),
    ("No driver has said that 40 trucks crossed.", DOUBTS, "40 trucks crossed"),
    ("Neither side has confirmed that 40 trucks crossed.", DOUBTS, "40 trucks crossed"),
    ("Asked whether 8 violins were forged, the dealer laughed.", ASKS, "8 violins were forged"),
    ("There was no confirmation that 5 divers surfaced.", DOUBTS, "5 divers surfaced"),
    ("There is no truth to rumours that 9 cooks were fired.", DENIES, "9 cooks were fired"),
    ("How many of the 60 cows were ill?", ASKS, "How many of the 60 cows were ill"),
    ("It is being examined whether the firm hid 40 invoices.", ASKS, "the firm hid 40 invoices"),
    ("The panel lost 40 invoices.", A, "The panel lost 40 invoices"),
    ("Nobody was hurt when 3 stands fell.", A, "Nobody was hurt when 3 stands fell"),
    ("The fire claimed 6 lives.", A, "The fire claimed 6 lives"),
]


@pytest.mark.parametrize(("text", "stance", "statement"), OWN)
def test_the_publisher_takes_a_stance_too(text: str, stance: Stance, statement: str) -> None:
    found = one(text)
    assert (found.attribution, found.stance, found.exact) == ((), stance, statement)


def test_contrary_to_a_claim_is_its_denial_and_what_follows_is_asserted() -> None:
    found = suggest.find("Contrary to claims that 80 wells had dried up, only two have.")
    assert [(f.stance, f.exact) for f in found] == [(DENIES, "80 wells had dried up"), (A, "only two have")]


CONDITIONS = [
    ("If the bank says it lost 5,000 cards, customers should call.", "it lost 5,000 cards"),
    ("Unless the judge says that four witnesses lied, the verdict stands.", "four witnesses lied"),
    ("In case the lab says that 5 cows are sick, the fair will close.", "5 cows are sick"),
    ("Provided that the auditor says 3 ledgers match, the deal stands.", "3 ledgers match"),
    ("Assuming the lab says that 5 cows are sick, the fair will close.", "5 cows are sick"),
    ("Once the lab confirms that 5 eggs were bad, the farm will close.", "5 eggs were bad"),
    ("Even if the lab reports that two samples were clean, the ban stays.", "two samples were clean"),
    ("Should the union claim that 70 nurses quit, the clinic will sue.", "70 nurses quit"),
]


def test_neither_the_one_nor_the_other_says_it() -> None:
    found = one("Neither the zoo nor the vet has confirmed that 4 apes escaped.")
    assert (found.attribution, found.stance, found.exact) == ((), DOUBTS, "4 apes escaped")


CALLED_FALSE = [
    ("The mill said 30 sacks were lost, a claim that bakers say is untrue.", "bakers", "30 sacks were lost"),
    ("The mill said 30 sacks were lost, a figure the bakers deny.", "the bakers", "30 sacks were lost"),
    ("The mill said the flour was clean, which the bakers say is not true.", "the bakers", "the flour was clean"),
    ("Reports that 30 sacks were lost, which the mill says are false, spread.", "the mill", "30 sacks were lost"),
]


@pytest.mark.parametrize(("text", "source", "statement"), CALLED_FALSE)
def test_a_relative_clause_may_deny_what_stands_before_it(text: str, source: str, statement: str) -> None:
    found = [f for f in suggest.find(text) if f.exact == statement]
    assert [(f.attribution[-1].text, f.stance) for f in found if f.stance is DENIES] == [(source, DENIES)]
    assert found == suggest.find(text)


@pytest.mark.parametrize(
    "text",
    [
        "The mill said 30 sacks were lost, a claim that bakers welcomed.",
        "The mill said 30 sacks were lost, a figure that bakers say is not wrong.",
        "Bakers repeated a claim that the mill says is false.",
        "The mill said it would sell 30 ovens, which the bakers rejected.",
        "The mill said it had sold 30 ovens, a move that bakers condemned.",
        "The mill said it wanted 30 ovens, a demand the council rejected.",
        "The mill said it had felled 30 oaks, which the mayor called wrong.",
        "The council said it would fell 30 oaks, a decision the bakers say is wrong.",
    ],
)
def test_what_nobody_calls_false_is_not_denied(text: str) -> None:
    assert DENIES not in [f.stance for f in suggest.find(text)]


REJECTED = [
    ("It is nothing like 2 million euros.", {"2 million"}),
    ("Nowhere near 500 lambs were lost.", {"500"}),
    ("The crowd was far from the 40 claimed.", {"40"}),
    ("The club's figure of 300 is a fantasy and 12 came.", {"300"}),
    ("There were 12 judges, not the 70 that the league claims.", {"70"}),
    ("It moved 30 crates rather than the 70 reported.", {"70"}),
    ("Reports of 300 dead cows were grossly exaggerated.", {"300"}),
    ("Fears that 19 cows had died proved groundless.", {"19"}),
    # no figure is rejected here
    ("The mill was far from the two villages.", set()),
    ("The 300 figure is not an exaggeration.", set()),
    ("The 40 claims were false.", set()),
    ("It was not the 12 sailors who ran.", set()),
]


@pytest.mark.parametrize(("text", "rejected"), REJECTED)
def test_a_figure_that_is_rejected_is_nobodys(text: str, rejected: set[str]) -> None:
    assert {q.text for q in quantity.find(text) if q.why == quantity.DENIED} == rejected


def test_a_condition_of_the_publishers_is_no_statement_either() -> None:
    assert suggest.find("Even if it rains, 20 stalls will open.") == []


@pytest.mark.parametrize(("text", "statement"), CONDITIONS)
def test_what_a_condition_says_nobody_states(text: str, statement: str) -> None:
    assert suggest.find(text) == []
    start = text.index(statement)
    found = suggest.at(text, start, start + len(statement))
    assert (found.exact, found.stance) == (statement, ASKS)


@pytest.mark.parametrize(
    "text",
    [
        "The warden did not sleep well, adding that 3 dogs had barked.",
        "Feld would not say when talks began but said 3 dogs had barked.",
    ],
)
def test_a_negation_is_not_the_next_verbs(text: str) -> None:
    assert [(f.stance, f.exact) for f in suggest.find(text)][-1] == (A, "3 dogs had barked")


@pytest.mark.parametrize(
    "text",
    [
        "The club did not respond to requests for comment.",
        "The dean declined to comment.",
        "The minister did not deny that 12 aides were paid.",
        "The brewer never denied that it owed 3 million pounds.",
    ],
)
def test_who_is_silent_says_nothing(text: str) -> None:
    assert suggest.find(text) == []


def test_by_what_something_is_done_is_no_source() -> None:
    assert [f.attribution for f in suggest.find("The load is calculated by weighing 12 crates.")] == [()]


def test_what_is_refused_is_no_statement() -> None:
    assert [f.attribution for f in suggest.find("The judge denied bail to 14 men.")] == [()]


CUES = [
    ("denied", DENIES),
    ("has repeatedly denied that", DENIES),
    ("rejected claims that", DENIES),
    ("in a denial", DENIES),
    ("rejected", A),
    ("ruled", A),
    ("ruled out", DENIES),
    ("could not confirm", DOUBTS),
    ("declined, and did not say", DOUBTS),
    ("asked whether", ASKS),
    ("said", A),
    ("an official who asked not to be named said", A),
    ("Another clerk, who asked not to be named", A),
    ("who asked to remain anonymous, denied", DENIES),
    ("according to", A),
    ("", A),
]


@pytest.mark.parametrize(("cue", "stance"), CUES)
def test_a_cue_alone_shows_its_stance(cue: str, stance: Stance) -> None:
    assert of_cue(cue) is stance


# --- words --------------------------------------------------------------------------------------------------------

POLARITY = [
    ("30 patients had not been tested", DENIES),
    ("nobody was bitten", DENIES),
    ("none of the 16 lifts worked", DENIES),
    ("the report that 40 sheep died is false", DENIES),
    ("it was not true that 40 sheep died", DENIES),
    ("not all of the sheep died", DOUBTS),
    ("it remains unclear whether 40 sheep died", DOUBTS),
    ("Did 40 sheep die", ASKS),
    ("we must find out whether 40 sheep died", ASKS),
    ("nothing was stolen", DENIES),
    ("at no point were 40 prisoners beaten", DENIES),
    ("the figure of 400 layoffs was wrong", DENIES),
    ("the choir no longer has 60 members", DENIES),
    ("40 sheep died", A),
    ("IS lost 40 men", A),
    ("the rider had not missed two tests, but one", A),
    ("of the 64 jurors, 11 had not been paid", A),
    ("not only 40 sheep died", A),
    ("no fewer than 60 sheep died", A),
    ("the flock, which was not counted, lost 40 sheep", A),
    ("", A),
]


@pytest.mark.parametrize(("text", "stance"), POLARITY)
def test_words_deny_on_their_own(text: str, stance: Stance) -> None:
    assert polarity(text) is stance


FIGURES = [
    ("40 rafts had not gone down", ["40"]),
    ("8 cranes weren't damaged", ["8"]),
    ("we didn't fire 45 cooks", ["45"]),
    ("the bank never lost 70 million dollars", ["70 million"]),
    ("there weren't 30 passengers aboard", ["30"]),
    ("the toll was not 40", ["40"]),
    ("far from cutting 200 posts, the mill hired nine", ["200"]),
    ("the farm is far from the 30 villages", []),
    ("not 400 but 40 people died", []),
    ("400 people who had not fled were killed", []),
    ("they did not see the 12 men", []),
    ("not only 40 boats sank", []),
    ("the court has not ruled in 30 cases", []),
]


@pytest.mark.parametrize(("text", "denied"), FIGURES)
def test_a_figure_that_is_denied_is_not_sure(text: str, denied: list[str]) -> None:
    assert [q.text for q in quantity.find(text) if q.why == quantity.DENIED and not q.sure] == denied


@given(st.sampled_from(Stance), st.sampled_from(Stance))
def test_a_stance_to_words_that_have_their_own(stance: Stance, own: Stance) -> None:
    assert combined(Stance.ASSERTS, own) is own
    assert combined(stance, Stance.ASSERTS) is stance
    assert (combined(stance, own) is A) == (stance is own and own in (A, DENIES))


@given(st.text(max_size=300))
def test_any_words_have_a_polarity(text: str) -> None:
    assert framed(text) in (Stance.ASSERTS, polarity(text))


@pytest.mark.parametrize("unit", ["not ", "that ", "no claim that ", "to say whether ", "it was not true that "])
def test_reading_a_stance_stays_linear(unit: str) -> None:
    def took(n: int) -> float:
        best = 9.0
        for _ in range(3):
            began = time.process_time()
            suggest.find("The mayor denied " + unit * n + "40 boats left.")
            best = min(best, time.process_time() - began)
        return best

    assert took(6000) < 4 * max(took(3000), 0.02)


TOLD = [
    (A, "40 boats left", "“40 boats left”"),
    (DENIES, "40 boats left", "denies that “40 boats left”"),
    (DENIES, "responsibility for the crash", "denies “responsibility for the crash”"),
    (DOUBTS, "how many boats left", "does not say “how many boats left”"),
    (ASKS, "40 boats had left", "asks whether “40 boats had left”"),
    (ASKS, "Did 40 boats leave?", "asks: “Did 40 boats leave?”"),
    (ANNOUNCES, "to strike in May", "announces: “to strike in May”"),
]


@pytest.mark.parametrize(("stance", "said", "told"), TOLD)
def test_a_stance_is_told_in_words(stance: Stance, said: str, told: str) -> None:
    assert stance_words(stance, said) == told


def test_the_verb_agrees_with_who_holds_it() -> None:
    assert agreeing("port officials", "denies that “x”") == "deny that “x”"
    assert agreeing("Reuters", "denies that “x”") == "denies that “x”"


# --- comparison ---------------------------------------------------------------------------------------------------

PAIRS = [
    ("40 rafts had gone down", "40 rafts had not gone down", "conflict", "denial"),
    ("40 rafts had not gone down", "40 rafts had not gone down", "agree", "both_deny"),
    ("60 rafts had gone down", "40 rafts had not gone down", "compatible", "other_denied"),
    ("450 sheep died", "it was not true that at least 400 sheep died", "conflict", "denial"),
    ("at least 400 sheep died", "it was not true that 450 sheep died", "compatible", "other_denied"),
    ("40 rafts had gone down", "it was unclear whether 40 rafts had gone down", "compatible", "not_stated"),
    ("no sheep died", "12 sheep died", "conflict", "disjoint"),
]


@pytest.mark.parametrize(("a", "b", "agreement", "reason"), PAIRS)
def test_a_denial_contradicts_the_assertion_of_the_same_alone(a: str, b: str, agreement: str, reason: str) -> None:
    mine, its = guess(a).statement, guess(b).statement
    for one_side, other in ((mine, its), (its, mine)):
        found = compare(one_side, other)
        assert (found.agreement, found.reason, found.supports) == (agreement, reason, found.supports)
        assert reason == "disjoint" or (found.supports == "neither" and found.gap is None)


# --- through the command line -------------------------------------------------------------------------------------

PAGE = (
    "The brewery denied that 40 workers had left the plant. The Harbour Ministry said 40 workers left the plant. "
    "Union officials could not confirm that 40 workers had left the plant."
)
QUESTION = "How many workers left the plant?"


@begins
def filed(claims: Claims) -> Claims:
    """A denial, an assertion and a doubt under one question."""
    claims("capture", claims.file("page.txt", PAGE))
    claims("suggest", "A1", "--accept", "all")
    claims("file", "C1", "C2", "C3", "--question", QUESTION)
    return claims


def test_who_denies_is_told_so_everywhere_and_its_figure_is_not_its_own(filed: Claims) -> None:
    assert "denied by The brewery" in filed("list").out
    assert "The brewery denies that “40 workers had left the plant”" in filed("show", "C1").out
    page = filed("question", "show", "Q1", "--json").json
    assert [c["stance"] for c in page["claims"]] == ["denies", "asserts", "doubts"]
    assert [a["quantity"] and a["quantity"]["low"] for a in page["answers"]] == [None, "40", None]
    assert {(p["a"], p["b"]): (p["agreement"], p["relation"]) for p in page["pairs"]} == {
        ("C1", "C2"): ("conflict", "conflicts"),
        ("C1", "C3"): ("compatible", "not_comparable"),
        ("C2", "C3"): ("compatible", "not_comparable"),
    }
    assert page["stated"]["lowest"]["claims"] == ["C2"]
    summary = page["summary"]
    denied = "“The brewery” (not named) denies that “40 workers had left the plant”"
    unsure = "officials” (not named) do not confirm that “40 workers had left the plant”"
    assert 0 <= summary.find(denied) < summary.find(unsure), "who denies outright stands before who cannot confirm"
    filed("report", "Q1", "-o", "q.md")
    report = (filed.folder / "q.md").read_text(encoding="utf-8")
    assert "denies that “40 workers had left the plant”" in report
    assert "contradict each other" in report
    assert "say the same" not in report


def test_a_denial_without_a_figure_contradicts_who_says_it(claims: Claims) -> None:
    said = "the mill polluted the river"
    page = f"The owner denied that {said}. The Fishing Club said {said}. The Ministry could not confirm that {said}. "
    claims("capture", claims.file("page.txt", page + "The Law Office said the mill had not polluted the river."))
    for n, name in enumerate(("The owner", "The Fishing Club", "The Ministry"), 1):
        claims("add", said, "--article", "A1", "--occurrence", str(n), "--by", name, "--no-input")
    claims("add", "the mill had not polluted the river", "--article", "A1", "--by", "The Law Office", "--no-input")
    claims("file", "C1", "C2", "C3", "C4", "--question", "Did the mill pollute the river?")
    shown = claims("question", "show", "Q1", "--json").json
    pairs = {(p["a"], p["b"]): p["agreement"] for p in shown["pairs"]}
    assert [pair for pair, found in pairs.items() if found == "conflict"] == [("C1", "C2"), ("C2", "C4")]
    assert [pair for pair, found in pairs.items() if found == "agree"] == [("C1", "C4")]
    summary = " ".join(shown["summary"].split())
    assert "The Fishing Club says “the mill polluted the river”" in summary
    assert summary.index("The Fishing Club says") < summary.index("denies that") < summary.index("does not confirm")
    assert "have to be read" not in summary


def test_a_person_sets_the_stance_and_it_survives_export_and_import(filed: Claims) -> None:
    filed("amend", "C3", "--stance", "asserts", "--because", "they did confirm it")
    assert "not confirmed" not in filed("list").out
    for name in ("out.jsonl", "out.csv"):
        filed("export", "-o", name)
        filed("import", name, "--ledger", f"{name}.db")
        again = filed("list", "--json", "--ledger", f"{name}.db").lines
        assert [c["stance"] for c in again] == ["denies", "asserts", "asserts"]
    line = {
        "article": {"title": "Page"},
        "exact": "40 cows died",
        "attribution": [{"source": "the farm", "cue": "denied"}],
    }
    filed("import", filed.file("in.jsonl", json.dumps(line)))
    assert filed("show", "C4", "--json").json["stance"] == "denies"
    added = filed("add", "40 workers left the plant", "--article", "A1", "--stance", "doubts", "--no-input", "--json")
    assert added.json["stance"] == "doubts"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("the dispute was settled", "denies that “the dispute was settled”"),
        ("40 people entered the contest", "denies that “40 people entered the contest”"),
        ("the mayor denied that 40 rafts sank", "says “the mayor denied that 40 rafts sank”"),
    ],
)
def test_only_a_verb_of_denial_tells_the_denial_itself(words: str, told: str) -> None:
    assert stance_words(DENIES, words) == told


@pytest.mark.parametrize(
    ("quote", "typed", "told"),
    [
        ("40 rafts had left", ("--stance", "asserts"), "read as denies, and you typed asserts"),
        ("40 rafts had left", ("--figure", "50 rafts", "--ours"), "the words hold 40, and you typed '50 rafts'"),
        ("40 rafts had left", ("--answer", "yes"), "the words deny this, and you typed the answer 'yes'"),
        ("rents rose by 4.9 per cent", ("--answer", "no"), "the words state this, and you typed the answer 'no'"),
        ("rents rose by 4.9 per cent", ("--figure", "4.9 percent"), None),
        ("40 rafts had left", ("--stance", "denies", "--answer", "no"), None),
    ],
)
def test_what_is_typed_against_the_passage_is_told(
    claims: Claims, quote: str, typed: tuple[str, ...], told: str | None
) -> None:
    claims.file("page.txt", "The union denied that 40 rafts had left. The shop said rents rose by 4.9 per cent.")
    claims("capture", "page.txt", "--publisher", "Daily Post", "--published", "2024-03-05")
    ran = claims("add", quote, "--article", "A1", "--by", "somebody else", *typed, "--no-input")
    assert ("and you typed" in ran.err) == (told is not None)
    assert (told or "") in " ".join(ran.err.split())
    assert "percent percent" not in claims("show", "C1").out


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        ("The zoo corrected an earlier statement that nine apes were ill, saying it was six.", [DENIES, A]),
        ("The bank retracted its claim that 40 clerks had left.", [DENIES]),
        ("The paper withdrew its report that the mayor had resigned.", [DENIES]),
        ("The bank withdrew 40 notes from use.", [A]),
    ],
)
def test_who_takes_back_a_claim_denies_it(text: str, stances: list[Stance]) -> None:
    assert [f.stance for f in suggest.find(text)] == stances


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        ("Few in the village believe that 40 geese left.", [DOUBTS]),
        ("Few bakers expect a strike this year.", [DOUBTS]),
        ("Few doubt that the dam will hold.", []),
        ("A few bakers expect a strike this year.", [A]),
    ],
)
def test_what_few_believe_is_doubted(text: str, stances: list[Stance]) -> None:
    assert [f.stance for f in suggest.find(text)] == stances

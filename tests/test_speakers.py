"""Who says it: a table of behaviours, each kind in sentences of several domains."""

import pytest

from ledger import suggest
from ledger.records import Found, Unsure
from ledger.vocabulary import Role, Stance

# sentence, source, what is said
WHOLE_NAMES = [
    ("Fleet Street said the paper would close.", "Fleet Street", "the paper would close"),
    ("Running Club Delft said 300 runners had signed up.", "Running Club Delft", "300 runners had signed up"),
    ("Striking workers said the gate was locked.", "Striking workers", "the gate was locked"),
    (
        "On Monday Planning Officer June Hart said the permit had lapsed.",
        "Planning Officer June Hart",
        "the permit had lapsed",
    ),
    ("Last week Trading Officer Ida Moe said 12 toys were unsafe.", "Trading Officer Ida Moe", "12 toys were unsafe"),
    ("The weekly said 12 toys were unsafe.", "The weekly", "12 toys were unsafe"),
    ("Channel Nine said 12 toys were unsafe.", "Channel Nine", "12 toys were unsafe"),
    (
        "The Toy Board (TB) head, Ida Moe, said 12 toys were unsafe.",
        "The Toy Board (TB) head, Ida Moe",
        "12 toys were unsafe",
    ),
    ("The council this week said 30 trees would go.", "The council", "30 trees would go"),
    ("The club said people were ill.", "The club", "people were ill"),
]
RELATIVE_CLAUSES = [
    ("Olaf Brand, a referee who says the league lost 40 umpires, resigned.", "who", "the league lost 40 umpires"),
    ("The clerk who said that three ballots were missing declined to comment.", "who", "three ballots were missing"),
    ("A nurse who reported that 12 beds were broken was moved.", "who", "12 beds were broken"),
    ("A biologist who estimates that 400 otters remain wants the dam removed.", "who", "400 otters remain"),
    ("A clerk, who asked not to be named, said 14 files were gone.", "A clerk", "14 files were gone"),
]
RECORDS = [
    ("According to Open Bread, a charity that opposes waste, 40 loaves were saved.", "Open Bread", "40 loaves were saved"),
    ("A diver said 12 reefs were closed (Photo: Lena Roe/LNA)", "A diver", "12 reefs were closed"),
    ("Nine barns burned, it was alleged in a petition filed on Friday.", "a petition", "Nine barns burned"),
    ("Divers had warned the club 11 times that the raft leaked.", "Divers", "the raft leaked"),
    ("The farm admitted to 3 leaks.", "The farm", "3 leaks"),
    ("It was unclear how many left, though local radio spoke of five.", "local radio", "five"),
    ("The usher said only old seats had broken.", "The usher", "only old seats had broken"),
    ("Roe led by far, the league said, about 900 votes ahead.", "the league", "Roe led by far … about 900 votes ahead"),
    ("The board agreed with the union in May that 12 posts were vacant.", "The board", "12 posts were vacant"),
    ("What the mayor believes is that 40 lamps will fail.", "the mayor", "40 lamps will fail"),
    ("The latest poll, released on Friday, found that 40 clubs were broke.", "The latest poll", "40 clubs were broke"),
    ("Nine oarsmen were told by the league last week that 2 boats were stolen.", "the league", "2 boats were stolen"),
    ("Four left early; 9 stayed, the usher said.", "the usher", "Four left early; 9 stayed"),
    ("The club sold nine players, transfer filings show.", "transfer filings", "The club sold nine players"),
    ("Ice thinned by 2 metres in a decade, satellite data show.", "satellite data", "Ice thinned by 2 metres in a decade"),
    ("Attendance doubled, ticket sales figures showed.", "ticket sales figures", "Attendance doubled"),
    ("Most voters stayed home, turnout statistics suggest.", "turnout statistics", "Most voters stayed home"),
]  # fmt: skip
NOUNS = [
    ("A complaint from the union that two drivers were underpaid was upheld.", "the union", "two drivers were underpaid"),
    ("A warning from the Cave Trust that a roof could give way went unread.", "the Cave Trust", "a roof could give way"),
    ("The finding by a team in Oslo that 40 lakes were sterile drew praise.", "a team in Oslo", "40 lakes were sterile"),
    ("Reports that the striker had retired were false.", "", "the striker had retired"),
    ("Word that the ferry had sunk reached the port at noon.", "", "the ferry had sunk"),
]  # fmt: skip
ACTIONS = [
    ("Ng shook her head, insisting the trial was fair.", "Ng", "the trial was fair"),
    ("The mayor cut the ribbon, announcing that the tram would run.", "The mayor", "the tram would run"),
]
ABBREVIATIONS = [
    ("The roof has rotted, barn surveyors said on Monday.", "barn surveyors", "The roof has rotted"),
    ("About 60 cooks face the sack, the guild said.", "the guild", "About 60 cooks face the sack"),
    ("The club owes 3 million, auditors found; of that, a part is due.", "auditors", "The club owes 3 million"),
    ("The coach has never said that the cup was lost, his club pointed out.", "his club",
     "The coach has never said that the cup was lost"),
    ("The fair is off after two rides broke, its organisers announced on Monday.", "its organisers",
     "The fair is off after two rides broke"),
    ('"We lost," Adams told fans in Reno, Nev. "Nobody slept that night."', "Adams", "We lost … Nobody slept that night."),
    ('"They paid us late," Ortiz said of Brenner & Co. "We waited."', "Ortiz", "They paid us late … We waited."),
]  # fmt: skip


def attributed(text: str) -> list[Found]:
    return [f for f in suggest.find(text, "2024-03-05") if f.attribution]


def said(text: str, found: Found) -> str:
    return " … ".join(text[a:b] for a, b in found.content)


@pytest.mark.parametrize(
    ("text", "source", "statement"),
    [*WHOLE_NAMES, *RELATIVE_CLAUSES, *RECORDS, *NOUNS, *ACTIONS, *ABBREVIATIONS],
)
def test_who_says_what(text: str, source: str, statement: str) -> None:
    found = attributed(text)
    assert [(f.attribution[-1].text, said(text, f)) for f in found] == [(source, statement)]


NOBODY = [
    "Member states that depend on tourism lost 9,000 rooms.",
    "Union demands that were met cost 3 million euros.",
    "The answer is central to finding 2 lost tombs.",
    "She aimed the ball at 3 pins.",
    "The time is set by counting 100 ticks.",
    "Its survey highlights the cost of 2 bridges.",
    "Ada Hart, head of live reporting at the station, is away.",
    "The idea that lakes are deep amused 3 swimmers.",
    "The club offered a prize of 40 euros.",
    "They came to a singing lesson in hall 3 of the school.",
    "The safe held detailed plans of 3 banks.",
    "Some of the largest states Moss won lost 9 seats.",
    "A 9 million euro merger announced on Monday would close the plant.",
    "The goalkeeper found himself 3 metres off his line.",
    "Monday added 3 players to the list.",
    "All 40 pages were written by clerks.",
    "Fans will find out where the team of 11 went.",
    "When young people accused of 3 crimes meet, they talk.",
    "A trial may offer some hope for 40 patients.",
    "The stated goal of the club is 20 wins.",
    "His first speech to the Centre for Strategic Studies think tank lasted 3 hours.",
    "Games like chess and go are played by 40 clubs.",
    "She owns 3 shares of a company called Acme.",
    "Lake News stops Oslo broadcast as 40 fans leave",
    "Did the usher say that 40 fans left?",
    "The choir used a hall called Lark House.",
    "She found in it a line 3 words above predicted length.",
    "Fans could learn a lot from 3 coaches.",
    "I ask about 3 lamps.",
    "Ola Bell, the clerk branded as a spy, was held with 3 others.",
    "Fees rose 3 percent, compared with last year.",
    "Nine of 12 left, and the union denies it.",
    "The Echo, which first reported the news, has 3 towers.",
    "The notes are in the statement that follows, and 40 more.",
    "The farm, which is, as its name suggests, on a hill, has 40 cows.",
    "It was sold at what the bank believes to be its value, 3 million.",
    "The coach told players who had gathered in hall 3 what he would do.",
    "The league countered by fining 3 clubs.",
    "Sales have been steady over the past year, which suggests 3 good summers.",
    "The bakers spent a week to better understand how 3 loaves rise.",
    "Its warnings to anglers came 3 weeks late.",
    "She smashed 3 pots, what she called her lowest ebb.",
    "Ferry fares vary according to the season, and 40 boats sail.",
    "Among the first she ordered them to look for was map 12.",
    "What few anglers know is that 40 pike died.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_a_noun_an_adjective_or_a_deed_is_no_cue(text: str) -> None:
    assert attributed(text) == []


PASSED_ON = [
    ("The Lake Herald reported the dam leaked, citing a clerk.", "The Lake Herald", "a clerk", "the dam leaked"),
    ("Radio Nord said nine failed, quoting a doctor of the club.", "Radio Nord", "a doctor of the club", "nine failed"),
    ("Citing a report, the Morning Globe said 18 wells dried up.", "the Morning Globe", "a report", "18 wells dried up"),
    ("“Nine wells are dry,” she said, according to the Herald.", "the Herald", "she", "Nine wells are dry"),
    ("“Shut the lock,” the keeper had cried, recalled diver Ida Moe.", "diver Ida Moe", "the keeper", "Shut the lock"),
    ("The judge said the tape was forged, according to court files.", "court files", "The judge", "the tape was forged"),
    ("The coach said two had mumps, the Example Post reported.", "the Example Post", "The coach", "two had mumps"),
    ("According to the Globe, the mayor said 12 schools would close.", "the Globe", "the mayor", "12 schools would close"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "via", "origin", "statement"), PASSED_ON)
def test_who_passes_words_on_stands_before_who_said_them(text: str, via: str, origin: str, statement: str) -> None:
    [found] = attributed(text)
    assert [(h.role, h.text) for h in found.attribution] == [(Role.RELAY, via), (Role.ORIGIN, origin)]
    assert said(text, found) == statement


def test_what_no_clause_says_is_no_speaker_of_its_own_beside_according_to() -> None:
    [found] = attributed("He came back on Monday and said little, according to a guest.")
    assert [h.text for h in found.attribution] == ["a guest"]


SET_APART = [
    ("“The court will sit until six.” — Judge Mara Quist", "Judge Mara Quist", "The court will sit until six."),
    ("“Twelve agreed.” —Ana Reyes, foreman of the jury", "Ana Reyes, foreman of the jury", "Twelve agreed."),
    ("And this from coach Dan Ferro:\n\n“We ran 40 miles a week.”", "coach Dan Ferro", "We ran 40 miles a week."),
    ("More from Roth: “We lost 3 games.”", "Roth", "We lost 3 games."),
    ("Nine hurt in stadium crush - officials", "officials", "Nine hurt in stadium crush"),
    ("At least 30 ill after banquet: ministry", "ministry", "At least 30 ill after banquet"),
    ("Two dead as lift falls, police say", "police", "Two dead as lift falls"),
    ("Striker to miss 6 games - club", "club", "Striker to miss 6 games"),
    ("Two in five pupils walk, a survey suggests.", "a survey", "Two in five pupils walk"),
    ("As the Lake Post reported, nine wells are dry.", "the Lake Post", "nine wells are dry"),
    ("As reported by the Lake Post, nine wells are dry.", "the Lake Post", "nine wells are dry"),
    ("A juror said on condition that his name not be printed that two votes changed.", "A juror", "two votes changed"),
    ("The raid has been described as “shameful” by the club.", "the club", "The raid … as “shameful”"),
    ("Roth made the claim that the vote was void.", "Roth", "the vote was void"),
    ("The coach, who had left in May after a row, said the pitch was wet.", "The coach", "the pitch was wet"),
    ("The club sent a letter saying the gate was locked.", "The club", "the gate was locked"),
    ("TURNOUT IS UP - Ann Roe: “We counted 40 more.”", "Ann Roe", "We counted 40 more."),
    ("“We counted 40 more,” a voice in the film states.", "a voice in the film", "We counted 40 more"),
    ("“We won,” Roth, after a long pause, said of the game.", "Roth", "We won"),
    ("As Roth had written just a few years earlier, the pier was weak.", "Roth", "the pier was weak"),
    ("However, Nick Kern, a lawyer who served in Oslo and has won cases, said it was unclear.", "Nick Kern", "it was unclear"),
    ("Dan Moss, a guard who responded said: “It was dark.”", "Dan Moss", "It was dark."),
    ("A study published last year found that 9 lakes are dry.", "A study", "9 lakes are dry"),
    ("Roth, citing “the mood of the hall,” said the vote could be close.", "Roth", "the vote could be close"),
    ("Moss has found money for the pier and on Monday announced that 3 cranes would come.", "Moss", "3 cranes would come"),
    ("Eva Brand, Director of the Trust, Oslo, said 3 weirs shut.", "Eva Brand, Director of the Trust, Oslo", "3 weirs shut"),
    ("Jo West, from Oslo, who wrote 9 books, admitted that they bored her.", "Jo West", "they bored her"),
    ("The court fined the club — it’s a first, the judge said.", "the judge", "it’s a first"),
    ("“We won 3 of the games” about pay and rest, said Tom Kern.", "Tom Kern", "“We won 3 of the games” about pay and rest"),
    ("Swimmers went on record saying the water was foul.", "Swimmers", "the water was foul"),
    ("The judge said 40 jurors had been called, which is a record.", "The judge", "40 jurors had been called"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "statement"), SET_APART)
def test_who_stands_apart_from_the_words(text: str, source: str, statement: str) -> None:
    [found] = attributed(text)
    assert (found.attribution[-1].text, said(text, found)) == (source, statement)
    assert found.unsure == ()


def test_the_turns_of_an_interview_are_read_and_a_dateline_is_none() -> None:
    text = "ANN ROE: We lost 3 games. They won.\nBO LIND: You did."
    assert [(f.attribution[-1].text, f.exact) for f in attributed(text)] == [
        ("ANN ROE", "We lost 3 games. They won."),
        ("BO LIND", "You did."),
    ]
    assert (
        attributed(
            "OSLO: Nine people were held and then 40 of their friends came to the old court to ask for them by name."
        )
        == []
    )


# text, whom the last pronoun stands for, whether that is sure
PRONOUNS = [
    ("Ivo Kern, a spokesman, said 12 were ill. Anja Roth, 41, a fisherwoman, disagreed. She said six were.", "Anja Roth", True),
    ("Judge Mara Quist said the trial would go on. Her clerk, Tom Bell, objected. He said no.", "Tom Bell", True),
    ("Lena Hart runs the lab. She said 14 samples were lost.", "Lena Hart", True),
    ("“We lost,” said Omar Diaz. He said the pitch was wet.", "Omar Diaz", True),
    ("Ms Lind praised Mr Kern. She said he had saved 3 lives.", "Ms Lind", True),
    ("The council met on Monday. It said 30 trees would go.", "The council", True),
    ("Dan Ferro met Olaf Brand. He said the deal was done.", None, False),
    ("The union and the company met. They said talks would go on.", None, False),
    ("Prices rose by 3 percent. He said it would last.", None, False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "sure"), PRONOUNS)
def test_a_pronoun_is_resolved_or_doubted(text: str, name: str | None, sure: bool) -> None:
    found = attributed(text)[-1]
    assert (found.attribution[-1].stands_for, found.unsure == ()) == (name, sure)


def test_a_mention_stands_for_no_one_who_is_only_named_in_the_description_of_another() -> None:
    text = "Ana Ruiz, a clerk who knew Moss, said 3 files were gone. Moss said none were."
    assert attributed(text)[-1].attribution[-1].stands_for is None


def test_the_government_is_not_the_one_before_it() -> None:
    text = "The previous council said 3 parks were shut. The council said 2 were open."
    assert attributed(text)[-1].attribution[-1].stands_for is None


def test_a_heading_in_other_marks_is_no_more_of_the_speech_before() -> None:
    text = "Roth said: “The hall was dark.”\n'It was like a cave'\nNobody came."
    assert [said(text, f) for f in attributed(text)] == ["The hall was dark."]


def test_who_speaks_for_a_body_is_found_behind_the_name() -> None:
    [found] = attributed("Tom Roth, Oslo director for Lake Watch, said fees rose 3 percent.")
    assert next((h.role, h.text) for h in found.attribution) == (Role.AFFILIATION, "Lake Watch")


def test_a_speaker_whom_no_comma_parts_from_the_words_is_doubtful() -> None:
    [found] = attributed("Nine boats sank in the gale the Harbour Watch said Sunday in an updated list.")
    assert (found.attribution[-1].text, found.exact) == ("the Harbour Watch", "Nine boats sank in the gale")
    assert found.unsure == (Unsure("attribution", "speaker"),)


DOUBTED = [
    ("Lena Hart put down the phone. “They cut 30 posts.” Nobody spoke.", "speaker"),
    ("The last word goes to Professor Ines Roth:\n\n“The lake lost 9 metres.”", "speaker"),
    ("We warned that the lamps cost 30 euros.", "pronoun"),
    ("Roth used to think that 9 lamps were enough.", "cue"),
    ("The railway was adding 40 seats.", "cue"),
    ("The surgeon requested a second scanner for ward 9.", "cue"),
    ("Coaches do not ask the fans to pay 40 euros.", "cue"),
    ("Getty Images Mayor Ana Pell said the bridge would close.", "speaker"),
    ("The survey opens in new tab by Lund University found that 40 lakes were dry.", "speaker"),
    ("Much of the year was spent asking “what now”.", "speaker"),
    ("The tanker Sola reported 3 leaks.", "speaker"),
    ("The league condemned the decision.", "cue"),
    ("The club's opposition to the dam is 3 years old.", "cue"),
    ("The club published its analysis of 2017 fares.", "cue"),
]


@pytest.mark.parametrize(("text", "why"), DOUBTED)
def test_a_doubtful_source_is_marked(text: str, why: str) -> None:
    [found] = attributed(text)
    assert found.unsure == (Unsure("attribution", why),)


@pytest.mark.parametrize(
    "text",
    [
        "As of Monday, nothing has changed, officials say",
        "As the storm passed, all were safe and well, police say",
        "As expected, they said",
    ],
)
def test_a_headline_that_opens_with_as_and_ends_with_its_verb_is_read(text: str) -> None:
    suggest.find(text)


def test_a_source_that_is_only_understood_has_its_own_words_beside_notes_too() -> None:
    text = (
        "Rami Hassan, a spokesman for the Lake Club, said on Monday[1] that 40 boats sank.\n\n"
        "Hassan said that 30 people drowned."
    )
    assert all(len(hop.text or "") < 40 for found in suggest.find(text) for hop in found.attribution)


UNHEARD = [
    "Nine tonnes of cod went over the side – or so the skipper reckons.",
    "More than 3,200 came, by the club's own count.",
    "By the ministry's count, 212 schools are shut.",
    "Forty branches will shut, it is understood.",
    "The word from the head chef was that 35 jobs will go.",
    "The number is 35, if the head chef is to be believed.",
    '"Forty branches will shut" was the headline of the memo.',
    "The line (which carries 6 trams) is closed, and its spokeswoman was not in.",
]


@pytest.mark.parametrize("text", UNHEARD)
def test_what_somebody_may_say_is_never_the_publishers_own_voice(text: str) -> None:
    found = suggest.at(text, 0, len(text))
    assert not found.attribution
    assert found.unsure == (Unsure("attribution", "unheard"),)
    assert all(f.attribution or f.unsure for f in suggest.find(text))


@pytest.mark.parametrize(
    "text", ["Nine tonnes of cod went over the side.", "A “fair” wage is 9 euros.", "The rain continued until 5 roads closed."]
)  # fmt: skip
def test_the_publishers_own_voice_has_no_doubt(text: str) -> None:
    assert not suggest.at(text, 0, len(text)).unsure


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ('"We lost 300 sheep." That is what farmer Tom Reed told us.', "We lost 300 sheep"),
        ("Forty branches are to shut. The bank confirmed the number to this paper.", "Forty branches are to shut"),
        ("Nine boats sank. The mayor said three more were lost.", "Nine boats sank. The mayor said three more were lost."),
        ("The crew saved 30 sheep, a vet wrote; a further 12 had drowned.", "a further 12 had drowned"),
        ("Profit fell to 4 million, the firm said; sales were flat at 90 million.", "sales were flat at 90 million"),
        ("Trust fell to 28 percent in a survey in May.", "Trust fell to 28 percent in a survey in May"),
        ("The guild owes 9 million, in letters obtained by this paper.",
         "The guild owes 9 million, in letters obtained by this paper"),
        ("The union says 9 left and the firm says 12 left.", "The union says 9 left and the firm says 12 left."),
    ],
)  # fmt: skip
def test_a_passage_with_a_speaker_beside_it_is_not_the_publishers(text: str, quote: str) -> None:
    found = suggest.at(text, text.index(quote), text.index(quote) + len(quote))
    assert (found.attribution, found.unsure) == ((), (Unsure("attribution", "unheard"),))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Northway said up to 35 jobs will go.", "Northway"),
        ("Council tax rises by 4.9 per cent, the council said in a statement.", "the council"),
        ("Seventy trolleys, the trust's chief nurse told reporters, stood in the hall.", "the trust's chief nurse"),
        ("The firm claims 300 lorries were sold.", "The firm"),
        ("The memo, seen by the Courier, lists 40 branches.", "The memo"),
        ("The kennel's figures show 212 dogs were fed.", "The kennel's figures"),
        ("As many as 80 cows died, says the vet in charge.", "the vet in charge"),
    ],
)  # fmt: skip
def test_a_whole_sentence_has_the_source_that_it_names(text: str, source: str) -> None:
    found = suggest.at(text, 0, len(text))
    assert (found.attribution[-1].text or "").startswith(source)


@pytest.mark.parametrize(
    ("before", "mention", "known"),
    [
        ("A council officer", "The council", "The council"),
        ("A council officer", "The officer", "A council officer"),
        ("Harbour master Lee Tan", "The harbour", "The harbour"),
        ("The mayor of Brent", "Brent", "Brent"),
        ("Council leader Ann Roe", "Roe", "Council leader Ann Roe"),
        ("The union Northway", "Northway", "Northway"),
        ("Northway", "The union Northway", "Northway"),
        ("The Valley Monitor for Peace", "The monitor", "The Valley Monitor for Peace"),
    ],
)
def test_a_body_is_not_its_officer_and_keeps_one_name(before: str, mention: str, known: str) -> None:
    _, found = attributed(f"{before} said 12 homes were empty. {mention} said 14 homes were damp.")
    assert found.attribution[-1].source == known


@pytest.mark.parametrize(
    "text",
    [
        "We know that the lamps cost 30 euros.",
        "We like the fan and the 30 euros it costs.",
        "Choose the lamp you expect to need.",
        "Draws 300W (estimated 10p per hour of use).",
        "The goal of the course is to build and tell stories.",
        "The diver recorded himself shouting.",
        "She covered its report Thursday.",
    ],
)
def test_what_nobody_is_said_to_state_is_not_attributed(text: str) -> None:
    assert not attributed(text)


@pytest.mark.parametrize(
    ("text", "source", "said"),
    [
        ("The 40 million Finns expected by the airline to fly stayed at home.", "the airline", "to fly"),
        ("According to Breaking the Ice, 9 rinks closed.", "Breaking the Ice", "9 rinks closed"),
        ("About 42 per cent of British cooks think 9 pans are enough.", "42 per cent of British cooks", "9 pans are enough"),
        ('His aunt will say, "Are 9 enough?" Roth smiled and left.', "His aunt", "Are 9 enough?"),
        ("The hotel says 9 left and the firm says 12 left.", "The hotel", "9 left"),
    ],
)  # fmt: skip
def test_source_and_statement_end_where_they_do(text: str, source: str, said: str) -> None:
    found = attributed(text)[0]
    assert source in (found.attribution[-1].text or "")
    assert said in found.exact
    assert "12 left" not in found.exact


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A slide buried a bus, killing two nuns, said the mayor.", "the mayor"),
        ("The blaze gutted two shops, forcing 30 people out, said fire officer Dee Hall.", "fire officer Dee Hall"),
        ("Voters queued for hours, blocking the road, said an observer.", "an observer"),
        ("State radio, citing the army, said 9 died.", "the army"),
        ("The crowd, which police put at 3,000, left quietly.", "police"),
        ("Wages rose to 40 euros, the bank said on Friday, up from 31 in May.", "the bank"),
        ("Nine pumps failed, the mayor said, citing the water board.", "the water board"),
        ("The Gull, citing a memo it has seen, said 40 lamps were out.", "a memo"),
        ("It fell short, in the view of the Lake Trust, whose head, Ida Moe, put the gap at 30 eels.", "Ida Moe"),
        ("Two ships collided, the port said, citing the coast guard of Norland.", "the coast guard of Norland"),
        ("Forty cows died, the ministry said, citing a lack of water.", "the ministry"),
        ("The army said, citing national security, that it would not count 9 tanks.", "The army"),
        ("The coach, speaking after the match, said 9 were ill.", "The coach"),
    ],
)
def test_a_participle_behind_a_clause_is_no_apposition(text: str, source: str) -> None:
    (found,) = attributed(text)
    assert found.attribution[-1].source == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The company that provides lifts said 9 were stuck.", "The company that provides lifts"),
        ("In the midst of the fear, Ann Roe stepped in and said 9 lifts were stuck.", "Ann Roe"),
    ],
)
def test_a_source_may_hold_a_clause_and_stand_behind_a_phrase(text: str, source: str) -> None:
    (found,) = attributed(text)
    assert found.attribution[-1].text == source


def test_doubt_about_a_pronoun_goes_on_to_the_next() -> None:
    text = "Ann Roe met Eva Moss in the hall. She said 9 lifts were stuck. She said 4 were free."
    assert [bool(f.unsure) for f in attributed(text)] == [True, True]


PASSED_ON = [
    ("Radio Holm reported that Brandt had said 40 hens were stolen.", ["Radio Holm", "Brandt"], "40 hens were stolen"),
    ("The Gazette reported Brandt as saying that 40 hens were stolen.", ["The Gazette", "Brandt"], "40 hens were stolen"),
    ("Brandt told Radio Holm 40 hens were stolen.", ["Radio Holm", "Brandt"], "40 hens were stolen"),
    ("Brandt told Agencia Luz that 40 hens were stolen.", ["Agencia Luz", "Brandt"], "40 hens were stolen"),
    ("Brandt told Channel 4 the hens were stolen.", ["Channel 4", "Brandt"], "the hens were stolen"),
    ("Farmers warned the price would pass 3 pounds.", ["Farmers"], "the price would pass 3 pounds"),
    ("It was 30 hens, said farm manager Jan Kol.", ["farm manager Jan Kol"], "It was 30 hens"),
    ("Pilots' captain Rosa Lind said 40 crews were ill.", ["Pilots' captain Rosa Lind"], "40 crews were ill"),
]  # fmt: skip

ONE_SPEAKER = [
    # a second speaker behind "and" is no part of what the first one said
    ("Farmers said the dam had leaked and engineers blamed a pipe.", ["Farmers", "engineers"]),
    # a title in a phrase before the speaker is not said by him
    ("On an episode of “Dockside,” the former cook said he wanted 12 ovens back.", ["the former cook"]),
    ("The port, which state media said handles 40 ships, was calm.", ["state media"]),
    ("Everything the mayor says is a lie.", []),
    ("The gas, potent stuff found in fridges, leaked.", []),
    ("The coach criticised the keeper, who said 3 goals were his.", ["The coach", "the keeper"]),
    ("The vet, a rider who said 8 colts were ill, asked to leave.", ["a rider", "The vet"]),
    ("A friend of the rider said 11 of the 12 jurors had agreed.", ["A friend of the rider"]),
    ("Fellow rower, engineer Jon Weir, 60, from Hull, East Riding, said it sank.", ["Fellow rower, engineer Jon Weir"]),
    ("A probe in May covered the lab's first finding that 12 lamps burst.", ["the lab"]),
    # no verb of saying
    ("One such tool called “Marble” allowed spies in.", []),
    ("Moll quit his bid with all the noise that has characterized his life.", []),
    ("The sons tried to have him declared unfit.", []),
    ("The jar bore the Honey Board (HB) Certified Pure label.", []),
    ("The kind things guests say about the inn are framed.", []),
    ("Slides that help explain 12 rules are ready.", []),
    ("The box that police put on 3 shelves was empty.", []),
    ("Radio Holm said 12 hens died, citing the release of 40 foxes.", ["Radio Holm", "Radio Holm"]),
    # where a title, a list, a second clause ends
    ("Though Moll said it was “a fair deal,” he sold 12 more.", ["Moll"]),
    ("“We won,” Moll said before adding that Hull, Leeds and York had lost.", ["Moll", "Moll"]),
]


@pytest.mark.parametrize(("text", "names"), ONE_SPEAKER)
def test_each_statement_has_its_own_speaker(text: str, names: list[str]) -> None:
    assert [f.attribution[-1].source for f in attributed(text)] == names


HELD = [
    ("The club sought a licence for the hall.", True),
    ("The parliament rejected the report.", True),
    ("The board rejected the figure of 300 farms.", False),
    ("The club sought to build 12 courts.", False),
    ("The prize went to players who defended the wings.", True),
    ("Shops must show loyalty.", True),
    ("Surveys show that 12 shops closed.", False),
    ("The band maintains good play.", True),
    ("The band maintains that 12 songs were lost.", False),
    ("Shops must show loyalty in every choice they make.", True),
    ("The blast raised concerns that 12 pipes would burst.", True),
    ("The band's claim that 12 songs were lost drew laughs.", False),
]


@pytest.mark.parametrize(("text", "doubtful"), HELD)
def test_what_is_held_without_words_is_doubtful(text: str, doubtful: bool) -> None:
    (found,) = attributed(text)
    assert any(u.field == "attribution" for u in found.unsure) is doubtful


ACCORDING = [
    ("According to the club, the 12 players, all boys, left.", "the club", "the 12 players, all boys, left"),
    ("According to the vet, giving foods that fatten, such as oats, corn and hay, is bad.", "the vet",
     "giving foods that fatten, such as oats, corn and hay, is bad"),
    ("It was shut because according to the vet, the 12 cows were ill.", "the vet", "the 12 cows were ill"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "words"), ACCORDING)
def test_a_source_in_according_to_ends_where_the_statement_begins(text: str, name: str, words: str) -> None:
    (found,) = attributed(text)
    assert (found.attribution[-1].source, found.exact) == (name, words)


BROKEN = [
    (
        "Lenox was a farm of 40 acres, Moll said, until it went bankrupt.",
        "Lenox was a farm of 40 acres … until it went bankrupt",
    ),
    ("Though it was calm, Moll said, moving 12 cows was hard.", "Though it was calm … moving 12 cows was hard"),
    ("Two cows died, Moll said, as vets searched the barn.", "Two cows died"),
]


@pytest.mark.parametrize(("text", "words"), BROKEN)
def test_a_statement_goes_on_behind_its_speaker(text: str, words: str) -> None:
    (found,) = attributed(text)
    assert " … ".join(text[a:b] for a, b in found.content) == words


TWO_STEPS = [
    ("Frost burst 40 pipes, the water board said, according to the Echo.",
     ["the Echo", "the water board"], "Frost burst 40 pipes"),
    ("The tram halves the noise, says Ana Lund, cited by the Echo.", ["the Echo", "Ana Lund"], "The tram halves the noise"),
    ("The choir, quoted in the Vale Weekly, said two were ill.", ["the Vale Weekly", "The choir"], "two were ill"),
    ("The lifts failed, according to the owner, as reported by Vale TV.", ["Vale TV", "the owner"], "The lifts failed"),
    ("The choir said, according to Vale TV, that two were ill.", ["Vale TV", "The choir"], "two were ill"),
    ("The dean was quoted by Vale TV as saying the roof leaked.", ["Vale TV", "The dean"], "the roof leaked"),
    ("“The roof leaked,” the dean was quoted as saying by Vale TV.", ["Vale TV", "the dean"], "The roof leaked"),
    ("The roof leaked, the Echo quoted the dean as saying.", ["the Echo", "the dean"], "The roof leaked"),
    ("The dean said two left, the Echo quoted him as saying.", ["the Echo", "The dean"], "two left"),
    ("The dean said in remarks carried by Vale TV that two left.", ["Vale TV", "The dean"], "two left"),
    ("The dean, in brief remarks carried by Vale TV, said two left.", ["Vale TV", "The dean"], "two left"),
    ("Vale TV reported, citing the dean, that two left.", ["Vale TV", "the dean"], "two left"),
    ("The dean said two left, the Echo reported on Sunday, citing his aide.", ["the Echo", "his aide", "The dean"], "two left"),
]  # fmt: skip
HEADLINES = [
    ("The Echo, which cited two aides, said the dean would go.", ["The Echo", "two aides"], "the dean would go"),
    ("The court heard from a nurse that 15 beds were wet.", ["a nurse"], "15 beds were wet"),
    ("Polls put Roe on 44 and Moe on 41.", ["Polls"], "Roe on 44 and Moe on 41"),
    ("Dam ‘was cracked’, report finds", ["report"], "Dam ‘was cracked’"),
    ("“If we lose, we lose,” shrugged coach Dario Penn.", ["coach Dario Penn"], "If we lose, we lose"),
    ("UPDATE 2-Northbank says fees fell 12", ["Northbank"], "fees fell 12"),
    ("WRAPUP 1-Fees jump, ushers say", ["ushers"], "Fees jump"),
    ("Moll was quoted in the Lark Echo as saying two left.", ["the Lark Echo", "Moll"], "two left"),
    ("Moll was quoted on Monday as saying two left.", ["Moll"], "two left"),
    ("Watch: Coach says 12 fans left", ["Coach"], "12 fans left"),
    ("EXCLUSIVE-Northbank to cut 300 jobs, sources say", ["sources"], "Northbank to cut 300 jobs"),
    ("Queue grows to 40, says usher", ["usher"], "Queue grows to 40"),
    ("Oslo weather: Frost expected, says bureau", ["bureau"], "Oslo weather: Frost expected"),
    ("The stage is cracked, engineers fear.", ["engineers"], "The stage is cracked"),
    ("The flu has hit 75 choirs, the board confirmed late on Monday.", ["the board"], "The flu has hit 75 choirs"),
    ("The usher denied he had asked for 2 million euros.", ["The usher"], "he had asked for 2 million euros"),
    ("The candidate, her aide said, denies it.", ["her aide"], "The candidate, her aide said, denies it"),
    ("Study: One in six pianists retire early", ["Study"], "One in six pianists retire early"),
    ("Two left, the dean said, even", ["the dean"], "Two left"),
    ("Moll was quoted in court as saying two left.", ["Moll"], "two left"),
    ("The inquiry learned from the ushers on Monday that two left.", ["the ushers"], "two left"),
    ("The mayor learned from Ann Roe last week that two left.", ["Ann Roe"], "two left"),
    ("The board learned from two vets in March that two left.", ["two vets"], "two left"),
    ("The vet said two cows died, a claim that farmers welcomed.", ["The vet"], "two cows died"),
]


@pytest.mark.parametrize(
    "text", ["Lease disputed again", "FACTBOX-What we know of the bridge", "Opinion: The dean is wrong"]
)
def test_a_headline_that_nobody_says_has_no_source(text: str) -> None:
    assert attributed(text) == []


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Northbank: Fees have risen", False),
        ("Tram service: 12 routes cut", False),
        ("Rent review: 12 halls to close", False),
        ("Northbank: We have won", True),
        ("Harbour police: 12 boats held", True),
    ],
)
def test_a_word_before_a_colon_may_be_what_the_headline_is_about(text: str, sure: bool) -> None:
    (found,) = attributed(text)
    assert found.unsure == (() if sure else (Unsure("attribution", "speaker"),))


@pytest.mark.parametrize(("text", "names", "words"), [*PASSED_ON, *TWO_STEPS, *HEADLINES])
def test_who_says_it_and_who_passes_it_on_are_told_apart(text: str, names: list[str], words: str) -> None:
    (found,) = attributed(text)
    assert ([h.text for h in found.attribution], found.exact) == (names, words)


def test_what_another_doubts_behind_a_semicolon_is_his() -> None:
    first, second = attributed("Fees may top 2 million, brokers warned; the dean doubts they will exceed 3 million.")
    assert (first.attribution[-1].text, first.stance.value) == ("brokers", "asserts")
    assert (second.attribution[-1].text, second.stance.value) == ("the dean", "doubts")


def test_a_claim_and_its_denial_have_a_speaker_each() -> None:
    made, denied = attributed(
        "The rowers' claim that the lake, empty since May, had held 40 pikes was rejected by the warden."
    )
    assert (made.attribution[-1].source, made.stance.value) == ("The rowers'", "asserts")
    assert (denied.attribution[-1].source, denied.stance.value) == ("the warden", "denies")
    assert made.exact == denied.exact == "the lake, empty since May, had held 40 pikes"


def test_who_expected_another_figure_counted_this_one() -> None:
    had, counted = attributed("Brandt, who had expected 900, counted 2,300.")
    assert (had.attribution[-1].source, had.stance.value) == ("Brandt", "doubts")
    assert (counted.attribution[-1].source, counted.stance.value) == ("Brandt", "asserts")


OWN = [
    # a verb behind "and" keeps its subject
    ("The club lost 3 million euros and expects to lose more.", "The club lost 3 million euros", False),
    ("The vet checked the gauge, saw 40 bars and told us to leave.", "The vet checked the gauge, saw 40 bars", False),
    ("Moll says he won, but left 40 pages blank.", "Moll … but left 40 pages blank", True),
    ("Clinics promised to hire 300 nurses but have hired 40.", "Clinics … but have hired 40", True),
    ("The salve, which vets say is safe, was tried on 90 cows.", "The salve … was tried on 90 cows", False),
    ("Despite what the club says, the hall lost 40 seats.", "Despite what the club says, the hall lost 40 seats", True),
    # a clause joined to what somebody says may be more of it
    ("The vet said two cows recovered, although nine needed a drip.", "although nine needed a drip", True),
    ("Two cows died, the vet said, while 300 were missing.", "300 were missing", True),
    ("The vet reported 12 cases Sunday, but the farm lost 40 cows.", "the farm lost 40 cows", True),
    ("The club says it sold 900 seats; the hall holds 700.", "the hall holds 700", False),
    # what begins with its figure is a statement too
    ("Nine needed a drip.", "Nine needed a drip", False),
    ("Nine needed a drip. The vet confirmed the number.", "Nine needed a drip", True),
]


@pytest.mark.parametrize(("text", "words", "doubtful"), OWN)
def test_what_nobody_else_says_stands_with_its_subject_and_may_be_doubtful(
    text: str, words: str, doubtful: bool
) -> None:
    (found,) = (f for f in suggest.find(text) if not f.attribution)
    assert (said(text, found), bool(found.unsure)) == (words, doubtful)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Commission chair Vera Lund said 40 farms had closed.", ["Commission chair Vera Lund"]),
        ("Site owner Brickhill said 12 homes would be built.", ["Site owner Brickhill"]),
        ("Norvia spokesman Ken Holm said 12 cars were recalled.", ["Norvia", "Norvia spokesman Ken Holm"]),
        (
            "According to a list drawn up by the guild and passed on by Mayor Tessel, 90 kilns stand cold.",
            ["Mayor Tessel", "a list drawn up by the guild"],
        ),
    ],
)
def test_a_capital_at_the_beginning_names_no_body_and_who_hands_on_is_a_relay(text: str, names: list[str]) -> None:
    assert [hop.source for hop in suggest.find(text)[0].attribution] == names


@pytest.mark.parametrize(
    ("text", "acting"),
    [
        ("Captain Ria Moll slammed her logbook on the table. “We were pushed.”", True),
        ("The minister shrugged. “Nobody warned us.”", True),
        ("Captain Ria Moll slammed the plan on Friday.", False),
    ],
)
def test_a_blow_to_a_thing_says_nothing_and_who_acts_may_speak(text: str, acting: bool) -> None:
    (found,) = suggest.find(text)
    assert (found.pattern == "action") is acting


EDGES = [
    ("Ann Roe, a judge who won in May, left early.\nIda Moe, a coach who said two were ill, left.", "Ida Moe"),
    ("Seals died, according to the group Tern, with 140 seals beaching.", "Tern"),
    ("Seals were seen by Tern as ill following talks with 40 vets.", "Tern"),
    ("Jordan shut its port.\nMinister Jordan Pell said two left.\nJordan said two came back.", "Jordan"),
    ("In a Lark interview Roe said 9 lamps broke.", "Roe"),
    ("The clinic reportedly apologised to 40 vets.", ""),
    ("The vet warned against a plan that would drain 40 ponds.", "The vet"),
    ("Roe held services and one who came has come out saying 12 goats were kept.", "one"),
    ("Roe proposed a hall for 40 men, and put a plan in place for 9 rooms.", "Roe"),
]


@pytest.mark.parametrize(("text", "source"), EDGES)
def test_a_source_is_whole_and_holds_nothing_else(text: str, source: str) -> None:
    assert attributed(text)[-1].attribution[-1].source == source


def test_a_pronoun_is_doubted_where_the_one_before_is_of_the_other_sex() -> None:
    (found,) = attributed("Moll Reed was ill when he lost his job. She said 40 had left.")
    assert found.unsure == (Unsure("attribution", "pronoun"),)


SECOND_CLAUSES = [
    (
        "The board said it would cut 40 jobs, but would keep the plant.",
        "it would cut 40 jobs, but would keep the plant",
    ),
    ("Police say 40 cars were burned, yet insurers find 22.", "40 cars were burned"),
    ("Police said 12 men were held but gave no names.", "12 men were held"),
    ("The dean said fees had halved, a claim the union disputes.", "fees had halved"),
    ("The dean rejected the view that fees had doubled.", "fees had doubled"),
    ("The dean's prediction that 900 would strike proved wrong.", "900 would strike"),
    ("The jury ruled that the song was stolen, a decision the band will fight.", "the song was stolen"),
    ("The firm now promises it will pay 40 guests.", "it will pay 40 guests"),
    ("The airline apologised and promised refunds for 300 guests.", "refunds for 300 guests"),
    ("The inn apologised and promised refunds to 40 guests.", "refunds to 40 guests"),
]


@pytest.mark.parametrize(("text", "words"), SECOND_CLAUSES)
def test_a_statement_goes_on_behind_but_where_its_subject_does(text: str, words: str) -> None:
    assert attributed(text)[0].exact == words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fares will rise, its owner, Lark Trams, said.", "Lark Trams"),
        ("A neighbour, Mia Holm, said she saw two cars.", "Mia Holm"),
        ("One of its founders, Ben Ott, said that 40 jobs would go.", "Ben Ott"),
        ("The toll is 31, Marle General Hospital said. Earlier it had spoken of 27.", "Marle General Hospital"),
        ("The Toy Board on Monday recalled 900 dolls, it said in a statement.", "The Toy Board"),
        ("It paid no tax, according to accounts filed on Friday.", "accounts"),
        ("Voss Ltd shut two mills. The company said 40 jobs would go.", "Voss Ltd"),
        ("Voss Ltd met Arlen Inc. The company said 40 jobs would go.", "The company"),
        ("Mayor Ada Moss visited Voss Ltd. The operator said 40 jobs would go.", "Voss Ltd"),
        ("The roof fell, the bureau said after correcting its map.", "the bureau"),
        ("Nine rooms leak, a survey released on Monday shows.", "a survey"),
        ("Payroll records obtained by the guild show 31 ghost clerks.", "Payroll records obtained by the guild"),
        ("If the club says 9 were hurt, it is lying, the dean replied.", "the dean"),
    ],
)
def test_a_source_goes_by_its_name_without_what_it_is(text: str, name: str) -> None:
    assert [f.attribution[-1].source for f in suggest.find(text) if f.attribution][-1] == name


def test_a_quotation_that_goes_on_behind_its_speaker_is_told_sentence_by_sentence() -> None:
    told = '"Two gates broke," said Ann Roe. "A third held on Monday."\n\n"The sluice," she said, "was open."'
    found = [f for f in suggest.find(told) if f.attribution]
    whole = [[told[a:b] for a, b in f.content] for f in found]
    apart = [f.exact for held in found for f in suggest.sentence_by_sentence(told, held)]
    assert whole == [["Two gates broke", "A third held on Monday."], ["The sluice", "was open."]]
    assert apart == ["Two gates broke", "A third held on Monday.", 'The sluice," she said, "was open.']


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("As many as 20 sheep are said to be ill.", "As many as 20 sheep are said to be ill"),
        ("At least 40 homes are believed to have burned.", "At least 40 homes are believed to have burned"),
    ],
)
def test_a_statement_takes_the_hedge_of_the_figure_that_it_begins_with(text: str, words: str) -> None:
    assert [f.exact for f in suggest.find(text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge cost 40 million, more than the council had said.",
        "Sales rose 4 percent, two points fewer than the bank said last week.",
        "The carmaker recalled 3,000 vans after two fires.",
    ],
)
def test_a_comparison_and_a_recall_of_goods_are_nobody_s_statement(text: str) -> None:
    assert not attributed(text)


def test_each_sentence_of_a_quotation_has_a_stance_of_its_own() -> None:
    told = (
        '"We have no evidence that the lift fell," said Ann Roe. "It was closed in May. There is no proof of a fault."'
    )
    told += '\n\n"It is shut," said Ben Ott. "We have no evidence that 40 are trapped."'
    apart = [f for held in attributed(told) for f in suggest.sentence_by_sentence(told, held)]
    assert [(f.exact, f.stance) for f in apart if "closed" not in f.exact] == [
        ("the lift fell", Stance.DOUBTS),
        ("It is shut", Stance.ASSERTS),
        ("40 are trapped", Stance.DOUBTS),
    ]
    assert next(f.stance for f in apart if "closed" in f.exact) is Stance.ASSERTS


@pytest.mark.parametrize(
    ("text", "source", "figures"),
    [
        ("The shaft flooded on Monday, the owner said, trapping nine men.", "the owner", ["nine"]),
        ("The roof gave way, a witness said, burying three cars.", "a witness", ["three"]),
        ("The river burst its banks, the board said, leaving 40 families homeless.", "the board", ["40"]),
        ("The cable snapped, the operator said on Sunday, stranding 60 skiers.", "the operator", ["60"]),
        ("A storm crossed the bay, the grid said, cutting power to 9,000 homes.", "the grid", ["9,000"]),
        ("A bus hit a wall, said the mayor, injuring 12 pupils.", "the mayor", ["12"]),
        ("Vandals broke in, according to police, wrecking 14 cars.", "police", ["14"]),
        ("A dyke broke, the farmer told villagers, flooding 6 barns.", "the farmer", ["6"]),
        ("The toll stands at 40, the clinic said, updating a count of 31.", "the clinic", ["40"]),
        ("Sales fell 4 percent, the bank said, speaking to 12 brokers.", "the bank", ["4 percent"]),
    ],
)
def test_a_deed_goes_on_behind_its_speaker(text: str, source: str, figures: list[str]) -> None:
    found = [f for f in suggest.find(text) if f.attribution]
    assert [(f.attribution[-1].text, [q.text for q in f.quantities]) for f in found] == [(source, figures)]


@pytest.mark.parametrize(
    ("text", "source", "said"),
    [
        ("A cook who did not want to be identified said nine ovens were broken.", "A cook", "nine ovens were broken"),
        ("A guide who declined to give his full name said 12 ropes were worn.", "A guide", "12 ropes were worn"),
        ('"We counted 40 swans" – a warden who would not be named.', "a warden", "We counted 40 swans"),
        ('"It sank in two minutes" — one of the rowers', "one of the rowers", "It sank in two minutes"),
        (
            "The weekly reported that the mill, citing costs, would shed 40 jobs.",
            "The weekly",
            "the mill, citing costs, would shed 40 jobs",
        ),
        (
            "The audit cast doubt on the zoo's claim to have bred 40 otters.",
            "The audit",
            "the zoo's claim to have bred 40 otters",
        ),
        ("The nets were torn, the inquest heard from skipper Ivo Lund.", "skipper Ivo Lund", "The nets were torn"),
        (
            "It is no secret, said the abbot, that the roof leaks.",
            "the abbot",
            "It is no secret, said the abbot, that the roof leaks",
        ),
        (
            "The umpire, said coach Ada Moss, had dozed off.",
            "coach Ada Moss",
            "The umpire, said coach Ada Moss, had dozed off",
        ),
        (
            "According to a survey led by Dr Ida Falk, 40 wells are dry.",
            "a survey led by Dr Ida Falk",
            "40 wells are dry",
        ),
        (
            "Quoting a letter from the vicar, the Gleaner said 6 bells were sold.",
            "a letter from the vicar",
            "6 bells were sold",
        ),
        ("As one baker put it, the town is a queue.", "one baker", "the town is a queue"),
        ("As the vet in charge puts it, 80 cows died.", "the vet in charge", "80 cows died"),
        (
            "The owner of the ram that bit the vet said 9 ewes were sold.",
            "The owner of the ram that bit the vet",
            "9 ewes were sold",
        ),
        ("Lund said her late uncle, Per, had warned of 9 leaks.", "Lund", "her late uncle, Per, had warned of 9 leaks"),
    ],
)
def test_who_is_not_named_who_cites_and_who_casts_doubt(text: str, source: str, said: str) -> None:
    assert [(f.attribution[-1].text, f.exact) for f in attributed(text)] == [(source, said)]


@pytest.mark.parametrize("text", ["The usher refused to give her name.", "The diver did not want to be identified."])
def test_who_remains_unnamed_says_nothing_by_it(text: str) -> None:
    assert not attributed(text)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("The hearing, adjourned on Tuesday last week, will resume on 9 January.", ["2024-11-05", "2025-01-09"]),
        ("A pass will go from £6.20 to £6.50 in January.", ["2025-01"]),
        ("Tickets will be sold on Friday (0900 GMT Friday), it said.", ["2024-11-15", "2024-11-15T09:00Z"]),
        ("The pool, shut since May, is to reopen in March.", ["2024-05", "2025-03"]),
    ],
)
def test_what_is_to_come_is_found_with_its_dates(text: str, dates: list[str]) -> None:
    assert [t.earliest for f in suggest.find(text, "2024-11-14") for t in f.times] == dates


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The queue, put at 900 by the shop and 300 by police, was gone by noon.",
            [("the shop", ["900"]), ("police", ["300"])],
        ),
        ("The toll was put at 40 by the army, but 65 by the rebels.", [("the army", ["40"]), ("the rebels", ["65"])]),
        ("The loss, estimated at $3m by insurers, may rise.", [("insurers", ["estimated at $3m"])]),
        ("The key was put at the top of the list by 12 guests.", []),
        (
            "Turnout was 48 percent according to the board but 20 percent according to the union.",
            [("the board", ["48 percent"]), ("the union", ["20 percent"])],
        ),
        ("Some 30 were hurt, according to the clinic, while others fled.", [("the clinic", ["Some 30"])]),
        ("Papers seen by the Globe show that the mill paid £4m.", [("Papers seen by the Globe", ["£4m"])]),
        ("Members backed the merger by 5,310 to 4,988.", []),
        ("The airline apologised to the 180 passengers.", []),
        ("He was arrested on Sunday and charged the following day.", []),
    ],
)
def test_a_figure_is_that_of_whom_it_is_put_by(text: str, told: list[tuple[str, list[str]]]) -> None:
    assert [(f.attribution[-1].text, [q.text for q in f.quantities]) for f in attributed(text)] == told


@pytest.mark.parametrize(
    ("text", "stance", "said"),
    [
        ('The chair dismissed talk of 1,500 layoffs as "nonsense".', Stance.DENIES, "talk of 1,500 layoffs"),
        ('The army dismissed as "lies" talk of 40 desertions.', Stance.DENIES, "talk of 40 desertions"),
        ("The firm laughed off talk of 200 redundancies.", Stance.DENIES, "talk of 200 redundancies"),
        ("The zoo refused to comment on reports that two lions fled.", Stance.DOUBTS, "reports that two lions fled"),
    ],
)
def test_talk_is_denied_and_reports_are_not_commented_on(text: str, stance: Stance, said: str) -> None:
    assert [(f.stance, f.exact) for f in attributed(text)] == [(stance, said)]


@pytest.mark.parametrize(
    ("text", "source", "said"),
    [
        ("The bank said profit rose 4%.", "The bank", "profit rose 4%"),
        ("She told the court that it cost 40€.", "She", "it cost 40€"),
        ("The mayor said it was -4°C.", "The mayor", "it was -4°C"),
        ("Bidding closes tomorrow at 8 p.m., the house said.", "the house", "Bidding closes tomorrow at 8 p.m."),
        ("Trading resumes on Monday, the exchange said.", "the exchange", "Trading resumes on Monday"),
        ("The tally could double to 600, the agency fears.", "the agency", "The tally could double to 600"),
        ("There was no truth in rumours of 40 lay-offs, the owner said.", "the owner", "rumours of 40 lay-offs"),
        ('The sergeant said it was "simply wrong" that 12 cells leaked.', "The sergeant", "12 cells leaked"),
    ],
)
def test_a_statement_keeps_its_last_sign_and_its_speaker(text: str, source: str, said: str) -> None:
    assert [(f.attribution[-1].text, f.exact) for f in attributed(text)] == [(source, said)]


@pytest.mark.parametrize(
    "text",
    ["The vase fetched £1.2m, three times its estimate.", "Who ordered the 48 evictions?", "Who said 40 boats sank?"],
)
def test_an_estimate_that_is_owned_and_who_speak_for_nobody(text: str) -> None:
    assert not attributed(text)


@pytest.mark.parametrize(
    "text",
    ['The baker said it was "simply false" that 12 ovens broke.', "There is no truth in talk of 12 closures, he said."],
)
def test_what_is_called_false_in_other_words_is_denied(text: str) -> None:
    assert [f.stance for f in attributed(text)] == [Stance.DENIES]


def test_a_few_words_behind_a_dash_may_be_who_says_it() -> None:
    assert suggest.find("Storm hits coast, 40 boats lost — harbour lodge")[0].unsure


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The depot, in an email, put the number of vans at 240.", "The depot"),
        ("The mill, in its annual report, said 12 looms had burned.", "The mill"),
        ("Ms Roe, via email, said 12 would go.", "Ms Roe"),
        ("Ann Roe, of Leeds, said 12 would go.", "Ann Roe, of Leeds"),
        ('"Sixteen barns are gone," said fire chief Dan Orr by phone from the scene.', "fire chief Dan Orr"),
        ("According to a memo seen by the Globe and dated 3 March, 90 jobs would go.", "a memo seen by the Globe"),
    ],
)
def test_where_and_how_somebody_spoke_is_no_part_of_the_name(text: str, source: str) -> None:
    assert [f.attribution[-1].text for f in attributed(text)] == [source]


@pytest.mark.parametrize(
    ("text", "stance", "said"),
    [
        (
            'The curator called reports of 60 lost coins "wildly exaggerated".',
            Stance.DENIES,
            "reports of 60 lost coins",
        ),
        ("The bank played down talk of 90 closures.", Stance.DOUBTS, "talk of 90 closures"),
    ],
)
def test_reports_that_are_called_exaggerated_and_played_down(text: str, stance: Stance, said: str) -> None:
    assert [(f.stance, f.exact) for f in attributed(text)] == [(stance, said)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Analysts are sceptical that the mill can ship 900 looms.", [("Analysts", Stance.DOUBTS)]),
        ("The board is not convinced that 12 posts are needed.", [("The board", Stance.DOUBTS)]),
        ("The union is confident that 300 jobs can be saved.", [("The union", Stance.ASSERTS)]),
        ("The club was adamant that 12 players had trained.", [("The club", Stance.ASSERTS)]),
        ("The mayor remains unconvinced that 90 flats are needed.", [("The mayor", Stance.DOUBTS)]),
        ("It is certain that 40 left.", []),
        ("Images analysed by the institute show that 40 lakes shrank.", [("Images analysed by the institute", Stance.ASSERTS)]),
        ("Some 40 lakes shrank, images analysed by the institute show.",
         [("images analysed by the institute", Stance.ASSERTS)]),
        ('Minister Ada Moe – "We owe 15 million" – said the bank knew.', [("Minister Ada Moe", Stance.ASSERTS)] * 2),
        ("The skipper told his wife, who told this paper, that 60 crates fell.", [("The skipper", Stance.ASSERTS)]),
        ("A cook told her brother, who is a lawyer, that 12 were ill.", [("A cook", Stance.ASSERTS)]),
    ],
)  # fmt: skip
def test_who_holds_it_who_shows_it_and_who_passes_it_on(text: str, told: list[tuple[str, Stance]]) -> None:
    assert [(f.attribution[-1].text, f.stance) for f in attributed(text)] == told


def test_who_passes_it_on_is_a_relay() -> None:
    (found,) = attributed("Villagers told the aid group Clear Well, which passed it to this paper, that 16 had died.")
    assert [(h.text, h.role) for h in found.attribution] == [
        ("the aid group Clear Well", Role.RELAY), ("Villagers", Role.ORIGIN),
    ]  # fmt: skip


def test_what_nobody_claimed_to_have_done_is_not_sure() -> None:
    (found,) = attributed("The surgeon has never claimed to have set 1,000 bones, his lawyer said.")
    assert [q.why for q in found.quantities] == ["denied"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The scheme, ministers claim, will create 5,000 jobs.", [("ministers", Stance.ASSERTS)]),
        ("The dam, residents fear, could flood 300 homes.", [("residents", Stance.ASSERTS)]),
        ("The vicar is adamant he never had 40 bells.", [("The vicar", Stance.ASSERTS)]),
        ("Nothing suggests that 14 passes were stolen, the consul said.", [("the consul", Stance.DOUBTS)]),
        ("The owner would say only that 40 had left.", [("The owner", Stance.ASSERTS)]),
        ("The chair wrote to members that 60 acres would be sold.", [("The chair", Stance.ASSERTS)]),
        ("The mayor let slip that 12 streets would be closed.", [("The mayor", Stance.ASSERTS)]),
        ("Police are investigating claims that 18 clerks were robbed.", [("", Stance.ASKS)]),
        ("If, as the union says, 400 drivers quit, buses will stop.", []),
    ],
)
def test_who_speaks_between_commas_who_wrote_and_who_only_looks_into_it(
    text: str, told: list[tuple[str, Stance]]
) -> None:
    assert [(f.attribution[-1].text, f.stance) for f in attributed(text)] == told


@pytest.mark.parametrize(
    "text",
    [
        "It was left to the cook to reveal that 30 meals had been thrown away.",
        "The firm is accused of dumping 60 barrels.",
        "The mill never employed 400 people, its owner told the inquiry, but 40.",
    ],
)
def test_what_somebody_may_have_said_is_not_surely_the_publisher_s(text: str) -> None:
    own = [f for f in suggest.find(text) if not f.attribution]
    assert own
    assert all(f.unsure for f in own)


@pytest.mark.parametrize(
    ("text", "source", "said"),
    [
        ("Police figures show crime fell 12%.", "Police figures", "crime fell 12%"),
        ("Club reports suggest 40 fans left.", "Club reports", "40 fans left"),
        ("The report, due out on Monday, will say that 14 alarms failed.", "The report", "14 alarms failed"),
        ('The chair, asked for comment, said only: "We lost 40 members."', "The chair", "We lost 40 members."),
        ("Asked to comment on the 14 deaths, the firm did not reply.", "the firm", "the 14 deaths"),
    ],
)
def test_figures_that_show_and_answers_that_say_little(text: str, source: str, said: str) -> None:
    assert [(f.attribution[-1].text, f.exact) for f in attributed(text)] == [(source, said)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nobody agrees. Union: 300 jobs to go. Price: 40 euros.", [("Union", "300 jobs to go")]),
        ("The club, whose captain said 40 fans were hurt, lost again.", [("whose captain", "40 fans were hurt")]),
        ("The Gazette, which first reported the deal, said 40 jobs would go.", [("The Gazette", "40 jobs would go")]),
        ("They differ. Ministry of Health: 12 dead.", [("Ministry of Health", "12 dead")]),
        ("The bell weighs 44 pounds, or 20 kg, said the cook.", [("the cook", "The bell weighs 44 pounds, or 20 kg")]),
        ("Echo FM, which reported 40 deaths, was wrong.", [("Echo FM", "40 deaths")]),
    ],
)
def test_labels_in_the_text_whose_and_who_broke_the_news(text: str, said: list[tuple[str, str]]) -> None:
    found = [f for f in suggest.find(text) if f.attribution]
    assert [(f.attribution[0].source, f.exact) for f in found] == said


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("The report, whose authors said 30 rivers were foul, will be debated, officials said.", [False]),
        ("The club, which says it has 900 members, will move, the council said.", [False]),
        ("The bus, which carried 30 nuns, fell into a ravine, police said.", [True]),
        ("Organisers said 400 came; police, 150.", [True, False]),
        ("A study found that 40 nurses would quit; the ministry, 12.", [True, False]),
        ("Organisers said 400 came; 30 of them sang.", [True, True]),
    ],
)
def test_who_speaks_in_an_aside_or_without_a_verb_may_not_have_been_heard(text: str, sure: list[bool]) -> None:
    assert [("attribution", "unheard") not in [(u.field, u.why) for u in f.unsure] for f in suggest.find(text)] == sure


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The guide told hikers as they set out that the hut was full.", [("The guide", "the hut was full")]),
        ("He told Radio Tarn after he won that he would stay.", [("He", "he would stay")]),
        ("According to police 40 of the boats were sunk.", [("police", "40 of the boats were sunk")]),
        ("According to bakers 80% of it was rye.", [("bakers", "80% of it was rye")]),
        ("According to Channel 4 the dam broke.", [("Channel 4", "the dam broke")]),
        ("The clerk put the sum owed at £4,000.", [("The clerk", "the sum owed at £4,000")]),
        ("The Tarn Observatory registered 26 tremors.", [("The Tarn Observatory", "26 tremors")]),
        ("The cook said about a dozen hens were lost.", [("The cook", "about a dozen hens were lost")]),
        ("Nine hens, says the cook.", [("the cook", "Nine hens")]),
        ("The plea was waved away in the board's report, which found “no risk”.", [("the board's report", "no risk")]),
        ("At least 40, said the union.", [("the union", "At least 40")]),
        ("In all, says Roe, a judge, nine died.", [("Roe", "In all, says Roe, a judge, nine died")]),
        ("By then, said the cook, the hens had left.", [("the cook", "By then, said the cook, the hens had left")]),
        (
            "In a letter, Tarn Valley Bank said it closed. It said it had repaid 2,000 savers.",
            [("Tarn Valley Bank", "it closed"), ("Tarn Valley Bank", "it had repaid 2,000 savers")],
        ),
    ],
)
def test_who_is_told_when_and_what_opens_a_figure_end_no_statement(text: str, said: list[tuple[str, str]]) -> None:
    found = [f for f in suggest.find(text) if f.attribution]
    assert [(f.attribution[-1].source, f.exact) for f in found] == said


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("Mr Roe outlined work for a “foreign client” in emails.", [True]),
        ("The union laid out nine gas corridors.", [True]),
        ("Ms Roe spoke about touring with the band.", [True]),
        ("A fisherman spoke of nearly 60 boats.", [False]),
        ("The mayor spoke of how 40 families had left.", [False]),
        ("The club's lawyers defended the board's decision to ban fans, saying it was lawful.", [True, False]),
        ("The nuns defended “the right of all to keep bees at home”.", [False]),
        ("The old page reveals their recently deleted posts.", []),
        ("There was no warmth in the statement that follows.", []),
        ("The claim that failed was his.", []),
        ("The claim that 40 pigs failed was his.", [False]),
    ],
)
def test_a_mere_thing_that_somebody_outlines_or_defends_may_be_no_statement(text: str, doubted: list[bool]) -> None:
    found = [f for f in suggest.find(text) if f.attribution]
    assert [("attribution", "cue") in [(u.field, u.why) for u in f.unsure] for f in found] == doubted

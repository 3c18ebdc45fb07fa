"""Who says it: a table of behaviours, each kind in sentences of several domains."""

import pytest

from ledger import suggest
from ledger.records import Found

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
    ("The club sold nine players, transfer filings show.", "transfer filings", "The club sold nine players"),
    ("Ice thinned by 2 metres in a decade, satellite data show.", "satellite data", "Ice thinned by 2 metres in a decade"),
    ("Attendance doubled, ticket sales figures showed.", "ticket sales figures", "Attendance doubled"),
    ("Most voters stayed home, turnout statistics suggest.", "turnout statistics", "Most voters stayed home"),
]  # fmt: skip
NOUNS = [
    ("A complaint from the union that two drivers were underpaid was upheld.", "the union", "two drivers were underpaid"),
    ("The finding by a team in Oslo that 40 lakes were sterile drew praise.", "a team in Oslo", "40 lakes were sterile"),
    ("Reports that the striker had retired were false.", "", "the striker had retired"),
    ("Word that the ferry had sunk reached the port at noon.", "", "the ferry had sunk"),
]  # fmt: skip
ACTIONS = [
    ("Ng shook her head, insisting the trial was fair.", "Ng", "the trial was fair"),
    ("The mayor cut the ribbon, announcing that the tram would run.", "The mayor", "the tram would run"),
]
ABBREVIATIONS = [
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
    "Lake News stops Oslo broadcast as 40 fans leave",
]


@pytest.mark.parametrize("text", NOBODY)
def test_a_noun_an_adjective_or_a_deed_is_no_cue(text: str) -> None:
    assert attributed(text) == []

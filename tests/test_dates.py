"""Times in text, and windows of time of reduced precision."""

from __future__ import annotations

import json
import os
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.dates import bounds, find, relate, window, window_words
from ledger.errors import BadInput
from ledger.records import Span, TimeSpan

SHARED = Path(os.environ.get("CLAIMS_SHARED") or Path(__file__).resolve().parents[2] / "shared")

# a Wednesday
DAY = "2019-06-12"


def _shown(span: TimeSpan) -> tuple[str, str | None, str | None, str]:
    return span.text, span.earliest, span.latest, span.precision.value


# --- what words mean on a Wednesday ---------------------------------------------------------------------------------

DAYS = [
    ("The bridge fell today.", "today", "2019-06-12"),
    ("It rained yesterday morning in the hills.", "yesterday morning", "2019-06-11"),
    ("Polls open tomorrow.", "tomorrow", "2019-06-13"),
    ("They met the day before yesterday.", "day before yesterday", "2019-06-10"),
    ("The dam broke on Monday.", "on Monday", "2019-06-10"),
    ("The mayor, speaking on Wednesday, wept.", "on Wednesday", "2019-06-12"),
    ("Crews found him early on Friday.", "early on Friday", "2019-06-07"),
    ("Sunday’s storm took the roof.", "Sunday", "2019-06-09"),
    ("ON TUESDAY THE MINE CLOSED", "ON TUESDAY", "2019-06-11"),
    ("The court will rule on Friday.", "on Friday", "2019-06-14"),
    ("On Friday, the council will vote.", "On Friday", "2019-06-14"),
    ("The strike will go on, unions said on Tuesday.", "on Tuesday", "2019-06-11"),
    ("It sank two days ago.", "two days ago", "2019-06-10"),
    ("It sank a couple of days ago.", "a couple of days ago", "2019-06-10"),
    ("It opened on 3 May 2018.", "on 3 May 2018", "2018-05-03"),
    ("It opened May 3, 2018, in rain.", "May 3, 2018", "2018-05-03"),
    ("Opened Sat, 07 Jul 2018 here", "Sat, 07 Jul 2018", "2018-07-07"),
    ("It opened on the 21st of September 2018.", "on the 21st of September 2018", "2018-09-21"),
    ("A fire on Sept. 3 killed two.", "on Sept. 3", "2018-09-03"),
    ("It opens on 1 July.", "on 1 July", "2019-07-01"),
    # a weekday leaves only the years in which it meets the day
    ("The fair was due to open on Sunday 9 June.", "on Sunday 9 June", "2019-06-09"),
    ("They married on Tuesday, June 12.", "on Tuesday, June 12", "2018-06-12"),
    ("Filed 2018-02-28 by hand", "2018-02-28", "2018-02-28"),
    ("Filed 28/02/2018 by hand", "28/02/2018", "2018-02-28"),
    ("Filed 02/28/2018 by hand", "02/28/2018", "2018-02-28"),
    ("The village woke at dawn on Monday to smoke.", "dawn on Monday", "2019-06-10"),
    ("Ballots go out a week from Monday.", "Monday", "2019-06-24"),
    ("The fair will open two weeks on Friday.", "on Friday", "2019-06-28"),
    ("It will open in three days.", "three days", "2019-06-15"),
]


@pytest.mark.parametrize(("text", "words", "day"), DAYS)
def test_one_day(text: str, words: str, day: str) -> None:
    assert [_shown(s) for s in find(text, DAY)] == [(words, day, day, "day")]


STRETCHES = [
    ("Shells fell during the night.", "during the night", "2019-06-11", "2019-06-12", "night"),
    ("Overnight, shells fell.", "Overnight", "2019-06-11", "2019-06-12", "night"),
    ("Shells fell last night.", "last night", "2019-06-11", "2019-06-12", "night"),
    ("The vote is tonight.", "tonight", "2019-06-12", "2019-06-13", "night"),
    ("It burned on Sunday night.", "on Sunday night", "2019-06-09", "2019-06-10", "night"),
    ("It burned on the night of 3 May 2018.", "on the night of 3 May 2018", "2018-05-03", "2018-05-04", "night"),
    ("It burned overnight into Monday.", "overnight into Monday", "2019-06-09", "2019-06-10", "night"),
    ("Overnight Sunday to Monday it burned.", "Overnight Sunday to Monday", "2019-06-09", "2019-06-10", "night"),
    ("Talks broke down last week.", "last week", "2019-06-03", "2019-06-09", "week"),
    ("Talks go on this week.", "this week", "2019-06-10", "2019-06-16", "week"),
    ("Earlier this week it snowed.", "Earlier this week", "2019-06-10", "2019-06-12", "range"),
    ("Prices fell last month.", "last month", "2019-05", "2019-05", "month"),
    ("The fee goes up in July.", "July", "2019-07", "2019-07", "month"),
    ("The port expects to unload it in October.", "October", "2019-10", "2019-10", "month"),
    ("Prices fell this year.", "this year", "2019", "2019", "year"),
    ("Prices fell last year.", "last year", "2018", "2018", "year"),
    ("She joined last November.", "last November", "2018-11", "2018-11", "month"),
    ("She joined in October.", "October", "2018-10", "2018-10", "month"),
    ("The rebels took it in May 2015.", "May 2015", "2015-05", "2015-05", "month"),
    ("Held since June 2014, it fell.", "since June 2014", "2014-06", DAY, "range"),
    ("The party, since its founding in 1990, lost.", "since its founding in 1990", "1990", DAY, "range"),
    ("Closed since Monday, it reopened.", "since Monday", "2019-06-10", DAY, "range"),
    ("Closed until Monday, it reopened.", "until Monday", None, "2019-06-10", "range"),
    ("It flooded from Sunday to Tuesday.", "from Sunday to Tuesday", "2019-06-09", "2019-06-11", "range"),
    ("It flooded Saturday to Monday.", "Saturday to Monday", "2019-06-08", "2019-06-10", "range"),
    ("It flooded from Tuesday to Thursday.", "from Tuesday to Thursday", "2019-06-04", "2019-06-06", "range"),
    ("It flooded between 20 and 27 March 2018.", "between 20 and 27 March 2018", "2018-03-20", "2018-03-27", "range"),
    ("It flooded on 20–27 March 2018.", "on 20–27 March 2018", "2018-03-20", "2018-03-27", "range"),
    ("Floods, March 20-27, 2018, were bad.", "March 20-27, 2018", "2018-03-20", "2018-03-27", "range"),
    ("From 28 March to 2 April 2018 it poured.", "From 28 March to 2 April 2018", "2018-03-28", "2018-04-02", "range"),
    ("From November to February 2018 it froze.", "From November to February 2018", "2017-11", "2018-02", "range"),
    ("May-June 2015 was dry.", "May-June 2015", "2015-05", "2015-06", "range"),
    ("From 2011 to 2013 he wrote.", "From 2011 to 2013", "2011", "2013", "range"),
    ("The drought (1968-85) ended.", "1968-85", "1968", "1985", "range"),
    ("He wrote in 1913.", "1913", "1913", "1913", "year"),
    ("The 2003 invasion was short.", "2003", "2003", "2003", "year"),
    ("In early March 2018 it thawed.", "early March 2018", "2018-03-01", "2018-03-10", "range"),
    ("It thawed at the end of 2018-04.", "end of 2018-04", "2018-04-21", "2018-04-30", "range"),
    ("By mid-2016 it had closed.", "mid-2016", "2016-05", "2016-08", "range"),
    ("At the end of 2016 it closed.", "end of 2016", "2016-09", "2016-12", "range"),
    ("It boomed from late 2015 to early 2016.", "from late 2015 to early 2016", "2015-09", "2016-04", "range"),
    ("In the 1990s it thrived.", "1990s", "1990", "1999", "decade"),
    ("Sales in the second quarter of 2018 fell.", "second quarter of 2018", "2018-04", "2018-06", "range"),
    ("Sales in Q4 2018 fell.", "Q4 2018", "2018-10", "2018-12", "range"),
    ("Last summer it burned.", "Last summer", "2018-06", "2018-08", "season"),
    ("In the spring of 2014 it burned.", "spring of 2014", "2014-03", "2014-05", "season"),
    ("Five died in the past 24 hours.", "past 24 hours", "2019-06-11", "2019-06-12", "range"),
    ("Five died over the past three weeks.", "over the past three weeks", "2019-05-22", "2019-06-12", "range"),
    ("Five died in the last two years.", "last two years", "2017-06-12", "2019-06-12", "range"),
    ("A two-week offensive ended.", "two-week offensive", "2019-05-29", "2019-06-12", "range"),
    ("The six-month blockade ended.", "six-month blockade", "2018-12", "2019-06-12", "range"),
    ("It shut three months ago.", "three months ago", "2019-03", "2019-03", "month"),
    ("It shut ten years ago.", "ten years ago", "2009", "2009", "year"),
    ("It lasted from 2014 until now.", "from 2014 until now", "2014", DAY, "range"),
    ("In the last few years it shrank.", "last few years", "2013", DAY, "range"),
    ("In the first week of May 2018 it froze.", "first week of May 2018", "2018-05-01", "2018-05-07", "range"),
    ("Since the start of 2018 it grew.", "Since the start of 2018", "2018-01", DAY, "range"),
    ("Updated 2018-02-28 16:20 here", "2018-02-28 16:20", "2018-02-28T16:20", "2018-02-28T16:20", "minute"),
    ("Two boats sank over the weekend.", "over the weekend", "2019-06-08", "2019-06-09", "range"),
    ("The siren went at 3:30 p.m. on Monday.", "3:30 p.m. on Monday", "2019-06-10T15:30", "2019-06-10T15:30", "minute"),
    ("On Monday at around 9 pm it went.", "On Monday at around 9 pm", "2019-06-10T21", "2019-06-10T21", "hour"),
    ("At 1330 GMT it went.", "1330 GMT", "2019-06-12T13:30Z", "2019-06-12T13:30Z", "minute"),
    ("At noon it went.", "noon", "2019-06-12T12", "2019-06-12T12", "hour"),
    ("From 3pm to 5pm on Monday", "From 3pm to 5pm on Monday", "2019-06-10T15", "2019-06-10T17", "range"),
    ("All left before 2011.", "before 2011", None, "2010", "range"),
    ("All left before 3 May 2018.", "before 3 May 2018", None, "2018-05-02", "range"),
    ("All left after May 2018.", "after May 2018", "2018-06", None, "range"),
    ("He must pay on or before 3 May 2018.", "on or before 3 May 2018", None, "2018-05-03", "range"),
    ("Long before 2011 elections were held", "2011", "2011", "2011", "year"),
    ("It covers 2014 to 2017.", "2014 to 2017", "2014", "2017", "range"),
    ("It went a fortnight ago.", "a fortnight ago", "2019-05-27", "2019-06-02", "week"),
    ("The last two days were dry.", "last two days", "2019-06-10", "2019-06-12", "range"),
    ("It went the night before last.", "night before last", "2019-06-10", "2019-06-11", "night"),
    (
        "It went at 2:30 a.m. (2200 GMT Monday).",
        "2:30 a.m. (2200 GMT Monday)",
        "2019-06-11T02:30+04:30",
        "2019-06-11T02:30+04:30",
        "minute",
    ),
    (
        "At 5 p.m. local time on 3 May 2018 (2100 GMT on 3 May) it went.",
        "5 p.m. local time on 3 May 2018 (2100 GMT on 3 May)",
        "2018-05-03T17-04:00",
        "2018-05-03T17-04:00",
        "hour",
    ),
    (
        "At 3:30 p.m. (1330 GMT) it went.",
        "3:30 p.m. (1330 GMT)",
        "2019-06-12T15:30+02:00",
        "2019-06-12T15:30+02:00",
        "minute",
    ),
]


@pytest.mark.parametrize(("text", "words", "earliest", "latest", "precision"), STRETCHES)
def test_a_stretch(text: str, words: str, earliest: str | None, latest: str | None, precision: str) -> None:
    assert _shown(find(text, DAY)[0]) == (words, earliest, latest, precision)


# a Thursday
THURSDAY = "2022-10-20"
BESIDE = [
    # the week or the year beside the day says it
    ("The choir sang on Monday last week.", "2022-10-10"),
    ("Rangers counted the herd on Friday of last week.", "2022-10-14"),
    ("The mill shut last week on Wednesday.", "2022-10-12"),
    ("The hearing is set for Tuesday next week.", "2022-10-25"),
    ("On Tuesday this week the bakery reopened.", "2022-10-18"),
    ("The union met on Monday and Wednesday last week.", "2022-10-10; 2022-10-12"),
    ("It burned on Tuesday night last week.", "2022-10-11/2022-10-12"),
    ("The orchestra folded on 14 June last year.", "2021-06-14"),
    ("The bridge opened in August last year.", "2021-08"),
    ("Fees change in January next year.", "2023-01"),
    ("In November of last year the vines froze.", "2021-11"),
    ("Between May and July last year, sales fell.", "2021-05/2021-07"),
    ("Last year, in October, the ferry sank.", "2021-10"),
    ("The beams rotted in spring last year.", "2021-03/2021-05"),
    ("Last year, in summer, the hall burned.", "2021-06/2021-08"),
    ("The pier opens in autumn next year.", "2023-09/2023-11"),
    ("It closed in summer and reopened last year.", "2022-06/2022-08; 2021"),
    ("On 11 and 13 May last year it hailed.", "2021-05-11/2021-05-13"),
    ("The pipes burst in early February last year.", "2021-02-01/2021-02-10"),
    ("In 2015, on 6 May, the choir split.", "2015-05-06"),
    # a neighbour's year
    ("The walkouts of 4 May 2019 and of 9 May differ.", "2019-05-04; 2019-05-09"),
    ("On May 2 and May 9, 2013, the well ran dry.", "2013-05-02; 2013-05-09"),
    ("The vote of 12 March and the rerun of 26 March 2017 were void.", "2017-03-12; 2017-03-26"),
    ("He flew in on 28 December 2017 and left on 3 January.", "2017-12-28; 2018-01-03"),
    # a deed lies back, a plan ahead
    ("On 3 December 40 cows drowned.", "2021-12-03"),
    ("The court ruled on 30 October that the fence may stay.", "2021-10-30"),
    ("Thieves broke in on November 1.", "2021-11-01"),
    ("This winter 12 hikers died.", "2021-12/2022-02"),
    ("Burglars struck this Saturday.", "2022-10-15"),
    ("Nobody reached the hut on Saturday due to fog.", "2022-10-15"),
    ("The order of 3/11/2022 was upheld.", "2022-03-11"),
    ("The new fee is effective Nov. 1.", "2022-11-01"),
    ("The ban takes effect on 5 January.", "2023-01-05"),
    ("The deal runs until 30 June.", "/2023-06-30"),
    ("Polls close in April.", "2023-04"),
    # months beside each other
    ("Exports fell in Jan-Mar 2021.", "2021-01/2021-03"),
    ("Sales in Oct.–Dec. 2019 were weak.", "2019-10/2019-12"),
    ("In March and April the wells ran dry.", "2022-03/2022-04"),
    ("In December and January the pass was shut.", "2021-12/2022-01"),
    ("In May, June and July it was dry.", "2022-05; 2022-06/2022-07"),
    ("The fee is due. The hearing is Nov. 3.", "2022-11-03"),
    ("The merger should be over by the end of June.", "/2023-06-30"),
    ("The kiln will be repaired by the weekend.", "/2022-10-22"),
    ("The choir will sing again by mid-March 2024.", "/2024-03-20"),
    ("The mine shut by the end of 2019.", "2019-09/2019-12"),
    ("The lift stopped at 6 p.m. on New Year's Eve 2019.", "2019-12-31T18"),
    ("The fair opens on Boxing Day.", "2022-12-26"),
    ("The ferry sank on May Day 1998.", "1998-05-01"),
    ("The pool reopens on Monday.", "2022-10-24"),
    ("The exhibition runs from 5 December to 15 February.", "2022-12-05/2023-02-15"),
    # stretches that a number or an end says
    ("In the week of October 3, 20 trams were cut.", "2022-10-03/2022-10-09"),
    ("Attendance in the year to September rose.", "2021-10-01/2022-09-30"),
    ("Attendance in the six months to June rose.", "2022-01-01/2022-06-30"),
    ("Over the next five years, it will grow.", "2022-10-20/2027-10-20"),
    ("Over the next two weeks he lost 3 kg.", ""),
    ("In the first six months of 1990 rents rose.", "1990-01/1990-06"),
    ("In the first nine months rents rose.", "2022-01/2022-09"),
    ("In the first nine months of his term rents rose.", ""),
    ("In the quarter ended Sept. 30, sales rose.", "2022-07-01/2022-09-30"),
    ("In the six months to March 31, profit rose.", "2021-10-01/2022-03-31"),
    ("In the week ended Oct. 16 it rained.", "2022-10-10/2022-10-16"),
    ("In the third quarter of fiscal 2022 it rained.", ""),
    ("It fell in March. Since then, prices have doubled.", "2022-03; 2022-03/2022-10-20"),
    ("Earlier in the year it snowed.", "2022/2022-10-20"),
    ("Output for 1992 was below 1991's.", "1992; 1991"),
    ("He left in '92, on 10/22/92.", "1992; 1992-10-22"),
    ("The last Sunday of September was wet.", "2022-09-25"),
    ("On the first Monday in May 2019 it rained.", "2019-05-06"),
    # one of many, or of a year of accounts
    ("One Sunday in March, she left.", "2022-03"),
    ("On a rainy Friday, the roof fell.", ""),
    ("In fiscal year 2019 it lost money.", ""),
    ("The guild said that Monday was calm.", "2022-10-17"),
    # a verb is no part of a month
    ("Works will start in May.", "2023-05"),
    ("The leases end in 2024.", "2024"),
    ("At the end of August rents rose.", "2022-08-21/2022-08-31"),
    # by a time to come; by one that is past a state was reached
    ("The town will plant oaks by 2030.", "/2030"),
    ("The bridge must reopen by Friday.", "/2022-10-21"),
    ("By 1990 the town had two mills.", "1990"),
    # what goes on since a part of a day, and weeks that are counted from a day
    ("The crossing has been barred since the small hours of Tuesday.", "2022-10-18/2022-10-20"),
    ("The kiln has been cold since the night of 2 October.", "2022-10-02/2022-10-20"),
    ("Frost is not likely before the weekend after next.", "2022-10-29/2022-10-30"),
    ("The lido shuts the Saturday after next.", "2022-10-29"),
    ("The kiosk closed the weekend before last.", "2022-10-08/2022-10-09"),
    ("The abbot left the Friday before last.", "2022-10-07"),
    ("The well dried up the year before last.", "2020"),
    ("The jury will return on Tuesday week.", "2022-11-01"),
    ("The baths reopen Friday fortnight.", "2022-11-04"),
    ("The audition is a fortnight on Monday.", "2022-11-07"),
    ("The derby was a week last Saturday.", "2022-10-08"),
    ("The show closes a week today.", "2022-10-27"),
    ("The pier opens a week tomorrow.", "2022-10-28"),
    ("The Tuesday week-long fast ended.", "2022-10-18"),
    ("The lido will be shut, like the baths, on Sunday.", "2022-10-23"),
    ("Unless a buyer is found by 30 November, the mill will close.", "/2022-11-30"),
    ("The rink will reopen, after a fire on Sunday.", "2022-10-16"),
    ("The probe will be sent no earlier than 12 November.", "2022-11-12/"),
    ("The shop will open no later than 3 November.", "/2022-11-03"),
    ("There is a warning for ice from 3pm on Friday until 10am on Sunday.", "2022-10-21T15/2022-10-23T10"),
    ("The comet, last seen long ago, is brightest on Friday week.", "2022-10-28"),
    # who wants something by a day wants it ahead; what is moved goes to a day ahead
    ("The tenants want an answer by Monday.", "/2022-10-24"),
    ("The tanker was sold by Friday.", "2022-10-14"),
    ("The club moved the derby to Sunday.", "2022-10-23"),
    ("The tenants have until 5pm on Friday to leave.", "/2022-10-21T17"),
    ("The rink opens on the first Saturday of next month.", "2022-11-05"),
    ("The wettest May day of all was Sunday.", "2022-10-16"),
    # the clock of a night
    ("The ballot closed at 6pm last night.", "2022-10-19T18"),
    ("A barn burned down at 2am last night.", "2022-10-20T02"),
    ("The truce ends at midnight tonight.", "2022-10-21T00"),
    ("Last night, at about 9.45pm, the mast fell.", "2022-10-19T21:45"),
    # what is late there is no time
    ("Lambing was late in April and May 2017.", "2017-04/2017-05"),
    ("One in eight ferries ran late in January 2021.", "2021-01"),
    ("The rent was paid late in May 2019.", "2019-05"),
    ("Trams were 12 minutes late in February 2021.", "2021-02"),
    ("The dam burst late in January 2021.", "2021-01-21/2021-01-31"),
    ("The yard expects a December delivery.", "2022-12"),
]


@pytest.mark.parametrize(("text", "windows"), BESIDE)
def test_what_stands_beside_a_date_says_its_week_its_year_and_its_side(text: str, windows: str) -> None:
    found = find(text, THURSDAY)
    shown = (s.earliest if s.earliest == s.latest else f"{s.earliest or ''}/{s.latest or ''}" for s in found)
    assert "; ".join(map(str, shown)) == windows
    assert all(s.sure or s.why == "order" for s in found)


@pytest.mark.parametrize("deed", ["cancelled", "suspended", "delayed", "postponed"])
def test_what_was_put_off_on_a_day_was_put_off_then(deed: str) -> None:
    (found,) = find(f"All flights were {deed} on Sunday after the storm.", THURSDAY)
    assert found.sure
    assert date.fromisoformat(found.earliest or "") < date.fromisoformat(THURSDAY[:10])


UNSURE = [
    ("The derby was moved from Saturday.", "reading"),
    ("The barge sails again on Monday.", "reading"),
    ("The abbot turns 80 on Friday.", "reading"),
    ("The league postponed Sunday's match.", "reading"),
    ("She has sold every seat for Sunday's final.", "reading"),
    ("The fair, 1 November, in Lodi.", "year"),
    ("The lease was due to end on 8 May.", "year"),
    ("The court adjourned until December 1.", "year"),
    ("Kick-off is at 3pm on Saturday.", "reading"),
    ("The clinic opened in March 2011 and closed in June.", "year"),
    ("Signed 04/05/2018 here", "order"),
    ("It broke at 9 p.m. on 04/05/2018.", "order"),
    ("A fair, from 1 November to 6 November, in Lodi", "year"),
    ("It sank at 10 a.m. ET on Tuesday.", "zone"),
    ("The vault was opened at 4 a.m.", "day"),
    ("The hall was opened at 0512 GMT.", "day"),
    ("The army will look into the July raid.", "year"),
    ("It sank at 10:30 Moscow time.", "zone"),
    ("He fell ill on 3 May 2019 and died the following Monday.", "reading"),
    ("They parted in May 2015 and met again the following October.", "reading"),
    ("It closed that Monday and never reopened.", "reading"),
    ("The 11 September attacks were remembered; the 14 December attacks were not.", "year"),
    ("On Friday, 19 October, he left.", "year"),
    ("The vote is next Friday.", "reading"),
    ("Ten fell ill in just 48 hours.", "reading"),
    ("The mill will not open before June 2025.", "reading"),
    ("The year before 2010 was dry.", "reading"),
    ("The election after 2020 was lost.", "reading"),
    ("Shares climbed from 1950 to 2000.", "reading"),
]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("It sank on 3 May 2019 at 10:30 Nairobi time.", "2019-05-03T10:30+03:00"),
        ("It sank at 12:30 p.m. on Friday, Korean time.", "T12:30+09:00"),
        ("It sank at 7:15 a.m. Western Indonesian Time on 3 May 2019.", "2019-05-03T07:15+07:00"),
        ("It sank at 3 p.m. Greenwich Mean Time on 3 May 2019.", "2019-05-03T15Z"),
        ("It sank at 8 p.m. Nepal time on 3 May 2019.", "2019-05-03T20+05:45"),
    ],
)
def test_a_place_that_keeps_its_clocks_all_year_names_a_zone(text: str, time: str) -> None:
    (found,) = find(text, THURSDAY)
    assert (found.earliest or "").endswith(time)
    assert found.earliest == found.latest


@pytest.mark.parametrize(("text", "why"), UNSURE)
def test_a_time_that_cannot_be_told_is_not_sure_and_says_why(text: str, why: str) -> None:
    last = find(text, THURSDAY)[-1]
    assert (last.sure, last.why) == (False, why)


CLOCKS = [
    ("The siren sounded at 0500 GMT.", "The siren sounded at 6.00 a.m. BST.", "same"),
    ("Launch came at 14:30 UTC on Monday.", "Launch came at 10:30 a.m. EDT on Monday.", "same"),
    ("The wall fell at 3 p.m. (1200 GMT).", "The wall fell at noon GMT.", "same"),
    ("Doors shut at 9 p.m. JST.", "Doors shut at noon GMT.", "same"),
    ("Doors shut at 9 p.m. Japan Standard Time.", "Doors shut at noon GMT.", "same"),
    ("The whistle blew at 8 a.m. PDT.", "The whistle blew at 8 a.m. EDT.", "disjoint"),
    ("It sank at 0200 GMT on Monday.", "It sank at 7 p.m. local time on Saturday.", "disjoint"),
    ("The ferry left at 0737 GMT.", "The ferry left at 7:37 AM local time.", "unknown"),
    ("The ferry left at 0737 GMT.", "The ferry left at 7:37 a.m.", "unknown"),
]


@pytest.mark.parametrize(("a", "b", "relation"), CLOCKS)
def test_times_of_day_meet_in_utc_and_are_not_compared_where_a_zone_is_not_known(a: str, b: str, relation: str) -> None:
    one, other = (find(text, THURSDAY)[0] for text in (a, b))
    assert relate(Span(one.earliest, one.latest), Span(other.earliest, other.latest)) == relation


def test_without_a_day_of_publication_relative_words_are_not_sure() -> None:
    assert [(s.sure, s.why) for s in find("It fell on Monday and in May 2015.", None)] == [
        (False, "published"),
        (True, None),
    ]


SILENT = [
    "You may march in the sun; he sat there for a second.",
    "Theresa May and April Jones spoke of the March of Progress.",
    "The army has 2016 people and 1999 tanks, 2,016 boats and 2015.5 tonnes.",
    "A total of 2016 soldiers paid $2016 and €1999 under Resolution 2254.",
    "The Sunday Times and Sheffield Wednesday on Black Friday, and the Mail on Sunday.",
    "The score was 3:30 and then 2:1; chapter 4.5 costs 12.50.",
    "The three-year-old boy got a five-year sentence and a two-week ultimatum.",
    "It failed, since it was late. Fall rates rise; spring water may fall.",
    "On 31 February 2018 and 45/45/2018 nothing happened.",
    "The T-72 and the F-15 flew past Route 1990.",
    "In the first half they led.",
    "The market opens every Monday; USA Today and the Today programme noticed.",
    "The Six-Day War and the Hundred Years' War are names.",
]


@pytest.mark.parametrize("text", SILENT)
def test_words_that_are_not_times_are_left_alone(text: str) -> None:
    assert [s.text for s in find(text, DAY)] == []


AMBIGUOUS = [
    ("It closed last week.", [("2019-06-02", "2019-06-08")]),
    ("Signed 04/05/2018 here", [("2018-04-05", "2018-04-05")]),
    ("The vote is next Friday.", [("2019-06-21", "2019-06-21")]),
    ("He left last Monday.", [("2019-06-03", "2019-06-03")]),
    ("He left last April.", [("2018-04", "2018-04")]),
    ("They met at midnight on Monday.", [("2019-06-10T00", "2019-06-10T00")]),
    ("Ten fell ill in just 48 hours.", [("2019-06-10", "2019-06-12")]),
    ("In the 1800s it grew.", [("1800", "1809")]),
    ("The fair, 1 July, in Lodi.", [("2018-07-01", "2018-07-01")]),
    ("Overnight Monday it fell.", [("2019-06-10", "2019-06-11")]),
    ("The vote is next winter.", [("2020-12", "2021-02")]),
    ("He left last November.", []),
    ("He left on Monday.", []),
]


@pytest.mark.parametrize(("text", "others"), AMBIGUOUS)
def test_other_readings_where_language_is_ambiguous(text: str, others: list[tuple[str, str]]) -> None:
    assert [(a.earliest, a.latest) for a in find(text, DAY)[0].alternatives] == others


def test_a_date_inside_a_longer_expression_is_found_too() -> None:
    found = find("Its worst year since its founding in 1990, he said.", DAY)
    assert [_shown(s)[:3] for s in found] == [("since its founding in 1990", "1990", DAY), ("1990", "1990", "1990")]


def test_since_alone_counts_from_the_dated_event_before_it() -> None:
    found = find("The town fell in March 2017. It has since lost its bridge.", DAY)
    assert _shown(found[1]) == ("since", "2017-03", DAY, "range")


@pytest.mark.parametrize(
    "text",
    ["It has since lost its bridge.", "It fell in March 2017.\n\nMuch later. Now. It has since lost its bridge."],
)
def test_since_alone_without_a_dated_event_nearby_is_left(text: str) -> None:
    assert "since" not in [s.text for s in find(text, DAY)]


def test_a_named_battle_has_the_time_of_the_dated_campaign_for_the_same_place() -> None:
    text = "Tarsa fell after a two-week offensive. Ten died in the battle for Tarsa, none in the battle for Nomo."
    found = [_shown(s) for s in find(text, DAY)]
    assert found == [
        ("two-week offensive", "2019-05-29", DAY, "range"),
        ("the battle for Tarsa", "2019-05-29", DAY, "range"),
    ]


def test_a_clock_takes_the_day_named_in_its_sentence_only() -> None:
    found = find("It shook on Monday, then again at 15:45. At 16:10 it stopped.", DAY)
    assert [s.earliest for s in found] == ["2019-06-10", "2019-06-10T15:45", "2019-06-12T16:10"]


def test_as_of_is_told_apart_from_mentioned() -> None:
    first, second = find("As of Monday, ten were missing; five were found on Tuesday.", DAY)
    assert (first.text, first.role.value, second.role.value) == ("As of Monday", "as_of", "mentioned")


@pytest.mark.parametrize(
    ("published", "text", "earliest"),
    [
        (None, "It fell on Monday.", None),
        (None, "It fell a fortnight ago.", None),
        ("", "It fell yesterday.", None),
        ("2019-06", "It fell on Monday.", None),
        ("2019-06", "It fell last month.", "2019-05"),
        ("2019", "It fell last year.", "2018"),
        ("2019", "It fell last month.", None),
        (None, "It fell in May 2015.", "2015-05"),
        (None, "Closed since May 2015, it reopened.", "2015-05"),
        ("2019-06-12T01:10:00+05:30", "It fell yesterday.", "2019-06-11"),
        ("2019-06-12T14:20:00Z", "It fell five hours ago.", "2019-06-12T09"),
        ("2019-06-12T14", "Ten fell in the past 24 hours.", "2019-06-11T14"),
    ],
)
def test_only_what_the_publication_time_supports_is_resolved(
    published: str | None, text: str, earliest: str | None
) -> None:
    assert [s.earliest for s in find(text, published)] == [earliest]


def test_unresolved_words_keep_their_precision_and_have_no_anchor() -> None:
    found = find("On Monday, last week, last month, overnight and at 3:30 pm on Monday.", None)
    assert [s.precision.value for s in found] == ["day", "week", "month", "night", "minute"]
    assert {(s.earliest, s.latest, s.anchor) for s in found} == {(None, None, None)}


def test_only_relative_words_are_anchored() -> None:
    assert [s.anchor for s in find("On Monday and in May 2015.", "2019-06-12T10:00Z")] == [DAY, None]


@pytest.mark.parametrize("published", ["yesterday", "2019-13", "12/06/2019", "2019-06-31", "2019-06-12T25"])
def test_a_publication_time_that_is_none_is_refused(published: str) -> None:
    with pytest.raises(BadInput):
        find("today", published)


# --- laws -----------------------------------------------------------------------------------------------------------

PIECES = [text for text, *_ in [*DAYS, *STRETCHES, *AMBIGUOUS]] + SILENT
WORDS = sorted({w for text in PIECES for w in text.split()})
PROSE = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=30).map(" ".join)
PUBLISHED = st.none() | st.dates().map(date.isoformat) | st.datetimes().map(datetime.isoformat)


@given(PROSE, PUBLISHED)
def test_times_are_verbatim_in_order_and_not_upside_down(text: str, published: str | None) -> None:
    found = find(text, published)
    for span in found:
        assert text[span.start : span.end] == span.text
        for low, high in [(span.earliest, span.latest), *((a.earliest, a.latest) for a in span.alternatives)]:
            if low and high:
                assert relate(Span(low, high), Span(low, high)) == "same"
                assert bounds(low)[0] <= bounds(high)[1]
    assert [s.start for s in found] == sorted(s.start or 0 for s in found)


@given(st.dates(), st.sampled_from([0, 1, 2, 3, 4, 5, 6]))
def test_a_bare_weekday_lies_within_the_week_up_to_publication(day: date, number: int) -> None:
    if day.toordinal() <= 7:
        return
    name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][number]
    (span,) = find(f"The bridge fell on {name}.", day.isoformat())
    back = (day - date.fromisoformat(span.earliest or "")).days
    assert 0 <= back < 7
    assert date.fromisoformat(span.earliest or "").weekday() == number


NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ORDINARY = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(ORDINARY, st.sampled_from(NAMES), st.sampled_from([-1, 0, 1]))
def test_the_day_of_a_week_lies_in_that_week_on_either_side_of_it(day: date, name: str, step: int) -> None:
    week = ("last week", "this week", "next week")[step + 1]
    monday = day - timedelta(days=day.weekday()) + timedelta(days=7 * step)
    wanted = (monday + timedelta(days=NAMES.index(name))).isoformat()
    for text in (
        f"The choir met on {name} {week}.",
        f"The choir met on {name} of {week}.",
        f"{week}, on {name}, it met.",
    ):
        assert [(s.earliest, s.latest) for s in find(text, day.isoformat())] == [(wanted, wanted)]


@given(ORDINARY, ORDINARY)
def test_a_deed_is_never_read_ahead_and_a_year_beside_a_day_is_its_year(told: date, day: date) -> None:
    words = f"{day.day} {day:%B}"
    (deed,) = find(f"On {words} the barn burned.", told.isoformat())
    assert bounds(deed.latest or "")[0].date() <= told
    assert deed.sure
    for text in (f"It burned on {words} last year.", f"Last year, on {words}, it burned."):
        found = find(text, date(day.year + 1, 6, 1).isoformat())
        assert [s.earliest for s in found] == [day.isoformat()]


@given(st.dates())
def test_every_way_to_write_a_day_is_the_same_day(day: date) -> None:
    if day.year < 1000 or day.year > 2099:
        return
    month = f"{day:%B}"
    for words in (f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", day.isoformat()):
        assert [s.earliest for s in find(f"It fell on {words}.", None)] == [day.isoformat()]


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "12:30 ",
        "in 2016 ",
        "since ",
        "last ",
        "Friday ",
        "Friday to ",
        "from 3 ",
        "a ",
        "- ",
        "May 1 ",
        "3 May 2019 and ",
        "last week on Monday ",
        "the year to May 3 ",
        " ",
        "\n",
        "1-",
    ],
)
def test_time_is_linear_in_length(piece: str) -> None:
    def took(size: int) -> float:
        text = piece * (size // len(piece))
        begin = time.process_time()
        find(text, DAY)
        return time.process_time() - begin

    long = 20_000 if took(1_250) < 0.005 else 5_000  # what holds a date in every word takes as long in a quarter of it
    assert any(took(long) < 12 * took(long // 4) + 0.01 for _ in range(3))


# --- windows --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2016", "2016", "2016"),
        ("2016-03", "2016-03", "2016-03"),
        (" 2016-03-07 ", "2016-03-07", "2016-03-07"),
        ("2017-04-15T16", "2017-04-15T16", "2017-04-15T16"),
        ("2017-04-15T16:30:05.5+02:00", "2017-04-15T16:30:05.5+02:00", "2017-04-15T16:30:05.5+02:00"),
        ("2016-03-07/27", "2016-03-07", "2016-03-27"),
        ("2016-03-07/2016-03-27", "2016-03-07", "2016-03-27"),
        ("2016-03-28/04-02", "2016-03-28", "2016-04-02"),
        ("2016-03/05", "2016-03", "2016-05"),
        ("2017-04-15T16/17", "2017-04-15T16", "2017-04-15T17"),
        ("2017-04-15T16:30Z/17:10", "2017-04-15T16:30Z", "2017-04-15T17:10Z"),
        ("2017-04-15T22/16T02", "2017-04-15T22", "2017-04-16T02"),
        ("2016-03/..", "2016-03", None),
        ("2016-03/", "2016-03", None),
        ("../2016-03", None, "2016-03"),
        ("2011-2017", "2011", "2017"),
        ("2011/2017", "2011", "2017"),
        ("201X", "201X", "201X"),
        ("2016-22", "2016-22", "2016-22"),
        ("2016~", "2016~", "2016~"),
    ],
)
def test_a_window_is_read(text: str, earliest: str | None, latest: str | None) -> None:
    assert window(text) == Span(earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        *("", "/", "../..", "..", "March 2016", "2016-13", "2016-02-30", "2016-3", "2016/03", "2016-03-27/07", "0000"),
        *("2017-04-15T24", "2017-04-15T16:61", "2016-03-07/27/28", "2016-03-07T", "20160307", "２０１６", "2016-XX-05"),
    ],
)
def test_what_is_no_window_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        window(text)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2016", "2016-01-01T00:00:00", "2016-12-31T23:59:59.999999"),
        ("2016-02", "2016-02-01T00:00:00", "2016-02-29T23:59:59.999999"),
        ("2016-03-27", "2016-03-27T00:00:00", "2016-03-27T23:59:59.999999"),
        ("2017-04-15T16", "2017-04-15T16:00:00", "2017-04-15T16:59:59.999999"),
        ("2017-04-15T16:30+03:00", "2017-04-15T13:30:00", "2017-04-15T13:30:59.999999"),
        ("2017-04-15T16:30:00.25Z", "2017-04-15T16:30:00.250000", "2017-04-15T16:30:00.250000"),
        ("199X", "1990-01-01T00:00:00", "1999-12-31T23:59:59.999999"),
        ("2016-24", "2016-12-01T00:00:00", "2017-02-28T23:59:59.999999"),
        ("9999-12", "9999-12-01T00:00:00", "9999-12-31T23:59:59.999999"),
        ("9999-12-31", "9999-12-31T00:00:00", "9999-12-31T23:59:59.999999"),
    ],
)
def test_a_value_stands_for_all_of_its_unit(value: str, first: str, last: str) -> None:
    assert bounds(value) == (datetime.fromisoformat(first), datetime.fromisoformat(last))


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("2016-03", "2016-03-01/31", "same"),
        ("2016-03-25/26", "2016-03", "within"),
        ("2016-03", "2016-03-25/26", "contains"),
        ("2016-03-20/27", "2016-03-25/2016-04-02", "overlaps"),
        ("2016-03-20/27", "2016-03-28", "disjoint"),
        ("2016-03-27", "2016-03/..", "within"),
        ("../2016-03", "2016-04", "disjoint"),
        ("2017-04-15T16:00Z", "2017-04-15T19:00+03:00", "same"),
        ("2017-04-16T00:30+03:00", "2017-04-16", "within"),
        ("2017-04-15T07:37Z", "2017-04-15T07:37", "unknown"),
        ("2017-04-15T07:37Z", "2017-04-17T12:00", "disjoint"),
    ],
)
def test_windows_are_related(a: str, b: str, relation: str) -> None:
    assert relate(window(a), window(b)) == relation


def test_a_window_without_any_bound_is_unknown() -> None:
    assert relate(Span(None, None), window("2016")) == relate(window("2016"), Span(None, None)) == "unknown"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2016", "2016"),
        ("2016-03", "March 2016"),
        ("2016-03-07", "7 March 2016"),
        ("2016-03-25/26", "25 to 26 March 2016"),
        ("2016-03-28/2016-04-02", "28 March to 2 April 2016"),
        ("2015-12-30/2016-01-02", "30 December 2015 to 2 January 2016"),
        ("2016-03/05", "March to May 2016"),
        ("2015-05/2016-03-27", "May 2015 to 27 March 2016"),
        ("2011/2017", "2011 to 2017"),
        ("2016-03/..", "from March 2016"),
        ("../2016-03-26", "until 26 March 2016"),
        ("2017-04-15T16", "15 April 2017, 16:00"),
        ("2017-04-15T16/17", "15 April 2017, 16:00 to 17:00"),
        ("2017-04-15T16:30Z/17:10", "15 April 2017, 16:30 to 17:10 UTC"),
        ("2017-04-15T22/16T02", "15 April 2017, 22:00 to 16 April 2017, 02:00"),
        ("199X", "the 1990s"),
        ("2016-22", "summer 2016"),
    ],
)
def test_a_window_in_words(text: str, words: str) -> None:
    assert window_words(window(text)) == words


VALUES = st.builds(
    lambda moment, length: moment.isoformat()[:length],
    st.datetimes(min_value=datetime(1000, 1, 1)),
    st.sampled_from([4, 7, 10, 13, 16, 19]),
)


@given(VALUES, VALUES)
def test_relations_mirror_each_other(a: str, b: str) -> None:
    mirror = {"within": "contains", "contains": "within"}
    found = relate(Span(a, a), Span(b, b))
    assert relate(Span(b, b), Span(a, a)) == mirror.get(found, found)
    assert relate(Span(a, a), Span(None, a)) in ("within", "same")


@given(VALUES)
def test_a_value_ends_where_the_next_begins(value: str) -> None:
    first, last = bounds(value)
    assert first <= last
    if last < datetime.max:
        assert bounds((last + timedelta(microseconds=1)).isoformat()[: len(value)])[0] == last + timedelta(
            microseconds=1
        )


@given(VALUES, VALUES, st.booleans())
def test_windows_survive_writing(a: str, b: str, open_end: bool) -> None:
    low, high = sorted((a, b), key=lambda v: bounds(v)[0])
    if open_end:
        assert window(f"{low}/..") == Span(low, None)
    elif len(high) >= len(low):
        assert window(f"{low}/{high}") == Span(low, high)
    assert window_words(Span(low, high))


@given(st.text() | st.text(alphabet="0123456789-/T:Z.X+ ", max_size=24))
def test_a_window_is_read_or_refused(text: str) -> None:
    try:
        span = window(text)
    except BadInput:
        return
    assert window_words(span)


# --- the annotated article ------------------------------------------------------------------------------------------


@pytest.mark.skipif(not (SHARED / "seed" / "gold.json").exists(), reason="no annotated article beside the repository")
def test_every_annotated_time_is_found_at_its_place() -> None:
    text = (SHARED / "seed" / "article.txt").read_bytes().decode()
    published = json.loads((SHARED / "seed" / "gold_meta.json").read_text())["published"]
    claims = json.loads((SHARED / "seed" / "gold.json").read_text())
    gold = [t for t in (c["time"] for c in claims) if t and t.get("text_start") is not None]
    found = {(s.start, s.end, s.earliest, s.latest, s.precision.value) for s in find(text, published)}
    wanted = {(t["text_start"], t["text_end"], t["start"], t["end"], t["granularity"]) for t in gold}
    assert wanted - found == set()


def test_the_midnight_that_ends_a_stretch_begins_the_next_day() -> None:
    (found,) = find("It was open between 9pm and midnight", "2024-11-14")
    assert (found.earliest, found.latest, found.sure) == ("2024-11-14T21", "2024-11-15T00", False)


@pytest.mark.parametrize(
    ("text", "day"),
    [("The board meets on Tuesday.", "2024-11-19"), ("The king visits Oslo on Friday.", "2024-11-15")],
)
def test_what_somebody_does_on_a_day_is_mostly_to_come_and_not_sure(text: str, day: str) -> None:
    assert [(s.earliest, s.sure) for s in find(text, "2024-11-14")] == [(day, False)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The shop was raided on Sunday night last week and reopened on Wednesday.", ["2025-08-24", "2025-08-27"]),
        ("It closed on Monday and Tuesday last week.", ["2025-08-18", "2025-08-19"]),
        ("Porters will walk out, the second two-day strike.", []),
        ("The town fell after a two-day siege.", ["2025-08-27"]),
    ],
)
def test_a_story_goes_forward_and_what_will_be_does_not_reach_back(text: str, days: list[str]) -> None:
    assert [s.earliest for s in find(text, "2025-08-29")] == days


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Am Montag und Dienstag war zu."),
        ("es", "El lunes y martes hubo nieve."),
        ("fr", "Lundi et mardi, il neigeait."),
    ],
)
def test_the_second_of_two_weekdays_is_read_in_other_languages(code: str, text: str) -> None:
    assert [s.earliest for s in find(text, "2024-04-17", code)] == ["2024-04-15", "2024-04-16"]


@pytest.mark.parametrize(
    "text", ["The mast fell on the Tuesday before Easter.", "It met on the Sunday after the fair."]
)
def test_a_weekday_beside_an_event_is_not_the_last_one(text: str) -> None:
    assert [(t.earliest, t.sure) for t in find(text, "2022-10-20")] == [(None, False)]


@pytest.mark.parametrize(
    ("text", "sure"),
    [("Today's farms are larger.", False), ("After today's vote he left.", True), ("Rain fell today.", True)],
)
def test_what_is_of_today_need_not_be_of_that_day(text: str, sure: bool) -> None:
    assert [t.sure for t in find(text, "2022-10-20")] == [sure]

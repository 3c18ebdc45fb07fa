"""Figures by kind of construction: each row is a sentence, its figures as low..high, their unit and what happened."""

from __future__ import annotations

import pytest

from ledger.quantity import find


def read(text: str) -> str:
    """Every figure as "low..high unit measure", with ~ where it is approximate."""
    return "; ".join(
        f"{'~' * q.approximate}{q.low or ''}..{q.high or ''} {q.unit or '-'} {q.measure or '-'}" for q in find(text)
    )


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Membership of the club rose by 12 to 340.", "12..12 - -; 340..340 - -"),
        ("The number of cases climbed by 25 to 1,310.", "25..25 cases -; 1310..1310 cases -"),
        ("The mill cut the number of shifts it runs by 3 to 41.", "3..3 - -; 41..41 - -"),
        ("It lifted the cap on fees by 30 euros to 70 euros.", "30..30 EUR -; 70..70 EUR -"),
        ("Costs went up for the mill by 2 to 3 million.", "2000000..3000000 - -"),
        ("The mill earned CHF 1'200m.", "1200000000..1200000000 CHF -"),
        ("The drone flew at 120 km/h.", "120..120 km/h -"),
        ("Debt grew by $3 billion to $47 billion.", "3000000000..3000000000 USD -; 47000000000..47000000000 USD -"),
        ("The index slipped 31 to 7,402.", "31..31 - -; 7402..7402 - -"),
        ("Profit rose 8 percent to $64 million.", "8..8 percent -; 64000000..64000000 USD -"),
        ("Prices will rise by 10 to 20 percent.", "10..20 percent -"),
        ("Ticket sales dropped 5,000 to 41,000.", "5000..5000 - -; 41000..41000 - -"),
        ("The herd was reduced by 60 to 540.", "60..60 - -; 540..540 - -"),
        ("Snowfall of 10 to 25 cm is likely.", "10..25 cm -"),
        ("Four to five dozen ewes were sold.", "48..60 ewes -"),
        ("The choir has five or six hundred members.", "500..600 people -"),
        ("Two to 300 people came.", "2..300 people -"),
        ("The vote ran from 11 to 14 May.", ""),
        ("The vaccinated share went up by 4 points to 71 percent.", "4..4 points -; 71..71 percent -"),
        ("Hospital admissions increased by about 90 to 1,200.", "~90..90 admissions -; 1200..1200 admissions -"),
        ("The toll rose by 30 to 45.", "30..30 - -; 45..45 people killed"),
        ("The number of stray dogs rose by 14 to 212.", "14..14 dogs -; 212..212 dogs -"),
        ("Arrests fell by 30 to 412.", "30..30 people detained; 412..412 people detained"),
        ("The number of guests hurt in the fire rose by 3 to 45.", "3..3 people -; 45..45 people wounded"),
        ("In Torvik 9,800 lamps were recalled.", "9800..9800 lamps -"),
        ("Repairs must be made within ten days.", "..10 days -"),
        ("The keeper of the cup won 6-3, 4-6, 7-5 on clay.", ""),
        ("The bell rang at about half past two.", ""),
        ("The bridge took 2.4 billion won and six years.", "2400000000..2400000000 KRW -; 6..6 years -"),
        ("Two million won in the lottery.", "2000000..2000000 - -"),
        ("Vets expect the count to pass 30.", "30.. - -"),
        ("Passenger numbers trebled, from 400 to 1,200.", "3..3 times -; 400..400 people -; 1200..1200 people -"),
        ("Evictions in the borough halved to 90.", "0.5..0.5 share -; 90..90 evictions -"),
        ("The number of herons has doubled since 2016, to 80.", "2..2 times -; 80..80 herons -"),
        ("Attendance fell from 900 to 700.", "900..900 people -; 700..700 people -"),
        ("Shares fell from 340 to 310.", "340..340 - -; 310..310 - -"),
        ("The debt ballooned from £1bn to £2bn.", "1000000000..1000000000 GBP -; 2000000000..2000000000 GBP -"),
        ("Deaths on the lakes halved, to 36.", "0.5..0.5 share -; 36..36 people killed"),
        ("They took 9 points from a possible 15.", "9..9 points -; 15..15 - -"),
    ],
)
def test_a_change_and_what_came_of_it_are_two_figures(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The dam is more than 80 metres (260 feet) high.", "80.. m -; 260.. feet -"),
        ("At least 20 hectares (50 acres) burned.", "20.. hectares -; 50.. acres -"),
        ("Nearly 300 km (186 miles) of track was laid.", "~..300 km -; ~..186 miles -"),
        ("The fine was about 5 million euros ($5.4 million).", "~5000000..5000000 EUR -; ~5400000..5400000 USD -"),
        ("Up to 9 inches (23 cm) fell overnight.", "..9 inches -; ..23 cm -"),
        ("He weighs over 100 kg (220 pounds).", "100.. kg -; 220.. pounds -"),
        ("The prize is 2 million yen ($13,000).", "2000000..2000000 JPY -; 13000..13000 USD -"),
        ("At least 40 people (12 children) drowned.", "40.. people killed; 12..12 people killed"),
        ("It fell some 60 metres, or 200 feet, to the beach.", "~60..60 m -; ~200..200 feet -"),
        ("At least 50 km (about 30 miles) of road is closed.", "50.. km -; ~30.. miles -"),
        ("It takes around 40 minutes by tram, or 2 hours on foot.", "~40..40 minutes -; 2..2 hours -"),
        ("Fewer than 30 acres (12 hectares) are left.", "..30 acres -; ..12 hectares -"),
    ],
)
def test_a_hedge_holds_for_the_same_in_another_unit(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Six were killed, 14 became ill.", "6..6 people killed; 14..14 people ill"),
        (
            "Four hikers who were rescued and nine hikers who were injured were named.",
            "4..4 people freed; 9..9 people wounded",
        ),
        ("The collapse cost about 30 miners their lives.", "~30..30 people killed"),
        ("Six cooks treated at the scene for smoke inhalation went home.", "6..6 people wounded"),
        ("Nine singers were treated for colds.", "9..9 people -"),
        ("The drink captured 9 percent of sales.", "9..9 percent -"),
        ("Three miners were trapped and 12 escaped.", "3..3 people trapped; 12..12 people -"),
        ("Twelve pupils were hurt and one later died.", "12..12 people wounded; 1..1 people killed"),
        ("The crash led to the deaths of 7 cyclists.", "7..7 people killed"),
        ("Two daughters of the mayor were arrested.", "2..2 people detained"),
        ("About 600 passengers on the lower deck drowned.", "~600..600 people killed"),
        ("Eight sailors, including two cadets, were reported missing.", "8..8 people missing; 2..2 people missing"),
        ("The keeper saved five penalties.", "5..5 penalties -"),
        ("The label released 12 songs.", "12..12 songs -"),
        ("Five soldiers were killed and about 30 taken prisoner.", "5..5 people killed; ~30..30 people captured"),
        ("The fever caused 12 deaths and 45 hospital stays.", "12..12 people killed; 45..45 stays -"),
        ("Two were killed on Monday and three on Tuesday.", "2..2 people killed; 3..3 people killed"),
        ("The blast killed nine and wounded 20.", "9..9 people killed; 20..20 people wounded"),
        ("Ten people were injured and 500 attended the service.", "10..10 people wounded; 500..500 - -"),
        (
            "Infections fell from 2,300 to 1,100 in a month.",
            "2300..2300 infections infected; 1100..1100 infections infected",
        ),
        ("Nine were rescued, two remain missing.", "9..9 people freed; 2..2 people missing"),
        ("The outbreak has sickened 80 and killed 3.", "80..80 people ill; 3..3 people killed"),
        ("None of the 45 passengers was hurt.", "0..0 people wounded; 45..45 people -"),
        ("Half of the 60 crew were rescued.", "0.5..0.5 share freed; 60..60 people -"),
        ("The crash caused 12 deaths and 45 injuries.", "12..12 people killed; 45..45 people wounded"),
        ("40 IS fighters were killed.", "40..40 people killed"),
        ("A 5.8-magnitude quake injured 230 villagers.", "5.8..5.8 - -; 230..230 people wounded"),
        ("The 7 magnitude quake strikes at night and killed 12 miners.", "7..7 - -; 12..12 people killed"),
        ("A tremor of magnitude 5 killed 9 men.", "5..5 - -; 9..9 people killed"),
        ("Crews are struggling to evacuate 14 pupils.", "14..14 people -"),
        ("They managed to evacuate 14 pupils.", "14..14 people evacuated"),
        ("They were hoping to flee, killing 12 guards.", "12..12 people killed"),
        ("Six climbers, including a guide aged 44, perished.", "6..6 people killed"),
        ("Nine rowers, among them twins aged 12 and 13, drowned.", "9..9 people killed"),
        ("Almost none of the 30 guests were hurt.", "30..30 people -"),
        ("They had killed or captured 70 soldiers.", "70..70 people lost"),
        ("Nine were hurt in the crush, three of those children.", "9..9 people wounded; 3..3 people wounded"),
        (
            "Two of the nine climbers drowned and the other seven swam.",
            "2..2 people killed; 9..9 people -; 7..7 people -",
        ),
        ("Deaths in the heatwave have climbed to 91 from 64.", "91..91 people killed; 64..64 people killed"),
        (
            "Of the 31 climbers trapped on Friday, 22 have been brought up alive.",
            "31..31 people trapped; 22..22 people freed",
        ),
        ("Of 14 climbers trapped, 9 are free.", "14..14 people trapped; 9..9 people -"),
        ("Nine campers were pulled to safety.", "9..9 people freed"),
        ("The bodies of two climbers were brought to the surface.", "2..2 people killed"),
        (
            "Dozens of strikers were detained, but the mayor put the number at 12.",
            "24..99 people detained; 12..12 people detained",
        ),
        ("The union counts 400 nurses; the clinic put the figure at 90.", "400..400 people -; 90..90 people -"),
    ],
)
def test_a_fate_belongs_to_its_own_count(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Not 90 but 19 ships sailed.", "19..19 ships -"),
        ("The vaccine was given to 300, not 3,000, nurses.", "300..300 - -"),
        ("It was 12, not 21, that drowned.", "12..12 - -"),
        ("Not two but three engines failed.", "3..3 engines -"),
    ],
)
def test_a_figure_that_is_denied_for_another_is_not_read(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The agency puts the number of displaced at a minimum at 4,000.", "4000.. people displaced"),
        ("The count stands at 60, give or take.", "~60..60 - -"),
        ("The storm destroyed 12 homes, and possibly more.", "12.. homes destroyed"),
        ("Losses could run as high as 90 million euros.", "..90000000 EUR -"),
        ("Twenty skiers, perhaps 25, were buried.", "20..25 people -"),
        ("At least 6, maybe 8, horses died.", "6.. horses -; ~8..8 horses -"),
        ("There were 300 fans, if not more.", "300.. people -"),
        ("There were 300 fans, may be more, nobody counted.", "300.. people -"),
        ("Nine goats were sold, and there may well be more.", "9..9 goats -"),
        ("It sold 40 cars and may be more careful now.", "40..40 cars -"),
        ("A fine of up to a $2 million is possible.", "..2000000 USD -"),
        ("They freed 30 hostages, at least 12 of them women.", "30..30 people freed; 12.. people freed"),
        ("The hall seats 400, or thereabouts.", "~400..400 - -"),
        ("Twelve horses, possibly 14, were stolen.", "12..14 horses -"),
        ("More than 20 jars, perhaps 25, broke.", "20.. jars -; ~25..25 jars -"),
        ("Barely 900 tickets were sold.", "~900..900 tickets -"),
        ("The coach said 12 players were ill and none injured.", "12..12 people ill; 0..0 people wounded"),
        ("Four sheds were damaged, none destroyed.", "4..4 sheds damaged; 0..0 - destroyed"),
        ("Support sank beneath 30 percent, to 28.", "..30 percent -; 28..28 percent -"),
        ("The bill may exceed $40 million.", "40000000.. USD -"),
        ("The barn seats 300 at a push.", "..300 - -"),
        ("A queue of 40, if that, formed.", "..40 - -"),
        ("The guild owes getting on for £2m.", "~..2000000 GBP -"),
        ("Repairs took the best part of three years.", "~..3 years -"),
        ("Turnout was a shade under two-thirds.", "~..0.666667 share -"),
        ("The pike was a good 2 metres long.", "2.. m -"),
        ("It was a good one.", ""),
        ("Not far off 3,000 signed.", "~..3000 - -"),
    ],
)
def test_hedges_stand_away_from_their_figure(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The port cost EUR70m.", "70000000..70000000 EUR -"),
        ("The court fined it $US4.5 million.", "4500000..4500000 USD -"),
        ("A 300kW turbine was installed.", "300..300 kW -"),
        ("Each tablet holds 250mg of the drug.", "250..250 mg -"),
        ("The disk holds 500GB.", "500..500 GB -"),
        ("A bonus of INR2 crore was promised.", "20000000..20000000 INR -"),
        ("The club paid R$30 million for him.", "30000000..30000000 BRL -"),
        ("The levy raised HK$5 billion.", "5000000000..5000000000 HKD -"),
        ("The stall took GH¢1,800 and GH₵400.", "1800..1800 GHS -; 400..400 GHS -"),
        ("The choir has between one and a half and two million pounds.", "1500000..2000000 GBP -"),
        ("Eskom owes R12bn.", "12000000000..12000000000 ZAR -"),
        ("The contract is worth SEK 20m.", "20000000..20000000 SEK -"),
        ("A toll of CHF 2'500.50 applies.", "2500.5..2500.5 CHF -"),
        ("The state will spend Rs 3 lakh crore.", "3000000000000..3000000000000 INR -"),
        ("The road costs RM2.5m a year.", "2500000..2500000 MYR -"),
        ("A 40m pool was built.", "40..40 m -"),
        ("The barn cost 3 million lei and the mill 2 million leva.", "3000000..3000000 lei -; 2000000..2000000 BGN -"),
        ("The villa sold for €2.350,75 a metre.", "2350.75..2350.75 EUR -"),
        ("The parcels weigh 5 and 6 kg.", "5..5 kg -; 6..6 kg -"),
    ],
)
def test_units_and_currencies_are_written_onto_figures(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("1.4b users logged in.", "1400000000..1400000000 users -"),
        ("A quarter million homes lost power.", "250000..250000 homes -"),
        ("The project costs two lakh crore rupees.", "2000000000000..2000000000000 INR -"),
        ("She bought four dozens of eggs.", "48..48 eggs -"),
        ("Nine out of ten patients recovered.", "0.9..0.9 share -"),
        ("Two out of five bridges are unsafe.", "0.4..0.4 share -"),
        ("Three point five million voters stayed home.", "3500000..3500000 people -"),
        ("Four and a half thousand trees were cut.", "4500..4500 trees -"),
        ("In 2016 thousands of bats died.", "2000..9999 bats -"),
        ("A quarter of the million tonnes spoiled.", "0.25..0.25 share -; 1000000..1000000 tonnes -"),
        ("Output grew by half a percentage point.", "0.5..0.5 percentage points -"),
        ("They waited more than half an hour.", "0.5.. hours -"),
        ("The dealer paid a six-figure sum.", "100000..999999 - -"),
        ("Repairs ran into seven figures.", "1000000..9999999 - -"),
        ("Three figures stood by the gate.", "3..3 figures -"),
    ],
)
def test_magnitudes_and_fractions_are_said_in_words(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The video goes back to 2014 and shows women in a market.", ""),
        ("The site has been closed since at least 2009.", ""),
        ("Ben Ash, five, and Kim Lowe, nine, were found.", ""),
        ("She was just six when she was adopted.", ""),
        ("He had turned 33 a week before the final.", ""),
        ("Sales peaked in May (figure 3).", ""),
        ("Under clause 14 the rent was frozen.", ""),
        ("The wreck lies at 51.503364, -0.127625.", ""),
        ("On June 5 300 runners set out.", "300..300 people -"),
        ("India made 280 for 7.", ""),
        ("A No 10 source confirmed it.", ""),
        ("Rates, a study found, went up (table 2).", ""),
        ("Tickets cost Y in 2011 and women paid less.", ""),
        ("The suspect, 34, was silent.", ""),
        ("A woman of 41 fell into the mill race.", ""),
        ("A team of 41 players left.", "41..41 people -"),
        ("A girl, 8, found the ring in a ditch.", ""),
        ("He died at 91, a year after his sister.", ""),
        ("The median age of the pilots was 44.", ""),
        ("All of the injured were under 12.", ""),
        ("The number of people killed was under 12.", "..12 people killed"),
        ("Seats for those aged over 60 are free.", ""),
        ("The ferry left at 6.20 and the shop opens at 9.", ""),
        ("The index opened at 9 points.", "9..9 points -"),
        ("The index opened at 7.45.", "7.45..7.45 - -"),
        ("Polling opened at 22 stations.", "22..22 stations -"),
        ("The injured were over 40.", "40.. people wounded"),
        ("Most of the injured were over 40.", ""),
        ("The chair won a majority of 52 over 48.", "52..52 - -; 48.. - -"),
        ("He was found dead at 34.", ""),
        ("They live in flat 14C, behind gate 6.", ""),
        ("She wears size 9 shoes.", ""),
        ("The wreck lies at 38.4 degrees south.", ""),
        ("Her blood pressure was 140 over 85.", ""),
        ("The Group of 20 will meet in spring.", ""),
        ("All aboard the Northern Star 7 are safe.", ""),
        ("On the Orm Road 12 were hurt.", "12..12 people wounded"),
        ("The girls, 7 and 9, sat on a wall.", ""),
        ("Ada Finch, who turned 60 in May, sang.", ""),
        ("The road is shut between junctions 4 and 5.", ""),
        ("The case is WP 318 of 2017.", ""),
        ("Entry was limited to 250 guests.", "..250 people -"),
        ("It felt like -15, they said.", "-15..-15 - -"),
        ("Some 6,000 fled their homes.", "~6000..6000 people displaced"),
        ("Of the 50 miners trapped, 41 were brought out.", "50..50 people trapped; 41..41 people -"),
        ("A guard shot dead two wardens.", "2..2 people killed"),
        ("A test found 29 of 112 workers infected.", "29..29 people infected; 112..112 people -"),
        ("Three of 12 miners died.", "3..3 people killed; 12..12 people -"),
        ("Some 14 of the 60 buses were burnt.", "~14..14 buses -; 60..60 buses -"),
        ("Two of the 19 wounded died.", "2..2 people killed; 19..19 people wounded"),
        ("Of the 45 passengers, none was hurt.", "45..45 people -; 0..0 people wounded"),
        ("Of the 60 killed, 22 were women.", "60..60 people killed; 22..22 people killed"),
        ("The court freed three of the 14 arrested.", "3..3 people freed; 14..14 people detained"),
        ("Year 9 choristers sang at Gate 4.", ""),
        ("Zone Two growers objected.", ""),
        ("Last Year 12 guests drowned.", "12..12 people killed"),
        ("The mill dates from about 1390.", ""),
        ("The bell, cast around 1460, cracked.", ""),
        ("The hoard was buried in 43 BC.", ""),
        ("The guild has about 1400 on its books.", "~1400..1400 - -"),
        ("Zero-hours porters left.", ""),
    ],
)
def test_ages_years_and_labels_are_no_figures(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The board voted 9 to 4 to sell.", "9..9 votes -; 4..4 votes -"),
        ("The poll has him ahead by 52% to 41%.", "52..52 percent -; 41..41 percent -"),
        ("They lost 4 to 1.", ""),
        ("The senate voted 23 to 20 against the tax.", "23..23 votes -; 20..20 votes -"),
        (
            "The guild carried it by eight votes to three, with two jurors abstaining.",
            "8..8 votes -; 3..3 votes -; 2..2 people -",
        ),
        ("Staff voted by six to two against.", "6..6 votes -; 2..2 votes -"),
        ("It passed by nine votes to one.", "9..9 votes -; 1..1 votes -"),
    ],
)
def test_votes_and_shares_are_figures_and_scores_are_not(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("A nurse died of the fever.", "1..1 people killed"),
        ("A skier and his guide were killed.", "2..2 people killed"),
        ("The pilot and both passengers died.", "3..3 people killed"),
        ("Her husband and a small boy are missing.", "2..2 people missing"),
        ("A couple were arrested.", "2..2 people detained"),
        ("The mayor said the man was killed by a car.", ""),
        ("A man said his dog died.", ""),
        ("Two women and one man were injured.", "2..2 people wounded; 1..1 people wounded"),
        ("A woman and two children drowned.", "3..3 people killed"),
        ("A spokesman said the ship was lost.", ""),
        ("A 12-year-old boy was killed.", "1..1 people killed"),
        ("Police said a woman was arrested.", "1..1 people detained"),
        ("The mother of a child was killed.", ""),
        ("A man killed his wife.", ""),
        ("A teacher, a nurse and two pupils were injured.", "4..4 people wounded"),
        ("The judge and her husband were rescued.", "2..2 people freed"),
        ("Maria and a friend were arrested.", ""),
        ("A police officer was not injured.", ""),
        ("Another hiker is missing.", "1..1 people missing"),
        ("The blaze claimed the life of a night porter.", "1..1 people killed"),
        ("The drug changed the life of a porter.", ""),
        ("The barge sank with 31 aboard; 29 were picked up.", "31..31 people -; 29..29 people -"),
    ],
)
def test_persons_in_words_make_a_sum(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("There were no reports of injuries.", ""),
        ("No word of any casualties had come.", ""),
        ("Doctors reported deaths but gave no number.", "1.. people killed"),
        ("Hospitals confirmed injuries after the match.", "1.. people wounded"),
        ("No reported deaths.", ""),
        ("The ministry never reported casualties.", ""),
        ("The search turned up no fakes.", "0..0 fakes -"),
        ("Divers found no signs of life.", ""),
        ("Not one of the crew was fined.", "0..0 people -"),
        ("None of the crew would be fined.", ""),
    ],
)
def test_absence_in_words_is_no_zero(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    "sentence",
    [
        "Almost none of the 30 homes had power.",
        "The injured were over 40.",
        "All but two were unhurt.",
        "Testers found no trace of lead in any of the 40 toys.",
    ],
)
def test_a_whole_of_which_none_did_it_is_not_sure(sentence: str) -> None:
    assert [(q.sure, q.why) for q in find(sentence)] == [(False, "hedge")]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The fire took 40 square kilometres of heath.", "40..40 square km -"),
        ("The fire took 15 sq. miles and 400 km² more.", "15..15 square miles -; 400..400 square km -"),
        ("A 5-square-mile pond held 300 cubic metres.", "5..5 square miles -; 300..300 cubic m -"),
        ("Gusts of 120 mph (193 km/h) hit the pier.", "120..120 mph -; 193..193 km/h -"),
        ("Trams run at 50 kilometres per hour.", "50..50 km/h -"),
        ("It was 38C in the shade, the hottest day.", "38..38 °C -"),
        ("Bakers work at 100 degrees Fahrenheit.", "100..100 °F -"),
        ("The night was 3C colder than usual.", "3..3 °C of change -"),
        ("A rise of 2 degrees Celsius is feared.", "2..2 °C of change -"),
        ("Four metric tons of rice sank 6 nautical miles out.", "4..4 tonnes -; 6..6 nautical miles -"),
        ("The rehearsal took an hour and a half.", "1.5..1.5 hours -"),
        ("It is two miles and a quarter to the pier.", "2.25..2.25 miles -"),
        ("It was 5C below zero, the coldest night.", "-5..-5 °C -"),
        ("It froze at 12 degrees below zero.", "-12..-12 degrees -"),
        ("The May was 5C above the norm, and hot.", "5..5 °C of change -"),
        ("He stands 6 feet 2 inches tall.", "74..74 inches -"),
        ("The climb took 3 hours and 20 minutes.", "200..200 minutes -"),
        ("It runs 3 miles, 10 km from town.", "3..3 miles -; 10..10 km -"),
        ("More than 40 sq. km (15 sq. miles) burned.", "40.. square km -; 15.. square miles -"),
        ("He sat in seat 38C with row 12F behind him.", ""),
        ("He waited an hour and a day.", ""),
        ("The calf weighed 4st 6lb, the ram 11st 3lb.", "62..62 pounds -; 157..157 pounds -"),
        ("The 21st heat took 1h 20m.", "80..80 minutes -"),
    ],
)
def test_units_of_several_words(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Turnout more than doubled.", "2.. times -"),
        ("Profit nearly tripled to $6 million.", "~..3 times -; 6000000..6000000 USD -"),
        ("The herd has halved.", "0.5..0.5 share -"),
        ("The plan would double the number of nurses.", "2..2 times -"),
        ("It is twice as heavy.", "2..2 times -"),
        ("Orders rose tenfold.", "10..10 times -"),
        ("A 3-fold rise was seen.", "3..3 times -"),
        ("The camera zooms 5x.", "5..5 times -"),
        ("The barn doubles as a shop.", ""),
        ("He doubled down on it.", ""),
        ("Ask for a double bed.", ""),
        ("Rents fell by a fifth.", "0.2..0.2 share -"),
        ("Sales were a third below last year's.", "0.333333..0.333333 share -"),
        ("It uses one quarter the fuel.", "0.25..0.25 share -"),
        ("A third man was seen.", ""),
        ("One in 20,000 bulbs fails.", "0.00005..0.00005 share -"),
        ("They waited for more than a century.", "1.. centuries -"),
        ("She ran it in under an hour.", "..1 hours -"),
        ("He wrote a book about a year in Rome.", ""),
        ("It cost 9 cents more than a month ago.", "9..9 cents -"),
    ],
)
def test_multiples_and_parts_of_change_are_figures(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The S&P 500 gained 12 points.", "12..12 points -"),
        ("The FTSE 250 lost 0.4%.", "0.4..0.4 percent -"),
        ("The council passed the levy 8-3.", "8..8 votes -; 3..3 votes -"),
        ("Judges ruled 6-3 for the farmers.", "6..6 votes -; 3..3 votes -"),
        ("City won 8-3.", ""),
        ("Towns will get 5G next year.", ""),
        ("There were 9 cases per 100,000 people.", "9..9 cases -"),
        ("A night at -8% loss, or -20 degrees.", "-8..-8 percent -; -20..-20 degrees -"),
        ("The sample is right to plus or minus 3 points.", "3..3 points -"),
        ("He paid £30m plus £4m in bonuses.", "30000000..30000000 GBP -; 4000000..4000000 GBP -"),
        ("They were refunded $3 million plus interest.", "3000000..3000000 USD -"),
        ("She was fined £300 plus costs.", "300..300 GBP -"),
        ("The fee is 40 euros plus VAT.", "40..40 EUR -"),
        ("He got nine months plus probation.", "9..9 months -"),
        ("The hall seats 400 plus people.", "400.. people -"),
        ("A bun costs 80p.", "80..80 pence -"),
        ("The rock is 3.2 billion years old.", "3200000000..3200000000 years -"),
        ("On June 3 and 4 trains stood still.", ""),
        ("They shipped 300t of salt.", "300..300 tonnes -"),
        ("The lamp draws 40W.", "40..40 W -"),
    ],
)
def test_general_news_writes_figures_its_own_way(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The landslide killed a shepherd's dog and injured four.", "4..4 people wounded"),
        ("The flood killed a farmer and injured four.", "1..1 people killed; 4..4 people wounded"),
        ("Police arrested a mayor and two aides.", "3..3 people detained"),
        ("The storm left a woman and her baby missing.", "2..2 people missing"),
        ("A rider, 27, was killed.", "1..1 people killed"),
        ("A man in his 60s drowned.", "1..1 people killed"),
        ("Six of every ten sailings were late.", "0.6..0.6 share -"),
        ("The line ran one tram in three.", "0.333333..0.333333 share -"),
        ("Only one child in five was ill.", "0.2..0.2 share ill"),
        ("It found two flaws in three boats.", "2..2 flaws -; 3..3 boats -"),
        ("The grant fell from 480,000 to 310,000 euros.", "480000..480000 EUR -; 310000..310000 EUR -"),
        ("Three children drowned, all of them under five.", "3..3 people killed"),
        ("Three boats, all of them under 5 metres, sank.", "3..3 boats -; ..5 m -"),
        ("Two bids came in, both under 5 percent.", "2..2 bids -; ..5 percent -"),
        ("A nun and four novices were arrested.", "5..5 people detained"),
        ("She saw 14 of the old bridge's 62 cables fray.", "14..14 cables -; 62..62 cables -"),
        ("He spoke of the bridge's 62 cables.", "62..62 cables -"),
        ("Some 300 head of cattle, give or take 20, drowned.", "~300..300 cattle -"),
        ("Two sailors died and another was injured.", "2..2 people killed; 1..1 people wounded"),
        ("The guards never killed a man.", ""),
        ("Nine were hurt, four of them badly.", "9..9 people wounded; 4..4 people wounded"),
        ("One of the shells hit a barn.", "1..1 shells -"),
        ("One of the girls said so.", ""),
        ("Forty fans suffered cuts and other injuries.", "40..40 people wounded"),
        ("Forty fans suffered minor injuries.", "40..40 people wounded"),
        ("Three hikers are unaccounted for.", "3..3 people missing"),
        ("The bowler captured four wickets.", "4..4 wickets -"),
        ("The count gives 3-3 injuries.", "3..3 people wounded"),
        (
            "Ten divers were taken to hospital, four of whom have since been sent home.",
            "10..10 people hospitalised; 4..4 people freed",
        ),
        ("Ten divers were trapped, four of whom have been named.", "10..10 people trapped; 4..4 people -"),
        ("Of the six hikers reported missing, five were found safe.", "6..6 people missing; 5..5 people freed"),
        ("Two guards were overcome by smoke and a third broke her arm.", "2..2 people wounded; 1..1 people wounded"),
        ("Four riders fell; two broke ribs.", "4..4 people -; 2..2 people wounded"),
        ("The first 200 callers got seats.", "200..200 callers -"),
    ],
)
def test_fates_of_persons_and_parts(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


def test_a_range_that_may_be_a_change_is_not_sure() -> None:
    assert [(q.low, q.high, q.sure, q.why) for q in find("The fare rose by 20 to 30.")] == [
        ("20", "30", False, "range")
    ]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The zloty weakened 0.3% to 4.31 per euro.", "0.3..0.3 percent -; 4.31..4.31 - -"),
        ("Waits grew 20 minutes to 2 hours.", "20..20 minutes -; 2..2 hours -"),
        ("Crowds were half as big.", "0.5..0.5 share -"),
        ("Yields may drop by as much as a fifth.", "..0.2 share -"),
        ("She stands 5ft 4in.", "64..64 inches -"),
        ("Donors gave millions of dollars.", "2000000..9999999 USD -"),
        ("The pup weighed 2 pounds and 9 ounces.", "2..2 pounds -; 9..9 ounces -"),
        ("The oak is 900 years old.", "900..900 years -"),
        ("It closed over 30 years ago.", "30.. years -"),
        ("It sold for just over US $3 million.", "3000000.. USD -"),
        ("She went 9-for-12 with 20 points.", "20..20 points -"),
        ("They surfed at Ninety Mile beach during summer.", ""),
        ("The spread narrowed 8bps to 120.", "8..8 basis points -; 120..120 - -"),
        ("It rose by a quarter point.", "0.25..0.25 points -"),
        ("Rates rose a full percentage point.", "1..1 percentage points -"),
        ("Growth slowed by a quarter of a percentage point.", "0.25..0.25 percentage points -"),
        ("There is a 1-in-8 chance of frost.", "0.125..0.125 share -"),
        ("A six-to-eight-week course is planned.", "6..8 weeks -"),
        ("The corn grew on about 3 1/2 acres.", "~3.5..3.5 acres -"),
        ("It costs one euro on day 12.", "1..1 EUR -"),
        ("He coached for four-and-a-half years.", "4.5..4.5 years -"),
        ("The share approaches 8%.", "~..8 percent -"),
        ("In a poll released on Monday, 8 percent agreed.", "8..8 percent -"),
        (
            "The coach said that the 5’11” guard was not to be seen at the end of the game.",
            "5..5 feet -; 11..11 inches -",
        ),
        ("A 900-pound bomb fell near a 30-euro seat.", "900..900 pounds -; 30..30 EUR -"),
        ("It grew in the 12 weeks to 3 May.", "12..12 weeks -"),
        ("Bake the tart at 190C until it sets.", "190..190 °C -"),
        ("Seeds sprout at 18°C or above.", "18.. °C -"),
        ("Leaks have dropped by half.", "0.5..0.5 share -"),
        ("They stored over 300 hours of film.", "300.. hours -"),
        ("He rents a two-bedroom flat.", "2..2 - -"),
        ("She has a 12-point lead.", "12..12 points -"),
        ("He lost twice to her.", "2..2 times -"),
        ("No one at the bank released the file.", ""),
        ("The office is at 140 East 31st Street in the old town.", ""),
        ("Ann and Bo, 31 and 33 years old, sang.", ""),
        ("Sales are around the $90 million mark.", "~90000000..90000000 USD -"),
        ("It was below the 3 percent threshold.", "..3 percent -"),
        (
            "It takes one third the time and one sixth the space.",
            "0.333333..0.333333 share -; 0.166667..0.166667 share -",
        ),
        ("Two Killed, Ten Injured In Mall Fire", "2..2 people killed; 10..10 people wounded"),
    ],
)
def test_figures_of_general_news_keep_their_unit(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


def test_pounds_alone_are_weight_or_money() -> None:
    assert [(q.unit, q.sure) for q in find("The coat cost 30 pounds.")] == [("GBP", True)]
    assert [(q.unit, q.sure, q.why) for q in find("He lost 30 pounds last year.")] == [("GBP", False, "unit")]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Nine horses bolted and two were caught.", "9..9 horses -; 2..2 horses -"),
        ("Nine convicts escaped and two were recaptured.", "9..9 people -; 2..2 people captured"),
        ("Thirty-one sailors, 11 of whom were rescued, were trapped.", "31..31 people trapped; 11..11 people freed"),
        ("The slide buried six hikers, two of whom died.", "6..6 people -; 2..2 people killed"),
        ("Of 50 barns, 12 were destroyed.", "50..50 barns -; 12..12 barns destroyed"),
        ("Four walkers were struck by a tram.", "4..4 people -"),
        ("A crash hurt 18, three critically.", "18..18 people wounded; 3..3 people wounded"),
        ("Five were abducted and one was shot dead.", "5..5 people captured; 1..1 people killed"),
        ("In the flood 60 villagers lost their lives.", "60..60 people killed"),
        ("Nine sailors, among them two cadets, were rescued.", "9..9 people freed; 2..2 people freed"),
        ("The dead included 12 nurses.", "12..12 people killed"),
        ("Among those hurt were two boys.", "2..2 people wounded"),
        ("Among the 15 dead were two boys.", "15..15 people killed; 2..2 people killed"),
        ("Hundreds of thousands enduring such conditions fled.", "200000..999999 people displaced"),
        ("It was written on 14 / 09 / 2013 in Rome.", ""),
        ("A pair of climbers died.", "2..2 people killed"),
        ("A pair of shoes was found.", ""),
        ("A father and son were rescued.", "2..2 people freed"),
        ("Both pilots died.", "2..2 people killed"),
        ("A toddler was found dead.", "1..1 people killed"),
        ("Six plumbers were arrested.", "6..6 people detained"),
        ("Seven in ten boats failed.", "0.7..0.7 share -"),
        ("A billion and a half coins were minted.", "1500000000..1500000000 coins -"),
        ("He lives at 31 Mill Lane.", ""),
        ("Fans aged 16 to 20 voted.", ""),
    ],
)
def test_kinds_of_the_second_round(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("A gale struck two ferries off Orm.", "2..2 ferries -"),
        ("Four barns were struck by lightning.", "4..4 barns -"),
        ("Bombers struck 40 depots.", "40..40 depots targets"),
        ("Three boys reported missing on the fell were found alive.", "3..3 people freed"),
        ("Two of the missing divers were found dead.", "2..2 people killed"),
        ("Three boys have not been found.", "3..3 people missing"),
        ("The guards held 20 men and let six go.", "20..20 people -; 6..6 people freed"),
        ("The slide left two dead and nine with broken ribs.", "2..2 people killed; 9..9 people wounded"),
        ("The river drove 300 villagers from their homes.", "300..300 people displaced"),
        ("Snow cut off a further 90 people.", "90..90 people trapped"),
        ("They freed the 12 nurses they had seized.", "12..12 people captured"),
        ("Divers found the bodies of 12 miners.", "12..12 people killed"),
        ("Nine girls were kidnapped in May; 4 are still held.", "9..9 people captured; 4..4 people captured"),
        (
            "Four who were stabbed are recovering, and one who was shot has died.",
            "4..4 people wounded; 1..1 people killed",
        ),
        ("The lake holds 900 acre-feet.", "900..900 acre-feet -"),
        ("Divers raised one flight recorder.", "1..1 recorders -"),
        ("One bus driver was hurt.", "1..1 people wounded"),
        ("It was a one-page letter.", "1..1 pages -"),
        ("Eggs cost two crowns a dozen.", "2..2 crowns -"),
        ("He ordered a dozen eggs.", "12..12 eggs -"),
        ("The board backed it by 27 votes to 14.", "27..27 votes -; 14..14 votes -"),
        ("Nineteen out of 20 cups broke.", "19..19 cups -; 20..20 cups -"),
        ("Sales went from 480 to 530 crates.", "480..480 crates -; 530..530 crates -"),
        ("The fund paid 60 million euros last year, if not more.", "60000000.. EUR -"),
        ("Of 64 jurors, 11 had not been paid.", "64..64 people -; 11..11 people -"),
    ],
)
def test_kinds_of_the_third_round(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


def test_what_may_be_more_of_two_figures_is_not_sure() -> None:
    assert [(q.low, q.high, q.why) for q in find("The zoo moved 30 apes and 12 bears on Monday, if not more.")] == [
        ("30", "30", "hedge"), ("12", "12", "hedge")
    ]  # fmt: skip


@pytest.mark.parametrize("sentence", ["No deaths have been reported.", "No injuries were confirmed."])
def test_what_was_only_not_heard_of_is_not_sure(sentence: str) -> None:
    assert [(q.low, q.high, q.sure, q.why) for q in find(sentence)] == [("0", "0", False, "report")]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The outbreak has made perhaps 90 children ill.", "~90..90 people ill"),
        ("The tanker carried supposedly 20,000 barrels.", "~20000..20000 barrels -"),
        ("The herd is believed to number 300.", "~300..300 - -"),
        ("The vault held what appears to be 60 gold bars.", "~60..60 bars -"),
        ("An alleged 40 votes came late.", "~40..40 votes -"),
        ("Reportedly 40 votes came late.", "~40..40 votes -"),
        ("Up to a possible 40 votes came late.", "~..40 votes -"),
        ("A 4.9-percent rise was agreed.", "4.9..4.9 percent -"),
    ],
)
def test_words_of_belief_before_a_figure_are_hedges(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "unit", "counts"),
    [
        ("30 of the barns and mills burned.", "barns and mills", "barns and mills"),
        ("About 200 pupils and teachers walked out.", "people", "pupils and teachers"),
        ("40 men, women and children were there.", "people", "men, women and children"),
        ("Seven other jurors were sent home.", "people", "other jurors"),
        ("Nine of the other ships had left.", "ships", "other ships"),
        ("The port lost 3 cranes and docks were shut.", "cranes", "cranes"),
        ("It runs in 8 states and receives a grant.", "states", "states"),
    ],
)
def test_all_that_is_counted_together_is_named(sentence: str, unit: str, counts: str) -> None:
    (found,) = find(sentence)
    assert (found.unit, found.counts) == (unit, counts)


def test_the_others_add_to_those_before() -> None:
    (found,) = find("The other 12 passengers were unhurt.")
    assert found.counting == "increment"


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Costs could top 2 billion euros.", "2000000000.. EUR -"),
        ("Waits of nine months, if not longer, are common.", "9.. months -"),
        ("The fan runs on a 230V plug.", "230..230 V -"),
        ("The fan is sold for 30 euros v 40 last year.", "30..30 EUR -; 40..40 - -"),
        ("The barge carries 4kt of grain.", "4..4 kt -"),
        ("The zip on the Alba 55 was normal.", ""),
        ("A juror was arrested.", "1..1 people detained"),
        ("Police freed 9 divers.", "9..9 people freed"),
        ("A nurse was stabbed in the ward.", "1..1 people wounded"),
        ("The copy took 3.5hrs.", "3.5..3.5 hours -"),
        ("She swam in lane 3.", ""),
        ("It stands on shelf 9.", ""),
        ("They sold 60 faulty meters and 60 square meters of felt.", "60..60 meters -; 60..60 square m -"),
        ("He climbed 300 vertical meters.", "300..300 m -"),
        ("Grade 8 pupils sang.", ""),
        ("At this level 40 clubs are left.", "40..40 clubs -"),
        ("In the final phase 300 homes were built.", "300..300 homes -"),
        ("At sea level 300 people live.", "300..300 people -"),
        ("The pit held 12 cows, and one of them drowned.", "12..12 cows -; 1..1 cows -"),
        ("The farmer has 40 lambs. Two of them died.", "40..40 lambs -; 2..2 - -"),
        ("Two of the 12 goats died.", "2..2 goats -; 12..12 goats -"),
        ("The vet said 12 goats died, the farmers only 3.", "12..12 goats -; 3..3 - -"),
        ("They paid 30 crowns and 40 Norland crowns.", "30..30 crowns -; 40..40 crowns -"),
        ("Two cooks were killed after 12 gunmen broke in.", "2..2 people killed; 12..12 people -"),
        ("Nobody was hurt when 12 women fell.", "0..0 people wounded; 12..12 people -"),
        ("In the heat 300 cows died.", "300..300 cows -"),
        ("From the warehouse 300 boxes were stolen.", "300..300 boxes -"),
        ("In the left wing 12 rooms burned.", "12..12 rooms -"),
        ("Seven out of every ten farms have a well.", "0.7..0.7 share -"),
        ("It was found that 3 in 5 barns leaked.", "0.6..0.6 share -"),
        ("Figures released last week show 3 barns burned.", "3..3 barns -"),
        ("The disk stores 12TB and draws 450W.", "12..12 TB -; 450..450 W -"),
        ("Up to 200, possibly 250, barns burned.", "..250 barns -"),
        ("The number of wells rose from 1,950 in 1998 to 2,020 in 2004.", "1950..1950 wells -; 2020..2020 wells -"),
        ("The number of clinics fell from last year's 61 to 40.", "61..61 - -; 40..40 clinics -"),
    ],
)
def test_kinds_found_by_reading_news(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize("text", ["Fees are capped at 12 dollars.", "The law sets a ceiling of 12 stalls a street."])
def test_a_cap_is_the_most(text: str) -> None:
    (found, *_) = find(text, language="en")
    assert (found.low, found.high, found.high_inclusive) == (None, "12", True)


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Gas leak injures 40 at school", "40..40 people wounded"),
        ("Storm kills 4, hurts 19", "4..4 people killed; 19..19 people wounded"),
        ("The number of people hurt in the mill fire has risen to 31.", "31..31 people wounded"),
        ("The number of homes destroyed by the flood reached 140.", "140..140 - destroyed"),
        ("The number of sheep killed by wolves rose to 300.", "300..300 sheep -"),
        ("A pilot who was hurt in the crash has died of his wounds.", "1..1 people killed"),
        ("Four of the wounded died overnight.", "4..4 people killed"),
        ("The coast guard puts the number of dead at 41.", "41..41 people killed"),
        ("Officials put the dead at 12.", "12..12 people killed"),
        ("Five guards wounded in clashes in which a boy died are in hospital.", "5..5 people wounded"),
        ("The number of people seeking missing relatives is 900.", "900..900 - -"),
        ("The number of guests who fell ill is 33.", "33..33 people ill"),
        ("It left the number of people dead at 30.", "30..30 people killed"),
        ("Two passengers who were trapped in the lift were freed.", "2..2 people freed"),
        ("Four divers who were rescued on Sunday later died.", "4..4 people killed"),
        ("Six boys swam out; one of them drowned.", "6..6 people -; 1..1 people killed"),
        ("Eight skiers were hurt, one of whom later died.", "8..8 people wounded; 1..1 people killed"),
        ("Two of the five divers drowned.", "2..2 people killed; 5..5 people -"),
        ("They counted how many of the 40 died.", "40..40 - -"),
        ("It led to injuries to three nurses.", "3..3 people wounded"),
        ("The vet said 200 cows died, the farmer 120.", "200..200 cows -; 120..120 - -"),
        ("The fund rescued two start-ups.", "2..2 - -"),
        ("The keeper found 40 dead birds.", "40..40 birds -"),
    ],
)
def test_what_became_of_those_counted_at_last_is_their_fate(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The queue cannot be longer than 40 people.", "..40 people -"),
        ("There could not have been fewer than 30 guests.", "30.. people -"),
        ("The fine will not exceed $500.", "..500 USD -"),
        ("It was not more than 12 metres deep.", "..12 m -"),
        ("The class shrank from 30 pupils to 22.", "30..30 people -; 22..22 people -"),
        ("The workforce will be cut by 60 to 410.", "60..60 - -; 410..410 people -"),
        ("The fleet shrank to 40 trawlers from 70.", "40..40 trawlers -; 70..70 trawlers -"),
        ("The choir of 23 includes nine newcomers.", "23..23 people -; 9..9 newcomers -"),
        ("The ward has 30 fewer beds.", "30..30 beds -"),
    ],
)
def test_a_bound_that_cannot_be_is_turned(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("It sold 400 lamps, up from 310 a year earlier.", "400..400 lamps -; 310..310 lamps -"),
        ("The choir sang on nine nights out of twelve.", "9..9 nights -; 12..12 nights -"),
        ("It owed 5 million euros in May, compared with 7 million in June.",
         "5000000..5000000 EUR -; 7000000..7000000 EUR -"),
        ("Costs rose 12 percent, down from 84,000 in May.", "12..12 percent -; 84000..84000 - -"),
        ("Some 90 crates fell off, of which 14 were found.", "~90..90 crates -; 14..14 crates -"),
        ("The true number is closer to 300.", "~300..300 - -"),
        ("Two walkers were hurt, one of them badly.", "2..2 people wounded; 1..1 people wounded"),
    ],
)  # fmt: skip
def test_what_a_figure_is_compared_with_counts_the_same(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Three walkers were killed and a skier badly hurt.", "3..3 people killed; 1..1 people wounded"),
        ("Two guides were shot dead and a third was hurt.", "2..2 people killed; 1..1 people wounded"),
        ("Nine were killed and a clerk hurt the guard.", "9..9 people killed"),
        ("Four nuns were taken hostage but later freed.", "4..4 people freed"),
        ("Six were wounded and later died.", "6..6 people killed"),
        ("It forced the culling of 900 hens, and a vet was infected.", "900..900 hens -"),
        ("Traffic deaths fell 4% last year to 212.", "4..4 percent -; 212..212 people killed"),
    ],
)
def test_a_later_or_a_shared_fate_is_that_of_its_own_count(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("They came at five in the morning.", ""),
        ("Guests waited as long as six hours.", "..6 hours -"),
        ("Repairs could rise to 30 million euros.", "~30000000..30000000 EUR -"),
    ],
)
def test_an_hour_is_no_count_and_what_may_be_is_hedged(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Provided the rain stops, the club will open 40 courts.", [("40", "condition")]),
        ("The club provided the 40 courts.", [("40", None)]),
        ("Not one guest slept longer than three hours.", [("0", None), ("3", None)]),
        ("The dose is 5 mg and not 50 mg.", [("5", None), ("50", "denied")]),
        ("Use is down from half a decade ago.", [("0.5", "unit")]),
        ("Ridership fell by 12 percent to 1.1m in May.", [("12", None), ("1.1", "unit")]),
        ("The wall rose by 12 percent to 1.1 metres.", [("12", None), ("1.1", None)]),
        ("The fine was $40 and not, as reported, $400.", [("40", None), ("400", "denied")]),
        ("Not one of the 40 lamps was lit.", [("0", None), ("40", None)]),
        ("None of its 12 lifts works.", [("0", None), ("12", None)]),
        ("Not a single one of the 12 flights left.", [("0", None), ("12", None)]),
        ("None of the 40 clinics has said when it opens.", [("40", "hedge")]),
        ("Not one of the 27 rafts had been checked.", [("0", None), ("27", None)]),
        ("Not one of the 300 letters got a reply.", [("0", None), ("300", None)]),
        ("Almost none of the 30 wells is dry.", [("30", "hedge")]),
        ("None of the 12 ministers would comment.", [("12", "hedge")]),
        ("The lift takes 7 tonnes, the firm said, not the 25 tonnes on the plate.", [("7", None), ("25", "denied")]),
        ("The lift takes not the old crates but 18 tonnes of stone.", [("18", None)]),
    ],
)
def test_what_is_said_not_to_be_so_many_is_no_figure_of_its_source(sentence: str, figures: list[object]) -> None:
    assert [(q.low, q.why) for q in find(sentence)] == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("All but 28 of the chain's 1,112 mills stood still.", [("28", "hedge"), ("1112", "hedge")]),
        ("All but two of the six ferries sailed.", [("2", "hedge"), ("6", "hedge")]),
        ("All but three ferries sailed, and 40 barges.", [("3", "hedge"), ("40", None)]),
        ("Two looms stopped, and not all nine.", [("2", None), ("9", "hedge")]),
        ("It moved 90 metres, plus or minus five, last year.", [("90", "hedge"), ("5", "hedge")]),
    ],
)
def test_all_but_some_leaves_how_many_unsaid(sentence: str, figures: list[object]) -> None:
    assert [(q.low, q.why) for q in find(sentence)] == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("They closed 84 of the firm's 112 U.S. mills.", "84..84 mills -; 112..112 mills -"),
        ("It flew 40 U.N. monitors out.", "40..40 people -"),
        ("It happened in the U.S. The 40 boats left.", "40..40 boats -"),
        ("She was offered a year of free travel.", "1..1 years -"),
        ("He got a month of unpaid leave.", "1..1 months -"),
        ("It was a year of change.", ""),
    ],
)
def test_letters_with_points_stand_in_a_name_and_a_year_of_leave_is_a_figure(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Two linesmen were electrocuted on the mast.", "2..2 people killed"),
        ("Six hikers froze to death on the pass.", "6..6 people killed"),
        ("Four climbers fell to their deaths.", "4..4 people killed"),
        ("A wire electrocuted three cows and two farmhands.", "3..3 cows -; 2..2 people killed"),
        ("Two walkers were savaged by a dog.", "2..2 people attacked"),
        ("Critics savaged two singers.", "2..2 people -"),
        ("Nine cyclists were taken to hospital with broken bones.", "9..9 people wounded"),
        ("Twelve pupils fell ill and three were taken to hospital.", "12..12 people ill; 3..3 people hospitalised"),
        ("The leak put 31 pupils in hospital.", "31..31 people hospitalised"),
        ("It has 60 beds and put four nurses in charge.", "60..60 beds -; 4..4 people -"),
        ("The brewery laid off 75 workers.", "75..75 people dismissed"),
        ("In March 340 clerks were made redundant.", "340..340 people dismissed"),
        ("The bank will axe 900 jobs.", "900..900 jobs cut"),
        ("Some 300 posts were cut at the studio.", "~300..300 posts cut"),
        ("The gardener cut 12 roses.", "12..12 roses -"),
        ("Some 40 had been treated in hospital by noon.", "~40..40 people hospitalised"),
        (
            "Rents were 12 million pounds, against 9 million a year earlier.",
            "12000000..12000000 GBP -; 9000000..9000000 GBP -",
        ),
        ("The ship's 240 passengers were quarantined.", "240..240 people quarantined"),
        ("Two men were sentenced to death.", "2..2 people -"),
    ],
)
def test_a_fate_may_be_told_in_several_words(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Thirty sheep drowned and twelve were rescued.", "30..30 sheep -; 12..12 sheep -"),
        ("Two mares died and seven were saved.", "2..2 mares -; 7..7 mares -"),
        ("Police shot three bears. One was killed.", "3..3 bears -; 1..1 bears -"),
        ("Two kites crashed and three were damaged.", "2..2 kites -; 3..3 kites damaged"),
        ("Two trams collided and eleven were injured.", "2..2 trams -; 11..11 people wounded"),
        (
            "Three cooks were hurt and a fourth was pulled dead from the cellar.",
            "3..3 people wounded; 1..1 people killed",
        ),
        ("Three nurses were suspended and a fourth was sacked.", "3..3 people -; 1..1 people dismissed"),
        ("Two goats strayed and a third was found dead.", "2..2 goats -; 1..1 goats -"),
        (
            "Five divers sank; two swam up, one is in intensive care and one was found dead.",
            "5..5 people -; 2..2 people -; 1..1 people hospitalised; 1..1 people killed",
        ),
        (
            "Five sailors jumped; three were picked up, one drowned and one is missing.",
            "5..5 people -; 3..3 people -; 1..1 people killed; 1..1 people missing",
        ),
        ("The town has 40 parks and a third is closed.", "40..40 parks -"),
        (
            "Two hikers were hurt, one died and a fourth is lost.",
            "2..2 people wounded; 1..1 people killed; 1..1 people lost",
        ),
        ("Four dogs bit 12 guests and two were put down.", "4..4 dogs -; 12..12 people -; 2..2 - -"),
        ("We moved 400 calves,' she said. 'Another 15 are waiting.'", "400..400 calves -; 15..15 calves -"),
        ("The mill laid off 75 men, 30 more on Monday.", "75..75 people dismissed; 30..30 people -"),
        ("Three people died. One has to ask why.", "3..3 people killed"),
        ("There were eight of us in the lift.", "8..8 people -"),
        ("She ate two pears and one was sour.", "2..2 pears -; 1..1 pears -"),
    ],
)
def test_a_bare_count_is_of_what_was_counted_before_it(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("A baker and her twin sons were killed.", "3..3 people killed"),
        ("A nurse and the two toddlers in her care died.", "3..3 people killed"),
        ("A father and his triplets were rescued.", "4..4 people freed"),
        ("A couple and their three children died.", "5..5 people killed"),
        ("A driver and both his sons died.", "3..3 people killed"),
        ("An elderly couple were found dead.", "2..2 people killed"),
        ("A nurse and the five patients on her ward fell ill.", "6..6 people ill"),
        ("A boy and the two dogs at his side died.", "2..2 dogs -"),
    ],
)
def test_persons_in_words_are_summed(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Three-quarters of an inch of hail fell.", "0.75..0.75 inches -"),
        ("Two-thirds of a tonne of cocoa was burnt.", "0.666667..0.666667 tonnes -"),
        ("About three quarters of a mile of track is closed.", "~0.75..0.75 miles -"),
        ("A tenth of a second decided it.", "0.1..0.1 seconds -"),
        ("Half of a kilometre was flooded.", "0.5..0.5 km -"),
        ("A quarter of an hour later they left.", "0.25..0.25 hours -"),
        ("A third of the mile was paved.", "0.333333..0.333333 share -"),
        ("A third of a second term is gone.", "0.333333..0.333333 share -"),
    ],
)
def test_a_part_of_a_unit_is_measured_in_it(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Unless talks succeed, 600 nurses will walk out, the union said.", ["condition"]),
        ("The union said 600 nurses will walk out unless talks succeed.", ["condition"]),
        ("Should the dam burst, as many as 90 farms would flood.", ["condition"]),
        ("Had the bell failed, 200 guests would have died, she said.", ["condition"]),
        ("Some 40 wells would run dry should the drought last.", ["condition"]),
        ("If it rains, 40 matches will be moved, said the league, which has 12 clubs.", ["condition", None]),
        ("The chain, which has 40 shops, will close 12 if sales fall.", [None, "condition"]),
        ("The toll, if confirmed, would rise to 40.", ["condition"]),
        ("It owns 300 barges and would sell 12 if prices rose.", [None, "condition"]),
        ("Provided that 60 members agree, it will be sold.", ["condition"]),
        ("Even if the strike ends, 40 trams will be late.", [None]),
        ("It provided 40 beds, and should have provided 12 cots.", [None, None]),
        ("He was asked if 40 boats had left.", [None]),
        ("At least 40 goats died, if not more.", [None]),
        ("If anything, 40 boats are too few.", [None]),
        ("Had 40 guests left? Nobody knew.", [None]),
        ("Owners will get 20p a share provided regulators agree.", ["condition"]),
        ("The pool will hold 900, subject to a survey.", ["condition"]),
        ("Some 300 swimmers will set off, weather permitting.", ["condition"]),
        ("The bonus of £500 is paid only if sales hold.", ["condition"]),
        ("The mill would owe £3m were it to close.", ["condition"]),
        ("Imports will be subject to a tax of 12%.", [None]),
        ("It will feed 300 families with meals provided by the guild.", [None]),
    ],
)
def test_what_holds_only_on_a_condition_is_not_sure(sentence: str, why: list[str | None]) -> None:
    assert [q.why for q in find(sentence)] == why


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Two poachers shot dead 14 elephants.", "2..2 people -; 14..14 elephants -"),
        ("Nine officers arrested 30 squatters.", "9..9 people -; 30..30 people detained"),
        ("Four gunmen have killed a guard.", "4..4 people -; 1..1 people killed"),
        ("Some 600 flats lost hot water.", "~600..600 flats -"),
        ("Twelve tenants lost their deposits.", "12..12 people -"),
        ("Three divers lost their lives.", "3..3 people killed"),
        ("Thirty kayaks lost in the gale were found.", "30..30 kayaks lost"),
        ("Six of the 21 divers trapped on Friday had been brought to the surface.", "6..6 people freed; 21..21 people trapped"),
        ("Four of the 15 squatters arrested were released.", "4..4 people freed; 15..15 people detained"),
        ("Two of the 30 tourists missing were found dead.", "2..2 people killed; 30..30 people missing"),
        ("Of the 18 sailors trapped, seven swam ashore.", "18..18 people trapped; 7..7 people -"),
        ("A baker and her two granddaughters were pulled from the lift unhurt.", "3..3 people freed"),
        ("A sherpa and his client were found alive.", "2..2 people freed"),
        ("Both riders and a steward survived.", "3..3 people -"),
        ("Both women were hurt.", "2..2 people wounded"),
        ("The fall left two riders dead, three in hospital and one unaccounted for.",
         "2..2 people killed; 3..3 people hospitalised; 1..1 people missing"),
        ("It left nine dead, one badly hurt and 50 homeless.",
         "9..9 people killed; 1..1 people wounded; 50..50 people displaced"),
    ],
)  # fmt: skip
def test_what_somebody_does_or_loses_is_not_what_befell_him(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The roof will cost 9 million zloty, not a penny less.", "9000000.. PLN -"),
        ("It held 300 guests, and not one more.", "..300 people -"),
        ("Conservative estimates put the loss at 70 hives.", "70.. hives -"),
        ("At a conservative estimate, 1,200 terns nest there.", "1200.. terns -"),
        ("The Conservative club has 40 members.", "40..40 people -"),
        ("It was 7 below zero Fahrenheit.", "-7..-7 °F -"),
        ("The lake froze at 12 below zero.", "-12..-12 - -"),
        ("The valley hit 44C on Sunday.", "44..44 °C -"),
        ("She sat in 44C.", ""),
        ("The lake lost 12mcm, and the field holds 2 bcm.", "12..12 million cubic m -; 2..2 billion cubic m -"),
        ("The captain and the midfielder, 24, left.", ""),
        ("The club sold the playmaker, 31, for £4m.", "4000000..4000000 GBP -"),
    ],
)
def test_hedges_far_from_the_number_degrees_and_ages(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The count of 400 could be off by 20 either way.", ["hedge", "hedge"]),
        ("She put it at 900, but it may be out by 50.", ["hedge", "hedge"]),
        ("The path runs 40 km in either direction.", [None]),
        ("The troupe's claim to have played 40 towns is false.", ["denied"]),
        ("They never sold 40 boats. They sold 12.", ["denied", None]),
    ],
)
def test_a_margin_and_what_is_called_false_are_not_sure(sentence: str, why: list[str | None]) -> None:
    assert [q.why for q in find(sentence)] == why


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The fall killed the skipper and her deckhand, and a diver in the water was badly burned.",
         "2..2 people killed; 1..1 people wounded"),
        ("The slide killed the foreman and his brother.", "2..2 people killed"),
        ("The slide killed the foreman.", ""),
        ("A nurse at the clinic died.", "1..1 people killed"),
        ("A friend of a man who died was there.", ""),
        ("A cook was taken to hospital.", "1..1 people hospitalised"),
        ("A crew of five spent 9 days at sea.", "5..5 people -; 9..9 days -"),
        ("The jury of 12 is out.", "12..12 people -"),
        ("Members backed the merger by 5,310 to 4,988.", "5310..5310 votes -; 4988..4988 votes -"),
        ("Delegates chose Roe by 220 to 198.", "220..220 votes -; 198..198 votes -"),
        ("The army burned 60 huts - a charge it denies.", "60..60 huts -"),
    ],
)  # fmt: skip
def test_persons_groups_and_votes(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


def test_a_negation_in_quotation_marks_is_heard() -> None:
    found = find('The farmer said the 300 geese "had not been starved" and 40 hens "were never fed".')
    assert [q.why for q in found] == ["denied", "denied"]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("9,000 trout died.", "9000..9000 trout -"),
        ("Hundreds of salmon died.", "200..999 salmon -"),
        ("A woman in her sixties and a toddler were hurt.", "2..2 people wounded"),
        ("Two girls, aged nine and 12, swam.", "2..2 people -"),
        ("Three boys aged six, eight and 11 swam.", "3..3 people -"),
        ("They were jailed for 12 and nine years.", "12..12 years -; 9..9 years -"),
        ("Exports rose from 4.1m tonnes to 4.6m.", "4100000..4100000 tonnes -; 4600000..4600000 tonnes -"),
        ("The ditch is 1.2m wide, up from 0.9m.", "1.2..1.2 m -; 0.9..0.9 m -"),
        ("The rate fell by half a point.", "0.5..0.5 points -"),
        ("It cost 40€.", "40..40 EUR -"),
        ("It made 40€ and $50.", "40..40 EUR -; 50..50 USD -"),
        ("The mill plans 400 lay-offs.", "400..400 lay-offs -"),
        ("The flood drove out 900 people; that is a conservative estimate.", "900.. people -"),
    ],
)
def test_animals_ages_millions_and_signs_behind(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


def test_not_all_of_them_is_not_sure() -> None:
    assert [q.why for q in find("Not all the 60 hostages have been freed. Not all of the 14 vans run.")] == [
        "hedge"
    ] * 2


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("It is worth Can$75,000, or Z$90.", "75000..75000 CAD -; 90..90 Z$ -"),
        ("At 29, she is the youngest of 12 judges.", "12..12 people -"),
        ("A 45-year-old man and his daughter, seven, were hurt.", "2..2 people wounded"),
        ("A party of eight was swept away; four dug themselves out.", "8..8 people -; 4..4 people -"),
    ],
)
def test_dollars_of_others_ages_in_words_and_parties(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


def test_what_was_said_to_come_is_called_wrong() -> None:
    assert find('The claim that 500 jobs would be created was "plain wrong".')[0].why == "denied"


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The lift fell, killing the porter, a guest and four cooks and leaving 13 hurt.",
         "6..6 people killed; 13..13 people wounded"),
        ("Eight rowers collapsed; one, a 39-year-old man, died.", "8..8 people -; 1..1 people killed"),
        ("Nobody puts it below 4 billion euros.", "4000000000.. EUR -"),
        ("No one expects the roof to cost less than £3m.", "3000000.. GBP -"),
        ("Nobody thinks more than 200 fans will come.", "..200 people -"),
        ("Court 7 heard that he took £9,400.", "9400..9400 GBP -"),
    ],
)  # fmt: skip
def test_the_driver_too_one_of_them_and_what_nobody_holds(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


def test_let_alone_and_one_fatally() -> None:
    assert [q.why for q in find("She owed nothing, let alone $9m.")] == ["denied"]
    assert read("Snipers shot four guards, one fatally.") == "4..4 people -; 1..1 people killed"


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The fair on 3 and 4 May drew 400 visitors.", "400..400 visitors -"),
        ("Hail fell from 7 to 9 June.", ""),
        ("Rents will go from 500 euros to 650 euros.", "500..500 EUR -; 650..650 EUR -"),
        ("Gale force 8 gusts sank two boats.", "2..2 boats -"),
        ("A force 10 storm is due.", ""),
        ("The police force 40 drivers to stop.", "40..40 people -"),
        ("The tug sank 6 nm off the cape.", "6..6 nautical miles -"),
        ("The film is 6 nm thick.", "6..6 nm -"),
        (
            "The tunnel cost 80 million Norwegian kroner, or 90 Swedish kronor.",
            "80000000..80000000 NOK -; 90..90 SEK -",
        ),
        ("A fifth of those infected have died.", "0.2..0.2 share killed"),
        ("12 of those injured were released.", "12..12 people freed"),
        ("Boat lost, six held\nNine of those on the Blue Wing 4 are safe.", "6..6 people lost; 9..9 people -"),
        ("All aboard the Blue Wing 4 were unhurt.", ""),
        ("In the Blue Valley 4 were hurt.", "4..4 people wounded"),
        ("Three divers were declared dead.", "3..3 people killed"),
    ],
)
def test_two_days_winds_sea_miles_and_what_befell_the_infected(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Nobody was hurt apart from a guard.", ["hedge"]),
        ("The walk takes 30 minutes to an hour.", ["range"]),
        ("The term is six months to two years.", ["range", "range"]),
        ("It was two weeks to the day.", [None]),
        ("No one was injured except the pilot.", ["hedge"]),
        ("Nobody was hurt, the owner said.", [None]),
        ("The hall holds 300, perhaps twice that.", [None, "hedge"]),
    ],
)
def test_nobody_but_somebody_is_not_sure(sentence: str, why: list[str | None]) -> None:
    assert [q.why for q in find(sentence)] == why


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("On 3, 4 and 5 May 60 barges sailed.", "60..60 barges -"),
        ("Hail fell on 1 and 2 of March.", ""),
        ("12 were hurt and three, all children, were killed.", "12..12 people wounded; 3..3 people killed"),
        ("Ten were treated for cuts and two, both nuns, died.", "10..10 people wounded; 2..2 people killed"),
        ("Four guests, mostly Danes, were arrested.", "4..4 people detained"),
    ],
)
def test_days_in_a_row_and_what_befell_all_of_them(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize("sentence", ["Nobody but the driver was hurt.", "No one else was hurt, only a dog."])
def test_nobody_else_is_not_nobody(sentence: str) -> None:
    assert next(q.why for q in find(sentence)) == "hedge"


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The choir was within a whisker of 200 singers.", "~..200 people -"),
        ("Turnout was a notch under 40 percent.", "~..40 percent -"),
        ("The levy takes a licence past £300.", "300.. GBP -"),
        ("The bus drove past 40 shops.", "40..40 shops -"),
        ("The parade moved past 300 shops.", "300..300 shops -"),
        ("The toll rose past 300.", "300.. - -"),
        ("The comet flies at 12km a second.", "12..12 km/s -"),
        ("The vat held 400 US gallons.", "400..400 gallons -"),
        ("Not a single barn was lost.", "0..0 - -"),
        ("The rate rose by a quarter of a point.", "0.25..0.25 points -"),
        ("She won by three-tenths of a second.", "0.3..0.3 seconds -"),
        ("Of the five boats, two were sunk and the other three were lost.", "5..5 boats -; 2..2 boats -; 3..3 boats -"),
        ("Not a single house was lost.", "0..0 houses lost"),
        ("Not one nurse was hurt.", "0..0 people wounded"),
        ("Four divers, feared drowned, were found alive.", "4..4 people freed"),
        ("Nine urns, feared lost, turned up in a shed.", "9..9 urns -"),
        ("Two climbers, thought dead, are missing.", "2..2 people missing"),
    ],
)
def test_small_steps_speeds_single_things_and_what_was_only_feared(sentence: str, figures: str) -> None:
    assert read(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "why"), [("The queue rarely exceeds 30.", "hedge"), ("It never exceeded 30.", None)]
)
def test_what_is_seldom_more_is_at_most_that_and_not_sure(sentence: str, why: str | None) -> None:
    assert read(sentence) == "..30 - -"
    assert [q.why for q in find(sentence)] == [why]


@pytest.mark.parametrize(
    ("sentence", "counting"),
    [
        ("The warden counted 30 nests, four more than in June.", ["unknown", "increment"]),
        ("The bell costs $40 more than the gong.", ["increment"]),
        ("They had 30 more than 20 years ago.", ["unknown", "unknown"]),
    ],
)
def test_so_many_more_than_before_is_an_increment(sentence: str, counting: list[str]) -> None:
    assert [q.counting for q in find(sentence)] == counting

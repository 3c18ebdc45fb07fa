"""What figures count: people, times, money, measures, the things of news; and the verbs that say what befell them."""

from __future__ import annotations

from ledger.quantity.words import listed

NATIONALS = listed(
    "israelis palestinians americans syrians iraqis russians ukrainians afghans turks kurds iranians yemenis lebanese"
    " somalis shiites sunnis christians muslims jews"
)
PEOPLE = NATIONALS | listed(
    "people persons men women children civilians militants fighters soldiers troops rebels insurgents terrorists"
    " jihadists extremists gunmen policemen officers police residents villagers inhabitants citizens nationals evacuees"
    " refugees migrants returnees idps families-members members recruits conscripts reservists guards servicemen"
    " personnel staff employees workers journalists reporters doctors nurses medics paramedics rescuers firefighters"
    " volunteers activists protesters protestors demonstrators detainees prisoners inmates captives hostages abductees"
    " suspects attackers bombers assailants victims casualties fatalities deaths dead injured wounded survivors patients"
    " students pupils teachers schoolchildren schoolgirls schoolboys boys girls babies infants toddlers teenagers adults"
    " youths elderly passengers pilgrims worshippers tourists travellers travelers motorists drivers pilots sailors"
    " fishermen farmers miners commanders leaders generals captains combatants mercenaries militiamen commandos marines"
    " paratroopers infantrymen snipers defectors deserters settlers"
    " lawmakers politicians mps deputies senators delegates candidates voters respondents households-members witnesses"
    " bodies corpses martyrs souls individuals humans adolescents minors orphans widows relatives friends others"
    " contractors peacekeepers observers monitors diplomats officials representatives experts scientists engineers"
    " technicians trainees cadets veterans pensioners participants attendees spectators fans supporters loyalists"
    " guerrillas partisans smugglers traffickers criminals convicts judges lawyers monks nuns priests imams clerics"
    " homeless missing stranded displaced unemployed locals foreigners expatriates immigrants asylum-seekers allies"
    " countrymen colleagues comrades rioters looters bystanders pedestrians cyclists operatives agents spies"
)
PERSON = listed(
    "person man woman child civilian militant fighter soldier trooper rebel insurgent terrorist jihadist extremist gunman"
    " policeman officer resident villager citizen national evacuee refugee migrant guard serviceman employee worker"
    " journalist reporter doctor nurse medic rescuer firefighter volunteer activist protester demonstrator detainee"
    " prisoner inmate hostage suspect attacker bomber assailant victim casualty fatality death survivor patient student"
    " pupil teacher boy girl baby infant toddler teenager adult passenger pilgrim worshipper tourist driver pilot sailor"
    " fisherman farmer miner commander leader combatant mercenary militiaman commando marine body corpse martyr"
    " individual minor relative other contractor peacekeeper diplomat official member recruit schoolgirl schoolboy"
    " israeli palestinian american syrian iraqi russian ukrainian afghan turk kurd iranian yemeni bystander"
)
POPULATIONS = NATIONALS | listed(
    "civilians children women men militants fighters soldiers troops rebels insurgents terrorists jihadists extremists"
    " gunmen policemen police evacuees refugees migrants residents villagers prisoners detainees hostages journalists"
    " passengers protesters demonstrators students workers officers guards personnel pilgrims peacekeepers firefighters"
    " medics doctors girls boys babies infants elderly civilian child woman soldier militant fighter rebel"
)
"""People heads that say which group is counted; "people", "bodies" and "others" do not."""

TIME_UNITS = {
    **dict.fromkeys(("second", "seconds", "sec", "secs"), "seconds"),
    **dict.fromkeys(("minute", "minutes", "min", "mins"), "minutes"),
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), "hours"),
    **dict.fromkeys(("day", "days"), "days"),
    **dict.fromkeys(("night", "nights"), "nights"),
    **dict.fromkeys(("week", "weeks"), "weeks"),
    **dict.fromkeys(("fortnight", "fortnights"), "fortnights"),
    **dict.fromkeys(("month", "months"), "months"),
    **dict.fromkeys(("year", "years", "yr", "yrs"), "years"),
    **dict.fromkeys(("decade", "decades"), "decades"),
    **dict.fromkeys(("century", "centuries"), "centuries"),
}
MEASURES_OF = {
    **dict.fromkeys(("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"), "km"),
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), "m"),
    **dict.fromkeys(("cm", "centimetre", "centimetres", "centimeter", "centimeters"), "cm"),
    **dict.fromkeys(("mm", "millimetre", "millimetres", "millimeter", "millimeters"), "mm"),
    **dict.fromkeys(("mile", "miles", "mi"), "miles"),
    **dict.fromkeys(("foot", "feet", "ft"), "feet"),
    **dict.fromkeys(("inch", "inches"), "inches"),
    **dict.fromkeys(("yard", "yards"), "yards"),
    **dict.fromkeys(("hectare", "hectares", "ha"), "hectares"),
    **dict.fromkeys(("acre", "acres"), "acres"),
    **dict.fromkeys(("tonne", "tonnes"), "tonnes"),
    **dict.fromkeys(("ton", "tons"), "tons"),
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "kilogramme", "kilogrammes"), "kg"),
    **dict.fromkeys(("g", "gram", "grams", "gramme", "grammes"), "g"),
    **dict.fromkeys(("lb", "lbs"), "pounds"),
    **dict.fromkeys(("litre", "litres", "liter", "liters"), "litres"),
    **dict.fromkeys(("gallon", "gallons"), "gallons"),
    **dict.fromkeys(("barrel", "barrels"), "barrels"),
    **dict.fromkeys(("mw", "megawatt", "megawatts"), "MW"),
    **dict.fromkeys(("gw", "gigawatt", "gigawatts"), "GW"),
    **dict.fromkeys(("kph", "km/h", "kmh"), "km/h"),
    **dict.fromkeys(("mph",), "mph"),
    **dict.fromkeys(("degree", "degrees", "°"), "degrees"),
    **dict.fromkeys(("knot", "knots"), "knots"),
}
UNITS = TIME_UNITS | MEASURES_OF
PERCENT = listed("% percent pct pc percentage")

CURRENCY_SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₺": "TRY",
    "₪": "ILS",
    "₴": "UAH",
}
CURRENCIES = {
    **dict.fromkeys(("dollar", "dollars", "usd"), "USD"),
    **dict.fromkeys(("euro", "euros", "eur"), "EUR"),
    **dict.fromkeys(("pound", "pounds", "gbp", "sterling"), "GBP"),
    **dict.fromkeys(("yen", "jpy"), "JPY"),
    **dict.fromkeys(("rupee", "rupees", "inr"), "INR"),
    **dict.fromkeys(("rouble", "roubles", "ruble", "rubles", "rub"), "RUB"),
    **dict.fromkeys(("yuan", "renminbi", "cny"), "CNY"),
    **dict.fromkeys(("franc", "francs", "chf"), "CHF"),
    **dict.fromkeys(("lira", "liras"), "TRY"),
    **dict.fromkeys(("cent", "cents"), "cents"),
}

THINGS = listed(
    "sorties strikes airstrikes raids attacks targets positions rockets missiles shells bombs mines mortars drones"
    " warplanes aircraft jets planes helicopters tanks vehicles trucks buses cars ambulances ships boats vessels"
    " buildings houses homes schools hospitals clinics mosques churches temples shops factories warehouses depots camps"
    " villages towns cities provinces districts neighbourhoods neighborhoods countries states nations governorates"
    " families households groups factions parties companies firms organisations organizations agencies checkpoints"
    " bases barracks posts outposts headquarters tunnels bridges roads wells fields explosions blasts clashes incidents"
    " violations crimes cases infections tests beds votes seats ballots jobs shares points cases earthquakes tremors"
    " fires floods storms weapons rifles guns launchers pieces bullets rounds grenades convoys brigades battalions units"
    " divisions operations missions flights meetings talks sessions interviews arrests executions beheadings kidnappings"
    " injuries losses sites facilities objects tombs monuments artefacts artifacts copies pages documents tweets"
    " messages calls items tents meals packages parcels loads trips times rounds ceasefires agreements proposals"
    " cattle sheep goats livestock animals trees crops"
)
THING = listed(
    "sortie strike airstrike raid attack target position rocket missile shell bomb mine mortar drone warplane jet plane"
    " helicopter tank vehicle truck bus car ambulance ship boat vessel building house home school hospital clinic mosque"
    " church temple shop factory depot camp village town city province district country state nation family household"
    " group faction party company checkpoint base post tunnel bridge road well explosion blast clash incident violation"
    " case infection test bed vote seat job point fire weapon rifle gun launcher piece bullet round grenade convoy"
    " brigade battalion unit division operation mission flight meeting session arrest execution injury loss site"
    " facility object tomb monument page document item tent meal truckload busload vehicle storey"
)
COUNTABLE = PEOPLE | THINGS | frozenset(UNITS) | listed("casualties fatalities deaths injuries survivors")
COUNTABLE_ONE = PERSON | THING | frozenset(UNITS)

SORTIES = {"sortie": "sorties", "sorties": "sorties"}
STRIKES = dict.fromkeys(listed("strike strikes airstrike airstrikes raid raids"), "strikes")
TARGETS = dict.fromkeys(
    listed("target targets position positions facility facilities object objects site sites"), "targets"
)

FATES = {
    **dict.fromkeys(
        listed(
            "killed killing kill kills dead died die dies deaths death dying slain slaying murdered murdering massacred"
            " fatalities fatality perished martyred beheaded executed executing beheading toll lives"
            " eliminated eliminating liquidated neutralized neutralised"
        ),
        "killed",
    ),
    **dict.fromkeys(
        listed("wounded wounding wound wounds injured injuring injure injuries injury hurt maimed"), "wounded"
    ),
    **dict.fromkeys(listed("casualties casualty"), "casualties"),
    **dict.fromkeys(listed("lost losing loses lose losses"), "lost"),
    **dict.fromkeys(listed("evacuated evacuating evacuate evacuation evacuees evacuee"), "evacuated"),
    **dict.fromkeys(listed("displaced displacing displace fled fleeing flee uprooted homeless idps"), "displaced"),
    **dict.fromkeys(
        listed("detained detaining detain arrested arresting arrest arrests jailed imprisoned detainees rounded"),
        "detained",
    ),
    **dict.fromkeys(listed("captured capturing capture abducted kidnapped abducting kidnapping hostage"), "captured"),
    **dict.fromkeys(listed("missing"), "missing"),
    **dict.fromkeys(listed("rescued rescuing rescue saved freed released freeing releasing liberated"), "freed"),
    **dict.fromkeys(listed("surrendered surrendering surrender"), "surrendered"),
    **dict.fromkeys(listed("destroyed destroying destroy demolished demolishing razed"), "destroyed"),
    **dict.fromkeys(listed("damaged damaging"), "damaged"),
    **dict.fromkeys(listed("infected infecting infections"), "infected"),
    **dict.fromkeys(listed("sorties sortie"), "sorties"),
    **dict.fromkeys(listed("strikes airstrikes airstrike strike raids raid"), "strikes"),
    **dict.fromkeys(listed("targeting targeted hitting struck targets bombed bombing"), "targets"),
}
"""What a word near a figure says befell what is counted; "lost" stays lost, never killed."""

FATES_OF_PEOPLE = listed(
    "killed wounded casualties lost evacuated displaced detained captured missing freed surrendered"
)
NOT_PEOPLE = listed("destroyed damaged sorties strikes targets")
NOUNS_OF_FATE = listed(
    "deaths death dead fatalities fatality lives injuries injury casualties casualty losses evacuees evacuee evacuation"
    " idps homeless detainees hostage infections sorties sortie strikes airstrikes airstrike strike raids raid targets"
    " wound wounds missing capture arrests release rescue surrender dies kills hurt"
)
"""Fates that are nouns: they say what is counted when they are the head, not when they merely stand before a figure."""

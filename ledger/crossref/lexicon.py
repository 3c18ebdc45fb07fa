"""The words that cross-referencing knows: what is counted, of whom, who speaks, what an answer leaves open.

Small tables on purpose: each line is an equivalence or a part that a person can check. What is not here stays unknown.
"""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """The words of a table line."""
    return frozenset(words.split())


# --- what is counted ----------------------------------------------------------------------------------------------

MEASURES = {
    "killed": "killed kill kills killing dead died die dies dying death deaths fatality fatalities slain slaying perished "
    "executed execution executions beheaded massacred murdered assassinated martyred martyr martyrs toll|death toll"
    "|lives lost|lost their lives|lost his life|lost her life|claimed the lives|claimed the life|took the lives"
    "|claiming the lives|costing the lives|cost the lives|lost lives",
    "wounded": "wounded wounding wounds injured injuring injuries hurt maimed",
    "killed or wounded": "casualties casualty",
    "lost": "lost lose loses losing loss losses",
    "bodies": "bodies corpses corpse",
    "captured": "captured capturing detained arrested arrests imprisoned jailed detainees prisoners|taken prisoner",
    "abducted": "kidnapped abducted abductions kidnappings hostages|taken hostage",
    "missing": "missing disappeared unaccounted",
    "displaced": "displaced displacing displacement fled fleeing uprooted refugees",
    "evacuated": "evacuated evacuating evacuees evacuee evacuation bused bussed|safe passage",
    "rescued": "rescued saved freed liberated",
    "infected": "infected infections cases",
    "shot down": "intercepted downed|shot down|shooting down|brought down",
    "destroyed": "destroyed destroying demolished razed",
    "attended": "attended marched rallied protested demonstrated protesters demonstrators marchers",
    "sorties": "sortie sorties missions|combat sorties|combat missions|combat flights",
    "strikes": "strike strikes airstrike airstrikes air-strikes raid raids bombardments|air strike|air strikes|air raid"
    "|air raids|bombing raid|bombing raids|bombing runs",
    "targets": "target targets positions position objectives",
    "missiles": "missile missiles",
    "rockets": "rocket rockets",
    "shells": "shell shells",
    "drones": "drone drones",
}
"""Single words, then phrases after bars. "lost" is a measure of its own: only a reading makes it killed."""

ACTIVITIES = listed("sorties strikes targets missiles rockets shells drones")
"""What is counted here belongs to its period alone: another day's are others."""

TOLLS = frozenset(
    {"killed", "wounded", "killed or wounded", "lost", "bodies", "missing", "displaced", "infected", "abducted"}
)
"""Counts that keep rising while reports come in: a later, higher figure is an update."""

THINGS = listed(
    "percent % usd eur gbp dollars euros pounds km m metres meters miles hectares tonnes tons kg litres barrels hours days "
    "weeks months years minutes"
)
"""Units that are no people even where people are counted."""

WEAK = frozenset({"attended", "evacuated", "bodies", "displaced", "missiles", "rockets", "shells", "drones"})
"""Measures that a mere noun shows; the verb beside it says more: "police arrested 35 protesters", "shot down 14 drones"."""

ONE_UNIT = {"homes": "houses", "dwellings": "houses", "cars": "vehicles"}
"""Units that are counted as one."""

PARTS = frozenset({("killed", "killed or wounded"), ("wounded", "killed or wounded")})
"""(part, whole) among measures. "lost" is no whole: what it covers is not said."""

# --- of whom ------------------------------------------------------------------------------------------------------

GROUPS = {
    "children": "children child minors kids infants babies toddlers schoolchildren boys girls",
    "women": "women woman",
    "civilians": "civilians civilian villagers non-combatants noncombatants",
    "evacuees": "evacuees evacuee",
    "guards": "guards guarding guarded escorts",
    "combatants": "fighters fighter militants militant jihadists jihadis jihadist terrorists terrorist insurgents rebels "
    "gunmen extremists combatants militiamen soldiers soldier troops troop servicemen personnel army forces military",
    "police": "police policemen policewomen officers",
    "journalists": "journalists reporters journalist",
    "medics": "medics doctors nurses paramedics",
    "aid workers": "rescuers|aid workers|aid worker|relief workers|relief worker|rescue workers|rescue worker",
    "people": "people persons person victims individuals souls lives others men residents inhabitants locals passengers",
}

GROUP_WHOLES = {
    "children": frozenset({"civilians", "people", "evacuees"}),
    "women": frozenset({"civilians", "people", "evacuees"}),
    "civilians": frozenset({"people"}),
    "evacuees": frozenset({"people"}),
    "guards": frozenset({"people", "combatants"}),
    "combatants": frozenset({"people"}),
    "police": frozenset({"people"}),
    "journalists": frozenset({"people", "civilians"}),
    "medics": frozenset({"people", "civilians"}),
    "aid workers": frozenset({"people", "civilians"}),
}
"""Each sort of people with those that it is a part of."""

STATE, ARMED = "state", "armed group"

SIDES = {
    "Islamic State": "isis isil daesh daish|islamic state|so-called islamic state|islamic state group",
    "al-Qaeda": "al-qaeda al-qaida alqaeda qaeda|al qaeda|al nusra|nusra front|al-nusra",
    "Taliban": "taliban taleban",
    "Hezbollah": "hezbollah hizbullah hizbollah",
    "Hamas": "hamas",
    "Boko Haram": "boko|boko haram",
    "al-Shabaab": "al-shabaab shabaab shabab|al shabaab",
    "Houthis": "houthi houthis",
    "PKK": "pkk",
    "SDF": "sdf ypg|syrian democratic forces",
    "rebels": "rebel rebels|opposition fighters|opposition forces",
}
"""Names of one side, each a single population however it is written."""

STRIKERS = listed(
    "killed kills kill killing executed executes beheaded massacred murdered slaughtered wounded injured wounding shot "
    "captured kidnapped abducted detained arrested displaced evacuated rescued freed"
)
"""Verbs whose subject is not who is counted: "troops killed 24 militants"."""
SAYING = listed("said says reported reports announced told claimed claims stated added confirmed")
OBJECT_WORDS = listed(
    "some about around nearly almost dozens hundreds scores thousands several many up over more a an the one two three four "
    "five six seven eight nine ten between fewer just another all its their his no"
)
"""What begins an object after such a verb."""

STATE_WORDS = listed(
    "government gov govt regime army soldiers soldier troops troop servicemen pro-government loyalist loyalists pro-regime "
    "police policemen state-backed"
)
ARMED_WORDS = listed(
    "militants militant jihadists jihadis jihadist terrorists terrorist insurgents rebels rebel extremists gunmen"
)
NATIONAL = ("an", "ish", "ese", "ch", "qi", "li", "ni", "mi", "ti", "di", "ri")
"""How nationalities end in English; only looked at before a word of the state's forces."""

RATES = {
    "day": "day",
    "daily": "day",
    "hour": "hour",
    "hourly": "hour",
    "week": "week",
    "weekly": "week",
    "month": "month",
    "year": "year",
}

NOT_BEFORE_RATE = listed("in within over after for than about around under half quarter once")
NOT_AFTER_RATE = listed("after later before earlier ago of long old")
"""Words that make "a day" or "a year" a time, not a rate."""

# --- where --------------------------------------------------------------------------------------------------------

DIRECTIONS = listed(
    "northern southern eastern western central northeastern northwestern southeastern southwestern greater rural downtown "
    "upper lower inner outer"
)
PLACE_NOISE = listed("the city town village of province governorate district near in area region state county")

# --- counting goes on ---------------------------------------------------------------------------------------------


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in text.split("|"))


RUNNING = _phrases(
    "so far|has risen|have risen|had risen|rose to|rises to|rising to|climbed to|climbs to|has reached|updated toll"
    "|previous toll|latest toll|at least|likely to rise|expected to rise|and counting|still rising"
)
"""Words that show a count in progress; a floor does, since whoever says it expects more."""

INCREMENT = _phrases(
    "another|additional|in just 24 hours|in the past 24 hours|in the last 24 hours|in 24 hours|within 24 hours"
    "|over the past day|overnight|a day|daily"
)
TOTAL = _phrases("in total|a total of|altogether|death toll|overall")

EARLIER = listed("previous previously earlier initial initially updating former prior preliminary")
"""Words by which a text itself marks a figure as superseded."""

LINKS = listed("and with including among plus while as but")
"""Words that begin another matter: what stands beyond them is counted by another figure more often than not."""

# --- short answers ------------------------------------------------------------------------------------------------

OPEN = listed(
    "unknown unclear unconfirmed unverified undetermined unspecified undisclosed disputed possible possibly maybe perhaps "
    "condemn condemns condemned condemnation silent none-stated no-comment open pending"
)
"""Answers that state nothing which another could contradict."""

OPEN_PHRASES = _phrases("no comment|not known|not clear|not stated|none stated|not confirmed|no information|too early")

MANY = listed("cause causes reason reasons motive motives factor factors because purpose aim effect")
"""What there may be several of at once: another one named does not contradict the first."""

DENIAL = listed("denial denies denied deny rejects rejected not no never")

SOFT = _phrases("one of|among the|partly|in part|some|at least")
"""Words that leave room beside what is stated."""

MANNER = listed("suicide remote controlled timed accidental deliberate accident")
DEVICE = listed("car truck bomb vehicle van explosive explosives ied belt mine grenade drone missile shell bombing")
"""How an attack was made, and with what: answers to two questions, so neither contradicts the other."""

# --- who speaks ---------------------------------------------------------------------------------------------------

ARTICLES = listed("the a an")
PARTICLES = listed("al el as ash ad an ar at az bin ibn abu umm de da di du la le van von der den ter bint ould")
"""Small words that names begin with or hold."""

SMALL = listed("for of and the on in de la du des et y und für a an to")
"""Words that no acronym counts."""

NAMELESS = listed(
    "source sources official officials activist activists witness witnesses resident residents insurgents rebels rebel "
    "fighters militants media reports outlets agencies observers analysts experts officer officers commander commanders "
    "spokesman spokeswoman spokesperson diplomat diplomats doctor doctors medic medics locals people neighbours neighbors "
    "authorities police refugees evacuees survivors journalists reporter correspondent correspondents monitors users"
)
"""Nouns that say what sort of person speaks, without saying who."""

UNNAMED = listed("unnamed anonymous unidentified undisclosed")

MEDIA_WORDS = listed(
    "television tv radio news agency agencies newspaper channel media press broadcaster times post daily sana tass"
)

ORGANISED = listed(
    "army ministry forces force council observatory group front brigade command centre center committee agency union nations "
    "government party movement state states organisation organization police court network office department staff army "
    "defence defense media television house republic guard militia coalition league association federation"
)
"""Words that no person's name holds."""

# --- wording ------------------------------------------------------------------------------------------------------

STRONGER = {
    "killed": listed("beheaded massacred slaughtered butchered executed murdered assassinated"),
    "left": listed("fled escaped"),
    "damaged": listed("destroyed razed levelled leveled"),
    "injured": listed("maimed mutilated"),
    "said": listed("confirmed admitted revealed proved"),
    "attacked": listed("stormed raided"),
    "setback": listed("defeat rout collapse"),
}
"""Words and those that say more than they do."""

DOUBT = listed(
    "supposedly allegedly reportedly apparently possibly perhaps probably likely may might could suspected alleged"
)

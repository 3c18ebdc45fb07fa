"""The words that report: verbs with their classes, nouns, adverbs, and the small words that bound phrases and clauses."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import NamedTuple


def listed(words: str) -> frozenset[str]:
    """The words of a list written as prose."""
    return frozenset(words.split())


class Strength(Enum):
    """How firmly a cue marks a statement of fact; the value is the score a find starts from."""

    SAYS = 0.9
    TELLS = 0.88
    SHOWS = 0.8
    THINKS = 0.55
    JUDGES = 0.5
    WANTS = 0.35


class Form(Enum):
    BASE = "base"
    PRESENT = "s"
    PAST = "ed"
    PARTICIPLE = "en"
    ING = "ing"


class Verb(NamedTuple):
    lemma: str
    strength: Strength
    forms: frozenset[Form]


SAYS = """answer fire_back shoot_back say add announce report claim allege assert note state tweet testify confirm insist
argue explain acknowledge admit deny declare conclude reply respond recall maintain contend stress emphasize
emphasise remark comment observe mention concede boast joke quip disclose charge complain caution predict write
continue reiterate repeat recount relate retort counter clarify aver attest affirm reaffirm lament muse opine
posit proclaim pronounce profess reckon rejoin confess confide divulge blog whisper shout yell scream exclaim
cry tweet_out post read warn elaborate interject proffer underscore underline highlight swear speculate hint
imply concur protest caution forecast hypothesize theorize reason surmise summarize chant sing ask wonder
inquire question request sum_up point_out spell_out cite quote estimate calculate detail outline describe boast
discuss recommend propose suggest stipulate rule decree marvel deadpan tout trumpet broadcast publish certify
verify vouch interpret retweet rant gripe grumble moan bemoan grouse fume thunder chide scoff snap bark mutter
murmur"""

TELLS = "tell inform notify remind assure advise brief convince persuade"

SHOWS = "show find reveal indicate demonstrate prove suggest confirm record document list portray depict count put"

THINKS = """believe think know feel expect hope fear doubt suspect assume imagine guess realize realise understand figure
consider regard view remember forget agree disagree worry anticipate presume suppose deem dream conceive
perceive foresee recognize recognise envision envisage trust learn discover decide determine conclude hear see
love like hate dislike enjoy regret resent"""

JUDGES = """herald accuse blame criticize criticise praise slam blast condemn denounce reject dismiss support oppose endorse
back urge call label dub brand describe characterize characterise term hail laud applaud welcome mock ridicule
defend decry deride lambast lambaste fault rebuke chastise scold rebut refute dispute challenge credit thank
congratulate apologize apologise commend salute compare liken portray tout bemoan belittle disparage disavow
disown renounce repudiate champion advocate favor favour embrace prefer tolerate admire appreciate encourage
prod pressure ask beg implore plead beseech exhort advise recommend discourage warn threaten vilify deplore
insult address call_for call_on point_to refer_to allude_to speak_of talk_about speak_about push_for lash_out_at
weigh_in_on speak_out_against object_to take_issue_with lay_out rail_against complain_about brag_about
boast_about boast_of warn_of warn_about warn_against argue_for argue_against agree_with agree_to disagree_with
respond_to react_to comment_on brush_off shrug_off play_down focus_on dwell_on hit_back_at take_aim_at side_with
stand_by back_up hint_at"""

WANTS = """want plan seek intend aim vow pledge promise refuse decline agree threaten offer demand require wish mean commit
propose hesitate long yearn aspire strive opt order instruct call_upon look_forward_to hope decide insist_on"""

QUOTE_ONLY = listed("continue read sing post shout scream cry chant yell whisper laugh smile go begin trumpet")
"""Verbs that report only beside a quotation: "we won," he continued."""

STRONG_SPEECH = listed(
    """answer fire_back shoot_back hit_back say add tell announce report claim allege assert note state tweet testify
confirm insist argue explain acknowledge admit declare conclude reply respond recall maintain contend stress
emphasize emphasise remark comment observe concede boast joke quip disclose complain caution predict write
continue reiterate repeat recount retort counter clarify warn shout yell exclaim lament muse opine estimate ask
promise vow agree advise remind ask quip suggest"""
)

IRREGULAR = {
    "say": ("says", "said", "saying"),
    "tell": ("tells", "told", "telling"),
    "write": ("writes", "wrote written", "writing"),
    "read": ("reads", "read", "reading"),
    "sing": ("sings", "sang sung", "singing"),
    "swear": ("swears", "swore sworn", "swearing"),
    "think": ("thinks", "thought", "thinking"),
    "know": ("knows", "knew known", "knowing"),
    "feel": ("feels", "felt", "feeling"),
    "find": ("finds", "found", "finding"),
    "show": ("shows", "showed shown", "showing"),
    "see": ("sees", "saw seen", "seeing"),
    "hear": ("hears", "heard", "hearing"),
    "understand": ("understands", "understood", "understanding"),
    "forget": ("forgets", "forgot forgotten", "forgetting"),
    "foresee": ("foresees", "foresaw foreseen", "foreseeing"),
    "put": ("puts", "put", "putting"),
    "forecast": ("forecasts", "forecast", "forecasting"),
    "broadcast": ("broadcasts", "broadcast", "broadcasting"),
    "cast": ("casts", "cast", "casting"),
    "choose": ("chooses", "chose chosen", "choosing"),
    "seek": ("seeks", "sought", "seeking"),
    "mean": ("means", "meant", "meaning"),
    "prove": ("proves", "proved proven", "proving"),
    "speak": ("speaks", "spoke spoken", "speaking"),
    "lay": ("lays", "laid", "laying"),
    "take": ("takes", "took taken", "taking"),
    "hit": ("hits", "hit", "hitting"),
    "stand": ("stands", "stood", "standing"),
    "spell": ("spells", "spelled spelt", "spelling"),
    "shoot": ("shoots", "shot", "shooting"),
    "sum": ("sums", "summed", "summing"),
    "learn": ("learns", "learned learnt", "learning"),
    "dream": ("dreams", "dreamed dreamt", "dreaming"),
    "beg": ("begs", "begged", "begging"),
    "plan": ("plans", "planned", "planning"),
    "slam": ("slams", "slammed", "slamming"),
    "rap": ("raps", "rapped", "rapping"),
    "rip": ("rips", "ripped", "ripping"),
    "dub": ("dubs", "dubbed", "dubbing"),
    "admit": ("admits", "admitted", "admitting"),
    "commit": ("commits", "committed", "committing"),
    "rebut": ("rebuts", "rebutted", "rebutting"),
    "prefer": ("prefers", "preferred", "preferring"),
    "refer": ("refers", "referred", "referring"),
    "quip": ("quips", "quipped", "quipping"),
    "opt": ("opts", "opted", "opting"),
    "beseech": ("beseeches", "besought beseeched", "beseeching"),
    "blog": ("blogs", "blogged", "blogging"),
    "brag": ("brags", "bragged", "bragging"),
    "snap": ("snaps", "snapped", "snapping"),
    "lie": ("lies", "lied", "lying"),
    "regret": ("regrets", "regretted", "regretting"),
    "hit_back": ("hits", "hit", "hitting"),
    "sum_up": ("sums", "summed", "summing"),
    "weigh": ("weighs", "weighed", "weighing"),
    "infer": ("infers", "inferred", "inferring"),
    "prod": ("prods", "prodded", "prodding"),
}


def _inflect(verb: str) -> tuple[str, str, str]:
    """The third person, the past forms and the -ing form of a verb."""
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    third = verb + "es" if verb.endswith(("s", "x", "ch", "sh", "z")) else verb + "s"
    return third, verb + "ed", verb + "ing"


@cache
def verbs() -> dict[str, dict[tuple[str, ...], Verb]]:
    """Every form of every reporting verb, with the particles it needs, to what the verb is."""
    table: dict[str, dict[tuple[str, ...], Verb]] = {}
    for strength, words in (
        (Strength.SAYS, SAYS),
        (Strength.TELLS, TELLS),
        (Strength.SHOWS, SHOWS),
        (Strength.THINKS, THINKS),
        (Strength.JUDGES, JUDGES),
        (Strength.WANTS, WANTS),
    ):
        for entry in words.split():
            head, *particles = entry.split("_")
            third, past, ing = _inflect(head)
            simple, *others = past.split()
            shapes = [(head, Form.BASE), (third, Form.PRESENT), (ing, Form.ING), (simple, Form.PAST)]
            shapes += [(p, Form.PARTICIPLE if p.endswith(("n", "ng")) else Form.PAST) for p in others]
            for shape, form in shapes:
                slot = table.setdefault(shape, {})
                known = slot.get(tuple(particles))
                if known is None:
                    slot[tuple(particles)] = Verb(entry, strength, frozenset({form}))
                elif known.lemma == entry:
                    slot[tuple(particles)] = known._replace(forms=known.forms | {form})
    return table


NOUNS = listed(
    """statement claim claims allegation allegations accusation accusations announcement report reports warning warnings
    promise promises pledge pledges vow threat threats call calls demand demands plan plans proposal proposals view views belief
    opinion argument arguments assertion assertions suggestion suggestions comments comment remarks remark criticism support
    opposition hope hopes fear fears concern concerns desire decision refusal willingness insistence denial admission estimate
    estimates prediction predictions suspicion complaint complaints statements assessment conclusion contention declaration
    reminder notion idea rumor rumour rumors rumours reports testimony confirmation acknowledgment acknowledgement question
    questions doubts doubt attack attacks commitment effort efforts intention endorsement explanation position stance
    """
)

SPEAKERS = listed(
    """tv television radio media agency police official officials source sources ministry minister monitor group report reports
    president spokesman spokeswoman army military government party paper newspaper study survey poll witness witnesses lawyer
    court prosecutor prosecutors mayor governor union charity ngo doctors doctor medics activists rebels experts expert"""
)
"""What may stand alone beside the colon of a headline as its source."""

SPEECH_NOUNS = listed(
    """comment comments remark remarks criticism announcement call calls demand demands accusation accusations allegation
    allegations statement statements claim claims warning warnings support opposition threat threats denial promise promises
    pledge pledges vow admission acknowledgment acknowledgement endorsement refusal report reports complaint complaints"""
)
"""Nouns whose object, after a preposition, is what was said."""

HOMOGRAPHS = listed(
    """address advance aim answer attack attempt back blame blast blog brand broadcast call cast caution challenge
    champion chant charge claim command comment count credit cry deal demand desire detail dispute document doubt
    dream estimate exhibit fault fear feel figure find force forecast guess hail hammer hate head hint hope insult
    interest joke knock label like list love mean mock need note offer order paint plan pledge poll post praise
    press project promise protest push question rant rap read reason record regret relate remark reply report
    request respond rule scope score scream shout show sing slam state study support term thank threat trumpet trust
    try view vote vow warn warning watch wish"""
)
"""Verbs whose plain and -s forms are nouns at least as often."""

ADVERBS = frozenset(["reportedly", "allegedly", "supposedly", "purportedly"])

BE = listed("is are was were be been being am 's 're isn't aren't wasn't weren't")
HAVE = listed("has have had having hasn't haven't hadn't 've")
DO = listed("do does did don't doesn't didn't")
MODAL = listed(
    """will would can could may might must should shall won't wouldn't can't couldn't mustn't shouldn't cannot 'll 'd"""
)
AUXILIARY = BE | HAVE | DO | MODAL
NEGATION = listed("not never n't")
PRONOUNS = listed("i he she it we they you one who which")
SUBJECT_PRONOUNS = listed("i he she it we they you")
RELATIVE = listed("who which whom whose that")
DETERMINERS = listed(
    """the a an this that these those his her its their our my your some any many several most all both each every no another
    such few more one two three four five six seven eight nine ten dozens hundreds thousands"""
)
PREPOSITIONS = listed(
    """of in on at by for from with to into over under about after before during through against between among amid across
    around near inside outside since until within without via per upon toward towards along behind beyond despite like unlike
    throughout following regarding concerning"""
)
SUBORDINATORS = listed(
    """when while as if because although though whereas unless whether where why how what once until since after before than
    so lest whenever wherever except"""
)
COORDINATORS = listed("and but or nor yet plus then &")
SENTENCE_ADVERBS = listed(
    """meanwhile however still also then now later earlier moreover furthermore nevertheless nonetheless instead indeed thus
    hence therefore too again yet once today yesterday tonight tomorrow recently afterward afterwards subsequently previously
    already even just only often sometimes perhaps maybe ever never always long soon rather quite first second finally
    additionally likewise similarly further elsewhere separately so twice since else besides though"""
)
DAYS = listed(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat
    morning afternoon evening night week month year hour day minutes hours days weeks months years"""
)
FINITE = AUXILIARY | listed(
    """went came got made took gave became began left kept held brought ran fell rose led met lost won sent built spent cut
    set hit grew drew broke chose drove flew hid knew paid sold shot stood struck taught threw woke wore felt found said says
    told seems seem seemed appears appear appeared remains remained remain gets get goes go comes come makes make takes take
    gives give keeps keep lets let gets wants want needs need has had does puts put thinks think knows know helps helped killed
    died wounded destroyed captured retook seized used called asked tried moved lived turned started worked played ended"""
)
ABBREVIATIONS = listed(
    """mr mrs ms dr sen rep gov gen col lt maj capt sgt cpl cmdr adm prof rev st jr sr hon pres supt vs etc inc ltd co corp
    jan feb mar apr jun jul aug sept sep oct nov dec no nos art fig ave blvd al cf approx est dept univ assn bros
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex
    va vt wash wis wyo messrs mt ft u.s u.k u.n d.c a.m p.m e.g i.e ph.d"""
)
TITLES = listed("mr mrs ms dr sen rep gov gen col lt maj capt sgt prof rev president minister king prince sir lord")
ADDRESSEES = listed(
    """reporters journalists us me him her them you everyone people viewers listeners lawmakers supporters officials colleagues
    myself himself herself themselves"""
)

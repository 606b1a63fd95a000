"""Words that the lints know: verbs by strength, hedges by status, negatives, number words, synonyms.

Data only. `conced-` is a beginning (concede, conceding); anything else is a whole word or a phrase.
"""

from collections.abc import Mapping
from types import MappingProxyType


def _words(plain: str, *phrases: str) -> tuple[str, ...]:
    """Words written in a row, then phrases."""
    return (*plain.split(), *phrases)


# ---- who speaks ------------------------------------------------------------------------------

# what stands for the text itself, where its author is the speaker
TEXT_WORDS = _words(
    "author- title- heading- headline- subheading- caption- question- text- document- article- report- story byline- credit- link- "
    "aside- note- footnote- writer- page- tweet- post- video- picture- photo- image- quotation- source- editor- wording"
)

# verbs that tell no more than that something is said, asked or held
NEUTRAL_VERBS = _words(
    "say- said tell- told state- stated stating speak- spoke- write- wrote written report- relay- passes cite- citing quote- quoting give- gave "
    "puts put count- list- name- naming call- describ- announc- declar- add- repl- answer- claim- alleg- accus- blam- hold- held "
    "think- thought opin- believ- conclud- infer- ask- wonder- warn- expect- predict- deny- denies denied reject- disput- "
    "recommend- urg- demand- order- direct- threat- promis- suggest- see- takes mention- find- credit- read- attribut-"
)
# verbs that grant the words: who uses one takes a side
GRANTING = (
    *_words("admit- admission confess- conced- acknowledg- confirm- prove- proving reveal- disclos- demonstrat- establish- uncover- unmask- verif- corroborat-"),
    *_words("granted grants exposes exposed rightly correctly truthfully"),
    *("shows that", "showed that", "showing that", "points out", "pointed out", "makes clear", "made clear", "lays bare", "laid bare"),
    *("notes that", "noted that", "recalls that", "recalled that"),
)  # fmt: skip
# what adds the coder's own voice, wherever it stands
COMMENTING = (
    *("in fact", "indeed", "undoubtedly", "of course", "as a matter of fact", "needless to say", "beyond doubt", "without a doubt"),
    *("no doubt", "it is true that", "as is known", "as everyone knows", "unsurprisingly"),
)  # fmt: skip
GRANTING_EVIDENCE = frozenset({"ActorAdmission"})
# relations whose content is itself an act of granting, so that its word reports the act
GRANTING_RELATIONS = frozenset({"revealed", "acknowledged"})

# ---- how firmly ------------------------------------------------------------------------------

_CHANCE = _words(
    "may might could would can possib- probab- likel- unlikel- perhaps maybe apparent- seem- appear- presum- suspect- suppos- believ- think- thought "
    "fear- suggest- indicat- hint- uncertain- unsure unconfirmed unverified alleg- claim- reportedly assum- guess- sign signs finding- lead leads "
    "point points initial- preliminar- expect- doubt- impression"
)
_COMING = (
    *_words("predict- expect- forecast- foresee- foresaw warn- will would may might could shall plan- intend- intent- set due schedul- fear- threat- risk- "
    "danger- hope- hoping likel- possib- probab- future coming come ahead next soon later until prepar- ready going await- want- aim- "
    "propos- eventual- further"),
    *("long term", "yet to", "stand to", "about to"),
)  # fmt: skip
_REASONED = (
    *_words("conclud- conclusion- infer- deduc- reason- reckon- read- judg- find- hold- held think- thought believ- see sees seeing suggest- indicat- "
    "point points pointing lead leads mean- purpose- aim- goal- object objects objective- intend- intent- wish- want- seek- sought try tries tried "
    "trying attempt- ready motive- because evidence sign signs consider- regard- deem- interpret- attribut- ascrib- accus- blam- link- "
    "evident obvious- show shows behind claim- alleg- suspect- assum- presum- keeping consist- likel- probab- possib- may might could "
    "seem- appear- apparent- know- knew aware designed priorit- assess- analys- view- coincid- matter- describ- call calls called calling"),
    *("in order", "so as", "so that", "same", "together", "simultan-", "at once", "one day", "one night"),
)  # fmt: skip
_VIEWED = (
    *_words("opin- hold- held think- thought view- believ- call calls called calling find- found judg- see sees seeing saw deem- regard- consider- "
    "feel- felt prais- prefer- valu- rate rates rated assess- describ- liken- compar- hope- hoping welcom- regret- critic- condemn- blam- accus- "
    "argu- maintain- stress- insist- matter- agree- disagree- doubt- worr- concern- fear- dismiss- admir- wants wish-"),
    *("speaks of", "to the author"),
)  # fmt: skip
_ASKED = _words(
    "recommend- advis- propos- suggest- ask- call calls called calling urg- appeal- demand- request- order- direct- instruct- tell- told command- "
    "should ought must need- want- wish- bid- invit- plead- press- encourag- requir- insist- exhort- summon- beg- implor- expect- let warn-"
)
_UNSURE = (
    *_words("estimat- about some around approximat- rough- preliminar- initial- first early provisional- nearly almost probab- likel- possib- believ- "
    "think- thought reckon- guess- may might could suppos- perhaps unconfirmed reportedly seem- appear- expect- alleg- claim- fear- uncertain- "
    "apparent-"),
    *("or so", "so far", "up to"),
)  # fmt: skip

# reported status → what a paraphrase of it has at least one of; a status that needs none is absent
HEDGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ReportedRecommended": _ASKED,
        "ReportedThreatened": ("threat-", "warn-", "menac-", "or else", "vow-", "swear-", "swore", "ultimatum"),
        "ReportedPromised": _words("promis- pledg- vow- commit- undertak- undertook assur- guarant- swear- swore offer-"),
        "ReportedInsinuatedByQuestion": ("ask-", "question-", "wonder-", "whether", "quer-"),
        "ReportedCounterfactual": ("would", "could", "might", "had", "if", "but for", "without", "otherwise", "imagin-"),
        "ReportedConditional": (
            *_words("if unless until should when whenever once provided otherwise condition- depend- without would could after before while"),
            *("as long as", "so long as", "in case", "or else", "but for"),
        ),
        "ReportedPredicted": _COMING,
        "ReportedInsinuatedByPosition": (
            *_words("title- heading- headline- subheading- caption- presuppos- presum- assum- implies implying premise- treats treating"),
            *("as given", "for granted", "takes", "speaks of", "refers to"),
        ),
        "ReportedOpined": _VIEWED,
        "ReportedInferred": _REASONED,
        "ReportedEstimated": _UNSURE,
        "ReportedSupposed": _CHANCE,
    }
)  # fmt: skip

# any word of saying, asking, holding
SAYING = (
    *(*NEUTRAL_VERBS, *GRANTING, *_ASKED, *_VIEWED),
    *_words(
        "recall- note- remark- observ- comment- explain- remind- refer- hint- implies point- boast- complain- joke- thank- repeat- quip- place- ascrib- assign- locat- date- set sets setting includ- identif- dub- term- characteris- portray- present- depict- treat- connect- associat- estimat- calculat-"
    ),
    *(
        w
        for status in ("Threatened", "Promised", "InsinuatedByQuestion", "InsinuatedByPosition")
        for w in HEDGES[f"Reported{status}"]
    ),
)

# ---- denials ---------------------------------------------------------------------------------

NEGATIVES = (
    *_words("not no nobody none never nothing neither nor without cannot nowhere deny denies denied denying denial- reject- refut- disput- contradict- "
    "disclaim- disavow- dismiss- untrue false wrong- incorrect refus- fail- lack- absen- unable impossib- ineffective unsuccessful baseless "
    "unfounded fabricat- rebut- hardly barely instead contest- lie lies exclud- spared prevent- unlike-"),
    *("rule out", "rules out", "ruled out", "ruling out"),
)  # fmt: skip
# a label with one of these is a negative proposition already
NEGATIVE_LABEL = (
    *_words("no not never nobody none nothing without non inability nonexist- nonparticipat- nonintervention"),
    *("absence of", "lack of", "failure to", "failure of", "failing to", "refusal to", "refusal of", "denial of", "denial that"),
)  # fmt: skip
# what a label merely leaves unsaid negates nothing: (not named)
UNSAID = r"\bnot (?:yet |otherwise |further )?(?:named|identified|captured|stated|specified|shown|given|seen|said|told)\b|\bno name\b|\bby nobody named\b"
# relations with a negative sense of their own: an affirmed "did not let" is `prevented`
NEGATIVE_RELATIONS = frozenset({"prevented", "opposed", "blocked", "criticised", "needed"})

# ---- agents ----------------------------------------------------------------------------------

# relations whose object is the one who acts, and relations whose subject is
AGENT_OBJECTS = frozenset({"perpetratedBy", "hadActor", "controlledBy", "issuedBy"})
AGENT_SUBJECTS = frozenset(
    _words(
        "attacked destroyed usedAsShield defeated weakened detained tookCaptive freed recaptured evacuated surrounded blocked usedWeapon usedAsProxy "
        "ordered planned prepared sent mobilised supported facilitated assisted protected prevented enabled wasBehind announced"
    )
)
# relations that a place is the subject of only as a government or a people
PLACE_ACTS = frozenset({"possessed", "repatriatedCount"})

IRREGULAR_PARTICIPLES = _words(
    "held taken shot seized driven brought made set sent built cut struck hit blown broken thrown put shown led lost sold laid torn beaten "
    "hidden done begun overrun overthrown won caught kept drawn fought dug slain bound stolen withdrawn undertaken fed bought burnt hurt rebuilt "
    "retaken"
)
# participles of reporting, of state and of purpose: no act is told without its agent
NO_ACTS = frozenset(
    _words(
        "said quoted cited reported named called described relayed told claimed alleged believed supposed expected estimated considered "
        "credited mentioned added noted stated asked intended designed aimed used based involved located situated interested concerned related "
        "linked connected needed required surprised worried tired limited united detailed listed allied armed scheduled crowded"
    )
)

# ---- numbers and dates -----------------------------------------------------------------------

_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBER_WORDS: Mapping[str, int] = MappingProxyType(
    {
        **{word: number for number, word in enumerate(_SMALL.split())},
        **{word: 10 * number for number, word in enumerate(_TENS.split(), start=2)},
        **{
            "single": 1,
            "once": 1,
            "both": 2,
            "twice": 2,
            "couple": 2,
            "pair": 2,
            "dozen": 12,
            "no": 0,
            "none": 0,
            "nobody": 0,
        },
    }
)
SCALES: Mapping[str, int] = MappingProxyType(
    {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
)
ORDINALS = _words("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")
MONTHS = _words("january february march april may june july august september october november december")
WEEKDAYS = _words("monday tuesday wednesday thursday friday saturday sunday")
# a day told from where the writer stands
RELATIVE_DAYS = (
    *_words("yesterday today tonight tomorrow overnight last ago this"),
    *("same day", "day before", "day after", "next day", "that day", "new year"),
)  # fmt: skip
# one figure for each of several
DISTRIBUTIVE = _words("each every apiece respectively both either alike")

# ---- the same thing in other words -----------------------------------------------------------

# words of a label that do not tell which thing is meant
EMPTY = frozenset(
    _words(
        "a an the of in on at to by and or for from with its it their his her as is was were be been being that this these those who which not named "
        "unnamed jointly document said spoken told called other some all any own new old has had have into near after before during between "
        "against about more most very such than them they up out off via one two"
    )
)
SYNONYMS: tuple[tuple[str, ...], ...] = tuple(
    tuple(line.split())
    for line in (
        "attack- assault- strike- struck raid- offensive- storm- operation- event-",
        "prison- jail- facilit- detention penitentiar- cell",
        "held inmate- detainee- prisoner- captive- captur- arrest- custody hostage- imprison- detain- recaptur- prison-",
        "boy- child- minor- teenager- youth- juvenile- young-",
        "kill- dead death- die died slain casualt- victim- toll fatal- martyr- fallen life lives murder- lost",
        "wound- injur- hurt",
        "fight- fought battle- clash- combat- conflict- hostilit- war",
        "fighter- militant- member- operative- gunm- insurgent- extremist- jihadist- terrorist- attacker-",
        "people person- individual- man men woman women resident- inhabitant- population- civilian- citizen- local- displaced",
        "state- government- regime- authorit- administration- country countries nation-",
        "force- army armies troop- military soldier- unit-",
        "weapon- arms ammunition- gun- rifle- munition-",
        "vehicle- car cars truck- lorr-",
        "explosion- blast- bomb- detonat- explosive- exploded",
        "media report- press newspaper- channel- agenc- outlet-",
        "help- support- aid assist- backing sponsor- patron-",
        "meet- met talk- discuss- negotiat- summit-",
        "repatriat- return- home",
        "escape- escaping fled flee- fugitive- flight break- breakout-",
        "us united american- america washington usa",
        "uk british britain london briton-",
        "isis is isil daesh islamic",
        "plan- plot- scheme- organis- prepar-",
        "end- over finish- conclu-",
        "begin- began start- launch- outbreak-",
        "move- moving transfer- travel- went go",
        "invasion- incursion- offensive- invad-",
        "close- closing closure- block- shut-",
        "view- opinion- statement- message- word-",
        "flood- water- inundat-",
        "joint together common-",
    )
)

"""Every way to break a corpus gives one clear problem, with its file, line and code."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from corpora import MINI, ROOT, damaged, line_of, problems, read_texts, texts

from graph.content import Date, Interval
from graph.corpus import reader
from graph.corpus.reader import read, read_document
from graph.corpus.schema import schemas
from graph.errors import CorpusError
from graph.model import Corpus

G, C, E = "900-gazette.yaml", "901-courier.yaml", "902-echo.yaml"
ENTITIES, QUESTIONS, ORIGINS, ASSESSED = "entities.yaml", "questions.yaml", "origins.yaml", "assessments.yaml"
INDEPENDENCE, RELATIONS = "independence.yaml", "relations.yaml"


@dataclass(frozen=True)
class Case:
    """Replace `old` by `new` in `file`; expect one problem on the first line that holds `line`."""

    code: str
    file: str
    old: str
    new: str
    line: str  # words of the line that is named, after the damage
    found: str  # words of what was found
    fix: str = ""  # words of the fix
    at: str = ""  # the file that is named, when it is another
    also: tuple[str, str] = ("", "")  # a second replacement, where one alone would break another rule

    def files(self) -> dict[str, str]:
        """The corpus with this damage."""
        files = damaged(self.file, self.old, self.new)
        return {**files, self.file: files[self.file].replace(*self.also)} if self.also[0] else files


KEY = "[strangers, possessed, gate-key]"
COUNT = "[lockhouse, heldCount, {exactly: 8, of: lock-workers, asOf: 2031-04-03}]"
BETWEEN = "{between: [20, 25], of: lock-workers, asOf: 2031-04-03}"
HOURS = "{lessThan: 6, unit: hours}"
ADMITS = "by: [{speaker: author-901, commitment: Neutral}, {speaker: halmer-constabulary}]"
MINISTRY = "{speaker: ministry-official, circumstance: [AnonymityGranted]}"
HELD = "heldBy: {who: halmer-constabulary, basis: Explicit}\n    evidence: [CustodialStatement]"
LAST = "passage: {paragraph: 6}"
HASH_1 = "      sha256: 5f59c72d489b9610ca8f307345f0fdd42096fa29a223258edc919239c85eb91d\n"

ASSESSMENTS = (
    Case("assessment-grade", ASSESSED, "reliability: ReliabilityC", "credibility: Credibility3", "asm-gazette", "credibility of a source in asm-gazette"),
    Case("assessment-grade", ASSESSED, "credibility: Credibility6", "reliability: ReliabilityF", "asm-garbled", "reliability of an item in asm-garbled"),
    Case("assessment-garbled", ASSESSED, "garbled: 900-c24", "garbled: 900-c2", "asm-garbled", "900-c2, which is not garbled"),
    Case("assessment-verdict", ASSESSED, "    cites: [900-c2.1, 900-c3.1]\n", "", "asm-opened", "without `cites`", also=("Undecidable", "Established")),
    Case("assessment-verdict", ASSESSED, "    reliability: ReliabilityC\n", "    status: AssessedRefuted\n    cites: [900-c2.1]\n", "asm-gazette", "AssessedRefuted in asm-gazette"),
    Case("assessment-empty", ASSESSED, "    reliability: ReliabilityC\n", "", "asm-gazette", "asm-gazette without a grade"),
    Case("unknown-entity", ASSESSED, "entity: gazette", "entity: gazete", "asm-gazette", "'gazete'", "gazette"),
    Case("unknown-entity", ASSESSED, "    reliability: ReliabilityC\n    by: coder-one", "    reliability: ReliabilityC\n    by: coder-tow", "asm-gazette", "'coder-tow'"),
    Case("unknown-document", ASSESSED, "document: 901-courier", "document: 901-curier", "asm-courier", "asm-courier is of '901-curier'"),
    Case("unknown-claim", ASSESSED, "claim: 900-c2.1", "claim: 900-c2.9", "asm-opened", "asm-opened is of '900-c2.9'"),
    Case("unknown-claim", ASSESSED, "900-c3.1", "900-c3.9", "asm-opened", "asm-opened cites '900-c3.9'"),
    Case("schema-maxProperties", ASSESSED, "{entity: gazette}", "{entity: gazette, document: 901-courier}", "of:", "2 keys in assessments.0.of"),
    Case("schema-minProperties", ASSESSED, "{entity: gazette}", "{}", "of:", "0 keys in assessments.0.of"),
    Case("duplicate-id", ASSESSED, "id: asm-garbled", "id: asm-gazette", "id: asm-gazette\n    of: {garbled", "the assessment id"),
)  # fmt: skip

KEEPER, ASSOCIATION, HURT = "ind-keeper", "ind-association", "ind-hurt"
JUDGEMENTS = (
    Case("unknown-origin", INDEPENDENCE, "ferry-keeper]", "ferry-keepr]", KEEPER, "the origin 'ferry-keepr' in ind-keeper", "did you mean 'ferry-keeper'?"),
    Case("unknown-origin", INDEPENDENCE, "[halmer-side,", "[halmer-sid,", KEEPER, "the origin 'halmer-sid'", "did you mean 'halmer-side'?"),
    Case("unknown-question", INDEPENDENCE, "question: injured", "question: injurd", HURT, "the question 'injurd' in ind-hurt", "did you mean 'injured'?"),
    Case("unknown-entity", INDEPENDENCE, "by: coder-two", "by: coder-tow", ASSOCIATION, "'coder-tow'"),
    Case("independence-itself", INDEPENDENCE, "[halmer-side, ferry-keeper]", "[ferry-keeper, ferry-keeper]", KEEPER, "ferry-keeper twice in ind-keeper"),
    Case("independence-twice", INDEPENDENCE, "[halmer-council, water-ministry]\n    question: injured", "[water-ministry, hill-association]\n    question: held-in-lockhouse", HURT, "water-ministry and hill-association for held-in-lockhouse again in ind-hurt", "ind-association"),
    Case("independence-group", INDEPENDENCE, "[halmer-side, ferry-keeper]", "[halmer-side, halmer-council]", KEEPER, "halmer-side and halmer-council, both of the group halmer-side"),
    Case("independence-group", INDEPENDENCE, "[halmer-side, ferry-keeper]", "[halmer-constabulary, halmer-council]", KEEPER, "both of the group halmer-side"),
    Case("independence-ambiguous", ORIGINS, "groups:\n", "groups:\n  - {id: ferry-keeper, label: Ferry, members: [gazette], by: coder-one, at: 2031-04-13, reason: One.}\n", KEEPER, "ferry-keeper, an entity and an origin group, in ind-keeper", at=INDEPENDENCE),
    Case("schema-minItems", INDEPENDENCE, "[halmer-side, ferry-keeper]", "[ferry-keeper]", "between: [ferry", "between"),
    Case("schema-maxItems", INDEPENDENCE, "[halmer-side, ferry-keeper]", "[ferry-keeper, halmer-side, gazette]", "between: [ferry", "between"),
    Case("schema-enum", INDEPENDENCE, "IndependenceExcluded", "Excluded", "verdict: Excluded", "'Excluded'"),
    Case("schema-required", INDEPENDENCE, "    reason: Neither says who counted.\n", "", HURT, "no `reason`"),
    Case("duplicate-id", INDEPENDENCE, "id: ind-hurt", "id: ind-keeper", "id: ind-keeper\n    between: [halmer-council", "the independence judgement id"),
)  # fmt: skip

OPENING, MEETING, FORTY, DENIALS = "rel-echo-opening", "rel-meeting", "rel-forty", "rel-denials"
COUNTED = "rel-hurt\n"
RELATED = (
    Case("unknown-claim", RELATIONS, "to: 900-c2.2", "to: 900-c2.22", OPENING, "`to` of rel-echo-opening: the claim '900-c2.22'", "did you mean '900-c2.2'?"),
    Case("unknown-claim", RELATIONS, "from: 902-c1.2", "from: 902-c1.9", OPENING, "`from` of rel-echo-opening: the claim '902-c1.9'", "did you mean '902-c1.2'?"),
    Case("unknown-document", RELATIONS, "to: 900-gazette", "to: 900-gazete", "rel-reprint", "the document '900-gazete'", "did you mean '900-gazette'?"),
    Case("unknown-document", RELATIONS, "to: 900-gazette", "to: gazette", "rel-reprint", "the document 'gazette'"),
    Case("unknown-document", RELATIONS, "from: 901-courier\n    kind: SilentOn", "from: 901-curier\n    kind: SilentOn", "rel-silence", "`from` of rel-silence: the document '901-curier'"),
    Case("unknown-question", RELATIONS, "to: secret-meeting-held", "to: secret-meeting-hold", "rel-silence", "the question 'secret-meeting-hold'", "did you mean 'secret-meeting-held'?"),
    Case("unknown-question", RELATIONS, "to: gate-opened", "to: gate-opend", "rel-gate", "the question 'gate-opend'", "did you mean 'gate-opened'?"),
    Case("unknown-entity", RELATIONS, "by: coder-one\n    at: 2031-04-21\n    reason: She says", "by: coder-oen\n    at: 2031-04-21\n    reason: She says", "rel-gate", "'coder-oen'", "coder-one"),
    Case("relation-itself", RELATIONS, "from: 900-c10.1", "from: 900-c9.1", MEETING, "900-c9.1 at both ends of rel-meeting"),
    Case("relation-twice", RELATIONS, "from: 900-c10.1\n    kind: Answers\n    to: 900-c9.1", "from: 901-c5.1\n    kind: Supersedes\n    to: 900-c8.1", MEETING, "901-c5.1 Supersedes 900-c8.1 again in rel-meeting", "rel-denials"),
    Case("relation-twice", RELATIONS, "from: 900-c10.1\n    kind: Answers\n    to: 900-c9.1", "from: 900-c27.1\n    kind: CategoryMismatch\n    to: 900-c7.2", FORTY, "900-c7.2 CategoryMismatch 900-c27.1 again in rel-forty", "rel-meeting"),
    Case("relation-twice", RELATIONS, "from: 900-c10.1\n    kind: Answers\n    to: 900-c9.1", "from: 900-c3.1\n    kind: SameOrigin\n    to: 901-c10.1", MEETING, "900-c3.1 SameOrigin 901-c10.1 again in rel-meeting", "rel-lock-worker"),
    Case("relation-ends", RELATIONS, "to: 900-c2.2", "to: gate-opened", OPENING, "SameOrigin from a claim to a question in rel-echo-opening", also=("kind: Relays", "kind: SameOrigin")),
    Case("relation-ends", RELATIONS, "to: 900-c2.2", "to: 900-gazette", OPENING, "Relays from a claim to a document in rel-echo-opening", "mend the ends"),
    Case("relation-ends", RELATIONS, "kind: SameOrigin\n    to: 900-c3.1", "kind: SameOrigin\n    to: 900-gazette", "rel-lock-worker", "SameOrigin from a claim to a document"),
    Case("relation-ends", RELATIONS, "kind: Republishes\n    to: 900-gazette", "kind: Republishes\n    to: 900-c2.2", "rel-reprint", "Republishes from a document to a claim"),
    Case("relation-ends", RELATIONS, "from: 901-c3.1", "from: 901-courier", COUNTED, "Updates from a document to a claim in rel-hurt"),
    Case("relation-ends", RELATIONS, "to: 900-c8.1", "to: 900-gazette", DENIALS, "Supersedes from a claim to a document"),
    Case("relation-ends", RELATIONS, "from: 900-c7.2", "from: 900-gazette", FORTY, "CategoryMismatch from a document to a claim"),
    Case("relation-ends", RELATIONS, "from: 901-courier\n    kind: SilentOn", "from: 902-c1.1\n    kind: SilentOn", "rel-silence", "SilentOn from a claim to a question"),
    Case("relation-ends", RELATIONS, "from: 901-c5.1\n    kind: Answers", "from: injured\n    kind: Answers", "rel-gate", "Answers from a question to a question"),
    Case("relation-dates", RELATIONS, "from: 902-c1.2\n    kind: Relays\n    to: 900-c2.2", "from: 900-c2.2\n    kind: Relays\n    to: 902-c1.2", OPENING, "902-echo, published 2031-04-06 or later, as what 900-gazette of 2031-04-05 or earlier relays", "swap"),
    Case("relation-dates", RELATIONS, "from: 901-c3.1\n    kind: Updates\n    to: 900-c27.1", "from: 900-c27.1\n    kind: Updates\n    to: 901-c3.1", COUNTED, "900-gazette of 2031-04-05 or earlier updates, in rel-hurt"),
    Case("relation-dates", RELATIONS, "from: 901-c5.1\n    kind: Supersedes\n    to: 900-c8.1", "from: 900-c8.1\n    kind: Supersedes\n    to: 901-c5.1", DENIALS, "supersedes, in rel-denials"),
    Case("relation-dates", RELATIONS, "from: 901-courier\n    kind: Republishes\n    to: 900-gazette", "from: 900-gazette\n    kind: Republishes\n    to: 901-courier", "rel-reprint", "republishes, in rel-reprint"),
    Case("relation-circle", RELATIONS, "from: 900-c10.1\n    kind: Answers\n    to: 900-c9.1", "from: 900-c2.1\n    kind: Relays\n    to: 900-c2.2", OPENING, "900-c2.2 leads back to itself by Relays in rel-echo-opening", also=("from: 902-c1.2\n    kind: Relays\n    to: 900-c2.2", "from: 900-c2.2\n    kind: Relays\n    to: 900-c2.1")),
    Case("schema-enum", RELATIONS, "kind: Supersedes", "kind: Superseeds", "kind: Superseeds", "'Superseeds'", "'Supersedes'"),
    Case("schema-enum", RELATIONS, "kind: Supersedes", "kind: RelationSupersedes", "kind: RelationS", "'RelationSupersedes'"),
    Case("schema-pattern", RELATIONS, "to: gate-opened", "to: Gate Opened", "to: Gate", "'Gate Opened'"),
    Case("schema-required", RELATIONS, "    reason: She says that nobody did.\n", "", "rel-gate", "no `reason`"),
    Case("duplicate-id", RELATIONS, "id: rel-gate", "id: rel-hurt", "id: rel-hurt\n    from: 901-c5.1", "the source relation id"),
)  # fmt: skip

FORM = (
    Case("schema-required", C, f"    {ADMITS}\n", "", "901-c2", "no `by` in utterances.1", "add what is missing"),
    Case("schema-required", C, f"    {LAST}\n", "", "901-c11", "no `passage` in utterances.10"),
    Case("schema-required", G, "  leaning: Relays the Halmer council; Verrin is heard twice.\n", "", "document:", "`leaning`"),
    Case("schema-enum", G, "mode: Generic", "mode: Generick", "Generick", "'Generick' as utterances.17.mode", "'Generic'"),
    Case("schema-enum", G, "evidence: [MonitorTally]", "evidence: [Rumour]", "[Rumour]", "'Rumour'", "one of these"),
    Case("schema-enum", C, "language: en", "language: NO", "language: NO", "'NO'"),  # a word, not false
    Case("schema-additionalProperties", G, "position: Heading", "positon: Heading", "positon", "'positon'", "'position'"),
    Case("schema-additionalProperties", ORIGINS, "groups:\n", "extra: []\ngroups:\n", "extra", "the key 'extra'"),
    Case("schema-type", C, LAST, 'passage: {paragraph: "6"}', '"6"', "'6' as utterances.10.passage", "without quotes"),
    Case("schema-type", C, LAST, "passage: {paragraph: 6.0}", "6.0", "6.0 as utterances.10.passage", "whole plain digits"),
    Case("schema-type", C, "title: \"What", "title: true\n  note: \"What", "title:", "True as document.title", "quote it"),
    Case("schema-type", C, "evidence: [ActorAdmission]", "evidence:", "    evidence:\n", "nothing as", "write a list"),
    Case("schema-type", E, "published: {from: 2031-04-06, to: 2031-04-07, basis: between the Gazette and the capture}", "published: []", "published:", "a list as", "key: value"),
    Case("schema-minItems", G, "chars: [0, 27]", "chars: [0]", "chars: [0]", "a list as utterances.0.passage.chars"),
    Case("schema-maxItems", G, "chars: [0, 27]", "chars: [0, 27, 9]", "chars: [0, 27", "a list as"),
    Case("schema-minLength", C, "leaning: Close to Verrin council.", 'leaning: ""', "leaning:", "'' as document.leaning"),
    Case("schema-maxLength", C, "leaning: Close", f"leaning: {'x' * 4001}", "leaning:", "xxx"),
    Case("schema-minimum", C, LAST, "passage: {paragraph: 0}", "paragraph: 0", "0 as utterances.10.passage.paragraph"),
    Case("schema-maximum", ENTITIES, "lat: 12.5,", "lat: 90.5,", "lat: 90.5", "90.5 as entities.26.place.lat"),
    Case("schema-pattern", C, "publisher: courier", "publisher: The Courier", "publisher", "'The Courier'"),
    Case("schema-pattern", C, "publisher: courier", 'publisher: "courier\\n"', "publisher", r"'courier\n'"),
    Case("schema-const", ENTITIES, "water-ministry\n    unidentified: true", "water-ministry\n    unidentified: false", "unidentified: false", "False"),
    Case("date-form", C, "captured: 2031-04-09", "captured: 2031-02-30", "captured", "'2031-02-30'", "mend the date"),
    Case("date-form", C, "captured: 2031-04-09", "captured: 2031-04", "captured", "'2031-04' as document.captured"),
    Case("date-form", C, "saidAt: 2031-04-06", "saidAt: 2031-13", "2031-13", "'2031-13'"),
    Case("date-form", C, "captured: 2031-04-09", "captured: ²⁰³¹-04-09", "captured", "as document.captured"),
    Case("date-form", G, COUNT, COUNT.replace("04-03", "04-31"), "04-31", "asOf '2031-04-31'"),
    Case("date-form", G, COUNT, COUNT.replace("2031-04-03", "٢٠٣١"), "heldCount, {exactly", "asOf"),
)  # fmt: skip

EDGES = (
    Case("edge-form", G, KEY, "[strangers, 7, gate-key]", "strangers, 7", "['strangers', 7, 'gate-key']"),
    Case("unknown-relation", G, KEY, "[strangers, posessed, gate-key]", "posessed", "'posessed'", "did you mean 'possessed'?"),
    Case("unknown-relation", QUESTIONS, "[flood, hadDuration,", "[flood, lasted,", "[flood, lasted", "in question duration"),
    Case("unknown-relation", QUESTIONS, "denial: [verrin-council, wasInvolvedIn", "denial: [verrin-council, wasInvolved", "wasInvolved,", "'wasInvolved'", "'wasInvolvedIn'"),
    Case("unknown-relation", QUESTIONS, "contests: [[verrin-council, ordered", "contests: [[verrin-council, orderred", "orderred", "'orderred'", "'ordered'"),
    Case("object-form", G, "[spring-market, tookPlace, true]", "[spring-market, tookPlace, false]", "tookPlace, false", "False as object"),
    Case("object-form", G, "onDate, 2031-04-02", "onDate, 2031-02-30", "2031-02-30", "as object of onDate", "of that form"),
    Case("object-form", G, KEY, "[strangers, possessed, true]", "possessed, true", "True as object of possessed"),
    Case("object-form", G, KEY, "[strangers, possessed, {about: 3, of: residents}]", "possessed, {", "as object of possessed"),
    Case("object-form", G, HOURS, "six-hours", "six-hours", "'six-hours' as object of hadDuration"),
    Case("interval-order", G, "during, {from: 2031-04-02", "during, {from: 2031-05", "2031-05", "from 2031-05 to 2031-04-03"),
    Case("figure-comparator", G, "{exactly: 8, of", "{of", "heldCount, {of", "a figure with no comparator", "`exactly`"),
    Case("figure-comparator", G, "{exactly: 8,", "{exactly: 8, atMost: 9,", "atMost", "a figure with 2 comparators"),
    Case("figure-population", G, "exactly: 8, of: lock-workers,", "exactly: 8,", "exactly: 8", "without population or unit"),
    Case("figure-population", G, HOURS, "{lessThan: 6, of: residents, unit: hours}", "lessThan: 6", "both population and unit"),
    Case("figure-population", G, "exactly: 8, of: lock-workers,", "exactly: 8, of: [residents],", "exactly: 8", "['residents']"),
    Case("figure-unit", G, HOURS, "{lessThan: 6, unit: hour}", "unit: hour}", "'hour' as unit", "did you mean 'hours'?"),
    Case("figure-key", G, "asOf: 2031-04-04", "asof: 2031-04-04", "asof", "the key 'asof' in a figure", "'asOf'"),
    Case("figure-words", G, "words: dozens", "words: dozen", "words: dozen,", "the number word 'dozen'", "'dozens'"),
    Case("figure-words", G, "words: dozens", "words: [dozens]", "words: [", "['dozens']"),
    Case("figure-number", G, "exactly: 8,", "exactly: eight,", "exactly: eight", "'eight' as exactly", "plain digits"),
    Case("figure-number", G, "exactly: 8,", "exactly: true,", "exactly: true", "True as exactly"),
    Case("figure-number", G, "exactly: 8,", "exactly: -8,", "-8", "-8 as exactly"),
    Case("figure-number", C, "between: [20, 25]", "between: [20]", "between: [20]", "[20] as between"),
    Case("figure-number", C, "between: [20, 25]", "between: 20", "between: 20", "20 as between"),
    Case("figure-number", C, "between: [20, 25]", "between: [-5, 25]", "[-5, 25]", "[-5, 25] as between"),
    Case("figure-order", C, "between: [20, 25]", "between: [25, 20]", "[25, 20]", "between 25 and 20", "swap"),
)  # fmt: skip

NAMES = (
    Case("duplicate-id", C, "id: 901-c2\n", "id: 901-c1\n", "- id: 901-c1\n    passage: {paragraph: 1}\n    says: The const", "'901-c1'", "first at"),
    Case("duplicate-id", ENTITIES, "- id: courier\n", "- id: gazette\n", "- id: gazette\n    kind: Media\n    label: {en: Verrin", "the entity id 'gazette'"),
    Case("duplicate-id", QUESTIONS, "- id: movers", "- id: duration", "- id: duration\n    label: {en: \"How many crossed", "the question id 'duration'"),
    Case("duplicate-id", ENTITIES, "[old-gate, gate-1]", "[old-gate, lockhouse]", "- id: low-gate", "'lockhouse'"),
    Case("unknown-entity", G, KEY, "[strangers, possessed, gate-kee]", "gate-kee", "'gate-kee'", "did you mean 'gate-key'?"),
    Case("unknown-entity", C, ADMITS, ADMITS.replace("halmer-const", "verrin-const"), "901-c2", "'verrin-constabulary'"),
    Case("unknown-entity", C, "publisher: courier", "publisher: 900-gazette", "id: 901-courier", "'900-gazette'"),
    Case("unknown-entity", G, "about: [low-gate]", "about: [xyz]", "900-c8", "'xyz'", "add it there"),
    Case("unknown-entity", G, "[both-councils, agreedTo", "[two-councils, agreedTo", "900-c15", "'two-councils'"),
    Case("unknown-entity", ENTITIES, "partOf: river-workers\n  - id: gate-hands", "partOf: workers\n  - id: gate-hands", "- id: lock-workers", "'workers'"),
    Case("unknown-entity", QUESTIONS, "denial: [verrin-council", "denial: [verin-council", "verrin-part", "'verin-council'"),
    Case("unknown-entity", ORIGINS, "halmer-constabulary, ada", "constabulary, ada", "halmer-side", "'constabulary'"),
    Case("unknown-entity", E, "republishes: [900-gazette]", "republishes: [wire]", "id: 902-echo", "'wire'"),
    Case("unknown-document", ENTITIES, 'Waters\\"", lang: en, document: 901-courier', 'Waters\\"", lang: en, document: 901-currier', "- id: water-ministry", "'901-currier'", "did you mean '901-courier'?"),
    Case("unknown-document", E, "republishes: [900-gazette]", "republishes: [900-gazete]", "id: 902-echo", "'900-gazete'", "'900-gazette'"),
    Case("unknown-claim", G, "[900-c20.1, 900-c3.1]", "[900-c20.2, 900-c3.1]", "900-c19", "in 900-c19 the premise '900-c20.2'", "did you mean"),
    Case("edge-subject", G, KEY, "[gate-key, possessed, gate-key]", "gate-key, possessed", "gate-key (Item) as subject of possessed"),
    Case("edge-object", G, KEY, "[strangers, possessed, halmer]", "possessed, halmer", "halmer (Place) as object of possessed"),
    Case("edge-object", ENTITIES, "[halmer, verrin]", "[halmer, residents]", "movedFrom, riverside", "riverside (Composite) as object", at=G),
    Case("alias-clash", ENTITIES, "text: the gate,", "text: THE HALMER COUNCIL,", "- id: low-gate", "already an alias of halmer-council"),
    Case("alias-repeated", ENTITIES, "text: the gate,", "text: the Low Gate,", "- id: low-gate", "an alias of low-gate twice"),
    Case("composite-members", ENTITIES, "    members: [halmer, verrin]\n", "", "- id: riverside", "without members"),
    Case("composite-members", ENTITIES, "label: {en: residents of the lower streets}", "label: {en: residents}\n    members: [riverside, strangers]", "- id: residents", "riverside as a member of residents"),
    Case("identity-itself", ENTITIES, "with: lock-workers", "with: gate-hands", "- id: gate-hands", "same as itself"),
    Case("whole-cycle", ENTITIES, "label: {en: Sael valley}", "label: {en: Sael valley}\n    within: low-gate", "- id: sael-valley", "sael-valley is within itself by way of low-gate"),
    Case("whole-cycle", ENTITIES, "label: {en: Orvania}", "label: {en: Orvania}\n    organOf: orvania", "- id: orvania", "organOf itself"),
    Case("document-id", E, "id: 902-echo", "id: 902-eco", "id: 902-eco", "in a file named 902-echo"),
    Case("published-order", E, "from: 2031-04-06", "from: 2031-04-08", "id: 902-echo", "from 2031-04-08 to 2031-04-07"),
    Case("digest-order", E, "digest:\n", "digest:\n  - p: 1\n    text: Once more.\n", "id: 902-echo", "paragraphs 1, 1"),
    Case("digest-order", E, "digest:\n", "digest:\n  - p: 2\n    text: Later.\n", "id: 902-echo", "paragraphs 2, 1"),
    Case("original-paragraphs", G, "codePoints: 2335", "codePoints: 2333", "id: 900-gazette", "beyond its end"),
    Case("original-paragraphs", G, "- [578, 795]", "- [575, 795]", "id: 900-gazette", "out of order"),
    Case("upstream-cycle", E, "republishes: [900-gazette]", "republishes: [902-echo]", "id: 902-echo", "upstream of itself"),
    Case("question-missing", QUESTIONS, '[evacuation, moverCount, "*"]', '[evacuation, killedCount, "*"]', "[evacuation, moverCount", "a figure in 900-c7", "add the pattern [evacuation, moverCount, *]", at=G),
    Case("question-missing", QUESTIONS, '[secret-meeting, tookPlace, "*"]', '[secret-meeting, onDate, "*"]', "edges: [[secret-meeting, tookPlace, true]]", "a denial in 900-c10", at=G),
    Case("question-missing", QUESTIONS, "[verrin-council, sent, strangers]", "[verrin-council, sent, residents]", "[verrin-council, sent", "an alleged link in 900-c3", "[verrin-council, sent, strangers]", at=G),
    Case("inference-claim", G, "claim: 1, from: [900-c20.1", "claim: 2, from: [900-c20.1", "900-c19", "edge 2 of 900-c19"),
    Case("inference-claim", C, "infers: [{", "infers: [{claim: 1, from: [901-c1.1], scheme: FromMotive, needs: NeedsAny}, {", "901-c11", "two inferences to edge 1"),
    Case("inference-circular", C, "[901-c6.1, 901-c10.1]", "[901-c11.1]", "901-c11", "901-c11.1 rests on itself"),
)  # fmt: skip

CODING = (
    Case("utterance-id", C, "id: 901-c11", "id: 900-c99", "900-c99", "does not begin with 901"),
    Case("passage-digest", C, LAST, "passage: {paragraph: 7}", "901-c11", "paragraph 7, which has no digest"),
    Case("passage-range", C, LAST, "passage: {paragraph: 6, chars: [1, 2]}", "901-c11", "the document has no original"),
    Case("passage-range", G, HASH_1, "", "900-c1", "without chars and sha256", "testimony locate"),
    Case("passage-outside-paragraph", G, "chars: [0, 27]", "chars: [0, 28]", "900-c1", "characters 0 to 28"),
    Case("passage-outside-paragraph", G, "chars: [0, 27]", "chars: [9, 9]", "900-c1", "characters 9 to 9"),
    Case("passage-paragraph", G, "utterances:\n", "  - p: 17\n    text: x\nutterances:\n", "900-c1", "paragraph 17", "non-empty lines", also=("paragraph: 1\n      chars: [0, 27]", "paragraph: 17\n      chars: [0, 27]")),
    Case("chain-cycle", C, ADMITS, ADMITS.replace("halmer-constabulary", "author-901"), "901-c2", "author-901 twice in the chain"),
    Case("hop-axes", C, ADMITS, ADMITS.replace("Neutral}", "Neutral, force: Opines}"), "901-c2", "relaying hop of author-901"),
    Case("hop-axes", C, ADMITS, ADMITS.replace("constabulary}", "constabulary, commitment: Neutral}"), "901-c2", "innermost hop"),
    Case("polarity-force", G, "[{speaker: author-900, force: Asks}]", "[{speaker: author-900, force: Asks, polarity: Affirms}]", "900-c11", "Affirms with force Asks"),
    Case("polarity-force", C, ADMITS, ADMITS.replace("constabulary}", "constabulary, polarity: TakesNoSide}"), "901-c2", "TakesNoSide with force Asserts"),
    Case("force-mode", G, "    edges: [[council-ferry", "    mode: Future\n    edges: [[council-ferry", "900-c17", "Future with force Promises"),
    Case("denial-edges", C, "edges: [[gate-opening, tookPlace, true]]", "edges: [[gate-opening, tookPlace, true], [gate-opening, hadParticipant, gate-hands]]", "901-c5", "a denial with 2 edges", "denied"),
    Case("garbled-content", G, "    reading: Garbled\n", "    evidence: [MediaReport]\n    reading: Garbled\n    edges: [[flood, occurredAt, halmer]]\n", "900-c24", "with edges or without `printed`"),
    Case("garbled-content", G, "    printed: A string of words in which the council seems to be opened.\n", "", "900-c24", "without `printed`"),
    Case("garbled-content", C, "    evidence: [ActorAdmission]", "    printed: x\n    evidence: [ActorAdmission]", "901-c2", "not garbled"),
    Case("edges-missing", C, "    edges: [[halmer-constabulary, detained, lock-workers]]\n", "", "901-c2", "no edge"),
    Case("evidence-missing", C, "    evidence: [ActorAdmission]\n", "", "901-c2", "no evidence kind"),
    Case("edge-repeated", G, KEY, f"{KEY}, {KEY}", "900-c4", "the same edge twice"),
    Case("condition-missing", G, "    condition: [{edge: [gate-opening, tookPlace, true], link: If, polarity: Denies}]\n", "", "900-c14", "Counterfactual without"),
    Case("condition-missing", G, "    condition: [{edge: [both-councils, agreedTo, repair-plan], link: Unless}]\n", "", "900-c15", "Conditional without"),
    Case("custody-kind", G, "evidence: [CustodialStatement]", "evidence: [EyewitnessAccount]", "900-c3", "without custodial evidence"),
    Case("custody-kind", C, "evidence: [ActorAdmission]", "evidence: [CustodialStatement]", "901-c2", "without a speaker in custody"),
    Case("custody-custodian", G, HELD, "basis: Implied\n    evidence: [CustodialStatement]", "900-c3", "for held-lock-worker"),
    Case("custody-custodian", C, ADMITS, ADMITS.replace("constabulary}", "constabulary, heldBy: {who: orvania, basis: Implied}}"), "901-c2", "InCustody without"),
    Case("anonymity-circumstance", G, MINISTRY, MINISTRY.replace("AnonymityGranted", "SpeakerUnidentified"), "900-c5", "anonymity is not recorded"),
    Case("anonymity-circumstance", G, "{speaker: unnamed-residents, circumstance: [SpeakerUnidentified]}", "{speaker: unnamed-residents}", "900-c7", "unidentified speaker unnamed-residents"),
    Case("said-after-publication", G, "polarity: Denies, saidAt: 2031-04-03", "polarity: Denies, saidAt: 2031-05", "900-c8", "said at 2031-05, after 900-gazette"),
    Case("retracted-before-recorded", G, "      at: 2031-04-20", "      at: 2031-04-10", "900-c28", "retracted at 2031-04-10"),
)  # fmt: skip

TEXT = (
    Case("yaml-syntax", G, "edges: [[verrin-council, wasInvolvedIn, gate-opening]]\n  - id: 900-c2\n", "edges: [[verrin-council, wasInvolvedIn, gate-opening]\n  - id: 900-c2\n", "- id: 900-c2\n", "", "brackets"),
    Case("yaml-syntax", C, "record:\n", "---\nrecord:\n", "---", "document"),
    Case("yaml-alias", C, "leaning: Close to", "leaning: &a Close to", "&a", "an anchor or alias"),
    Case("yaml-alias", C, "leaning: Close to Verrin council.", "leaning: *a", "*a", "an anchor or alias"),
    Case("yaml-tag", C, "leaning: Close", "leaning: !!python/name:os.system Close", "!!python", "the tag"),
    Case("yaml-depth", C, LAST, f"passage: {'[' * 30}{']' * 30}", "passage: [[", "nesting too deep"),
    Case("yaml-key", C, LAST, "passage: {[1]: 2}", "{[1]", "a key that is not a word"),
    Case("duplicate-key", C, LAST, "passage: {paragraph: 6, paragraph: 7}", "paragraph: 7", "the key 'paragraph' twice"),
    Case("duplicate-key", C, "  language: en\n", "  language: en\n  language: ku\n", "language: ku", "the key 'language' twice"),
    Case("stray-comment", C, "record:\n", "# aside\nrecord:\n", "# aside", "a comment inside", "`note:`"),
    Case("stray-comment", C, "language: en\n", "language: en # aside\n", "# aside", "a comment inside"),
    Case("stray-comment", C, "leaning: Close", "leaning: | # aside\n    Close", "# aside", "a comment inside"),
    Case("invisible-character", C, "Close to", "Close \u202eto", "\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE", "bidi"),
    Case("invisible-character", C, "Close to", "Close \u200bto", "\u200b", "U+200B ZERO WIDTH SPACE"),
    Case("invisible-character", C, "Close to", "Close \u2028to", "\u2028", "U+2028 LINE SEPARATOR"),
    Case("invisible-character", C, "Close to", "Close \u3164to", "\u3164", "U+3164 HANGUL FILLER"),
    Case("invisible-character", C, "record:\n", "record:\r\n", "record:", "U+000D control"),
    Case("invisible-character", C, "Close to Verrin council.", '"Close \\u202Eto"', "\\u202E", "U+202E"),
    Case("invisible-character", C, "leaning: Close", '"lean\\u200bing": Close', '"lean', "U+200B"),
    Case("not-nfc", C, "Close to", "Close\u0301 to", "Close\u0301", "decomposed"),
    Case("not-nfc", C, "Close to Verrin council.", '"Close\\u0301 to"', "\\u0301", "decomposed"),
)  # fmt: skip

CASES = (*FORM, *EDGES, *NAMES, *CODING, *ASSESSMENTS, *JUDGEMENTS, *RELATED, *TEXT)


def name_of(case: Case) -> str:
    return f"{case.code}: {case.new.strip()[:40] or 'nothing'}".encode("ascii", "replace").decode()


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_damage_gives_one_problem(case: Case) -> None:
    files = case.files()
    found = problems(files)
    assert [problem.code for problem in found] == [case.code], [str(problem) for problem in found]
    problem = found[0]
    where = case.at or case.file
    assert problem.file == where
    assert problem.line == _line(files[where], case.line)
    assert case.found in problem.found
    assert case.fix in problem.fix
    assert problem.allowed
    assert problem.fix
    assert "\n" not in str(problem)
    assert str(problem).startswith(f"{where}:{problem.line}: [{case.code}] ")


def _line(text: str, words: str) -> int:
    """The line of `words`; an utterance id stands for the line on which it begins."""
    return line_of(text, f"- id: {words}\n" if re.fullmatch(r"[0-9]+-c[0-9]+", words) else words)


def test_the_undamaged_corpus_has_no_problem(mini: Corpus) -> None:
    assert problems(texts()) == ()
    assert [document.id for document in mini.documents] == ["900-gazette", "901-courier", "902-echo"]


# ---- damage to folders and bytes ------------------------------------------------------------


@dataclass(frozen=True)
class FolderCase:
    code: str
    damage: Callable[[Path], object]
    file: str
    line: int
    found: str


def _empty(folder: Path) -> None:
    for path in folder.glob("9*.yaml"):
        path.unlink()


def _second(folder: Path) -> None:
    (folder / "902-twin.yaml").write_text((folder / E).read_text(encoding="utf-8"), encoding="utf-8")


def _append(file: str, data: bytes) -> Callable[[Path], object]:
    def damage(folder: Path) -> None:
        with (folder / file).open("ab") as handle:
            handle.write(data)

    return damage


def _prepend(file: str, data: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / file).write_bytes(data + (folder / file).read_bytes())


FOLDER_CASES = (
    FolderCase("folder-missing", lambda folder: folder.rename(folder.with_name("gone")), "", 0, "no such folder"),
    FolderCase("folder-empty", _empty, "", 0, "no document"),
    FolderCase("file-ending", lambda folder: (folder / C).rename(folder / "901-courier.yml"), "901-courier.yml", 0, ".yml"),
    FolderCase("file-unreadable", lambda folder: (folder / QUESTIONS).unlink(), QUESTIONS, 0, "No such file"),
    FolderCase("file-unreadable", lambda folder: (folder / "903-x.yaml").mkdir(), "903-x.yaml", 0, "directory"),
    FolderCase("file-too-large", _append(E, b"\n" * 8_000_001), E, 0, "bytes"),
    FolderCase("encoding", _append(E, b"\xff"), E, 0, "0xff"),
    FolderCase("encoding", lambda folder: (folder / E).write_bytes("document:".encode("utf-16")), E, 1, "0xff"),
    FolderCase("invisible-character", _prepend(E, b"\xef\xbb\xbf"), E, 1, "U+FEFF"),
    FolderCase("yaml-empty", lambda folder: (folder / E).write_bytes(b""), E, 1, "an empty file"),
    FolderCase("yaml-empty", lambda folder: (folder / E).write_bytes(b"# nothing\n"), E, 1, "an empty file"),
    FolderCase("duplicate-id", _second, "902-twin.yaml", 0, "the document id '902-echo' again"),
)  # fmt: skip


@pytest.mark.parametrize("case", FOLDER_CASES, ids=lambda case: case.code)
def test_a_damaged_folder_gives_a_clear_problem(mini_folder: Path, case: FolderCase) -> None:
    case.damage(mini_folder)
    with pytest.raises(CorpusError) as caught:
        read(mini_folder)
    found = [problem for problem in caught.value.problems if problem.code == case.code and case.found in problem.found]
    assert len(found) == 1, caught.value
    assert Path(found[0].file) == (mini_folder / case.file if case.file else mini_folder)
    if case.line:
        assert found[0].line == case.line


def test_the_line_of_a_bad_byte_is_named(mini_folder: Path) -> None:
    path = mini_folder / E
    lines = path.read_bytes().split(b"\n")
    lines[4] += b"\xe9"
    path.write_bytes(b"\n".join(lines))
    with pytest.raises(CorpusError, match=r"902-echo\.yaml:5: \[encoding\] byte 0xe9"):
        read(mini_folder)


def test_files_are_named_relative_to_where_the_user_stands(mini_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (mini_folder / QUESTIONS).unlink()
    monkeypatch.chdir(mini_folder.parent)
    with pytest.raises(CorpusError, match=r"^corpus/questions\.yaml: \[file-unreadable\]"):
        read(Path("corpus"))


def test_hidden_files_of_an_editor_are_not_read(mini_folder: Path) -> None:
    (mini_folder / ".#901-courier.yaml").symlink_to("nobody@nowhere")
    assert len(read(mini_folder).documents) == 3


def test_progress_is_told_once_per_file() -> None:
    told: list[str] = []
    read(MINI, lambda path: told.append(path.name))
    assert told == [ENTITIES, QUESTIONS, ORIGINS, ASSESSED, INDEPENDENCE, RELATIONS, G, C, E]


# ---- several at once ------------------------------------------------------------------------


def test_problems_of_all_files_are_told_together_in_order() -> None:
    files = damaged(C, "[gate-opening, usedWeapon, crowbar]", "[a, b, c]")
    files |= {G: damaged(G, "mode: Generic", "mode: Often")[G]}
    found = problems(files)
    assert [(problem.file, problem.code) for problem in found] == [(G, "schema-enum"), (C, "unknown-relation")]


def test_a_circle_of_two_inferences_is_told_once() -> None:
    files = damaged(C, "[901-c6.1, 901-c10.1]", "[900-c19.1]")
    files |= {G: damaged(G, "[900-c20.1, 900-c3.1]", "[901-c11.1]")[G]}
    assert [problem.code for problem in problems(files)] == ["inference-circular"]


def test_a_circle_of_two_documents_is_told_once() -> None:
    files = damaged(C, "  leaning: Close to Verrin council.\n", "  leaning: Close.\n  republishes: [902-echo]\n")
    files |= {E: damaged(E, "republishes: [900-gazette]", "republishes: [901-courier]")[E]}
    found = problems(files)
    assert [(problem.code, problem.file) for problem in found] == [("upstream-cycle", C)]


def test_a_circle_elsewhere_is_not_blamed_on_what_leads_to_it() -> None:
    files = damaged(ENTITIES, "label: {en: Sael valley}", "label: {en: Sael valley}\n    within: halmer")
    assert [problem.line for problem in problems(files)] == [line_of(files[ENTITIES], "- id: sael-valley")]


def test_a_hundred_errors_of_form_are_cut_short() -> None:
    files = damaged(C, "    evidence: [ActorAdmission]\n", "".join(f"    k{n}: x\n" for n in range(3)))
    broken = "\n".join(f"  - id: 901-c{n}" for n in range(20, 120))
    assert 0 < len(problems({**files, C: files[C] + broken + "\n"})) <= reader.SHOWN


# ---- defaults and values --------------------------------------------------------------------


def test_defaults_are_filled_in(mini: Corpus) -> None:
    heading = mini.documents[0].utterances[0]
    assert (heading.mode, heading.reading, heading.source.commitment) == ("Actual", "Clear", "OwnVoice")
    assert (heading.source.force, heading.source.polarity, heading.source.certainty) == (
        "Asserts",
        "Affirms",
        "Certain",
    )
    question = next(u for _, u in mini.utterances() if u.id == "900-c11")
    assert question.source.polarity == "TakesNoSide"
    relay = mini.documents[0].utterances[1].by[0]
    assert (relay.commitment, relay.force, relay.polarity, relay.certainty) == ("Neutral", None, None, None)


def test_lines_are_kept_for_utterances_and_edges(mini: Corpus) -> None:
    text = texts()[G]
    utterance = mini.documents[0].utterances[1]
    assert utterance.where.line == line_of(text, "- id: 900-c2\n")
    assert utterance.edge_lines[2] == line_of(text, "[gate-opening, onDate")


@pytest.mark.parametrize(("written", "read_as"), [("2031", "2031"), ('"2031"', "2031"), ("2031-02-28", "2031-02-28")])
def test_dates_are_texts_at_their_precision(written: str, read_as: str) -> None:
    corpus = read_texts(damaged(G, "onDate, 2031-04-02", f"onDate, {written}"))
    assert corpus.documents[0].utterances[1].edges[2].object == Date(read_as)


def test_an_interval_may_end_in_the_month_it_begins_in() -> None:
    corpus = read_texts(
        damaged(G, "during, {from: 2031-04-02, to: 2031-04-03}", "during, {from: 2031-04-02, to: 2031-04}")
    )
    assert corpus.documents[0].utterances[1].edges[3].object == Interval("2031-04-02", "2031-04")


def test_one_document_can_be_read_without_its_neighbours(mini: Corpus) -> None:
    assert read_document(reader.Source(C, texts()[C])) == mini.documents[1]
    with pytest.raises(CorpusError, match="unknown-relation"):
        read_document(reader.Source(C, damaged(C, "usedWeapon", "usdWeapon")[C]))


# ---- every code is hit ----------------------------------------------------------------------

CODE_AT = {"Problem": 2, "problem": 2, "bad": 1, "at": 1, "_problem": 1}  # which argument is the code


def _codes(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in CODE_AT and len(node.args) > CODE_AT[name]:
                yield from _texts(node.args[CODE_AT[name]])


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.JoinedStr):  # a family: its fixed beginning, completed below
        yield "".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)


def _keywords(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key in ("properties", "prefixItems"):
                yield from _keywords(list(value.values()) if isinstance(value, dict) else [])
            else:
                yield key
                yield from _keywords(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from _keywords(item)


def test_every_code_of_the_corpus_layer_is_hit_by_a_case() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "graph/corpus").glob("*.py"))]
    codes = {code for tree in trees for code in _codes(tree)}
    assert {"edge-*", "schema-*"} == {code for code in codes if "*" in code}
    silent = {"$schema", "title", "items", "format"}  # annotations, containers, and dates (date-form)
    families = {f"schema-{key}" for schema in schemas().values() for key in _keywords(schema) if key not in silent}
    wanted = {code for code in codes if "*" not in code} | families | {"edge-subject", "edge-object"}
    hit = {case.code for case in (*CASES, *FOLDER_CASES)}
    assert wanted - hit == set()
    assert hit - wanted == set()
    assert len(codes) > 50

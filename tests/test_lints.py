"""Lints of coding: each slip is refused for its own reason, what is nearest to it passes."""

import inspect
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from corpora import MINI, damaged, line_of, problems, read_texts, texts

from graph.build import build, check
from graph.corpus import lints, traces, wording, words, writer
from graph.corpus.lints import LINTS, OF_ORIGINALS, lint
from graph.corpus.originals import recorded_text, target
from graph.corpus.reader import Source, read_document
from graph.errors import CorpusError, Problem
from graph.model import Corpus, LintException
from graph.vocabulary import vocabulary

G, C, E, N = "900-gazette.yaml", "901-courier.yaml", "902-echo.yaml", "entities.yaml"
TEXT = target(MINI, "900-gazette").read_bytes().decode()
Change = tuple[str, str, str]


def changed(changes: Iterable[Change]) -> Corpus:
    """The invented corpus with some words replaced, each of which occurs once."""
    return _changed(tuple(changes))


@cache
def _changed(changes: tuple[Change, ...]) -> Corpus:
    files = texts()
    for file, old, new in changes:
        assert files[file].count(old) == 1, f"{old!r} occurs {files[file].count(old)} times in {file}"
        files[file] = files[file].replace(old, new)
    return read_texts(files)


def found(corpus: Corpus, attached: bool = True) -> list[Problem]:
    return lint(corpus, {"900-gazette": TEXT} if attached else {})


def says(file: str, old: str, new: str) -> Change:
    return (file, f"says: {old}", f'says: "{new}"')


@dataclass(frozen=True)
class Slip:
    """Changes that make one slip, the code that must find it, and codes that join in."""

    name: str
    code: str
    words: str
    changes: tuple[Change, ...]
    also: frozenset[str] = field(default=frozenset())
    clone: bool = True  # found without the original too

    def __str__(self) -> str:
        return self.name


OVER = "The Halmer council says that the flood was over in under six hours."
MET = "Verrin's spokesperson denies that there was such a meeting."
OPENED = "The Halmer council says the gate was opened on 2 April and the streets stayed under water into the next day."
ROSTER = '"The author says that nobody from Halmer is on the roster, that is, that the gate hands were not there that night."'
SAW = '"A ferry keeper saw the gate being opened, with a crowbar."'
KEY = "The constabulary reports a held apprentice as having seen the key with the strangers."
EIGHT = "An unnamed official of the ministry gives eight lock workers held on 3 April."
JOINTLY = "An unnamed official of the ministry gives eight lock workers and gate hands held on 3 April."
BETWEEN = "Verrin's spokesperson puts the number of lock workers held on 3 April between 20 and 25."
HELD_5 = "[[lockhouse, heldCount, {exactly: 8, of: lock-workers, asOf: 2031-04-03}]]"
HELD_1 = "[[lockhouse, heldCount, {between: [20, 25], of: lock-workers, asOf: 2031-04-03}]]"
HURT = "The Halmer council gives about forty residents injured by 4 April."
HURT_EDGE = "[[flood, injuredCount, {about: 40, of: residents, asOf: 2031-04-04}]]"
SAYS, DENIAL, TOTAL = "lint-says-stronger", "lint-denial-negative", "lint-total-per-part"
PLACE, PASSIVE, ABSENT = "lint-place-for-government", "lint-passive-agent", "lint-object-absent"


def twice(edges: str, old: str, new: str) -> str:
    """A list of one edge with a second one that differs in a word."""
    return f"[{edges[1:-1]}, {edges[1:-1].replace(old, new)}]"


# what each hedged status says when it is told as if it were plain
PLAIN = {
    "ReportedRecommended": (G, "The Hill Association recommends that Verrin carry out the repair plan.", "The Hill Association says that Verrin carries out the repair plan."),
    "ReportedThreatened": (G, "The Halmer spokesperson threatens to close the ford should Verrin not pay.", "The Halmer spokesperson says that the ford closes if Verrin does not pay."),
    "ReportedPromised": (G, "The Halmer spokesperson promises a ferry run by the council.", "The Halmer spokesperson says that the council runs a ferry."),
    "ReportedInsinuatedByQuestion": (G, "A question suggests that Verrin gained from the flood.", "The author says that Verrin gained from the flood."),
    "ReportedCounterfactual": (G, "The Halmer spokesperson says that the market would have been held but for the opening.", "The Halmer spokesperson says that the market was held and the gate opened."),
    "ReportedConditional": (G, "The Hill Association says that the ferry stops unless both councils agree to the repair plan.", "The Hill Association says that the ferry stops and both councils agree to the repair plan."),
    "ReportedPredicted": (G, "The Hill Association thinks a second flood in Halmer possible.", "The Hill Association says that a second flood is in Halmer."),
    "ReportedInsinuatedByPosition": (G, "The heading has Verrin take part in the opening of the gate.", "The author says that Verrin took part in the opening of the gate."),
    "ReportedOpined": (G, "The author holds that the river trade matters most to Halmer.", "The author says that the river trade is first to Halmer."),
    "ReportedInferred": (G, "From the roster and the lock worker's words the author concludes that Verrin probably made the opening possible.", "The author says that Verrin made the opening of the gate easy."),
    "ReportedEstimated": (G, HURT, "The Halmer council gives forty residents injured by 4 April."),
    "ReportedSupposed": (C, "The ministry's listeners claim to know that Verrin helped the strangers.", "The ministry's listeners say that Verrin helped the strangers."),
}  # fmt: skip

SLIPS = (
    Slip("a bare assertion", SAYS, "names nobody who says it", (says(G, OVER, "The flood was over in under six hours."),)),
    Slip("only the relay is named", SAYS, "names only who relays it", (says(G, OVER, "The author says that the flood was over in under six hours."),)),
    Slip("a speaker and no word of saying", SAYS, "without a word of saying", (says(G, OVER, "The Halmer council: the flood was over in under six hours."),)),
    Slip("a verb that grants", SAYS, "'confirms' in `says`", (says(G, OVER, "The Halmer council confirms that the flood was over in under six hours."),)),
    Slip("a verb that grants behind a relay", SAYS, "'admitted' in `says`", (says(G, OVER, "The Halmer council, as the author relays it, admitted that the flood was over in under six hours."),)),
    Slip("a phrase that grants", SAYS, "'shows that' in `says`", (says(G, OVER, "The Halmer council shows that the flood was over in under six hours."),)),
    Slip("the coder's own comment", SAYS, "'in fact' in `says`", (says(G, OVER, "The Halmer council says that the flood was in fact over in under six hours."),)),
    *(Slip(f"{status} told plainly", SAYS, vocabulary().label(status), (says(file, old, new),)) for status, (file, old, new) in PLAIN.items()),
    Slip("a denial of a lack", DENIAL, "lack of meetings", ((N, "label: {en: meeting of the councils on 28 March}", "label: {en: lack of meetings of the councils on 28 March}"),)),
    Slip("a denied condition that is negative", DENIAL, "no opening of the Low Gate", ((N, "label: {en: opening of the Low Gate}", "label: {en: no opening of the Low Gate}"),)),
    Slip("a denial in positive words", DENIAL, "no negative word", (says(G, MET, "Verrin's spokesperson says that there was such a meeting."),)),
    Slip("an affirmation that nobody did", DENIAL, "a plain negation", ((G, "{speaker: author-900, polarity: Denies}", "{speaker: author-900}"),)),
    Slip("an affirmation that it was not so", DENIAL, "a plain negation", (says(G, OVER, "The Halmer council says that the flood was not over in under six hours."),)),
    Slip("an affirmation that there was none", DENIAL, "a plain negation", (says(G, OVER, "The Halmer council says that there was no flood under six hours."),)),
    Slip("an affirmation that it is untrue", DENIAL, "a plain negation", (says(G, OVER, "The Halmer council says it is untrue that the flood was over in under six hours."),)),
    Slip("an affirmation that denies", DENIAL, "a plain negation", (says(G, OVER, "The Halmer council denies that the flood was over in under six hours."),)),
    Slip("a total coded for two populations", TOTAL, "lockhouse of lock-workers and lockhouse of gate-hands", ((G, HELD_5, twice(HELD_5, "lock-workers", "gate-hands")), says(G, EIGHT, JOINTLY))),
    Slip("a range coded for two places", TOTAL, "lockhouse of lock-workers and low-gate of lock-workers", ((C, HELD_1, twice(HELD_1, "lockhouse", "low-gate")), ("questions.yaml", '[[lockhouse, heldCount, "*"]]', '[["*", heldCount, "*"]]'))),
    Slip("our words split what the original gives once", TOTAL, "one figure of heldCount", ((G, HELD_5, twice(HELD_5, "lock-workers", "gate-hands")), says(G, EIGHT, "An unnamed official of the ministry gives eight lock workers and eight gate hands held on 3 April.")), clone=False),
    Slip("a town that speaks", PLACE, "the place halmer as a speaker", ((G, "{speaker: halmer-council, saidAt: 2031-04}", "{speaker: halmer, saidAt: 2031-04}"),)),
    Slip("a town that is spoken to", PLACE, "the place halmer as a speaker or hearer", ((G, "force: Directs, to: [halmer-council]", "force: Directs, to: [halmer]"),)),
    Slip("a building that holds somebody", PLACE, "the place lockhouse as a custodian", ((G, "{who: halmer-constabulary, basis: Explicit}\n    evidence: [MinorC", "{who: lockhouse, basis: Explicit}\n    evidence: [MinorC"),)),
    Slip("two towns that speak jointly", PLACE, "the place riverside as a speaker", ((G, "{speaker: halmer-council, saidAt: 2031-04}", "{speaker: riverside, saidAt: 2031-04}"),)),
    Slip("a town that has a thing", PLACE, "the place halmer as the subject of possessed", ((G, "[[strangers, possessed, gate-key]]", "[[halmer, possessed, gate-key]]"), says(G, KEY, "The constabulary reports a held apprentice as having seen the key in Halmer."))),
    Slip("a town described as an organisation", PLACE, "the subject of wasDescribedAs", ((G, "[[low-gate, controlledBy, halmer-council]]", "[[halmer, wasDescribedAs, halmer-council]]"),)),
    Slip("an organ of a town", PLACE, "the place halmer as organOf of halmer-constabulary", ((N, "label: {en: Halmer constabulary}\n    organOf: halmer-council", "label: {en: Halmer constabulary}\n    organOf: halmer"),)),
    Slip("a spokesperson of a town", PLACE, "the place verrin as institution of ilsa-torn", ((N, "label: {en: Ilsa Torn}\n    institution: verrin-council", "label: {en: Ilsa Torn}\n    institution: verrin"),)),
    Slip("the speaker as the agent of a passive", PASSIVE, "halmer-council as the agent of hadActor, where `says`", ((G, "      - [gate-opening, onDate, 2031-04-02]", "      - [gate-opening, onDate, 2031-04-02]\n      - [gate-opening, hadActor, halmer-council]"),)),
    Slip("the speaker as the one who used a tool", PASSIVE, "ilsa-torn as the agent of usedWeapon", ((C, "[gate-opening, usedWeapon, crowbar]", "[ilsa-torn, usedWeapon, crowbar]"), (C, "{speaker: ferry-keeper}", "{speaker: ilsa-torn}"), (C, f"says: {SAW}", 'says: "Ilsa Torn says that the gate was opened with a crowbar."'))),
    Slip("an agent whom the original does not name", PASSIVE, "where the passage is", ((G, HURT_EDGE, f"[{HURT_EDGE[1:-1]}, [flood, hadActor, strangers]]"),), frozenset({ABSENT}), clone=False),
    Slip("another figure", ABSENT, "the figure 13", ((G, "{atLeast: 12, of: gate-hands", "{atLeast: 13, of: gate-hands"),)),
    Slip("another end of a range", ABSENT, "the figure 20 to 26", ((C, "{between: [20, 25]", "{between: [20, 26]"),)),
    Slip("another number word", ABSENT, "the figure hundreds", ((G, "{words: dozens", "{words: hundreds"),)),
    Slip("a figure that only our words have", ABSENT, "the figure 9", ((G, "{exactly: 8, of: lock-workers", "{exactly: 9, of: lock-workers"), says(G, EIGHT, "An unnamed official of the ministry gives nine lock workers held on 3 April.")), clone=False),
    Slip("another day", ABSENT, "the date 2031-05-09", ((G, "[gate-opening, onDate, 2031-04-02]", "[gate-opening, onDate, 2031-05-09]"),)),
    Slip("another end of a stretch of time", ABSENT, "the date 2031-08-01", ((G, "{from: 2031-04-02, to: 2031-04-03}", "{from: 2031-04-02, to: 2031-08-01}"),), clone=False),
    Slip("another year", ABSENT, "the date 2033", ((G, '[[repair-plan, endedOn, "2032"]]', '[[repair-plan, endedOn, "2033"]]'),)),
    Slip("another thing", ABSENT, "crowbar", ((G, "[strangers, possessed, gate-key]", "[strangers, possessed, crowbar]"),), clone=False),
    Slip("another organisation", ABSENT, "hill-association", ((C, "[halmer-constabulary, detained, lock-workers]", "[hill-association, detained, lock-workers]"),)),
    Slip("a population that nobody counts, in a place that nobody names", ABSENT, "lock-workers", ((C, "[[flood, injuredCount, {exactly: 31, of: residents, asOf: 2031-04-06}]]", "[[secret-meeting, injuredCount, {exactly: 31, of: lock-workers, asOf: 2031-04-06}]]"), ("questions.yaml", '[[flood, injuredCount, "*"]]', '[["*", injuredCount, "*"]]'))),
    Slip("an alias that the original has only later", ABSENT, "coopers-yard", ((G, "[gate-opening, occurredAt, low-gate]", "[gate-opening, occurredAt, coopers-yard]"), says(G, OPENED, "The Halmer council says the gate was opened at the yard of the cooper on 2 April and the streets stayed under water into the next day."), (N, "label: {en: yard of the cooper}", "label: {en: yard of the cooper}\n    aliases: [{text: cooper’s yard, lang: en, document: 900-gazette}]")), clone=False),
)  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_slip_is_refused_for_its_own_reason(slip: Slip) -> None:
    slips = found(changed(slip.changes))
    assert {problem.code for problem in slips} - slip.also == {slip.code}
    assert any(slip.words in problem.found for problem in slips if problem.code == slip.code)
    file, _, new = slip.changes[0]
    for problem in slips:
        assert problem.line > 0
        assert problem.allowed
        assert problem.fix
        assert str(problem).startswith(f"{problem.file}:{problem.line}: [lint-")
    if slip.code == ABSENT and file == G:  # the line of the edge, not of the utterance
        assert next(p for p in slips if p.code == ABSENT).line == line_of(texts()[G].replace(*slip.changes[0][1:]), new)


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_without_its_lint_a_slip_would_pass(slip: Slip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lints, "LINTS", {code: each for code, each in LINTS.items() if code != slip.code})
    monkeypatch.setattr(lints, "_organs", lambda _entities: iter(()))
    assert {problem.code for problem in found(changed(slip.changes))} <= slip.also


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_clone_finds_no_more_than_those_who_have_the_originals(slip: Slip) -> None:
    corpus = changed(slip.changes)
    clone = found(corpus, attached=False)
    assert {p.code for p in clone} <= {p.code for p in found(corpus)}
    assert {(p.file, p.line) for p in clone} <= {(p.file, p.line) for p in found(corpus)}
    assert bool(clone) == slip.clone


NEAR = (
    ("a granting verb inside what is told", says(G, OVER, "The Halmer council says the roster confirms that the flood was over in under six hours.")),
    ("a neutral verb of the relay's", says(G, OVER, "The Halmer council, as the author relays it, said that the flood was over in under six hours.")),
    ("a spokesperson told by the office alone", says(G, MET, "The spokesperson of Verrin council denies that there was such a meeting.")),
    ("a plain negative of what is denied", says(G, MET, "Verrin's spokesperson says that no such meeting was held.")),
    ("a verb that denies", says(G, MET, "Verrin's spokesperson calls it untrue that there was such a meeting.")),
    ("what is left unsaid", says(G, OVER, "The Halmer council says that the flood, whose cause is not named, was over in under six hours.")),
    ("not only", says(G, OVER, "The Halmer council says that the flood was not only short but over in under six hours.")),
    ("a negative in a clause beside it", says(G, OVER, "The Halmer council says that the flood was over in under six hours, although nobody had a clock.")),
    ("a label that names nobody", (N, "label: {en: meeting of the councils on 28 March}", 'label: {en: "meeting of the councils on 28 March (place not named)"}')),
    ("the same figure for each", (C, HELD_1, twice(HELD_1, "lock-workers", "gate-hands")), says(C, BETWEEN, "Verrin's spokesperson puts the number of lock workers and gate hands held on 3 April between 20 and 25 each.")),
    ("the same figure given twice", (C, HELD_1, twice(HELD_1, "lock-workers", "gate-hands")), says(C, BETWEEN, "Verrin's spokesperson puts the lock workers held on 3 April between 20 and 25, and the gate hands between 20 and 25.")),
    ("two figures", (C, HELD_1, f"[{HELD_1[1:-1]}, [lockhouse, heldCount, {{between: [3, 4], of: gate-hands}}]]"), says(C, BETWEEN, "Verrin's spokesperson puts the lock workers held on 3 April between 20 and 25, and the gate hands at 3 or 4.")),
    ("a city's name as an alias of a council", (N, "{text: Verrin, lang: en, document: 900-gazette}", "{text: Halmer, lang: en, document: 900-gazette}")),
    ("a place described as a place", (G, "[[low-gate, controlledBy, halmer-council]]", "[[halmer, wasDescribedAs, low-gate]]"), says(G, '"The author says that the Halmer council controls the gate, in every year."', "The author says that Halmer is the gate, in every year.")),
    ("a passive with its agent", (G, "      - [gate-opening, onDate, 2031-04-02]", "      - [gate-opening, onDate, 2031-04-02]\n      - [gate-opening, hadActor, strangers]"), says(G, OPENED, "The Halmer council says the gate was opened by strangers on 2 April and the streets stayed under water into the next day.")),
    ("an agent that the digest names", (G, "      - [gate-opening, onDate, 2031-04-02]", "      - [gate-opening, onDate, 2031-04-02]\n      - [gate-opening, hadActor, strangers]"), (G, "The council reports the opening of the gate on 2 April", "The council reports the opening of the gate by strangers on 2 April")),
    ("a month told from where it is told", (E, "[gate-opening, occurredAt, low-gate]", "[gate-opening, onDate, 2031-03]"), (E, "the opening of the Low Gate, printed", "the opening of the Low Gate a month ago, printed")),
    ("an article that counts", (C, "{about: 2.5, unit: hours}", "{about: 1, unit: hours}"), says(C, '"The ministry gives at most 500 residents displaced, and two and a half hours of high water or so."', "The ministry gives at most 500 residents displaced, and an hour of high water or so.")),
    ("a number in other words", says(G, EIGHT, "An unnamed official of the ministry gives 8 lock workers held on 3 April.")),
    ("a day by its name", says(G, OPENED, "The Halmer council says the gate was opened on Wednesday and the streets stayed under water into Thursday, the next day."), (G, "{from: 2031-04-02, to: 2031-04-03}", "{from: 2031-04-02, to: 2031-04-03}")),
    ("a thing in other words", says(G, "The Hill Association thinks a second flood in Halmer possible.", "The Hill Association fears high water in Halmer again.")),
)  # fmt: skip


@pytest.mark.parametrize(("name", "changes"), [(name, changes) for name, *changes in NEAR], ids=[n[0] for n in NEAR])
def test_what_is_nearest_to_a_slip_passes(name: str, changes: list[Change]) -> None:
    assert [str(problem) for problem in found(changed(changes))] == []


def test_the_invented_corpus_is_clean_with_and_without_its_original(mini: Corpus) -> None:
    assert found(mini) == found(mini, attached=False) == []


def test_an_endorsement_or_an_admission_carries_a_granting_verb() -> None:
    admits = ("901-courier.yaml", "evidence: [ActorAdmission]", "evidence: [PartyStatement]")
    assert [p.code for p in found(changed([admits]))] == [SAYS]
    endorsed = (C, "[{speaker: author-901, commitment: Neutral}, {speaker: halmer-constabulary}]", "[{speaker: author-901, commitment: Endorses}, {speaker: halmer-constabulary}]")  # fmt: skip
    assert found(changed([admits, endorsed])) == []


def test_a_total_split_over_overlapping_passages_is_one_total(mini: Corpus) -> None:
    first, *others = mini.documents
    counted = next(u for u in first.utterances if u.id == "900-c5")
    (edge,) = counted.edges
    for of, expected in (("gate-hands", [TOTAL]), ("residents", [])):
        # the parts of one whole share a total; two groups that have nothing in common only share a number
        other = replace(edge, object=replace(edge.object, of=of))  # type: ignore[type-var]
        again = replace(counted, id="900-c99", says=f"{JOINTLY} Residents.", edges=(other,), edge_lines=())
        corpus = replace(mini, documents=(replace(first, utterances=(*first.utterances, again)), *others))
        assert [p.code for p in found(corpus)] == expected
        elsewhere = replace(again, passage=replace(again.passage, start=717, end=794))
        moved = replace(mini, documents=(replace(first, utterances=(*first.utterances, elsewhere)), *others))
        assert found(moved) == []


def test_what_is_taken_back_or_garbled_is_left_alone() -> None:
    bare = says(G, '"A neighbour tells where the apprentice lives: quince cottage."', "Quince cottage.")
    garbled = says(G, "A sentence about the gate and the council whose words are out of order.", "Words out of order.")
    assert found(changed([bare, garbled])) == []


# ---- exceptions -----------------------------------------------------------------------------------

WHY = "The page gives the number in a picture."


def excepting(code: str, why: str = WHY) -> Change:
    """An exception added to 900-c6."""
    edges = "    edges: [[lockhouse, heldCount, {atLeast: 12, of: gate-hands, asOf: 2031-04-03}]]\n"
    return (G, edges, f'{edges}    lintOk: [{{code: {code}, why: "{why}"}}]\n')


def test_an_exception_overrules_its_lint_and_no_other() -> None:
    slip = (G, "{atLeast: 12, of: gate-hands", "{atLeast: 13, of: gate-hands")
    assert [p.code for p in found(changed([slip]))] == [ABSENT]
    assert found(changed([excepting(ABSENT), slip])) == []
    assert {p.code for p in found(changed([excepting(SAYS), slip]))} == {ABSENT, "lint-exception-unused"}


@pytest.mark.parametrize("code", LINTS)
def test_an_exception_from_nothing_is_reported(code: str) -> None:
    corpus = changed([excepting(code)])
    (problem,) = found(corpus)
    assert problem.code == "lint-exception-unused"
    assert f"an exception from {code}" in problem.found
    # what the original alone shows cannot be judged where it is missing
    assert bool(found(corpus, attached=False)) == (code not in OF_ORIGINALS)


def test_a_misspelt_or_unreasoned_exception_is_refused() -> None:
    def refused(code: str, why: str = WHY) -> list[str]:
        return [problem.code for problem in problems(damaged(*excepting(code, why)))]

    assert refused("lint-object-absend") == ["schema-enum"]
    assert refused(ABSENT, "") == ["schema-minLength"]
    assert refused(ABSENT) == []


def test_an_exception_is_written_after_the_inferences_and_read_back(mini: Corpus) -> None:
    courier = mini.documents[1]
    excepted = LintException(ABSENT, "Said: in a picture.")
    utterances = tuple(replace(u, lint_ok=(excepted,)) for u in courier.utterances)
    document = replace(courier, utterances=utterances)
    text = writer.emit(writer.document_data(document))
    assert read_document(Source(C, text)) == document
    assert writer.emit(writer.document_data(read_document(Source(C, text)))) == text
    keys = list(writer.document_data(document)["utterances"][-1])
    assert keys[keys.index("infers") + 1] == "lintOk"


# ---- where they run ---------------------------------------------------------------------------------


def test_check_and_build_refuse_a_slip_and_nothing_is_published(mini_folder: Path, tmp_path: Path) -> None:
    path = mini_folder / G
    path.write_text(path.read_text(encoding="utf-8").replace(OVER, "The flood was over in under six hours."), encoding="utf-8")  # fmt: skip
    for run in (lambda: check(mini_folder), lambda: build(mini_folder, tmp_path / "build")):
        with pytest.raises(CorpusError, match=rf"{G}:\d+: \[{SAYS}\] a `says` that names nobody") as refused:
            run()
        assert len(refused.value.problems) == 1
    assert not (tmp_path / "build" / "current").exists()


def test_the_attached_original_is_read_and_a_drifted_one_is_not(mini: Corpus, mini_folder: Path) -> None:
    path = mini_folder / G
    slip = next(s for s in SLIPS if s.name == "an alias that the original has only later")
    for file, old, new in slip.changes:
        path = mini_folder / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(CorpusError, match=ABSENT):
        check(mini_folder)
    original = target(mini_folder, "900-gazette")
    assert recorded_text(mini_folder, mini.documents[0]) == TEXT
    original.write_text(TEXT + " ", encoding="utf-8")
    assert recorded_text(mini_folder, mini.documents[0]) is None
    original.unlink()
    assert recorded_text(mini_folder, mini.documents[0]) is None
    check(mini_folder)


def test_the_result_is_the_same_every_time_and_in_order() -> None:
    corpus = changed([SLIPS[0].changes[0], next(s for s in SLIPS if s.code == PASSIVE).changes[0]])
    once = found(corpus)
    assert len(once) == 2
    assert once == sorted(once) == found(corpus)


# ---- the tables and the tools -----------------------------------------------------------------------


def test_no_lint_is_left_out() -> None:
    written = {
        function
        for module in (lints, wording)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and name != "utterance_problems"
        and next(iter(inspect.signature(function).parameters)) == "r"
    }
    assert written == set(LINTS.values())
    assert all(code.startswith("lint-") for code in LINTS)
    assert set(LINTS) >= OF_ORIGINALS
    assert {slip.code for slip in SLIPS} == set(LINTS)


def test_the_tables_speak_of_terms_that_exist() -> None:
    known = set(vocabulary().properties)
    relations = words.AGENT_OBJECTS | words.AGENT_SUBJECTS | words.PLACE_ACTS
    assert relations | words.NEGATIVE_RELATIONS | words.GRANTING_RELATIONS <= known
    assert set(vocabulary().concepts("EvidenceKind")) >= words.GRANTING_EVIDENCE
    plain = {"ReportedGarbled", "ReportedDenied", "ReportedNegated", "ReportedAttributed", "ReportedOwnVoice"}
    assert set(words.HEDGES) == set(vocabulary().concepts("ReportedStatus")) - plain == set(PLAIN)
    for table in (*words.HEDGES.values(), words.TEXT_WORDS, words.SAYING, words.GRANTING, *words.SYNONYMS):
        assert [word for word in table if word != word.lower().strip() or "--" in word] == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("5 thousand, 4,000 and seven to eight months", [5000, 4000, 7, 8]),
        ("two and a half hours; over three hundred", ["2.5", 300]),
        ("two hundred and fifty, or 1.5 million", [1_500_000, 250]),
        ("a dozen, two dozen, a hundred", [12, 24, 100]),
        ("5 000 men on 20 January 2022", [5000, 20, 2022]),
        ("one, two, twenty-three; 7-8", [7, 8, 1, 2, 23]),
        ("someone, oneself, often", []),
    ],
)
def test_numbers_are_read_in_digits_and_in_words(text: str, numbers: list[int | str]) -> None:
    assert list(traces.amounts(text)) == [Decimal(n) for n in numbers]


@pytest.mark.parametrize(
    ("text", "when", "told"),
    [
        ("on 20 January", "2022-01-20", True),
        ("on Thursday night", "2022-01-20", True),
        ("on Friday", "2022-01-20", False),
        ("the day before", "2022-01-20", False),
        ("on the third", "2022-01-03", True),
        ("in Jan. 2022", "2022-01", True),
        ("in May 2022", "2022-01", False),
        ("by 2032", "2032", True),
        ("by 2033", "2032", False),
    ],
)
def test_dates_are_read_by_any_part_of_them(text: str, when: str, told: bool) -> None:
    assert traces.dated(text, when) == told


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("The road was closed.", True),
        ("The men had been shot", True),
        ("Children were later killed", True),
        ("The road was closed by the council", False),
        ("The road was closed by 6 April", True),
        ("The wall was broken by using a lorry", True),
        ("They said it was closed and they left", False),
        ("The road is named after a hill", False),
        ("The council closed the road", False),
    ],
)
def test_a_passive_without_an_agent_is_told_from_one_with(text: str, silent: bool) -> None:
    assert traces.agentless(text) == silent


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("The council, as the author relays it, said that the gate was shut.", "the gate was shut"),
        ("A heading says that the gate was shut.", "the gate was shut"),
        ("Ilsa Torn is quoted as wanting a ferry.", "wanting a ferry"),
        ("The gate was shut.", "the gate was shut"),
    ],
)
def test_what_is_told_is_told_from_who_tells_it(text: str, rest: str) -> None:
    assert traces.content(text).strip(" .") == rest

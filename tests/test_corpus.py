"""The corpus itself: what a reader may rely on, and what must never happen in it."""

import re
import shutil
import statistics
from collections import Counter
from pathlib import Path

import pytest
from corpora import FOUNDING, ROOT

from graph.build import check
from graph.content import Ref
from graph.corpus.originals import anchors, attach, original_text
from graph.evidence import Archive
from graph.model import Corpus, Document, Entity
from graph.origins import Register, draw
from graph.status import reported_status
from graph.vocabulary import vocabulary

# Spokespersons, officials and analysts who spoke in public. Adding a name here is a decision: nobody held,
# convicted or surrendering is named, and no child.
PUBLIC = {
    "ned-price",
    "john-kirby",
    "john-brennan",
    "farhad-shami",
    "letta-tayler",
    "colin-clarke",
    "dominik-stillhart",
    "joe-biden",
    "vladimir-putin",
    "mazloum-abdi",
    "nesrin-abdullah",
    "quentin-sommerville",  # signs his comment
    "margaret-besheer",  # named as a contributor
    "abu-bakr-al-baghdadi",  # led ISIS in public; his death is spoken of
    "abu-ibrahim-al-qurayshi",  # the same
    "nowruz-ahmed",
    "haval-qortay",
    "bassam-sabbagh",
    "oleg-zhuravlev",
    "oleg-syromolotov",
    "ravina-shamdasani",
    "joe-buccino",
    "hulusi-akar",
    "haitham-abu-al-foul",
    "sheikhmus-ahmad",
    "samya-kullab",  # reporters and a columnist who sign
    "karwan-faidhi-dri",
    "fayik-yagizay",
}
SHARED = ROOT.parent / "shared" / "corpus"


@pytest.fixture(scope="module")
def corpus(founding_corpus: Corpus) -> Corpus:
    return founding_corpus


FOUNDERS = ("000-anf", "001-npa", "002-ypj", "003-voa", "004-bbc")


def test_the_documents_are_coded_to_the_last_paragraph(corpus: Corpus) -> None:
    """Every paragraph that says anything carries a claim or is described as garbled."""
    assert len(corpus.documents) == 40
    assert {d.id for d in corpus.documents} >= set(FOUNDERS)
    for document in corpus.documents:
        silent = {p.number for p in document.digest} - {u.passage.paragraph for u in document.utterances}
        assert len(silent) <= 5, f"{document.id}: {sorted(silent)}"  # headings that only name a topic, stray marks
    assert sum(len(u.edges) for _, u in corpus.utterances()) >= 350


def founding_five(corpus: Corpus) -> list[Document]:
    """The documents that have an original; of the others only a digest could be read."""
    return [document for document in corpus.documents if document.id in FOUNDERS]


def test_passages_are_short(corpus: Corpus) -> None:
    for document in founding_five(corpus):
        spans = [(u.passage.start, u.passage.end) for u in document.utterances]
        lengths = [end - start for start, end in spans if start is not None and end is not None]
        assert lengths
        assert statistics.median(lengths) <= 120, document.id


def test_about_forty_places_are_on_the_map(corpus: Corpus) -> None:
    placed = [e for e in corpus.entities if e.place]
    assert len(placed) >= 40
    assert all(e.place and e.place.source for e in placed)
    assert all(29 <= e.place.lat <= 43 and 26 <= e.place.lon <= 48 for e in placed if e.place)


def test_every_paragraph_of_an_original_has_a_digest(corpus: Corpus) -> None:
    for document in founding_five(corpus):
        assert document.original is not None
        assert [p.number for p in document.digest] == list(range(1, len(document.original.paragraphs) + 1))


def test_documents_read_from_digests_say_so_and_cite_no_range(corpus: Corpus) -> None:
    further = [d for d in corpus.documents if d.id not in FOUNDERS]
    assert len(further) == 35
    for document in further:
        assert document.original is None
        assert document.availability, document.id
        assert document.url, document.id
        assert {u.passage.start for u in document.utterances} == {None}


def test_every_hard_case_that_occurs_is_coded(corpus: Corpus) -> None:
    """At least one of each; the codebook names them."""
    utterances = [u for _, u in corpus.utterances()]
    kinds = {kind for u in utterances for kind in u.evidence}
    circumstances = {c for u in utterances for hop in u.by for c in hop.circumstances}
    comparators = {e.object.comparator for u in utterances for e in u.edges if hasattr(e.object, "comparator")}
    assert {u.reading for u in utterances} == {"Clear", "Ambiguous", "Garbled"}
    assert {u.position for u in utterances} >= {"Body", "Heading", "Presupposed", "Aside"}
    assert {u.mode for u in utterances} >= {"Actual", "Future", "Counterfactual"}
    assert {u.source.force for u in utterances} >= {"Asserts", "Asks", "Recommends", "Opines"}
    assert {u.source.certainty for u in utterances} >= {"Certain", "Probable", "Possible"}
    assert kinds >= {"CustodialStatement", "AnonymousOfficial", "AnalystInference", "PartyStatement", "ExpertOpinion"}
    assert circumstances >= {"InCustody", "AnonymityGranted", "SpeakerIsMinor", "SpeakerUnidentified", "Preliminary"}
    assert comparators >= {"Exactly", "AtLeast", "MoreThan", "About", "Between", "InWords"}
    assert max(len(u.by) for u in utterances) == 4
    assert any(u.infers for u in utterances)
    assert any(u.could_also for u in utterances)
    assert any(u.condition for u in utterances)
    assert any(hop.commitment == "Rejects" for u in utterances for hop in u.by)
    assert any(e.possible_same for e in corpus.entities)
    assert any(e.kind == "Composite" for e in corpus.entities)
    assert any(e.kind == "HypotheticalEvent" for e in corpus.entities)


def test_only_people_in_public_roles_are_named(corpus: Corpus) -> None:
    assert {e.id for e in corpus.entities if e.kind == "Person"} == PUBLIC


def test_garbled_sentences_claim_nothing(corpus: Corpus) -> None:
    garbled = [u for _, u in corpus.utterances() if u.reading == "Garbled"]
    assert garbled
    assert [u.id for u in garbled if u.edges or not u.printed] == []


def test_no_link_between_turkey_and_isis_has_two_origins(corpus: Corpus) -> None:
    """A sentence about the founding corpus that has to stay true of these documents."""
    drawn = draw(corpus.claims(), Register.of_corpus(corpus))
    turkey = {e.id for e in corpus.entities if e.id == "turkish-state" or e.organ_of == "turkish-state"}
    links = {
        edge: how
        for edge, how in drawn.items()
        if vocabulary().property(edge.predicate).family == "FamilyAllegedLink"
        and turkey & {edge.subject, getattr(edge.object, "id", "")}
        # who carried out an attack of one's own is no link to others
        and (edge.predicate != "perpetratedBy" or edge.subject == "hasakah-prison-attack")
    }
    assert len(links) >= 5
    assert [edge for edge, how in links.items() if len(how.origins) > 1] == []
    assert not {how.status for how in links.values()} & {"DrawnSeveralOrigins", "DrawnCorroborated"}


def test_two_named_origins_are_not_yet_independent(corpus: Corpus) -> None:
    """Most pairs are signed as not established; what is lifted is about what parties themselves say or see."""
    verdicts = Counter(j.verdict for j in corpus.independence)
    assert verdicts["IndependenceNotEstablished"] > verdicts["IndependenceEstablished"] > 0
    drawn = draw(corpus.claims(), Register.of_corpus(corpus))
    lifted = {edge.subject for edge, how in drawn.items() if how.independent.count > 1}
    assert lifted == {
        "hasakah-prison-attack",
        "prison-battle",
        "attacks-of-november-2022",
        "strikes-at-the-al-hol-checkpoint",
    }
    assert not any(how.independent.count > 1 and len(how.origins) == 1 for how in drawn.values())


def test_nothing_is_established(founding: Archive) -> None:
    rows = founding.store.rows(f"SELECT ?s WHERE {{ ?a <{vocabulary().namespace}assessedStatus> ?s }}").rows
    verdicts = {str(row[0].value).rsplit("#", 1)[-1] for row in rows if row[0] is not None and row[0].value}
    assert verdicts == {"AssessedUnassessed"}


def test_sources_and_every_garbled_passage_are_assessed_and_no_allegation_is(corpus: Corpus) -> None:
    assessed = {(a.about, a.target) for a in corpus.assessments}
    assert {("Document", name) for name in FOUNDERS} <= assessed
    garbled = {u.id for _, u in corpus.utterances() if u.reading == "Garbled"}
    assert {target for about, target in assessed if about == "Garbled"} == garbled
    assert not any(about == "Claim" for about, _ in assessed)
    assert {a.credibility for a in corpus.assessments if a.about == "Garbled"} == {"Credibility6"}


def test_a_headline_question_or_prediction_is_never_reported_as_said_plainly(corpus: Corpus) -> None:
    plain = {"ReportedOwnVoice", "ReportedAttributed"}
    for _, u in corpus.utterances():
        for edge in u.edges:
            if (
                u.position in ("Heading", "Presupposed")
                or u.mode in ("Future", "Counterfactual", "Conditional")
                or u.source.force != "Asserts"
            ):
                assert reported_status(u, edge, affirmed_here=False) not in plain, u.id


def test_every_passage_finds_its_words(corpus: Corpus, tmp_path: Path) -> None:
    """Against the originals themselves, where they lie beside this checkout."""
    if not SHARED.is_dir():
        pytest.skip("the founding documents' texts are not beside this checkout")
    folder = tmp_path / "corpus"
    shutil.copytree(FOUNDING, folder, ignore=shutil.ignore_patterns("originals"))
    attached = attach(corpus, folder, SHARED)
    assert [a.state for a in attached].count("attached") == len(FOUNDERS)
    for document in founding_five(corpus):
        states = {a.state for a in anchors(document, original_text(folder, document)).values()}
        assert states == {"verified"}
    check(folder)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("003-c54", "families"),
        ("003-c56", "terrorist"),
        ("003-c68", "secure"),
        ("003-c77", "week"),
        ("003-c78", "terrorist"),
        ("003-c83", "deadly"),
        ("003-c87", "lasting"),
        ("003-c95", "statement"),
        ("003-c96", "failed"),
        ("000-c95", "closed"),
        ("000-c98", "details"),
        ("000-c107", "permission"),
        ("001-c70", "five thousand"),
        ("001-c71", "ten thousand"),
        ("002-c79", "remnants"),
    ],
)
def test_where_no_original_is_attached_the_digest_shows_what_is_claimed(corpus: Corpus, claim: str, word: str) -> None:
    """It stands for the passage there: what is said in passing was left out of it."""
    (document, utterance) = next((d, u) for d, u in corpus.utterances() if u.id == claim)
    digest = next(part.text for part in document.digest if part.number == utterance.passage.paragraph)
    assert word in digest


# With one of these a label tells whose word it is that somebody did it.
_TOLD = {"as", "told", "tells", "expected", "awaited", "laid", "called", "calls", "listed"}


def test_no_label_of_an_event_names_whom_a_claim_makes_its_perpetrator(corpus: Corpus) -> None:
    """A label stands everywhere without a status: who did it is for the edges to say."""
    known = {entity.id: entity for entity in corpus.entities}
    edges = [e for _, u in corpus.utterances() for e in (*u.edges, *(condition.edge for condition in u.condition))]
    blamed = {(e.subject, e.object.id) for e in edges if e.predicate == "perpetratedBy" and isinstance(e.object, Ref)}
    assert len(blamed) > 20
    places = set().union(*(_names(entity) for entity in corpus.entities if entity.kind in ("Place", "Facility")))
    naming = {
        (event, label)
        for event, party in blamed
        for _, label in known[event].label
        if (_proper(label) & (_names(known[party]) - places)) and not _TOLD & set(re.findall(r"\w+", label))
    }
    assert naming == set()


def _names(entity: Entity) -> set[str]:
    texts = [text for _, text in entity.label] + [alias.text for alias in entity.aliases]
    return set().union(*map(_proper, texts))


def _proper(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text) if word[0].isupper()}

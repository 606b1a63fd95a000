"""Status as reported: computed from the axes that a coder sets, never typed.

The decision list is `precedence` in ontology.ttl; each rule below is a condition under the name of
the status it gives, and the first that holds wins.
"""

from collections.abc import Callable

from graph.content import Edge, Figure
from graph.model import Document, Hop, Utterance
from graph.vocabulary import vocabulary

_FORCED = {
    "Recommends": "ReportedRecommended",
    "Directs": "ReportedRecommended",
    "Threatens": "ReportedThreatened",
    "Promises": "ReportedPromised",
    "Asks": "ReportedInsinuatedByQuestion",
    "Opines": "ReportedOpined",
}


def effective_certainty(by: tuple[Hop, ...]) -> str:
    """The weakest certainty in the chain; a relay that hardens never raises it."""
    stated = [hop.certainty for hop in by if hop.certainty]
    return min(stated, key=certainty_rank) if stated else "Certain"


def certainty_rank(name: str) -> int:
    """Rank of a certainty, higher is firmer (`certaintyRank` in ontology.ttl)."""
    return int(vocabulary().concept("Certainty", name).facts["certaintyRank"])


def is_concluded(utterance: Utterance, edge: Edge) -> bool:
    """Whether an inference on record leads to this edge of the utterance."""
    return utterance.edges.index(edge) + 1 in {entry.claim for entry in utterance.infers}


Rule = Callable[[Utterance, Edge, bool], bool]


def _force(status: str) -> Rule:
    return lambda u, _e, _a: _FORCED.get(u.source.force or "") == status


def _estimated(utterance: Utterance, edge: Edge, _affirmed: bool) -> bool:
    if not isinstance(edge.object, Figure):
        return False
    preliminary = any("Preliminary" in hop.circumstances for hop in utterance.by)
    return preliminary or effective_certainty(utterance.by) != "Certain"


def _inferred(utterance: Utterance, edge: Edge, _affirmed: bool) -> bool:
    return bool({"AnalystInference", "TemporalCoincidence"} & set(utterance.evidence)) or is_concluded(utterance, edge)


_RULES: dict[str, Rule] = {
    "ReportedGarbled": lambda u, _e, _a: u.reading == "Garbled",
    "ReportedRecommended": _force("ReportedRecommended"),
    "ReportedThreatened": _force("ReportedThreatened"),
    "ReportedPromised": _force("ReportedPromised"),
    "ReportedInsinuatedByQuestion": _force("ReportedInsinuatedByQuestion"),
    "ReportedCounterfactual": lambda u, _e, _a: u.mode == "Counterfactual",
    "ReportedConditional": lambda u, _e, _a: u.mode == "Conditional",
    "ReportedPredicted": lambda u, _e, _a: u.mode == "Future",
    "ReportedInsinuatedByPosition": lambda u, _e, _a: u.position in ("Heading", "Presupposed"),
    "ReportedOpined": _force("ReportedOpined"),
    "ReportedDenied": lambda u, _e, affirmed: u.source.polarity == "Denies" and affirmed,
    "ReportedNegated": lambda u, _e, _a: u.source.polarity == "Denies",
    "ReportedInferred": _inferred,
    "ReportedEstimated": _estimated,
    "ReportedSupposed": lambda u, _e, _a: effective_certainty(u.by) != "Certain",
    "ReportedAttributed": lambda u, _e, _a: len(u.by) > 1,
    "ReportedOwnVoice": lambda _u, _e, _a: True,
}


def reported_status(utterance: Utterance, edge: Edge, affirmed_here: bool) -> str:
    """The status that the source gives the claim.

    `affirmed_here`: whether the same document shows someone affirming the same proposition, which
    makes a plain negative a denial.
    """
    ordered = sorted(vocabulary().concepts("ReportedStatus").values(), key=lambda c: int(c.facts["precedence"]))
    return next(c.name for c in ordered if _RULES[c.name](utterance, edge, affirmed_here))


def is_actual(utterance: Utterance) -> bool:
    """Whether it is about what is said to be or to have been so (a general statement included)."""
    return utterance.mode in ("Actual", "Generic")


def takes_side(utterance: Utterance, side: str) -> bool:
    """Whether the innermost speaker says (or holds) that something is, or is not, actually so."""
    source = utterance.source
    return is_actual(utterance) and source.polarity == side and source.force in ("Asserts", "Opines")


def affirmed_in(document: Document) -> set[Edge]:
    """The edges that somebody in a document affirms, in an utterance that stands: what turns a negative into a denial."""
    standing = (u for u in document.utterances if u.retracted is None)
    return {edge for u in standing if takes_side(u, "Affirms") for edge in u.edges}

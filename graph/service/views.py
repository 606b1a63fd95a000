"""Evidence values → the JSON that the page reads (`graph/explorer/src/types.ts` names the same shapes)."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from graph.evidence import (
    Archive,
    ClaimEvidence,
    DocumentEvidence,
    Evidence,
    Finding,
    HopEvidence,
    Named,
    Node,
    Overview,
    Paragraph,
    PassageEvidence,
    Term,
)
from graph.export.found import claim_found, document_found, entity_found, question_found
from graph.facets import TRUTH
from graph.lens import EdgeLine, Line, Picture
from graph.model import Entity
from graph.network import positions
from graph.vocabulary import Concept, vocabulary

Json = dict[str, Any]
Start = tuple[Entity, int]
STARTS, ASKED, PAPERS = 300, 300, 300  # of each kind of name, of questions, of documents on the start page


def overview(archive: Archive, held: Overview) -> Json:
    """The start page: counts, statuses with their look, where to begin, what was read; `totals` tells what is cut."""
    starts, questions = held.starts(), held.questions()
    papers = sorted(held.by_document, key=lambda name: (-held.by_document[name], name))
    unread = (name for name in archive.documents if name not in held.by_document)
    shown = sorted([*papers, *unread][:PAPERS])
    kinds = Counter(e.kind for e, _ in starts)
    return {
        "product": archive.manifest["product"],
        "corpus_hash": archive.corpus_hash,
        "claims": held.claims,
        "propositions": held.propositions,
        "documents": [{**document_(archive.document(d)), "claims": held.by_document[d]} for d in shown],
        "days": sorted({d.published.end for d in archive.documents.values()}),
        "statuses": [_status(c, held.by_status[c.notation]) for c in vocabulary().concepts("DrawnStatus").values()],
        "starts": [
            {"id": e.id, "kind": e.kind, "label": e.name, "labels": dict(e.label), "claims": count}
            for e, count in _first_of_each(starts, lambda start: start[0].kind)
        ],
        "questions": [
            {"id": q.id, "label": q.name, "claims": count, "entity": start} for q, count, start in questions[:ASKED]
        ],
        "totals": {"documents": len(archive.documents), "questions": len(questions), "starts": dict(kinds)},
        "languages": held.languages(),
    }


def _first_of_each(listed: Iterable[Start], kind: Callable[[Start], str]) -> Iterator[Start]:
    """The first of each kind, as many as a start may list; the order stays."""
    seen = Counter[str]()
    for one in listed:
        seen[kind(one)] += 1
        if seen[kind(one)] <= STARTS:
            yield one


def _status(concept: Concept, claims: int) -> Json:
    facts = concept.facts
    return {
        "id": concept.notation,
        "iri": concept.iri.value,
        "label": concept.labels,
        "definition": concept.definition,
        "rank": int(facts["cautionRank"]),
        "line": facts["lineStyle"],
        "dash": [float(n) for n in facts["dashPattern"].split()],
        "width": float(facts["lineWidth"]),
        "colour": facts["colour"],
        "colour_dark": facts["colourDark"],
        "glyph": facts["glyph"],
        "arrow": facts["arrowShape"],
        "claims": claims,
    }


def search(query: str, finding: Finding, limit: int) -> Json:
    """The first entities found and how many there are; beside them what else holds the words."""
    groups = {
        "claims": ("claim", [claim_found(found) for found in finding.claims]),
        "documents": ("document", [document_found(found) for found in finding.documents]),
        "questions": ("question", [question_found(found) for found in finding.questions]),
    }
    return {
        "query": query,
        "total": finding.totals["entity"],
        "asks": finding.asks,
        "partial": finding.words is not None,
        "words": finding.words and asdict(finding.words),
        "note": finding.note,
        "results": [entity_found(found) for found in finding.entities[:limit]],
        **{name: {"total": finding.totals[kind], "results": listed} for name, (kind, listed) in groups.items()},
    }


def entity(of: Entity) -> Json:
    """An entity with the spellings that occur in documents."""
    return {
        "id": of.id,
        "kind": of.kind,
        "label": of.name,
        "labels": dict(of.label),
        "aliases": [{"text": a.text, "lang": a.lang, "document": a.document} for a in of.aliases],
        "note": of.note,
    }


def picture(held: Picture, places: Mapping[str, tuple[float, float]]) -> Json:
    """Lines and nodes at their places, how much was left out, and the lines that a withdrawal fells."""
    return {
        "nodes": [node(one, places[one.id]) for one in held.nodes],
        "bundles": [line(one) for one in held.lines],
        "fallen": [line(one) for one in held.fallen],
        "fallen_total": held.fallen_total,
        "shown": len(held.lines),
        "total": held.total,
        "total_claims": held.total_claims,
    }


def focus(of: Entity, held: Picture) -> Json:
    """A neighbourhood with its stored positions."""
    drawn = {end.id for one in held.lines for end in (one.source, one.target)} | {of.id}
    pairs = [(one.source.id, one.target.id) for one in held.lines]
    places = positions(of.id, [one for one in held.nodes if one.id in drawn], pairs)
    gone = [one.id for one in held.nodes if one.id not in drawn]
    return {"entity": entity(of), **picture(held, {**places, **_passing(gone)})}


def _passing(names: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Places within the ring for what is seen only while it falls: it takes no room from what stays."""
    rows = max(1, (len(names) + 1) // 2)
    return {
        name: (0.45 if index % 2 else -0.45, round((2 * (index // 2) + 1) / rows - 1, 4))
        for index, name in enumerate(names)
    }


def node(of: Node, place: tuple[float, float]) -> Json:
    """A node with its labels and where it stands."""
    return {
        "id": of.id,
        "kind": of.kind,
        "label": of.label,
        "labels": dict(of.labels),
        "x": place[0],
        "y": place[1],
        "claims": of.claims,
    }


def line(of: Line) -> Json:
    """A line with everything that is said along it."""
    readings = list(dict.fromkeys(edge.reading for edge in of.edges))
    ends = f"{of.source.label} {', '.join(readings)}"
    said = ends if of.target.id.startswith(f"{TRUTH}-") else f"{ends} {of.target.label}"
    status = _drawn()[of.status]
    return {
        "id": of.id,
        "source": of.source.id,
        "target": of.target.id,
        "status": of.status,
        "labels": readings,
        "claims": len(of.claims),
        "origins": of.origins,
        "badge": f"{status.facts['glyph']} {of.origins}/{len(of.claims)}",
        "text": f"{said} ({status.label}; {of.said}; {', '.join(of.documents)})",
        "claim_ids": list(of.claims),
        "edges": [edge_row(edge) for edge in of.edges],
    }


@cache
def _drawn() -> dict[str, Concept]:
    return {concept.notation: concept for concept in vocabulary().concepts("DrawnStatus").values()}


def edge_row(edge: EdgeLine) -> Json:
    """An edge in one row, with its status, whose word it is and where."""
    return {
        "proposition": edge.proposition,
        "subject": edge.subject,
        "subject_label": edge.subject_label,
        "predicate": edge.predicate,
        "reading": edge.reading,
        "object": edge.object,
        "object_label": edge.object_label,
        "status": edge.status,
        "claims": len(edge.claims),
        "origins": edge.origins,
        "documents": list(edge.documents),
        "speakers": _speakers(edge),
    }


def _speakers(edge: EdgeLine) -> list[Json]:
    """Speakers, those who deny marked so."""
    denying = {voice.id for voice in edge.voices if voice.polarity == "denies"}
    names = {voice.id: voice.label for voice in edge.voices}
    return [{"id": name, "label": f"{label} (denies)" if name in denying else label} for name, label in names.items()]


def evidence(of: Evidence, limit: int, asked: str = "") -> Json:
    """What a click opens, cut to so many claims: those of the claim or the edge that is asked for come first."""
    claims = [claim for edge in of.edges for claim in edge.claims]
    first = sorted(claims, key=lambda claim: asked not in (claim.claim, claim.proposition))[:limit]
    shown = {claim.claim for claim in first}
    return {
        "id": of.id,
        "title": of.title,
        "sentence": of.sentence,
        "source": named(of.source),
        "target": named(of.target),
        "claim_count": len(claims),
        "claims_shown": len(shown),
        "document_count": len({claim.document.id for claim in claims}),
        "origin_count": max((edge.origins for edge in of.edges), default=0),
        "disagreement": of.disagreement,
        "questions": [named(one) for one in dict.fromkeys(q for claim in claims for q in claim.addresses)],
        "edges": [
            {
                "proposition": edge.proposition,
                "reading": edge.reading,
                "subject": named(edge.subject),
                "object": named(edge.object),
                "drawn_status": term(edge.drawn_status),
                "why": edge.why,
                "claim_count": len(edge.claims),
                "claims": [claim_(claim) for claim in edge.claims if claim.claim in shown],
            }
            for edge in of.edges
        ],
    }


def claim_(c: ClaimEvidence) -> Json:
    """One claim, whole."""
    return {
        "claim": c.claim,
        "utterance": c.utterance,
        "says": c.says,
        "subject": named(c.subject),
        "predicate": {**named(c.predicate), "reading": c.reading},
        "object": named(c.object),
        "reported_status": term(c.reported_status),
        "drawn_status": term(c.drawn_status),
        "polarity": term(c.polarity),
        "force": term(c.force),
        "certainty": term(c.certainty),
        "mode": term(c.mode),
        "reading": term(c.text_reading),
        "position": term(c.position),
        "condition": c.condition,
        "addressee": [named(n) for hop in c.chain for n in hop.addressee],
        "chain": [_hop(hop) for hop in c.chain],
        "evidence_kinds": [term(kind) for kind in c.evidence_kinds],
        "origin": named(c.origin),
        "origin_group": None if c.origin_group is None else named(c.origin_group),
        "adds_origin": c.discount is None,
        "discount": c.discount,
        "document": document_(c.document),
        "passage": _passage(c.passage),
        "clocks": _clocks(c),
        "about": [named(n) for n in c.about],
        "could_also": list(c.could_also),
        "note": c.note,
        "retracted": c.retracted,
        "permalink": f"?claim={c.claim}",
    }


def _hop(hop: HopEvidence) -> Json:
    return {
        "speaker": named(hop.speaker),
        "commitment": term(hop.commitment),
        "cue": hop.cue,
        "circumstances": [term(t) for t in hop.circumstances],
        "held_by": None if hop.held_by is None else {"label": hop.held_by.label, "basis": hop.held_by_basis},
        "said_at": hop.said_at,
        "basis": hop.basis,
        "force": hop.force and term(hop.force),
        "certainty": hop.certainty and term(hop.certainty),
        "polarity": hop.polarity and term(hop.polarity),
    }


def document_(d: DocumentEvidence) -> Json:
    """A document in one line, its leaning in the open."""
    return {
        "id": d.id,
        "title": d.title,
        "publisher": named(d.publisher),
        "kind": term(d.kind),
        "published": _span(d.published_from, d.published_to),
        "leaning": d.leaning,
    }


def paragraph(p: Paragraph, standing: Mapping[str, str], shown: Container[str]) -> Json:
    """A paragraph with one line for each claim found there.

    `standing` are the drawn statuses of the claims that no withdrawal sets aside, `shown` those in view.
    """
    claims = [
        {
            "claim": c.claim,
            "says": c.says,
            "status": standing.get(c.claim, c.drawn_status.id),
            "speaker": named(c.chain[-1].speaker),
            "set_aside": c.claim not in standing,
            "in_view": c.claim in shown,
            "span": _span_in(p, c.passage),
        }
        for c in p.claims
    ]
    return {"p": p.number, "digest": p.digest, "original": p.original, "claims": claims, "garbled": list(p.garbled)}


def _span_in(p: Paragraph, passage: PassageEvidence) -> list[int] | None:
    """Where the words stand in the paragraph of the original, in code points, the end exclusive; only if they match."""
    if p.start is None or passage.state != "verified" or passage.start is None or passage.end is None:
        return None
    return [passage.start - p.start, passage.end - p.start]


def _passage(p: PassageEvidence) -> Json:
    original = None if p.quote is None else {"before": p.before, "quote": p.quote, "after": p.after}
    return {
        "paragraph": p.paragraph,
        "digest": p.digest,
        "original": original,
        "state": p.state,
        "start": p.start,
        "end": p.end,
    }


def _clocks(c: ClaimEvidence) -> list[Json]:
    event = _span(c.event_start, c.event_end) if c.event_start or c.event_end else None
    said = "; ".join(hop.said_at for hop in c.chain if hop.said_at) or None
    clocks = {
        "event": event,
        "said": said,
        "published": _span(c.document.published_from, c.document.published_to),
        "captured": c.document.captured,
        "recorded": f"{c.recorded_at} by {c.recorded_by}",
    }
    return [{"name": name, "value": value} for name, value in clocks.items()]


def _span(start: str | None, end: str | None) -> str:
    if start == end or not start or not end:
        return start or end or ""
    return f"{start} to {end}"


def named(of: Named) -> Json:
    """A name with its id."""
    return {"id": of.id, "label": of.label}


def term(of: Term) -> Json:
    """A concept with its definition."""
    return {"id": of.id, "label": of.label, "definition": of.definition}

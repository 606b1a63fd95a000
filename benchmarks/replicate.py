"""The built corpus many times over, for measuring at sizes that nobody has coded: `copies(build, claims, out)`.

The first copy is whole. In each further one documents, utterances, claims, hops, passages, propositions and what was
derived have ids of their own; entities and questions are shared, so that every actor becomes as much busier as there
are copies. Summaries are derived anew over all copies, from the rows of the claims: shared origins make no sums. The bookkeeping that no query of the mix reads (labels for display, who recorded when, selectors) is left
out of further copies, to keep the peers' memory in bounds. Not a corpus: it says one thing many times.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from graph.facets import Row, read_rows
from graph.origins.summaries import Counted, summaries, summary_quads
from graph.rdf import sorted_lines
from graph.vocabulary import ID, OA, RDFS, vocabulary

OWN = (
    "claim", "utterance", "hop", "passage", "document", "proposition", "derived", "assessment", "inference", "condition",
    "source-relation",
)  # fmt: skip
_SAY = vocabulary().namespace
_LEFT_OUT = {f"<{iri}>" for iri in (
    RDFS + "label", OA + "hasSelector", OA + "start", OA + "end",
    *(_SAY + name for name in ("recordedBy", "recordedAt", "hopBasis", "passageSha256", "inParagraph", "paragraph")),
)}  # fmt: skip
_ID = re.compile(rf"<{re.escape(ID)}({'|'.join(OWN)})/")
_IDENTIFIER = re.compile(r'(<http://purl\.org/dc/terms/identifier> ")')
_MARK = "\x00"
_SUMMARY = f"<{ID}derived/summary/"


def claims_of(build: Path) -> int:
    return int(json.loads((build / "manifest.json").read_text("utf-8"))["counts"]["claims"])


def copies(build: Path, claims: int, out: Path) -> int:
    """Write at least that many claims as N-Quads into `out`; gives how many they are."""
    each = claims_of(build)
    many = -(-claims // each)
    template = "".join(_template(build))
    out.mkdir(parents=True)
    with (out / "all.nq").open("w", encoding="utf-8") as file:
        for name in ("record.nq", "ontology.nq"):
            file.write((build / name).read_text("utf-8"))
        file.writelines(_unsummed(build / "derived.nq"))
        file.writelines(_summaries(build, many))
        for copy in range(1, many):
            file.write(template.replace(_MARK, f"c{copy}-"))
    return many * each


def _unsummed(file: Path) -> list[str]:
    return [line for line in file.read_text("utf-8").splitlines(keepends=True) if not line.startswith(_SUMMARY)]


def _summaries(build: Path, many: int) -> Iterator[str]:
    rows = read_rows(build / "claims.jsonl")
    groups = set(
        re.findall(rf"^<{re.escape(ID)}origin-group/(\S+)> <\S+#type>", (build / "record.nq").read_text("utf-8"), re.M)
    )
    documents = {row.document for row in rows}
    prefixes = ["", *(f"c{copy}-" for copy in range(1, many))]
    counted = (_counted(row, prefix) for prefix in prefixes for row in rows if not row.retracted)
    named = (prefix + document for prefix in prefixes for document in documents)
    yield from sorted_lines(summary_quads(summaries(counted, named), groups))


def _counted(row: Row, prefix: str) -> Counted:
    drawn, document = _name("DrawnStatus", row.drawn), prefix + row.document
    values = (
        ("FacetDrawn", drawn),
        ("FacetReported", _name("ReportedStatus", row.reported)),
        ("FacetDocument", document),
        ("FacetPublisher", row.publisher),
        ("FacetSpeaker", row.said),
        ("FacetOrigin", row.origin),
        ("FacetRelation", row.predicate),
        *(("FacetEvidence", _name("EvidenceKind", kind)) for kind in row.kind),
    )
    adds = row.adds and row.polarity == "affirms"
    return Counted(prefix + row.claim, prefix + row.proposition, document, row.origin if adds else None, drawn, values)


@cache
def _name(scheme: str, token: str) -> str:
    return next(name for name, concept in vocabulary().concepts(scheme).items() if concept.notation == token)


def _template(build: Path) -> Iterator[str]:
    """The lines of a further copy, with a mark where its number goes."""
    for name in ("record.nq", "derived.nq"):
        for line in _unsummed(build / name):
            subject, predicate, rest = line.split(" ", 2)
            graph = rest.rstrip(" .\n").rpartition(" ")[2]
            ours = _ID.match(subject) or (_ID.match(graph) and " " in rest.rstrip(" .\n"))
            if ours and predicate not in _LEFT_OUT:
                marked = _ID.sub(rf"<{ID}\1/{_MARK}", line)
                yield _IDENTIFIER.sub(rf"\1{_MARK}", marked)

"""The built corpus many times over, for measuring at sizes that nobody has coded: `copies(build, claims, out)`.

The first copy is whole. In each further one documents, utterances, claims, hops, passages, propositions and what was
derived have ids of their own; entities and questions are shared, so that every actor becomes as much busier as there
are copies. The bookkeeping that no query of the mix reads (labels for display, who recorded when, selectors) is left
out of further copies, to keep the peers' memory in bounds. Not a corpus: it says one thing many times.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

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


def claims_of(build: Path) -> int:
    return int(json.loads((build / "manifest.json").read_text("utf-8"))["counts"]["claims"])


def copies(build: Path, claims: int, out: Path) -> int:
    """Write at least that many claims as N-Quads into `out`; gives how many they are."""
    each = claims_of(build)
    many = -(-claims // each)
    template = "".join(_template(build))
    out.mkdir(parents=True)
    with (out / "all.nq").open("w", encoding="utf-8") as file:
        for name in ("record.nq", "derived.nq", "ontology.nq"):
            file.write((build / name).read_text("utf-8"))
        for copy in range(1, many):
            file.write(template.replace(_MARK, f"c{copy}-"))
    return many * each


def _template(build: Path) -> Iterator[str]:
    """The lines of a further copy, with a mark where its number goes."""
    for name in ("record.nq", "derived.nq"):
        for line in (build / name).read_text("utf-8").splitlines(keepends=True):
            subject, predicate, rest = line.split(" ", 2)
            graph = rest.rstrip(" .\n").rpartition(" ")[2]
            ours = _ID.match(subject) or (_ID.match(graph) and " " in rest.rstrip(" .\n"))
            if ours and predicate not in _LEFT_OUT:
                marked = _ID.sub(rf"<{ID}\1/{_MARK}", line)
                yield _IDENTIFIER.sub(rf"\1{_MARK}", marked)

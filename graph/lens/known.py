"""What each parameter of a lens means in words, and the ids that it may name."""

from collections.abc import Iterable, Mapping

from graph.errors import NotFoundError
from graph.evidence import Archive
from graph.lens.lens import Lens
from graph.vocabulary import vocabulary

MEANINGS: Mapping[str, str] = {
    "document": "claims of one of these documents",
    "publisher": "claims of documents of one of these publishers",
    "said": "claims that are the word of one of these: the innermost speaker",
    "relay": "claims relayed by one of these",
    "speaker": "claims with one of these anywhere in the chain",
    "origin": "claims counted with one of these origins or origin groups",
    "kind": "claims on one of these kinds of evidence",
    "family": "claims with a relation of one of these families",
    "question": "claims that answer one of these questions",
    "reported": "claims that their source gives one of these statuses",
    "drawn": "claims whose edge is drawn so",
    "entity": "claims with it at either end",
    "relation": "claims with this relation, by its name in the vocabulary",
    "hide": "drawn statuses left out",
    "happened": "when somebody says the event took place: from..to, either end may be empty",
    "undated": "`with` keeps the claims without any day where happened asks for some",
    "published": "when the document was published: from..to, either end may be empty",
    "origins": "the least number of independent origins",
    "without": "sources set aside, every status drawn anew: speaker:sdf,publisher:anf,document:…,group:…,evidence:…",
    "parties": "`without` sets aside everybody who is called a party to the conflict",
    "as-of": "as known on a day: only documents certainly published by then, drawn anew",
    "recorded": "as recorded here by a day, drawn anew",
}


def check(archive: Archive, lens: Lens) -> None:
    """NotFoundError for an id that nothing bears: a table without rows would be taken for silence."""
    for facet, values in {**lens.facets, "entity": {lens.entity}, "relation": {lens.relation}}.items():
        known = tuple(_known(archive, facet))
        for value in sorted(filter(None, values)):
            if known and value not in known:
                raise NotFoundError(facet, value, known)
    for carrier in sorted(lens.withdrawal.carriers):
        known = tuple(_known(archive, carrier.kind))
        if known and carrier.id not in known:
            raise NotFoundError(carrier.kind, carrier.id, known)


def _known(archive: Archive, name: str) -> Iterable[str]:
    register = archive.register
    groups = {group.id for group in register.groups.values()}
    if name in ("publisher", "said", "relay", "speaker", "entity"):
        return register.entities
    if name in ("origin", "group"):
        return groups if name == "group" else [*register.entities, *groups]
    found: Mapping[str, Iterable[str]] = {
        "document": archive.documents,
        "question": [question.id for question in register.questions],
        "relation": vocabulary().properties,
        "family": vocabulary().concepts("RelationFamily"),
    }
    return found.get(name, ())

"""Rules of coding for one utterance; each function yields the problems of one rule."""

from collections.abc import Callable, Iterator, Mapping

from graph.corpus.dates import after
from graph.errors import Problem
from graph.model import Document, Entity, Utterance
from graph.vocabulary import vocabulary

Entities = Mapping[str, Entity]
Rule = Callable[[Utterance, Document, Entities], Iterator[Problem]]


def _problem(u: Utterance, code: str, found: str, allowed: str, fix: str, line: int = 0) -> Problem:
    return Problem(u.where.file, line or u.where.line, code, f"{found} in {u.id}", allowed, fix)


def _identifier(u: Utterance, document: Document, _entities: Entities) -> Iterator[Problem]:
    number = document.id.split("-")[0]
    if u.id.split("-")[0] != number:
        yield _problem(
            u,
            "utterance-id",
            f"an id that does not begin with {number}",
            f"{number}-c1, {number}-c2 …",
            "use the document's number",
        )


def _passage(u: Utterance, document: Document, _entities: Entities) -> Iterator[Problem]:
    passage, original = u.passage, document.original
    if passage.paragraph not in {p.number for p in document.digest}:
        yield _problem(
            u,
            "passage-digest",
            f"paragraph {passage.paragraph}, which has no digest",
            "a paragraph of `digest`",
            "write the digest of that paragraph",
        )
    located = passage.start is not None and passage.end is not None and passage.sha256 is not None
    if original is None:
        if passage.start is not None or passage.sha256 is not None:
            yield _problem(
                u,
                "passage-range",
                "a range although the document has no original",
                "a digest paragraph alone",
                "remove chars and sha256",
            )
        return
    if not located or passage.start is None or passage.end is None:
        yield _problem(
            u,
            "passage-range",
            "a passage without chars and sha256",
            "both, for a document with an original",
            "run `testimony locate`",
        )
        return
    if passage.paragraph > len(original.paragraphs):
        yield _problem(
            u,
            "passage-paragraph",
            f"paragraph {passage.paragraph}",
            f"1 to {len(original.paragraphs)}",
            "count the non-empty lines of the original",
        )
        return
    start, end = original.paragraphs[passage.paragraph - 1]
    if not start <= passage.start < passage.end <= end:
        yield _problem(
            u,
            "passage-outside-paragraph",
            f"characters {passage.start} to {passage.end}",
            f"inside paragraph {passage.paragraph}: {start} to {end}",
            "run `testimony locate` again",
        )


def _chain(u: Utterance, _document: Document, _entities: Entities) -> Iterator[Problem]:
    speakers = [hop.speaker for hop in u.by]
    if len(set(speakers)) != len(speakers):
        twice = next(s for s in speakers if speakers.count(s) > 1)
        yield _problem(
            u,
            "chain-cycle",
            f"{twice} twice in the chain",
            "each speaker once, outermost first",
            "end the chain at the first time the words are theirs",
        )
    for hop in u.by[:-1]:
        if hop.force or hop.polarity:
            yield _problem(
                u,
                "hop-axes",
                f"force or polarity on the relaying hop of {hop.speaker}",
                "commitment (and certainty where the relay softens)",
                "move it to the innermost hop",
            )
    if u.source.commitment != "OwnVoice":
        yield _problem(
            u,
            "hop-axes",
            f"a commitment on the innermost hop of {u.source.speaker}",
            "force, polarity, certainty",
            "remove the commitment: nothing is relayed there",
        )


def _sides(u: Utterance, _document: Document, _entities: Entities) -> Iterator[Problem]:
    sideless = u.source.force in ("Asks", "Recommends", "Directs")
    if sideless != (u.source.polarity == "TakesNoSide"):
        yield _problem(
            u,
            "polarity-force",
            f"polarity {u.source.polarity} with force {u.source.force}",
            "TakesNoSide exactly with Asks, Recommends, Directs",
            "set polarity and force together",
        )
    if u.source.force in ("Recommends", "Directs", "Threatens", "Promises") and u.mode == "Future":
        yield _problem(
            u,
            "force-mode",
            f"mode Future with force {u.source.force}",
            "mode Actual (such words are about the future anyway)",
            "remove the mode",
        )


def _denial(u: Utterance, _document: Document, _entities: Entities) -> Iterator[Problem]:
    if u.source.polarity == "Denies" and len(u.edges) > 1:
        yield _problem(
            u,
            "denial-edges",
            f"a denial with {len(u.edges)} edges",
            "one edge; the rest in `about:`",
            "keep the edge that is denied",
        )


def _content(u: Utterance, _document: Document, _entities: Entities) -> Iterator[Problem]:
    if u.reading == "Garbled":
        if u.edges or u.printed is None:
            yield _problem(
                u,
                "garbled-content",
                "a garbled utterance with edges or without `printed`",
                "`printed:` and no edges",
                "say in our words what is printed; reconstruct nothing",
            )
        return
    if u.printed is not None:
        yield _problem(
            u,
            "garbled-content",
            "`printed` on an utterance that is not garbled",
            "reading Garbled with `printed`",
            "remove one or set the other",
        )
    if not u.edges:
        yield _problem(u, "edges-missing", "no edge", "at least one edge", "code what is said, or mark it Garbled")
    if not u.evidence:
        yield _problem(
            u,
            "evidence-missing",
            "no evidence kind",
            "at least one evidence kind",
            "say what the innermost speaker's words rest on",
        )
    if len(set(u.edges)) != len(u.edges):
        yield _problem(u, "edge-repeated", "the same edge twice", "each edge once", "remove the repetition")


def _condition(u: Utterance, _document: Document, _entities: Entities) -> Iterator[Problem]:
    if u.mode in ("Conditional", "Counterfactual") and not u.condition:
        yield _problem(
            u,
            "condition-missing",
            f"mode {u.mode} without a condition",
            "`condition:` with at least one entry",
            "code what it hangs on",
        )


def _custody(u: Utterance, _document: Document, _entities: Entities) -> Iterator[Problem]:
    custodial = {
        name for name, kind in vocabulary().concepts("EvidenceKind").items() if kind.facts.get("custodial") == "true"
    }
    claimed = bool(custodial & set(u.evidence))
    held = "InCustody" in u.source.circumstances
    if claimed != held and u.reading != "Garbled":
        yield _problem(
            u,
            "custody-kind",
            "custodial evidence without a speaker in custody"
            if claimed
            else "a speaker in custody without custodial evidence",
            "InCustody on the innermost hop exactly with a custodial evidence kind",
            "set both or neither",
        )
    for hop in u.by:
        if ("InCustody" in hop.circumstances) != (hop.held_by is not None):
            yield _problem(
                u,
                "custody-custodian",
                f"InCustody without `heldBy` (or the reverse) for {hop.speaker}",
                "both",
                "name the custodian, with basis Implied if the text does not say",
            )


def _anonymity(u: Utterance, _document: Document, entities: Entities) -> Iterator[Problem]:
    if ("AnonymousOfficial" in u.evidence) and "AnonymityGranted" not in u.source.circumstances:
        yield _problem(
            u,
            "anonymity-circumstance",
            "an anonymous official whose anonymity is not recorded",
            "AnonymityGranted on the innermost hop",
            "add the circumstance",
        )
    for hop in u.by:
        entity = entities.get(hop.speaker)
        if entity and entity.unidentified and not {"SpeakerUnidentified", "AnonymityGranted"} & set(hop.circumstances):
            yield _problem(
                u,
                "anonymity-circumstance",
                f"the unidentified speaker {hop.speaker} without a circumstance",
                "SpeakerUnidentified or AnonymityGranted",
                "add the circumstance",
            )


def _time(u: Utterance, document: Document, _entities: Entities) -> Iterator[Problem]:
    for hop in u.by:
        if hop.said_at and after(hop.said_at, document.published.end):
            yield _problem(
                u,
                "said-after-publication",
                f"said at {hop.said_at}, after {document.id} was published ({document.published.end})",
                "a date up to the publication",
                "mend one of the two dates",
            )
    recorded = (u.record or document.record).at
    if u.retracted and u.retracted.at < recorded:
        yield _problem(
            u,
            "retracted-before-recorded",
            f"retracted at {u.retracted.at}, recorded at {recorded}",
            "a retraction after the record",
            "mend the date",
        )


UTTERANCE_RULES: tuple[Rule, ...] = (
    _identifier,
    _passage,
    _chain,
    _sides,
    _denial,
    _content,
    _condition,
    _custody,
    _anonymity,
    _time,
)

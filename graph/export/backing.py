"""What an export needs besides its claims: which corpus they are of, where places are, and the record itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Quad

from graph.evidence import Archive, ClaimEvidence
from graph.export.quads import record
from graph.model import PlaceFacts


@dataclass(frozen=True, slots=True)
class Backing:
    """The corpus hash; coordinates by entity; the quads of some claims as in the record."""

    corpus: str
    places: Mapping[str, PlaceFacts]
    quads: Callable[[Sequence[ClaimEvidence]], set[Quad]]

    @classmethod
    def of(cls, archive: Archive) -> "Backing":
        """That of an opened build."""
        return cls(
            archive.corpus_hash,
            {entity.id: entity.place for entity in archive.register.entities.values() if entity.place},
            lambda claims: record(archive.store, claims),
        )

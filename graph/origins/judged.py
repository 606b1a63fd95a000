"""Rules about judgements of independence that the counting of origins decides.

Those of names and groups are in graph/corpus/judgements.py. Claims that were taken back still bear a
judgement out, so that a retraction never breaks a corpus; what is counted looks at visible claims only.
"""

from collections.abc import Iterator
from dataclasses import replace

from graph.corpus.references import at
from graph.errors import Problem, nearest
from graph.model import Claim, Corpus, IndependenceJudgement
from graph.origins.counting import Register, discount, origin_of
from graph.origins.independence import ESTABLISHED, routes, share_their_only_publisher


def judgement_problems(corpus: Corpus) -> list[Problem]:
    """Judgements on what is no origin, or that establish two origins heard through one publisher alone; sorted."""
    if not corpus.independence:
        return []
    register = Register.of_corpus(corpus)
    claims = [_visible(claim) for claim in corpus.claims()]
    ways = routes(claims, register)
    heard = {
        name
        for claim in claims
        if discount(claim.utterance, register) is None
        for origin in (origin_of(claim.utterance, register),)
        for name in (origin.entity, origin.key)
    }
    return sorted(
        problem
        for found in corpus.independence
        for problem in (*_unheard(found, heard, register), *_shared(found, ways, register))
    )


def _visible(claim: Claim) -> Claim:
    return replace(claim, utterance=replace(claim.utterance, retracted=None))


def _unheard(found: IndependenceJudgement, heard: set[str], register: Register) -> Iterator[Problem]:
    for name in found.between:
        if name not in heard:
            entity = register.entities.get(name)
            counted = f"name {entity.institution}, with which it counts" if entity and entity.institution else ""
            yield at(
                found.where,
                "independence-unheard",
                f"{name} in {found.id}, which is the origin of no claim",
                "two origins, or groups of them, whose word adds one somewhere in the corpus",
                counted or nearest(name, tuple(sorted(heard))) or "name who is quoted, or the one who held them",
            )


def _shared(found: IndependenceJudgement, ways: dict[str, frozenset[str]], register: Register) -> Iterator[Problem]:
    if found.verdict != ESTABLISHED:
        return
    keys = [register.groups[name].id if name in register.groups else name for name in found.between]
    publisher = share_their_only_publisher(keys[0], keys[1], ways)
    if publisher is not None:
        yield at(
            found.where,
            "independence-publisher",
            f"{' and '.join(found.between)} as independent in {found.id}, both heard through {publisher} alone",
            "IndependenceNotEstablished for two origins that share their only publisher",
            "mend the verdict until one of them is heard through another",
        )

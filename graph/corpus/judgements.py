"""Rules about judgements of independence that names and groups decide.

What only the counting of origins decides (who is an origin, through whom it is heard) is judged in
graph/origins/judged.py.
"""

from collections.abc import Iterator

from graph.corpus.references import Names, at
from graph.errors import Problem, nearest
from graph.model import Corpus, IndependenceJudgement


def independence(corpus: Corpus, names: Names) -> Iterator[Problem]:
    """Two known, different origins, one known question, one judgement; a group is never independent of itself."""
    groups = {group.id: {group.id, *group.members} for group in corpus.groups}
    questions = {question.id for question in corpus.questions}
    first: dict[tuple[frozenset[str], str], IndependenceJudgement] = {}
    for found in corpus.independence:
        yield from _unknown(found, names, set(groups), questions)
        one, other = found.between
        if one == other:
            yield at(
                found.where,
                "independence-itself",
                f"{one} twice in {found.id}",
                "two origins",
                "name the other origin in `between`",
            )
            continue
        earlier = first.setdefault((frozenset(found.between), found.question), found)
        if earlier is not found:
            yield at(
                found.where,
                "independence-twice",
                f"{one} and {other} for {found.question} again in {found.id}",
                "one judgement for two origins and a question",
                f"keep one of it and {earlier.id} ({earlier.where.file}:{earlier.where.line})",
            )
        together = [name for name, within in groups.items() if {one, other} <= within]
        if together and found.verdict == "IndependenceEstablished":
            yield at(
                found.where,
                "independence-group",
                f"{one} and {other}, both of the group {together[0]}, as independent in {found.id}",
                "IndependenceExcluded or IndependenceNotEstablished inside a group",
                "mend the verdict, or take one of them out of the group with a reason",
            )


def _unknown(found: IndependenceJudgement, names: Names, groups: set[str], questions: set[str]) -> Iterator[Problem]:
    for name in dict.fromkeys(found.between):
        if name not in names.entities and name not in groups:
            yield at(
                found.where,
                "unknown-origin",
                f"the origin {name!r} in {found.id}",
                "an id of entities.yaml or of origins.yaml",
                nearest(name, (*names.entities, *sorted(groups))) or "add it there",
            )
        elif name in names.entities and name in groups:
            yield at(
                found.where,
                "independence-ambiguous",
                f"{name}, an entity and an origin group, in {found.id}",
                "an id that only one of them bears",
                "give the group another id",
            )
    if found.question not in questions:
        yield at(
            found.where,
            "unknown-question",
            f"the question {found.question!r} in {found.id}",
            "an id of questions.yaml",
            nearest(found.question, tuple(sorted(questions))) or "ask it there",
        )

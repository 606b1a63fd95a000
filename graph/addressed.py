"""Which questions an edge answers, found by relation and subject: a large register has thousands of questions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from graph.content import Edge
from graph.model import Claim, Question

ANY = "*"


class Asking:
    """The questions of a register, at hand for any edge."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self._held: dict[tuple[str, str], list[tuple[int, Question]]] = defaultdict(list)
        for place, question in enumerate(questions):
            for key in dict.fromkeys((pattern.predicate, pattern.subject) for pattern in question.patterns):
                self._held[key].append((place, question))

    def of(self, edge: Edge) -> list[Question]:
        """The questions that an edge answers, in the order of the register."""
        return [question for _, question in self._answered(edge)]

    def answered(self, claims: Iterable[Claim]) -> Iterator[tuple[Question, list[Claim]]]:
        """Each question that some claims answer, in the order of the register, with its claims in the order given."""
        found: dict[int, tuple[Question, list[Claim]]] = {}
        for claim in claims:
            for place, question in self._answered(claim.edge):
                found.setdefault(place, (question, []))[1].append(claim)
        yield from (found[place] for place in sorted(found))

    def _answered(self, edge: Edge) -> list[tuple[int, Question]]:
        near = {
            place: question
            for subject in (edge.subject, ANY)
            for place, question in self._held.get((edge.predicate, subject), ())
        }
        return sorted(((place, q) for place, q in near.items() if q.addressed_by(edge)), key=lambda one: one[0])

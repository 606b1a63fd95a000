"""Every error a user can meet; each message is built here from facts.

TestimonyError
├── CorpusError        one or more Problems in corpus files
├── CheckError         one or more Problems in the built graph
├── VocabularyError    a term that ontology.ttl does not define
├── ShapeError         a shape of ontology.ttl that the checks do not understand
├── QueryError         a query that is refused, wrong or unbound
├── NotFoundError      an id that nothing in the graph bears
├── LensError          a filter, date or withdrawal that cannot be
├── BuildError         a build that is missing, damaged or interrupted
├── AttachError        originals that cannot be attached
├── ExportError        claims that cannot be written in a format, or to a file
├── ServiceError       a service that cannot start
├── MissingPackageError  a package that is not part of the core and is not installed
├── BriefingError      a briefing, or a list of words for it, that cannot be read
└── EndpointError      a SPARQL endpoint that fails, or whose answer cannot be trusted to be whole
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

MANY = 24  # allowed values named in a message


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, and how to mend it.

    `code` names the rule (its own id, asserted in tests); `file` and `line` say where, when known.
    """

    file: str
    line: int
    code: str
    found: str
    allowed: str
    fix: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        return f"{where}[{self.code}] {self.found}; allowed: {self.allowed}; fix: {self.fix}"


class TestimonyError(Exception):
    """Base of all errors that are shown to a user as one line each."""

    __test__ = False  # pytest would collect the name

    def __reduce__(self) -> tuple[Any, ...]:
        # a message is built from facts, so a copy sent between processes takes the message itself
        return _again, (type(self), self.args, self.__dict__)

    def lines(self) -> list[str]:
        """The message, one line per problem."""
        return [str(self)]


def _again(kind: type[TestimonyError], args: tuple[Any, ...], state: dict[str, Any]) -> TestimonyError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class _ProblemsError(TestimonyError):
    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def lines(self) -> list[str]:
        return [str(problem) for problem in self.problems]


class CorpusError(_ProblemsError):
    """Corpus files that break the format or a rule of coding."""


class CheckError(_ProblemsError):
    """A built graph that breaks a shape or an invariant."""


def nearest(word: str, known: Sequence[str]) -> str:
    """A hint: the closest known word whatever its case, or an empty string."""
    folded = {name.casefold(): name for name in reversed(known)}
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=0.7)
    return f"did you mean {folded[close[0]]!r}?" if close else ""


class VocabularyError(TestimonyError):
    """A term that ontology.ttl does not define."""

    def __init__(self, term: str, known: Sequence[str]) -> None:
        hint = nearest(term, known)
        super().__init__(
            f"ontology.ttl: {term!r} is not a term; allowed: the terms of ontology.ttl; fix: {hint or 'use one of them or define it there'}"
        )


class ShapeError(TestimonyError):
    """A shape of ontology.ttl that says what the checks do not understand, and would ignore."""

    def __init__(self, shape: str, found: str, allowed: Sequence[str]) -> None:
        super().__init__(
            f"ontology.ttl: {shape}: {found}; allowed: {', '.join(allowed)}; fix: write it so, or teach graph/checks/shacl.py"
        )


class QueryError(TestimonyError):
    """A query that is refused, wrong or lacks a parameter."""

    def __init__(self, where: str, line: int, found: str, fix: str) -> None:
        place = f"{where}:{line}" if line else where
        self.line, self.found, self.fix = line, found, fix
        super().__init__(f"{place}: {found}; fix: {fix}")


_LISTS = {
    "query": "list them with: testimony query",
    "question": "list them with: testimony query questions, or testimony disagreements",
    "claim": "list an entity's claims with: testimony query about entity=NAME",
    "document": "list them with: testimony query documents",
    "publisher": "list what carries claims with: testimony withdraw",
    "speaker": "list what carries claims with: testimony withdraw",
    "group": "list what carries claims with: testimony withdraw",
    "kind of evidence": "list them with: testimony vocabulary",
}


class NotFoundError(TestimonyError):
    """An id that nothing in the graph bears."""

    def __init__(self, what: str, name: str, known: Sequence[str] = ()) -> None:
        alone = f"did you mean {known[0]!r}?" if len(known) == 1 else ""
        hint = nearest(name, known) or alone or _LISTS.get(what, "list the names there are with: testimony find WORD")
        super().__init__(f"no {what} {name!r} in this graph; fix: {hint}")


class LensError(TestimonyError):
    """A filter, date or withdrawal that cannot be."""

    def __init__(self, name: str, found: str, allowed: Iterable[str]) -> None:
        listed = list(allowed)
        more = ", …" if len(listed) > MANY else ""
        super().__init__(f"{name} {found}; allowed: {', '.join(listed[:MANY])}{more}; fix: correct it or leave it out")


class _PlacedError(TestimonyError):
    def __init__(self, where: str, found: str, fix: str) -> None:
        super().__init__(f"{where}: {found}; fix: {fix}")


class BuildError(_PlacedError):
    """A build that is missing, damaged, or could not be finished."""


class AttachError(_PlacedError):
    """Originals that cannot be attached."""


class ExportError(_PlacedError):
    """Claims that cannot be written in a format, or to a file."""


class ServiceError(_PlacedError):
    """A service that cannot start."""


class MissingPackageError(TestimonyError):
    """A package that is not part of the core and is not installed."""

    def __init__(self, name: str, install: str, otherwise: str = "") -> None:
        more = f", {otherwise}" if otherwise else ""
        super().__init__(f"the package {name!r} is not installed; fix: pip install {install}{more}")


class BriefingError(_PlacedError):
    """A briefing, or a list of words for it, that cannot be read."""


class EndpointError(_PlacedError):
    """A SPARQL endpoint that fails, or whose answer cannot be trusted to be whole."""

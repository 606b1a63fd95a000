"""Which of our questions is meant by a question in a reader's own words: by wording, and by claims that answer it.

Nobody who asks knows how we worded it. `How many escaped?` holds one word of `How many prisoners escaped from the
prison?`, but the claims that hold the others answer it.
"""

from collections import defaultdict
from collections.abc import Mapping

from graph.evidence.archive import Archive
from graph.search import Asked, fold, most, search
from graph.search.function_words import ASKED_FOR

SEEN = 60  # claims that are asked which questions they answer, those with most words first
_CLAIMS = 1.5  # what claims may count beside the wording, which counts 1 at the most
_DOUBT = 3  # as if so many more claims answered the question and held no word: one alone says little
_SAME_KIND = 0.5  # how many, when and where ask for answers of a kind
_LEAST = 1 / 3  # of what the best of them has


def addressed(archive: Archive, text: str) -> dict[str, int]:
    """Questions by id, best first, each with how many of the claims that the words find answer it."""
    hits = most(archive.index, text, SEEN, ("claim",), least=0.0)
    labelled = most(archive.index, text, len(archive.register.questions), ("question",), least=0.0)
    answers: dict[str, dict[str, float]] = defaultdict(dict)
    for hit in hits.claims:
        for claim in hit.claims:
            for question in archive.answers.get(claim, ()):
                answers[question][hit.claims[0]] = hit.share**2
    own = {hit.id: hit.share for hit in labelled.questions}
    wanted = ASKED_FOR.intersection(Asked.gist(text).left_out)
    score = {
        name: round(own.get(name, 0.0) + _by_claims(answers.get(name, {})) + _kind(wanted, archive.questions[name]), 6)
        for name in {*own, *answers}
    }
    best = max(score.values(), default=0.0)
    ranked = sorted((name for name in score if score[name] >= best * _LEAST), key=lambda name: (-score[name], name))
    return {name: len(answers.get(name, {})) for name in ranked}


def worded(archive: Archive, text: str) -> tuple[str, ...]:
    """Questions by id that words find, best first: those whose wording has all of them, then `addressed`."""
    ranked = addressed(archive, text)
    every = len(archive.register.questions)
    begins = search(archive.index, text, every, ("question",))
    gist = [hit.id for hit in most(archive.index, text, every, ("question",)).questions if hit.share == 1.0]
    return tuple(dict.fromkeys((*(hit.id for hit in begins.questions), *gist, *ranked)))


def _by_claims(shares: Mapping[str, float]) -> float:
    """Many claims that hold much of what was asked: nearly the most; a single one, little."""
    return _CLAIMS * sum(shares.values()) / (_DOUBT + len(shares))


def _kind(wanted: frozenset[str], label: str) -> float:
    """Whether a question asks for what was asked for."""
    return _SAME_KIND * len(wanted.intersection(fold(label).split())) / len(wanted) if wanted else 0.0

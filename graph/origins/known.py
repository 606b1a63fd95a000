"""As known on a date: by publication (what one could have read) or by record (what was coded here)."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace

from graph.model import Claim
from graph.origins.counting import Register
from graph.rdf import is_protected


def last_day(date: str) -> str:
    """The last day of a year, month or day: whoever asks for a month asks for how it ended."""
    if len(date) == len("2031"):
        return f"{date}-12-31"
    year, month, *day = date.split("-")
    return date if day else f"{date}-{monthrange(int(year), int(month))[1]}"


def published_by(claims: Iterable[Claim], date: str) -> tuple[Claim, ...]:
    """The claims of documents that were certainly published by the end of a date.

    Retractions stand whenever they were made: they tell us today what the text does not say.
    """
    return tuple(claim for claim in claims if last_day(claim.document.published.end) <= last_day(date))


def recorded_by(claims: Iterable[Claim], date: str) -> tuple[Claim, ...]:
    """The claims on record by the end of a date, without retractions made later.

    What was retracted to protect a person stays retracted: no date brings it back.
    """
    day = last_day(date)
    return tuple(
        _before(claim, day) for claim in claims if last_day((claim.utterance.record or claim.document.record).at) <= day
    )


def _before(claim: Claim, day: str) -> Claim:
    retracted = claim.utterance.retracted
    if retracted is None or last_day(retracted.at) <= day or is_protected(claim.utterance):
        return claim
    return replace(claim, utterance=replace(claim.utterance, retracted=None))


def register_by(register: Register, date: str) -> Register:
    """The register with what was signed by the end of a date: groups, judgements of independence, questions' rules."""
    day = last_day(date)
    questions = tuple(
        replace(
            question,
            same_population=tuple(same for same in question.same_population if last_day(same.at) <= day),
            covers=tuple(rule for rule in question.covers if last_day(rule.at) <= day),
        )
        for question in register.questions
    )
    groups = {member: group for member, group in register.groups.items() if last_day(group.at) <= day}
    independence = tuple(judgement for judgement in register.independence if last_day(judgement.at) <= day)
    return replace(register, groups=groups, questions=questions, independence=independence)

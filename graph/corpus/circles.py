"""Circles among things that lead to others: wholes, premises, republications, relations."""

from collections.abc import Iterable, Iterator, Mapping


def circles(leads: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """One member of each circle, the first in order."""
    reached: dict[str, set[str]] = {}
    for start in _not_ending(leads):
        seen: set[str] = set()
        queue = list(leads[start])
        while queue:
            name = queue.pop()
            if name not in seen:
                seen.add(name)
                queue += leads.get(name, ())
        if start in seen:
            if not any(start in others and first in seen for first, others in reached.items()):
                yield start
            reached[start] = seen


def _not_ending(leads: Mapping[str, Iterable[str]]) -> list[str]:
    """What can be followed for ever; in a corpus without circles, nothing, and found in one pass."""
    open_ends = {name: len(set(ends)) for name, ends in leads.items()}
    led_from: dict[str, set[str]] = {}
    for name, ends in leads.items():
        for end in ends:
            led_from.setdefault(end, set()).add(name)
    ended = [name for name in {*open_ends, *led_from} if not open_ends.get(name)]
    while ended:
        for name in led_from.get(ended.pop(), ()):
            open_ends[name] -= 1
            if not open_ends[name]:
                ended.append(name)
    return [name for name in leads if open_ends[name]]

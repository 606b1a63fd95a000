"""Who stands behind a claim, what the figures do to each other, and how an edge is drawn.

Pure functions over model values; see docs/origins.md for the rule and the cases that shaped it.
"""

from graph.origins.counting import Origin, Register, discount, origin_of
from graph.origins.derive import derived, drawn_edges, shown_claims
from graph.origins.disagreements import (
    Answer,
    Asked,
    Comparison,
    Disagreement,
    Given,
    asked,
    disagreements,
)
from graph.origins.drawn import RULE_VERSION, Drawn, Redrawing, draw
from graph.origins.drift import Drift, Move, Step, drifts, move_words
from graph.origins.figures import FigureConflict, bounds, conflicts
from graph.origins.fragility import Fragility, Load, fragility, loads, supports
from graph.origins.independence import Independence, Judged, independence, relayed_by, routes
from graph.origins.judged import judgement_problems
from graph.origins.known import last_day, published_by, recorded_by, register_by
from graph.origins.upstream import Back, upstream
from graph.origins.withdrawal import (
    Carrier,
    Change,
    EdgeChange,
    Sources,
    Withdrawal,
    change,
    compared,
    standing,
    withdraw,
    withdrawn,
)

__all__ = [
    "RULE_VERSION",
    "Answer",
    "Asked",
    "Back",
    "Carrier",
    "Change",
    "Comparison",
    "Disagreement",
    "Drawn",
    "Drift",
    "EdgeChange",
    "FigureConflict",
    "Fragility",
    "Given",
    "Independence",
    "Judged",
    "Load",
    "Move",
    "Origin",
    "Redrawing",
    "Register",
    "Sources",
    "Step",
    "Withdrawal",
    "asked",
    "bounds",
    "change",
    "compared",
    "conflicts",
    "derived",
    "disagreements",
    "discount",
    "draw",
    "drawn_edges",
    "drifts",
    "fragility",
    "independence",
    "judgement_problems",
    "last_day",
    "loads",
    "move_words",
    "origin_of",
    "published_by",
    "recorded_by",
    "register_by",
    "relayed_by",
    "routes",
    "shown_claims",
    "standing",
    "supports",
    "upstream",
    "withdraw",
    "withdrawn",
]

"""Who stands behind a claim, what the figures do to each other, and how an edge is drawn.

Pure functions over model values; see docs/origins.md for the rule and the cases that shaped it.
"""

from graph.origins.counting import Origin, Register, discount, origin_of
from graph.origins.derive import derived
from graph.origins.drawn import RULE_VERSION, Drawn, draw
from graph.origins.figures import FigureConflict, bounds, conflicts
from graph.origins.independence import Independence, Judged, independence, relayed_by, routes
from graph.origins.judged import judgement_problems

__all__ = [
    "RULE_VERSION",
    "Drawn",
    "FigureConflict",
    "Independence",
    "Judged",
    "Origin",
    "Register",
    "bounds",
    "conflicts",
    "derived",
    "discount",
    "draw",
    "independence",
    "judgement_problems",
    "origin_of",
    "relayed_by",
    "routes",
]

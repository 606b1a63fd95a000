"""What a reader looks through: one filter, one withdrawal and one date for every view, table and export.

`lens` is the value and its spelling, `filtering` tests rows, `view` is the graph seen through it.
"""

from graph.lens.filtering import Counts
from graph.lens.known import MEANINGS, check
from graph.lens.lens import FACETS, NAMES, Lens, parse
from graph.lens.lines import EdgeLine, Line, Voice
from graph.lens.view import FOCUS_LIMIT, MOST_LINES, WHOLE_LIMIT, Picture, View, Views

__all__ = [
    "FACETS",
    "FOCUS_LIMIT",
    "MEANINGS",
    "MOST_LINES",
    "NAMES",
    "WHOLE_LIMIT",
    "Counts",
    "EdgeLine",
    "Lens",
    "Line",
    "Picture",
    "View",
    "Views",
    "Voice",
    "check",
    "parse",
]

"""The graph as a networkx view keyed by claim, stored positions, and pictures that keep status and source.

`star`, `timeline` and `ranges` are SVG written by hand; `focus_page` is a page around the first whose lines can be
chosen; `to_pyvis` is a safe quick picture.
"""

from graph.network.choosing import focus_page
from graph.network.layout import positions
from graph.network.pictures import to_pyvis
from graph.network.ranges import Ranged, ranges
from graph.network.star import star
from graph.network.timeline import dated, timeline
from graph.network.views import to_networkx

__all__ = [
    "Ranged",
    "dated",
    "focus_page",
    "positions",
    "ranges",
    "star",
    "timeline",
    "to_networkx",
    "to_pyvis",
]

"""The graph as a networkx view keyed by claim, stored positions, and a safe quick picture."""

from graph.network.layout import positions
from graph.network.pictures import to_pyvis
from graph.network.spread import beside, spread
from graph.network.views import to_networkx

__all__ = ["beside", "positions", "spread", "to_networkx", "to_pyvis"]

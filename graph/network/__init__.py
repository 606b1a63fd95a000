"""The graph as a networkx view keyed by claim, stored positions, and a safe quick picture."""

from graph.network.layout import positions
from graph.network.pictures import to_pyvis
from graph.network.views import to_networkx

__all__ = ["positions", "to_networkx", "to_pyvis"]

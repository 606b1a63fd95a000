"""The graph in a notebook: ask, look, trace. House style: `g = open_graph()`.

Queries take the guarded path of the command. What is shown is escaped; a picture is drawn by hand or
stands in a sandboxed frame that carries everything it needs, with a plain-text twin for saved and
printed notebooks. The magics come with `%load_ext graph`.
"""

from graph.notebook.api import Graph, open_graph
from graph.notebook.results import Drawing, Neighbourhood, Picture, Table, Told, Trace

open = open_graph

__all__ = ["Drawing", "Graph", "Neighbourhood", "Picture", "Table", "Told", "Trace", "open", "open_graph"]

"""Queries that nobody has vetted, each in a process of its own that can be stopped.

The engine cannot be interrupted and can be crashed; so a strange query runs in a worker forked from a
process that holds the published snapshot, under limits of time, memory and rows, without a network.
"""

from graph.engine.awaited import Awaited
from graph.engine.messages import Ask, Told
from graph.engine.pool import Engine, Limits

__all__ = ["Ask", "Awaited", "Engine", "Limits", "Told"]

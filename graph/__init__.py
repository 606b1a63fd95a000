"""Testimony: a knowledge graph in which every edge is somebody's word."""

from typing import Any

__version__ = "0.1.0"


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext graph`: the magics of graph.notebook.magics."""
    from importlib import import_module  # by name: the package's root imports nothing of its own

    import_module("graph.notebook.magics").load(shell)

"""Exports: one small module per format behind one signature, status and source on every row."""

from graph.export.backing import Backing
from graph.export.formats import FORMATS, Format, Writer, form

__all__ = ["FORMATS", "Backing", "Format", "Writer", "form"]

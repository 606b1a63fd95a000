"""Testimony: a knowledge graph in which every edge is somebody's word."""

__version__ = "0.1.0"

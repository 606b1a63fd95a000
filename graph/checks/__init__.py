"""Checks of a built graph: SHACL shapes, whole-graph invariants, hashes of propositions."""

from graph.checks.invariants import Invariant, invariants, violations
from graph.checks.locators import locator_problems
from graph.checks.shapes import shape_problems

__all__ = ["Invariant", "invariants", "locator_problems", "shape_problems", "violations"]

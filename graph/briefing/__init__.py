"""Sentences that cite: citations, the linter of prose against its claims, briefings and their export."""

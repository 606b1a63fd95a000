"""Corpus files: read, check, write, locate and attach."""

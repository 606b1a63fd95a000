"""Search by words: a side index over names, sentences, digests, titles and questions.

`folding` makes spellings one, `entry` lists what can be found, `index` keeps it as a file of the
build, `ask` turns what was typed into a question, `hits` is what comes back.
"""

from graph.search.ask import Asked, asks
from graph.search.entry import Entry, entries
from graph.search.folding import fold
from graph.search.hits import ClaimHit, DocumentHit, Hits, NameHit, Passage, most, names, search
from graph.search.index import Index, write

__all__ = [
    "Asked",
    "ClaimHit",
    "DocumentHit",
    "Entry",
    "Hits",
    "Index",
    "NameHit",
    "Passage",
    "asks",
    "entries",
    "fold",
    "most",
    "names",
    "search",
    "write",
]

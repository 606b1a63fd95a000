"""The rule of graph.origins over a million claims: the same counts and statuses, from integer columns.

graph.origins is the definition; this is its fast equal, checked against it. Needs numpy, which the
core does without: `pip install 'testimony[scale]'`. See docs/performance.md.
"""

from graph.columns.drawing import ABSENT, STATUSES, Drawer, Drawing
from graph.columns.encode import columns_of
from graph.columns.rule import REASONS, Counted, counted
from graph.columns.table import Columns, Csr, code, day

__all__ = [
    "ABSENT",
    "REASONS",
    "STATUSES",
    "Columns",
    "Counted",
    "Csr",
    "Drawer",
    "Drawing",
    "code",
    "columns_of",
    "counted",
    "day",
]

"""Values made from schemas, where a document gives no example."""

from __future__ import annotations

from specloom.synthesis.departures import Departure, departures, step_to
from specloom.synthesis.sequences import write_items
from specloom.synthesis.unions import is_read_as_first, other_members
from specloom.synthesis.values import Synthesis, synthesise

__all__ = [
    "Departure",
    "Synthesis",
    "departures",
    "is_read_as_first",
    "other_members",
    "step_to",
    "synthesise",
    "write_items",
]

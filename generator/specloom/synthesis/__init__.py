"""Values made from schemas, where a document gives no example."""

from __future__ import annotations

from specloom.synthesis.sequences import write_items
from specloom.synthesis.values import Synthesis, synthesise

__all__ = ["Synthesis", "synthesise", "write_items"]

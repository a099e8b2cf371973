"""Lowering: a validated document -> the API model."""

from __future__ import annotations

from specloom.lower.api import lower
from specloom.lower.report import CODES

__all__ = ["CODES", "lower"]

"""Lowering: a validated document -> the API model."""

from __future__ import annotations

from specloom.lower.api import lower

__all__ = ["lower"]

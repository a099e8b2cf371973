"""Rules that keep documents honest, beyond what OpenAPI itself asks for."""

from __future__ import annotations

from specloom.document import CODES as STAGE_CODES
from specloom.lint.catalog import RULES, find_rule, format_explanation, format_help, format_table
from specloom.lint.check import check_documents
from specloom.lint.engine import lint, select_rules
from specloom.lint.rule import Finding, Rule, rule
from specloom.lint.survey import Survey, survey_documents
from specloom.lint.unfit import unfit_examples

__all__ = [
    "RULES",
    "STAGE_CODES",
    "Finding",
    "Rule",
    "Survey",
    "check_documents",
    "find_rule",
    "format_explanation",
    "format_help",
    "format_table",
    "lint",
    "rule",
    "select_rules",
    "survey_documents",
    "unfit_examples",
]

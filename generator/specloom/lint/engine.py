"""Stage 4: documents -> what our rules find in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.diagnostics import sorted_diagnostics
from specloom.document import Document
from specloom.lint.catalog import RULES
from specloom.lint.survey import survey_documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from specloom.diagnostics import Diagnostic
    from specloom.lint.rule import Rule


def lint(
    documents: Document | Iterable[Document], *, complete: bool = False, rules: Sequence[Rule] = RULES
) -> tuple[Diagnostic, ...]:
    """Run rules over documents, which share one walk.

    Args:
        documents: One document, or several that may share files.
        complete: Whether these are all documents that use their files: then an unused entry of a file outside the
            folders of the documents is reported as well.
        rules: Which rules to run; `select_rules` makes a choice.
    """
    several = (documents,) if isinstance(documents, Document) else documents
    survey = survey_documents(several, complete=complete)
    return sorted_diagnostics(found for rule in rules for found in rule.diagnose(survey))


def select_rules(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Choose rules by code, by the beginning of a code (`SL54`) or by name.

    Args:
        select: Which rules to run; all where nothing is selected.
        ignore: Which of those not to run.
    """
    chosen, left_out = tuple(select) or ("SL",), tuple(ignore)
    return tuple(rule for rule in RULES if _matches(rule, chosen) and not _matches(rule, left_out))


def _matches(rule: Rule, wanted: tuple[str, ...]) -> bool:
    return any(rule.name == one or rule.code.startswith(one.upper()) for one in wanted)

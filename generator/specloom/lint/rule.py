"""A lint rule: one check, with the words that explain it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Diagnostic, Severity
from specloom.document.build import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from specloom.lint.survey import Survey
    from specloom.location import Location

ERROR: Final = Severity.ERROR
WARNING: Final = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule is broken.

    Args:
        location: The place to change.
        message: What is wrong, in one sentence without a full stop.
        hint: What to do about it here; empty where the rule's own hint fits.
    """

    location: Location
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    Args:
        code: `SL5` and two digits.
        name: In kebab-case; names the fault.
        severity: Error where the document contradicts itself or a client cannot be right; else warning.
        summary: What is reported, in one line.
        why: Why it matters, in a sentence or two.
        bad: An excerpt in YAML that breaks the rule.
        good: The same excerpt as it should be.
        hint: What to do about a finding that says nothing more special.
        check: Looks for it in a survey.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    bad: str
    good: str
    hint: str
    check: Callable[[Survey], Iterable[Finding]]

    def diagnose(self, survey: Survey) -> Iterator[Diagnostic]:
        """Run the check, and make diagnostics of its findings."""
        for found in self.check(survey):
            yield Diagnostic(
                code=self.code,
                message=found.message,
                location=found.location,
                hint=found.hint or self.hint,
                severity=self.severity,
            )


def rule(
    code: str, name: str, severity: Severity, *, summary: str, why: str, bad: str, good: str, hint: str = ""
) -> Callable[[Callable[[Survey], Iterable[Finding]]], Rule]:
    """Make a rule of the function below; the arguments are those of `Rule`."""

    def make(check: Callable[[Survey], Iterable[Finding]]) -> Rule:
        return Rule(
            code=code,
            name=name,
            severity=severity,
            summary=summary,
            why=why,
            bad=bad,
            good=good,
            hint=hint,
            check=check,
        )

    return make


def shown(text: object, limit: int = 60) -> str:
    """Show a value of the document in a message: in backquotes, on one line, cut where it is long."""
    return quoted(str(text), limit)

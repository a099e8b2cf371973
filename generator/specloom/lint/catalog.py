"""All rules, and what is printed about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.lint import components, examples, operations, parameters, provenance, schemas, spelling

if TYPE_CHECKING:
    from specloom.lint.rule import Rule

_TOPICS: Final = (operations, parameters, components, schemas, spelling, examples, provenance)

RULES: Final[tuple[Rule, ...]] = tuple(
    sorted((rule for topic in _TOPICS for rule in topic.RULES), key=lambda rule: rule.code)
)


def find_rule(code: str) -> Rule | None:
    """Find a rule by its code or its name."""
    wanted = code.strip().lower()
    return next((rule for rule in RULES if wanted in (rule.code.lower(), rule.name)), None)


def format_table() -> str:
    """List all rules, one a line."""
    width = max(len(rule.name) for rule in RULES)
    return "".join(f"{rule.code}  {rule.severity:<7}  {rule.name:<{width}}  {rule.summary}\n" for rule in RULES)


def format_explanation(rule: Rule) -> str:
    """Explain a rule: what it reports, why, and an example of both sides."""
    return (
        f"{rule.code} {rule.name} ({rule.severity})\n\n{rule.summary}.\n\n{_wrap(rule.why)}\n\n"
        f"Reported:\n\n{_indent(rule.bad)}\n\nFine:\n\n{_indent(rule.good)}\n\nTo do: {rule.hint}.\n"
    )


def format_help(rule: Rule) -> str:
    """Explain a rule in Markdown, without its summary."""
    return f"{rule.why}\n\nReported:\n\n```yaml\n{rule.bad}\n```\n\nFine:\n\n```yaml\n{rule.good}\n```\n"


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))


def _wrap(text: str) -> str:
    import textwrap

    return textwrap.fill(text, 100)

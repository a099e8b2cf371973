"""What `specloom lint` says of its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.report import RuleText


def explain_rule(name: str | None) -> None:
    """Print the list of rules, or all about one."""
    from specloom.lint import STAGE_CODES, find_rule, format_explanation, format_table
    from specloom.pipeline import OTHER_CODES

    if name is None:
        click.echo(format_table(), nl=False)
    elif rule := find_rule(name):
        click.echo(format_explanation(rule), nl=False)
    elif summary := {**STAGE_CODES, **OTHER_CODES}.get(name.upper()):
        click.echo(f"{name.upper()} (error)\n\n{summary[:1].upper()}{summary[1:]}.")
    else:
        raise click.BadParameter(
            f"there is no rule `{name}`; `specloom lint --rules` lists them", param_hint="--explain"
        )


def rule_texts() -> Mapping[str, RuleText]:
    """List the texts of all rules, for reports that carry them."""
    from specloom.lint import RULES, STAGE_CODES, format_help
    from specloom.report import RuleText

    stages = {code: RuleText(name=code, summary=summary) for code, summary in STAGE_CODES.items()}
    rules = {
        rule.code: RuleText(name=rule.name, summary=rule.summary, help=format_help(rule), severity=rule.severity)
        for rule in RULES
    }
    return {**stages, **rules}

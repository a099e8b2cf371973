"""Templates print, they never decide: every template is read with Jinja's own parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment, TemplateSyntaxError, nodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIXES = {".j2", ".jinja", ".jinja2"}
FIRST_LINE = re.compile(r"\{#-? view: [A-Z]\w*View [^\n]*#\}")
# Templates that another tool fills with values of its own have no view of ours to name.
FOREIGN_FIRST_LINE = re.compile(r"\{#-? view: [^\n]+#\}")
FOREIGN_FOLDER = "models"


def test_no_template_decides(repository: Path) -> None:
    """The list of lines that decide is empty."""
    folder = repository / "templates"

    assert [
        f"{file.relative_to(folder).as_posix()}:{fault}"
        for file in list_templates(folder)
        for fault in find_decisions(file)
    ] == []


def test_only_templates_and_their_guide_lie_among_the_templates(repository: Path) -> None:
    """A file that this test does not read would be free to do anything."""
    folder = repository / "templates"
    others = [file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()]

    assert [name for name in others if not name.endswith(tuple(SUFFIXES)) and name != "README.md"] == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{{ view.name|upper }}", "filter upper"),
        ("{{ view.name|indent(view.depth) }}", "filter indent with a computed argument"),
        ("{{ view.name ~ '()' }}", "Concat"),
        ("{{ view.name + '()' }}", "Add"),
        ("{{ view.names[0] }}", "Getitem"),
        ("{{ view.name() }}", "Call"),
        ("{{ 'a' if view.name else 'b' }}", "CondExpr"),
        ("{{ 'text' }}", "Const"),
        ("{% if view.kind == 'x' %}{% endif %}", "Compare"),
        ("{% if view.a and view.b %}{% endif %}", "And"),
        ("{% if view.a is defined %}{% endif %}", "Test"),
        ("{% if view.a %}{% elif view.b %}{% endif %}", "elif"),
        ("{% for x in view.xs if x.public %}{% endfor %}", "for with a condition"),
        ("{% for x in view.xs %}{% else %}none{% endfor %}", "for with an else"),
        ("{% for x in view.xs|sort %}{% endfor %}", "filter sort"),
        ("{% for a, b in view.xs %}{% endfor %}", "for over pairs"),
        ("{% for x in view.xs %}{% if not loop.last %},{% endif %}{% endfor %}", "loop"),
        ("{% set x = view.name %}", "Assign"),
        ("{% macro m(x) %}{% endmacro %}", "Macro"),
        ("{% include view.partial %}", "include of a computed name"),
        ("{% import 'a.jinja' as a %}", "Import"),
        ("{% extends 'a.jinja' %}", "Extends"),
        ("{% filter indent %}{% endfilter %}", "FilterBlock"),
        ("{% raw %", "syntax"),
    ],
)
def test_a_decision_is_found(tmp_path: Path, line: str, fault: str) -> None:
    """Each way of deciding in a template is named with its line."""
    file = tmp_path / "bad.jinja"
    file.write_text("{# view: BadView #}\n" + line + "\n")

    assert [found.split(":")[0] for found in find_decisions(file)][:1] == ["2"]
    assert fault in next(find_decisions(file))


def test_what_a_template_may_do_is_not_reported(tmp_path: Path) -> None:
    """Text, attributes, loops over views, yes-or-no blocks, includes and indentation."""
    file = tmp_path / "good.jinja"
    file.write_text("""{# view: GoodView #}
class {{ view.name }}:
    {{ view.docstring | indent }}
    {%- for member in view.members %}
    {{ member.text|indent(4, first=True) }}
    {%- if not member.last.of.all %}
    {% include "partials/member.jinja" %}
    {%- else %}
    pass
    {%- endif %}
    {%- endfor %}
    {%- for line in view.lines %}
    {{ line }}
    {%- endfor %}
""")

    assert list(find_decisions(file)) == []


def test_a_template_that_does_not_name_its_view_is_found(tmp_path: Path) -> None:
    """The first line says which view a template prints."""
    file = tmp_path / "nameless.jinja"
    file.write_text("{{ view.name }}\n")

    assert list(find_decisions(file)) == ["1: the first line is not {# view: NameView #}"]


def list_templates(folder: Path) -> list[Path]:
    """List the templates below a folder."""
    return sorted(file for file in folder.rglob("*") if file.suffix in SUFFIXES)


def find_decisions(file: Path) -> Iterator[str]:
    """Yield what a template does beyond printing, as `line: what`."""
    text = file.read_text(encoding="utf-8")
    if not (FOREIGN_FIRST_LINE if FOREIGN_FOLDER in file.parts else FIRST_LINE).match(text):
        yield "1: the first line is not {# view: NameView #}"
    try:
        tree = Environment(autoescape=False).parse(text)  # it prints Python, not HTML
    except TemplateSyntaxError as error:
        yield f"{error.lineno}: syntax: {error.message}"
        return
    for node in tree.body:
        yield from _judge(node)


def _judge(node: nodes.Node) -> Iterator[str]:
    """Yield what a statement or an output does beyond printing."""
    match node:
        case nodes.Output():
            for printed in node.nodes:
                if not isinstance(printed, nodes.TemplateData):
                    yield from _judge_printed(printed)
        case nodes.If():
            condition = node.test.node if isinstance(node.test, nodes.Not) else node.test
            yield from _judge_name(condition)
            for branch in node.elif_:
                yield f"{branch.lineno}: elif: make it a view of its own"
            yield from _judge_all([*node.body, *node.else_])
        case nodes.For():
            if node.test is not None:
                yield f"{node.lineno}: for with a condition: select when planning"
            if node.else_:
                yield f"{node.lineno}: for with an else: the view says that there is nothing"
            if not isinstance(node.target, nodes.Name):
                yield f"{node.lineno}: for over pairs: make them views"
            yield from _judge_name(node.iter)
            yield from _judge_all(node.body)
        case nodes.Include():
            if not isinstance(node.template, nodes.Const):
                yield f"{node.lineno}: include of a computed name"
        case _:
            yield f"{node.lineno}: {type(node).__name__}"


def _judge_all(found: list[nodes.Node]) -> Iterator[str]:
    for node in found:
        yield from _judge(node)


def _judge_printed(node: nodes.Expr | nodes.Node) -> Iterator[str]:
    """Allow a name with attributes, and `indent` with constants."""
    if not isinstance(node, nodes.Filter):
        yield from _judge_name(node)
        return
    if node.name != "indent":
        yield f"{node.lineno}: filter {node.name}"
    arguments = [*node.args, *(keyword.value for keyword in node.kwargs)]
    if not all(isinstance(argument, nodes.Const) for argument in arguments):
        yield f"{node.lineno}: filter {node.name} with a computed argument"
    if node.node is not None:
        yield from _judge_name(node.node)


def _judge_name(node: nodes.Expr | nodes.Node) -> Iterator[str]:
    """Allow `name` and `name.attribute.attribute`; `loop` counts, and counting is deciding."""
    match node:
        case nodes.Getattr():
            yield from _judge_name(node.node)
        case nodes.Name(name="loop"):
            yield f"{node.lineno}: loop: finish the separators when planning"
        case nodes.Name():
            return
        case nodes.Filter():
            yield f"{node.lineno}: filter {node.name}"
        case _:
            yield f"{node.lineno}: {type(node).__name__}"

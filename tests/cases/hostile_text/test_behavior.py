"""Hostile text means itself."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import yaml

from tests.cases.case import Case, build_case

if TYPE_CHECKING:
    from types import ModuleType

CASE = Case("hostile_text")


def test_nothing_of_the_document_became_code() -> None:
    """The word that the document would like to be called is a name in no module."""
    for path, text in build_case(CASE).files.items():
        if path.endswith(".py"):
            names = {one.id for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Name)}

            assert not names & {"boom", "__import__", "x", "view"}, path


def test_every_file_is_printable_text() -> None:
    """No mark that turns or hides what follows, and no control character, is left in an emitted module."""
    modules = {path: text for path, text in build_case(CASE).files.items() if path.endswith((".py", ".toml", ".md"))}

    assert [path for path, text in modules.items() if not text.replace("\n", "").isprintable()] == []


def test_names_and_values_are_those_of_the_document(package: ModuleType) -> None:
    """Wire names, listed values, defaults and constants come out as they went in."""
    document = yaml.safe_load(CASE.document.read_text(encoding="utf-8"))
    evil = document["info"]["description"]
    models = package.hostile_text_view_raw.models
    made = models.Evil.from_json("{}")
    aliases = [one.alias or name for name, one in models.Evil.model_fields.items()]

    assert aliases == list(document["components"]["schemas"]["Evil"]["properties"])
    assert made.a_boom == evil
    assert [one.value for one in models.EvilY] == ["z", evil]
    assert models.Evil.from_json(b'{"\\u202e": 1}').to_json() == '{"\u202e":1}'.encode()

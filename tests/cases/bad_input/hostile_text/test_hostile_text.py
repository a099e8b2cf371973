"""Hostile text in every place comes out as valid Python of the same meaning, and as nothing but text."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from specloom.pipeline import build
from specloom.reading import Reading
from specloom.settings import settings_for
from tests.cases.bad_input.hostile_text.document import BOOM, CANARY, TEXTS, document, overlay

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

SMALLEST = {"openapi": "3.1.0", "info": {"title": "Small", "version": "1"}, "paths": {}}


@pytest.fixture(scope="module", params=["as it is", "by an overlay, in keys of components, which are mended"])
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The package that comes of the document, whichever way the texts get there."""
    folder = tmp_path_factory.mktemp("hostile")
    mended = "mended" in request.param
    spec, over = folder / "openapi.json", folder / "overlay.json"
    spec.write_text(json.dumps(SMALLEST if mended else document()))
    over.write_text(json.dumps(overlay(in_keys=mended)))
    (package,) = settings_for(spec, import_name="hostile_places", out=folder / "out").packages
    reading = Reading(tolerant=mended, overlays=(over,) if mended else ())
    made = build(replace(package, reading=reading), folder)
    assert {one.code for one in made.diagnostics} == ({"SL302"} if mended else set())
    return made.files


@pytest.fixture(scope="module")
def modules(files: Mapping[str, str]) -> Mapping[str, ast.Module]:
    """The syntax tree of every emitted module; the runtime is nobody's text."""
    return {path: ast.parse(text) for path, text in files.items() if path.endswith(".py") and "/_runtime/" not in path}


def test_no_name_and_no_call_comes_of_a_text(modules: Mapping[str, ast.Module]) -> None:
    """What the texts would call is called nowhere."""
    for path, module in modules.items():
        # A member of an enumeration may be called `HOME`; nothing may be read under that name.
        names = {one.id for one in ast.walk(module) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}

        assert not names & {"boom", "open", "__import__", "os", "HOME"}, path


def test_no_file_holds_a_character_that_acts_or_hides(files: Mapping[str, str]) -> None:
    """Control characters, marks of direction and characters without a shape are escapes, line feeds apart."""
    assert [path for path, text in files.items() if not text.replace("\n", "").isprintable()] == []


def test_no_path_leads_out_of_the_package(files: Mapping[str, str]) -> None:
    """Paths are plain names in plain folders."""
    strange = [path for path in files if not re.fullmatch(r"(src|tests)/[\w./-]+|[\w.]+", path) or ".." in path]

    assert strange == []
    assert max(len(part.encode()) for path in files for part in path.split("/")) < 200


@pytest.mark.parametrize(
    "place",
    ["member {}", "choice {}", "query {}", "sort {}", "other {}", "{}"],
)
def test_wire_names_and_values_are_those_of_the_document(place: str, modules: Mapping[str, ast.Module]) -> None:
    """Members, parameters, listed values and defaults stand in the modules as constants of exactly that text."""
    constants = {
        one.value
        for path, module in modules.items()
        if path.startswith("src/")
        for one in ast.walk(module)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }

    assert [text for text in TEXTS if place.format(text) not in constants] == []


def test_the_project_file_is_the_toml_that_is_meant(files: Mapping[str, str]) -> None:
    """Its tables are those of the template, and the description is one line of text."""
    read = tomllib.loads(files["pyproject.toml"])

    assert set(read) == {"build-system", "project", "tool"}
    assert set(read["tool"]) == {"hatch", "pytest"}
    assert read["project"]["name"] == "hostile-places"
    assert read["project"]["description"].isprintable()
    assert read["project"]["description"].startswith("' \" \"\"\" ''' ")


def test_the_index_holds_a_line_for_each_operation_and_no_markup(files: Mapping[str, str]) -> None:
    """No link, image, markup of HTML, table, list or fence comes of a text."""
    lines = files["api.md"].splitlines()
    operations = [line for line in lines if line.startswith("- ")]

    assert len(operations) == len(TEXTS)
    assert [line for line in operations if not _is_plain(line)] == []
    assert [line for line in lines if line.startswith(("```", "~~~", "    ", "|", ">", "1.", "---", "==="))] == []


def test_the_readme_is_the_template_with_text_in_it(files: Mapping[str, str]) -> None:
    """The paragraph of the description is text, and what follows is still of the template's own form."""
    head, _, rest = files["README.md"].partition("\n\nGenerated by specloom")
    _, description = head.split("\n\n")

    assert _is_plain(description)
    assert rest.count("```") % 2 == 0
    assert [line for line in rest.splitlines() if line.startswith("## ")][-1] == "## Tests"


def _is_plain(line: str) -> bool:
    """Whether a line of Markdown is text and code spans alone."""
    spans = re.compile(r"\\.|(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
    outside = spans.sub(lambda found: "", line)
    return not re.search(r"[`<>\[\]|*_~]|&#?\w+;", outside)


def test_the_emitted_tests_pass_and_nothing_is_executed(
    files: Mapping[str, str], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Every module is imported and every exchange run; the file that the texts would open is not there."""
    record_property("tried", len(TEXTS))
    for path, text in files.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    imports = [
        path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in files
        if path.startswith("src/") and path.endswith(".py")
    ]
    program = "import importlib\n" + "".join(f"importlib.import_module({one!r})\n" for one in imports)
    (tmp_path / "tests" / "test_all_imports.py").write_text(program, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "--tb=short", "-x", "--rootdir", ".", "tests"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "src")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-6000:]
    assert not list(tmp_path.rglob(CANARY))


def test_the_texts_would_act_if_they_could(tmp_path: Path) -> None:
    """The canary sings where one of the texts is code."""
    subprocess.run([sys.executable, "-c", BOOM], cwd=tmp_path, check=True)

    assert (tmp_path / CANARY).exists()

"""A package of very many models: short modules that go round in circles, each loaded when it is first needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from specloom.emit import write_tree
from specloom.pipeline import build
from specloom.python import placing, plan_modules
from specloom.settings import settings_for
from tests.unit.python.formatting import formatted

if TYPE_CHECKING:
    from pathlib import Path

OWN = [f"Own{index}" for index in range(70)]
"""Models of a resource each that refer to one: pyright gives up on a name that more than 64 star imports bring."""

COLORS = {"type": "string", "enum": ["red", "green"]}
PROGRAM = """
import sys

from large import models_under_test as models
loaded = {name.rpartition(".")[2] for name in sys.modules if ".models." in name}
assert loaded <= {"_places"}, loaded

person = models.Person.from_json('{"name": "a", "best": {"owner": {"name": "b"}, "color": "green"}, "teams": []}')
assert type(person.best) is models.Pet
assert type(person.best.owner) is models.Person
assert person.best.color is models.Color.GREEN
assert models.Pet(owner=models.Person(name="a")).color is models.Color.RED
loaded = {name.rpartition(".")[2] for name in sys.modules if ".models." in name}
assert loaded == {"_places", "shared", "person", "pet", "color", "team"}, loaded
assert type(models.Team.from_json('{"lead": {"name": "c"}}').lead) is models.Person
assert models.Extra0.from_json('{"of": {"name": "d"}}').of.name == "d"
for name in ("Nobody", "Perso", "PersonX"):
    try:
        getattr(models, name)
    except AttributeError as error:
        assert str(error) == f"module 'large.t.models' has no attribute {name!r}", error
    else:
        raise AssertionError(name)
"""


def reference(name: str) -> dict[str, str]:
    """A reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def listed(name: str) -> dict[str, Any]:
    """A list of references to a schema."""
    return {"type": "array", "items": reference(name)}


def an_object(**properties: Any) -> dict[str, Any]:
    """An object without required members."""
    return {"type": "object", "properties": properties}


def answering(schema: str, tag: str) -> dict[str, Any]:
    """An operation that answers with a schema."""
    content = {"application/json": {"schema": reference(schema)}}
    return {
        "get": {
            "operationId": f"get{schema}{tag.title()}",
            "tags": [tag],
            "responses": {"200": {"description": "It.", "content": content}},
        }
    }


DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1"},
    "paths": {
        **{f"/{tag}": answering("Person", tag) for tag in ("cats", "dogs")},
        **{f"/extra{index}": answering(f"Extra{index}", "cats") for index in range(9)},
        **{f"/{one}": answering(one, one) for one in OWN},
    },
    "components": {
        "schemas": {
            "Person": an_object(name={"type": "string"}, best=reference("Pet"), teams=listed("Team")),
            "Pet": an_object(owner=reference("Person"), color={**reference("Color"), "default": "red"}),
            "Team": an_object(lead=reference("Person"), size={"type": "object", "properties": {"most": COLORS}}),
            "Color": COLORS,
            **{f"Extra{index}": an_object(of=reference("Person")) for index in range(9)},
            **{one: an_object(of=reference("Person")) for one in OWN},
        }
    },
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The package, built as if ten lines were a long module and five models were many."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "openapi.json").write_text(json.dumps(DOCUMENT))
    (package,) = settings_for(folder / "openapi.json", import_name="large", out=folder / "out").packages
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing, "LINES", 40)
        patch.setattr(placing, "SMALL", 10)
        patch.setattr(plan_modules, "LISTED", 5)
        built = build(package, folder)
    assert [str(one) for one in built.diagnostics] == []
    return dict(built.files)


@pytest.fixture
def source(files: dict[str, str], tmp_path: Path) -> Path:
    """The package on disk."""
    write_tree(files, tmp_path)
    return tmp_path / "src"


def test_each_schema_of_the_document_has_a_module(files: dict[str, str]) -> None:
    """In the folder of the resource that uses it, or of several; a long list of places stands beside its package."""
    folder = "src/large/t/models/"

    assert sorted(path.removeprefix(folder) for path in files if path.startswith(folder)) == [
        *("__init__.py", "_places.py"),
        *("cats/__init__.py", "cats/_places.py", *(f"cats/extra{index}.py" for index in range(9))),
        *sorted(f"{one.lower()}.py" for one in OWN),
        *("shared/__init__.py", "shared/color.py", "shared/person.py", "shared/pet.py", "shared/team.py"),
    ]


def test_a_use_loads_what_it_needs_and_no_more(source: Path) -> None:
    """Whatever circles models go round in, and whichever comes first."""
    program = PROGRAM.replace("from large import models_under_test as models", "from large.t import models")
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr


def test_it_type_checks(source: Path) -> None:
    """Every model has its type, and names that there are not have none."""
    program = source / "program.py"
    program.write_text(
        "from large.t import models\n\n"
        "person = models.Person(name='a')\n"
        "reveal_type(person.best)\n"
        "models.Extra0(of=person)\n"
        "models.Nobody\n"
    )
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", os.devnull, "."],
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )

    assert [line for line in ran.stdout.splitlines() if line] == [
        'program.py:4: note: Revealed type is "large.t.models.shared.pet.Pet | None"',
        'program.py:6: error: Module has no attribute "Nobody"  [attr-defined]',
    ]


def test_it_type_checks_strictly_with_pyright(source: Path) -> None:
    """A model that very many modules import is known by its type, too."""
    (source / "program.py").write_text("from large.t import models\n\nprint(models.Person(name='a').name)\n")
    (source / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict", "include": ["large/t", "program.py"]}')
    ran = subprocess.run(
        [sys.executable, "-m", "basedpyright", "--project", ".", "--pythonpath", sys.executable],
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout[-4000:]


def test_templates_print_what_black_prints(files: dict[str, str]) -> None:
    """In packages and modules of this kind too."""
    printed = {path: text for path, text in files.items() if "/models/" in path}

    assert {path: formatted(text) for path, text in printed.items()} == printed

"""The tool types models as they are planned, in one process or several, kept or not; and when it does not, we hear."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from specloom.cache import Cache
from specloom.location import Location
from specloom.model import (
    ArraySchema,
    ConstSchema,
    IntegerSchema,
    ReferenceSchema,
    SchemaInfo,
    StringSchema,
    UnionSchema,
)
from specloom.python import models
from specloom.python.models import (
    ModelMismatchError,
    PlannedEnum,
    PlannedField,
    PlannedModel,
    as_planned,
    type_models,
)
from specloom.python.types import Types
from specloom.shipped import templates_folder

if TYPE_CHECKING:
    from pathlib import Path

INFO = SchemaInfo(location=Location("spec.yaml", 1, 1))
TEMPLATES = templates_folder() / "models"
TYPES = Types(classes={"job": "Job", "state": "State"}, kinds={"job": "", "state": "string"})
STATE = PlannedEnum(name="State", kind="string", members=(("ON", "on"), ("OFF", "off")))


def model(called: str, /, **annotations: str) -> PlannedModel:
    """A model of texts, whole numbers, moments and references."""
    schemas = {
        "str": StringSchema(info=INFO),
        "int": IntegerSchema(info=INFO),
        "DateTime": StringSchema(info=INFO, format="date-time"),
        "list[State]": ArraySchema(info=INFO, items=ReferenceSchema(info=INFO, name="state")),
        "Job | str": UnionSchema(
            info=INFO, members=(ReferenceSchema(info=INFO, name="job"), StringSchema(info=INFO)), exclusive=True
        ),
    }
    fields = tuple(
        PlannedField(name=field, schema=schemas[one], annotation=one, required=True)
        for field, one in annotations.items()
    )
    return PlannedModel(name=called, fields=fields)


JOB = model("Job", id="str", count="int", started="DateTime", states="list[State]", parent="Job | str")
MODULES: list[list[models.Planned]] = [[JOB, STATE], [model("Task", job="Job | str", name="str")]]


HARD = PlannedModel(
    name="Hard",
    fields=(
        PlannedField(
            name="kind",
            schema=UnionSchema(
                info=INFO, members=tuple(ConstSchema(info=INFO, value=one) for one in (1, 2)), exclusive=True
            ),
            annotation="Literal[1] | Literal[2]",
            required=True,
        ),
        PlannedField(
            name="parents",
            schema=ArraySchema(
                info=INFO,
                items=UnionSchema(
                    info=INFO,
                    members=(
                        ReferenceSchema(info=SchemaInfo(location=INFO.location, nullable=True), name="job"),
                        ReferenceSchema(info=INFO, name="state"),
                    ),
                    exclusive=True,
                ),
            ),
            annotation="list[Job | State | None]",
            required=True,
        ),
    ),
)
"""What the tool once had other ideas about: values that it made an enumeration of, and where null stands."""


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many classes each run of the tool was given."""
    seen: list[int] = []
    plain = models._generate

    def counted(schema: dict[str, Any], templates: Path) -> str:
        seen.append(len(schema["$defs"]))
        return plain(schema, templates)

    monkeypatch.setattr(models, "_generate", counted)
    return seen


def test_the_tool_returns_what_is_planned() -> None:
    """So that it may be left out where there is too much for it."""
    modules = [*MODULES, [HARD, JOB, STATE]]

    assert type_models(modules, TYPES, TEMPLATES, Cache()) == as_planned(modules)
    assert [TYPES.held(one.schema) for one in HARD.fields] == [one.annotation for one in HARD.fields]


def test_processes_return_what_one_process_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order of the modules."""
    alone = type_models(MODULES, TYPES, TEMPLATES, Cache())
    monkeypatch.setattr(models, "PROCESSES_FROM", 1)
    monkeypatch.setattr(models.os, "cpu_count", lambda: 2)

    assert type_models(MODULES, TYPES, TEMPLATES, Cache()) == alone


def test_a_module_is_typed_once(runs: list[int], tmp_path: Path) -> None:
    """Where nothing in it changed; the others are found again."""
    cache = Cache(tmp_path)
    first = type_models(MODULES, TYPES, TEMPLATES, cache)
    again = type_models(MODULES, TYPES, TEMPLATES, cache)
    changed = [MODULES[0], [model("Task", name="str")]]
    edited = type_models(changed, TYPES, TEMPLATES, cache)

    assert runs == [2, 1, 1]
    assert again == first == as_planned(MODULES)
    assert edited == as_planned(changed)


@pytest.mark.parametrize("entry", [None, [], [{}, {}], [{"Job": {"id": "int"}}, {}], "text", [1, 2], [{"Job": 1}, {}]])
def test_a_kept_answer_that_does_not_fit_is_asked_for_again(entry: object, runs: list[int], tmp_path: Path) -> None:
    """Whoever wrote it."""
    cache = Cache(tmp_path)
    type_models(MODULES[1:], TYPES, TEMPLATES, cache)
    (file,) = tmp_path.glob("*.json")
    cache.write(file.stem, entry)

    assert type_models(MODULES[1:], TYPES, TEMPLATES, cache) == as_planned(MODULES[1:])
    assert runs == [1, 1]
    assert json.loads(file.read_text().partition("\n")[2])[0] == {"Task": {"job": "Job | str", "name": "str"}}


def test_a_tool_that_returns_something_else_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the message names the first difference."""
    monkeypatch.setattr(
        models, "_generate", lambda schema, templates: "class Task(Model):\n    job: int\n    name: str"
    )

    with pytest.raises(ModelMismatchError, match=r"Task\.job is int, planned is \['Job', 'str'\]"):
        type_models(MODULES[1:], TYPES, TEMPLATES, Cache())

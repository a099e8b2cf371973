"""What the guard is for: a door that leaks, a template that prints more, a tool that answers more, stop the build."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from specloom import render
from specloom.cli import main
from specloom.guard import check_files
from specloom.guard.sharing import share
from specloom.pipeline import Build, build
from specloom.python import docs, literals, models, names, types
from specloom.python.plan import Page
from specloom.python.views import LineView, ModelsView
from specloom.settings import settings_for
from specloom.shipped import templates_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOSTILE = '"); __import__("os").system("boom") #'
CLOSING = 'ends """\n    import os\n    """ and goes on'
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Jobs", "version": "1", "description": "Jobs, and what becomes of them."},
    "servers": [{"url": "https://service.example/{stage}", "variables": {"stage": {"default": "live"}}}],
    "paths": {
        "/jobs/{id}": {
            "get": {
                "operationId": "getJob",
                "tags": ["jobs"],
                "summary": "Reads a job.",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}, "example": "a"},
                    {"name": "state", "in": "query", "schema": {"type": "string", "default": "on"}},
                ],
                "responses": {
                    "200": {
                        "description": "The job.",
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/Job"},
                                "example": {"id": "a", "note": "quoted"},
                            }
                        },
                    },
                    "404": {
                        "description": "None.",
                        "content": {"application/json": {"schema": {"type": "object"}, "example": {"message": "none"}}},
                    },
                },
            }
        }
    },
    "webhooks": {
        "ended": {
            "post": {
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Job"}}}},
                "responses": {"204": {"description": "Taken."}},
            }
        }
    },
    "components": {
        "schemas": {
            "Job": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "string", "description": "Which one."},
                    "note": {"type": "string", "default": "quoted"},
                    "state": {"$ref": "#/components/schemas/State"},
                    "parent": {"$ref": "#/components/schemas/Other"},
                },
            },
            "State": {"type": "string", "enum": ["on", "off"]},
            "Other": {
                "description": "This or that.",
                "oneOf": [{"$ref": "#/components/schemas/Job"}, {"type": "string"}],
            },
        }
    },
}


@pytest.fixture(autouse=True)
def fresh_templates(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Templates are read once in a process; each test here has its own. Black takes its time, and hides nothing."""
    monkeypatch.setattr(render, "FORMATTED_FILES", 0)
    render._environment.cache_clear()
    yield
    render._environment.cache_clear()


@pytest.fixture(name="templates")
def own_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of templates that a user has changed."""
    folder = tmp_path / "templates"
    shutil.copytree(templates_folder(), folder)
    monkeypatch.setattr(render, "templates_folder", lambda: folder)
    return folder


def make(folder: Path, *, models_by: str = "own", **changed: str) -> Build:
    """Build the document, with texts in it replaced."""
    text = json.dumps(DOCUMENT)
    for old, new in changed.items():
        assert f'"{old}"' in text
        text = text.replace(f'"{old}"', json.dumps(new))
    file = folder / "openapi.json"
    file.write_text(text, encoding="utf-8")
    settings = settings_for(file, import_name="made", out=folder / "out")
    return build(replace(settings.packages[0], models=models_by), settings.root)


def faults(built: Build) -> list[str]:
    """The errors, as code, file and message; nothing is to be written where there are any."""
    found = [one for one in built.diagnostics if one.code in {"SL708", "SL709"}]
    assert not found or not built.files
    assert all(one.hint and one.location.line and one.location.column for one in found)
    return [f"{one.code} {one.location.file}: {one.message}" for one in found]


def test_what_comes_as_it_is_planned_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hostile text too, while the doors are shut."""
    monkeypatch.setattr(render, "FORMATTED_FILES", 100)
    assert faults(make(tmp_path)) == []
    assert faults(make(tmp_path, quoted=HOSTILE, live=HOSTILE, on=CLOSING)) == []


# -- doors that leak --------------------------------------------------------------------------------------------------

LEAKS: dict[str, Callable[[str], str]] = {
    "not escaped": lambda text: f'"{text}"',
    "a call beside": lambda text: f'"{text[:3]}" + exec("{len(text)}")',
    "a call in its place": lambda text: f'open("{len(text)}")',
    "an attribute": lambda text: f'"".__class__.__bases__[{len(text)}]',
    "a statement beside": lambda text: f'"{len(text)}"; import os; "x"',
    "a line beside": lambda text: f'"{len(text)}"\nimport os\nx = "x"',
    "a lambda that takes": lambda text: f"lambda x=exec({len(text)}): x",
    "computed": lambda text: f'"x" * {len(text)}',
    "formatted": lambda text: f'f"{{exec({len(text)})}}"',
    "looked up": lambda text: f"[one for one in {len(text)}]",
}


@pytest.mark.parametrize("leak", LEAKS.values(), ids=list(LEAKS))
def test_a_literal_that_is_more_than_a_literal_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leak: Callable[[str], str]
) -> None:
    """Wherever text of a document stands in code: one text of it is let through, everything else is as it was."""
    whole = literals.string

    def faulty(text: str) -> str:
        return leak(text) if text == HOSTILE else whole(text)

    monkeypatch.setattr(literals, "string", faulty)
    for changed in ("quoted", "live", "on"):
        found = faults(make(tmp_path, **{changed: HOSTILE}))
        assert found, changed
        assert all(one.startswith("SL708 ") for one in found)


def test_a_type_that_is_more_than_a_type_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A listed value is part of an annotation, which runs when it is looked at."""
    document = json.loads(json.dumps(DOCUMENT))
    document["components"]["schemas"]["Job"]["properties"]["note"] = {"const": HOSTILE}
    monkeypatch.setitem(globals(), "DOCUMENT", document)
    monkeypatch.setattr(types, "string", lambda text: f'"{text[:1]}\\"] | exec("{len(text)}")  # "')

    assert any("models" in one for one in faults(make(tmp_path)))


DOCSTRINGS: dict[str, Callable[[str], str]] = {
    "not escaped": lambda text: f'"""{text}"""',
    "a call beside": lambda text: f'"""{len(text)}""" + exec("")',
    "a statement beside": lambda text: f'"""{len(text)}"""; import os',
    "formatted": lambda text: f'f"""{{exec("{len(text)}")}}"""',
    "bytes": lambda text: f'b"""{len(text)}"""',
    "another text": lambda text: f'"""{len(text)}"""\n    """Another."""',
}


@pytest.mark.parametrize("leak", DOCSTRINGS.values(), ids=list(DOCSTRINGS))
@pytest.mark.parametrize("place", ["Reads a job.", "Which one.", "This or that.", "Jobs, and what becomes of them."])
def test_a_docstring_that_is_more_than_one_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leak: Callable[[str], str], place: str
) -> None:
    """Of a module, a class, a field, an alias, a method."""
    whole = docs.docstring

    def faulty(blocks: list[str], *, indent: int = 1) -> str:
        listed = list(blocks)
        return leak("\n\n".join(listed)) if any("goes on" in one for one in listed) else whole(listed, indent=indent)

    monkeypatch.setattr(docs, "plain", lambda text: text)
    monkeypatch.setattr(docs, "paragraphs", lambda text: [text] if text else [])
    monkeypatch.setattr(docs, "docstring", faulty)

    assert faults(make(tmp_path, **{place: CLOSING}))


def test_a_comment_that_ends_early_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first line of each file holds the name of a document."""
    monkeypatch.setattr(docs, "comment_lines", lambda text: f"# {text[:3]}\nimport os")

    assert any("`import os`" in one for one in faults(make(tmp_path)))


# -- templates that print more, or less -------------------------------------------------------------------------------

CHANGES: list[tuple[str, str, str]] = [
    ("service/models.py.jinja", "{% for class in view.classes %}", "import os\n{% for class in view.classes %}"),
    ("service/models.py.jinja", "    {{ line.text }}", "    {{ line.text }}\n    added: int = 1"),
    ("service/models.py.jinja", "    {{ line.text }}\n", "    {{ line.text }}  + 1\n"),
    ("service/models.py.jinja", "    {{ class.docstring }}\n", ""),
    (
        "service/models.py.jinja",
        "class {{ class.name }}({{ class.base }}):",
        "class {{ class.name }}({{ class.base }}, dict):",
    ),
    ("service/models.py.jinja", "class {{ class.name }}", "class Other{{ class.name }}"),
    ("service/models.py.jinja", "class {{ class.name }}", "@exec\nclass {{ class.name }}"),
    (
        "service/models.py.jinja",
        "class {{ class.name }}({{ class.base }}):",
        "class {{ class.name }}({{ class.base }}, metaclass=exec):",
    ),
    ("service/resource.py.jinja", "TYPE_CHECKING = False", "TYPE_CHECKING = True"),
    ("service/resource.py.jinja", "    id={{ operation.id }},", "    id=exec({{ operation.id }}),"),
    ("service/resource.py.jinja", "    id={{ operation.id }},\n", ""),
    ("service/resource.py.jinja", "    path={{ operation.path }},", "    path={{ operation.path }},\n    added=1,"),
    ("service/resource.py.jinja", "    responses={\n", "    responses={\n        **{},\n"),
    ("service/resource.py.jinja", "        {{ method.call }}", '        print("called")\n        {{ method.call }}'),
    ("service/resource.py.jinja", "        {{ method.call }}\n", "        pass\n"),
    ("service/resource.py.jinja", "    async def", "    def"),
    ("service/resource.py.jinja", "    def {{ method.name }}(", "    @staticmethod\n    def {{ method.name }}("),
    (
        "service/resource.py.jinja",
        "class {{ view.name }}(Resource):",
        'eval("1")\n\n\nclass {{ view.name }}(Resource):',
    ),
    (
        "service/resource.py.jinja",
        "class {{ view.name }}(Resource):",
        "def added() -> None: ...\n\n\nclass {{ view.name }}(Resource):",
    ),
    ("partials/signature.py.jinja", "        self,", "        self,\n        added,"),
    ("partials/signature.py.jinja", ") -> {{ method.returns }}:", ") -> object:"),
    ("partials/client_init.py.jinja", "            SERVICE,", "            OTHER,"),
    ("partials/client_init.py.jinja", "            options=options,", "            options=options | {},"),
    ("service/client.py.jinja", "SERVICE = Service(", "del SERVICE\nSERVICE = Service("),
    ("service/client.py.jinja", "    @cached_property\n", ""),
    ("service/client.py.jinja", "        return {{ attribute.resource }}(self)", "        return None"),
    ("service/client.py.jinja", "        from .{{ attribute.module }} import", "        from os import"),
    ("service/client.py.jinja", "endpoint: str | None = None,", 'endpoint: str | None = "https://elsewhere.example",'),
    ("service/webhooks.py.jinja", "    return found", "    global found\n    return found"),
    (
        "service/webhooks.py.jinja",
        "parse(lambda: {{ function.kind }}, content)",
        "parse(lambda: {{ function.kind }}, content, 1)",
    ),
    ("package/errors.py.jinja", "class StatusError(_errors.StatusError):", "class StatusError(Exception):"),
    ("package/errors.py.jinja", '    "default": StatusError,\n', ""),
    (
        "package/errors.py.jinja",
        "from ._runtime import errors as _errors",
        "from ._runtime import errors as _errors, os",
    ),
    ("package/lazy.py.jinja", '    "{{ name }}",\n{% endfor %}', '    "{{ name }}",\n{% endfor %}\n    "added",'),
    ("package/lazy.py.jinja", "        globals()[name] = found", '        globals()[name] = found\n        eval("1")'),
    (
        "package/lazy.py.jinja",
        "        from importlib import import_module",
        "        from os import system as import_module",
    ),
    ("package/lazy.py.jinja", "    def __dir__():", "    def __del__():"),
    (
        "tests/test_resource.py.jinja",
        "    {{ test.request }}(exchange)",
        '    open("x")\n    {{ test.request }}(exchange)',
    ),
    ("tests/test_resource.py.jinja", "        transport=exchange.transport,\n    ) as client:", "    ) as client:"),
    ("tests/test_resource.py.jinja", "        {{ part }},\n", "        {{ part }},\n        None,\n"),
    ("tests/test_resource.py.jinja", "    asyncio.run(call())", "    asyncio.run(exec())"),
    ("tests/exchange.py.jinja", "        self.count += 1", '        self.count += 1\n        __import__("os")'),
    ("tests/exchange.py.jinja", "import json\n", "import json\nimport socket\n"),
    ("tests/exchange.py.jinja", "        self.count = 0", "        self.count = self.__class__"),
]


@pytest.mark.parametrize(("template", "old", "new"), CHANGES)
def test_a_template_that_prints_what_was_not_planned_stops_the_build(
    tmp_path: Path, templates: Path, template: str, old: str, new: str
) -> None:
    """Whatever it adds, leaves out or spells otherwise; the hint names the template."""
    text = (templates / template).read_text(encoding="utf-8")
    assert old in text
    (templates / template).write_text(text.replace(old, new), encoding="utf-8")
    built = make(tmp_path)

    assert faults(built)
    assert "jinja` printed it" in built.diagnostics[-1].hint


@pytest.mark.parametrize(
    ("template", "old", "new"),
    [
        (
            "service/models.py.jinja",
            "{% for class in view.classes %}",
            "# Of the house.\n{% for class in view.classes %}",
        ),
        (
            "service/client.py.jinja",
            "    def __init__(\n        self,\n        *,",
            "    def __init__(  # as ever\n        self, *,",
        ),
        ("tests/exchange.py.jinja", '"""Reads a documented payload."""', '"""Reads what is documented."""'),
        ("package/errors.py.jinja", '"""The service answered with a failure."""', '"""The service failed."""'),
    ],
)
def test_a_template_may_look_otherwise(
    tmp_path: Path, templates: Path, monkeypatch: pytest.MonkeyPatch, template: str, old: str, new: str
) -> None:
    """Layout, comments and its own words are a template's own."""
    monkeypatch.setattr(render, "FORMATTED_FILES", 100)
    text = (templates / template).read_text(encoding="utf-8")
    assert old in text
    (templates / template).write_text(text.replace(old, new), encoding="utf-8")

    assert faults(make(tmp_path)) == []


def test_what_is_no_python_is_told_with_its_place(tmp_path: Path, templates: Path) -> None:
    """A template with a slip in it is a diagnostic, not a package that cannot be imported."""
    file = templates / "package" / "errors.py.jinja"
    file.write_text(
        file.read_text(encoding="utf-8").replace("class StatusError(", "class StatusError(("), encoding="utf-8"
    )
    (found,) = [one for one in make(tmp_path).diagnostics if one.code == "SL708"]

    assert str(found.location).startswith("src/made/errors.py:")
    assert "no Python" in found.message


def test_a_build_that_is_stopped_writes_nothing(
    tmp_path: Path, templates: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command ends with 1 and says where; the folder is as it was."""
    make(tmp_path)
    file = templates / "service" / "client.py.jinja"
    file.write_text(f"{file.read_text(encoding='utf-8')}\nexec('1')\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["build", str(tmp_path / "openapi.json"), "--package", "made", "--out", str(tmp_path / "out")])
    said = capsys.readouterr().err

    assert ended.value.code == 1
    assert re.search(r"src/made/\w+/client\.py:\d+:1: .*SL708.* `exec\('1'\)` was not planned", said)
    assert not (tmp_path / "out").exists()


# -- the tool ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("class Job(", "import os\nos.system('boom')\n\n\nclass Job(", "os.system"),
        ("class Job(", "def added(): ...\n\n\nclass Job(", "def added"),
        ("class Job(", "@exec\nclass Job(", "class Job"),
        ("    note:", "    exec('1')\n    note:", "exec"),
        ("    note:", "    added: int\n    note:", "Job.added"),
        ("    note:", "    note = exec('1')\n    noted:", "note = exec"),
        ("    note: ", "    note: exec('1') | ", "Job.note"),
        ("    note: ", "    note: int | ", "Job.note"),
    ],
)
def test_the_tool_returns_what_was_planned_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, said: str
) -> None:
    """A statement, a function, a field, a default, a type that nobody asked for."""
    generate = models._generate

    def changed(schema: dict[str, Any], templates: Path) -> str:
        text = generate(schema, templates)
        assert old in text
        return text.replace(old, new)

    monkeypatch.setattr(models, "_generate", changed)
    (found,) = faults(make(tmp_path, models_by="datamodel-code-generator"))

    assert re.match(r"SL709 \S*openapi\.json: ", found)
    assert said in found


# -- by itself --------------------------------------------------------------------------------------------------------


def check(view: ModelsView, text: str) -> list[str]:
    """What the guard says of one module."""
    found = check_files({"models.py": Page("service/models.py.jinja", view)}, {"models.py": text}, "made")
    return [f"{one.location.line}:{one.location.column} {one.message}" for one in found]


def alias(text: str) -> tuple[ModelsView, str]:
    """A module of one alias, and its text."""
    imports = ("from typing_extensions import TypeAliasType",)
    view = ModelsView(
        header="# A.", docstring='"""M."""', imports=imports, classes=(), aliases=(LineView(text=text, docstring=""),)
    )
    return view, f'# A.\n"""M."""\n\n{imports[0]}\n\n{text}\n'


def test_a_type_that_is_written_as_text_is_looked_into() -> None:
    """It runs as soon as it is looked up."""
    assert check(*alias('X = TypeAliasType("X", "list[str]")')) == []
    assert check(*alias('X = TypeAliasType("X", "list[exec(1)]")')) == ["6:1 `exec` is nothing that this file has"]
    assert check(*alias('X = TypeAliasType("X", "list[str")')) == ["6:5 a type that is written as text is none"]


def test_places_count_characters() -> None:
    """Before the place there may be signs of several bytes."""
    view, text = alias('Ä = list["str"] | exec')

    assert check(view, text) == ["6:19 `exec` is nothing that this file has"]


def test_a_name_that_would_be_two_things_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip of the naming: the class of a client has the name of what it is given."""
    monkeypatch.setattr(names, "CLIENTS", frozenset())

    assert any("`SERVICE` is planned twice" in one for one in faults(make(tmp_path, Jobs="SERVICE")))


def test_what_is_missing_is_told() -> None:
    """Where the module ends early."""
    view, text = alias("X = str")

    assert check(view, text.replace("X = str\n", "")) == ["1:1 `X = str` is planned, and missing"]


def test_several_processes_find_what_one_finds() -> None:
    """In the order of the parts; one that dies leaves its part to this process."""
    first = os.getpid()

    def part() -> list[bool]:
        return [os.getpid() == first]

    def dying() -> list[bool]:
        if os.getpid() != first:
            os._exit(9)
        return [os.getpid() == first]

    assert share([part, part, dying]) == [True, not hasattr(os, "fork"), True]

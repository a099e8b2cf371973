"""Reading `[tool.specloom]`: what it says, and where it is wrong."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from specloom.reading import STRICT
from specloom.settings import find_pyproject, import_name_fault, load_settings, settings_for
from specloom.toml_places import find_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.settings import PackageSettings

KEYS = "distribution, import-name, out, version, documents, description, readme, models, validation, overlays, select"
MINIMAL = """\
[[tool.specloom.package]]
distribution = "acme-jobs"
documents = ["spec/jobs/openapi.yaml"]
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a project that has two documents and no configuration yet."""
    for name in ("spec/jobs/openapi.yaml", "spec/tasks/openapi.yaml", "whole.yaml", "README.md", "x/README.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def load_packages(text: str) -> tuple[PackageSettings, ...]:
    """Load a configuration that has no fault."""
    Path("pyproject.toml").write_text(text)
    settings, diagnostics = load_settings(Path("pyproject.toml"))

    assert diagnostics == ()
    assert settings is not None
    return settings.packages


def list_faults(text: str) -> list[str]:
    """Load a configuration with faults, and return them as printed."""
    Path("pyproject.toml").write_text(text)
    settings, diagnostics = load_settings(Path("pyproject.toml"))

    assert settings is None
    return [str(one) for one in diagnostics]


def list_hints(text: str) -> list[str]:
    """Load a configuration with faults, and return what it says to do about them."""
    Path("pyproject.toml").write_text(text)
    return [one.hint for one in load_settings(Path("pyproject.toml"))[1]]


def test_what_is_not_written_has_a_default() -> None:
    """A distribution and a document make a package."""
    (package,) = load_packages(MINIMAL)

    assert (package.import_name, package.version, package.description) == ("acme_jobs", "0.1.0", "")
    assert package.readme is None
    assert package.reading == STRICT
    assert package.out == Path("generated/acme-jobs")
    assert package.documents == (Path("spec/jobs/openapi.yaml"),)
    assert str(package.location) == "pyproject.toml:1:1"


@pytest.mark.parametrize("models", ["auto", "datamodel-code-generator", "own"])
def test_who_types_models_can_be_chosen(models: str) -> None:
    """By default their number decides."""
    (chosen,) = load_packages(f'{MINIMAL}models = "{models}"\n')
    (default,) = load_packages(MINIMAL)

    assert (chosen.models, default.models) == (models, "auto")


def test_nobody_else_types_models() -> None:
    """And the message lists who does."""
    assert list_faults(f'{MINIMAL}models = "pydantic"\n') == [
        "pyproject.toml:4:1: SL603 `pydantic` does not type models"
    ]


def test_everything_can_be_written() -> None:
    """Each key, and two packages in their order."""
    first, second = load_packages("""\
[[tool.specloom.package]]
distribution = "acme-jobs"
import-name = "acme"
out = "clients/jobs"
version = "1.2.0rc1"
description = "Jobs of Acme"
readme = "README.md"
documents = ["spec/tasks/openapi.yaml", "spec/jobs/openapi.yaml"]

[[tool.specloom.package]]
distribution = "Acme.Tasks"
documents = ["spec/tasks/openapi.yaml"]
""")

    assert (first.import_name, first.out, first.version) == ("acme", Path("clients/jobs"), "1.2.0rc1")
    assert [path.parent.name for path in first.documents] == ["tasks", "jobs"]
    assert (first.description, first.readme) == ("Jobs of Acme", Path("README.md"))
    assert (second.import_name, str(second.location)) == ("acme_tasks", "pyproject.toml:10:1")


def test_a_file_without_the_table_has_no_settings() -> None:
    """That is no fault: not every project is one of ours."""
    Path("pyproject.toml").write_text("[tool.other]\nx = 1\n")

    assert load_settings(Path("pyproject.toml")) == (None, ())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[tool\n", "pyproject.toml:1:6: SL601 Is not TOML: "),
        ("tool.specloom = 1\n", "pyproject.toml:1:1: SL603 `tool.specloom` must be a table"),
        ("[tool.specloom]\n", "pyproject.toml:1:1: SL604 No package is configured"),
        ("[tool.specloom]\npackages = []\n", "pyproject.toml:2:1: SL602 Unknown key `packages`"),
        ("[tool.specloom.package]\n", "pyproject.toml:1:1: SL603 `package` must be an array of tables"),
        (MINIMAL + "import_name = 'x'\n", "pyproject.toml:4:1: SL602 Unknown key `import_name`"),
        (MINIMAL + "  version = 1\n", "pyproject.toml:4:3: SL603 `version` must be a string"),
        (MINIMAL + "version = 'one'\n", "pyproject.toml:4:1: SL608 `one` is not a version"),
        (MINIMAL + 'description = "a\\nb"\n', "pyproject.toml:4:1: SL603 `description` must be one line of text"),
        (MINIMAL + "import-name = 'a-b'\n", "pyproject.toml:4:1: SL607 `a-b` is not a Python identifier"),
        (MINIMAL + "validation = 'lax'\n", "pyproject.toml:4:1: SL603 `lax` is no way to validate"),
        (MINIMAL + "validation = true\n", "pyproject.toml:4:1: SL603 `validation` must be a string"),
        (MINIMAL + "overlays = 'a.yaml'\n", "pyproject.toml:4:1: SL603 `overlays` must be an array of strings"),
        (
            MINIMAL + "overlays = ['whole.yaml', 'no.yaml']\n",
            "pyproject.toml:4:27: SL605 There is no file `no.yaml` beside",
        ),
        (MINIMAL + "overlays = ['/no.yaml']\n", "pyproject.toml:4:13: SL606 `/no.yaml` is an absolute path"),
        (MINIMAL + "select = ['a']\n", "pyproject.toml:4:1: SL603 `select` must be a table"),
        (MINIMAL + "select = {}\n", "pyproject.toml:4:1: SL603 `select` selects nothing"),
        (MINIMAL + "select = { tag = ['a'] }\n", "pyproject.toml:4:1: SL602 Unknown key `tag`"),
        (
            MINIMAL + "[tool.specloom.package.select]\npaths = '/a'\n",
            "pyproject.toml:5:1: SL603 `paths` must be an array of strings",
        ),
        (MINIMAL + "readme = 'READ.md'\n", "pyproject.toml:4:1: SL605 There is no file `READ.md` beside"),
        (MINIMAL + "readme = '/README.md'\n", "pyproject.toml:4:1: SL606 `/README.md` is an absolute path"),
        (MINIMAL + "readme = 1\n", "pyproject.toml:4:1: SL603 `readme` must be a string"),
        (
            MINIMAL + "out = 'x'\nreadme = 'x/../x/README.md'\n",
            "pyproject.toml:5:1: SL606 `x/../x/README.md` lies in the output folder",
        ),
        (MINIMAL + "out = '.'\n", "pyproject.toml:4:1: SL606 `.` is the project itself"),
        (MINIMAL + "out = 'x/../..'\n", "pyproject.toml:4:1: SL606 `x/../..` lies outside the project"),
        (MINIMAL + "out = '/x'\n", "pyproject.toml:4:1: SL606 `/x` lies outside the project"),
        (MINIMAL + "out = 'spec'\n", "pyproject.toml:4:1: SL606 `spec` contains the document `openapi.yaml`"),
        (MINIMAL + "out = 'spec/jobs/x'\n", "pyproject.toml:4:1: SL606 `spec/jobs/x` lies in the folder of the"),
        (MINIMAL.replace("acme-jobs", "-"), "pyproject.toml:2:1: SL608 `-` is not a name of a distribution"),
        (MINIMAL.replace("distribution", "# "), "pyproject.toml:1:1: SL604 `distribution` is missing"),
        (MINIMAL.replace("documents", "# "), "pyproject.toml:1:1: SL604 `documents` names no document"),
        (
            MINIMAL.replace('["spec/jobs/openapi.yaml"]', "'x'"),
            "pyproject.toml:3:1: SL603 `documents` must be an array",
        ),
        (
            MINIMAL.replace("spec/jobs", "spec/job"),
            "pyproject.toml:3:14: SL605 There is no file `spec/job/openapi.yaml`",
        ),
        (MINIMAL.replace("spec/jobs", "/spec"), "pyproject.toml:3:14: SL606 `/spec/openapi.yaml` is an absolute path"),
        (
            MINIMAL.replace('yaml"]', "yaml\", 'whole.yaml',\n  'whole.yaml']"),
            "pyproject.toml:4:3: SL609 `whole.yaml` is listed",
        ),
        (MINIMAL + MINIMAL, "pyproject.toml:4:1: SL609 Import name `acme_jobs` is configured twice, also at line 1"),
    ],
)
def test_a_fault_is_found_at_its_place(text: str, fault: str) -> None:
    """The first diagnostic names the line and the column of the key or of the element."""
    assert list_faults(text)[0].startswith(fault)


def test_all_faults_are_found_at_once() -> None:
    """Nobody repairs one line at a time."""
    assert [fault.split()[1] for fault in list_faults(MINIMAL + "oops = 1\nversion = 1\nout = '/'\n")] == [
        "SL602",
        "SL603",
        "SL606",
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (MINIMAL + "import_name = 'x'\n", "Did you mean `import-name`?"),
        (
            MINIMAL + "doc = 'x'\n",
            f"Known keys: {KEYS}",
        ),
        (MINIMAL + "readme = 'READ.md'\n", "Did you mean `README.md`?"),
        (MINIMAL.replace("openapi.yaml", "openapi.yml"), "Did you mean `spec/jobs/openapi.yaml`?"),
    ],
)
def test_a_hint_names_the_nearest_of_what_there_is(text: str, hint: str) -> None:
    """Keys and files alike."""
    assert list_hints(text) == [hint]


def test_packages_that_would_overwrite_each_other_are_refused() -> None:
    """By name as the package index sees it, by import name, and by folder."""
    second = MINIMAL.replace("acme-jobs", "Acme_Jobs") + "out = 'generated/acme-jobs/src'\n"

    assert list_faults(MINIMAL + second) == [
        "pyproject.toml:4:1: SL609 Import name `acme_jobs` is configured twice, also at line 1",
        "pyproject.toml:5:1: SL609 Distribution `Acme_Jobs` is configured twice, also at line 1",
        "pyproject.toml:7:1: SL609 The output folder is shared with `acme-jobs`, also at line 1",
    ]


def test_an_output_folder_beside_a_document_in_the_root_is_fine() -> None:
    """The root of the project is the folder of a small project's document."""
    (package,) = load_packages(MINIMAL.replace("spec/jobs/openapi.yaml", "whole.yaml") + "out = 'client'\n")

    assert package.out == Path("client")


def test_a_file_that_cannot_be_read_is_a_fault(project: Path) -> None:
    """Absent, or in another encoding."""
    absent = load_settings(Path("pyproject.toml"))[1]
    (project / "pyproject.toml").write_bytes(b"\xff")
    garbled = load_settings(Path("pyproject.toml"))[1]

    assert [str(one).split(":")[3][:6] for one in (*absent, *garbled)] == [" SL601", " SL601"]


@pytest.mark.parametrize("name", ["a-b", "1a", "a.b", "", "класс", "class", "json", "pydantic"])
def test_a_name_that_cannot_be_imported_by_has_a_fault(name: str) -> None:
    """No identifier, a keyword, or the name of a module that the emitted code needs."""
    assert import_name_fault(name) != ""


def test_a_build_without_configuration_has_settings_of_its_own() -> None:
    """One document, one package, paths relative to the document."""
    settings = settings_for(Path("spec/jobs/openapi.yaml"), import_name="acme_jobs", out=Path("out"))
    (package,) = settings.packages

    assert (settings.root, package.distribution, package.out) == (Path("spec/jobs"), "acme-jobs", Path("out"))
    assert str(package.location) == "spec/jobs/openapi.yaml:1:1"


def test_the_nearest_file_with_the_table_is_found(project: Path) -> None:
    """From a folder below, past the pyproject.toml of an emitted package; a broken one is found to be reported."""
    inner = project / "generated/acme-jobs"
    inner.mkdir(parents=True)
    (inner / "pyproject.toml").write_text("[project]\nname = 'made-by-specloom'\n")
    (project / "pyproject.toml").write_text(MINIMAL)
    found = find_pyproject(inner)
    (inner / "pyproject.toml").write_text("[tool.specloom\n")

    assert found == project / "pyproject.toml"
    assert find_pyproject(inner) == inner / "pyproject.toml"


def test_no_file_with_the_table_is_found_as_none(project: Path) -> None:
    """As far up as there are folders."""
    (project / "pyproject.toml").write_bytes(b"\xff")

    assert find_pyproject(project / "spec") is None


def test_every_key_is_placed_where_it_stands() -> None:
    """Headers, arrays of tables, strings that look like headers, comments, arrays over lines, quoted keys."""
    text = '''\
# [not.a.table]
top = """
[nor.this]
x = 1
"""
"quoted key" = 'a = "b" # c'
dotted . key = {in = 1}

[[fruit]] # first
list = [
  "a", # ] not the end
  [1, 2],
  { x = "]" },
]
[fruit.detail]
colour = 1979-05-27T07:32:00.5-07:00
[[fruit]]
list = []
[[fruit.kind]]
a = 1
'''

    tomllib.loads(text)
    assert find_places(text) == {
        ("top",): (2, 1),
        ("quoted key",): (6, 1),
        ("dotted", "key"): (7, 1),
        ("fruit", 0): (9, 1),
        ("fruit", 0, "list"): (10, 1),
        ("fruit", 0, "list", 0): (11, 3),
        ("fruit", 0, "list", 1): (12, 3),
        ("fruit", 0, "list", 2): (13, 3),
        ("fruit", 0, "detail"): (15, 1),
        ("fruit", 0, "detail", "colour"): (16, 1),
        ("fruit", 1): (17, 1),
        ("fruit", 1, "list"): (18, 1),
        ("fruit", 1, "kind", 0): (19, 1),
        ("fruit", 1, "kind", 0, "a"): (20, 1),
    }


def test_every_key_of_a_real_file_is_placed(repository: Path) -> None:
    """Each key of our own configuration is found, and stands at its place."""
    text = (repository / "pyproject.toml").read_text()
    lines, places = text.split("\n"), find_places(text)
    keys = [path for path in _walk(tomllib.loads(text)) if path in places and isinstance(path[-1], str)]

    assert len(keys) > 40
    assert [path for path in keys if str(path[-1]) not in lines[places[path][0] - 1]] == []


def _walk(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*path, key)
        yield from _walk(inner, (*path, key))


def test_how_documents_are_read_is_configured() -> None:
    """Whose they are, what is applied to them, and what is wanted of them, each with its place."""
    text = MINIMAL + 'validation = "report"\noverlays = ["whole.yaml"]\n'
    (package,) = load_packages(
        text + '[tool.specloom.package.select]\ntags = ["a"]\npaths = [\n  "/b/*",\n  "/c",\n]\n'
    )
    select = package.reading.select

    assert package.reading.tolerant
    assert package.reading.overlays == (Path("whole.yaml"),)
    assert [(one.text, str(one.location)) for one in select.wanted] == [
        ("a", "pyproject.toml:7:9"),
        ("/b/*", "pyproject.toml:9:3"),
        ("/c", "pyproject.toml:10:3"),
    ]

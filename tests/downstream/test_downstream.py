"""An SDK on top of the emitted package, as somebody else would make it: from wheels, far from this checkout."""

from __future__ import annotations

import email
import json
import shutil
import zipfile
from email.message import Message
from pathlib import Path

import pytest

from tests.downstream.environment import Environment, build_wheels, create_environment

SDK = Path(__file__).parent / "sdk"
DOCUMENTS = ("lakeformation", "dataarts_factory", "dataarts_catalog")


@pytest.fixture(scope="module")
def wheels(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The wheels of the generator, of the emitted package and of the SDK, by import name."""
    folder = tmp_path_factory.mktemp("wheels")
    built = build_wheels(folder, repository, repository / "generated" / "huaweicloud-jobs", SDK)
    return {path.name.partition("-")[0]: path for path in built}


@pytest.fixture(scope="module")
def environment(wheels: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """A fresh environment with the three wheels."""
    folder = tmp_path_factory.mktemp("fresh")
    return create_environment(folder / "venv", folder / "away", list(wheels.values()))


@pytest.fixture(scope="module")
def spec(repository: Path, environment: Environment) -> Path:
    """A copy of the spec beside the environment."""
    return Path(shutil.copytree(repository / "spec", environment.away / "spec"))


def names_in(wheel: Path) -> list[str]:
    """The files in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def metadata_of(wheel: Path) -> Message:
    """The metadata of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith(".dist-info/METADATA")]
        return email.message_from_bytes(archive.read(name))


def test_the_wheel_of_the_emitted_package_is_small_and_typed(repository: Path, wheels: dict[str, Path]) -> None:
    """Its package and nothing else, all of it, marked as typed."""
    wheel = wheels["huaweicloud_jobs"]
    source = repository / "generated" / "huaweicloud-jobs" / "src"
    emitted = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    packed = {name for name in names_in(wheel) if ".dist-info/" not in name}

    assert packed == emitted
    assert "huaweicloud_jobs/py.typed" in packed
    assert wheel.stat().st_size < 200_000


def test_the_emitted_package_depends_on_two_libraries(wheels: dict[str, Path]) -> None:
    """On httpx2 and pydantic; nothing of the generator."""
    needed = metadata_of(wheels["huaweicloud_jobs"]).get_all("Requires-Dist", [])

    assert sorted(one.partition(">=")[0].partition("<")[0] for one in needed) == ["httpx2", "pydantic"]


def test_the_wheel_of_the_generator_carries_templates_and_no_tests(repository: Path, wheels: dict[str, Path]) -> None:
    """Every template and every module, once."""
    packed = [name for name in names_in(wheels["specloom"]) if ".dist-info/" not in name]
    templates = sorted(
        f"specloom/templates/{path.relative_to(repository / 'templates').as_posix()}"
        for path in (repository / "templates").rglob("*")
        if path.is_file()
    )

    assert sorted(name for name in packed if name.startswith("specloom/templates/")) == templates
    assert len(packed) == len(set(packed))
    assert [name for name in packed if not name.startswith("specloom/")] == []
    assert "specloom/runtime/client.py" in packed


def test_everything_of_ours_comes_from_the_wheels(environment: Environment) -> None:
    """Modules and templates lie in the fresh environment; third parties do not."""
    program = (
        "import json, specloom.render, huaweicloud_jobs, jobwatch, pydantic\n"
        "ours = [specloom.__file__, huaweicloud_jobs.__file__, jobwatch.__file__, "
        "str(specloom.render.templates_folder())]\n"
        "print(json.dumps([ours, pydantic.__file__]))"
    )
    ended = environment.run("python", "-c", program)
    assert ended.returncode == 0, ended.stderr
    ours, theirs = json.loads(ended.stdout)

    assert [one for one in ours if not Path(one).is_relative_to(environment.root)] == []
    assert not Path(theirs).is_relative_to(environment.root)


def test_the_installed_generator_builds_far_from_the_checkout(environment: Environment, spec: Path) -> None:
    """One document, no configuration; what it makes can be called, and a second build changes nothing."""
    arguments = ("build", str(spec / "lakeformation" / "openapi.yaml"), "--package", "acme_lake", "--out", "made")
    first = environment.run("specloom", *arguments)
    second = environment.run("specloom", *arguments, "--check")
    program = (
        "from acme_lake import LakeFormation\n"
        "with LakeFormation(project_id='p1') as client:\n"
        "    print(client.jobs.list_history.__doc__.splitlines()[0])"
    )
    used = environment.run("python", "-c", program, PYTHONPATH=str(environment.away / "made" / "src"))

    assert (first.returncode, first.stderr) == (0, "")
    assert (second.returncode, second.stdout) == (0, "")
    assert (used.stdout, used.stderr) == ("List the runs of a job.\n", "")


def test_the_sdk_passes_its_tests_against_the_installed_server(environment: Environment, spec: Path) -> None:
    """The SDK, the package under it and the server are all the installed ones."""
    tests = shutil.copytree(SDK / "tests", environment.away / "sdk-tests")
    shutil.copy(SDK / "pyproject.toml", tests)
    with environment.serving(*(spec / name / "openapi.yaml" for name in DOCUMENTS)) as url:
        ended = environment.run("python", "-m", "pytest", str(tests), "-q", JOBWATCH_URL=url)

    assert ended.returncode == 0, ended.stdout
    assert "10 passed" in ended.stdout


def test_the_sdk_is_typed_strictly_against_the_installed_package(repository: Path, environment: Environment) -> None:
    """`py.typed` is found, no model is `Any`, and a misspelt member is an error."""
    misspelt = environment.away / "misspelt.py"
    misspelt.write_text(
        "from huaweicloud_jobs.lakeformation.models import JobHistory\n"
        "def count(history: JobHistory) -> str:\n"
        "    return history.totals or history.jobs\n",
        encoding="utf-8",
    )
    cache = repository / ".mypy_cache" / "downstream"
    strictly = ("-m", "mypy", "--strict", "--config-file=", f"--cache-dir={cache}", "--no-error-summary")
    sdk = environment.run("python", *strictly, str(SDK / "src"), str(SDK / "tests"))
    wrong = environment.run("python", *strictly, misspelt.name)

    assert (sdk.stdout, sdk.stderr) == ("", "")
    assert [line.rpartition("[")[2] for line in wrong.stdout.splitlines()] == ["attr-defined]", "return-value]"]

"""A package whose resources are too large for one module each, and a client that has very many of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from specloom.emit import write_tree
from specloom.pipeline import build
from specloom.python import dividing, placing
from specloom.settings import settings_for
from tests.regeneration.project import changed_files
from tests.unit.python.formatting import formatted

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import asyncio
import pickle
import sys

import httpx2

from divided import AsyncT, T
from divided.t.repos import AsyncRepos, Repos

def loaded():
    return {name.rpartition(".")[2] for name in sys.modules if name.startswith("divided.t.repos.")}

asked = []
def answer(request):
    asked.append(request.url.path)
    return httpx2.Response(200, json="main")

client = T(endpoint="https://example.test", transport=httpx2.MockTransport(answer))
assert type(client.repos) is Repos
assert loaded() == set(), loaded()
assert {"list_branches", "get_protection", "add_key"} <= set(dir(client.repos))
assert client.repos.list_branches("a") == "main"
assert loaded() == {"branches"}, loaded()
assert client.repos.get_branch.__qualname__ == "ReposBranches.get_branch"
assert client.with_raw_response(client.repos.list_branches)("a").parse() == "main"
assert client.with_options(retries=0).repos.list_branches("b") == "main"
assert asked == ["/repos/a/branches"] * 2 + ["/repos/b/branches"]

class Mine(Repos):
    def add_key(self, name, **options):
        return "before " + super().add_key(name, **options)

assert Mine(client).add_key("a") == "before main"
assert loaded() == {"branches", "keys"}, loaded()
assert pickle.loads(pickle.dumps(Repos)) is Repos

async def ask():
    async with AsyncT(endpoint="https://example.test", transport=httpx2.MockTransport(answer)) as client:
        assert type(client.repos) is AsyncRepos
        return await client.repos.list_branches("a")

assert asyncio.run(ask()) == "main"

from divided.t import repos
from divided.t.repos import GET_PROTECTION
assert GET_PROTECTION.path == "/repos/{repo}/branches/{branch}/protection"
assert repos.LIST_BRANCHES.name == "repos.list_branches"
for name in ("LIST_NOTHING", "list_branches"):
    try:
        getattr(repos, name)
    except AttributeError as error:
        assert str(error) == f"module 'divided.t.repos' has no attribute {name!r}", error
    else:
        raise AssertionError(name)
"""
OF_MANY = """
import sys

from divided import T

client = T(endpoint="https://example.test")
assert "divided.t.thing3" not in sys.modules
assert "thing3" in dir(client)
assert client.thing3 is client.thing3
assert type(client.thing3).__module__ == "divided.t.thing3"
assert "divided.t.thing4" not in sys.modules
twin = client.with_options(retries=0)
assert type(twin.thing3) is type(client.thing3) and twin.thing3 is not client.thing3
try:
    client.absent
except AttributeError as error:
    assert str(error) == "'T' object has no attribute 'absent'", error
else:
    raise AssertionError

from divided import t
assert t.AsyncThing4.get_it
assert t.models is sys.modules["divided.t.models"]
assert {"T", "AsyncT", "Thing1", "AsyncThing1", "models"} <= set(dir(t))
assert not hasattr(t, "Thing99")
"""


def operation(name: str, tag: str) -> dict[str, Any]:
    """An operation that answers with a text."""
    content = {"application/json": {"schema": {"type": "string"}, "example": "main"}}
    parameters = {"in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "operationId": name,
        "tags": [tag],
        "parameters": [{"name": one, **parameters} for one in ("repo", "branch")],
        "responses": {"200": {"description": "It.", "content": content}},
    }


def document(paths: dict[str, dict[str, str]], tag: str) -> dict[str, Any]:
    """A document of these operations, by path and method."""
    items = {path: {method: operation(name, tag) for method, name in item.items()} for path, item in paths.items()}
    for path, item in items.items():
        for one in item.values():
            one["parameters"] = [each for each in one["parameters"] if f"{{{each['name']}}}" in path]
    return {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": items}


BRANCHES = "/repos/{repo}/branches"
REPOS = {
    "/repos/{repo}": {"get": "get_repo"},
    BRANCHES: {"get": "list_branches"},
    f"{BRANCHES}/{{branch}}": {"get": "get_branch"},
    f"{BRANCHES}/{{branch}}/protection": {"get": "get_protection", "put": "protect", "delete": "unprotect"},
    "/repos/{repo}/keys": {"post": "add_key"},
    "/user/repos": {"get": "list_mine"},
}


def emitted(folder: Path, described: dict[str, Any], *, lines: int) -> dict[str, str]:
    """The package, built as if so many lines were a long module."""
    (folder / "openapi.json").write_text(json.dumps(described))
    (package,) = settings_for(folder / "openapi.json", import_name="divided", out=folder / "out").packages
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing, "LINES", lines)
        patch.setattr(dividing, "HEAD", 30)
        built = build(package, folder)
    assert [str(one) for one in built.diagnostics] == []
    return dict(built.files)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The package of a resource in parts."""
    return emitted(tmp_path_factory.mktemp("divided"), document(REPOS, "repos"), lines=260)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The package of a client of very many resources."""
    described = document({f"/thing-{index}": {"get": f"get_{index}"} for index in range(40)}, "things")
    for index in range(40):
        described["paths"][f"/thing-{index}"]["get"]["x-specloom-method"] = f"thing{index}.get_it"
    described["tags"] = [{"name": "thing3", "description": "The third of them."}]
    described["components"] = {"schemas": {"Job": {"type": "object", "properties": {"name": {"type": "string"}}}}}
    return emitted(tmp_path_factory.mktemp("many"), described, lines=260)


def run(source: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python beside a package."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=source,
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )


def modules(files: dict[str, str], folder: str) -> list[str]:
    """The files of a folder."""
    return sorted(path.removeprefix(folder) for path in files if path.startswith(folder))


def test_a_module_bears_the_words_of_its_paths(files: dict[str, str]) -> None:
    """Those of the resource apart; what is about the resource itself bears its name."""
    assert modules(files, "src/divided/t/repos") == [
        *("/__init__.py", "/branches.py", "/branches_protection.py", "/keys.py", "/repos.py", "/user.py")
    ]
    assert modules(files, "tests/test_t_repos") == [
        *("_branches.py", "_branches_protection.py", "_keys.py", "_repos.py", "_user.py")
    ]


def test_a_call_imports_the_module_of_its_operation(files: dict[str, str], tmp_path: Path) -> None:
    """And the resource is what it was in one module, to whoever calls, derives, declares or pickles."""
    write_tree(files, tmp_path)
    ran = run(tmp_path / "src", "-c", PROGRAM)

    assert ran.returncode == 0, ran.stderr


def test_a_new_operation_changes_what_is_about_it(files: dict[str, str], tmp_path: Path) -> None:
    """Its module, the lists that name it, and its tests."""
    wanted = {**REPOS, "/repos/{repo}/keys": {"post": "add_key", "get": "list_keys"}}
    after = emitted(tmp_path, document(wanted, "repos"), lines=260)
    before, now = ({path: text.encode() for path, text in one.items()} for one in (files, after))

    assert changed_files(before, now) == {
        "api.md",
        "manifest.json",
        "src/divided/t/repos/__init__.py",
        "src/divided/t/repos/keys.py",
        *(f"tests/fixtures/t/{name}.json" for name in ("answers", "limits", "parameters", "refusals")),
        "tests/fixtures/t/repos/list_keys_200.json",
        "tests/test_t_repos_keys.py",
    }


def test_the_emitted_tests_pass(files: dict[str, str], tmp_path: Path) -> None:
    """In the modules that they are divided into."""
    write_tree(files, tmp_path)
    ran = run(tmp_path / "src", "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path / "tests"))

    assert ran.returncode == 0, ran.stdout
    assert "206 passed" in ran.stdout


def test_the_tests_of_a_short_resource_may_be_long(tmp_path: Path) -> None:
    """Then they alone are divided."""
    described = document(REPOS, "repos")
    for one in (one for item in described["paths"].values() for one in item.values()):
        content = one["responses"]["200"]["content"]["application/json"]
        content["examples"] = {name: {"value": content["example"]} for name in ("one", "other")}
        del content["example"]
    found = emitted(tmp_path, described, lines=500)

    assert "src/divided/t/repos.py" in found
    assert modules(found, "tests/test_t_repos") == ["_branches.py", "_keys.py", "_repos.py", "_user.py"]


def test_a_resource_that_is_called_as_a_part_has_tests_of_its_own(tmp_path: Path) -> None:
    """The file of the part is told apart by the sign in its place."""
    described = document({**REPOS, "/hooks": {"get": "list_hooks"}}, "repos")
    described["paths"]["/hooks"]["get"]["tags"] = ["repos_keys"]
    found = emitted(tmp_path, described, lines=260)

    assert "list_hooks" in found["tests/test_t_repos_keys.py"]
    assert "add_key" in found["tests/test_t_repos_slash_keys.py"]


def test_type_checkers_see_all_of_it(files: dict[str, str], tmp_path: Path) -> None:
    """What a method takes and returns, where it stands, and what there is not."""
    write_tree(files, tmp_path)
    (tmp_path / "src" / "program.py").write_text(
        "from divided import T\n"
        "from divided.t.repos import GET_PROTECTION\n\n"
        "def ask(client: T) -> None:\n"
        "    reveal_type(client.repos.list_branches('a'))\n"
        "    reveal_type(GET_PROTECTION)\n"
        "    client.repos.list_nothing()\n"
    )
    ran = run(tmp_path / "src", "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", os.devnull, ".")

    assert [line for line in ran.stdout.splitlines() if line] == [
        'program.py:5: note: Revealed type is "str"',
        'program.py:6: note: Revealed type is "divided._runtime.operation.Operation[str]"',
        'program.py:7: error: "Repos" has no attribute "list_nothing"  [attr-defined]',
    ]


def test_a_client_of_many_makes_each_at_its_first_use(many: dict[str, str], tmp_path: Path) -> None:
    """And so does its package."""
    write_tree(many, tmp_path)
    ran = run(tmp_path / "src", "-c", OF_MANY)

    assert ran.returncode == 0, ran.stderr


def test_type_checkers_see_each_of_many(many: dict[str, str], tmp_path: Path) -> None:
    """On the client, and in the package."""
    write_tree(many, tmp_path)
    (tmp_path / "src" / "program.py").write_text(
        "from divided import T\n"
        "from divided.t import AsyncThing4, GET_IT\n\n"
        "def ask(client: T, other: AsyncThing4) -> None:\n"
        "    reveal_type(client.thing3.get_it())\n"
        "    client.absent\n"
    )
    ran = run(tmp_path / "src", "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", os.devnull, ".")

    assert [line for line in ran.stdout.splitlines() if line] == [
        'program.py:2: error: Module "divided.t" has no attribute "GET_IT"  [attr-defined]',
        'program.py:5: note: Revealed type is "str"',
        'program.py:6: error: "T" has no attribute "absent"  [attr-defined]',
    ]


def test_a_client_of_many_says_what_its_document_says(many: dict[str, str]) -> None:
    """Of the resources that it describes."""
    text = many["src/divided/t/client.py"]

    assert '    thing3: _resources.Thing3\n    """The third of them."""\n    thing4: _resources.Thing4\n' in text


@pytest.mark.parametrize("which", ["files", "many"])
def test_templates_print_what_black_prints(which: str, request: pytest.FixtureRequest) -> None:
    """In packages and modules of this kind too."""
    found: dict[str, str] = request.getfixturevalue(which)
    printed = {path: text for path, text in found.items() if path.startswith(("src/divided/t/", "tests/test"))}

    assert {path: formatted(text) for path, text in printed.items()} == printed

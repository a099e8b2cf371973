"""Operations that are many get modules that people can read, by a rule that looks at a family of them alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.pipeline import lower_document
from specloom.python import dividing, placing
from specloom.python.dividing import Placed, divide, levels
from tests.cases.case import CASES

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = st.sampled_from(["branches", "get", "keys", "protection"])
OPERATIONS = st.lists(
    st.tuples(st.lists(WORDS, max_size=3), st.sampled_from(["get", "put"]), st.integers(1, 7)), min_size=1, max_size=25
)


@pytest.fixture(autouse=True, scope="module")
def short() -> Iterator[None]:
    """A module is long from eleven lines on, and its head takes none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing, "LINES", 10)
        patch.setattr(dividing, "HEAD", 0)
        yield


def placed(name: str, path: str, lines: int, method: str = "get") -> Placed:
    """An operation that stands somewhere."""
    return Placed(operation=name, levels=(*path.split(), "", method, *name.split("_")), lines=(lines,))


@pytest.mark.parametrize(
    ("resource", "path", "expected"),
    [
        ("repos", "/repos/{owner}/{repo}/branches/{branch}/protection", ("branches", "protection")),
        ("actions", "/repos/{owner}/{repo}/actions/runs", ("repos", "runs")),
        ("apps_v1", "/apis/apps/v1/namespaces/{name}/deployments", ("namespaces", "deployments")),
        ("agents", "/v2/gen-ai/agents", ("gen_ai",)),
        ("calls", "/2010-04-01/Accounts/{Sid}/Calls/{CallSid}.json", ("accounts",)),
        ("chat", "/chat.postMessage", ("post_message",)),
        ("jobs", "/jobs/{id}:cancel", ("cancel",)),
        ("jobs", "/{id}", ()),
    ],
)
def test_an_operation_stands_where_its_path_says(resource: str, path: str, expected: tuple[str, ...]) -> None:
    """By the words that are not those of its resource, nor of every path."""
    api, _ = lower_document(CASES / "deprecated" / "spec.yaml")
    assert api is not None
    operation = replace(api.operations[0], path=path, resource=resource, method="GET", name="list_all")

    assert levels(operation) == (*expected, "", "get", "list", "all")


def test_a_family_has_a_module() -> None:
    """However small; what has no words of its own is what the resource is about."""
    operations = [placed("get", "", 4), placed("list_branches", "branches", 4), placed("add_key", "keys", 4)]

    assert divide(operations) == {"get": "", "list_branches": "branches", "add_key": "keys"}


def test_a_large_family_is_divided_by_what_follows() -> None:
    """And what ends there stays."""
    operations = [
        placed("list_branches", "branches", 4),
        placed("get_branch", "branches", 4),
        placed("protect", "branches protection", 4),
        placed("add_key", "keys", 4),
    ]

    assert divide(operations) == {
        "list_branches": "branches",
        "get_branch": "branches",
        "protect": "branches/protection",
        "add_key": "keys",
    }


def test_a_large_path_is_divided_by_method_and_name() -> None:
    """Which is all that is left."""
    operations = [
        placed("get_user", "rpc", 8, "post"),
        placed("get_job", "rpc", 8, "post"),
        placed("list_jobs", "rpc", 8, "post"),
        placed("ping", "rpc", 8),
    ]

    assert divide(operations) == {
        "get_user": "rpc//post/get/user",
        "get_job": "rpc//post/get/job",
        "list_jobs": "rpc//post/list",
        "ping": "rpc//get",
    }


def test_an_operation_that_is_too_large_alone_stands_alone() -> None:
    """There is nothing to divide it by."""
    assert divide([placed("a", "one", 40), placed("b", "two", 1)]) == {"a": "one", "b": "two"}


def test_files_that_are_divided_alike_are_short_all_of_them() -> None:
    """As those of tests, which are never in fewer parts than their resource."""
    many = [replace(placed(f"get_{one}", f"keys {one}", 0), lines=(1, 6)) for one in ("a", "b")]

    assert divide(many) == {"get_a": "keys/a", "get_b": "keys/b"}


@given(listed=OPERATIONS, added=OPERATIONS)
def test_a_new_operation_moves_only_what_it_makes_too_large(
    listed: list[tuple[list[str], str, int]], added: list[tuple[list[str], str, int]]
) -> None:
    """What moves stood in one module, and the new operation would not have fitted there."""
    words, method, lines = added[0]
    before = [placed(f"name_{index}", " ".join(one[0]), one[2], one[1]) for index, one in enumerate(listed)]
    new = placed("new", " ".join(words), lines, method)
    first, second = divide(before), divide([*before, new])

    moved = [one for one in before if first[one.operation] != second[one.operation]]
    left = {first[one.operation] for one in moved}
    assert len(left) <= 1
    stood = [one for one in before if first[one.operation] in left]
    assert not moved or len(stood) == 1 or sum(one.lines[0] for one in [*stood, new]) > 10


@given(listed=OPERATIONS)
def test_every_module_is_short(listed: list[tuple[list[str], str, int]]) -> None:
    """And every operation is in one."""
    operations = [placed(f"name_{index}", " ".join(one[0]), one[2], one[1]) for index, one in enumerate(listed)]
    found = divide(operations)

    assert found.keys() == {one.operation for one in operations}
    lines = {one.operation: one.lines[0] for one in operations}
    parts = {part: [name for name in found if found[name] == part] for part in found.values()}
    assert [part for part, names in parts.items() if sum(lines[one] for one in names) > 10 and len(names) > 1] == []

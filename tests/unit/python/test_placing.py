"""Models that are many get modules that people can read, by a rule that looks at names and lines alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.python import placing
from specloom.python.placing import Sized, beginnings, look_up, place

PASCAL = st.lists(
    st.sampled_from(["Pull", "Request", "Repo", "Repository", "A", "User", "V1", "V12", "ID"]), min_size=1
)
HOMES = st.dictionaries(PASCAL.map("".join), st.sampled_from(["repos", "shared", "users"]), max_size=30)


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module is long from eleven lines on, and beside many shared models from four on."""
    monkeypatch.setattr(placing, "LINES", 10)
    monkeypatch.setattr(placing, "SMALL", 3)


def sized(**lines: int) -> list[Sized]:
    """Models with so many lines; `__` stands for a dot."""
    return [Sized(schema=name.replace("__", "."), lines=count) for name, count in lines.items()]


def test_the_models_of_a_group_stand_together() -> None:
    """While that is a module that people can read."""
    assert place({"jobs": sized(Job=5, Job__owner=5), "shared": sized(User=10)}) == {
        "Job": "jobs",
        "Job.owner": "jobs",
        "User": "shared",
    }


def test_a_long_group_has_a_module_for_each_schema_of_the_document() -> None:
    """With what stands within it; other groups stay as they are."""
    assert place({"jobs": sized(Job=5, Job__owner=5, JobList=1), "tasks": sized(Task=10)}) == {
        "Job": "jobs.job",
        "Job.owner": "jobs.job",
        "JobList": "jobs.job_list",
        "Task": "tasks",
    }


def test_a_long_schema_is_divided_where_its_parts_are() -> None:
    """One class alone stays as long as it is."""
    found = place({"jobs": sized(Job=8, Job__owner=4, Job__owner__name=4, Job__kind=30, Job__kind__item=1)})

    assert found == {
        "Job": "jobs.job",
        "Job.owner": "jobs.job_owner",
        "Job.owner.name": "jobs.job_owner",
        "Job.kind": "jobs.job_kind",
        "Job.kind.item": "jobs.job_kind_item",
    }


def test_names_with_dots_are_divided_as_far_as_it_takes() -> None:
    """As those of documents that come from Java or Go."""
    found = place({"core": sized(io__acme__v1__Pod=9, io__acme__v1__Node=9, io__acme__v2__Pod=9)})

    assert found == {
        "io.acme.v1.Pod": "core.io_acme_v1_pod",
        "io.acme.v1.Node": "core.io_acme_v1_node",
        "io.acme.v2.Pod": "core.io_acme_v2",
    }


def test_beside_many_shared_models_a_module_is_short() -> None:
    """For it brings along what each of its classes refers to."""
    found = place({"jobs": sized(Job=2, Task=2), "tags": sized(Tag=3), "shared": sized(User=6, Team=6)})

    assert found == {
        "Job": "jobs.job",
        "Task": "jobs.task",
        "Tag": "tags",
        "User": "shared.user",
        "Team": "shared.team",
    }


def test_what_others_need_while_they_are_imported_stands_apart() -> None:
    """An enumeration that a default names."""
    members = [*sized(Job=5, Task=5), Sized(schema="Job.state", lines=2, apart=True)]

    assert place({"jobs": members}) == {"Job": "jobs.job", "Task": "jobs.task", "Job.state": "jobs.job_state"}


def test_a_new_schema_moves_no_other() -> None:
    """Where the group is a folder already."""
    before = place({"jobs": sized(Job=9, Task=9)})
    after = place({"jobs": sized(Aardvark=3, Job=9, Job__owner=1, Task=9)})

    assert {name: after[name] for name in before} == before


def test_names_that_fold_alike_have_modules_of_their_own() -> None:
    """And keywords are none."""
    found = place({"jobs": sized(class_=9, **{"class": 9}, Class=9)})

    assert len(set(found.values())) == 3
    assert "jobs.class" not in found.values()


@given(homes=HOMES)
def test_every_class_is_found_by_how_its_name_begins(homes: dict[str, str]) -> None:
    """By the longest beginning that is listed."""
    listed = beginnings(homes)

    assert {name: look_up(listed, name) for name in homes} == homes
    assert len(listed) <= len(homes)


def test_a_beginning_stands_for_all_that_begin_so() -> None:
    """So that a list is short."""
    homes = {"JobGet": "jobs", "JobGetOwner": "jobs", "ReposGet": "repos", "Repository": "shared", "ReposUse": "repos"}

    assert beginnings(homes) == {"Job": "jobs", "ReposGet": "repos", "ReposUse": "repos", "Repository": "shared"}

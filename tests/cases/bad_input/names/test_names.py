"""Names that collide, are reserved, or are none: valid, distinct, and the same in any order."""

from __future__ import annotations

import json
import keyword
import random
from typing import TYPE_CHECKING, Any

import pytest

from specloom.pipeline import lower_document
from specloom.python.names import distinct, field_name
from specloom.python.naming import name_api

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.python.naming import Naming

SPELLINGS = (
    *("Job-Detail", "jobDetail", "job_detail", "JobDetail", "job detail", "JOB_DETAIL", "job__detail", "job.detail"),
    *(
        "self",
        "model_config",
        "list",
        "None",
        "",
        "_",
        "__",
        "__class__",
        "class",
        "def",
        "import",
        "import os",
        "type",
    ),
    *("id", "str", "dict", "body", "options", "construct", "schema", "json", "copy", "from", "async", "await", "match"),
    *("a" * 300, "a" * 301, "A" * 300, "😀", "😀😀", "👩\u200d👩", "1", "1a", "1_a", "0", "-1", "+1", "é", "e\u0301"),
    *(
        "ﬁ",
        "fi",
        "ß",
        "SS",
        "İ",
        "i",
        "\uff41",
        "a",
        "\u202e",
        "\0",
        "../a",
        "a/b",
        "a\\b",
        "'",
        '"',
        "{{ a }}",
        "%",
        "日本",
    ),
)


def _document(spellings: tuple[str, ...]) -> dict[str, Any]:
    """Every spelling as a tag, an operationId, a parameter and a member; as a schema where that is allowed."""
    paths = {
        f"/{spelling.encode().hex()}": {
            "get": {
                "operationId": spelling,
                "tags": [spelling],
                "parameters": [{"name": one, "in": "query", "schema": {"type": "string"}} for one in spellings],
                "responses": {"200": {"description": "It."}},
            }
        }
        for spelling in spellings
    }
    members = {one: {"type": "string"} for one in spellings}
    named = [one for one in spellings if one and one.isascii() and all(sign.isalnum() or sign in "._-" for sign in one)]
    schemas = {one: {"type": "object", "properties": members} for one in named}
    info = {"title": "Names", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}}


def _named(spellings: tuple[str, ...], folder: Path) -> Naming:
    spec = folder / "openapi.json"
    spec.write_text(json.dumps(_document(spellings)))
    api, found = lower_document(spec)
    assert api is not None, found
    return name_api(api)


def _all_names(naming: Naming) -> dict[str, dict[Any, str]]:
    return {
        "classes": {**naming.classes},
        "resources": {**naming.resources},
        "resource classes": {**naming.resource_classes},
        "methods": {**naming.methods},
    }


def test_every_name_is_one_that_python_has(tmp_path: Path) -> None:
    """An identifier, no keyword, and no other's name."""
    for what, named in _all_names(_named(SPELLINGS, tmp_path)).items():
        assert all(one.isidentifier() and not keyword.iskeyword(one) for one in named.values()), what
        assert what == "methods" or len(set(named.values())) == len(named), what


@pytest.mark.parametrize("seed", range(3))
def test_names_do_not_depend_on_order(seed: int, tmp_path: Path) -> None:
    """Documents that say the same in another order have the same names."""
    shuffled = random.Random(seed).sample(SPELLINGS, len(SPELLINGS))

    assert _all_names(_named(tuple(shuffled), tmp_path)) == _all_names(_named(SPELLINGS, tmp_path))


@pytest.mark.parametrize("sibling", ["another", "job_details", "jobdetail", "n1x"])
def test_a_sibling_of_another_name_changes_no_name(sibling: str) -> None:
    """What is added gets a name beside those that are there."""
    before = distinct(SPELLINGS, field_name)
    after = distinct((sibling, *SPELLINGS), field_name)

    assert {one: after[one] for one in SPELLINGS} == before


@pytest.mark.parametrize(("sibling", "changed"), [("n1", ["1"]), ("import_os", ["import os"]), ("a_b", ["a/b"])])
def test_a_sibling_of_a_higher_rank_has_the_name_that_is_its_own(sibling: str, changed: list[str]) -> None:
    """The one change that there can be: of a spelling that is not the name that it had, and of no other."""
    before = distinct(SPELLINGS, field_name)
    after = distinct((sibling, *SPELLINGS), field_name)

    assert [one for one in SPELLINGS if after[one] != before[one]] == changed
    assert after[sibling] == before[changed[0]] == sibling


def test_a_sibling_of_the_lowest_rank_changes_no_name_at_all(tmp_path: Path) -> None:
    """Neither of classes, nor of resources or methods."""
    whole, before = (_all_names(_named(some, tmp_path)) for some in (SPELLINGS, SPELLINGS[1:]))

    assert {what: {one: whole[what][one] for one in named} for what, named in before.items()} == before


def test_a_spelling_that_is_its_name_keeps_it_whatever_is_added() -> None:
    """Of those that lead to one name, the others say what sets them apart."""
    before = distinct(("job_detail", "jobDetail"), field_name)
    after = distinct(("Job-Detail", "jobDetail", "JOB_DETAIL", "job_detail"), field_name)

    assert before == {one: after[one] for one in before}
    assert after["job_detail"] == "job_detail"

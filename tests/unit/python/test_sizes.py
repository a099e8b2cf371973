"""Lines are counted before anything is rendered: as many as the templates print."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from specloom.pipeline import lower_document
from specloom.python import Target, placing, plan, plan_modules, sizes
from specloom.render import render_page
from specloom.shipped import templates_folder
from tests.cases.case import CASES

if TYPE_CHECKING:
    from collections.abc import Callable

COUNTED: dict[str, Callable[[Any], int]] = {
    "service/resource.py.jinja": sizes.resource_lines,
    "service/client.py.jinja": sizes.client_lines,
    "package/lazy.py.jinja": sizes.lazy_lines,
    "package/index.py.jinja": sizes.index_lines,
    "tests/test_resource.py.jinja": sizes.tests_lines,
}
SHOWING_MUCH = (
    "array_parameters",
    "deprecated",
    "encodings",
    "failure_inside_success",
    "hostile_text",
    "long_names",
    "models_across_resources",
    "operation_servers",
    "request_bodies",
    "security_schemes",
    "server_variables",
    "webhooks_and_callbacks",
)
"""Cases that fill in most of what views have."""


@pytest.mark.parametrize("name", SHOWING_MUCH)
@pytest.mark.parametrize(("most", "listed"), [(3_000, 900), (160, 0)])
def test_lines_are_as_many_as_are_printed(name: str, most: int, listed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of modules of resources, of clients, of tests, and of packages, whole and in parts."""
    monkeypatch.setattr(placing, "LINES", most)
    monkeypatch.setattr(plan_modules, "LISTED", listed)
    api, found = lower_document(CASES / name / "spec.yaml")
    assert api is not None, found
    target = Target(
        distribution="d", import_name="d", version="0", description="", templates=templates_folder(), models="own"
    )
    pages = plan([replace(api, sources=("spec.yaml",))], target).pages
    counted = {path: COUNTED[page.template](page.view) for path, page in pages.items() if page.template in COUNTED}

    assert counted
    assert counted == {path: render_page(pages[path]).count("\n") for path in counted}

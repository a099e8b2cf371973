"""The bench's own arithmetic: a line is told from a square, and a document made larger has everything so often."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from specloom.pipeline import lower_document
from tests.bench.growth import exponent, fit, multiply

if TYPE_CHECKING:
    from pathlib import Path

REFERENCE = {"$ref": "#/components/schemas/Pet"}
CONTENT = {"application/json": {"schema": REFERENCE}}
GET = {"operationId": "getPet", "tags": ["pets"], "responses": {"200": {"description": "It.", "content": CONTENT}}}
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1"},
    "paths": {"/pets": {"get": GET}},
    "components": {"schemas": {"Pet": {"type": "object", "properties": {"friend": REFERENCE}}}},
}


def test_a_plane_is_found_again() -> None:
    """Seconds that are a sum of what there is."""
    found, share = fit([((float(x), float(y)), 1 + 2 * x + 3 * y) for x in range(4) for y in range(3)])

    assert found == pytest.approx([1, 2, 3])
    assert share == pytest.approx(1)


@pytest.mark.parametrize("power", [1, 2])
def test_a_line_is_told_from_a_square(power: int) -> None:
    """By the power that it grows with."""
    assert exponent((float(x), 0.1 * x**power) for x in range(1, 9)) == pytest.approx(power)


def test_a_document_made_larger_has_everything_so_often(tmp_path: Path) -> None:
    """Operations and schemas of their own, which refer to their own."""
    document = tmp_path / "pets.json"
    document.write_text(json.dumps(DOCUMENT))
    api, found = lower_document(multiply(document, 4, tmp_path))

    assert api is not None
    assert found == ()
    assert [one.name for one in api.schemas] == ["Pet", "PetCopy1", "PetCopy2", "PetCopy3"]
    assert sorted(one.id for one in api.operations) == ["getPet", "getPetCopy1", "getPetCopy2", "getPetCopy3"]

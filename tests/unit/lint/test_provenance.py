"""Provenance, departures, and spellings that a departure explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.lint.linting import findings

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\n"


def document(departures: str, schemas: str = "A: {}") -> str:
    """A document whose one operation has departures on line 7 and schemas on line 10."""
    return (
        f"{HEAD}paths:\n  /a:\n    get:\n      x-specloom-departures:\n        {departures}\n"
        f"components:\n  schemas:\n    {schemas}\n"
    )


def test_one_operation_with_a_page_asks_for_the_pages_of_all(tmp_path: Path) -> None:
    """A document that records no provenance owes none."""
    text = f"{HEAD}paths:\n  /a:\n    get: {{x-specloom-provenance: {{page: '1'}}}}\n    put: {{}}\n"

    assert findings(tmp_path, text, "SL551") == ["6:5 SL551"]
    assert findings(tmp_path, text.replace("x-specloom-provenance", "x-other"), "SL551") == []


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("'#/components/schemas/A'", []),
        ("'#/paths/~1a/get'", []),
        ("'#'", []),
        ("openapi.yaml#/info", []),
        ("../common/all.yaml#/schemas/B/type", []),
        ("'#/components/schemas/Z'", ["7:33 SL552"]),
        ("other.yaml#/info", ["7:33 SL552"]),
        ("'#/components/schemas/A/properties'", ["7:33 SL552"]),
        ("'#/components/schemas/C/type'", []),
    ],
)
def test_a_departure_points_at_something(tmp_path: Path, pointer: str, expected: list[str]) -> None:
    """Pointers are relative to their file, and may pass references on their way."""
    shared = "schemas: {B: {type: string}}\n"
    text = document(f"- {{id: 001-01, pointer: {pointer}}}", "{A: {}, C: {$ref: ../common/all.yaml#/schemas/B}}")

    assert findings(tmp_path, text, "SL552", others={"common/all.yaml": shared}) == expected


def test_departures_in_a_file_of_their_own_are_found(tmp_path: Path) -> None:
    """The extension may be a reference, and pointers are then relative to the file it leads to."""
    text = f"{HEAD}paths:\n  /a:\n    get: {{x-specloom-departures: {{$ref: 'departures/a.yaml#/all'}}}}\n"
    departures = (
        "all:\n  - {id: 001-01, pointer: ../openapi.yaml#/info}\n  - {id: 001-02, pointer: openapi.yaml#/info}\n"
    )

    assert findings(tmp_path, text, "SL552", others={"api/departures/a.yaml": departures}) == [
        "api/departures/a.yaml:3:27 SL552"
    ]


def test_an_id_stands_for_one_departure(tmp_path: Path) -> None:
    """The second of two equal ids is reported; a list that two operations share counts once."""
    double = document("[{id: 001-01}, {id: 001-02}, {id: 001-01}]")
    shared = (
        f"{HEAD}paths:\n  /a:\n    get: {{x-specloom-departures: {{$ref: '#/x-all'}}}}\n"
        "    put: {x-specloom-departures: {$ref: '#/x-all'}}\nx-all:\n  - {id: 001-01}\n"
    )

    assert findings(tmp_path, double, "SL553") == ["7:43 SL553"]
    assert findings(tmp_path, shared, "SL553") == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("PARTIAL_SUCCESS", "PARTIAL_SUCCES", True),
        ("cancelled", "canceled", True),
        ("security", "secuirty", True),
        ("autoReceptionist", "autReceptionist", True),
        ("DRIVE_II", "DRIVE_I", False),
        ("enabled", "enable", False),
        ("version1", "version2", False),
        ("Etc/UTC", "Etc/UCT", False),
        ("contract", "contact", False),
        ("accept", "except", False),
    ],
)
def test_a_misspelling_is_told_from_another_word(tmp_path: Path, one: str, other: str, alike: bool) -> None:
    """The one that stands less often is taken for the slip."""
    schemas = f"{{A: {{enum: [{one}]}}, B: {{enum: [{one}]}}, C: {{enum: [{other}]}}}}"
    found = findings(tmp_path, document("[]", schemas), "SL536")

    assert found == ([f"10:{schemas.rindex('[') + 6} SL536"] if alike else [])


def test_both_spellings_in_one_enumeration_are_meant(tmp_path: Path) -> None:
    """A list that takes both knows what it does."""
    assert findings(tmp_path, document("[]", "A: {enum: [canceled, cancelled]}"), "SL536") == []


@pytest.mark.parametrize(
    ("pointer", "spec", "quiet"),
    [
        ("B/enum/0", "As printed.", True),
        ("B/enum", "Both canceled and cancelled.", True),
        ("B", "It is `cancelled` here.", True),
        ("B/enum", "Only canceled.", False),
        ("B/enum", "cancelled_by_user", False),
        ("A", "Both canceled and cancelled.", False),
    ],
)
def test_a_departure_explains_a_spelling(tmp_path: Path, pointer: str, spec: str, quiet: bool) -> None:
    """What is recorded as a decision is not reported again; another decision about the place is no excuse."""
    schemas = "{A: {enum: [canceled]}, B: {enum: [cancelled]}}"
    departure = f"[{{id: 001-01, pointer: '#/components/schemas/{pointer}', spec: '{spec}'}}]"

    assert findings(tmp_path, document(departure, schemas), "SL536") == ([] if quiet else ["10:40 SL536"])

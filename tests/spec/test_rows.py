"""Each place where a page contradicts itself or is silent is answered, and the answer stands where it should."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.spec.rows import ROWS, By, Row
from tests.spec.tree import Files, Node, load

SPEC = Path(__file__).parents[2] / "spec"
SERVICES = ("lakeformation", "dataarts_factory", "dataarts_catalog")


@pytest.fixture(scope="module")
def files() -> Files:
    """The spec."""
    return load(SPEC)


@pytest.fixture(scope="module")
def departures(files: Files) -> list[Node]:
    """The entries of all departures, each with the file it stands in."""
    return [
        entry
        for service in SERVICES
        for _, item in (Node(files, f"{service}/openapi.yaml", files[f"{service}/openapi.yaml"]) / "paths").members()
        for _, operation in item.members()
        for entry in (operation / "x-specloom-departures").items()
    ]


@pytest.fixture(scope="module")
def readme_lines() -> dict[str, str]:
    """The reasoned lines of the README, by row."""
    text = (SPEC / "README.md").read_text(encoding="utf-8").split("## Pages: nothing to decide")[1]
    lines = (line.split("`", 2) for line in text.split("\n- ")[1:])
    return {row_id: reason.removeprefix(": ") for _, row_id, reason in lines}


def test_every_row_is_listed_once() -> None:
    """There are 28, 24, 24 and 14 rows on the four pages."""
    counts = (("000", 28), ("001", 24), ("002", 24), ("003", 14))

    assert [f"{page}-{row:02}" for page, count in counts for row in range(1, count + 1)] == [row.id for row in ROWS]


@pytest.mark.parametrize("row", [row for row in ROWS if row.by is not By.README], ids=lambda row: row.id)
def test_the_answer_stands_in_the_spec(row: Row, files: Files) -> None:
    """What the row was decided to be is what the spec has."""
    parent, _, key = row.where.rpartition("/")
    found = Node(files, "", None).at(row.where).value
    found = set(found) if isinstance(row.expected, set) else found

    assert row.expected == found
    assert row.expected is not None or key not in Node(files, "", None).at(parent).value


def test_rows_with_a_departure_have_exactly_one(departures: list[Node]) -> None:
    """A row is answered by a departure if the table says so, and only then."""
    counts = Counter(entry.value["id"] for entry in departures)

    assert {row.id for row in ROWS if row.by is By.DEPARTURE} == set(counts) & {row.id for row in ROWS}
    assert [] == [row_id for row_id, count in counts.items() if count > 1]


def test_further_departures_are_numbered_after_the_rows(departures: list[Node]) -> None:
    """What is decided beyond the rows continues their numbers without a gap."""
    ids = {row.id for row in ROWS} | {entry.value["id"] for entry in departures}
    numbers = {page: sorted(int(one[4:]) for one in ids if one[:3] == page) for page in ("000", "001", "002", "003")}

    assert {page: list(range(1, found[-1] + 1)) for page, found in numbers.items()} == numbers


def test_a_departure_stands_with_the_operation_of_its_page(files: Files) -> None:
    """The id of a departure begins with the page that its operation was captured from."""
    documents = (Node(files, f"{service}/openapi.yaml", files[f"{service}/openapi.yaml"]) for service in SERVICES)
    operations = [
        one for document in documents for _, item in (document / "paths").members() for _, one in item.members()
    ]

    assert [] == [
        (entry / "id").value
        for operation in operations
        for entry in (operation / "x-specloom-departures").items()
        if (entry / "id").value[:3] != (operation / "x-specloom-provenance" / "page").value
    ]


def test_every_departure_points_at_something(departures: list[Node]) -> None:
    """A pointer leads to a place in the spec, without running through a reference."""
    assert [] == [entry.value["id"] for entry in departures if entry.at(entry.value["pointer"]).value is None]


def test_the_readme_answers_the_rest_with_a_reason(readme_lines: dict[str, str]) -> None:
    """Where there is nothing to decide, the README says why."""
    assert [row.id for row in ROWS if row.by is By.README] == list(readme_lines)
    assert [] == [row_id for row_id, reason in readme_lines.items() if len(reason.split()) < 12]

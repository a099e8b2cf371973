"""The spec carries every fact of the documentation pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.spec.fact import Page
from tests.spec.facts import PAGES
from tests.spec.finding import PAYLOADS, faults_of_page, missing_facts, read_payload
from tests.spec.tree import load

SPEC = Path(__file__).parents[2] / "spec"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.page)
def test_every_fact_of_the_page_is_in_the_spec(page: Page) -> None:
    """Method, path, parameters, answers, fields and payloads, as typed from the page."""
    assert [] == list(faults_of_page(page, load(SPEC)))


def test_a_spec_that_is_not_there_has_no_fact(tmp_path: Path) -> None:
    """What finds facts reports and does not raise when there is nothing to look into."""
    missing = missing_facts(tmp_path)

    assert {page.page for page in PAGES} == {fault[5:8] for fault in missing}


def test_every_payload_belongs_to_a_page() -> None:
    """No payload file lies unused beside the facts."""
    used = {example.payload for page in PAGES for answer in page.answers for example in answer.examples}

    assert used == {path.name for path in PAYLOADS.iterdir()}


def test_a_payload_is_text_only_where_it_is_not_json() -> None:
    """The text that a page prints as JSON, and that is none, is kept as text."""
    for name in ("000-401.txt", "003-401.txt"):
        _, text = read_payload(name)
        with pytest.raises(json.JSONDecodeError):
            json.loads(text)


def test_what_differs_from_the_page_names_a_departure() -> None:
    """A fact that expects something else than the page says must say by which decision."""
    fields = [one for page in PAGES for answer in page.answers for one in answer.fields]
    parameters = [one for page in PAGES for one in page.parameters]
    answers = [one for page in PAGES for one in page.answers]

    assert [] == [one for one in fields if one.spec and not one.departures]
    assert [] == [one for one in parameters if one.spec and not one.departures]
    assert [] == [one for one in answers if not one.line and not one.departures]

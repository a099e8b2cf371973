"""The page of features is what the cases say, and claims nothing without one."""

from __future__ import annotations

from tests.cases.features import PAGE, page


def test_the_page_of_features_is_that_of_the_cases() -> None:
    """`make features` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page()
